/* Marks as one makes them in the reader. */
#ifndef MARKS_H
#define MARKS_H

#include "root.h"

/* Makes a mark on `n` stories as one change, says so and goes on. Returns effect bits. */
unsigned mark_make(struct app *app, const struct mark *mark, const uint32_t *stories, size_t n);

#endif
