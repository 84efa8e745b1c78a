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

/* All stories of the library in the place of an issue, at the first tab. They are not freed. */
void reading_show_library(struct app *app, struct stories *stories, unsigned long long stamp);

void reading_free(struct reading *reading);

/* Makes the rows anew by the states as they were counted (counts.h), keeping the selected story
 * where it can. */
void reading_filter(struct app *app);

/* The same in two: notes which story is selected, if any; makes the rows anew, again and again,
 * around the story noted last. */
void reading_stay(struct app *app);
void reading_filter_around(struct app *app);

/* Takes out the rows of stories that have been dismissed, where they are not asked for; the others
 * stay, whatever has become of them. */
void reading_narrow(struct app *app);

/* The same for one story, whose row is put in where it is missing. */
void reading_mend_row(struct app *app, uint32_t story);

/* Hits of the watchlist in a story, added up, and those in its title. Of the library, where only
 * the titles are at hand, they are looked for when they are asked for; the latter in the frame's
 * arena.
 */
uint32_t reading_hits(const struct app *app, uint32_t story);
struct hits reading_title_hits(const struct app *app, uint32_t story);

/* Scans the issue with the watchlist as it is now. */
void reading_scan(struct app *app);

/* Goes to a tab, keeping the story selected when it is in it. */
void reading_tab(struct app *app, size_t tab);

/* The story of this id, or UINT32_MAX. */
uint32_t reading_find(const struct app *app, struct str id);

/* Selects a story by its index in the issue, going to the first tab when this one does not hold it.
 * False when no tab shows it. */
bool reading_select(struct app *app, uint32_t story);

struct story_state reading_state(const struct app *app, uint32_t story);

/* The row of a story or else of the next one that has a row; the last where there is none. */
size_t reading_row_from(const struct reading *reading, uint32_t story);

#endif
