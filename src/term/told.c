/* What was told, row by row, and a scroll in it. */
#include "told.h"

#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>

void told_forget(struct told *told)
{
	told->rows = told->cols = 0;
}

void told_free(struct told *told)
{
	free(told->cells);
	free(told->row);
}

void told_take_cells(struct told *told, const struct canvas *canvas, int row, int from, int to)
{
	size_t size = (size_t)(to - from) * sizeof(struct cell);
	memcpy(told->row[row].cells + from, canvas->row[row].cells + from, size);
}

void told_take_row(struct told *told, const struct canvas *canvas, int row)
{
	told->row[row].age = canvas->row[row].age;
}

void told_take(struct told *told, const struct canvas *canvas)
{
	size_t rows = (size_t)canvas->rows, cols = (size_t)canvas->cols;
	told->cells = mem_resize(told->cells, rows * cols * sizeof(*told->cells));
	told->row = mem_resize(told->row, rows * sizeof(*told->row));
	told->rows = canvas->rows;
	told->cols = canvas->cols;
	for (int row = 0; row < told->rows; row++) {
		told->row[row].cells = told->cells + (size_t)row * cols;
		told_take_cells(told, canvas, row, 0, told->cols);
		told_take_row(told, canvas, row);
	}
}

void told_forget_numbers(struct told *told)
{
	for (int row = 0; row < told->rows; row++) {
		struct told_row *its = &told->row[row];
		its->age = 0;
		for (int col = 0; col < told->cols; col++)
			if (its->cells[col].link || (its->cells[col].glyph & CELL_MANY))
				its->cells[col].glyph = TOLD_NOTHING;
	}
}

struct told_part told_part(const struct told *told, const struct canvas *canvas, int row,
			   int as_row)
{
	const struct canvas_row *its = &canvas->row[row];
	uint64_t age = told->row[as_row].age;
	if (age == its->age)
		return (struct told_part){0, 0};
	if (age && age == its->age_before)
		return (struct told_part){its->from, its->to};
	return (struct told_part){0, told->cols};
}

bool told_is(const struct told *told, const struct canvas *canvas, int row, int as_row)
{
	struct told_part part = told_part(told, canvas, row, as_row);
	size_t size = (size_t)(part.to - part.from) * sizeof(struct cell);
	const struct cell *was = told->row[as_row].cells, *is = canvas->row[row].cells;
	return memcmp(was + part.from, is + part.from, size) == 0;
}

static bool is_same_cell(const struct cell *a, const struct cell *b)
{
	return memcmp(a, b, sizeof(*a)) == 0;
}

/* Most that are the same stand among such. */
int told_next_other(const struct cell *told, const struct cell *cells, int col, int end)
{
	enum { MANY = 8 };
	while (col + MANY <= end && memcmp(told + col, cells + col, MANY * sizeof(*cells)) == 0)
		col += MANY;
	while (col < end && is_same_cell(told + col, cells + col))
		col++;
	return col;
}

int told_next_same(const struct cell *told, const struct cell *cells, int col, int end)
{
	while (col < end && !is_same_cell(told + col, cells + col))
		col++;
	return col;
}

/* As few rows as a list scrolls for a key. */
enum { FARTHEST = 4 };

/* Whether a row of the canvas is what was told as another, by its age alone or by what is there. */
static bool was_told_as(const struct told *told, const struct canvas *canvas, int row, int as_row,
			bool is_by_age)
{
	if (as_row >= told->rows)
		return false;
	return is_by_age ? told->row[as_row].age == canvas->row[row].age
			 : told_is(told, canvas, row, as_row);
}

/* The longest run, the likeliest ways first: one that is most of the `n_other` rows that are to be
 * told is as good as any. */
static struct run longest_run(const struct told *told, const struct canvas *canvas, int n_other,
			      bool is_by_age)
{
	static const int ways[] = {2, -2, 1, -1, 4, -4, 3, -3};
	struct run best = {0};
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		int by = ways[i], n = 0;
		if (best.n > n_other / 2)
			break;
		for (int row = by < 0 ? -by : 0; row < canvas->rows; row++) {
			n = was_told_as(told, canvas, row, row + by, is_by_age) ? n + 1 : 0;
			if (n > best.n)
				best = (struct run){row - n + 1, n, by};
		}
	}
	return best;
}

/* A row that has but an edge or a sign of its own. */
static bool is_like(const struct told *told, const struct canvas *canvas, int row, int as_row)
{
	enum { MOST = 8 };
	if (row < 0 || as_row < 0 || row >= told->rows || as_row >= told->rows)
		return false;
	struct told_part part = told_part(told, canvas, row, as_row);
	const struct cell *was = told->row[as_row].cells, *is = canvas->row[row].cells;
	int n = 0;
	for (int col = part.from; part.to - part.from > MOST && n <= MOST; col++, n++) {
		col = told_next_other(was, is, col, part.to);
		if (col == part.to)
			break;
	}
	return n <= MOST;
}

/* With the rows at both its ends that are nearly what they were: little of them is left to tell. */
static struct run stretch(const struct told *told, const struct canvas *canvas, struct run run)
{
	while (is_like(told, canvas, run.row + run.n, run.row + run.n + run.by))
		run.n++;
	while (is_like(told, canvas, run.row - 1, run.row - 1 + run.by)) {
		run.row--;
		run.n++;
	}
	return run;
}

/* Looks at cells where rows that were painted on tell nothing by their age. */
struct run told_find_scroll(struct told *told, const struct canvas *canvas)
{
	enum { WORTH_IT = 4 };
	struct run run = {0};
	for (int is_by_age = 1; is_by_age >= 0 && run.n < WORTH_IT; is_by_age--) {
		int n_other = 0;
		for (int row = 0; row < canvas->rows; row++) {
			if (was_told_as(told, canvas, row, row, is_by_age))
				told_take_row(told, canvas, row);
			else
				n_other++;
		}
		if (n_other < WORTH_IT)
			return (struct run){0};
		run = longest_run(told, canvas, n_other, is_by_age);
	}
	if (run.n < WORTH_IT)
		return (struct run){0};
	return stretch(told, canvas, run);
}

void told_move(struct told *told, struct run run, struct cell filled)
{
	size_t far = (size_t)abs(run.by), n = (size_t)run.n;
	struct told_row *rows = told->row + (run.by > 0 ? run.row : run.row + run.by);
	struct told_row *from = run.by > 0 ? rows : rows + n, *in = run.by > 0 ? rows + n : rows;
	struct told_row gone[FARTHEST];
	memcpy(gone, from, far * sizeof(*gone));
	memmove(run.by > 0 ? rows : rows + far, run.by > 0 ? rows + far : rows, n * sizeof(*rows));
	memcpy(in, gone, far * sizeof(*gone));
	for (size_t i = 0; i < far; i++) {
		in[i].age = 0;
		in[i].cells[0] = filled;
		cell_repeat(in[i].cells, (size_t)told->cols);
	}
}
