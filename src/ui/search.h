/* Stepping through hits of an issue, whether a search's or the watchlist's: story by story in the
 * order of the rows, block by block within. */
#ifndef SEARCH_H
#define SEARCH_H

#include <stdbool.h>
#include <stddef.h>

#include "root.h"

/* Searches the issue, or all stories of the library, for `text`; an empty one ends the search. The
 * matches go with the issue. */
void search_set(struct app *app, struct str text, enum stories_care care);

/* All matches in the rows on show, and which of them `now` is (from 1; 0 none). */
size_t search_count(const struct app *app, size_t *nth);

/* The first hit of a row's story after `from` (direction 1) or the last before it (-1); `from` NULL
 * takes the outermost. */
bool search_in_story(const struct app *app, const struct hits *block_hits, uint32_t story,
		     const struct match *from, int direction, struct match *out);

/* The next hit from the selected row on, in the given direction: within its story behind `from`
 * when `from` is in it, then in the rows after. `is_by_story` steps over the rest of the selected
 * story. */
bool search_step(const struct app *app, const struct hits *block_hits, const struct match *from,
		 bool is_by_story, int direction, struct match *out);

/* The same in the library, of the search or of the watchlist: where a story is gone to, it is
 * selected and set to find the hit in it. */
bool search_step_library(struct app *app, bool is_of_search, const struct match *from,
			 bool is_by_story, int direction, struct match *out);

#endif
