/* A link as a QR code, dark on light whatever the theme. Two modules stand in a cell, one above the
 * other; where block characters are two columns wide a module is two blanks.
 *
 * All cells have one pair of colours, white on black, and light ones are reversed: so the picture
 * is right with colours, and without them on a dark terminal; the other way round helps on a light
 * one.
 */
#include <stdlib.h>

#include <sulan/arena.h>
#include <sulan/qr.h>

#include "commands.h"
#include "paint.h"
#include "view.h"

/* Modules around the code: what most scanners are content with, and what the standard asks for. */
enum { QUIET = 2, QUIET_FULL = 4 };

struct qr_view {
	struct view view;
	const struct story *story;
	size_t nth;
	bool is_inverse;
};

struct raster {
	const struct qr *qr;
	int quiet;
	bool is_wide; /* a module is two columns by a row, not a column by half a row */
	int rows, cols;
};

static struct raster raster_of(const struct app *app, const struct qr *qr, int quiet)
{
	bool is_wide = app->canvas->policy.ambiguous == 2;
	int side = qr->size + 2 * quiet;
	return (struct raster){qr, quiet, is_wide, is_wide ? side : (side + 1) / 2,
			       is_wide ? 2 * side : side};
}

static bool fits(const struct app *app, const struct raster *raster)
{
	return raster->rows <= app->canvas->rows && raster->cols <= app->canvas->cols;
}

/* A cell with a light or dark upper and lower half. */
static void draw_cell(const struct app *app, int row, int col, int cols, bool top, bool bottom)
{
	struct style style = {.fg = {COLOR_RGB, 255, 255, 255}, .bg = {COLOR_RGB, 0, 0, 0}};
	style.cleared = ATTR_BOLD | ATTR_DIM | ATTR_ITALIC | ATTR_UNDERLINE | ATTR_STRIKE;
	if (top)
		style.attrs = ATTR_REVERSE;
	const char *glyph = top == bottom ? "  " : "▄";
	canvas_put(app->canvas, row, col, cols, str_of(glyph), style);
}

static void draw_code(const struct app *app, const struct raster *raster, int top, int left,
		      bool is_inverse)
{
	int q = raster->quiet, side = raster->qr->size + 2 * q;
	for (int row = 0; row < raster->rows; row++) {
		for (int col = 0; col < side; col++) {
			int y = raster->is_wide ? row : 2 * row;
			bool upper = !qr_is_dark(raster->qr, y - q, col - q) != is_inverse;
			bool lower = !qr_is_dark(raster->qr, y + 1 - q, col - q) != is_inverse;
			if (raster->is_wide)
				draw_cell(app, top + row, left + 2 * col, 2, upper, upper);
			else
				draw_cell(app, top + row, left + col, 1, upper, lower);
		}
	}
}

static struct str link_of(const struct app *app, const struct qr_view *q)
{
	struct str url = app->detail.issue->links[q->story->links[q->nth]].url;
	return link_ascii(app->frame, url);
}

static void say(const struct app *app, int row, const char *text)
{
	canvas_fill(app->canvas, row, 0, 1, app->canvas->cols, paint_style(app, ROLE_OVERLAY));
	paint_word(app, row, 1, app->canvas->cols - 2, ROLE_OVERLAY, text);
}

/* Which size it needs, and that the link is there all the same. */
static void draw_too_small(const struct app *app, const struct qr_view *q, const struct qr *qr)
{
	int last = app->canvas->rows - 1;
	if (!qr) {
		say(app, last, app_word(app, N_("too long for a QR code")));
		return;
	}
	struct raster least = raster_of(app, qr, QUIET);
	const char *text = arena_printf(
		app->frame, app_word(app, N_("the QR code needs %d x %d, the screen has %d x %d")),
		least.cols, least.rows, app->canvas->cols, app->canvas->rows);
	struct str url = link_of(app, q);
	int n_url = (int)((url.len + (size_t)app->canvas->cols - 1) / (size_t)app->canvas->cols);
	n_url = n_url > last ? last : n_url;
	struct style style = paint_style(app, ROLE_OVERLAY);
	canvas_fill(app->canvas, last - n_url, 0, n_url, app->canvas->cols, style);
	canvas_put_line(app->canvas, last - n_url, n_url, url, style);
	say(app, last, text);
}

