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
	bool is_bad; /* some could not be found */
};

/* Adds the story of this id, of the file `path`; what cannot be found is complained about. */
void wholes_add(struct wholes *wholes, const struct world *world, struct str path, struct str id);
void wholes_free(struct wholes *wholes);

#endif
