/* The canvas: glyphs at their columns, never half a wide one, styles laid over each other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include <sulan/arena.h>
#include <sulan/canvas.h>

static const struct style plain;
static const struct style blue_ground = {.bg = {COLOR_INDEX, 4, 0, 0}};
static const struct style red_text = {.fg = {COLOR_INDEX, 1, 0, 0}};

struct fixture {
	struct arena *arena;
	struct canvas *canvas;
};

static int set_up(void **state)
{
	struct fixture *f = mem_new(sizeof(*f));
	f->arena = arena_new();
	f->canvas = canvas_new(3, 10, TEXT_POLICY_DEFAULT);
	canvas_clear(f->canvas, plain);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	canvas_free(f->canvas);
	arena_free(f->arena);
	free(f);
	return 0;
}

static void assert_row(const struct fixture *f, int row, const char *text)
{
	assert_string_equal(canvas_row_text(f->canvas, row, f->arena).p, text);
}

static int put(const struct fixture *f, int row, int col, int cols, const char *text)
{
	return canvas_put(f->canvas, row, col, cols, str_of(text), plain);
}

static void text_stands_at_its_columns(void **state)
{
	const struct fixture *f = *state;
	assert_int_equal(put(f, 1, 2, 99, "速览ok"), 6);
	assert_row(f, 1, "  速览ok");
	assert_int_equal(cell_cols(canvas_at(f->canvas, 1, 2)), 2);
	assert_true(cell_is_tail(canvas_at(f->canvas, 1, 3)));
	assert_false(cell_is_tail(canvas_at(f->canvas, 1, 4)));
	assert_string_equal(canvas_text(f->canvas, f->arena).p, "\n  速览ok\n\n");
}

static void clipping_ends_at_a_glyph_border(void **state)
{
	const struct fixture *f = *state;
	assert_int_equal(put(f, 0, 0, 3, "速览"), 2);
	assert_row(f, 0, "速");
	assert_int_equal(put(f, 1, 7, 99, "速览"), 2);
	assert_row(f, 1, "       速");
	assert_int_equal(put(f, 2, 9, 99, "览"), 0);
	assert_row(f, 2, "");
}

static void what_lies_outside_is_ignored(void **state)
{
	const struct fixture *f = *state;
	assert_int_equal(put(f, -1, 0, 9, "x"), 0);
	assert_int_equal(put(f, 3, 0, 9, "x"), 0);
	assert_int_equal(put(f, 0, 10, 9, "x"), 0);
	assert_int_equal(put(f, 0, 0, 0, "x"), 0);
	assert_int_equal(put(f, 0, -2, 9, "abc"), 3);
	assert_row(f, 0, "c");
	canvas_fill(f->canvas, -5, -5, 5, 99, blue_ground);
	canvas_fill(f->canvas, 0, 9, 99, 99, blue_ground);
	canvas_tint(f->canvas, 7, 0, 99, blue_ground);
	canvas_tint(f->canvas, 0, INT32_MAX, INT32_MAX, blue_ground);
	assert_int_equal(canvas_at(f->canvas, 2, 9)->style.bg.r, 4);
	assert_int_equal(canvas_at(f->canvas, 0, 0)->style.bg.kind, COLOR_INHERIT);
}

static void overwriting_half_a_wide_glyph_blanks_the_other(void **state)
{
	const struct fixture *f = *state;
	put(f, 0, 0, 10, "速览中文");
	put(f, 0, 1, 1, "x");
	assert_row(f, 0, " x览中文");
	put(f, 0, 4, 1, "y");
	assert_row(f, 0, " x览y 文");
	put(f, 0, 3, 2, "宽");
	assert_row(f, 0, " x 宽 文");
	canvas_fill(f->canvas, 0, 4, 1, 3, plain);
	assert_row(f, 0, " x");
}

static void rows_are_moved_within_their_columns(void **state)
{
	const struct fixture *f = *state;
	put(f, 0, 0, 10, "a速1");
	put(f, 1, 0, 10, "b览2");
	put(f, 2, 0, 10, "c中3");
	canvas_shift(f->canvas, 0, 1, 3, 2, 1);
	assert_row(f, 0, "a览1");
	assert_row(f, 1, "b中2");
	assert_row(f, 2, "c中3");
	canvas_shift(f->canvas, 0, 0, 3, 10, -2);
	assert_row(f, 1, "b中2");
	assert_row(f, 2, "a览1");
	canvas_blank(f->canvas, 0, 0, 1, 10, plain);
	canvas_shift(f->canvas, 0, 0, 3, 10, 3);
	assert_row(f, 0, "");
	assert_row(f, 2, "a览1");
	canvas_tint(f->canvas, 2, 0, 10, blue_ground);
	canvas_blank(f->canvas, 2, 2, 99, 99, plain);
	assert_row(f, 2, "a");
	put(f, 0, 0, 10, "0123456789");
	put(f, 1, 0, 10, "0123456789");
	canvas_blank(f->canvas, 0, 3, 1, 2, plain);
	assert_row(f, 0, "012  56789");
	canvas_blank(f->canvas, 0, 7, 1, 3, plain);
	assert_row(f, 1, "0123456789");
	assert_true(style_eq(canvas_at(f->canvas, 2, 3)->style, plain));
}

static void what_is_painted_on_has_an_age_of_its_own(void **state)
{
	const struct fixture *f = *state;
	struct canvas *canvas = f->canvas;
	uint64_t age[3];
	for (int row = 0; row < 3; row++)
		age[row] = canvas->row[row].age;
	put(f, 1, 0, 10, "x");
	assert_true(canvas->row[0].age == age[0] && canvas->row[2].age == age[2]);
	age[1] = canvas->row[1].age;
	canvas_shift(canvas, 0, 0, 3, 10, 1); /* whole rows take theirs with them */
	assert_true(canvas->row[0].age == age[1] && canvas->row[1].age == age[2]);
	canvas_tint(canvas, 0, 3, 1, blue_ground);
	canvas_link(canvas, 1, 0, 1, 1, STR("https://example.com"));
	canvas_shift(canvas, 0, 0, 2, 9, 1);
	for (int row = 0; row < 3; row++)
		for (int before = 0; before < 3; before++)
			assert_true(row == 2 || canvas->row[row].age != age[before]);
	assert_row(f, 0, "");
}

