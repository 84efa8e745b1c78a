/* A month of days on the screen, each with how much of it is unread. */
#include <string.h>

#include <sulan/arena.h>

#include "calendar.h"
#include "paint.h"

#define WIDE_COLS    8 /* of a day with everything, and the gap before it */
#define BOX_MIN_COLS 64
#define BOX_MIN_ROWS 14
#define BOX_ROWS     10

/* How much is unread, from nothing at all up to 4. */
static int heat_of(size_t n_unread)
{
	static const size_t from[] = {1, 6, 16, 31};
	int heat = 0;
	while (heat < 4 && n_unread >= from[heat])
		heat++;
	return heat;
}

/* Where a day stands, and in how many columns: the gap before it is the first. */
struct spot {
	int row, col, cols;
};

static void put(const struct app *app, struct spot spot, int at, const char *text,
		struct style style)
{
	canvas_put(app->canvas, spot.row, spot.col + at, spot.cols - at, str_of(text), style);
}

static void draw_count(const struct app *app, struct spot spot, int at, struct tally tally,
		       struct style style)
{
	const struct signs *signs = paint_signs(app);
	int room = spot.cols - at - 1;
	size_t n = tally.n_unread;
	if (room < 0)
		return;
	if (room > 1 && n > 99) {
		/* The number takes the column of the sign, which says less than it. */
		size_t thousands = n / 1000 < 99 ? n / 1000 : 99;
		put(app, spot, at,
		    n < 1000 ? arena_printf(app->frame, "%zu", n)
			     : arena_printf(app->frame, "%zuk", thousands),
		    style);
		return;
	}
	put(app, spot, at, tally.is_whole || n ? signs->heat[heat_of(n)] : "?", style);
	if (room > 0 && n)
		put(app, spot, at + 1,
		    room == 1 && n > 9 ? "+" : arena_printf(app->frame, "%zu", n), style);
}

/* " [22]#12" in eight columns; the brackets, the count and the sign go as there are fewer, and
 * lines below the day stand for what they say. */
static void draw_day(const struct app *app, const struct calendar *c, struct spot spot, int day)
{
	struct date date = {c->month.year, c->month.month, (signed char)day};
	struct tally tally = month_tally(&c->month, day);
	bool is_now = date_compare(date, c->day) == 0, is_wide = spot.cols >= WIDE_COLS;
	bool is_today = date_compare(date, c->today) == 0;
	enum role role =
		tally.n_issues ? (enum role)(ROLE_HEAT_0 + heat_of(tally.n_unread)) : ROLE_HOST;
	struct style base = paint_style(app, ROLE_OVERLAY);
	struct style style = style_over(base, app->theme.styles[role]);
	if (is_today)
		style.attrs |= ATTR_BOLD;
	if (spot.cols < 4 ? tally.n_unread > 0 : is_today && !is_wide)
		style.attrs |= ATTR_UNDERLINE;
	int at = is_wide ? 2 : 1;
	canvas_fill(app->canvas, spot.row, spot.col + 1, 1, spot.cols - 1, style);
	put(app, spot, at, arena_printf(app->frame, "%2d", day), style);
	if (is_wide && is_today) {
		put(app, spot, at - 1, "[", style);
		put(app, spot, at + 2, "]", style);
	}
	if (tally.n_issues)
		draw_count(app, spot, is_wide ? at + 3 : at + 2, tally, style);
	if (!is_now)
		return;
	canvas_tint(app->canvas, spot.row, spot.col + 1, spot.cols - 1,
		    app->theme.styles[ROLE_ROW_NOW]);
	put(app, spot, 0, paint_signs(app)->marker,
	    style_over(base, app->theme.styles[ROLE_MARKER]));
	app->canvas->cursor_row = spot.row;
	app->canvas->cursor_col = spot.col + at;
}

static void draw_weekdays(const struct app *app, struct rect box, int cols)
{
	static const char *const names[CALENDAR_DAYS] = {N_("Mo"), N_("Tu"), N_("We"), N_("Th"),
							 N_("Fr"), N_("Sa"), N_("Su")};
	struct style style =
		style_over(paint_style(app, ROLE_OVERLAY), app->theme.styles[ROLE_OVERLAY_TITLE]);
	for (int i = 0; i < CALENDAR_DAYS; i++)
		put(app, (struct spot){box.row, box.col + i * cols, cols},
		    cols >= WIDE_COLS ? 2 : 1, app_word(app, names[i]), style);
}

