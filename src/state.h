/* The state of stories for one run: the journals of this reader, or memory alone. */
#ifndef STATE_H
#define STATE_H

#include <sulan/error.h>

#include "world.h"

struct journal;
struct triage;

struct state {
	struct journal *journal; /* NULL when nothing is kept */
	struct triage *triage;
};

/* Reads the journals. What is wrong with them is in `err`, whose code is ERROR_NONE when nothing
 * is: the state is usable in any case. */
void state_open(struct state *state, const struct world *world, struct error *err);
void state_close(struct state *state);

#endif
