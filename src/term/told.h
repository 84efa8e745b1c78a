/* The canvas that the terminal was last told: cells that are the same need not be told again, and
 * rows that have scrolled can be moved instead. What has not been painted on since is known by its
 * age: between two told_forget all is of one canvas. */
#ifndef TOLD_H
#define TOLD_H

#include <stdbool.h>
#include <stdint.h>

#include <sulan/canvas.h>

struct told_row {
	struct cell *cells;
	uint64_t age; /* of the canvas' row, 0 when it was none */
};

struct told {
	struct cell *cells;
	int rows, cols;       /* 0: nothing yet */
	struct told_row *row; /* from the top of the screen */
};

void told_forget(struct told *told);
void told_free(struct told *told);

/* The whole canvas has been told, or the cells from..to-1 of a row, or all that was left of it. */
void told_take(struct told *told, const struct canvas *canvas);
void told_take_cells(struct told *told, const struct canvas *canvas, int row, int from, int to);
void told_take_row(struct told *told, const struct canvas *canvas, int row);

/* The numbers in cells stand for others now: such cells are like none. */
void told_forget_numbers(struct told *told);

#define TOLD_NOTHING UINT32_MAX /* a glyph unlike that of any cell */

/* The columns from..to-1 of a row of the canvas that may be another than what was told as row
 * `as_row`, as far as is known without a look at cells. */
struct told_part {
	int from, to;
};
struct told_part told_part(const struct told *told, const struct canvas *canvas, int row,
			   int as_row);

/* Whether a row of the canvas is what was told as row `as_row`. */
bool told_is(const struct told *told, const struct canvas *canvas, int row, int as_row);

/* The first cell from `col` on that is another than the one told there, or the same; `end` when
 * there is none before. */
int told_next_other(const struct cell *told, const struct cell *cells, int col, int end);
int told_next_same(const struct cell *told, const struct cell *cells, int col, int end);

/* Rows from `row` on, `n` of them, stood `by` rows below before (above, when it is negative). */
struct run {
	int row, n, by;
};

/* The rows that a list has scrolled, when moving them is worth it, else `n` is 0; some at their
 * ends may be another in a few cells. The canvas is as large as what was told. */
struct run told_find_scroll(struct told *told, const struct canvas *canvas);

/* Moves what was told; what has come in is `filled` with. */
void told_move(struct told *told, struct run run, struct cell filled);

#endif
