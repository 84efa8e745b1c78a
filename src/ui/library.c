/* The work on the index while nobody types, and how far it is. */
#include "library.h"

#include <string.h>

#include <sulan/arena.h>

#include "commands.h"
#include "threads.h"
#include "view.h"

#define BAR_COLS 20
/* Less than that is over before it could be read. */
#define SHOWN_FILES 20

void library_name(const struct app *app, struct arena *arena, struct lookup *lookup)
{
	for (size_t i = 0; app->opts.name_issue && i < lookup->n; i++)
		lookup->items[i].path =
			app->opts.name_issue(app->opts.self, arena, lookup->items[i].path);
}

/* The folder of the issue on show; empty when it is in none. */
static struct str issue_folder(const struct app *app)
{
	if (app->reading.stories || !app->shelf.entries[app->shelf.now].path)
		return STR("");
	struct str path = str_of(app->shelf.entries[app->shelf.now].path);
	size_t slash = path.len;
	while (slash && path.p[slash - 1] != '/')
		slash--;
	return slash ? str_sub(path, 0, slash) : STR(".");
}

unsigned library_import(struct app *app, const struct intent *intent)
{
	struct error err = {0};
	struct str path = str_trim(intent->arg);
	if (path.len == 0)
		path = issue_folder(app);
	if (!app->opts.import)
		app_message(app, "%s", app_word(app, N_("there is no library here")));
	else if (path.len == 0)
		app_message(app, "%s", app_word(app, N_("this issue is in no folder; name one")));
	else if (!app->opts.import(app->opts.self, path, &err))
		app_error(app, &err);
	else
		app_message(app, app_word(app, N_("in the library from now on: %s")),
			    str_dup(app->frame, path));
	return EFFECT_REDRAW;
}

bool library_work(struct app *app, bool *is_seen)
{
	struct app_work *work = &app->work;
	size_t before = work->n_total ? work->n_done * 100 / work->n_total : 0;
	size_t before_total = work->n_total;
	bool was_shown = before_total >= SHOWN_FILES;
	*is_seen = calendar_work(app) || threads_work(app);
	if (*is_seen)
		return true;
	if (!app->opts.work)
		return false;
	char message[sizeof(app->message)];
	memcpy(message, app->message, sizeof(message));
	bool goes_on = app->opts.work(app->opts.self, work);
	bool is_told = strcmp(message, app->message) != 0;
	if (!goes_on) {
		bool is_other = before_total && found_again(app);
		*work = (struct app_work){0};
		*is_seen = was_shown || is_other || is_told;
		if (before_total)
			threads_forget(app);
		return before_total > 0;
	}
	size_t now = work->n_total ? work->n_done * 100 / work->n_total : 0;
	*is_seen = is_told || (work->n_total >= SHOWN_FILES && now != before);
	return true;
}

const char *library_status(const struct app *app)
{
	const struct app_work *work = &app->work;
	char bar[BAR_COLS + 1];
	if (work->n_total < SHOWN_FILES)
		return NULL;
	size_t full = work->n_done * BAR_COLS / work->n_total;
	memset(bar, '#', full);
	memset(bar + full, '.', BAR_COLS - full);
	bar[BAR_COLS] = '\0';
	return arena_printf(app->frame, "%s [%s] %zu/%zu", app_word(app, N_("indexing")), bar,
			    work->n_done, work->n_total);
}
