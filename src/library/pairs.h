/* The kept counts of neighbouring Han characters, for the search by pinyin. */
#ifndef PAIRS_H
#define PAIRS_H

#include "index.h"

struct pair {
	uint16_t a, b;
	uint32_t n;
};

struct pairs_head {
	uint64_t n_texts; /* that were counted */
};

/* Sorted by `a`, then `b`; in the arena. What is kept is of this machine alone, so the bytes are
 * its own. */
size_t pairs_load(struct index *index, struct arena *arena, const struct pair **out,
		  size_t *n_texts);

#endif
