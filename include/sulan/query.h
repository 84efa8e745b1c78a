/* layer: find
 *
 * What a reader asks for: the small filter language of `&`, `list`, `export` and saved views, and
 * plain words for `/`. A filter is terms that must all hold: word, "exact phrase", unread read star
 * later dismissed note, tag:x (a whole tag), note:x, cat:x, pub:x (publication), source:x, title:x,
 * kw:x, after:DATE, before:DATE, kind:story, kind:brief, id:x (how the id begins), @view; `-` before
 * a term negates it, and of terms with `|` between them one must hold. Words are compared folded; a
 * Chinese word of any length matches anywhere.
 */
#ifndef SULAN_QUERY_H
#define SULAN_QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/date.h>
#include <sulan/keywords.h>
#include <sulan/str.h>

struct arena;
struct error;
struct issue;
struct story;
struct query;

/* What a story is besides its text, as the triage knows it. */
struct story_state {
	bool is_read, is_starred, is_later, is_dismissed;
	const struct str *tags;
	size_t n_tags;
	struct str note; /* empty for none */
};

/* Parses a filter. NULL with `err` (its message names the column) when it cannot be understood. An
 * empty text gives a query that everything matches. Lives in `arena`. */
const struct query *query_parse(struct arena *arena, struct str text, struct error *err);

/* The words of the language, NULL-terminated: those of states, and fields with their colon. */
const char *const *query_words(void);

/* A filter that looks for this text alone, as it stands. */
const struct query *query_phrase(struct arena *arena, struct str text);

/* What a filter can name beyond its own words. */
struct query_names {
	const void *self;
	/* Filters that have a name: `@name` in a filter stands for the terms of that one. False
	 * when there is none of that name; NULL: no name is one. */
	bool (*find_view)(const void *self, struct str name, struct str *filter);
	/* The day that dates such as 7d are told from; none where nobody knows. */
	struct date today;
};

/* The same with names; NULL for none. */
const struct query *query_parse_with(struct arena *arena, struct str text,
				     const struct query_names *names, struct error *err);

/* The byte of `text` at which query_parse found the fault that `err` tells of. */
size_t query_fault(struct str text, const struct error *err);

/* True when a term of the query asks about dismissed stories; else they are left out by callers. */
bool query_names_dismissed(const struct query *query);

/* `keywords` may be NULL: then kw: terms do not hold. */
bool query_matches(const struct query *query, const struct issue *issue, const struct story *story,
		   struct story_state state, const struct keywords *keywords);

/* What a filter is held against. */
struct query_subject {
	const struct issue *issue;
	const struct story *story;
	struct story_state state;
	const struct keywords *keywords; /* may be NULL */
	/* Whether the story has the `nth` of query_texts; NULL: the issue's blocks have its text.
	 */
	bool (*has_text)(const void *self, size_t nth);
	const void *self;
};

/* As query_matches; `scratch` is for work only. */
bool query_holds(const struct query *query, struct arena *scratch,
		 const struct query_subject *subject);

/* What a filter looks for in titles and texts, in the order of its terms: an index answers that for
 * stories whose text is not at hand. */
struct query_text {
	struct str needle; /* folded */
	bool is_keyword;   /* kw: the name of a keyword */
};
size_t query_texts(const struct query *query, struct arena *arena, struct query_text **out);

/* Whether a text has it, and whether a keyword is what it names. */
bool query_text_in(const struct query_text *text, struct arena *scratch, struct str where,
		   const struct keywords *keywords);
bool query_means(const struct query_text *text, struct arena *scratch,
		 const struct keyword *keyword);

/* All occurrences of the folded `needle` in `text`, in order, not overlapping; hits' `keyword` is
 * 0. */
size_t find_all(struct arena *arena, struct str text, struct str needle, struct hit **out);

#endif
