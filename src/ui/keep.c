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
	bool is_whole = f->has_list && !app->n_views && r->list.n && !r->has_range && hint_col > 0;
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

/* How many columns of the row with that index cannot be used as they are on the canvas. */
static int stale_cols(const struct app *app, const struct frame *f, size_t index, size_t n_whole)
{
	const struct list *list = &app->reading.list;
	const struct kept *kept = &app->kept;
	if (index < kept->top || index >= kept->top + n_whole || index >= list->top + n_whole)
		return f->list.cols;
	if (index != list->selected && index != kept->selected)
		return 0;
	return app->options.selection == SELECTION_EDGE ? LIST_EDGE_COLS : f->list.cols;
}

static void move_list(const struct app *app, const struct frame *f)
{
	const struct list *list = &app->reading.list;
	int height = frame_row_height(app), n_whole = f->list.rows / height;
	int by = (int)((long)list->top - (long)app->kept.top);
	struct style style = app->theme.styles[ROLE_TEXT];
	canvas_shift(app->canvas, f->list.row, f->list.col, n_whole * height, f->list.cols,
		     by * height);
	int row, end = f->list.row + f->list.rows;
	for (size_t i = list->top; (row = paint_list_place(app, &f->list, i)) < end; i++) {
		int cols = stale_cols(app, f, i, (size_t)n_whole);
		if (cols == 0)
			continue;
		int rows = row + height <= end ? height : end - row;
		canvas_blank(app->canvas, row, f->list.col, rows, cols, style);
		if (i < list->n && cols < f->list.cols)
			paint_list_edge(app, &f->list, i);
		else if (i < list->n)
			paint_list_row(app, &f->list, i);
	}
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
	if (f->bottom_rule >= 0)
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
