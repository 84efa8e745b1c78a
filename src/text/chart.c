/* Block characters. */
#include <sulan/chart.h>

#include <string.h>

#include <sulan/arena.h>

#define BAR_MAX  4
#define LINE_MAX 3
#define EIGHTHS  8

struct chart_grid chart_fit(size_t n_values, size_t cols)
{
	struct chart_grid grid = {.bar = 1};
	size_t each = n_values ? cols / n_values : 0;
	if (each >= 2) {
		grid.gap = 1;
		grid.bar = each - 1 < BAR_MAX ? each - 1 : BAR_MAX;
	}
	grid.n = each ? n_values : cols < n_values ? cols : n_values;
	grid.first = n_values - grid.n;
	return grid;
}

struct chart_grid chart_fit_line(size_t n_values, size_t cols)
{
	struct chart_grid grid = chart_fit(n_values, cols);
	grid.bar = grid.n ? cols / grid.n : 1;
	grid.bar = grid.bar < 1 ? 1 : grid.bar > LINE_MAX ? LINE_MAX : grid.bar;
	grid.gap = 0;
	return grid;
}

size_t chart_cols(const struct chart_grid *grid)
{
	return grid->n ? grid->n * (grid->bar + grid->gap) - grid->gap : 0;
}

const char *chart_cell(uint32_t value, uint32_t max, size_t row, size_t rows, bool is_ascii)
{
	static const char *const blocks[] = {" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
	if (max == 0)
		return " ";
	uint64_t eighths = ((uint64_t)value * rows * EIGHTHS + max - 1) / max;
	uint64_t below = (uint64_t)row * EIGHTHS;
	uint64_t part = eighths > below ? eighths - below : 0;
	part = part < EIGHTHS ? part : EIGHTHS;
	if (is_ascii)
		return part == 0 ? " " : part < EIGHTHS / 2 ? "." : part < EIGHTHS ? ":" : "#";
	return blocks[part];
}

struct str chart_labels(struct arena *arena, const struct chart_grid *grid,
			const struct str *labels)
{
	size_t cols = chart_cols(grid), pitch = grid->bar + grid->gap, limit = cols + 2;
	char *line = arena_alloc(arena, cols + 1);
	memset(line, ' ', cols);
	for (size_t i = grid->n; i > 0; i--) {
		struct str label = labels[i - 1];
		size_t at = (i - 1) * pitch;
		if (i == grid->n && at + label.len > cols && label.len <= cols)
			at = cols - label.len;
		if (at + label.len + 2 > limit || at + label.len > cols)
			continue;
		memcpy(line + at, label.p, label.len);
		limit = at;
	}
	while (cols && line[cols - 1] == ' ')
		cols--;
	line[cols] = '\0';
	return (struct str){line, cols};
}
