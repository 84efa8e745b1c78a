/* Motions: in the list while it has the focus, in the story while that has it. */
#include "commands.h"
#include "detail.h"
#include "onward.h"
#include "reading.h"
#include "select.h"
#include "shelf.h"
#include "view.h"

static long times(const struct intent *intent)
{
	return intent->count ? (long)intent->count : 1;
}

static unsigned move_list(struct app *app, long by)
{
	list_move(&app->reading.list, by);
	return EFFECT_REDRAW;
}

unsigned move_next(struct app *app, const struct intent *intent)
{
	return move_list(app, times(intent));
}

unsigned move_prev(struct app *app, const struct intent *intent)
{
	return move_list(app, -times(intent));
}

/* A count names a story, whatever has the focus. */
static unsigned move_to(struct app *app, unsigned count)
{
	list_select(&app->reading.list, count - 1);
	return EFFECT_REDRAW;
}

unsigned move_first(struct app *app, const struct intent *intent)
{
	if (intent->count)
		return move_to(app, intent->count);
	if (app->focus == FOCUS_DETAIL)
		detail_top(app);
	else
		list_select(&app->reading.list, 0);
	return EFFECT_REDRAW;
}

unsigned move_last(struct app *app, const struct intent *intent)
{
	if (intent->count)
		return move_to(app, intent->count);
	if (app->focus == FOCUS_DETAIL)
		detail_end(app);
	else
		list_select(&app->reading.list, SIZE_MAX - 1);
	return EFFECT_REDRAW;
}

/* By halves of a page; a page keeps a line of the old one. */
static unsigned move_halves(struct app *app, long halves, const struct intent *intent)
{
	bool is_detail = app->focus == FOCUS_DETAIL;
	long room = is_detail ? (long)detail_room(app) : (long)app->reading.list.room;
	long page = room > 1 ? room - 1 : 1, half = room > 1 ? room / 2 : 1;
	long by = (halves % 2 ? half : page) * (halves < 0 ? -1 : 1) * times(intent);
	if (is_detail)
		detail_scroll(app, by);
	else
		list_move(&app->reading.list, by);
	return EFFECT_REDRAW;
}

unsigned move_half_down(struct app *app, const struct intent *intent)
{
	return move_halves(app, 1, intent);
}

unsigned move_half_up(struct app *app, const struct intent *intent)
{
	return move_halves(app, -1, intent);
}

unsigned move_page_down(struct app *app, const struct intent *intent)
{
	return move_halves(app, 2, intent);
}

unsigned move_page_up(struct app *app, const struct intent *intent)
{
	return move_halves(app, -2, intent);
}

unsigned move_scroll_down(struct app *app, const struct intent *intent)
{
	detail_scroll(app, times(intent));
	return EFFECT_REDRAW;
}

unsigned move_scroll_up(struct app *app, const struct intent *intent)
{
	detail_scroll(app, -times(intent));
	return EFFECT_REDRAW;
}

unsigned move_page_back(struct app *app, const struct intent *intent)
{
	long room = (long)detail_room(app);
	(void)intent;
	detail_scroll(app, room > 1 ? 1 - room : -1);
	return EFFECT_REDRAW;
}

unsigned move_enter(struct app *app, const struct intent *intent)
{
	(void)intent;
	if (app_story(app))
		app->focus = FOCUS_DETAIL;
	return EFFECT_REDRAW | EFFECT_RELAYOUT;
}

unsigned move_back(struct app *app, const struct intent *intent)
{
	(void)intent;
	if (select_clear(app))
		return EFFECT_REDRAW;
	if (app->is_zoomed || app->focus == FOCUS_DETAIL) {
		app->is_zoomed = false;
		app->focus = FOCUS_LIST;
		return EFFECT_REDRAW | EFFECT_RELAYOUT;
	}
	find_clear(app);
	return EFFECT_REDRAW;
}

/* The nearest unread row after (before) the selected one; SIZE_MAX when there is none. */
static size_t unread_row(const struct app *app, int direction)
{
	const struct reading *r = &app->reading;
	for (size_t i = r->list.selected; r->list.n;) {
		if (direction > 0 ? i + 1 >= r->list.n : i == 0)
			break;
		i = direction > 0 ? i + 1 : i - 1;
		if (!(r->states[r->rows[i]] & STATE_READ))
			return i;
	}
	return SIZE_MAX;
}

/* Into the next issue that has an unread story: forwards is to the older ones. */
static bool go_to_unread_issue(struct app *app, int direction)
{
	struct onward_issue next;
	if (app->reading.stories || onward_find(app, direction, &next) != ONWARD_FOUND)
		return false;
	return reading_open(app, next.entry, NULL);
}

/* The first unread row of an issue just gone to, or its last. */
static size_t edge_row(struct app *app, int direction)
{
	struct list *list = &app->reading.list;
	list_select(list, direction > 0 ? 0 : SIZE_MAX - 1);
	if (list->n && !reading_state(app, app->reading.rows[list->selected]).is_read)
		return list->selected;
	return unread_row(app, direction);
}

static unsigned move_unread(struct app *app, int direction, const struct intent *intent)
{
	for (long i = 0; i < times(intent); i++) {
		size_t row = unread_row(app, direction);
		if (row == SIZE_MAX && go_to_unread_issue(app, direction))
			row = edge_row(app, direction);
		if (row == SIZE_MAX) {
			app_message(app, "%s",
				    app_word(app, direction > 0
							  ? N_("no unread story after this one")
							  : N_("no unread story before this one")));
			break;
		}
		list_select(&app->reading.list, row);
	}
	return EFFECT_REDRAW;
}

unsigned move_unread_next(struct app *app, const struct intent *intent)
{
	return move_unread(app, 1, intent);
}

unsigned move_unread_prev(struct app *app, const struct intent *intent)
{
	return move_unread(app, -1, intent);
}

/* The story has been read to its end: on to the next unread one, or the issue is done. */
static unsigned finish_story(struct app *app)
{
	struct reading *r = &app->reading;
	bool is_kept = !app->options.read_on || mark_story_read(app, r->rows[r->list.selected]);
	size_t row = unread_row(app, 1);
	if (row == SIZE_MAX && !is_kept) /* nothing can be marked: the message says why */
		return EFFECT_REDRAW;
	for (size_t i = 0; row == SIZE_MAX && i < r->list.selected; i++)
		if (!(r->states[r->rows[i]] & STATE_READ))
			row = i;
	if (row == SIZE_MAX && (r->stories || r->tab || app->limit.query))
		app_message(app, "%s", app_word(app, N_("All read: this list is done")));
	else if (row == SIZE_MAX)
		done_open(app);
	else
		list_select(&r->list, row);
	return EFFECT_REDRAW;
}

unsigned move_read_on(struct app *app, const struct intent *intent)
{
	(void)intent;
	if (!app_story(app))
		return EFFECT_REDRAW;
	if (app->focus == FOCUS_LIST && app->canvas->cols < app->options.two_panes)
		return move_enter(app, intent);
	long room = (long)detail_room(app);
	if (!detail_is_at_end(app)) {
		detail_scroll(app, room > 1 ? room - 1 : 1);
		return EFFECT_REDRAW;
	}
	return finish_story(app);
}
