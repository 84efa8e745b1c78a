/* Going to a story anywhere, and back to where one came from. */
#ifndef JUMP_H
#define JUMP_H

#include "root.h"

/* Opens the story with this id of the file, in the detail; where the reader was is remembered.
 * False when it is not to be had, or hidden: the message says why. */
bool jump_to(struct app *app, struct str path, struct str id);

void jump_free(struct jumps *jumps);

#endif
