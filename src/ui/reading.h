/* The open issue: its tabs, the rows that tab and limit let through, keyword hits, and the selected
 * story. */
#ifndef READING_H
#define READING_H

#include <stdbool.h>
#include <stddef.h>

#include "root.h"

/* Opens entry `index` of the shelf at its first unread story. False with `err`, nothing changed,
 * when it cannot be read. */
bool reading_open(struct app *app, size_t index, struct error *err);

/* The same entry again after a reload, at the story of this id if it is still there. */
void reading_renew(struct app *app, const struct issue *issue, struct str story_id);

void reading_free(struct reading *reading);

/* Makes the rows anew by the states as they were counted (counts.h), keeping the selected story
 * where it can. */
void reading_filter(struct app *app);

/* Scans the issue with the watchlist as it is now. */
void reading_scan(struct app *app);

/* Goes to a tab, keeping the story selected when it is in it. */
void reading_tab(struct app *app, size_t tab);

/* Selects a story by its index in the issue, going to the first tab when this one does not hold it.
 * False when no tab shows it. */
bool reading_select(struct app *app, uint32_t story);

struct story_state reading_state(const struct app *app, uint32_t story);

/* The row of a story, or SIZE_MAX. */
size_t reading_row(const struct reading *reading, uint32_t story);
#endif
