/* Marks as one makes them in the reader. */
#ifndef MARKS_H
#define MARKS_H

#include "select.h"

/* Makes a mark on `n` stories of one list as one change, says so and goes on. Returns effect bits.
 */
unsigned mark_make(struct app *app, const struct mark *mark, const struct target *targets,
		   size_t n);

#endif
