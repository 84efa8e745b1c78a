/* Which stories a verb works on: those selected one by one or as a range, else a count of rows. */
#ifndef SELECT_H
#define SELECT_H

#include "root.h"

/* The stories, in the order of the list, in the frame's arena; rows from the selected one when
 * nothing is selected. 0 when the list is empty. */
size_t select_targets(struct app *app, unsigned count, uint32_t **out);

/* How many stories of the list are selected, whether any is, and this one. */
size_t select_n(const struct app *app);
bool select_is_any(const struct app *app);
bool select_has(const struct app *app, size_t row);

/* Gives the selection up; false when there was none. */
bool select_clear(struct app *app);

#endif
