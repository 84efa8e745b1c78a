/* What the tests of the terminal have in common. */
#include <term/trial.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

const char *const *child_argv(void)
{
	static char self[512];
	static const char *const argv[] = {self, "--child", NULL};
	if (!self[0] && readlink("/proc/self/exe", self, sizeof(self) - 1) < 0)
		abort();
	return argv;
}

struct vt *start(const char *const *env)
{
	struct vt *vt = vt_start(child_argv(), env, 24, 80);
	assert_true(vt_wait_text(vt, "size 24x80", VT_PATIENCE));
	return vt;
}

struct vt *start_plain(void)
{
	static const char *const env[] = {XTERM, UTF8, NULL};
	return start(env);
}

bool log_has(const struct vt *vt, const char *bytes, size_t from)
{
	size_t len;
	const char *log = vt_log(vt, &len);
	return memmem(log + from, len - from, bytes, strlen(bytes));
}

/* It has been given back: our screen left, cursor shown, no reports asked for, modes as `found`. */
void assert_given_back(struct vt *vt, const struct termios *found)
{
	int row, col;
	bool is_visible;
	struct termios now = vt_termios(vt);
	vt_cursor(vt, &row, &col, &is_visible);
	assert_false(vt_is_alternate(vt));
	assert_true(is_visible);
	assert_false(vt_has_mouse(vt));
	assert_true(log_has(vt, "\x1b[?2004l", 0));
	assert_true(vt_same_termios(&now, found));
}

void leave(struct vt *vt)
{
	int status = -1;
	vt_type(vt, "q");
	assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
	assert_int_equal(status, 0);
	vt_free(vt);
}

/* The modes of a new terminal. */
struct termios fresh_modes(void)
{
	static const char *const argv[] = {"/bin/true", NULL};
	struct vt *vt = vt_start(argv, argv + 1, 24, 80);
	struct termios modes = vt_termios(vt);
	vt_free(vt);
	return modes;
}

void assert_cell(struct vt *vt, int row, int col, const char *text, int cols)
{
	struct vt_cell cell = vt_cell(vt, row, col);
	assert_string_equal(cell.text, text);
	assert_int_equal(cell.cols, cols);
}