static const char *caption(const struct app *app, const struct qr_view *q)
{
	struct str url = app->detail.issue->links[q->story->links[q->nth]].url;
	struct str host = link_host_shown(app->frame, url);
	return arena_printf(app->frame, app_word(app, N_("%zu/%zu %.*s   i inverts, q closes")),
			    q->nth + 1, q->story->n_links, (int)host.len, host.p);
}

static void qr_draw(const struct app *app, const struct view *view)
{
	const struct qr_view *q = (const struct qr_view *)view;
	struct canvas *canvas = app->canvas;
	const struct qr *qr = qr_make(app->frame, link_of(app, q).p);
	struct raster raster = {0};
	bool has_room = false;
	for (int quiet = QUIET_FULL; qr && !has_room && quiet >= QUIET; quiet -= 2) {
		raster = raster_of(app, qr, quiet);
		has_room = fits(app, &raster);
	}
	canvas->cursor_row = canvas->rows - 1;
	canvas->cursor_col = 0;
	if (!has_room) {
		draw_too_small(app, q, qr);
		return;
	}
	bool has_caption = raster.rows < canvas->rows;
	int top = (canvas->rows - has_caption - raster.rows) / 2;
	canvas_fill(canvas, 0, 0, canvas->rows, canvas->cols, paint_style(app, ROLE_OVERLAY));
	draw_code(app, &raster, top, (canvas->cols - raster.cols) / 2, q->is_inverse);
	if (has_caption)
		say(app, canvas->rows - 1, caption(app, q));
}

static bool qr_key(struct app *app, struct view *view, struct key key, unsigned *effects)
{
	struct qr_view *q = (struct qr_view *)view;
	(void)app;
	if (key.mods || key.code != 'i')
		return false;
	q->is_inverse = !q->is_inverse;
	*effects = EFFECT_REDRAW;
	return true;
}

/* The links one after the other; whatever else the reader goes on with closes it. */
static bool qr_run(struct app *app, struct view *view, const char *command,
		   const struct intent *intent, unsigned *effects)
{
	struct qr_view *q = (struct qr_view *)view;
	struct str name = str_of(command);
	uint32_t link = q->story->links[q->nth];
	size_t last = q->story->n_links - 1;
	*effects = EFFECT_REDRAW;
	if (str_is(name, "suspend") || str_is(name, "redraw") || str_is(name, "help"))
		return false;
	if (str_is(name, "next") || str_is(name, "scroll-down"))
		q->nth = q->nth < last ? q->nth + 1 : last;
	else if (str_is(name, "prev") || str_is(name, "scroll-up"))
		q->nth -= q->nth > 0;
	else if (str_is(name, "scan") && intent->count)
		q->nth = intent->count - 1 < last ? intent->count - 1 : last;
	else {
		view_pop(app);
		if (str_is(name, "yank"))
			*effects = link_yank_index(app, link);
		else if (str_is(name, "open"))
			*effects = link_open_way(app, link, "auto");
		else
			return str_is(name, "back") || str_is(name, "quit") ||
			       str_is(name, "enter") || str_is(name, "scan");
	}
	return true;
}

static void qr_close(struct view *view)
{
	free(view);
}

void qr_open(struct app *app, size_t nth)
{
	static const struct view_ops ops = {"qr", SCOPE_OVERLAY, qr_draw, qr_key, qr_run, qr_close};
	struct qr_view *q = mem_new(sizeof(*q));
	q->view.ops = &ops;
	q->story = app->detail.whole;
	q->nth = nth;
	view_push(app, &q->view);
}
