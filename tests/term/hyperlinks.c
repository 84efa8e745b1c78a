/* Links in a story as links of the terminal (OSC 8): where they are, and where they are not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include <term/vt.h>

static const char issue[] =
	"# 早报 2026-03-05\n\n"
	"## 第一条\n\n短句。\n\n"
	"## "
	"第二条\n\n前面有一些字，[一个长到要折成两行才放得下的链接文字，就在这里写着](https://"
	"example.com/a?x=1;y=2)。\n\n"
	"[运行](javascript:alert(1)) 与 [信](mailto:x@example.com) 与 "
	"[控制](<https://example.com/\x01z>)\n\n"
	"## 第三条\n\n同样的字，没有链接。\n";

static char path[] = "/tmp/hyperlinks-XXXXXX";

static int set_up(void **state)
{
	int fd = mkstemp(path);
	(void)state;
	return fd < 0 || write(fd, issue, sizeof(issue) - 1) < 0 || close(fd) < 0;
}

static int tear_down(void **state)
{
	(void)state;
	return unlink(path);
}

static struct vt *start_on(const char *file, const char *type, const char *colors, int cols)
{
	static char sulan[512], term[64];
	const char *build = getenv("BUILD");
	snprintf(sulan, sizeof(sulan), "%s/sulan", build ? build : "build");
	snprintf(term, sizeof(term), "TERM=%s", type);
	const char *argv[] = {sulan, "--library", ":memory:", file, NULL};
	const char *env[] = {term, "LC_ALL=C.UTF-8", colors, NULL};
	struct vt *vt = vt_start(argv, env, 24, cols);
	assert_true(vt_wait_text(vt, "1/3", VT_PATIENCE));
	return vt;
}

static struct vt *start(const char *type, const char *colors, int cols)
{
	return start_on(path, type, colors, cols);
}

static void quit(struct vt *vt)
{
	int status = -1;
	vt_type(vt, "q");
	assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	vt_free(vt);
}

static size_t count(const struct vt *vt, const char *bytes, size_t from)
{
	size_t len, n = 0;
	const char *log = vt_log(vt, &len);
	for (const char *at = log + from;
	     (at = memmem(at, len - (size_t)(at - log), bytes, strlen(bytes))); at++)
		n++;
	return n;
}

#define OPENED "\x1b]8;id="
#define CLOSED "\x1b]8;;\x1b\\"

static void a_link_is_one_over_its_lines(void **state)
{
	struct vt *vt = start("xterm-256color", NULL, 100);
	(void)state;
	assert_int_equal(count(vt, OPENED, 0), 0);
	size_t from = vt_log_len(vt);
	vt_type(vt, "j");
	assert_true(vt_wait_text(vt, "就在这里写着", VT_PATIENCE));
	assert_true(vt_wait_quiet(vt, 100, VT_PATIENCE));
	assert_true(count(vt, "\x1b]8;id=sulan-1;https://example.com/a?x=1;y=2\x1b\\", from) >= 1);
	assert_int_equal(count(vt, OPENED, from), count(vt, CLOSED, from));
	assert_true(count(vt, "mailto:x@example.com\x1b\\", from) >= 1);
	assert_int_equal(count(vt, ";javascript:", from), 0);
	assert_int_equal(count(vt, "\x01", 0), 0);
	/* What is no link any more is drawn as such, and nothing else moves one. */
	from = vt_log_len(vt);
	vt_type(vt, "s");
	assert_true(vt_wait_text(vt, "★", VT_PATIENCE));
	assert_true(vt_wait_quiet(vt, 100, VT_PATIENCE));
	assert_int_equal(count(vt, "\x1b]8", from), 0);
	quit(vt);
}

static void a_screen_without_colours_has_links(void **state)
{
	struct vt *vt = start("xterm-256color", "NO_COLOR=1", 100);
	(void)state;
	vt_type(vt, "j");
	assert_true(vt_wait_text(vt, "就在这里写着", VT_PATIENCE));
	assert_true(vt_wait_quiet(vt, 100, VT_PATIENCE));
	assert_true(count(vt, OPENED, 0) >= 1);
	assert_int_equal(count(vt, "\x1b[38;", 0), 0);
	quit(vt);
}

static void terminals_that_cannot_take_links_get_none(void **state)
{
	static const char *const types[] = {"screen-256color", "linux", "vt100",
					    "rxvt-unicode-256color"};
	(void)state;
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++) {
		struct vt *vt = start(types[i], NULL, 100);
		vt_type(vt, "j");
		assert_true(vt_wait_text(vt, "就在这里写着", VT_PATIENCE));
		assert_true(vt_wait_quiet(vt, 100, VT_PATIENCE));
		assert_int_equal(count(vt, "\x1b]8", 0), 0);
		quit(vt);
	}
}

/* Stories that look the same and lead elsewhere, with more links than are kept for the next. */
static void links_that_look_the_same_are_told_apart(void **state)
{
	enum { LINKS = 260 };
	char file[] = "/tmp/hyperlinks-XXXXXX", where[64];
	FILE *out = fdopen(mkstemp(file), "w");
	(void)state;
	fputs("# 早报 2026-03-05\n\n", out);
	for (int story = 1; story <= 3; story++) {
		fputs("## 一样\n\n", out);
		for (int i = 0; i < LINKS; i++)
			fprintf(out, "[a](https://example.com/%d/%d) ", story, i);
		fputs("\n\n", out);
	}
	fclose(out);
	struct vt *vt = start_on(file, "xterm-256color", NULL, 100);
	for (int story = 2; story <= 3; story++) {
		size_t from = vt_log_len(vt);
		vt_type(vt, "j");
		assert_true(vt_wait_text(vt, story == 2 ? "2/3" : "3/3", VT_PATIENCE));
		assert_true(vt_wait_quiet(vt, 100, VT_PATIENCE));
		snprintf(where, sizeof(where), ";https://example.com/%d/", story);
		assert_true(count(vt, where, from) >= LINKS);
	}
	quit(vt);
	unlink(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_link_is_one_over_its_lines),
		cmocka_unit_test(a_screen_without_colours_has_links),
		cmocka_unit_test(links_that_look_the_same_are_told_apart),
		cmocka_unit_test(terminals_that_cannot_take_links_get_none),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
