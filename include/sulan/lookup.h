/* layer: library
 *
 * Searching all stories of the index. What is asked is words that must all be in a story, in its
 * title or its text; "several words" in quotes stand together, and a minus before a word leaves out
 * the stories that have it. Texts are compared folded (sulan/fold.h), as plain substrings: what is
 * found is what a scan of all texts would find.
 *
 * What can be pinyin (sulan/pinyin.h) and is no word of the texts as it stands, also finds the
 * titles that read so, and the likeliest words of the texts that read so: behind what is found
 * literally, whole readings first.
 */
#ifndef SULAN_LOOKUP_H
#define SULAN_LOOKUP_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/date.h>
#include <sulan/issue.h>
#include <sulan/keywords.h>
#include <sulan/str.h>

struct arena;
struct error;
struct index;

struct found {
	struct str id, path;
	struct date date;
	struct str publication, issue_title;
	enum story_kind kind;
	struct str title, category, source, url;
	struct str urls; /* all of them, separated by tabs */
	/* The text around the first match, in one line; empty when there is none but in the title.
	 */
	struct str context;
	struct hit *title_hits, *context_hits; /* bytes of title and context */
	size_t n_title_hits, n_context_hits;
	bool is_by_pinyin;
};

struct lookup_opts {
	size_t max;           /* results at the most; 0: all */
	size_t context_bytes; /* 0: no context */
	bool is_ranked;       /* the best first, else the newest */
	/* Asked now and then; true ends the search with what there is. May be NULL. */
	bool (*is_stopped)(void *self);
	void *self;
};

struct lookup {
	struct found *items;
	size_t n;
	bool is_cut;       /* there are more than `max`, or it was stopped */
	struct str *words; /* what pinyin was taken for, the likeliest first */
	size_t n_words;
	struct str pinyin; /* the last word that was taken for it, folded */
};

/* Everything is in the arena. False with `err` when the index could not be read; a text that asks
 * for nothing finds nothing. */
bool lookup_find(struct index *index, struct arena *arena, struct str text,
		 const struct lookup_opts *opts, struct lookup *out, struct error *err);

/* The words to be lit in a story that was found: what was typed, and what pinyin stood for; folded.
 */
size_t lookup_needles(struct arena *arena, struct str text, const struct lookup *lookup,
		      struct str **out);

#endif
