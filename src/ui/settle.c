/* What keys have changed is brought up to date, once per burst of them. */
#include "root.h"

#include <stdio.h>

#include "commands.h"
#include "counts.h"
#include "detail.h"
#include "keep.h"
#include "reading.h"
#include "shelf.h"
#include "sources.h"
#include "stacks.h"
#include "view.h"

static void reload(struct app *app)
{
	struct error err = {0};
	if (app->reading.stories) {
		stacks_renew(app);
		app_message(app, "%s", app_word(app, N_("read again")));
		return;
	}
	const struct story *story = app_story(app);
	char id[64] = "";
	if (story)
		snprintf(id, sizeof(id), "%.*s", (int)story->id.len, story->id.p);
	while (app->n_views) /* a view may hold on to the old issue */
		view_pop(app);
	page_free(app->detail.page);
	app->detail.page = NULL;
	if (!shelf_reload(&app->shelf, app->shelf.now, &err)) {
		app_error(app, &err);
		return;
	}
	reading_renew(app, app->shelf.entries[app->shelf.now].issue, str_of(id));
	if (!sources_status(app)) /* which says more */
		app_message(app, "%s", app_word(app, N_("read again")));
}

static void mark_if_unread(struct app *app, uint32_t story)
{
	if (reading_state(app, story).is_read)
		return;
	mark_story_read(app, story);
	keep_nothing(app);
}

void app_leave_story(struct app *app)
{
	const struct detail *d = &app->detail;
	if (app->options.read_leave && d->is_read_through && d->story != UINT32_MAX)
		mark_if_unread(app, d->story);
}

/* Once each time: what is marked unread again while it is open stays so. */
static void enter_story(struct app *app)
{
	struct detail *d = &app->detail;
	uint32_t entered = app->focus == FOCUS_DETAIL ? d->story : UINT32_MAX;
	if (app->options.read_open && entered != UINT32_MAX && entered != d->entered)
		mark_if_unread(app, entered);
	d->entered = entered;
}

/* The list and all that does not need the story set. */
void app_settle_list(struct app *app, unsigned effects)
{
	if (effects & ~(unsigned)EFFECT_REDRAW)
		keep_nothing(app);
	if (effects & EFFECT_RELOAD)
		reload(app);
	if (effects & EFFECT_REFILTER) {
		counts_make(app);
		reading_filter(app);
	}
	struct frame f = frame_of(app);
	size_t room = f.is_too_small ? 1 : (size_t)(f.list.rows / frame_row_height(app));
	list_set(&app->reading.list, app->reading.list.n, room ? room : 1);
	const struct story *story = app_story(app);
	if ((effects & EFFECT_QUIT) || !story ||
	    (app->detail.story != UINT32_MAX &&
	     story != &app->reading.issue->stories[app->detail.story]))
		app_leave_story(app);
	app->detail.is_stale |= (effects & (EFFECT_RELAYOUT | EFFECT_RELOAD)) != 0;
	if (effects & EFFECT_QUIT)
		app->is_over = true;
}

/* Sets the selected story, if it is not the one that is set. */
void app_settle_story(struct app *app)
{
	detail_update(app, app->detail.is_stale);
	app->detail.is_stale = false;
	enter_story(app);
	if (app->focus == FOCUS_DETAIL && detail_is_at_end(app))
		app->detail.is_read_through = true;
}
