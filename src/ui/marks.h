/* Marks as one makes them in the reader. */
#ifndef MARKS_H
#define MARKS_H

#include <sulan/lookup.h>

#include "root.h"

/* Makes a mark on `n` stories as one change, says so and goes on. Returns effect bits. */
unsigned mark_make(struct app *app, const struct mark *mark, const uint32_t *stories, size_t n);

/* The verb on stories of the library, in whichever issue they are: what the first is not yet, all
 * become. The list of the open issue stays where it is. True when the verb goes on to the next. */
bool mark_found(struct app *app, enum triage_field field, const struct found *found, size_t n);

/* Undoes the last change, or makes it again, as far from that list. The id of its first story,
 * valid until the next change; empty when there was none, or it could not be. */
struct str mark_take_back(struct app *app, bool is_again);

/* Adds to the message which story of another place this is. */
void mark_say_place(struct app *app, struct str id);

#endif
