/* A small history of stories that were left for others: like the links of a browser. */
#include "jump.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/error.h>

#include "commands.h"
#include "detail.h"
#include "reading.h"
#include "shelf.h"
#include "stacks.h"
#include "threads.h"
#include "view.h"

static const char *entry_path(const struct shelf_entry *entry)
{
	return entry->path ? entry->path : entry->issue ? entry->issue->path.p : "";
}

static char *kept_text(struct str text)
{
	char *kept = mem_new(text.len + 1);
	if (text.len)
		memcpy(kept, text.p, text.len);
	return kept;
}

static void forget(struct jumps *jumps, size_t nth)
{
	free(jumps->items[nth].path);
	free(jumps->items[nth].search);
	jumps->n--;
	memmove(&jumps->items[nth], &jumps->items[nth + 1],
		(jumps->n - nth) * sizeof(*jumps->items));
}

/* False when there is nothing to come back to. */
static bool note(struct app *app)
{
	struct jumps *jumps = &app->jumps;
	const struct story *story = app_story(app);
	if (!story)
		return false;
	if (jumps->n == JUMPS_MAX)
		forget(jumps, 0);
	struct str path = str_of(entry_path(&app->shelf.entries[app->shelf.now]));
	struct jump *jump = &jumps->items[jumps->n++];
	*jump = (struct jump){.is_in_library = app->reading.stories != NULL,
			      .top = app->detail.top,
			      .focus = app->focus};
	jump->path = kept_text(path);
	snprintf(jump->id, sizeof(jump->id), "%.*s", (int)story->id.len, story->id.p);
	return true;
}

static bool select_story(struct app *app, struct str id)
{
	uint32_t story = reading_find(app, id);
	if (story == UINT32_MAX) {
		app_message(app, "%s", app_word(app, N_("the story is no longer in its issue")));
		return false;
	}
	if (!reading_select(app, story) && find_clear(app) && app->limit.query)
		find_clear(app);
	if (!reading_select(app, story)) {
		app_message(app, "%s", app_word(app, N_("the story has been dismissed")));
		return false;
	}
	return true;
}

static bool open_entry(struct app *app, size_t entry)
{
	struct error err = {0};
	bool is_open = entry == app->shelf.now && !app->reading.stories;
	if (is_open || reading_open(app, entry, &err))
		return true;
	app_error(app, &err);
	return false;
}

static bool open_library(struct app *app)
{
	struct error err = {0};
	if (app->reading.stories || stacks_open(app, &err))
		return true;
	app_error(app, &err);
	return false;
}

bool jump_to(struct app *app, struct str path, struct str id)
{
	struct str kept = str_copy(app->frame, id);
	bool is_noted = note(app);
	if (!open_entry(app, shelf_place(app, path)) || !select_story(app, kept)) {
		if (is_noted)
			forget(&app->jumps, app->jumps.n - 1);
		return false;
	}
	app->focus = FOCUS_DETAIL;
	detail_update(app, false);
	return true;
}

void jump_from_search(struct app *app, struct str text, bool is_ranked, struct str found)
{
	struct jump *jump = &app->jumps.items[app->jumps.n - 1];
	jump->search = kept_text(text);
	jump->is_ranked = is_ranked;
	snprintf(jump->found, sizeof(jump->found), "%.*s", (int)found.len, found.p);
}

/* The entry a path names, or SIZE_MAX. */
static size_t find_entry(const struct app *app, const char *path)
{
	for (size_t i = 0; i < app->shelf.n; i++)
		if (strcmp(entry_path(&app->shelf.entries[i]), path) == 0)
			return i;
	return SIZE_MAX;
}

unsigned jump_back(struct app *app, const struct intent *intent)
{
	struct jumps *jumps = &app->jumps;
	(void)intent;
	if (jumps->n == 0) {
		app_message(app, "%s", app_word(app, N_("no story was left for this one")));
		return EFFECT_REDRAW;
	}
	struct jump jump = jumps->items[--jumps->n];
	threads_forget(app); /* something may have been dismissed there */
	size_t entry = find_entry(app, jump.path);
	bool is_there = jump.is_in_library ? open_library(app)
					   : entry != SIZE_MAX && open_entry(app, entry);
	if (is_there && select_story(app, str_of(jump.id))) {
		app->focus = jump.focus;
		detail_update(app, false);
		detail_scroll(app, (long)jump.top - (long)app->detail.top);
	}
	if (jump.search)
		found_reopen(app, str_of(jump.search), jump.is_ranked, str_of(jump.found));
	free(jump.path);
	free(jump.search);
	return EFFECT_REDRAW | EFFECT_RELAYOUT;
}

void jump_free(struct jumps *jumps)
{
	while (jumps->n)
		forget(jumps, jumps->n - 1);
}
