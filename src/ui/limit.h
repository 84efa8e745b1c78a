/* What the list is limited to: by a filter that was typed and, in the library, by that of a saved
 * view. */
#ifndef LIMIT_H
#define LIMIT_H

#include <stdbool.h>

#include "root.h"

/* A filter with the views of the configuration. NULL with `err`. */
const struct query *limit_parse(const struct app *app, struct arena *arena, struct str text,
				struct error *err);

/* Limits to what the filter lets through, to all by an empty one; the rows are the caller's part.
 * False with `err`, nothing changed, when it cannot be understood or the library not be asked. */
bool limit_set(struct app *app, struct limit *limit, struct str text, enum stories_care care,
	       struct error *err);

/* The same filter again, for other stories than those it was set for. */
void limit_renew(struct app *app, struct limit *limit);

/* Whether it lets the story through; its dismissal apart. */
bool limit_holds(const struct app *app, const struct limit *limit, uint32_t story);

/* Whether it asks about dismissed stories. */
bool limit_names_dismissed(const struct limit *limit);

void limit_clear(struct limit *limit);

/* Ends the one that was typed: all rows are back. */
void limit_end(struct app *app);

#endif
