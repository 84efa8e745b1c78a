/* What is written for cells: as few bytes as say all of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include <sulan/arena.h>
#include <sulan/canvas.h>

#include "caps.h"
#include "pen.h"

enum { ROWS = 4, COLS = 40, ANY_FD = 1 };

static const struct style plain, bold = {.attrs = ATTR_BOLD};

struct desk {
	struct arena *arena;
	struct canvas *canvas;
	struct pen pen;
};

static int set_up(void **state)
{
	struct desk *desk = mem_new(sizeof(*desk));
	const struct ink_opts opts = {DEPTH_TRUE, true};
	desk->arena = arena_new();
	desk->canvas = canvas_new(ROWS, COLS, TEXT_POLICY_DEFAULT);
	assert_true(caps_begin("xterm-256color", ANY_FD));
	assert_true(pen_init(&desk->pen, &opts));
	caps_end();
	*state = desk;
	return 0;
}

static int tear_down(void **state)
{
	struct desk *desk = *state;
	canvas_free(desk->canvas);
	arena_free(desk->arena);
	free(desk);
	return 0;
}

static void put(struct desk *desk, int row, int col, const char *text, struct style style)
{
	canvas_put(desk->canvas, row, col, COLS, str_of(text), style);
}

/* The bytes for some cells, with the cursor in the corner before, and after where they end. */
static void assert_written(struct desk *desk, int row, int from, int to, const char *wanted)
{
	struct strbuf out = strbuf_make(desk->arena);
	pen_begin(&desk->pen, &out, 0, 0);
	pen_cells(&desk->pen, desk->canvas, row, from, to);
	pen_end(&desk->pen, desk->pen.row, desk->pen.col);
	if (!str_is(strbuf_str(&out), wanted))
		fail_msg("%.*s", (int)out.len, out.p);
}

static void the_cursor_goes_the_short_way(void **state)
{
	struct desk *desk = *state;
	put(desk, 0, 0, "速览ab", plain);
	put(desk, 2, 9, "c", plain);
	assert_written(desk, 0, 0, 6, "速览ab");
	assert_written(desk, 0, 2, 5, "\x1b[2C览a");
	assert_written(desk, 2, 9, 10, "\x1b[3;10Hc");
	struct strbuf out = strbuf_make(desk->arena);
	pen_begin(&desk->pen, &out, -1, -1);
	pen_cells(&desk->pen, desk->canvas, 0, 4, 5);
	pen_cells(&desk->pen, desk->canvas, 0, 5, 6);
	pen_cells(&desk->pen, desk->canvas, 0, 0, 2);
	pen_end(&desk->pen, 3, 0);
	assert_true(str_is(strbuf_str(&out), "\x1b[1;5Hab\x1b[1;1H速\x1b[4;1H"));
}

/* Terminals differ in where they leave it behind what is of several characters. */
static void the_cursor_is_put_behind_what_is_odd(void **state)
{
	struct desk *desk = *state;
	put(desk, 0, 0, "x\xCC\x81速b", plain);
	assert_written(desk, 0, 0, 4, "x\xCC\x81\x1b[1;2H速b");
}

static struct color indexed(uint8_t number)
{
	return (struct color){COLOR_INDEX, number, 0, 0};
}

static void colors_are_said_by_their_shortest_names(void **state)
{
	struct desk *desk = *state;
	const struct color own = {.kind = COLOR_DEFAULT}, rgb = {COLOR_RGB, 1, 22, 133};
	put(desk, 0, 0, "a", (struct style){.fg = indexed(7)});
	put(desk, 0, 1, "b", (struct style){.fg = indexed(8), .bg = indexed(0)});
	put(desk, 0, 2, "c", (struct style){.fg = indexed(15), .bg = indexed(15)});
	put(desk, 0, 3, "d", (struct style){.fg = indexed(16), .bg = indexed(255)});
	put(desk, 0, 4, "e", (struct style){.fg = rgb, .bg = indexed(255)});
	put(desk, 0, 5, "f", (struct style){.fg = rgb, .bg = rgb});
	put(desk, 0, 6, "g", (struct style){.fg = own, .bg = rgb});
	put(desk, 0, 7, "h", (struct style){.fg = own, .bg = own});
	assert_written(desk, 0, 0, 8,
		       "\x1b[37ma\x1b[90;40mb\x1b[97;107mc\x1b[38;5;16;48;5;255md"
		       "\x1b[38;2;1;22;133me\x1b[48;2;1;22;133mf\x1b[39mg\x1b[mh");
}

static void attributes_end_together(void **state)
{
	struct desk *desk = *state;
	struct style red = {.fg = indexed(1)}, both = {.fg = indexed(1), .attrs = ATTR_BOLD};
	put(desk, 0, 0, "a", both);
	put(desk, 0, 1, "b", red);
	put(desk, 0, 2, "c", bold);
	put(desk, 0, 3, "d", (struct style){.attrs = ATTR_BOLD | ATTR_UNDERLINE});
	put(desk, 0, 4, "e", (struct style){.attrs = ATTR_ITALIC | ATTR_REVERSE | ATTR_DIM});
	put(desk, 0, 5, "f", (struct style){.attrs = ATTR_STRIKE});
	put(desk, 0, 6, "g", plain);
	assert_written(desk, 0, 0, 7,
		       "\x1b[1;31ma\x1b[0;31mb\x1b[1;39mc\x1b[4md\x1b[0;2;3;7me\x1b[0;9mf"
		       "\x1b[mg");
	assert_written(desk, 0, 0, 1, "\x1b[1;31ma\x1b[m");
}

