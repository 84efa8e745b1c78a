/* The terminal layer on a pty: what is drawn, in which colours, at any size, at what price. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include <term/child.h>
#include <term/trial.h>

static void glyphs_stand_at_their_columns(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	assert_true(vt_is_alternate(vt));
	assert_cell(vt, 0, 0, "速", 2);
	assert_cell(vt, 0, 2, "览", 2);
	assert_cell(vt, 0, 7, "|", 1);
	assert_cell(vt, 1, 1, "中", 2);
	assert_cell(vt, 1, 7, "|", 1);
	assert_cell(vt, 2, 0, "é", 1);
	assert_cell(vt, 2, 1, "x", 1);
	assert_cell(vt, 2, 5, "y", 1);
	assert_cell(vt, 2, 7, "🌍", 2);
	assert_cell(vt, 2, 10, "|", 1);
	assert_cell(vt, 3, 4, "|", 1);
	leave(vt);
}

static void a_wide_glyph_is_never_cut(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	assert_cell(vt, 0, 79, "", 1);
	assert_cell(vt, 1, 78, "宽", 2);
	assert_true(vt_cell(vt, 1, 79).is_tail);
	assert_cell(vt, 1, 0, "a", 1);
	leave(vt);
}

static void ambiguous_characters_are_as_wide_as_the_policy_says(void **state)
{
	(void)state;
	static const char *const env[] = {XTERM, UTF8, "AMBIGUOUS=2", NULL};
	struct vt *vt = start(env);
	/* Our terminal draws them in one column, so what follows is placed anew, not drawn on. */
	assert_cell(vt, 3, 0, "“", 1);
	assert_true(log_has(vt, "“q”—|", 0));
	leave(vt);
}

static void an_unchanged_frame_costs_nothing(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	assert_true(vt_wait_quiet(vt, 100, VT_PATIENCE));
	size_t before = vt_log_len(vt);
	vt_type(vt, "s");
	assert_true(vt_wait_bytes(vt, "\a", 1, before, VT_PATIENCE));
	assert_int_equal(vt_log_len(vt) - before, 1);
	leave(vt);
}

/* Has the key shown; returns where what was written for it begins in the log. */
static size_t press_j(struct vt *vt)
{
	assert_true(vt_wait_quiet(vt, 100, VT_PATIENCE));
	size_t before = vt_log_len(vt);
	vt_type(vt, "j");
	assert_true(vt_wait_text(vt, "j", VT_PATIENCE));
	assert_true(vt_wait_quiet(vt, 100, VT_PATIENCE));
	return before;
}

static void a_small_change_is_a_small_write(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	size_t before = press_j(vt);
	assert_in_range(vt_log_len(vt) - before, 1, 60);
	leave(vt);
}

/* Terminals that join what UAX #29 joins have it in the cell of the letter. */
static void a_mark_with_a_column_goes_with_its_letter(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	size_t before = press_j(vt);
	assert_true(log_has(vt, "ｶx", before));
	leave(vt);
}

static void a_large_frame_is_shown_at_once(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	size_t before = vt_log_len(vt);
	vt_type(vt, "f");
	assert_true(vt_wait_bytes(vt, "\x1b[?2026h", 8, before, VT_PATIENCE));
	assert_true(vt_wait_bytes(vt, "\x1b[?2026l", 8, before, VT_PATIENCE));
	vt_free(vt);
}

static void the_cursor_stands_where_it_shall(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	int row, col;
	bool is_visible;
	assert_true(vt_wait_quiet(vt, 50, VT_PATIENCE));
	vt_cursor(vt, &row, &col, &is_visible);
	assert_int_equal(row, 8);
	assert_int_equal(col, 3);
	assert_true(is_visible);
	vt_resize(vt, 6, 40);
	assert_true(vt_wait_text(vt, "size 6x40", VT_PATIENCE));
	assert_true(vt_wait_quiet(vt, 50, VT_PATIENCE));
	vt_cursor(vt, &row, &col, &is_visible);
	assert_false(is_visible);
	leave(vt);
}

