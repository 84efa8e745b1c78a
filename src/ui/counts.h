/* The counts of the open issue's tabs, of all of it and of what stands in the header. */
#ifndef COUNTS_H
#define COUNTS_H

#include "root.h"

/* Asks every story how it is now, and counts. */
void counts_make(struct app *app);

/* The same after a change of these stories alone, each named once. */
void counts_mend(struct app *app, const uint32_t *stories, size_t n);

#endif
