/* A configuration with faults: the reader shows them where it is read, and leaves them on the
 * terminal when it is gone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include <sulan/str.h>

#include <term/vt.h>

#define ISSUE "tests/data/reference.md"

static struct vt *start_with(const char *config, char path[64])
{
	static const char *const env[] = {"TERM=xterm-256color", "LC_ALL=C.UTF-8",
					  "PATH=/usr/bin:/bin", NULL};
	const char *build = getenv("BUILD");
	char sulan[512];
	snprintf(sulan, sizeof(sulan), "%s/sulan", build ? build : "build");
	strcpy(path, "/tmp/config-test-XXXXXX");
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, config, strlen(config)), strlen(config));
	close(fd);
	const char *argv[] = {sulan, "-C", path, "--library", ":memory:", ISSUE, NULL};
	return vt_start(argv, env, 24, 80);
}

static bool has_said(const struct vt *vt, const char *text)
{
	size_t len;
	const char *log = vt_log(vt, &len);
	return str_find((struct str){log, len}, str_of(text), 0) != STR_NOT_FOUND;
}

static void quit(struct vt *vt, const char *path)
{
	vt_type(vt, "q");
	assert_true(vt_wait_exit(vt, VT_PATIENCE, NULL));
	unlink(path);
}

static void faults_of_keys_and_views_are_shown(void **state)
{
	char path[64];
	struct vt *vt = start_with("[keys]\nx = nonesuch\n[views]\n大事 = star cat:\n", path);
	(void)state;
	assert_true(vt_wait_text(vt, "有 2 行看不懂（见 sulan doctor）", VT_PATIENCE));
	assert_true(vt_wait_text(vt, ":2: 没有命令“nonesuch”", VT_PATIENCE));
	assert_false(has_said(vt, "sulan: "));
	quit(vt, path);
	assert_true(has_said(vt, ":2: 没有命令“nonesuch”；按 ? 查看全部\r\nsulan: "));
	assert_true(has_said(vt, ":4: 第 6 列的字段后面没有内容"));
	vt_free(vt);
}

static void the_only_fault_is_shown_without_its_folder(void **state)
{
	char path[64];
	struct vt *vt = start_with("measur = 3\n", path);
	(void)state;
	assert_true(vt_wait_text(vt, strrchr(path, '/') + 1, VT_PATIENCE));
	assert_true(vt_wait_text(vt, ":1: 没有选项“measur”；", VT_PATIENCE));
	assert_false(has_said(vt, "/tmp/"));
	quit(vt, path);
	vt_free(vt);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(faults_of_keys_and_views_are_shown),
		cmocka_unit_test(the_only_fault_is_shown_without_its_folder),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
