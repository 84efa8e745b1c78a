/* The calendar of issues: going through its days and into one of them. */
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>

#include "calendar.h"
#include "commands.h"
#include "reading.h"
#include "shelf.h"
#include "stacks.h"
#include "view.h"

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
		go_days(app, c, n * CALENDAR_DAYS);
	else if (str_is(name, "prev") || str_is(name, "scroll-up"))
		go_days(app, c, -n * CALENDAR_DAYS);
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

unsigned calendar_click(struct app *app, struct key key)
{
	struct calendar *c = (struct calendar *)view_top(app);
	int at = c->view.ops == &calendar_ops ? calendar_at(app, c, key.row, key.col) : 0;
	if (!at)
		return EFFECT_NONE;
	if (c->is_choosing)
		list_select(&c->list, (size_t)at - 1);
	else
		c->day.day = (signed char)at;
	return key.mouse == MOUSE_DOUBLE ? enter(app, c) : EFFECT_REDRAW;
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
