/* Helpers for everything that paints: styles by role, the marks of the frame, and the panes'
 * painters. */
#ifndef PAINT_H
#define PAINT_H

#include "frame.h"
#include "root.h"

/* The style of a role over the plain text's. */
struct style paint_style(const struct app *app, enum role role);

/* Puts text in a role; returns the columns used. */
int paint_text(const struct app *app, int row, int col, int cols, enum role role, struct str text);
int paint_word(const struct app *app, int row, int col, int cols, enum role role, const char *text);

/* Of a category that is a path of headings, the last: what tells it from its neighbours. */
struct str paint_category(struct str name);

int paint_cols(const struct app *app, struct str text);

/* Whether the interface is drawn in plain ASCII: where the terminal draws other signs two columns
 * wide, or not at all. */
bool paint_is_plain(const struct app *app);

/* The signs of the interface. */
struct signs {
	const char *marker, *unread, *star, *later, *hit, *across, *down, *tee, *foot, *ellipsis,
		*left, *right, *chosen;
	const char *heat[5]; /* how full: from nothing to all */
};
const struct signs *paint_signs(const struct app *app);

/* Lays the role over the cells where hits of `text` shown from (row, col) on stand; `from` is the
 * byte of the text the hits count from. Only `cols` columns are on show. */
void paint_hits(const struct app *app, int row, int col, int cols, struct str text, uint32_t from,
		const struct hits *hits, bool is_keyword, enum role role);

/* The room inside such a box. */
struct rect paint_box_room(const struct app *app, int rows, int cols);

/* A box for an overlay, in the middle of the screen; returns the room inside it. The title is a
 * name and, three spaces on, the keys: these go to the line of hints where the box is too narrow.
 */
struct rect paint_box(const struct app *app, int rows, int cols, const char *title);

/* bars.c */
void paint_header(const struct app *app, const struct frame *frame);
void paint_tabs(const struct app *app, const struct frame *frame);
void paint_rules(const struct app *app, const struct frame *frame);
/* Returns the column behind the place in the list; 0 when a message is in its place. */
int paint_hints(const struct app *app, const struct frame *frame);
/* The place in the list alone. */
int paint_position(const struct app *app, int row);

/* The keys of an overlay, in the line of hints; a message there goes before. */
void paint_keys(const struct app *app, struct str keys);

/* The tab under a column of the tab row, or SIZE_MAX. */
size_t tabs_at(const struct app *app, int col);

/* panes.c */
void paint_list(const struct app *app, const struct frame *frame);
/* A row of the list by its index: where it stands, how many of its lines there is room for (the
 * last row of the pane may be cut), and one of its lines but for the edge. */
int paint_list_place(const struct app *app, const struct rect *pane, size_t index);
int paint_list_lines(const struct app *app, const struct rect *pane, size_t index);
void paint_list_line(const struct app *app, const struct rect *pane, size_t index, int line);
/* The left edge of such a row, all there is of it that tells whether it is selected, unless its
 * title does as well; and its columns. */
#define LIST_EDGE_COLS 3
void paint_list_edge(const struct app *app, const struct rect *pane, size_t index);
void paint_detail(const struct app *app, const struct frame *frame);
/* Tags, each in a colour of its own over that of the ground, and the note behind them. Returns the
 * columns used. */
int paint_tags(const struct app *app, int row, int col, int cols, const struct story_state *state,
	       enum role ground);

#endif
