/* layer: text
 *
 * Numbers as columns of characters, an eighth of a cell exact; in ASCII a half of one.
 */
#ifndef SULAN_CHART_H
#define SULAN_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sulan/str.h>

struct arena;

/* The columns that fit into a width, as wide as may be: the last ones when not all do. */
struct chart_grid {
	size_t first, n; /* of the values */
	size_t bar, gap; /* columns */
};
struct chart_grid chart_fit(size_t n_values, size_t cols);

/* The same for a line of one cell's height: no gaps. */
struct chart_grid chart_fit_line(size_t n_values, size_t cols);

/* Columns it takes. */
size_t chart_cols(const struct chart_grid *grid);

/* One cell of a column that is `rows` high at `max`: row 0 is the lowest. A value above 0 is never
 * nothing. */
const char *chart_cell(uint32_t value, uint32_t max, size_t row, size_t rows, bool is_ascii);

/* A line with as many labels below their columns as have room, the last one first. They are ASCII;
 * one for each value of the grid. */
struct str chart_labels(struct arena *arena, const struct chart_grid *grid,
			const struct str *labels);

#endif
