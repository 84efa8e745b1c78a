/* The calendar of issues: a month of days, each with how much of it is unread. */
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>

#include "calendar.h"
#include "commands.h"
#include "paint.h"
#include "reading.h"
#include "shelf.h"
#include "stacks.h"
#include "view.h"

#define DAYS         7
#define WIDE_COLS    8 /* of a day with everything, and the gap before it */
#define BOX_MIN_COLS 64
#define BOX_MIN_ROWS 14

struct calendar {
	struct view view;
	struct arena *arena; /* of the month */
	struct month month;
	struct date day;   /* the selected one */
	struct date today; /* none where nobody knows */
	bool is_choosing;  /* among several issues of that day */
	struct list list;
};

static void take_month(struct app *app, struct calendar *c)
{
	arena_reset(c->arena);
	month_take(app, c->arena, c->day.year, c->day.month, &c->month);
}

static void go_to(struct app *app, struct calendar *c, struct date day)
{
	bool is_other = day.year != c->month.year || day.month != c->month.month;
	if (!date_is_valid(day))
		return;
	c->day = day;
	if (is_other)
		take_month(app, c);
}

static void go_days(struct app *app, struct calendar *c, long by)
{
	long day = date_day(c->day) + by;
	if (day >= date_day((struct date){1, 1, 1}) && day <= date_day((struct date){9999, 12, 31}))
		go_to(app, c, date_of_day(day));
}

/* The same day of another month, or its last one. */
static void go_months(struct app *app, struct calendar *c, long by)
{
	long month = c->day.year * 12L + c->day.month - 1 + by;
	struct date day = {(short)(month / 12), (signed char)(month % 12 + 1), c->day.day};
	if (month < 12 || month >= 12 * 10000L)
		return;
	while (!date_is_valid(day))
		day.day--;
	go_to(app, c, day);
}

/* The next day, later or earlier, that has something unread. */
static void go_unread(struct app *app, struct calendar *c, int by)
{
	struct date start = c->day;
	for (;;) {
		const struct month *m = &c->month;
		for (int day = c->day.day + by; day >= 1 && day <= m->n_days; day += by) {
			if (month_tally(m, day).n_unread == 0)
				continue;
			c->day.day = (signed char)day;
			return;
		}
		struct date edge = c->day;
		edge.day = (signed char)(by > 0 ? m->n_days : 1);
		if (date_compare(edge, by > 0 ? m->last : m->first) * by >= 0)
			break;
		go_to(app, c, date_of_day(date_day(edge) + by));
		if (month_tally(&c->month, c->day.day).n_unread)
			return;
	}
	go_to(app, c, start);
	app_message(app, "%s", app_word(app, N_("no other day has unread stories")));
}

static unsigned open_issue(struct app *app, const struct month_issue *item)
{
	struct error err = {0};
	size_t entry = item->entry;
	if (entry == SIZE_MAX)
		entry = shelf_place(app, item->path);
	view_pop(app);
	if (!reading_open(app, entry, &err)) {
		app_error(app, &err);
	} else {
		app->focus = FOCUS_LIST;
		app->is_zoomed = false;
	}
	return EFFECT_REDRAW | EFFECT_RELAYOUT;
}

static unsigned enter(struct app *app, struct calendar *c)
{
	const struct month_issue *first;
	size_t n = month_day(&c->month, c->day.day, &first);
	if (c->is_choosing)
		return open_issue(app, first + c->list.selected);
	if (n == 1)
		return open_issue(app, first);
	if (n == 0)
		app_message(app, "%s", app_word(app, N_("no issue on that day")));
	c->is_choosing = n > 1;
	c->list = (struct list){.n = n, .room = 1};
	return EFFECT_REDRAW;
}

static bool calendar_key(struct app *app, struct view *view, struct key key, unsigned *effects)
{
	struct calendar *c = (struct calendar *)view;
	bool is_left = key.code == 'h' || key.code == KEY_CODE_LEFT;
	bool is_right = key.code == 'l' || key.code == KEY_CODE_RIGHT;
	if (key.mods || c->is_choosing || !(is_left || is_right))
		return false;
	go_days(app, c, is_left ? -1 : 1);
	*effects = EFFECT_REDRAW;
	return true;
}

