/* How terminals measured text when they were asked last: a line for each in a small file beside the
 * index, so that the next start draws right before the terminal has answered. It may be deleted,
 * and whatever is wrong with it is the same as not having it. */
#ifndef TERMINALS_H
#define TERMINALS_H

#include <sulan/glyph.h>

#include "world.h"

/* The terminal in use is known by what it says of itself in the environment. `*policy` stays as it
 * is when it was never asked. */
void terminals_recall(const struct world *world, struct text_policy *policy);

/* Keeps it, unless it is what is kept already. */
void terminals_remember(const struct world *world, struct text_policy policy);

#endif
