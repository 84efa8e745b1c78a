/* Painting charts: block characters, or ASCII where the terminal draws those two columns wide or
 * not at all. */
#include "trend_view.h"

#include <sulan/arena.h>

#include "paint.h"

#define BOX_COLS    110
#define CHART_ROWS  10
#define AROUND_ROWS 4 /* two lines above a chart, the axis and its labels below */
#define NAME_COLS   20
#define NUMBER_COLS 7 /* of a number behind a line */

static const char *by_word(const struct app *app, enum trend_by by)
{
	static const char *const words[] = {[TREND_DAY] = N_("by day"),
					    [TREND_WEEK] = N_("by week"),
					    [TREND_MONTH] = N_("by month")};
	return app_word(app, words[by]);
}

static const char *day_text(const struct app *app, long day)
{
	char date[DATE_TEXT];
	date_text(date_of_day(day), date);
	return arena_copy(app->frame, date, DATE_TEXT);
}

/* The columns on show, with the selected span among them. */
static struct chart_grid window(struct trend_view *t, size_t cols)
{
	struct chart_grid grid = t->is_chart ? chart_fit(t->spans.n_spans, cols)
					     : chart_fit_line(t->spans.n_spans, cols);
	size_t last = t->spans.n_spans - grid.n;
	size_t first = t->n_shown ? t->first : last;
	first = t->now < first ? t->now : first;
	first = t->now >= first + grid.n ? t->now - grid.n + 1 : first;
	t->n_shown = grid.n;
	grid.first = t->first = first < last ? first : last;
	return grid;
}

/* What the selected span is, and what is in it. */
static const char *span_text(const struct app *app, const struct trend_view *t)
{
	const struct trend_span *span = &t->spans.spans[t->now];
	const char *days = day_text(app, span->first);
	if (span->last != span->first)
		days = arena_printf(app->frame, "%s – %s", days, day_text(app, span->last) + 5);
	if (span->n_issues == 0)
		return arena_printf(app->frame, "%s  %s", days, app_word(app, N_("no issue")));
	return arena_printf(app->frame, app_word(app, N_("%s  %u of %u stories")), days,
			    t->spans.hits[t->list.selected][t->now], span->n_stories);
}

static void put_labels(const struct app *app, const struct trend_view *t,
		       const struct chart_grid *grid, int row, int col, int cols)
{
	struct str *labels = arena_alloc(app->frame, (grid->n + 1) * sizeof(*labels));
	for (size_t i = 0; i < grid->n; i++)
		labels[i] = trend_label(app->frame, t->by, &t->spans.spans[grid->first + i]);
	canvas_put(app->canvas, row, col, cols, chart_labels(app->frame, grid, labels),
		   style_over(paint_style(app, ROLE_OVERLAY), app->theme.styles[ROLE_HOST]));
}

/* The axis is drawn where there were issues; an arrow stands below the selected span. */
static void put_axis(const struct app *app, const struct trend_view *t,
		     const struct chart_grid *grid, int row, int col)
{
	struct style base = paint_style(app, ROLE_OVERLAY);
	struct style edge = style_over(base, app->theme.styles[ROLE_BORDER]);
	struct style key = style_over(base, app->theme.styles[ROLE_OVERLAY_KEY]);
	const char *line = paint_signs(app)->across;
	int pitch = (int)(grid->bar + grid->gap);
	for (size_t i = 0; i < grid->n; i++) {
		size_t span = grid->first + i;
		int at = col + (int)i * pitch;
		for (int k = 0; k < (int)grid->bar; k++) {
			if (span == t->now)
				canvas_put(app->canvas, row, at + k, 1, STR("^"), key);
			else if (t->spans.spans[span].n_issues)
				canvas_put(app->canvas, row, at + k, 1, str_of(line), edge);
		}
		if (span == t->now) {
			app->canvas->cursor_row = row;
			app->canvas->cursor_col = at;
		}
	}
}

