/* layer: doc
 *
 * One issue of a publication, read from Markdown: its blocks in reading order, and the stories they
 * make up. Everything is made once by issue_read, in the issue's own arena, and is immutable from
 * then on; every `struct str` in here lives as long as the issue.
 *
 * Blocks are a flat array: a container's descendants follow it, up to `end`. A leaf's text is one
 * contiguous str, so that a place in an issue is (block, byte) and a hit is a range of bytes. No
 * text of the file is lost: each leaf block belongs to exactly one story, or to the issue's
 * heading.
 */
#ifndef SULAN_ISSUE_H
#define SULAN_ISSUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sulan/date.h>
#include <sulan/str.h>

struct arena;
struct error;
struct profiles;

enum block_kind {
	BLOCK_PARA,    /* leaf */
	BLOCK_HEADING, /* leaf; level 1..6 */
	BLOCK_CODE,    /* leaf; lines end in LF, shown as they are; `info` in the block's label */
	BLOCK_RULE,    /* leaf without text: a thematic break */
	BLOCK_HTML,    /* leaf; a block of raw HTML as text, its tags gone */
	BLOCK_QUOTE,   /* container */
	BLOCK_LIST,    /* container of items */
	BLOCK_ITEM,    /* container */
};

/* What part a leaf or container plays in its story. */
enum block_part {
	PART_BODY,
	PART_TITLE,   /* the story's heading, or a brief's list item */
	PART_META,    /* label lines: category, sources, fields; shown as the meta line */
	PART_LABEL,   /* "核心洞察": a section label, made into a block of its own */
	PART_INSIGHT, /* text under the insight label */
	PART_SUMMARY, /* text and bullets under the summary label */
	PART_SPLIT,   /* a rule that only separates stories: not shown */
	PART_ISSUE,   /* the issue's own heading, and front matter as code */
};

struct block {
	enum block_kind kind : 8; /* small: a long issue has hundreds of thousands of them */
	enum block_part part : 8;
	uint8_t level;    /* heading 1..6 */
	uint8_t depth;    /* containers around it */
	bool is_plain;    /* leaf: nothing but what codepoint_is_plain says, and line feeds */
	bool is_tight;    /* list: no blank line between items */
	uint32_t end;     /* index after the last descendant; own index + 1 for a leaf */
	uint32_t line;    /* of the file, from 1 */
	int32_t number;   /* item of an ordered list: its number; -1 for a bullet */
	uint32_t lead;    /* bytes of `text` that are a bold or "lead：" opening; 0 none */
	struct str text;  /* leaf: all its text; LF is a hard break */
	const char *info; /* code: the info string; NULL for any other */
	uint32_t span,
		n_spans; /* leaf: its spans, in order, covering `text` where marked or linked */
};

enum span_mark {
	MARK_STRONG = 1,
	MARK_EMPH = 2,
	MARK_CODE = 4,
	MARK_STRIKE = 8,
	MARK_IMAGE = 16, /* the text is an image's description */
};

struct span {
	uint32_t at, len; /* bytes of the block's text */
	uint16_t marks;
	uint32_t link; /* index into links + 1; 0 none */
};

struct link {
	struct str url;  /* as written, entities decoded; not checked: link_may_open decides */
	struct str text; /* what is shown for it */
	uint32_t block;  /* where it stands */
	bool is_image;
};

struct source {
	struct str name;
	uint32_t link;      /* index into links + 1; 0 for a source without an address */
	uint32_t block, at; /* where the name stands */
};

struct field {
	struct str label, value; /* "分类", "市场动态": as written, without the colon */
};

struct bullet {
	struct str lead, text; /* lead is empty when there is none */
};

enum story_kind {
	STORY_FULL,
	STORY_BRIEF, /* one line of a list of short ones */
};

/* How stories are written. An issue mixes them: each section is looked at by itself. */
enum dialect {
	DIALECT_LABELS,   /* headings with label blocks: the reference format */
	DIALECT_OUTLINE,  /* headings, each with its own text a story */
	DIALECT_DOCUMENT, /* text outside any section */
	DIALECT_HEADINGS, /* headings that are links */
	DIALECT_LINKS,    /* lists of nothing but links */
	DIALECT_ITEMS,    /* list items under a category's heading */
	DIALECT_NUMBERS,  /* numbered paragraphs */
	DIALECT_BOLD,     /* paragraphs with a first line in bold */
	DIALECT_ROWS,     /* rows of a table */
	DIALECT_PARAS,    /* paragraphs that begin with a link */
	DIALECT_PARTS,    /* headings with all that stands below: releases, or as a profile says */
	DIALECT_OVERVIEW, /* a list that only announces stories which follow */
	DIALECT_COUNT
};

