/* A list of stories of the library: what the view knows, and painting it. */
#ifndef FOUND_VIEW_H
#define FOUND_VIEW_H

#include <sulan/lookup.h>

#include "prompt.h"
#include "view.h"

/* The line that was typed, with each of the words in place of its pinyin. */
struct choice {
	struct arena *arena; /* NULL while nothing is chosen */
	struct str *lines, *words;
	size_t n, now;
};

struct found_view {
	struct view view;
	struct arena *arena; /* of what was found */
	char text[PROMPT_BYTES];
	const char *title; /* of what was not searched for, numbered; NULL: a search */
	bool is_low;       /* a line a story, as there is no text to show of any */
	struct lookup lookup;
	struct list list;
	struct picks picks; /* by item */
	struct choice choice;
	bool is_ranked;
	bool is_typed;                                    /* the words are being typed */
	char trouble[sizeof(((struct app *)0)->message)]; /* why nothing is found; until another
							     search finds something */
};

/* The one that sees keys first; NULL when that is something else. */
struct found_view *found_on_top(const struct app *app);

/* Goes to a story; false when it is not among them. */
bool found_select(struct found_view *f, struct str id);

void found_draw(const struct app *app, const struct view *view);

#endif