static void put_bars(const struct app *app, const struct trend_view *t,
		     const struct chart_grid *grid, struct rect area, uint32_t max)
{
	struct style base = paint_style(app, ROLE_OVERLAY);
	struct style bar = style_over(base, app->theme.styles[ROLE_HITS]);
	struct style now = style_over(base, app->theme.styles[ROLE_OVERLAY_KEY]);
	int pitch = (int)(grid->bar + grid->gap);
	for (size_t i = 0; i < grid->n; i++) {
		size_t span = grid->first + i;
		uint32_t hits = t->spans.hits[t->list.selected][span];
		for (int r = 0; r < area.rows; r++) {
			struct str cell = str_of(chart_cell(hits, max, (size_t)r, (size_t)area.rows,
							    paint_is_plain(app)));
			for (int k = 0; k < (int)grid->bar && cell.p[0] != ' '; k++)
				canvas_put(app->canvas, area.row + area.rows - 1 - r,
					   area.col + (int)i * pitch + k, 1, cell,
					   span == t->now ? now : bar);
		}
	}
}

static void put_scale(const struct app *app, struct rect area, int gutter, uint32_t max)
{
	struct style style =
		style_over(paint_style(app, ROLE_OVERLAY), app->theme.styles[ROLE_HOST]);
	int half = area.rows / 2;
	canvas_put(app->canvas, area.row, area.col - gutter, gutter,
		   str_of(arena_printf(app->frame, "%*u", gutter - 1, max)), style);
	canvas_put(app->canvas, area.row + area.rows, area.col - gutter, gutter,
		   str_of(arena_printf(app->frame, "%*u", gutter - 1, 0U)), style);
	if (max > 3 && area.rows >= 6)
		canvas_put(app->canvas, area.row + area.rows - half, area.col - gutter, gutter,
			   str_of(arena_printf(app->frame, "%*u", gutter - 1,
					       max * (uint32_t)half / (uint32_t)area.rows)),
			   style);
}

static void draw_chart(const struct app *app, struct trend_view *t, struct rect box)
{
	size_t sum, peak = trend_peak(&t->spans, t->list.selected, &sum);
	uint32_t max = peak == SIZE_MAX ? 0 : t->spans.hits[t->list.selected][peak];
	struct str name = t->words[t->list.selected].name;
	struct style base = paint_style(app, ROLE_OVERLAY);
	const char *head =
		arena_printf(app->frame, app_word(app, N_("%.*s  %s  %zu stories, at most %u")),
			     (int)name.len, name.p, by_word(app, t->by), sum, max);
	canvas_put_cut(app->canvas, box.row, box.col, box.cols, str_of(head), base);
	canvas_put_cut(app->canvas, box.row + 1, box.col, box.cols, str_of(span_text(app, t)),
		       style_over(base, app->theme.styles[ROLE_OVERLAY_KEY]));
	int gutter = 2;
	for (uint32_t left = max; left >= 10; left /= 10)
		gutter++;
	struct rect area = {box.row + 2, box.col + gutter, box.rows - AROUND_ROWS,
			    box.cols - gutter};
	if (area.rows < 1) /* not even a row of bars: the numbers say it */
		return;
	struct chart_grid grid = window(t, area.cols > 0 ? (size_t)area.cols : 1);
	put_bars(app, t, &grid, area, max);
	put_scale(app, area, gutter, max);
	put_axis(app, t, &grid, area.row + area.rows, area.col);
	put_labels(app, t, &grid, area.row + area.rows + 1, area.col, area.cols);
}

/* The most of the spans on show, and all of theirs. */
static uint32_t shown_most(const struct trend_view *t, size_t w, const struct chart_grid *grid,
			   size_t *sum)
{
	uint32_t most = 0;
	*sum = 0;
	for (size_t i = grid->first; i < grid->first + grid->n; i++) {
		*sum += t->spans.hits[w][i];
		most = t->spans.hits[w][i] > most ? t->spans.hits[w][i] : most;
	}
	return most;
}

