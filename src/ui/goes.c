/* Going to other tabs and issues. */
#include <sulan/error.h>

#include "commands.h"
#include "reading.h"
#include "shelf.h"
#include "sources.h"
#include "stacks.h"

static unsigned go_to_tab(struct app *app, size_t tab)
{
	reading_tab(app, tab);
	return EFFECT_REDRAW;
}

unsigned go_tab_next(struct app *app, const struct intent *intent)
{
	if (intent->count)
		return go_tab(app, intent);
	return go_to_tab(app, (app->reading.tab + 1) % app->reading.n_tabs);
}

unsigned go_tab_prev(struct app *app, const struct intent *intent)
{
	size_t by = intent->count ? intent->count % app->reading.n_tabs : 1;
	return go_to_tab(app, (app->reading.tab + app->reading.n_tabs - by) % app->reading.n_tabs);
}

unsigned go_tab(struct app *app, const struct intent *intent)
{
	long number = (long)intent->count;
	if (intent->arg.len && !str_to_int(intent->arg, 1, 9999, &number))
		number = 0;
	if (number < 1 || (size_t)number > app->reading.n_tabs) {
		app_message(app, app_word(app, N_("there are %zu tabs")), app->reading.n_tabs);
		return EFFECT_REDRAW;
	}
	return go_to_tab(app, (size_t)number - 1);
}

/* Issues that cannot be read are passed over; the message says which. */
static unsigned go_issue(struct app *app, int direction, const struct intent *intent)
{
	struct error err = {0};
	unsigned left = intent->count ? intent->count : 1;
	size_t at = app->shelf.now, found = at;
	if (app->reading.stories) {
		while (left && stacks_step_issue(app, direction))
			left--;
		return EFFECT_REDRAW;
	}
	while (left && (direction > 0 ? at + 1 < app->shelf.n : at > 0)) {
		at = direction > 0 ? at + 1 : at - 1;
		if (shelf_issue(&app->shelf, at, &err)) {
			found = at;
			left--;
		}
	}
	if (found != app->shelf.now)
		reading_open(app, found, &err);
	else if (!err.code)
		app_message(app, "%s",
			    app_word(app, direction > 0 ? N_("this is the oldest issue")
							: N_("this is the newest issue")));
	if (err.code)
		app_error(app, &err);
	if (found == app->shelf.now && app->focus == FOCUS_DETAIL && !app_story(app))
		app->focus = FOCUS_LIST;
	return EFFECT_REDRAW | EFFECT_RELAYOUT | EFFECT_REFILTER;
}

unsigned go_issue_next(struct app *app, const struct intent *intent)
{
	return go_issue(app, -1, intent);
}

unsigned go_issue_prev(struct app *app, const struct intent *intent)
{
	return go_issue(app, 1, intent);
}

/* What came through a pipe cannot be read again; where there are sources, they are meant. */
unsigned go_reload(struct app *app, const struct intent *intent)
{
	size_t n = sources_count(app);
	(void)intent;
	if (n)
		app->opts.deliver(app->opts.self, SIZE_MAX);
	if (app->reading.stories) {
		if (app->opts.rescan)
			app->opts.rescan(app->opts.self);
		return EFFECT_RELOAD;
	}
	return n && !app->shelf.entries[app->shelf.now].path ? EFFECT_REDRAW : EFFECT_RELOAD;
}

unsigned go_sources(struct app *app, const struct intent *intent)
{
	(void)intent;
	if (sources_count(app))
		sources_show(app);
	else
		app_message(app, "%s",
			    app_word(app, N_("no source; see [publication NAME] in sulan(5)")));
	return EFFECT_REDRAW;
}
