/* Pipe tables: columns as wide as their cells want to be while all fit, narrower where not, and a
 * row as lines of "header: cell" where a column would get too narrow to be read. */
#include <string.h>

#include <sulan/arena.h>
#include <sulan/glyph.h>
#include <sulan/pipes.h>

#include "block.h"
#include "flow.h"

/* What a row has beyond these stands in the last. */
#define COLUMNS_MAX 24
/* No column that has more to say is narrower. */
#define MIN_COLS 8
#define GAP_COLS 2

struct cell {
	uint32_t at, end;
};

struct table {
	struct sheet *sheet;
	uint32_t block;
	enum role role;
	struct str text;
	size_t n; /* columns */
	size_t cols[COLUMNS_MAX];
	enum pipes_align aligns[COLUMNS_MAX];
};

/* The cells of the row in bytes from..end, as many as the table has columns. */
static void read_row(const struct table *t, size_t from, size_t end, struct cell *cells)
{
	size_t n = 0, at = from, cell, cell_end;
	while (pipes_next_cell(t->text, &at, end, &cell, &cell_end)) {
		if (n < t->n)
			cells[n++] = (struct cell){(uint32_t)cell, (uint32_t)cell_end};
		else if (cell < cell_end)
			cells[n - 1].end = (uint32_t)cell_end;
	}
}

static bool next_row(const struct table *t, size_t *at, struct cell *cells)
{
	size_t from, end;
	bool is_row = pipes_next_row(t->text, at, &from, &end);
	memset(cells, 0, COLUMNS_MAX * sizeof(*cells));
	if (is_row)
		read_row(t, from, end, cells);
	return is_row;
}

static struct flow flow_of(const struct table *t, struct cell cell, enum role role)
{
	struct flow flow = flow_make(t->sheet);
	flow_add_leaf(&flow, t->block, cell.at, cell.end, role);
	return flow;
}

static size_t count_columns(struct str text)
{
	size_t n = 0, at = 0, cell, cell_end;
	while (n < COLUMNS_MAX &&
	       pipes_next_cell(text, &at, str_line_end(text, 0), &cell, &cell_end))
		n++;
	return n;
}

/* The widest line of each column. */
static void measure(struct table *t)
{
	struct cell cells[COLUMNS_MAX];
	for (size_t at = 0; next_row(t, &at, cells);) {
		for (size_t i = 0; i < t->n; i++) {
			struct wrap_line *lines;
			struct flow flow = flow_of(t, cells[i], t->role);
			size_t n = flow_wrap(&flow, UINT16_MAX, &lines);
			for (size_t k = 0; k < n; k++)
				if (lines[k].cols > t->cols[i])
					t->cols[i] = lines[k].cols;
		}
		arena_reset(t->sheet->scratch);
	}
}

static size_t width_with(const struct table *t, size_t cap)
{
	size_t width = (t->n - 1) * GAP_COLS;
	for (size_t i = 0; i < t->n; i++)
		width += t->cols[i] < cap ? t->cols[i] : cap;
	return width;
}

/* Takes from the widest columns what the room lacks; false when they would get too narrow. */
static bool fit(struct table *t, size_t room)
{
	size_t low = MIN_COLS, high = room;
	if (width_with(t, low) > room)
		return false;
	while (low < high) {
		size_t mid = low + (high - low + 1) / 2;
		if (width_with(t, mid) <= room)
			low = mid;
		else
			high = mid - 1;
	}
	size_t left = room - width_with(t, low);
	for (size_t i = 0; i < t->n; i++) {
		if (t->cols[i] <= low)
			continue;
		size_t more = t->cols[i] - low < left ? t->cols[i] - low : left;
		t->cols[i] = low + more;
		left -= more;
	}
	return true;
}

static void put_blanks(struct sheet *sheet, size_t cols)
{
	if (cols)
		sheet_put(sheet, sheet_fill(sheet, STR(" "), cols, ROLE_TEXT));
}

