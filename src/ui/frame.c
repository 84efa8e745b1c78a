/* The arithmetic of the screen: chrome grows with the room there is, text has its measure. */
#include "frame.h"

/* From these heights on there is room for the tabs, and for rules around the body. */
#define ROWS_FOR_TABS  7
#define ROWS_FOR_RULES 15

int frame_row_height(const struct app *app)
{
	return app->options.density == DENSITY_COMFORT ? 2 : 1;
}

static void place_chrome(struct frame *f, int rows)
{
	bool has_rules = rows >= ROWS_FOR_RULES;
	int row = 0, end = rows;
	f->header_row = row++;
	f->tabs_row = rows >= ROWS_FOR_TABS ? row++ : -1;
	f->top_rule = has_rules ? row++ : -1;
	/* The hint row stays without hints: messages and prompts are shown there. */
	f->hint_row = --end;
	f->bottom_rule = has_rules ? --end : -1;
	f->list = f->detail = (struct rect){.row = row, .rows = end - row};
}

/* A text column of the measure, in the middle of a pane that is alone on the screen. */
static void place_text(struct frame *f, const struct app *app, bool is_alone)
{
	int left = f->detail.cols >= 40 ? 2 : 1, right = f->detail.cols >= 40 ? 2 : 1;
	int room = f->detail.cols - left - right;
	int measure = app->options.measure;
	if (is_alone && measure > 0 && room > measure)
		left += (room - measure) / 2;
	f->text_col = f->detail.col + left;
	f->text_cols = measure > 0 && room > measure ? measure : room;
	int beside = f->detail.cols - left - right - f->text_cols;
	f->page_cols = f->text_cols + (beside < WRAP_HANG_COLS ? beside : WRAP_HANG_COLS);
	if (!app->options.hanging)
		f->page_cols = f->text_cols;
}

struct frame frame_of(const struct app *app)
{
	int rows = app->canvas->rows, cols = app->canvas->cols;
	struct frame f = {.border_col = -1};
	if (rows < FRAME_MIN_ROWS || cols < FRAME_MIN_COLS) {
		f.is_too_small = true;
		return f;
	}
	place_chrome(&f, rows);
	bool is_wide = cols >= app->options.two_panes && !app->is_zoomed;
	f.has_list = is_wide || (app->focus == FOCUS_LIST && !app->is_zoomed);
	f.has_detail = is_wide || !f.has_list;
	f.list.cols = f.detail.cols = cols;
	if (is_wide) {
		f.list.cols = cols * app->options.split / 100;
		f.border_col = f.list.cols;
		f.detail.col = f.border_col + 1;
		f.detail.cols = cols - f.detail.col;
	}
	place_text(&f, app, !is_wide);
	return f;
}