/* Among several issues of a day. */
static bool choose(struct app *app, struct calendar *c, struct str name, long n, unsigned *effects)
{
	if (str_is(name, "next") || str_is(name, "scroll-down"))
		list_move(&c->list, n);
	else if (str_is(name, "prev") || str_is(name, "scroll-up"))
		list_move(&c->list, -n);
	else if (str_is(name, "first"))
		list_select(&c->list, 0);
	else if (str_is(name, "last"))
		list_select(&c->list, c->list.n);
	else if (str_is(name, "enter"))
		*effects = enter(app, c);
	else if (str_is(name, "back") || str_is(name, "quit") || str_is(name, "calendar"))
		c->is_choosing = false;
	else
		return !(str_is(name, "suspend") || str_is(name, "redraw") ||
			 str_is(name, "quit-now") || str_is(name, "help"));
	return true;
}

static bool calendar_run(struct app *app, struct view *view, const char *command,
			 const struct intent *intent, unsigned *effects)
{
	struct calendar *c = (struct calendar *)view;
	struct str name = str_of(command);
	long n = intent->count ? (long)intent->count : 1;
	*effects = EFFECT_REDRAW;
	if (c->is_choosing)
		return choose(app, c, name, n, effects);
	if (str_is(name, "next") || str_is(name, "scroll-down"))
		go_days(app, c, n * DAYS);
	else if (str_is(name, "prev") || str_is(name, "scroll-up"))
		go_days(app, c, -n * DAYS);
	else if (str_is(name, "issue-next") || str_is(name, "page-down"))
		go_months(app, c, n);
	else if (str_is(name, "issue-prev") || str_is(name, "page-up"))
		go_months(app, c, -n);
	else if (str_is(name, "unread-next"))
		go_unread(app, c, 1);
	else if (str_is(name, "unread-prev"))
		go_unread(app, c, -1);
	else if (str_is(name, "first"))
		go_to(app, c, c->month.first);
	else if (str_is(name, "last"))
		go_to(app, c, c->month.last);
	else if (str_is(name, "enter"))
		*effects = enter(app, c);
	else if (str_is(name, "back") || str_is(name, "quit") || str_is(name, "calendar"))
		view_pop(app);
	else
		return !(str_is(name, "suspend") || str_is(name, "redraw") ||
			 str_is(name, "quit-now") || str_is(name, "help"));
	return true;
}

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
	size_t n = tally.n_unread, most = room > 1 ? 99 : 9;
	if (room < 0)
		return;
	put(app, spot, at, tally.is_whole || n ? signs->heat[heat_of(n)] : "?", style);
	if (room > 0 && n)
		put(app, spot, at + 1,
		    n > most ? (room > 1 ? "99" : "+") : arena_printf(app->frame, "%zu", n), style);
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
	static const char *const names[DAYS] = {N_("Mo"), N_("Tu"), N_("We"), N_("Th"),
						N_("Fr"), N_("Sa"), N_("Su")};
	struct style style =
		style_over(paint_style(app, ROLE_OVERLAY), app->theme.styles[ROLE_OVERLAY_TITLE]);
	for (int i = 0; i < DAYS; i++)
		put(app, (struct spot){box.row, box.col + i * cols, cols},
		    cols >= WIDE_COLS ? 2 : 1, app_word(app, names[i]), style);
}

