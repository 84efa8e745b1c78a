/* What the terminal was told and need not be told again: parts of rows, and rows that have moved.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sulan/arena.h>
#include <sulan/canvas.h>

#include "told.h"

enum { ROWS = 20, COLS = 40 };

struct desk {
	struct canvas *canvas;
	struct told told;
};

static int set_up(void **state)
{
	struct desk *desk = mem_new(sizeof(*desk));
	desk->canvas = canvas_new(ROWS, COLS, TEXT_POLICY_DEFAULT);
	*state = desk;
	return 0;
}

static int tear_down(void **state)
{
	struct desk *desk = *state;
	told_free(&desk->told);
	canvas_free(desk->canvas);
	free(desk);
	return 0;
}

static void put(struct desk *desk, int row, int col, const char *text)
{
	canvas_put(desk->canvas, row, col, COLS, str_of(text), (struct style){0});
}

/* Paints rows from `row` on, `n` of them: no two numbers look alike anywhere. */
static void paint_list(struct desk *desk, int row, int n, int number)
{
	for (int i = 0; i < n; i++) {
		char line[31] = "";
		memset(line, number + i, sizeof(line) - 1);
		put(desk, row + i, 0, line);
	}
}

/* Tells all of a list, then paints it as it is when it has scrolled, in a frame of its own. */
static void scroll_list(struct desk *desk, int row, int n, int by)
{
	paint_list(desk, row, n, 60);
	told_take(&desk->told, desk->canvas);
	canvas_begin(desk->canvas);
	paint_list(desk, row, n, 60 + by);
}

static void assert_found(struct desk *desk, int row, int n, int by)
{
	struct run run = told_find_scroll(&desk->told, desk->canvas);
	assert_int_equal(run.n, n);
	if (n > 0) {
		assert_int_equal(run.row, row);
		assert_int_equal(run.by, by);
	}
}

static void a_list_that_has_scrolled_is_found_by_its_cells(void **state)
{
	for (int by = -4; by <= 4; by++) {
		scroll_list(*state, 0, ROWS, by);
		assert_found(*state, by < 0 ? -by : 0, by ? ROWS - abs(by) : 0, by);
	}
	scroll_list(*state, 0, ROWS, 5);
	assert_found(*state, 0, 0, 0);
	scroll_list(*state, 0, ROWS, -5);
	assert_found(*state, 0, 0, 0);
}

static void rows_that_were_moved_are_found_by_their_age(void **state)
{
	struct desk *desk = *state;
	paint_list(desk, 0, ROWS, 60);
	told_take(&desk->told, desk->canvas);
	memset(desk->told.cells, 0xFF, sizeof(struct cell) * ROWS * COLS);
	canvas_begin(desk->canvas);
	canvas_shift(desk->canvas, 0, 0, ROWS, COLS, 3);
	paint_list(desk, ROWS - 3, 3, 90);
	assert_found(desk, 0, ROWS - 3, 3);
}

static void fewer_than_four_rows_are_told_anew(void **state)
{
	scroll_list(*state, 5, 3, 1);
	assert_found(*state, 0, 0, 0); /* however many are blank */
	paint_list(*state, 0, ROWS, 90);
	scroll_list(*state, 5, 5, 1);
	assert_found(*state, 5, 4, 1);
	scroll_list(*state, 5, 4, 1);
	assert_found(*state, 0, 0, 0);
}

/* What is longest, not what is tried first. */
static void the_longest_run_is_found(void **state)
{
	struct desk *desk = *state;
	paint_list(desk, 0, ROWS, 60);
	told_take(&desk->told, desk->canvas);
	canvas_begin(desk->canvas);
	paint_list(desk, 0, 6, 62);
	paint_list(desk, 6, ROWS - 6, 67);
	assert_found(desk, 6, ROWS - 7, 1);
}

static void rows_that_are_nearly_the_same_go_along(void **state)
{
	struct desk *desk = *state;
	for (int n = 7; n <= 10; n++) {
		paint_list(desk, 0, ROWS, 60);
		put(desk, 3, 0, &"##########"[10 - n]);
		put(desk, 16, 0, &"##########"[10 - n]);
		told_take(&desk->told, desk->canvas);
		canvas_begin(desk->canvas);
		paint_list(desk, 1, ROWS - 2, 62);
		assert_found(desk, n <= 8 ? 1 : 3, n <= 8 ? ROWS - 2 : 12, 1);
	}
}