static void blanks_are_erased_where_that_is_shorter(void **state)
{
	struct desk *desk = *state;
	put(desk, 0, 36, "a", plain);
	put(desk, 0, 35, "b", plain);
	put(desk, 1, 0, "c", plain);
	put(desk, 1, 11, "d", plain);
	put(desk, 2, 0, "c", plain);
	put(desk, 2, 10, "d", plain);
	assert_written(desk, 0, 36, COLS, "\x1b[36Ca   ");
	canvas_blank(desk->canvas, 0, 36, 1, 1, plain);
	assert_written(desk, 0, 35, COLS, "\x1b[35Cb\x1b[K");
	assert_written(desk, 1, 0, 12, "\x1b[2;1Hc\x1b[10X\x1b[10Cd");
	assert_written(desk, 2, 0, 11, "\x1b[3;1Hc         d");
	canvas_fill(desk->canvas, 3, 0, 1, COLS, (struct style){.attrs = ATTR_UNDERLINE});
	assert_written(desk, 3, 30, 40, "\x1b[4;31H\x1b[4m          \x1b[m");
	canvas_blank(desk->canvas, 3, 0, 1, COLS, (struct style){.bg = indexed(4)});
	assert_written(desk, 3, 0, COLS, "\x1b[4;1H\x1b[44m\x1b[K\x1b[m");
	desk->pen.has_back = false;
	assert_written(desk, 3, 35, COLS, "\x1b[4;36H\x1b[44m     \x1b[m");
	desk->pen.can_erase = false;
	assert_written(desk, 1, 0, 12, "\x1b[2;1Hc          d");
}

static void a_link_is_open_where_its_cells_are(void **state)
{
	struct desk *desk = *state;
	put(desk, 0, 0, "abcd", plain);
	canvas_link(desk->canvas, 0, 1, 2, 7, STR("https://example.com"));
	assert_written(desk, 0, 0, 4,
		       "a\x1b]8;id=sulan-7;https://example.com\x1b\\bc\x1b]8;;\x1b\\d");
	assert_written(desk, 0, 1, 2,
		       "\x1b[1C\x1b]8;id=sulan-7;https://example.com\x1b\\b\x1b]8;;\x1b\\");
	canvas_blank(desk->canvas, 0, 3, 1, COLS - 3, plain);
	assert_written(desk, 0, 2, COLS,
		       "\x1b[2C\x1b]8;id=sulan-7;https://example.com\x1b\\c\x1b]8;;\x1b\\\x1b[K");
	canvas_link(desk->canvas, 0, 30, 10, 7, STR("https://example.com"));
	assert_written(desk, 0, 30, COLS,
		       "\x1b[30C\x1b]8;id=sulan-7;https://example.com\x1b\\          "
		       "\x1b]8;;\x1b\\");
	desk->pen.opts.has_links = false;
	assert_written(desk, 0, 0, 3, "abc");
}

static void rows_scroll_within_their_region(void **state)
{
	struct desk *desk = *state;
	struct strbuf out = strbuf_make(desk->arena);
	pen_begin(&desk->pen, &out, 0, 0);
	pen_scroll(&desk->pen, 1, 3, 2, ROWS);
	pen_scroll(&desk->pen, 0, 4, -1, ROWS);
	pen_end(&desk->pen, 0, 0);
	assert_true(str_is(strbuf_str(&out), "\x1b[2;3r\x1b[2S\x1b[1;4r\x1b[1;4r\x1b[1T\x1b[1;4r"
					     "\x1b[1;1H"));
}

/* More looks than are remembered: each is as it is. */
static void many_looks_take_turns(void **state)
{
	struct desk *desk = *state;
	for (unsigned round = 0; round < 3; round++) {
		for (unsigned i = 0; i < 2 * PEN_LOOKS; i++) {
			char wanted[40];
			snprintf(wanted, sizeof(wanted), "\x1b[38;2;9;%u;%umx\x1b[m", i % 7, i);
			put(desk, 0, 0, "x",
			    (struct style){.fg = {COLOR_RGB, 9, (uint8_t)(i % 7), (uint8_t)i}});
			assert_written(desk, 0, 0, 1, wanted);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
		TEST(the_cursor_goes_the_short_way),
		TEST(the_cursor_is_put_behind_what_is_odd),
		TEST(colors_are_said_by_their_shortest_names),
		TEST(attributes_end_together),
		TEST(blanks_are_erased_where_that_is_shorter),
		TEST(a_link_is_open_where_its_cells_are),
		TEST(rows_scroll_within_their_region),
		TEST(many_looks_take_turns),
	};
	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
