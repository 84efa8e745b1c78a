/* The library behind the open issues: what goes on with its index. */
#ifndef UI_LIBRARY_H
#define UI_LIBRARY_H

#include <stdbool.h>

#include "root.h"

/* Gives the files of what was found the names the reader has for them. */
void library_name(const struct app *app, struct arena *arena, struct lookup *lookup);

/* A bit of what the calendar asks for, else of the work on the index; false when there is none
 * left. `is_seen` when a reader would see that it went on. */
bool library_work(struct app *app, bool *is_seen);

/* How far the work is, in the frame's arena; NULL when none goes on or there is little of it. */
const char *library_status(const struct app *app);

#endif
