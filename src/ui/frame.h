/* Where everything stands on a screen of a size. */
#ifndef FRAME_H
#define FRAME_H

#include <stdbool.h>

#include "root.h"

#define FRAME_MIN_ROWS 5
#define FRAME_MIN_COLS 20

struct rect {
	int row, col, rows, cols;
};

struct frame {
	bool is_too_small;
	bool has_list, has_detail;                                 /* which panes are on screen */
	int header_row, tabs_row, top_rule, bottom_rule, hint_row; /* -1: not there */
	int border_col; /* between the panes; -1: one pane */
	struct rect list, detail;
	int text_col, text_cols; /* the column of text within the detail pane */
	int page_cols;           /* the same and what may hang from it, where there is room */
};

struct frame frame_of(const struct app *app);

/* Rows a story takes in the list. */
int frame_row_height(const struct app *app);

#endif
