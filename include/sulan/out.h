/* layer: out
 *
 * Issues as something other programs take: text and ANSI of their pages, Markdown in the reference
 * format, HTML, JSON, tables; so what was searched for, what is handed on, and trends. Everything
 * is made in memory; printing it is the caller's part. Whatever an issue holds, no control
 * character, escape or bidi control of it is in the result.
 */
#ifndef SULAN_OUT_H
#define SULAN_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/issue.h>
#include <sulan/page.h>
#include <sulan/query.h>
#include <sulan/str.h>
#include <sulan/theme.h>
#include <sulan/trend.h>

struct arena;
struct keywords;
struct lookup;

enum out_format { OUT_TEXT, OUT_ANSI, OUT_MARKDOWN, OUT_HTML, OUT_JSON };

enum out_list_format {
	OUT_LIST_TABLE,
	OUT_LIST_TSV,
	OUT_LIST_JSON,
	OUT_LIST_MARKDOWN,
	OUT_LIST_TEXT
};

struct out_story;

struct out_opts {
	struct page_opts page;           /* text, ANSI; page.cols is the width of the table, too */
	const struct theme *theme;       /* ANSI */
	enum color_depth depth;          /* ANSI */
	const struct keywords *keywords; /* ANSI: lit; may be NULL */
	bool hyperlinks;                 /* ANSI: links by OSC 8 */
	bool has_state; /* TSV: marks (letters of r s l d), tags by commas, note in columns of their
			   own */
	bool is_whole;  /* Markdown of stories: all their text, not the gist alone */
	/* What is known of a story (JSON, table, Markdown of stories); NULL: nothing is. */
	struct story_state (*state)(const void *self, struct str id);
	const void *state_self;
	/* Words of out_check in the reader's language; NULL: English. */
	const char *(*word)(const void *self, const char *english);
	const void *word_self;
	/* Gives a story that lacks its text as its file has it (JSON of a list), valid until the
	 * next is asked for; false leaves it out. NULL: they all have their texts. */
	bool (*whole)(void *self, const struct out_story *stub, struct out_story *out);
	void *whole_self;
	/* Takes text, ANSI of large issues and JSON of lists piece by piece as it is made (what is
	 * then returned is the rest); NULL: all of it is returned. */
	void (*sink)(void *self, struct str piece);
	void *sink_self;
};

/* A story and the issue it is of. */
struct out_story {
	const struct issue *issue;
	const struct story *story;
};

/* All the issues, one after the other; JSON and HTML are one document. */
struct str out_issue(enum out_format format, struct arena *arena, const struct issue *const *issues,
		     size_t n, const struct out_opts *opts);

/* Stories, a line each but in Markdown. The table: date, category, title, sources in columns no
 * wider than the page. TSV: id, date, kind, category, title, source, URL, with \t \n \\ for tabs,
 * line feeds, backslashes. JSON: the same document as for issues. Markdown: a document in the
 * reference format to hand on, its dates in the heading, each story with sources, issue, tags, note
 * and its insight, else its first paragraph; one story alone and whole goes without the heading.
 * Text: what they say, a blank line between them. */
struct str out_list(enum out_list_format format, struct arena *arena,
		    const struct out_story *stories, size_t n, const struct out_opts *opts);

/* What a search of the library found, newest or best first: a table with the text around each
 * match, matches in the theme's style where opts has one, or TSV: the columns of a list, then
 * publication, file and context. */
struct str out_found(bool is_table, struct arena *arena, const struct lookup *lookup,
		     const struct out_opts *opts);

/* How much is written about some words. */
struct out_trend {
	const struct trend_word *words;
	const struct trend *days; /* of these words */
	enum trend_by by;
	bool is_ascii; /* draws with that alone */
};

/* As a table: a chart of one word, of several a line each, with the latest spans that fit; where
 * there were no issues the axis has a gap. TSV: word, first and last day, hits, stories, issues for
 * each word and span that has issues. JSON: {"schema":1,"by":"week","words":[{"word":…,"hits":…,
 * "spans":[{"from":…,"to":…,"hits":…,"stories":…,"issues":…}]}]}. */
struct str out_trend(enum out_list_format format, struct arena *arena,
		     const struct out_trend *trend, const struct out_opts *opts);

/* What a file is read as, and what it lacks with the lines where it does. */
struct str out_check(struct arena *arena, const struct issue *issue, const struct out_opts *opts);

#endif