/* The weeks in `rows` rows, the selected day's among them. */
static void draw_weeks(const struct app *app, const struct calendar *c, struct rect box, int cols)
{
	struct date first = {c->month.year, c->month.month, 1};
	int shift = (date_weekday(first) + 6) % DAYS; /* Monday begins the week */
	int n_weeks = (shift + c->month.n_days + DAYS - 1) / DAYS;
	int now = (shift + c->day.day - 1) / DAYS, top = 0;
	if (n_weeks > box.rows)
		top = now < box.rows ? 0 : now - box.rows + 1;
	for (int day = 1; day <= c->month.n_days; day++) {
		int week = (shift + day - 1) / DAYS - top;
		if (week >= 0 && week < box.rows)
			draw_day(app, c,
				 (struct spot){box.row + week,
					       box.col + (shift + day - 1) % DAYS * cols, cols},
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
	static const char *const names[DAYS] = {N_("Sun"), N_("Mon"), N_("Tue"), N_("Wed"),
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
	struct style dim = style_over(base, app->theme.styles[ROLE_HOST]);
	int cols = box.cols / DAYS, bottom = box.row + box.rows;
	bool is_low = box.rows < 8, is_tight = box.rows < 10;
	cols = cols > WIDE_COLS ? WIDE_COLS : cols;
	struct rect weeks = {box.row + !is_low, box.col, box.rows - 2 + is_low, box.cols};
	if (!is_tight)
		weeks.rows -= 2;
	if (box.cols < 3 * DAYS) { /* twenty columns: Monday goes without the gap before it */
		cols = 3;
		weeks.col--;
	}
	if (!is_low)
		draw_weekdays(app, (struct rect){box.row, weeks.col, 1, box.cols}, cols);
	draw_weeks(app, c, weeks, cols);
	int row = is_tight ? bottom - 1 : bottom - 2;
	canvas_put_cut(app->canvas, row, box.col, box.cols, str_of(day_text(app, c, box.cols)),
		       base);
	if (is_tight)
		return;
	const char *all = arena_printf(app->frame, "%s  %s", app_word(app, N_("this month")),
				       tally_text(app, month_tally(&c->month, 0)));
	canvas_put_cut(app->canvas, row + 1, box.col, box.cols, str_of(all), dim);
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

/* A box where there is room for one, else the whole screen under a line with the title. */
static struct rect make_room(const struct app *app, const char *title)
{
	struct canvas *canvas = app->canvas;
	if (canvas->cols >= BOX_MIN_COLS && canvas->rows >= BOX_MIN_ROWS)
		return paint_box(app, 10, DAYS * WIDE_COLS, title);
	struct style base = paint_style(app, ROLE_OVERLAY);
	canvas_fill(canvas, 0, 0, canvas->rows, canvas->cols, base);
	canvas_put_cut(canvas, 0, 0, canvas->cols, str_of(title),
		       style_over(base, app->theme.styles[ROLE_OVERLAY_TITLE]));
	return (struct rect){1, 0, canvas->rows - 1, canvas->cols};
}

static void calendar_draw(const struct app *app, const struct view *view)
{
	/* Only the list's room changes here: it is the screen's, not the reader's doing. */
	struct calendar *c = (struct calendar *)view;
	const char *month =
		arena_printf(app->frame, app_word(app, N_("%d-%02d")), c->day.year, c->day.month);
	const char *title = arena_printf(
		app->frame, "%s   %s", month,
		app_word(app, c->is_choosing ? N_("Enter opens, q goes back")
					     : N_("[ ] months, Enter opens, q closes")));
	struct rect box = make_room(app, title);
	list_set(&c->list, c->list.n, box.rows > 0 ? (size_t)box.rows : 1);
	if (c->is_choosing)
		draw_choice(app, c, box);
	else
		draw_month(app, c, box);
}

static void calendar_close(struct view *view)
{
	arena_free(((struct calendar *)view)->arena);
	free(view);
}

static const struct view_ops calendar_ops = {"calendar",   SCOPE_OVERLAY, calendar_draw,
					     calendar_key, calendar_run,  calendar_close};

bool calendar_work(struct app *app)
{
	struct view *top = view_top(app);
	struct calendar *c = (struct calendar *)top;
	return top && top->ops == &calendar_ops && month_count(app, c->arena, &c->month);
}

unsigned go_calendar(struct app *app, const struct intent *intent)
{
	struct calendar *c = mem_new(sizeof(*c));
	const struct reading *r = &app->reading;
	(void)intent;
	c->view.ops = &calendar_ops;
	c->arena = arena_new();
	if (app->opts.today)
		c->today = app->opts.today(app->opts.self);
	if (r->list.n)
		c->day = stacks_issue(app, r->rows[r->list.selected])->date;
	if (!c->day.year && app->shelf.n)
		c->day = app->shelf.entries[app->shelf.now].date;
	if (!c->day.year)
		c->day = c->today;
	if (!c->day.year && app->shelf.n)
		c->day = app->shelf.entries[0].date;
	if (!c->day.year) {
		app_message(app, "%s", app_word(app, N_("no issue has a date")));
		arena_free(c->arena);
		free(c);
		return EFFECT_REDRAW;
	}
	take_month(app, c);
	view_push(app, &c->view);
	return EFFECT_REDRAW;
}
