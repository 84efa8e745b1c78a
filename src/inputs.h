/* From paths on the command line to issues. */
#ifndef INPUTS_H
#define INPUTS_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/issue.h>
#include <sulan/str.h>

#include "world.h"

struct inputs {
	struct str *paths; /* files, in the order given; "-" for standard input */
	size_t n, cap;
	bool is_bad;    /* a named one could not be read: exit status 3 */
	bool is_sample; /* nothing was given or found: the baked sample */
	bool is_found;  /* nothing was given: the files are those of a folder */
};

/* Expands folders. Without paths: standard input when something is piped in, else the configured
 * folders, else the present one, else the sample. Complains about what is not there. */
void inputs_find(struct inputs *inputs, const struct world *world);

/* Reads one; NULL after complaining. */
const struct issue *inputs_read(struct inputs *inputs, const struct world *world, size_t index);

/* Reads all that can be read, newest first (or only the newest when they were found, not given, and
 * `is_newest_only`). */
const struct issue **inputs_read_all(struct inputs *inputs, const struct world *world,
				     bool is_newest_only, size_t *n);

#endif
