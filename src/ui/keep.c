/* The frame before, moved. */
#include "keep.h"

#include <stdlib.h>

#include "library.h"
#include "paint.h"
#include "sources.h"

void keep_nothing(struct app *app)
{
	app->kept.is_whole = false;
}

void keep_note(struct app *app, const struct frame *f, int hint_col)
{
	const struct reading *r = &app->reading;
	bool is_whole =
		f->has_list && !app->n_views && r->list.n && !r->picks.has_range && hint_col > 0;
	app->kept = (struct kept){.is_whole = is_whole,
				  .top = r->list.top,
				  .selected = r->list.selected,
				  .hint_col = hint_col};
}

void keep_begin_key(struct app *app)
{
	app->kept.has_moved = false;
}

void keep_moved(struct app *app)
{
	app->kept.has_moved = true;
}

void keep_end_key(struct app *app)
{
	app->kept.is_whole &= app->kept.has_moved;
}

/* Whether a line of the row with that index stood on the canvas before it was moved, and can stay.
 */
static bool has_line(const struct app *app, const struct frame *f, size_t index, int line)
{
	const struct list *list = &app->reading.list;
	const struct kept *kept = &app->kept;
	bool is_marked = index == list->selected || index == kept->selected;
	long at = ((long)index - (long)kept->top) * frame_row_height(app) + line;
	return at >= 0 && at < f->list.rows &&
	       !(is_marked && app->options.selection != SELECTION_EDGE);
}

/* Paints what the row with that index has of new lines, and its edge if there are any or it is, or
 * was, the selected one. */
static void renew_row(struct app *app, const struct frame *f, size_t index)
{
	const struct rect *pane = &f->list;
	int row = paint_list_place(app, pane, index), n_lines = paint_list_lines(app, pane, index);
	bool is_new[2],
		is_stale = index == app->reading.list.selected || index == app->kept.selected;
	for (int i = 0; i < n_lines; i++) {
		is_new[i] = !has_line(app, f, index, i);
		is_stale |= is_new[i];
	}
	if (!is_stale)
		return;
	for (int i = 0; i < n_lines; i++)
		canvas_blank(app->canvas, row + i, pane->col, 1,
			     is_new[i] ? pane->cols : LIST_EDGE_COLS, app->theme.styles[ROLE_TEXT]);
	if (index >= app->reading.list.n)
		return;
	paint_list_edge(app, pane, index);
	for (int i = 0; i < n_lines; i++)
		if (is_new[i])
			paint_list_line(app, pane, index, i);
}

static void move_list(struct app *app, const struct frame *f)
{
	const struct list *list = &app->reading.list;
	int by = (int)((long)list->top - (long)app->kept.top) * frame_row_height(app);
	canvas_shift(app->canvas, f->list.row, f->list.col, f->list.rows, f->list.cols, by);
	for (size_t i = list->top; paint_list_lines(app, &f->list, i) > 0; i++)
		renew_row(app, f, i);
}

/* Where in the list the reader is; the hints behind it stay where they are when it is as long. */
static void move_position(struct app *app, const struct frame *f)
{
	struct style style = app->theme.styles[ROLE_TEXT];
	struct style over = paint_style(app, ROLE_HINT);
	int row = f->hint_row, was = app->kept.hint_col;
	canvas_blank(app->canvas, row, 0, 1, was, style);
	canvas_fill(app->canvas, row, 0, 1, was, over);
	app->kept.hint_col = paint_position(app, row);
	if (app->kept.hint_col == was)
		return;
	canvas_blank(app->canvas, row, 0, 1, app->canvas->cols, style);
	paint_hints(app, f);
}

/* What the rule below says of the story on show. */
static void draw_rules(struct app *app, const struct frame *f)
{
	canvas_blank(app->canvas, f->bottom_rule, 0, 1, app->canvas->cols,
		     app->theme.styles[ROLE_TEXT]);
	paint_rules(app, f);
}

bool keep_draw(struct app *app, const struct frame *f)
{
	const struct list *list = &app->reading.list;
	struct kept *kept = &app->kept;
	size_t far = list->top > kept->top ? list->top - kept->top : kept->top - list->top;
	if (!kept->is_whole || app->n_views || list->n == 0 || far >= list->room ||
	    app->message[0] || sources_status(app) || library_status(app))
		return false;
	move_list(app, f);
	move_position(app, f);
	if (f->has_detail)
		draw_rules(app, f);
	kept->top = list->top;
	kept->selected = list->selected;
	return true;
}
