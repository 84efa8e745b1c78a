/* Which stories a verb works on: those selected one by one or as a range, else a count of rows. */
#ifndef SELECT_H
#define SELECT_H

#include "root.h"

/* The stories of the open issue, in the order of the list, in the frame's arena; rows from the
 * selected one when nothing is selected. 0 when the list is empty. */
size_t select_targets(struct app *app, unsigned count, uint32_t **out);

/* How many stories of that list are selected, whether any is, and this one. */
size_t select_n(const struct app *app);
bool select_is_any(const struct app *app);
bool select_has(const struct app *app, size_t row);

/* Gives the selection up; false when there was none. */
bool select_clear(struct app *app);

/* A story to be marked: of the open issue, or one that was found in the library. */
struct target {
	struct str id;
	size_t row;                /* of its list */
	uint32_t story;            /* of the open issue */
	const struct found *found; /* NULL: one of the open issue */
};

/* Those that a mark is for: of the stories found in the library where they lie on top, else the
 * same as select_targets. */
size_t select_marked(struct app *app, unsigned count, struct target **out);

/* That list, and giving up what is selected in it. */
struct list *select_list(struct app *app);
void select_use_up(struct app *app);

#endif
