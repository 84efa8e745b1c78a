/* What curses is told and what the terminal is sent: that curses counts columns as the layout does
 * under every policy, and that names are spelled out again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <locale.h>
/* curses has a key_name of its own. */
#define key_name curses_key_name
#include <curses.h>
#undef key_name
#include <cmocka.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

#include "inside.h"
#include "width.h"

struct desk {
	struct arena *arena;
	FILE *file;
	SCREEN *screen;
	WINDOW *pad;
	struct inks *inks;
	struct canvas *canvas;
};

static int set_up(void **state)
{
	struct desk *desk = mem_new(sizeof(*desk));
	const struct ink_opts opts = {DEPTH_TRUE, true};
	desk->arena = arena_new();
	desk->file = fopen("/dev/null", "r+");
	desk->screen = newterm("xterm-256color", desk->file, desk->file);
	assert_non_null(desk->screen);
	start_color();
	use_default_colors();
	desk->pad = newpad(1, 20);
	desk->inks = inks_new(&opts, COLORS, COLOR_PAIRS);
	desk->canvas = canvas_new(2, 40, TEXT_POLICY_DEFAULT);
	*state = desk;
	return 0;
}

static int tear_down(void **state)
{
	struct desk *desk = *state;
	delwin(desk->pad);
	endwin();
	delscreen(desk->screen);
	inks_free(desk->inks);
	canvas_free(desk->canvas);
	arena_free(desk->arena);
	fclose(desk->file);
	free(desk);
	width_use(TEXT_POLICY_DEFAULT);
	return 0;
}

/* Draws the glyph on the pad: curses' cursor then stands as many columns on as the layout says. */
static void check_glyph(struct desk *desk, struct str text, const struct text_policy *policy)
{
	struct glyph glyph;
	wchar_t chars[CCHARW_MAX + 1];
	cchar_t cell;
	glyph_next(text, 0, policy, &glyph);
	if (glyph.len == 0)
		return;
	bool is_flag = glyph.len == 8 && strncmp(glyph.bytes, "\xf0\x9f\x87", 3) == 0;
	if (is_flag) /* in two cells */
		return;
	bool is_whole = paint_cell_text(desk->inks, &glyph, chars);
	setcchar(&cell, chars, A_NORMAL, 0, NULL);
	mvwadd_wch(desk->pad, 0, 3, &cell);
	if (!is_whole || getcurx(desk->pad) != 3 + glyph.cols)
		fail_msg("%.*s: %d columns for curses, %d for us%s (ambiguous %d, pictures %d)",
			 (int)text.len, text.p, getcurx(desk->pad) - 3, glyph.cols,
			 is_whole ? "" : ", not whole", policy->ambiguous, policy->pictures);
}

static struct text_policy policy_of(int bits)
{
	return (struct text_policy){.ambiguous = bits & 1 ? 2 : 1,
				    .pictures = bits & 2 ? 2 : 1,
				    .has_chains = bits & 4,
				    .has_tones = bits & 8,
				    .has_newest = bits & 16};
}

static void curses_counts_as_the_layout_does(void **state)
{
	struct desk *desk = *state;
	for (int bits = 0; bits < 4; bits++) {
		struct text_policy policy = policy_of(bits | 16 * (bits & 1));
		width_use(policy);
		for (uint32_t cp = 0; cp < 0x20000; cp += cp < 0x3000 || cp >= 0x1F000 ? 1 : 3) {
			char bytes[4];
			if (cp < 0xD800 || cp >= 0xE000)
				check_glyph(desk, (struct str){bytes, utf8_put(cp, bytes)},
					    &policy);
		}
	}
}