/* A line of the table: as high as its own most, with a dot where issues had nothing of it. */
static void draw_word(const struct app *app, const struct trend_view *t, struct rect box, int row,
		      size_t w, const struct chart_grid *grid, int name_cols)
{
	struct style base = paint_style(app, ROLE_OVERLAY);
	struct style bar = style_over(base, app->theme.styles[ROLE_HITS]);
	struct style dim = style_over(base, app->theme.styles[ROLE_HOST]);
	size_t sum;
	uint32_t max = shown_most(t, w, grid, &sum);
	int used = canvas_put_cut(app->canvas, row, box.col, name_cols, t->words[w].name, base);
	if (w == t->list.selected)
		canvas_tint(app->canvas, row, box.col, used, app->theme.styles[ROLE_ROW_NOW]);
	int col = box.col + name_cols + 1;
	for (size_t i = 0; i < grid->n; i++) {
		uint32_t hits = t->spans.hits[w][grid->first + i];
		bool is_zero = hits == 0 && t->spans.spans[grid->first + i].n_issues;
		const char *cell = chart_cell(hits, max, 0, 1, paint_is_plain(app));
		if (is_zero)
			cell = paint_is_plain(app) ? "-" : "·";
		for (size_t k = 0; k < grid->bar; k++)
			canvas_put(app->canvas, row, col++, 1, str_of(cell), is_zero ? dim : bar);
	}
	const char *numbers =
		arena_printf(app->frame, "%*u%*zu", NUMBER_COLS, max, NUMBER_COLS, sum);
	if (col + 2 * NUMBER_COLS <= box.col + box.cols)
		canvas_put(app->canvas, row, col, 2 * NUMBER_COLS, str_of(numbers), dim);
}

static void draw_words(const struct app *app, struct trend_view *t, struct rect box)
{
	int names = 4, most = box.cols / 3 < NAME_COLS ? box.cols / 3 : NAME_COLS;
	for (size_t w = 0; w < t->n_words; w++) {
		int cols = paint_cols(app, t->words[w].name);
		names = cols > names ? cols : names;
	}
	names = names < most ? names : most;
	int room = box.cols - names - 1 - 2 * NUMBER_COLS;
	room = room < 10 ? box.cols - names - 1 : room;
	struct chart_grid grid = window(t, room > 0 ? (size_t)room : 1);
	const char *head = arena_printf(app->frame, "%s  %s – %s  %s", by_word(app, t->by),
					day_text(app, t->spans.spans[grid.first].first),
					day_text(app, t->spans.spans[grid.first + grid.n - 1].last),
					app_word(app, N_("most, all")));
	canvas_put_cut(
		app->canvas, box.row, box.col, box.cols, str_of(head),
		style_over(paint_style(app, ROLE_OVERLAY), app->theme.styles[ROLE_OVERLAY_KEY]));
	list_set(&t->list, t->n_words, box.rows > 1 ? (size_t)box.rows - 1 : 1);
	for (size_t w = t->list.top; w < t->n_words && w < t->list.top + t->list.room; w++)
		draw_word(app, t, box, box.row + 1 + (int)(w - t->list.top), w, &grid, names);
	app->canvas->cursor_row = box.row + 1 + (int)(t->list.selected - t->list.top);
	app->canvas->cursor_col = box.col;
}

/* The chart of a word of the list, above it. */
static bool is_covered(const struct app *app, const struct view *view)
{
	size_t i = 0;
	while (i < app->n_views && app->views[i] != view)
		i++;
	return i + 1 < app->n_views && app->views[i + 1]->ops == view->ops;
}

void trend_draw(const struct app *app, const struct view *view)
{
	if (is_covered(app, view))
		return;
	/* Only what is on show changes here: it is the screen's, not the reader's doing. */
	struct trend_view *t = (struct trend_view *)view;
	int rows = t->is_chart ? CHART_ROWS + AROUND_ROWS : (int)t->n_words + 1;
	struct rect box = paint_box(
		app, rows, BOX_COLS,
		app_word(app, t->is_chart ? N_("Trend   h l move, d w m span, Enter shows the "
					       "stories, q closes")
					  : N_("Trend   Enter shows the chart, d w m span, q "
					       "closes")));
	if (t->is_chart)
		draw_chart(app, t, box);
	else
		draw_words(app, t, box);
}
