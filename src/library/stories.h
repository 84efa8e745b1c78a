/* What the files about all stories share. */
#ifndef STORIES_H
#define STORIES_H

#include <sulan/stories.h>

#include "index.h"

/* Rows of the index that belong to one issue: they descend as its stories ascend. */
struct run {
	long long last; /* row of the first story */
	size_t first, n;
};

struct stories {
	struct arena *arena;
	struct issue all;
	struct issue *issues;
	size_t n_issues;
	uint32_t *issue_of; /* by story */
	uint32_t *twins;  /* by story: the next one of its id, around; itself when there is none */
	struct run *runs; /* by row, descending */
	size_t n_runs;
	uint32_t *slots; /* by id: number + 1, 0 for free; n_slots is a power of two */
	size_t n_slots;
};

/* The story of a row, or SIZE_MAX. */
size_t stories_of_row(const struct stories *stories, long long row);

#endif
