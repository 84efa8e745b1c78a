/* What was told, row by row, and a scroll in it. */
#include "told.h"

#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>

_Static_assert(sizeof(struct cell) == sizeof(struct glyph) + 3 + sizeof(struct style),
	       "no gaps in a cell: they are compared as bytes");

void told_forget(struct told *told)
{
	told->rows = told->cols = 0;
}

void told_free(struct told *told)
{
	free(told->cells);
	free(told->order);
	free(told->is_same);
}

void told_take(struct told *told, const struct canvas *canvas)
{
	size_t n = (size_t)canvas->rows * (size_t)canvas->cols;
	told->cells = mem_resize(told->cells, n * sizeof(*told->cells));
	memcpy(told->cells, canvas->cells, n * sizeof(*told->cells));
	told->rows = canvas->rows;
	told->cols = canvas->cols;
	told->order = mem_resize(told->order, (size_t)canvas->rows * sizeof(*told->order));
	told->is_same = mem_resize(told->is_same, (size_t)canvas->rows * sizeof(bool));
	for (int row = 0; row < canvas->rows; row++)
		told->order[row] = row;
}

void told_forget_links(struct told *told)
{
	size_t n = (size_t)told->rows * (size_t)told->cols;
	for (size_t i = 0; i < n; i++)
		if (told->cells[i].link)
			told->cells[i].glyph.len = UINT8_MAX;
}

struct cell *told_row(const struct told *told, int row)
{
	return told->cells + (size_t)told->order[row] * (size_t)told->cols;
}

bool told_is(const struct told *told, const struct canvas *canvas, int row, int as_row)
{
	size_t size = (size_t)canvas->cols * sizeof(struct cell);
	return memcmp(told_row(told, as_row), canvas_at(canvas, row, 0), size) == 0;
}

/* As few rows as a list scrolls for a key. */
enum { FARTHEST = 4 };

/* The longest run, the likeliest ways first: one that leaves but some of the `n_other` rows to be
 * told is as good as any. */
static struct run longest_run(const struct told *told, const struct canvas *canvas, int n_other)
{
	enum { SOME = 2 };
	static const int ways[] = {2, -2, 1, -1, 4, -4, 3, -3};
	struct run best = {0};
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		int by = ways[i], n = 0;
		if (best.n + abs(best.by) + SOME >= n_other)
			break;
		for (int row = by < 0 ? -by : 0; row < canvas->rows; row++) {
			bool is_one =
				row + by < canvas->rows && told_is(told, canvas, row, row + by);
			n = is_one ? n + 1 : 0;
			if (n > best.n)
				best = (struct run){row - n + 1, n, by};
		}
	}
	return best;
}

struct run told_find_scroll(struct told *told, const struct canvas *canvas)
{
	enum { WORTH_IT = 4 };
	int n_same = 0;
	for (int row = 0; row < canvas->rows; row++)
		n_same += told->is_same[row] = told_is(told, canvas, row, row);
	struct run run = {0};
	if (n_same + WORTH_IT > canvas->rows)
		return run;
	run = longest_run(told, canvas, canvas->rows - n_same);
	if (run.n < WORTH_IT)
		run.n = 0;
	return run;
}

void told_move(struct told *told, struct run run, struct cell filled)
{
	size_t far = (size_t)abs(run.by), n = (size_t)run.n;
	int *rows = told->order + (run.by > 0 ? run.row : run.row + run.by), gone[FARTHEST];
	int *from = run.by > 0 ? rows : rows + n, *in = run.by > 0 ? rows + n : rows;
	memcpy(gone, from, far * sizeof(*gone));
	memmove(run.by > 0 ? rows : rows + far, run.by > 0 ? rows + far : rows, n * sizeof(*rows));
	memcpy(in, gone, far * sizeof(*gone));
	memset(told->is_same + (in - told->order), false, far * sizeof(bool));
	memset(told->is_same + run.row, true, n * sizeof(bool));
	for (size_t i = 0; i < far; i++)
		for (int col = 0; col < told->cols; col++)
			told_row(told, (int)(in - told->order) + (int)i)[col] = filled;
}
