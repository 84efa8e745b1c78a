/* The canvas that the terminal was last told: cells that are the same need not be told again, and
 * rows that have scrolled can be moved instead. */
#ifndef TOLD_H
#define TOLD_H

#include <stdbool.h>

#include <sulan/canvas.h>

struct told {
	struct cell *cells;
	int rows, cols; /* 0: nothing yet */
	int *order;     /* which row of `cells` is which on the screen */
	bool *is_same;  /* rows of this frame that were found to be as they were told */
};

void told_forget(struct told *told);
void told_free(struct told *told);

/* The whole canvas has been told. */
void told_take(struct told *told, const struct canvas *canvas);

/* The numbers of links stand for others now: their cells are like none. */
void told_forget_links(struct told *told);

struct cell *told_row(const struct told *told, int row);

/* Whether a row of the canvas is what was told as row `as_row`. */
bool told_is(const struct told *told, const struct canvas *canvas, int row, int as_row);

/* Rows from `row` on, `n` of them, stood `by` rows below before (above, when it is negative). */
struct run {
	int row, n, by;
};

/* The rows that a list has scrolled, when moving them is worth it, else `n` is 0; fills `is_same`.
 * The canvas is as large as what was told. */
struct run told_find_scroll(struct told *told, const struct canvas *canvas);

/* Moves what was told; what has come in is `filled` with. */
void told_move(struct told *told, struct run run, struct cell filled);

#endif