/* The cells of a row beside each other; returns how many lines they took. */
static size_t set_row(struct table *t, const struct cell *cells, enum role role)
{
	struct flow flows[COLUMNS_MAX];
	struct wrap_line *lines[COLUMNS_MAX] = {NULL};
	size_t n[COLUMNS_MAX] = {0}, pieces[COLUMNS_MAX] = {0}, n_lines = 1;
	for (size_t i = 0; i < t->n; i++) {
		flows[i] = flow_of(t, cells[i], role);
		n[i] = flow_wrap(&flows[i], t->cols[i] ? t->cols[i] : 1, &lines[i]);
		n_lines = n[i] > n_lines ? n[i] : n_lines;
	}
	for (size_t k = 0; k < n_lines; k++) {
		size_t due = 0; /* blanks before the next text */
		sheet_begin(t->sheet);
		for (size_t i = 0; i < t->n; i++, due += GAP_COLS) {
			size_t cols = k < n[i] ? lines[i][k].cols : 0, left = t->cols[i];
			left -= cols < left ? cols : left;
			size_t before = t->aligns[i] == PIPES_RIGHT    ? left
					: t->aligns[i] == PIPES_CENTER ? left / 2
								       : 0;
			if (cols) {
				put_blanks(t->sheet, due + before);
				flow_put(&flows[i], &lines[i][k], &pieces[i]);
				due = left - before;
			} else {
				due += left;
			}
		}
		sheet_end(t->sheet);
	}
	arena_reset(t->sheet->scratch);
	return n_lines;
}

static void set_lines_below(struct table *t)
{
	size_t due = 0;
	sheet_begin(t->sheet);
	for (size_t i = 0; i < t->n; i++, due = GAP_COLS) {
		put_blanks(t->sheet, due);
		sheet_put(t->sheet, sheet_fill(t->sheet, STR("─"), t->cols[i], ROLE_RULE));
	}
	sheet_end(t->sheet);
}

static void set_columns(struct table *t)
{
	struct cell cells[COLUMNS_MAX];
	bool is_tall = false;
	size_t at = 0;
	next_row(t, &at, cells);
	set_row(t, cells, ROLE_LABEL);
	set_lines_below(t);
	for (bool is_first = true; next_row(t, &at, cells); is_first = false) {
		if (is_tall && !is_first)
			sheet_gap(t->sheet);
		is_tall = set_row(t, cells, t->role) > 1;
	}
}

/* A row: each cell that says something behind what its column is called. */
static void set_record(struct table *t, const struct cell *names, const struct cell *cells)
{
	for (size_t i = 0; i < t->n; i++) {
		if (cells[i].at == cells[i].end)
			continue;
		struct flow flow = flow_make(t->sheet);
		if (names[i].at < names[i].end) {
			flow_add_leaf(&flow, t->block, names[i].at, names[i].end, ROLE_LABEL);
			flow_add_mark(&flow, STR(": "), ROLE_LABEL);
		}
		flow_add_leaf(&flow, t->block, cells[i].at, cells[i].end, t->role);
		flow_set(&flow);
	}
}

static void set_records(struct table *t)
{
	struct cell names[COLUMNS_MAX], cells[COLUMNS_MAX];
	size_t at = 0, n = 0;
	next_row(t, &at, names);
	for (; next_row(t, &at, cells); n++) {
		if (n)
			sheet_gap(t->sheet);
		set_record(t, names, cells);
	}
	if (n == 0) {
		memset(cells, 0, sizeof(cells));
		set_record(t, cells, names);
	}
}

void table_set(struct sheet *sheet, uint32_t block, enum role role)
{
	struct table t = {.sheet = sheet, .block = block, .role = role};
	t.text = sheet->issue->blocks[block].text;
	t.n = count_columns(t.text);
	for (size_t i = 0; i < t.n; i++)
		t.aligns[i] = pipes_align_of(t.text, i);
	if (t.n == 0) {
		leaf_set(sheet, block, role);
		return;
	}
	measure(&t);
	if (fit(&t, sheet_room(sheet)))
		set_columns(&t);
	else
		set_records(&t);
}
