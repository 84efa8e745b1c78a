/* The terminal is given back as it was found, whatever happens, and left alone when it cannot be
 * used. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include <term/child.h>
#include <term/trial.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif
#ifndef HAS_SANITIZER
#define HAS_SANITIZER 0
#endif

static void assert_stops_and_goes_on(struct vt *vt, const struct termios *found)
{
	assert_true(vt_wait_stop(vt, VT_PATIENCE));
	assert_given_back(vt, found);
	vt_resize(vt, 20, 70);
	size_t before = vt_log_len(vt);
	vt_continue(vt);
	assert_true(vt_wait_text(vt, "size 20x70", VT_PATIENCE));
	assert_true(vt_is_alternate(vt));
	assert_cell(vt, 0, 7, "|", 1);
	assert_true(vt_wait_bytes(vt, "\x1b[?2004h", 8, before, VT_PATIENCE));
	vt_type(vt, "\x03"); /* raw again: it is no signal */
	assert_true(vt_wait_text(vt, "<C-c>", VT_PATIENCE));
}

static void suspending_gives_the_terminal_back(void **state)
{
	(void)state;
	struct termios found = fresh_modes();
	struct vt *vt = start_plain();
	vt_type(vt, "z");
	assert_stops_and_goes_on(vt, &found);
	vt_resize(vt, 24, 80);
	assert_true(vt_wait_text(vt, "size 24x80", VT_PATIENCE));
	vt_signal(vt, SIGTSTP);
	assert_stops_and_goes_on(vt, &found);
	leave(vt);
}

static void after_a_hard_stop_everything_is_drawn_again(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	vt_signal(vt, SIGSTOP);
	assert_true(vt_wait_stop(vt, VT_PATIENCE));
	size_t before = vt_log_len(vt);
	vt_continue(vt);
	assert_true(vt_wait_bytes(vt, "size 24x80", 10, before, VT_PATIENCE));
	leave(vt);
}

static void quitting_gives_the_terminal_back(void **state)
{
	(void)state;
	static const char *const env[] = {XTERM, UTF8, "MOUSE=1", NULL};
	struct termios found = fresh_modes();
	struct vt *vt = start(env);
	struct termios raw = vt_termios(vt);
	assert_false(vt_same_termios(&raw, &found));
	vt_type(vt, "q");
	assert_true(vt_wait_exit(vt, VT_PATIENCE, NULL));
	assert_given_back(vt, &found);
	assert_true(vt_wait_text(vt, "bye", VT_PATIENCE));
	vt_free(vt);
}

static void signals_end_it_in_order(void **state)
{
	(void)state;
	static const int signals[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};
	struct termios found = fresh_modes();
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		struct vt *vt = start_plain();
		int status = 0;
		vt_signal(vt, signals[i]);
		assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 128 + signals[i]);
		assert_given_back(vt, &found);
		vt_free(vt);
	}
}

static void a_crash_gives_the_terminal_back(void **state)
{
	(void)state;
	if (HAS_SANITIZER)
		skip();
	static const char *const env[] = {XTERM, UTF8, "MOUSE=1", NULL};
	static const int signals[] = {SIGSEGV, SIGABRT};
	struct termios found = fresh_modes();
	for (int i = 0; i < 2; i++) {
		struct vt *vt = start(env);
		int status = 0;
		vt_type(vt, i == 0 ? "!" : "%");
		assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), signals[i]);
		assert_given_back(vt, &found);
		vt_free(vt);
	}
}

static void a_stuck_terminal_cannot_hold_up_the_end(void **state)
{
	(void)state;
	struct termios found = fresh_modes();
	struct vt *vt = start_plain();
	int status = 0;
	vt_stall(vt, true);
	vt_type(vt, "f");
	assert_true(vt_wait_quiet(vt, 300, VT_PATIENCE));
	vt_signal(vt, SIGTERM);
	assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
	assert_int_equal(WEXITSTATUS(status), 128 + SIGTERM);
	struct termios now = vt_termios(vt);
	assert_true(vt_same_termios(&now, &found));
	vt_free(vt);
}

static void hanging_up_ends_it(void **state)
{
	(void)state;
	static const char *const env[] = {XTERM, UTF8, NULL};
	for (int ignored = 0; ignored <= SIGHUP; ignored += SIGHUP) {
		struct vt_opts opts = {.argv = child_argv(),
				       .env = env,
				       .rows = 24,
				       .cols = 80,
				       .ignored_signal = ignored};
		struct vt *vt = vt_start_with(&opts);
		assert_true(vt_wait_text(vt, "size 24x80", VT_PATIENCE));
		vt_hang_up(vt);
		assert_true(vt_wait_exit(vt, VT_PATIENCE, NULL));
		vt_free(vt);
	}
}

static void a_terminal_that_cannot_be_drawn_on_is_left_alone(void **state)
{
	(void)state;
	static const char *const envs[][3] = {
		{UTF8, NULL},
		{"TERM=", UTF8, NULL},
		{"TERM=dumb", UTF8, NULL},
		{"TERM=unknown", UTF8, NULL},
		{"TERM=no-such-terminal", UTF8, NULL},
	};
	struct termios found = fresh_modes();
	for (size_t i = 0; i < sizeof(envs) / sizeof(*envs); i++) {
		struct vt *vt = vt_start(child_argv(), envs[i], 24, 80);
		int status = 0;
		assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
		assert_int_equal(WEXITSTATUS(status), 2);
		struct termios now = vt_termios(vt);
		assert_true(vt_same_termios(&now, &found));
		assert_true(log_has(vt, "sulan print FILE", 0));
		assert_false(log_has(vt, "\x1b", 0));
		vt_free(vt);
	}
}

static void without_a_terminal_it_says_so(void **state)
{
	(void)state;
	static const char *const env[] = {XTERM, UTF8, NULL};
	int ends[2], status = 0;
	assert_int_equal(pipe(ends), 0);
	struct vt_opts opts = {
		.argv = child_argv(), .env = env, .rows = 24, .cols = 80, .fd_in = ends[0]};
	struct vt *vt = vt_start_with(&opts);
	assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
	assert_int_equal(WEXITSTATUS(status), 2);
	assert_non_null(strstr(vt_text(vt), "this is not a terminal"));
	close(ends[1]);
	vt_free(vt);
}

int main(int argc, char **argv)
{
	int status;
	if (child_main(argc, argv, &status))
		return status;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(suspending_gives_the_terminal_back),
		cmocka_unit_test(after_a_hard_stop_everything_is_drawn_again),
		cmocka_unit_test(quitting_gives_the_terminal_back),
		cmocka_unit_test(signals_end_it_in_order),
		cmocka_unit_test(a_crash_gives_the_terminal_back),
		cmocka_unit_test(a_stuck_terminal_cannot_hold_up_the_end),
		cmocka_unit_test(hanging_up_ends_it),
		cmocka_unit_test(a_terminal_that_cannot_be_drawn_on_is_left_alone),
		cmocka_unit_test(without_a_terminal_it_says_so),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