static void controls_never_become_cells(void **state)
{
	const struct fixture *f = *state;
	put(f, 0, 0, 10,
	    "a\x1b[2Jb\x07\r\n\t\xc2\x9b"
	    "c");
	for (int col = 0; col < 10; col++) {
		struct glyph glyph = canvas_glyph(f->canvas, canvas_at(f->canvas, 0, col));
		for (size_t i = 0; i < glyph.len; i++) {
			unsigned char c = (unsigned char)glyph.bytes[i];
			assert_true(c >= 0x20 && c != 0x7f);
		}
	}
}

static void a_cut_text_ends_in_an_ellipsis(void **state)
{
	const struct fixture *f = *state;
	assert_int_equal(canvas_put_cut(f->canvas, 0, 0, 6, STR("速览速览"), plain), 5);
	assert_row(f, 0, "速览…");
	assert_int_equal(canvas_put_cut(f->canvas, 1, 0, 8, STR("速览速览"), plain), 8);
	assert_row(f, 1, "速览速览");
	assert_int_equal(canvas_put_cut(f->canvas, 2, 8, 99, STR("abc"), plain), 2);
	assert_row(f, 2, "        a…");
	assert_int_equal(canvas_put_cut(f->canvas, 2, 0, 1, STR("abc"), plain), 1);
}

static void the_ellipsis_is_as_wide_as_the_terminal_draws_it(void **state)
{
	const struct fixture *f = *state;
	f->canvas->policy.ambiguous = 2;
	assert_int_equal(canvas_put_cut(f->canvas, 0, 0, 4, STR("速览速览"), plain), 4);
	assert_row(f, 0, "速…");
	assert_int_equal(canvas_put_cut(f->canvas, 1, 0, 1, STR("ab"), plain), 0);
}

