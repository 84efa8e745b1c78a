/* layer: page
 *
 * A story or a whole issue set at a width: lines of runs that carry roles, no colours. A page is
 * made whole and thrown away whole; it borrows the issue, which must outlive it. A place (block,
 * byte) is independent of the width and is what is kept over a resize.
 */
#ifndef SULAN_PAGE_H
#define SULAN_PAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sulan/issue.h>
#include <sulan/role.h>
#include <sulan/str.h>
#include <sulan/wrap.h>

struct arena;

struct place {
	uint32_t block, at; /* byte of the block's text */
};

#define PAGE_NO_BLOCK UINT32_MAX /* the block of a run that is decoration: bullet, rule, number */

struct run {
	struct str text;    /* into the issue, or made in the page's arena */
	uint32_t block, at; /* where its text stands in the issue; PAGE_NO_BLOCK for decoration */
	uint16_t col, cols; /* from the left edge of the page */
	uint8_t role;       /* enum role */
	uint8_t marks;      /* enum span_mark */
	uint32_t link;      /* index into issue->links + 1; 0 none */
};

struct page_line {
	const struct run *runs;
	size_t n_runs;
	struct place place; /* of its first text; of what follows when it has none */
	uint32_t story;   /* index of the story it belongs to; UINT32_MAX for the issue's heading */
	uint32_t mention; /* from 1: the one it belongs to; 0 none */
};

/* A story elsewhere that is named below this one. */
struct page_mention {
	struct str label; /* what stands above it and those after it that have the same */
	struct str when;  /* its date, or what it has instead */
	struct str title;
};

struct page_opts {
	uint16_t cols;    /* width of the page; nothing is wider */
	uint16_t measure; /* widest text column; 0 for no limit */
	/* With hanging marks the text is narrower than the page by what they need, unless the
	 * measure leaves room for it. They hang from paragraphs, not in tables. */
	struct wrap_opts wrap;
	bool is_spaced; /* an empty column between Han and Latin, but in code and addresses */
	struct str source_label; /* heading of the source list when the issue names none: "来源" */
	const struct page_mention *mentions; /* for the foot of page_story */
	size_t n_mentions;
};

struct page {
	struct arena *arena;
	uint16_t cols;
	const struct page_line *lines;
	size_t n_lines;
	size_t n_own; /* of the story or issue itself, above what is mentioned */
};

/* One story: title, meta line, labels and body, its sources numbered with their hosts, and what is
 * mentioned. The lines of the story are the same with and without mentions. */
const struct page *page_story(const struct issue *issue, const struct story *story,
			      const struct page_opts *opts);

/* The whole issue in reading order: heading, categories, stories. */
const struct page *page_issue(const struct issue *issue, const struct page_opts *opts);

/* Stories from..to of it, with what stands before the first of them when this is 0, and behind the
 * last when `to` is all: the pages of such parts, one after the other, are the page of the whole.
 */
const struct page *page_issue_part(const struct issue *issue, size_t from, size_t to,
				   const struct page_opts *opts);

/* The leaf that is set as the story's title; PAGE_NO_BLOCK when its title is no block's text. */
uint32_t page_title_block(const struct issue *issue, const struct story *story);

void page_free(const struct page *page);

/* Whether a run of the line is decoration between two bytes of one text, as the gaps of `is_spaced`
 * are: then `at` is the place of the latter. */
bool page_is_between(const struct page_line *line, size_t run, struct place *at);

/* The line a place is on: the last whose place is not behind it. 0 for an empty page. */
size_t page_line_of(const struct page *page, struct place place);

#endif
