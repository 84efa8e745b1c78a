/* The words of a search, and what the full-text index is asked for each. */
#ifndef TERMS_H
#define TERMS_H

#include "index.h"

/* A word that must be there (or must not), as it was typed and as what it may stand for. */
struct term {
	struct str typed; /* folded */
	bool is_negated, is_quoted;
	bool is_nowhere;   /* no text has it */
	bool is_pinyin;    /* it may stand for what reads so as well as for itself */
	struct str ask;    /* an FTS5 expression that holds wherever `typed` is; empty: a scan must
			      tell */
	struct str *words; /* what its pinyin stands for */
	size_t n_words;
};

struct terms {
	struct term *items;
	size_t n, cap;
};

struct terms terms_parse(struct arena *arena, struct str text);

/* Fills in `ask`. False with `err`. */
bool terms_ask(struct index *index, struct arena *arena, struct term *term, struct error *err);

/* An expression that holds where the word of Han characters stands: a phrase. */
struct str terms_phrase(struct arena *arena, struct str word);

/* candidates.c: the likeliest words of the texts that are read as `typed`, the best first; the
 * first `*n_whole` of them take whole readings only. */
size_t candidates_find(struct index *index, struct arena *arena, struct str typed, size_t max,
		       struct str **out, size_t *n_whole);

#endif