struct story {
	struct str id; /* 16 hexadecimal digits: day, publication, first address and title; see
			  sulan(5) */
	enum story_kind kind;
	enum dialect dialect; /* how it was recognised */
	struct str title;     /* one line */
	uint32_t category;    /* index into categories */
	uint32_t block, end;  /* its blocks, the title's first */
	uint32_t title_block;
	uint32_t line; /* of the file, from 1 */
	const struct source *sources;
	size_t n_sources;
	const struct field *fields; /* every label line, known or not */
	size_t n_fields;
	struct str insight;
	const struct bullet *bullets; /* of the summary */
	size_t n_bullets;
	const uint32_t *links; /* indexes into issue->links, sources first, each address once */
	size_t n_links;
	uint32_t n_chars; /* Han characters plus Latin words: what reading time is counted in */
};

struct issue {
	struct arena *arena;
	struct str path;  /* as given; "-" for standard input */
	struct str title; /* the heading as written */
	struct str publication;
	struct str profile; /* the name of the one that was used; empty for none */
	struct date date;
	enum dialect dialect; /* of most of its text */
	unsigned confidence;  /* that its stories are what they seem, in per cent of its text */
	const char *encoding; /* what the bytes were: "UTF-8", "GB18030", "UTF-16LE", … */
	size_t n_repaired;    /* malformed sequences replaced by U+FFFD */
	const struct block *blocks;
	size_t n_blocks;
	const struct span *spans;
	size_t n_spans;
	const struct link *links;
	size_t n_links;
	const struct str *categories; /* in order of first appearance; "" for none */
	size_t n_categories;
	const struct story *stories;
	size_t n_stories;
};

/* Reads an issue from the bytes of a file. NULL with `err` filled when they are no text (binary
 * data, an unknown encoding) or hold nothing to read; odd Markdown is never an error. The bytes are
 * copied as needed and may be freed. */
const struct issue *issue_read(struct str bytes, struct str path, struct error *err);

/* The same of bytes that live in `owner`, which is freed as soon as they have been read: a large
 * issue then is not in memory twice. */
const struct issue *issue_read_own(struct arena *owner, struct str bytes, struct str path,
				   struct error *err);

/* The same as the reader says publications are written; `profiles` may be NULL. */
const struct issue *issue_read_with(struct arena *owner, struct str bytes, struct str path,
				    const struct profiles *profiles, struct error *err);

void issue_free(const struct issue *issue);

/* The name that issues which belong together have: the publication, or the folder where an issue
 * names none; empty where that has no name either. */
struct str issue_series(const struct issue *issue);

/* The host of a URL as written ("mp.weixin.qq.com"), or the empty str when it has none. */
struct str link_host(struct str url);

/* What a reader must know of an address before it is opened. */
struct link_facts {
	struct str host;  /* as it is read: an internationalized one in its own script; as link_host
			     else */
	struct str ascii; /* the same as the network knows it, xn--...; empty when that is `host` or
			   * there is none */
	bool is_mixed;    /* of scripts that do not go together: it may look like another host */
	struct str target; /* a host that the address seems to lead on to; empty when it does not */
	bool is_short; /* of a service that shortens addresses: where it leads on to is not in it */
};
struct link_facts link_look(struct arena *arena, struct str url);

/* Whether the text of a link is an address itself, of another host than the one it leads to. A
 * "www." makes no other host. */
bool link_text_lies(struct str text, struct str url);

/* That on one line: the host, the other form behind "!" when scripts mix, "→" and where it leads on
 * to, "→ ?" where that is not known. Empty for an address without a host. */
struct str link_host_shown(struct arena *arena, struct str url);

/* True for http, https and mailto addresses that may be given to an opener: an absolute URL of
 * these schemes (in any case) with a host, without control characters, spaces at its ends or user
 * information. What is refused is still shown and can be copied. */
bool link_may_open(struct str url);

/* The URL in ASCII: the host by IDNA, everything else, controls and spaces percent-encoded. For
 * openers, clipboards and terminals. */
struct str link_ascii(struct arena *arena, struct str url);

/* The story's text as plain UTF-8, blocks separated by blank lines: for search, JSON, copying. */
struct str story_text(struct arena *arena, const struct issue *issue, const struct story *story);

#endif
