/* The stories that are handed on, with their texts. */
#ifndef PARCEL_H
#define PARCEL_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/out.h>

#include "root.h"

/* Starts at {0}; arrays are in the frame's arena. */
struct parcel {
	struct out_story *stories;
	size_t n, cap;
	const struct issue **issues; /* read for those of the library */
	size_t n_issues, cap_issues;
	size_t n_lost; /* stories whose file is gone or has them no more */
};

/* Those a filter lets through: of the library, where that is open or the open issue is one of it,
 * else of the open issue. `err` has no code before. Without a filter what is selected, else what
 * the list is limited to, else what is starred in the open issue, or in the library while that is
 * open. False with `err` when that is nothing or the filter cannot be understood. */
bool parcel_fill(struct parcel *parcel, struct app *app, struct str filter, struct error *err);

/* Those that a verb with this count would take; false when there is none. */
bool parcel_fill_targets(struct parcel *parcel, struct app *app, unsigned count);

/* Them as one text, in the frame's arena. */
struct str parcel_text(const struct parcel *parcel, struct app *app, enum out_list_format format,
		       bool is_whole);

void parcel_free(struct parcel *parcel);

#endif
