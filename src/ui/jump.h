/* Going to a story anywhere, and back to where one came from. */
#ifndef JUMP_H
#define JUMP_H

#include "root.h"

/* Opens the story with this id of the file, in the detail; where the reader was is remembered.
 * False when it is not to be had, or hidden: the message says why. */
bool jump_to(struct app *app, struct str path, struct str id);

/* Behind jump_to, when it left a story: it was to what had been found for these words, whose list is
 * on top again when the reader comes back. */
void jump_from_search(struct app *app, struct str text, bool is_ranked, struct str found);

void jump_free(struct jumps *jumps);

#endif
