/* The questions about widths, and what is taken for an answer to them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <cmocka.h>

#include <sulan/arena.h>

#include "probe.h"

#include <term/vt.h>

static struct probe waiting(void)
{
	return (struct probe){.is_waiting = true, .found = TEXT_POLICY_DEFAULT};
}

static void answers_tell_the_widths(void **state)
{
	struct probe probe = waiting();
	bool is_last;
	(void)state;
	assert_int_equal(probe_take(&probe, STR("\x1b[2;3Rj"), &is_last), 6);
	assert_int_equal(probe.found.ambiguous, 2);
	assert_int_equal(probe_take(&probe, STR("\x1b[3;3R"), &is_last), 6);
	assert_int_equal(probe.found.pictures, 2);
	assert_false(is_last);
	assert_int_equal(probe_take(&probe, STR("\x1b[?62;c"), &is_last), 7);
	assert_true(is_last);
	assert_false(probe.is_waiting);
}

static void a_width_no_terminal_has_changes_nothing(void **state)
{
	struct probe probe = waiting();
	bool is_last;
	(void)state;
	assert_int_equal(probe_take(&probe, STR("\x1b[2;80R"), &is_last), 7);
	assert_int_equal(probe_take(&probe, STR("\x1b[3;1R"), &is_last), 6);
	assert_int_equal(probe.found.ambiguous, 1);
	assert_int_equal(probe.found.pictures, 1);
}

static void keys_are_no_answers(void **state)
{
	static const struct str keys[] = {
		{"j", 1},       {"\x1b", 1},     {"\x1b[A", 3},     {"\x1b[1;2R", 6},
		{"\x1b[2;", 4}, {"\x1b[?62", 5}, {"\x1b[200~x", 7}, {"\x1b[99;2R", 7},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		struct probe probe = waiting();
		bool is_last;
		assert_int_equal(probe_take(&probe, keys[i], &is_last), 0);
		assert_false(is_last);
	}
}

static void nothing_is_taken_that_was_not_asked_for(void **state)
{
	struct probe probe = {.is_waiting = false};
	bool is_last;
	(void)state;
	assert_int_equal(probe_take(&probe, STR("\x1b[2;3R"), &is_last), 0);
	assert_int_equal(probe_take(&probe, STR("\x1b[?62;c"), &is_last), 0);
}

/* The whole reader: what is typed before the answers come is not lost, and nothing of the questions
 * stays on the screen. */
static void it_asks_without_waiting(void **state)
{
	const char *build = getenv("BUILD");
	struct arena *arena = arena_new();
	const char *argv[] = {arena_printf(arena, "%s/sulan", build ? build : "build"), "--library",
			      ":memory:", "tests/data/reference.md", NULL};
	const char *env[] = {"TERM=xterm-256color", "LC_ALL=C.UTF-8", NULL};
	struct vt *vt = vt_start(argv, env, 24, 80);
	int status = -1;
	(void)state;
	vt_type(vt, "jj");
	assert_true(vt_wait_bytes(vt, "\x1b[6n", 4, 0, VT_PATIENCE));
	assert_true(vt_wait_text(vt, "3/6", VT_PATIENCE));
	assert_true(vt_wait_no_text(vt, "\xe2\x9d\xa4", VT_PATIENCE));
	vt_type(vt, "q");
	assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	vt_free(vt);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_tell_the_widths),
		cmocka_unit_test(a_width_no_terminal_has_changes_nothing),
		cmocka_unit_test(keys_are_no_answers),
		cmocka_unit_test(nothing_is_taken_that_was_not_asked_for),
		cmocka_unit_test(it_asks_without_waiting),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
