/* Painting by roles. */
#include "paint.h"

#include <string.h>

#define EDGE_MIN_ROWS 8

struct style paint_style(const struct app *app, enum role role)
{
	return style_over(app->theme.styles[ROLE_TEXT], app->theme.styles[role]);
}

int paint_text(const struct app *app, int row, int col, int cols, enum role role, struct str text)
{
	return canvas_put_cut(app->canvas, row, col, cols, text, paint_style(app, role));
}

int paint_word(const struct app *app, int row, int col, int cols, enum role role, const char *text)
{
	return paint_text(app, row, col, cols, role, str_of(text));
}

struct str paint_category(struct str name)
{
	for (size_t at; (at = str_find(name, STR(" › "), 0)) != STR_NOT_FOUND;)
		name = str_from(name, at + strlen(" › "));
	return name;
}

int paint_cols(const struct app *app, struct str text)
{
	return (int)text_cols(text, &app->canvas->policy);
}

bool paint_is_plain(const struct app *app)
{
	return app->canvas->policy.ambiguous == 2 || app->canvas->policy.is_ascii;
}

const struct signs *paint_signs(const struct app *app)
{
	static const struct signs fine = {"▌", "●", "★", "◷", "✦", "─", "│",
					  "┬", "┴", "…", "‹", "›", "✓", {"·", "░", "▒", "▓", "█"}};
	static const struct signs plain = {
		">", "*", "+",   "~", "!", "-", "|",
		"-", "-", "...", "<", ">", "x", {".", ":", "+", "*", "#"}};
	return paint_is_plain(app) ? &plain : &fine;
}

void paint_hits(const struct app *app, int row, int col, int cols, struct str text, uint32_t from,
		const struct hits *hits, bool is_keyword, enum role role)
{
	for (size_t i = 0; i < hits->n; i++) {
		const struct hit *hit = &hits->items[i];
		uint32_t start = hit->at > from ? hit->at - from : 0;
		uint32_t end = hit->at + hit->len > from ? hit->at + hit->len - from : 0;
		if (end > text.len)
			end = (uint32_t)text.len;
		if (start >= end)
			continue;
		int at = paint_cols(app, str_sub(text, 0, start));
		int wide = paint_cols(app, str_sub(text, start, end - start));
		if (at >= cols)
			continue;
		if (wide > cols - at)
			wide = cols - at;
		enum role over = role;
		if (is_keyword)
			over = (enum role)(ROLE_KEYWORD_1 - 1 +
					   keywords_at(app->keywords, hit->keyword)->style);
		canvas_tint(app->canvas, row, col + at, wide, app->theme.styles[over]);
	}
}

/* With its edges. */
static struct rect box_of(const struct app *app, int rows, int cols)
{
	const struct canvas *canvas = app->canvas;
	int max_rows = canvas->rows - 2, max_cols = canvas->cols - 4;
	rows = rows + 2 < max_rows ? rows + 2 : max_rows;
	cols = cols + 4 < max_cols ? cols + 4 : max_cols;
	if (rows < 3 || cols < 8) {
		rows = canvas->rows;
		cols = canvas->cols;
	}
	return (struct rect){(canvas->rows - rows) / 2, (canvas->cols - cols) / 2, rows, cols};
}

/* On the lowest screens an edge would leave a row or none: all but the last line is the room. */
static bool has_no_edge(const struct app *app)
{
	return app->canvas->rows < EDGE_MIN_ROWS;
}

struct rect paint_box_room(const struct app *app, int rows, int cols)
{
	if (has_no_edge(app))
		return (struct rect){0, 1, app->canvas->rows - 1, app->canvas->cols - 2};
	struct rect box = box_of(app, rows, cols);
	return (struct rect){box.row + 1, box.col + 2, box.rows - 2, box.cols - 4};
}

/* In the upper edge; where it is too narrow the keys stand in the last line of the screen. */
static void paint_box_title(const struct app *app, struct rect box, struct str title)
{
	struct canvas *canvas = app->canvas;
	struct style style = paint_style(app, ROLE_OVERLAY);
	struct style name = style_over(style, app->theme.styles[ROLE_OVERLAY_TITLE]);
	size_t gap = str_find(title, STR("   "), 0);
	int room = box.cols - 6, used = paint_cols(app, title);
	if (used > room && gap != STR_NOT_FOUND) {
		if (box.row + box.rows < canvas->rows)
			paint_keys(app, str_trim(str_from(title, gap)));
		title = str_sub(title, 0, gap);
		used = paint_cols(app, title);
	}
	used = used < room ? used : room;
	if (used <= 0)
		return;
	canvas_fill(canvas, box.row, box.col + 2, 1, used + 2, style);
	canvas_put_cut(canvas, box.row, box.col + 3, used, title, name);
}

struct rect paint_box(const struct app *app, int n_rows, int n_cols, const char *title)
{
	struct canvas *canvas = app->canvas;
	struct style style = paint_style(app, ROLE_OVERLAY);
	struct rect box = box_of(app, n_rows, n_cols);
	struct str keys = str_from(str_of(title), str_find(str_of(title), STR("   "), 0));
	if (has_no_edge(app)) {
		canvas_fill(canvas, 0, 0, canvas->rows - 1, canvas->cols, style);
		paint_keys(app, str_trim(keys));
		return paint_box_room(app, n_rows, n_cols);
	}
	int top = box.row, left = box.col, rows = box.rows, cols = box.cols;
	canvas_fill(canvas, top, left, rows, cols, style);
	const struct signs *signs = paint_signs(app);
	struct style edge = style_over(style, app->theme.styles[ROLE_BORDER]);
	canvas_repeat(canvas, top, left + 1, cols - 2, str_of(signs->across), edge);
	canvas_repeat(canvas, top + rows - 1, left + 1, cols - 2, str_of(signs->across), edge);
	for (int r = 1; r + 1 < rows; r++) {
		canvas_put(canvas, top + r, left, 1, str_of(signs->down), edge);
		canvas_put(canvas, top + r, left + cols - 1, 1, str_of(signs->down), edge);
	}
	bool is_plain = paint_is_plain(app);
	static const char *const corners[] = {"╭", "╮", "╰", "╯"};
	for (int i = 0; i < 4; i++)
		canvas_put(canvas, i < 2 ? top : top + rows - 1, i % 2 ? left + cols - 1 : left, 1,
			   str_of(is_plain ? "+" : corners[i]), edge);
	paint_box_title(app, box, str_of(title));
	return paint_box_room(app, n_rows, n_cols);
}