static void colors_go_as_deep_as_the_terminal(void **state)
{
	(void)state;
	static const char *const envs[][4] = {
		{XTERM, UTF8, "COLORTERM=truecolor", NULL},
		{XTERM, UTF8, NULL},
		{"TERM=xterm", UTF8, NULL},
		{"TERM=vt100", UTF8, NULL},
		{XTERM, UTF8, "DEPTH=mono", NULL},
	};
	for (size_t i = 0; i < sizeof(envs) / sizeof(*envs); i++) {
		struct vt *vt = start(envs[i]);
		struct vt_cell rgb = vt_cell(vt, 4, 0), idx = vt_cell(vt, 4, 4),
			       ansi = vt_cell(vt, 4, 8);
		assert_true(rgb.is_bold);
		assert_true(idx.is_underlined);
		assert_true(ansi.is_reverse);
		if (i == 0) {
			assert_int_equal(rgb.fg.kind, VT_COLOR_RGB);
			assert_true(rgb.fg.r == 0xff && rgb.fg.g == 0x88 && rgb.fg.b == 0);
			assert_true(rgb.bg.r == 0x10 && rgb.bg.g == 0x20 && rgb.bg.b == 0x30);
		}
		if (i <= 1) {
			assert_int_equal(idx.fg.kind, VT_COLOR_INDEX);
			assert_int_equal(idx.fg.r, 208);
			assert_true(idx.is_italic);
			assert_int_equal(ansi.fg.r, 12);
		}
		if (i == 1)
			assert_true(rgb.fg.kind == VT_COLOR_INDEX && rgb.fg.r >= 16);
		if (i == 2) {
			assert_true(rgb.fg.kind == VT_COLOR_INDEX && rgb.fg.r < 16);
			assert_true(ansi.fg.r == 4 || ansi.fg.r == 12);
		}
		if (i >= 3) {
			assert_int_equal(rgb.fg.kind, VT_COLOR_DEFAULT);
			assert_int_equal(ansi.fg.kind, VT_COLOR_DEFAULT);
		}
		leave(vt);
	}
}

static void more_colors_than_numbers_are_still_right(void **state)
{
	(void)state;
	static const char *const env[] = {XTERM, UTF8, "COLORTERM=24bit", NULL};
	struct vt *vt = start(env);
	vt_type(vt, "m");
	assert_true(vt_wait_text(vt, "painted", VT_PATIENCE));
	struct vt_cell rgb = vt_cell(vt, 4, 0), idx = vt_cell(vt, 4, 4);
	assert_true(rgb.fg.r == 0xff && rgb.fg.g == 0x88 && rgb.fg.b == 0);
	assert_int_equal(idx.fg.r, 208);
	assert_false(log_has(vt, "\x1b]4;", 0));
	leave(vt);
}

static void any_size_will_do(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	static const int sizes[][2] = {{1, 1}, {1, 200}, {200, 1}, {2, 2}, {50, 200}, {5, 20}};
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		char text[32];
		snprintf(text, sizeof(text), "size %dx%d", sizes[i][0], sizes[i][1]);
		vt_resize(vt, sizes[i][0], sizes[i][1]);
		if (sizes[i][0] > CHILD_SIZE_ROW && sizes[i][1] > 12)
			assert_true(vt_wait_text(vt, text, VT_PATIENCE));
		else
			assert_true(vt_wait_quiet(vt, 50, VT_PATIENCE));
	}
	vt_resize(vt, 24, 80);
	assert_true(vt_wait_text(vt, "size 24x80", VT_PATIENCE));
	assert_cell(vt, 1, 78, "宽", 2);
	assert_cell(vt, 2, 10, "|", 1);
	leave(vt);
	vt = vt_start(child_argv(), (const char *const[]){XTERM, UTF8, NULL}, 1, 1);
	assert_true(vt_wait_quiet(vt, 200, VT_PATIENCE));
	leave(vt);
}