static void cells_are_compared_up_to_the_end(void **state)
{
	struct cell told[COLS] = {{0}}, cells[COLS] = {{0}};
	(void)state;
	for (int end = 0; end < COLS; end++) {
		assert_int_equal(told_next_other(told, cells, 0, end), end);
		for (int col = 0; col < end; col++) {
			cells[col].glyph = 'x';
			for (int from = 0; from <= end; from++) {
				int other = told_next_other(told, cells, from, end);
				int same = told_next_same(told, cells, from, end);
				assert_int_equal(other, from <= col ? col : end);
				assert_int_equal(same, from == col ? col + 1 : from);
			}
			cells[col].glyph = CELL_BLANK;
		}
	}
	memset(cells, 0xFF, sizeof(cells));
	assert_int_equal(told_next_same(told, cells, 3, COLS - 1), COLS - 1);
}

static void assert_part(struct desk *desk, int from, int to)
{
	struct told_part part = told_part(&desk->told, desk->canvas, 2, 2);
	assert_int_equal(part.from, from);
	assert_int_equal(part.to, to);
}

static void only_what_was_painted_since_may_be_another(void **state)
{
	struct desk *desk = *state;
	told_take(&desk->told, desk->canvas);
	assert_part(desk, 0, 0);
	desk->told.row[2].age = 0;
	assert_part(desk, 0, COLS); /* no row of the canvas */
	told_take_row(&desk->told, desk->canvas, 2);
	canvas_begin(desk->canvas);
	assert_part(desk, 0, 0);
	put(desk, 2, 10, "abc");
	put(desk, 2, 20, "d");
	assert_part(desk, 9, 22);
	canvas_begin(desk->canvas);
	put(desk, 2, 11, "b");
	assert_part(desk, 0, COLS); /* the frame between was not told */
	told_take_row(&desk->told, desk->canvas, 2);
	assert_part(desk, 0, 0);
}

static bool is_told(struct desk *desk, int row, int as_row)
{
	return told_is(&desk->told, desk->canvas, row, as_row);
}

static bool is_told_anywhere(struct desk *desk, int as_row)
{
	for (int row = 0; row < ROWS; row++)
		if (is_told(desk, row, as_row))
			return true;
	return false;
}

static void what_was_told_moves_with_the_rows(void **state)
{
	const struct cell filled = {.glyph = 1U << CELL_COLS_SHIFT | '~'};
	struct desk *desk = *state;
	for (int by = -4; by <= 4; by += by == -1 ? 2 : 1) {
		paint_list(desk, 0, ROWS, 60);
		told_take(&desk->told, desk->canvas);
		told_move(&desk->told, (struct run){5, 8, by}, filled);
		int first = by < 0 ? 5 + by : 5, end = 13 + (by > 0 ? by : 0);
		for (int row = 0; row < ROWS; row++) {
			bool is_in = row >= 5 && row < 13;
			bool is_out = !is_in && row >= first && row < end;
			const struct cell *cells = desk->told.row[row].cells;
			const struct cell *was = canvas_at(desk->canvas, row + (is_in ? by : 0), 0);
			for (int col = 0; col < COLS; col++)
				assert_memory_equal(&cells[col], is_out ? &filled : &was[col],
						    sizeof(filled));
			assert_int_equal(is_told_anywhere(desk, row), !is_out);
		}
	}
}

static void cells_whose_numbers_are_void_are_told_again(void **state)
{
	struct desk *desk = *state;
	put(desk, 1, 0, "linked");
	canvas_link(desk->canvas, 1, 3, 1, 1, STR("https://example.com"));
	put(desk, 0, 0, "plain");
	put(desk, 2, 0, "x\xCC\x81 marked");
	told_take(&desk->told, desk->canvas);
	told_forget_numbers(&desk->told);
	assert_true(is_told(desk, 0, 0));
	assert_false(is_told(desk, 2, 0));
	assert_false(is_told(desk, 1, 1));
	assert_false(is_told(desk, 2, 2));
	assert_int_equal(
		told_next_other(desk->told.row[1].cells, canvas_at(desk->canvas, 1, 0), 0, COLS),
		3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
		TEST(a_list_that_has_scrolled_is_found_by_its_cells),
		TEST(rows_that_were_moved_are_found_by_their_age),
		TEST(fewer_than_four_rows_are_told_anew),
		TEST(the_longest_run_is_found),
		TEST(rows_that_are_nearly_the_same_go_along),
		TEST(cells_are_compared_up_to_the_end),
		TEST(only_what_was_painted_since_may_be_another),
		TEST(what_was_told_moves_with_the_rows),
		TEST(cells_whose_numbers_are_void_are_told_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
