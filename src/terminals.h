/* What terminals said of themselves when they were asked last: a line for each in a small file
 * beside the index, so that the next start draws right before the terminal has answered. It may be
 * deleted, and whatever is wrong with it is the same as not having it. */
#ifndef TERMINALS_H
#define TERMINALS_H

#include <sulan/term.h>

#include "world.h"

/* The terminal in use is known by what it says of itself in the environment. `*facts` stay as they
 * are when it was never asked. */
void terminals_recall(const struct world *world, struct term_facts *facts);

/* Keeps it, unless it is what is kept already. */
void terminals_remember(const struct world *world, struct term_facts facts);

#endif
