/* The titles of all stories in memory, for the search by pinyin. */
#ifndef TITLES_H
#define TITLES_H

#include "index.h"

struct title {
	long long id;
	struct str text;
};

/* Newest first; read once, kept until the index changes. NULL with `err`. */
const struct titles *titles_get(struct index *index, struct error *err);
void titles_free(struct titles *titles);

struct titles {
	struct arena *arena;
	struct title *items;
	size_t n, cap;
};

#endif
