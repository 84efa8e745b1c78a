/* What a click or a turn of the wheel does. */
#include "mouse.h"

#include "commands.h"
#include "detail.h"
#include "paint.h"
#include "reading.h"
#include "threads.h"
#include "view.h"

#define WHEEL_LINES 3

static bool is_in(struct rect rect, struct key key)
{
	return key.row >= rect.row && key.row < rect.row + rect.rows && key.col >= rect.col &&
	       key.col < rect.col + rect.cols;
}

static unsigned click_row(struct app *app, const struct frame *f, struct key key)
{
	struct list *list = &app->reading.list;
	size_t row = list->top + (size_t)((key.row - f->list.row) / frame_row_height(app));
	if (row >= list->n)
		return EFFECT_REDRAW;
	list_select(list, row);
	app->focus = FOCUS_LIST;
	if (key.mouse == MOUSE_DOUBLE)
		return move_enter(app, &(struct intent){0});
	return EFFECT_REDRAW;
}

static unsigned click(struct app *app, const struct frame *f, struct key key)
{
	if (key.row == f->tabs_row) {
		size_t tab = tabs_at(app, key.col);
		if (tab != SIZE_MAX)
			reading_tab(app, tab);
		return EFFECT_REDRAW;
	}
	if (f->has_list && is_in(f->list, key))
		return click_row(app, f, key);
	uint32_t link = detail_link_at(app, key.row, key.col);
	if (link)
		return link_open_index(app, link - 1);
	uint32_t mention = detail_mention_at(app, key.row, key.col);
	if (mention)
		return threads_open(app, mention);
	if (f->has_detail && is_in(f->detail, key))
		return move_enter(app, &(struct intent){0});
	return EFFECT_REDRAW;
}

unsigned mouse_key(struct app *app, struct key key)
{
	struct frame f = frame_of(app);
	int by = key.mouse == MOUSE_WHEEL_DOWN ? 1 : -1;
	if (f.is_too_small)
		return EFFECT_NONE;
	if (view_top(app)) { /* elsewhere than on the calendar a click does nothing */
		if (key.mouse == MOUSE_CLICK || key.mouse == MOUSE_DOUBLE)
			return calendar_click(app, key);
		return command_run(app, by > 0 ? STR("next") : STR("prev"), WHEEL_LINES);
	}
	if (key.mouse == MOUSE_CLICK || key.mouse == MOUSE_DOUBLE)
		return click(app, &f, key);
	if (f.has_list && is_in(f.list, key))
		list_move(&app->reading.list, by);
	else
		detail_scroll(app, (long)by * WHEEL_LINES);
	return EFFECT_REDRAW;
}
