/* Which terminals are written without curses: those whose descriptions say everything the pen says
 * as it does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "caps.h"
#include "pen.h"

static bool can_write(const char *type, struct pen *pen)
{
	const struct ink_opts opts = {.depth = DEPTH_16};
	assert_true(caps_begin(type, STDOUT_FILENO));
	bool can = pen_init(pen, &opts);
	caps_end();
	return can;
}

static void most_terminals_are_written_by_the_pen(void **state)
{
	static const char *const types[] = {"xterm", "xterm-256color", "tmux-256color",
					    "sulan-16color", "screen-256color"};
	struct pen pen;
	(void)state;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		assert_true(can_write(types[i], &pen));
		assert_int_equal(pen.plain_only, 0);
	}
}

static void what_colors_exclude_is_found(void **state)
{
	struct pen pen;
	(void)state;
	assert_true(can_write("sulan-16color-thin", &pen));
	assert_int_equal(pen.plain_only, ATTR_BOLD);
	assert_true(can_write("linux", &pen));
	assert_int_equal(pen.plain_only, ATTR_UNDERLINE | ATTR_DIM);
}

/* Colours told otherwise, no place to wait at the end of a row, no colours. */
static void others_are_left_to_curses(void **state)
{
	static const char *const types[] = {"sulan-16color-bold", "ansi", "vt100"};
	struct pen pen;
	(void)state;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		assert_false(can_write(types[i], &pen));
}

int main(void)
{
	const char *build = getenv("BUILD");
	char types[512];
	snprintf(types, sizeof(types), "%s/tests/terminfo", build ? build : "build");
	setenv("TERMINFO", types, 1);
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(most_terminals_are_written_by_the_pen),
		cmocka_unit_test(what_colors_exclude_is_found),
		cmocka_unit_test(others_are_left_to_curses),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