static void curses_counts_clusters_as_the_layout_does(void **state)
{
	static const char *const clusters[] = {
		"e\xcc\x81",
		"か\xe3\x82\x99",
		"字\xcc\x81",
		"\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab",
		"❤\xef\xb8\x8f",
		"⚠\xef\xb8\x8f",
		"1\xef\xb8\x8f\xe2\x83\xa3",
		"👍🏽",
		"✌🏽",
		"🏽",
		"👨\xe2\x80\x8d👩\xe2\x80\x8d👧\xe2\x80\x8d👦",
		"🏳\xef\xb8\x8f\xe2\x80\x8d🌈",
		"🧑🏽\xe2\x80\x8d🚀",
		"❤\xef\xb8\x8f\xe2\x80\x8d🔥",
		"👩\xe2\x80\x8d❤\xef\xb8\x8f\xe2\x80\x8d👨",
		"🫨",
		"🫨🏽",
		"👩\xe2\x80\x8d🫨",
		"🇨",
		"q\xcc\x88\xcc\x81\xcc\xa7\xcc\xb1",
		"“",
		"①",
		"◆",
		"🏴\xf3\xa0\x81\xa7\xf3\xa0\x81\xa2\xf3\xa0\x81\xbf",
	};
	struct desk *desk = *state;
	for (int bits = 0; bits < 32; bits++) {
		struct text_policy policy = policy_of(bits);
		width_use(policy);
		for (size_t i = 0; i < sizeof(clusters) / sizeof(*clusters); i++)
			check_glyph(desk, str_of(clusters[i]), &policy);
	}
}

static void check_spelling(struct desk *desk, const char *written, const char *sent)
{
	struct str got = inks_spell(desk->inks, desk->arena, str_of(written));
	if (!str_is(got, sent))
		fail_msg("%.*s", (int)got.len, got.p);
}

/* The number curses was given for the ink of a cell; pairs are in the order they are asked for. */
static int number_for(struct desk *desk, struct style style, const char *url)
{
	int fg, bg;
	canvas_clear(desk->canvas, (struct style){0});
	canvas_put(desk->canvas, 0, 0, 1, STR("x"), style);
	if (url)
		canvas_link(desk->canvas, 0, 0, 1, 7, str_of(url));
	struct ink_look look = inks_look(desk->inks, canvas_at(desk->canvas, 0, 0), desk->canvas);
	assert_true(look.pair > 0);
	assert_int_equal(extended_pair_content(look.pair, &fg, &bg), OK);
	return fg;
}

static void names_are_spelled_out(void **state)
{
	struct desk *desk = *state;
	const struct style orange = {.fg = {COLOR_RGB, 255, 136, 0}};
	const struct style struck = {.attrs = ATTR_STRIKE};
	assert_int_equal(number_for(desk, orange, NULL), 16);
	assert_int_equal(number_for(desk, struck, NULL), 17);
	assert_int_equal(number_for(desk, orange, "https://example.com/a"), 18);
	assert_int_equal(number_for(desk, orange, NULL), 16);
	assert_int_equal(number_for(desk, orange, "https://example.com/b"), 19);
	assert_int_equal(number_for(desk, orange, "https://example.com/a"), 18);

	check_spelling(desk, "\x1b[38;5;16mx\x1b[48;5;16my\x1b[39;49mz",
		       "\x1b[38;2;255;136;0mx\x1b[48;2;255;136;0my\x1b[39;49mz");
	check_spelling(desk, "\x1b[38;5;17mx\x1b[1my\x1b[39mz\x1b[38;5;17mx\x1b[m",
		       "\x1b[39;9mx\x1b[1my\x1b[39;29mz\x1b[39;9mx\x1b[m");
	/* A link is open where there is text of it, over the places it is at. */
	check_spelling(desk, "a\x1b[38;5;18mx\x1b[5;1Hy\x1b[39m\x1b(B\x1b[m\x1b[6dz",
		       "a\x1b[38;2;255;136;0m\x1b]8;id=sulan-7;https://example.com/a\x1b\\x"
		       "\x1b[5;1Hy\x1b[6d\x1b[m\x1b]8;;\x1b\\z");
	/* Nothing that is erased is a part of it, and none stays open. */
	check_spelling(desk, "\x1b[38;5;18mx\x1b[39m\x1b[K\x1b[38;5;19my",
		       "\x1b[38;2;255;136;0m\x1b]8;id=sulan-7;https://example.com/a\x1b\\x"
		       "\x1b[39m\x1b]8;;\x1b\\\x1b[K\x1b[38;2;255;136;0m"
		       "\x1b]8;id=sulan-7;https://example.com/b\x1b\\y\x1b]8;;\x1b\\");
}