static void a_size_that_changes_back_is_drawn_anew(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	vt_signal(vt, SIGSTOP);
	assert_true(vt_wait_stop(vt, VT_PATIENCE));
	vt_resize(vt, 3, 7);
	vt_resize(vt, 24, 80);
	assert_null(strstr(vt_text(vt), "size 24x80"));
	vt_continue(vt);
	assert_true(vt_wait_text(vt, "size 24x80", VT_PATIENCE));
	vt_resize(vt, 3, 7);
	vt_resize(vt, 24, 80);
	assert_true(vt_wait_text(vt, "size 24x80", VT_PATIENCE));
	leave(vt);
}

static void a_storm_of_sizes_ends_well(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	for (int i = 0; i < 300; i++) {
		vt_resize(vt, 1 + i * 7 % 60, 1 + i * 13 % 150);
		vt_type(vt, "j");
	}
	assert_true(vt_wait_quiet(vt, 100, VT_PATIENCE));
	vt_resize(vt, 24, 80);
	assert_true(vt_wait_text(vt, "size 24x80", VT_PATIENCE));
	assert_cell(vt, 0, 7, "|", 1);
	leave(vt);
}

static void waiting_costs_nothing(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	char path[64], text[4096];
	long before = 0, after = 0;
	snprintf(path, sizeof(path), "/proc/%d/status", (int)vt_pid(vt));
	assert_true(vt_wait_quiet(vt, 100, VT_PATIENCE));
	for (int i = 0; i < 2; i++) {
		FILE *file = fopen(path, "r");
		assert_non_null(file);
		text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
		fclose(file);
		const char *at = strstr(text, "\nvoluntary_ctxt_switches:");
		assert_non_null(at);
		*(i ? &after : &before) = strtol(strchr(at, ':') + 1, NULL, 10);
		assert_true(i || vt_wait_quiet(vt, 400, VT_PATIENCE));
	}
	assert_int_equal(after, before);
	leave(vt);
}

static void other_terminals_work_too(void **state)
{
	(void)state;
	static const char *const envs[][3] = {{"TERM=screen-256color", UTF8, NULL},
					      {"TERM=tmux-256color", UTF8, NULL},
					      {"TERM=linux", UTF8, NULL},
					      {"TERM=vt220", UTF8, NULL},
					      {"TERM=rxvt-unicode-256color", UTF8, NULL}};
	struct termios found = fresh_modes();
	for (size_t i = 0; i < sizeof(envs) / sizeof(*envs); i++) {
		struct vt *vt = start(envs[i]);
		int status = 0;
		assert_cell(vt, 0, 0, "速", 2);
		assert_cell(vt, 2, 10, "|", 1);
		vt_signal(vt, SIGTERM);
		assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
		assert_given_back(vt, &found);
		vt_free(vt);
	}
}

int main(int argc, char **argv)
{
	int status;
	if (child_main(argc, argv, &status))
		return status;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(glyphs_stand_at_their_columns),
		cmocka_unit_test(a_wide_glyph_is_never_cut),
		cmocka_unit_test(ambiguous_characters_are_as_wide_as_the_policy_says),
		cmocka_unit_test(an_unchanged_frame_costs_nothing),
		cmocka_unit_test(a_small_change_is_a_small_write),
		cmocka_unit_test(a_mark_with_a_column_goes_with_its_letter),
		cmocka_unit_test(a_large_frame_is_shown_at_once),
		cmocka_unit_test(the_cursor_stands_where_it_shall),
		cmocka_unit_test(colors_go_as_deep_as_the_terminal),
		cmocka_unit_test(more_colors_than_numbers_are_still_right),
		cmocka_unit_test(any_size_will_do),
		cmocka_unit_test(a_size_that_changes_back_is_drawn_anew),
		cmocka_unit_test(a_storm_of_sizes_ends_well),
		cmocka_unit_test(waiting_costs_nothing),
		cmocka_unit_test(other_terminals_work_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
