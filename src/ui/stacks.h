/* The stacks: all stories of the library in one list, in the place of an issue. */
#ifndef STACKS_H
#define STACKS_H

#include <stdbool.h>

#include "root.h"

/* Opens them where they were left. False with `err`, nothing changed, when there is no library or
 * no story in it. */
bool stacks_open(struct app *app, struct error *err);

/* Lets go of them, remembering the place, because an issue is about to be opened. */
void stacks_leave(struct app *app);

/* Reads them again where the index has changed, unless something lies over the list. While the
 * library is being indexed that is not done for every bit. True when something is another. */
bool stacks_follow(struct app *app);

/* Reads them again in any case. */
void stacks_renew(struct app *app);

/* What its tabs are called in commands, NULL-terminated; views apart. */
const char *const *stacks_tab_names(void);

/* The issue of a story of the open issue or of the library. */
const struct issue *stacks_issue(const struct app *app, uint32_t story);

/* Back to what the reader began with, the library or an issue; false when that is open. */
bool stacks_go_home(struct app *app);

/* The first row of the next issue among the rows, older ones (1) or newer (-1); false when there is
 * none. */
bool stacks_step_issue(struct app *app, int direction);

#endif
