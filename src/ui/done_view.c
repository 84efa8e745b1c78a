/* The card that closes an issue: what was made of it, and where to go from here. */
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>

#include "commands.h"
#include "onward.h"
#include "paint.h"
#include "reading.h"
#include "view.h"

#define CARD_COLS 64

struct done {
	struct view view;
	int direction; /* where the next issue with unread stories is; 0: there is none */
	struct onward_issue next;
};

struct tally {
	size_t n_starred, n_later, n_dismissed;
};

static struct tally count(const struct app *app)
{
	struct tally tally = {0};
	for (uint32_t i = 0; i < app->reading.issue->n_stories; i++) {
		struct story_state state = reading_state(app, i);
		tally.n_starred += state.is_starred;
		tally.n_later += state.is_later;
		tally.n_dismissed += state.is_dismissed;
	}
	return tally;
}

static const char *key_line(const struct app *app, const char *command, const char *words)
{
	struct str keys = keymap_keys_of(app->keymap, app->frame, SCOPE_LIST, command, 1);
	return arena_printf(app->frame, "%.*s  %s", (int)keys.len, keys.p, app_word(app, words));
}

/* The next issue with unread stories, and the key that goes there. */
static const char *next_line(const struct app *app, const struct done *d)
{
	if (d->direction == 0)
		return app_word(app, N_("nothing is unread in the other issues"));
	const char *key = d->direction > 0 ? "unread-next" : "unread-prev";
	const char *words = key_line(app, key, N_("the next unread story, in another issue"));
	if (d->next.n_unread == 0) /* nobody has looked so far */
		return words;
	char day[DATE_TEXT] = "";
	date_text(app->shelf.entries[d->next.entry].date, day);
	const char *number =
		arena_printf(app->frame, app_word(app, N_("%zu unread")), d->next.n_unread);
	return arena_printf(app->frame, "%s · %s%s%s", words, day, *day ? " · " : "", number);
}

/* The titles that were starred, as many as fit; returns the row behind them. */
static int draw_starred(const struct app *app, struct rect box, int row, int end)
{
	const struct signs *signs = paint_signs(app);
	struct style style = paint_style(app, ROLE_OVERLAY);
	for (uint32_t i = 0; i < app->reading.issue->n_stories && row < end; i++) {
		struct str title = app->reading.issue->stories[i].title;
		if (!reading_state(app, i).is_starred)
			continue;
		int col = box.col + canvas_put(app->canvas, row, box.col, box.cols,
					       str_of(signs->star),
					       style_over(style, app->theme.styles[ROLE_STAR]));
		canvas_put_cut(app->canvas, row++, col + 1, box.col + box.cols - col - 1, title,
			       style);
	}
	return row;
}

static void done_draw(const struct app *app, const struct view *view)
{
	struct tally tally = count(app);
	struct style style = paint_style(app, ROLE_OVERLAY);
	int n_starred = (int)tally.n_starred, n_lines = n_starred ? 4 : 3;
	struct rect box = paint_box(app, n_starred + n_lines + 1 + (n_starred > 0), CARD_COLS,
				    app_word(app, N_("All read: this issue is done")));
	int row = box.row, end = box.row + box.rows;
	const char *words =
		app_word(app, N_("%zu stories · %zu starred · %zu for later · %zu dismissed"));
	const char *text = arena_printf(app->frame, words, app->reading.issue->n_stories,
					tally.n_starred, tally.n_later, tally.n_dismissed);
	canvas_put_cut(app->canvas, row++, box.col, box.cols, str_of(text), style);
	row = draw_starred(app, box, row, end - n_lines);
	const char *const lines[] = {
		key_line(app, "export", N_("hand on what was starred")),
		next_line(app, (const struct done *)view),
		key_line(app, "undo", N_("take the last mark back")),
		key_line(app, "quit", N_("close this, and again: quit")),
	};
	row += row + n_lines < end;
	for (int i = n_starred ? 0 : 1; i < 4 && row < end; i++)
		canvas_put_cut(app->canvas, row++, box.col, box.cols, str_of(lines[i]), style);
	app->canvas->cursor_row = box.row;
	app->canvas->cursor_col = box.col;
}

/* Whatever the reader goes on with closes the card. */
static bool done_run(struct app *app, struct view *view, const char *command,
		     const struct intent *intent, unsigned *effects)
{
	struct str name = str_of(command);
	int direction = ((struct done *)view)->direction;
	if (str_is(name, "suspend") || str_is(name, "redraw") || str_is(name, "help"))
		return false;
	view_pop(app);
	if (str_is(name, "page-down") || str_is(name, "read-on")) {
		*effects = direction < 0 ? move_unread_prev(app, intent)
					 : move_unread_next(app, intent);
		return true;
	}
	return str_is(name, "back") || str_is(name, "quit") || str_is(name, "enter");
}

static void done_close(struct view *view)
{
	free(view);
}

void done_open(struct app *app)
{
	static const struct view_ops ops = {"done", SCOPE_OVERLAY, done_draw,
					    NULL,   done_run,      done_close};
	struct done *d = mem_new(sizeof(*d));
	d->view.ops = &ops;
	if (onward_find(app, 1, &d->next) != ONWARD_NONE)
		d->direction = 1;
	else if (onward_find(app, -1, &d->next) != ONWARD_NONE)
		d->direction = -1;
	view_push(app, &d->view);
}