/* Where the days stand within the view. */
struct grid {
	struct rect weeks;
	int cols;         /* of a day */
	int shift;        /* days of the first week that are of the month before */
	int top;          /* weeks scrolled away */
	bool has_names;   /* of the days of the week, above */
	bool has_summary; /* of the month, below that of the day */
};

static struct grid grid_of(const struct calendar *c, struct rect box)
{
	struct date first = {c->month.year, c->month.month, 1};
	struct grid g = {.has_names = box.rows >= 8,
			 .has_summary = box.rows >= BOX_ROWS,
			 .shift = (date_weekday(first) + 6) % CALENDAR_DAYS, /* from Monday */
			 .cols = box.cols / CALENDAR_DAYS};
	g.cols = g.cols > WIDE_COLS ? WIDE_COLS : g.cols;
	g.weeks = (struct rect){box.row + g.has_names, box.col,
				box.rows - 1 - g.has_names - 2 * g.has_summary, box.cols};
	if (box.cols < 3 * CALENDAR_DAYS) { /* twenty: Monday goes without the gap before it */
		g.cols = 3;
		g.weeks.col--;
	}
	int n_weeks = (g.shift + c->month.n_days + CALENDAR_DAYS - 1) / CALENDAR_DAYS;
	int now = (g.shift + c->day.day - 1) / CALENDAR_DAYS;
	if (n_weeks > g.weeks.rows && now >= g.weeks.rows)
		g.top = now - g.weeks.rows + 1;
	return g;
}

static void draw_weeks(const struct app *app, const struct calendar *c, const struct grid *g)
{
	for (int day = 1; day <= c->month.n_days; day++) {
		int week = (g->shift + day - 1) / CALENDAR_DAYS - g->top;
		int weekday = (g->shift + day - 1) % CALENDAR_DAYS;
		if (week < 0 || week >= g->weeks.rows)
			continue;
		draw_day(app, c,
			 (struct spot){g->weeks.row + week, g->weeks.col + weekday * g->cols,
				       g->cols},
			 day);
	}
}

static const char *unread_text(const struct app *app, struct tally tally)
{
	if (!tally.is_whole && tally.n_stories == 0)
		return app_word(app, N_("not counted yet"));
	return arena_printf(app->frame, app_word(app, N_("unread %zu/%zu · starred %zu")),
			    tally.n_unread, tally.n_stories, tally.n_starred);
}

static const char *tally_text(const struct app *app, struct tally tally)
{
	if (tally.n_issues == 0)
		return app_word(app, N_("no issue"));
	return arena_printf(app->frame, app_word(app, N_("issues %zu · %s")), tally.n_issues,
			    unread_text(app, tally));
}

static const char *day_text(const struct app *app, const struct calendar *c, int cols)
{
	static const char *const names[CALENDAR_DAYS] = {N_("Sun"), N_("Mon"), N_("Tue"), N_("Wed"),
							 N_("Thu"), N_("Fri"), N_("Sat")};
	char date[DATE_TEXT];
	date_text(c->day, date);
	bool is_today = date_compare(c->day, c->today) == 0;
	struct tally tally = month_tally(&c->month, c->day.day);
	const char *name = app_word(app, names[date_weekday(c->day)]);
	if (cols < 32 && tally.n_stories)
		return arena_printf(app->frame, "%s %s  %zu/%zu", date + 5, name, tally.n_unread,
				    tally.n_stories);
	return arena_printf(app->frame, "%s %s%s  %s", cols < 40 ? date + 5 : date, name,
			    is_today ? app_word(app, N_(" (today)")) : "", tally_text(app, tally));
}

static void draw_month(const struct app *app, const struct calendar *c, struct rect box)
{
	struct style base = paint_style(app, ROLE_OVERLAY);
	struct grid g = grid_of(c, box);
	int row = box.row + box.rows - 1 - g.has_summary;
	if (g.has_names)
		draw_weekdays(app, (struct rect){box.row, g.weeks.col, 1, box.cols}, g.cols);
	draw_weeks(app, c, &g);
	canvas_put_cut(app->canvas, row, box.col, box.cols, str_of(day_text(app, c, box.cols)),
		       base);
	if (!g.has_summary)
		return;
	const char *all = arena_printf(app->frame, "%s  %s", app_word(app, N_("this month")),
				       tally_text(app, month_tally(&c->month, 0)));
	canvas_put_cut(app->canvas, row + 1, box.col, box.cols, str_of(all),
		       style_over(base, app->theme.styles[ROLE_HOST]));
}