/* One sequence for all looks, where something is to be seen of them; no character set but at the
 * beginning. */
static void looks_are_said_at_once(void **state)
{
	struct desk *desk = *state;
	check_spelling(desk, "\x1b(B\x1b[mx", "\x1b(B\x1b[mx");
	check_spelling(desk, "\x1b[39m\x1b(B\x1b[m\x1b[0;1m\x1b[31m\x1b[44mx", "\x1b[0;1;31;44mx");
	check_spelling(desk, "\x1b[1m\x1b[m\x1b[31m\r\b\x1b[5;6Hx", "\r\b\x1b[5;6H\x1b[0;31mx");
	check_spelling(desk, "\x1b[44m\x1b[K\x1b[m\x1b[2S", "\x1b[44m\x1b[K\x1b[m\x1b[2S");
	check_spelling(desk, "\x1b[44m\nx\x1b[m\x1bMy", "\x1b[44m\nx\x1b[m\x1bMy");
	check_spelling(desk, "x\x1b[39m\x1b(B\x1b[m", "x\x1b[m");
	check_spelling(desk, "\x1b[38:5:200m\x1b[1mx", "\x1b[38:5:200;1mx");
	check_spelling(desk, "\x1b[>4;2m\x1b[?25h\x1b[?1049l", "\x1b[>4;2m\x1b[?25h\x1b[?1049l");
	inks_refresh(desk->inks);
	check_spelling(desk, "\x1b(B\x1b[m", "\x1b(B\x1b[m");
}

static void sequences_go_by_a_name(void **state)
{
	struct desk *desk = *state;
	const struct text_policy policy = {1, 2, true, true, true, false};
	const char *family = "👨\xe2\x80\x8d👩\xe2\x80\x8d👧";
	struct glyph glyph;
	wchar_t chars[CCHARW_MAX + 1];
	char name[8] = "";
	glyph_next(str_of(family), 0, &policy, &glyph);
	assert_true(paint_cell_text(desk->inks, &glyph, chars));
	assert_int_equal(chars[0], INK_FIRST_NAME);
	assert_int_equal(wcwidth(chars[0]), 2);
	utf8_put((uint32_t)chars[0], name);
	check_spelling(desk, str_dup(desk->arena, str_of(arena_printf(desk->arena, "a%sb", name))),
		       arena_printf(desk->arena, "a%sb", family));
}

/* Names of what is not on the screen any more are taken away when they run out. */
static void names_do_not_run_out(void **state)
{
	struct desk *desk = *state;
	const struct style kept = {.fg = {COLOR_RGB, 1, 2, 3}};
	int number = number_for(desk, kept, NULL);
	struct ink_look look = inks_look(desk->inks, canvas_at(desk->canvas, 0, 0), desk->canvas);
	for (int i = 0; i < 2000; i++) {
		struct style style = {.fg = {COLOR_RGB, 9, (uint8_t)(i / 256), (uint8_t)i}};
		if (inks_are_crowded(desk->inks)) {
			inks_begin_sweep(desk->inks);
			inks_keep(desk->inks, look);
			inks_sweep(desk->inks);
		}
		assert_true(number_for(desk, style, NULL) >= 16);
		assert_false(inks_take_full(desk->inks));
	}
	assert_int_equal(number_for(desk, kept, NULL), number);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(curses_counts_as_the_layout_does, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(curses_counts_clusters_as_the_layout_does, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(names_are_spelled_out, set_up, tear_down),
		cmocka_unit_test_setup_teardown(looks_are_said_at_once, set_up, tear_down),
		cmocka_unit_test_setup_teardown(sequences_go_by_a_name, set_up, tear_down),
		cmocka_unit_test_setup_teardown(names_do_not_run_out, set_up, tear_down),
	};
	setlocale(LC_CTYPE, "C.UTF-8");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
