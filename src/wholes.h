/* Stories of the library as they are in their files. */
#ifndef WHOLES_H
#define WHOLES_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/out.h>
#include <sulan/str.h>

#include "world.h"

/* Starts at {0}. */
struct wholes {
	struct out_story *stories; /* those that were found, in the order they were asked for */
	size_t n, cap;
	const struct issue **issues; /* that have been read */
	size_t n_issues, cap_issues;
	bool is_bad;      /* some could not be found */
	bool is_fleeting; /* a file is forgotten when another is read */
};

/* The story of this id, of the file `path`. False after complaining when it cannot be found. */
bool wholes_get(struct wholes *wholes, const struct world *world, struct str path, struct str id,
		struct out_story *out);

/* The same, added to those that were found. */
void wholes_add(struct wholes *wholes, const struct world *world, struct str path, struct str id);
void wholes_free(struct wholes *wholes);

#endif
