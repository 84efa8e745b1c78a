/* Poor lines: the program at 9600 baud, and on terminals that can do little. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <cmocka.h>

#include <term/vt.h>

#define ISSUE "tests/data/reference.md"
#define TITLE "编译器开始自己写测试"

enum { BAUD_9600 = 960 }; /* bytes a second */

static const char *sulan(void)
{
	static char path[512];
	const char *build = getenv("BUILD");
	snprintf(path, sizeof(path), "%s/sulan", build ? build : "build");
	return path;
}

static struct vt *start(const char *type, int rows, int cols)
{
	char term[64];
	snprintf(term, sizeof(term), "TERM=%s", type);
	const char *argv[] = {sulan(), "--library", ":memory:", "--lang", "en", ISSUE, NULL};
	const char *env[] = {term, "LC_ALL=C.UTF-8", "PATH=/nonexistent",
			     "SSH_CONNECTION=192.0.2.1 5000 192.0.2.2 22", NULL};
	return vt_start(argv, env, rows, cols);
}

static void leave(struct vt *vt, const char *keys)
{
	int status = -1;
	vt_throttle(vt, 0);
	vt_type(vt, keys);
	assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
	assert_int_equal(status, 0);
	assert_false(vt_is_alternate(vt));
	vt_free(vt);
}

/* Type-ahead is taken together: what comes of many keys is one frame, not as many. */
static void keys_typed_ahead_of_a_slow_line_are_drawn_once(void **state)
{
	(void)state;
	struct vt *vt = start("xterm-256color", 24, 80);
	assert_true(vt_wait_text(vt, TITLE, VT_PATIENCE));
	assert_true(vt_wait_quiet(vt, 300, VT_PATIENCE));
	size_t before = vt_log_len(vt);
	vt_type(vt, "j");
	assert_true(vt_wait_text(vt, "2/6", VT_PATIENCE));
	assert_true(vt_wait_quiet(vt, 100, VT_PATIENCE));
	size_t one = vt_log_len(vt) - before;
	assert_in_range(one, 1, BAUD_9600);
	vt_throttle(vt, BAUD_9600);
	before = vt_log_len(vt);
	vt_type(vt, "kjkjkjkjkjkjkjkjkjkjkjjj");
	assert_true(vt_wait_text(vt, "4/6", VT_PATIENCE));
	assert_in_range(vt_log_len(vt) - before, 1, 3 * one + 200);
	leave(vt, "q");
}

static void a_slow_line_gets_the_first_screen_and_can_be_left(void **state)
{
	(void)state;
	struct vt *vt = start("vt220", 24, 80);
	vt_throttle(vt, BAUD_9600);
	vt_type(vt, "jj"); /* before there is anything to see */
	assert_true(vt_wait_text(vt, "3/6", VT_PATIENCE));
	assert_in_range(vt_log_len(vt), 1, 4096);
	leave(vt, "q");
}

static void each_kind_of_terminal_is_drawn_on_and_given_back(void **state)
{
	(void)state;
	static const char *const types[] = {"linux",           "vt100",         "vt220",
					    "screen",          "tmux",          "xterm",
					    "screen-256color", "tmux-256color", "ansi"};
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		struct vt *vt = start(types[i], 24, 80);
		if (!vt_wait_text(vt, TITLE, VT_PATIENCE))
			fail_msg("%s: nothing was drawn:\n%s", types[i], vt_text(vt));
		vt_type(vt, "jo");
		bool is_console = strcmp(types[i], "linux") == 0;
		const char *said = is_console ? "no clipboard here" : "sent to your terminal";
		if (!vt_wait_text(vt, said, VT_PATIENCE))
			fail_msg("%s: “%s” was not said:\n%s", types[i], said, vt_text(vt));
		vt_type(vt, "\x1a");
		assert_true(vt_wait_stop(vt, VT_PATIENCE));
		struct termios stopped = vt_termios(vt);
		assert_true(stopped.c_lflag & ICANON && stopped.c_lflag & ECHO);
		vt_continue(vt);
		assert_true(vt_wait_text(vt, said, VT_PATIENCE));
		leave(vt, "qq");
	}
}

static void a_terminal_that_cannot_be_drawn_on_is_told_so(void **state)
{
	(void)state;
	static const char *const types[] = {"dumb", "nonesuch", ""};
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		struct vt *vt = start(types[i], 24, 120);
		struct termios before = vt_termios(vt);
		int status = -1;
		assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
		assert_int_equal(WEXITSTATUS(status), 2);
		assert_non_null(strstr(vt_text(vt), "sulan print"));
		size_t len;
		const char *log = vt_log(vt, &len);
		assert_null(memchr(log, '\x1b', len));
		struct termios after = vt_termios(vt);
		assert_true(vt_same_termios(&before, &after));
		vt_free(vt);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keys_typed_ahead_of_a_slow_line_are_drawn_once),
		cmocka_unit_test(a_slow_line_gets_the_first_screen_and_can_be_left),
		cmocka_unit_test(each_kind_of_terminal_is_drawn_on_and_given_back),
		cmocka_unit_test(a_terminal_that_cannot_be_drawn_on_is_told_so),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