static void draw_choice(const struct app *app, const struct calendar *c, struct rect box)
{
	const struct month_issue *first;
	struct style base = paint_style(app, ROLE_OVERLAY);
	struct style dim = style_over(base, app->theme.styles[ROLE_HOST]);
	month_day(&c->month, c->day.day, &first);
	for (size_t i = c->list.top; i < c->list.n && i < c->list.top + c->list.room; i++) {
		const struct month_issue *item = &first[i];
		int row = box.row + (int)(i - c->list.top);
		struct tally tally = {1, item->n_stories, item->n_unread, item->n_starred,
				      item->is_counted};
		int used = canvas_put_cut(app->canvas, row, box.col, box.cols * 3 / 5, item->name,
					  base);
		if (i == c->list.selected) {
			canvas_tint(app->canvas, row, box.col, used,
				    app->theme.styles[ROLE_ROW_NOW]);
			app->canvas->cursor_row = row;
			app->canvas->cursor_col = box.col;
		}
		canvas_put_cut(app->canvas, row, box.col + used + 2, box.cols - used - 2,
			       str_of(unread_text(app, tally)), dim);
	}
}

static bool has_box(const struct app *app)
{
	return app->canvas->cols >= BOX_MIN_COLS && app->canvas->rows >= BOX_MIN_ROWS;
}

/* Within a box where there is room for one, else the whole screen under a line with the title. */
static struct rect room_of(const struct app *app)
{
	if (has_box(app))
		return paint_box_room(app, BOX_ROWS, CALENDAR_DAYS * WIDE_COLS);
	return (struct rect){1, 0, app->canvas->rows - 1, app->canvas->cols};
}

static void draw_ground(const struct app *app, const char *title)
{
	struct canvas *canvas = app->canvas;
	struct style base = paint_style(app, ROLE_OVERLAY);
	if (has_box(app)) {
		paint_box(app, BOX_ROWS, CALENDAR_DAYS * WIDE_COLS, title);
		return;
	}
	canvas_fill(canvas, 0, 0, canvas->rows, canvas->cols, base);
	canvas_put_cut(canvas, 0, 0, canvas->cols, str_of(title),
		       style_over(base, app->theme.styles[ROLE_OVERLAY_TITLE]));
}

void calendar_draw(const struct app *app, const struct view *view)
{
	/* Only the list's room changes here: it is the screen's, not the reader's doing. */
	struct calendar *c = (struct calendar *)view;
	const char *month =
		arena_printf(app->frame, app_word(app, N_("%d-%02d")), c->day.year, c->day.month);
	const char *title = arena_printf(
		app->frame, "%s   %s", month,
		app_word(app, c->is_choosing ? N_("Enter opens, q goes back")
					     : N_("[ ] months, Enter opens, q closes")));
	struct rect box = room_of(app);
	draw_ground(app, title);
	list_set(&c->list, c->list.n, box.rows > 0 ? (size_t)box.rows : 1);
	if (c->is_choosing)
		draw_choice(app, c, box);
	else
		draw_month(app, c, box);
}

int calendar_at(const struct app *app, const struct calendar *c, int row, int col)
{
	struct rect box = room_of(app);
	size_t nth = c->list.top + (size_t)(row > box.row ? row - box.row : 0);
	if (row < box.row || row >= box.row + box.rows || col < box.col ||
	    col >= box.col + box.cols)
		return 0;
	if (c->is_choosing)
		return nth < c->list.n ? (int)nth + 1 : 0;
	struct grid g = grid_of(c, box);
	int week = row - g.weeks.row, weekday = (col - g.weeks.col) / g.cols;
	int day = (week + g.top) * CALENDAR_DAYS + weekday - g.shift + 1;
	bool is_day = week >= 0 && week < g.weeks.rows && weekday < CALENDAR_DAYS && day >= 1;
	return is_day && day <= c->month.n_days ? day : 0;
}
