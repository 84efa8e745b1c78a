/* The frame: everything on the canvas, or the list before the story beside it. */
#include "root.h"

#include <sulan/arena.h>

#include "keep.h"
#include "paint.h"
#include "view.h"

static void begin_canvas(struct app *app)
{
	struct canvas *canvas = app->canvas;
	arena_reset(app->frame);
	canvas_begin(canvas);
	canvas->has_cursor = false;
	canvas->cursor_row = canvas->cursor_col = 0;
}

static void draw_around(struct app *app, const struct frame *f)
{
	paint_header(app, f);
	paint_tabs(app, f);
	if (f->has_list)
		paint_list(app, f);
}

static void draw_ends(struct app *app, const struct frame *f)
{
	paint_rules(app, f);
	keep_note(app, f, paint_hints(app, f));
}

static struct drawn drawn_now(const struct app *app, const struct frame *f, uint32_t story)
{
	bool is_covered = f->is_too_small || !f->has_detail || app->n_views;
	return (struct drawn){.issue = is_covered ? NULL : app->reading.issue,
			      .story = story,
			      .rows = app->canvas->rows,
			      .cols = app->canvas->cols,
			      .border_col = f->border_col};
}

void app_draw(struct app *app)
{
	struct canvas *canvas = app->canvas;
	struct frame f = frame_of(app);
	begin_canvas(app);
	if (!f.has_detail && keep_draw(app, &f))
		return;
	canvas_clear(canvas, app->theme.styles[ROLE_TEXT]);
	keep_nothing(app);
	app->drawn = drawn_now(app, &f, app->detail.story);
	if (f.is_too_small) {
		paint_word(app, 0, 0, canvas->cols, ROLE_MESSAGE,
			   app_word(app, N_("too small: 20x5")));
		return;
	}
	draw_around(app, &f);
	if (f.has_detail)
		paint_detail(app, &f);
	draw_ends(app, &f);
	for (size_t i = 0; i < app->n_views; i++)
		app->views[i]->ops->draw(app, app->views[i]);
}

bool app_draw_list(struct app *app)
{
	struct canvas *canvas = app->canvas;
	struct frame f = frame_of(app);
	const struct story *story = app_story(app);
	uint32_t index = story ? (uint32_t)(story - app->reading.issue->stories) : UINT32_MAX;
	struct drawn now = drawn_now(app, &f, index), *last = &app->drawn;
	bool is_same_frame = now.issue && now.issue == last->issue && now.rows == last->rows &&
			     now.cols == last->cols && now.border_col == last->border_col;
	if (!is_same_frame || !f.has_list || now.story == last->story)
		return false;
	struct style style = app->theme.styles[ROLE_TEXT];
	int below = f.detail.row + f.detail.rows;
	begin_canvas(app);
	if (keep_draw(app, &f))
		return true;
	canvas_fill(canvas, 0, 0, f.detail.row, canvas->cols, style);
	canvas_fill(canvas, f.detail.row, 0, f.detail.rows, f.detail.col, style);
	canvas_fill(canvas, below, 0, canvas->rows - below, canvas->cols, style);
	draw_around(app, &f);
	draw_ends(app, &f);
	return true;
}
