/* Texts for programs: on the terminal and in the background, read or not, ended well or not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <cmocka.h>

#include <sulan/arena.h>

#include <term/child.h>
#include <term/errand.h>
#include <term/trial.h>

#define HOSTILE "$(id)`id`;'\"&|<>\\%\n速览\n"

static struct vt *press_pipe(struct fixture *f, const char *command, const char *text,
			     const char *said)
{
	set_env(f, "PIPE", command);
	set_env(f, "TEXT", text);
	return press(f, "p", "", said);
}

static void behind(struct fixture *f)
{
	set_env(f, "BEHIND", "1");
}

static void in_front_it_reads_the_text_and_is_seen_until_a_key_comes(void **state)
{
	struct fixture *f = *state;
	add_program(f, "reads");
	set_env(f, "RECORD_SAYS", "something");
	struct vt *vt = press_pipe(f, "reads -a 'b  c'", HOSTILE, "-- any key --");
	assert_true(vt_wait_text(vt, "out something 1", VT_PATIENCE));
	assert_true(vt_wait_text(vt, "err something", VT_PATIENCE));
	assert_string_equal(recorded(f), "files 3 tty 1 leader 0\n-a\nb  c\n" HOSTILE);
	assert_false(vt_is_alternate(vt));
	vt_type(vt, "x");
	assert_true(vt_wait_text(vt, "pipe 1", VT_PATIENCE));
	assert_true(vt_is_alternate(vt));
	assert_true(vt_wait_no_text(vt, "something", VT_PATIENCE));
	vt_type(vt, "j"); /* the key that came back is used up */
	assert_true(vt_wait_text(vt, "j", VT_PATIENCE));
	assert_null(strstr(vt_row(vt, CHILD_KEYS_ROW), "x"));
	leave(vt);
}

static void a_pager_comes_back_by_itself(void **state)
{
	struct fixture *f = *state;
	add_program(f, "less");
	leave(press_pipe(f, "less", "text", "pipe 1"));
	assert_string_equal(recorded(f), "files 3 tty 1 leader 0\ntext");
}

static void a_failure_is_said(void **state)
{
	struct fixture *f = *state;
	add_program(f, "reads");
	set_env(f, "RECORD_STATUS", "3");
	struct vt *vt = press_pipe(f, "reads", "text", "-- any key --");
	vt_type(vt, "x");
	assert_true(vt_wait_text(vt, "pipe 0 it failed: reads: status 3", VT_PATIENCE));
	leave(vt);
}

static void what_is_not_there_or_a_shell_is_refused(void **state)
{
	struct fixture *f = *state;
	size_t n_env = f->n_env;
	add_program(f, "sh");
	add_program(f, "env");
	leave(press_pipe(f, "nonesuch", "text", "pipe 0 the program nonesuch was not found"));
	cut_env(f, n_env);
	leave(press_pipe(f, "sh", "text", "pipe 0 stories are not handed to a shell (sh)"));
	cut_env(f, n_env);
	leave(press_pipe(f, "env /bin/sh", "text", "pipe 0 stories are not handed to a shell"));
	assert_string_equal(recorded(f), "(nothing)");
}

static void who_does_not_read_breaks_nothing(void **state)
{
	struct fixture *f = *state;
	add_program(f, "deaf");
	set_env(f, "RECORD_DEAF", "1");
	set_env(f, "RECORD_SAYS", "no");
	set_env(f, "TIMES", "300000");
	struct vt *vt = press_pipe(f, "deaf", "0123456789", "-- any key --");
	vt_type(vt, "x");
	assert_true(vt_wait_text(vt, "pipe 1", VT_PATIENCE));
	leave(vt);
}

static void in_the_background_it_has_no_terminal(void **state)
{
	struct fixture *f = *state;
	add_program(f, "reads");
	behind(f);
	struct vt *vt = press_pipe(f, "reads -x", HOSTILE, "pipe 1");
	for (int ms = 0; strcmp(recorded(f), "(nothing)") == 0 && ms < VT_PATIENCE; ms++)
		vt_wait_quiet(vt, 1, 1); /* its file comes when it comes */
	assert_recorded(f, "-x\n" HOSTILE);
	assert_true(vt_is_alternate(vt));
	leave(vt);
}

static void its_failure_is_said_when_it_comes(void **state)
{
	struct fixture *f = *state;
	add_program(f, "fails");
	behind(f);
	set_env(f, "RECORD_STATUS", "7");
	set_env(f, "RECORD_SAYS", "no route \x1b[31m");
	leave(press_pipe(f, "fails", "text", "behind fails: status 7: err no route"));
}

static void who_is_killed_while_waiting_gives_the_terminal_back(void **state)
{
	struct fixture *f = *state;
	struct termios found = fresh_modes();
	add_program(f, "reads");
	struct vt *vt = press_pipe(f, "reads", "text", "-- any key --");
	vt_signal(vt, SIGTERM);
	assert_true(vt_wait_exit(vt, VT_PATIENCE, NULL));
	assert_given_back(vt, &found);
	vt_free(vt);
}

int main(int argc, char **argv)
{
	int status;
	if (child_main(argc, argv, &status))
		return status;
	const struct CMUnitTest tests[] = {
		with_fixture(in_front_it_reads_the_text_and_is_seen_until_a_key_comes),
		with_fixture(a_pager_comes_back_by_itself),
		with_fixture(a_failure_is_said),
		with_fixture(what_is_not_there_or_a_shell_is_refused),
		with_fixture(who_does_not_read_breaks_nothing),
		with_fixture(in_the_background_it_has_no_terminal),
		with_fixture(its_failure_is_said_when_it_comes),
		with_fixture(who_is_killed_while_waiting_gives_the_terminal_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
