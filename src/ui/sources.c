/* What the reader sees of deliveries: a line while they go on, and a view with a row for each
 * source. They themselves go on outside. */
#include "sources.h"

#include <stdio.h>
#include <stdlib.h>

#include <sulan/arena.h>

#include "commands.h"
#include "paint.h"
#include "view.h"

#define VIEW_COLS 100

struct sources_view {
	struct view view;
	struct list list;
};

static const struct app_source *all(const struct app *app, size_t *n)
{
	*n = 0;
	return app->opts.sources ? app->opts.sources(app->opts.self, n) : NULL;
}

size_t sources_count(const struct app *app)
{
	size_t n;
	all(app, &n);
	return n;
}

static const char *progress(const struct app *app, const struct app_source *source)
{
	if (!source->n_total)
		return app_word(app, N_("fetching…"));
	return arena_printf(
		app->frame, app_word(app, N_("fetching, %zu %%")),
		100 * (source->n_done < source->n_total ? source->n_done : source->n_total) /
			source->n_total);
}

const char *sources_status(const struct app *app)
{
	size_t n, n_running = 0;
	const struct app_source *sources = all(app, &n), *first = NULL;
	for (size_t i = 0; i < n; i++) {
		if (!sources[i].is_running)
			continue;
		first = first ? first : &sources[i];
		n_running++;
	}
	if (!first)
		return NULL;
	return arena_printf(app->frame, "%zu/%zu  %.*s  %s", n - n_running, n, (int)first->name.len,
			    first->name.p, progress(app, first));
}

void app_delivered(struct app *app)
{
	size_t n, n_failed = 0, n_new = 0;
	const struct app_source *sources = all(app, &n);
	for (size_t i = 0; i < n; i++) {
		n_failed += sources[i].err != NULL;
		n_new += sources[i].n_new;
	}
	if (n_failed == 0 && n_new == 0)
		app_message(app, "%s", app_word(app, N_("nothing new")));
	else if (n_failed == 0)
		app_message(app, app_word(app, N_("new: %zu")), n_new);
	else
		app_message(app, app_word(app, N_("sources that failed: %zu; :sources says why")),
			    n_failed);
	app->is_error = n_failed > 0;
}

/* How a source is: what is wrong with it, before anything else. */
static const char *state_of(const struct app *app, const struct app_source *source)
{
	char text[600];
	if (source->is_running)
		return progress(app, source);
	if (!source->err)
		return arena_printf(app->frame, app_word(app, N_("new: %zu")), source->n_new);
	struct error err = *source->err;
	err.file[0] = '\0'; /* the address is the configuration's, and long */
	error_text(&err, app_word(app, err.what), text, sizeof(text));
	return arena_printf(app->frame, app_word(app, N_("again in %ld min: %s")),
			    (source->retry_s + 59) / 60, text);
}

static void draw_row(const struct app *app, const struct app_source *source, struct rect box,
		     int row, bool is_now)
{
	struct style base = paint_style(app, ROLE_OVERLAY);
	enum role role = source->err && !source->is_running ? ROLE_ERROR : ROLE_HOST;
	int room = box.cols / 3;
	int used = canvas_put_cut(app->canvas, row, box.col, room, source->name, base);
	if (is_now)
		canvas_tint(app->canvas, row, box.col, used, app->theme.styles[ROLE_ROW_NOW]);
	canvas_put_cut(app->canvas, row, box.col + room + 1, box.cols - room - 1,
		       str_of(state_of(app, source)), style_over(base, app->theme.styles[role]));
}

static void sources_draw(const struct app *app, const struct view *view)
{
	/* Only the list's room changes here: it is the screen's, not the reader's doing. */
	struct sources_view *s = (struct sources_view *)view;
	size_t n;
	const struct app_source *sources = all(app, &n);
	struct rect box = paint_box(app, (int)n, VIEW_COLS,
				    app_word(app, N_("Sources   Enter or R fetches, q closes")));
	list_set(&s->list, n, (size_t)box.rows);
	for (size_t i = s->list.top; i < n && i < s->list.top + s->list.room; i++)
		draw_row(app, &sources[i], box, box.row + (int)(i - s->list.top),
			 i == s->list.selected);
	app->canvas->cursor_row = box.row + (int)(s->list.selected - s->list.top);
	app->canvas->cursor_col = box.col;
}

static bool sources_run(struct app *app, struct view *view, const char *command,
			const struct intent *intent, unsigned *effects)
{
	struct sources_view *s = (struct sources_view *)view;
	struct str name = str_of(command);
	long n = intent->count ? (long)intent->count : 1;
	*effects = EFFECT_REDRAW;
	if (str_is(name, "next") || str_is(name, "scroll-down"))
		list_move(&s->list, n);
	else if (str_is(name, "prev") || str_is(name, "scroll-up"))
		list_move(&s->list, -n);
	else if (str_is(name, "first"))
		list_select(&s->list, 0);
	else if (str_is(name, "last"))
		list_select(&s->list, s->list.n);
	else if (str_is(name, "enter"))
		app->opts.deliver(app->opts.self, s->list.selected);
	else if (str_is(name, "reload"))
		app->opts.deliver(app->opts.self, SIZE_MAX);
	else if (str_is(name, "back") || str_is(name, "quit") || str_is(name, "sources"))
		view_pop(app);
	else
		return !(str_is(name, "suspend") || str_is(name, "redraw") ||
			 str_is(name, "quit-now") || str_is(name, "help"));
	return true;
}

static void sources_close(struct view *view)
{
	free(view);
}

void sources_show(struct app *app)
{
	static const struct view_ops ops = {"sources", SCOPE_OVERLAY, sources_draw,
					    NULL,      sources_run,   sources_close};
	struct sources_view *s = mem_new(sizeof(*s));
	s->view.ops = &ops;
	s->list = (struct list){.n = sources_count(app), .room = 1};
	view_push(app, &s->view);
}