static void text_without_a_ground_keeps_the_one_below(void **state)
{
	const struct fixture *f = *state;
	canvas_fill(f->canvas, 0, 0, 1, 10, blue_ground);
	canvas_put(f->canvas, 0, 0, 10, STR("速x"), red_text);
	const struct cell *cell = canvas_at(f->canvas, 0, 0);
	assert_int_equal(cell->style.bg.r, 4);
	assert_int_equal(cell->style.fg.r, 1);
	assert_true(style_eq(canvas_at(f->canvas, 0, 1)->style, cell->style));
}

static void a_tint_leaves_the_text(void **state)
{
	const struct fixture *f = *state;
	canvas_put(f->canvas, 0, 0, 10, STR("速览中"), red_text);
	canvas_tint(f->canvas, 0, 1, 2, blue_ground);
	assert_row(f, 0, "速览中");
	assert_int_equal(canvas_at(f->canvas, 0, 0)->style.bg.kind, COLOR_INHERIT);
	for (int col = 2; col < 4; col++) {
		assert_int_equal(canvas_at(f->canvas, 0, col)->style.bg.r, 4);
		assert_int_equal(canvas_at(f->canvas, 0, col)->style.fg.r, 1);
	}
}

static void assert_linked(const struct fixture *f, struct str url, bool is_linked)
{
	canvas_clear(f->canvas, plain);
	canvas_link(f->canvas, 0, 2, 3, 1, url);
	for (int col = 0; col < 10; col++)
		assert_int_equal(canvas_at(f->canvas, 0, col)->link != 0,
				 is_linked && col >= 2 && col < 5);
}

static void only_an_address_that_terminals_take_is_a_link(void **state)
{
	const struct fixture *f = *state;
	char longest[2084];
	for (size_t i = 0; i < sizeof(longest); i++)
		longest[i] = 'a';
	assert_linked(f, STR("https://example.com/~!"), true);
	assert_linked(f, STR(""), false);
	assert_linked(f, STR("a b"), false);
	assert_linked(f, STR("a\x7f"), false);
	assert_linked(f, STR("例"), false);
	assert_linked(f, (struct str){longest, 2083}, true);
	assert_linked(f, (struct str){longest, 2084}, false);
	canvas_clear(f->canvas, plain);
	canvas_link(f->canvas, 0, 0, 1, 1, STR("a"));
	canvas_link(f->canvas, 0, 1, 1, 1, STR("a"));
	canvas_link(f->canvas, 0, 2, 1, 2, STR("a"));
	canvas_link(f->canvas, 0, 3, 1, 1, STR("b"));
	assert_int_equal(canvas_at(f->canvas, 0, 0)->link, canvas_at(f->canvas, 0, 1)->link);
	assert_int_not_equal(canvas_at(f->canvas, 0, 0)->link, canvas_at(f->canvas, 0, 2)->link);
	assert_int_not_equal(canvas_at(f->canvas, 0, 0)->link, canvas_at(f->canvas, 0, 3)->link);
}

static void resizing_starts_blank(void **state)
{
	const struct fixture *f = *state;
	put(f, 0, 0, 10, "速览");
	f->canvas->has_cursor = true;
	canvas_resize(f->canvas, 1, 1);
	assert_row(f, 0, "");
	assert_false(f->canvas->has_cursor);
	assert_int_equal(put(f, 0, 0, 10, "速"), 0);
	assert_int_equal(put(f, 0, 0, 10, "ab"), 1);
	assert_row(f, 0, "a");
}

#define with_canvas(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_canvas(text_stands_at_its_columns),
		with_canvas(clipping_ends_at_a_glyph_border),
		with_canvas(what_lies_outside_is_ignored),
		with_canvas(overwriting_half_a_wide_glyph_blanks_the_other),
		with_canvas(rows_are_moved_within_their_columns),
		with_canvas(what_is_painted_on_has_an_age_of_its_own),
		with_canvas(controls_never_become_cells),
		with_canvas(a_cut_text_ends_in_an_ellipsis),
		with_canvas(the_ellipsis_is_as_wide_as_the_terminal_draws_it),
		with_canvas(text_without_a_ground_keeps_the_one_below),
		with_canvas(a_tint_leaves_the_text),
		with_canvas(only_an_address_that_terminals_take_is_a_link),
		with_canvas(resizing_starts_blank),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
