/* The state of stories for one run: the journals of this reader, or memory alone. */
#ifndef STATE_H
#define STATE_H

#include <sulan/error.h>
#include <sulan/query.h>

#include "world.h"

struct issue;
struct journal;
struct triage;

struct state {
	struct journal *journal; /* NULL when nothing is kept */
	struct triage *triage;
	int watch_fd; /* of inotify; 0: none */
	bool is_watched;
	bool has_more; /* another file is watched, too */
	int above;     /* watched while the folder is not there; 0: none */
};

/* Reads the journals. What is wrong with them is in `err`, whose code is ERROR_NONE when nothing
 * is: the state is usable in any case. */
void state_open(struct state *state, const struct world *world, struct error *err);

/* For out_opts: `state` is a struct state. */
struct story_state state_of_story(const void *state, struct str id);

/* State of stories of these issues that have been edited since goes to what they have become; where
 * that cannot be written down it is found again the next time. */
void state_pair(const struct state *state, const struct issue *const *issues, size_t n);

/* A descriptor that is readable when another program may have marked something, or 0. */
int state_watch(struct state *state);

/* The descriptor tells of changes of this file, too, and of those beside it. */
void state_watch_too(struct state *state, const char *path);

/* Takes in what other programs marked; `is_told` when the descriptor said so, else only when a
 * journal's size tells. True when anything is now another. */
bool state_refresh(struct state *state, bool is_told);

/* Exchanges journals with the folder of the configuration, if there is one; ERROR_NONE in `err`
 * when nothing is wrong. */
void state_sync(struct state *state, const struct world *world, struct error *err);

/* Frees it; `is_tended` makes backups and shortens the journal before. What the journals add up to
 * is kept for the next start in any case. */
void state_close(struct state *state, bool is_tended);

#endif
