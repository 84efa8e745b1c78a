/* Issues that come while one is being read: nothing that is read moves, nothing waits for a source,
 * and one that fails says so on its row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include <sulan/arena.h>

#include <term/vt.h>

struct fixture {
	struct arena *arena;
	char folder[64];
	const char *sulan, *config;
	const char *env[6];
};

static const char *in_folder(const struct fixture *f, const char *name)
{
	return arena_printf(f->arena, "%s/%s", f->folder, name);
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

/* As a delivery does it: under another name, then in one step. */
static void deliver(const struct fixture *f, const char *name, const char *text)
{
	write_file(in_folder(f, "issues/.new"), text);
	assert_int_equal(rename(in_folder(f, "issues/.new"),
				arena_printf(f->arena, "%s/issues/%s", f->folder, name)),
			 0);
}

#define ISSUE(day, title) "# 早报 " day "\n\n## " title "\n\n正文\n\n## 第二条\n\n正文\n"

static int set_up(void **state)
{
	struct fixture *f = mem_new(sizeof(*f));
	const char *build = getenv("BUILD");
	f->arena = arena_new();
	strcpy(f->folder, "/tmp/sources-test-XXXXXX");
	assert_non_null(mkdtemp(f->folder));
	assert_int_equal(mkdir(in_folder(f, "issues"), 0700), 0);
	assert_int_equal(mkfifo(in_folder(f, "fifo"), 0600), 0);
	f->sulan = arena_printf(f->arena, "%s/sulan", build ? build : "build");
	f->config = in_folder(f, "config.ini");
	f->env[0] = "TERM=xterm-256color";
	f->env[1] = "LC_ALL=C.UTF-8";
	f->env[2] = "PATH=/usr/bin:/bin";
	f->env[3] = arena_printf(f->arena, "XDG_DATA_HOME=%s", in_folder(f, "data"));
	f->env[4] = "ASAN_OPTIONS=detect_leaks=1:log_path=stderr";
	deliver(f, "2026-01-05.md", ISSUE("2026-01-05", "旧闻"));
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	const char *argv = arena_printf(f->arena, "rm -rf %s", f->folder);
	assert_int_equal(system(argv), 0);
	arena_free(f->arena);
	free(f);
	return 0;
}

static struct vt *start(const struct fixture *f, const char *sources)
{
	const char *argv[] = {f->sulan, "-C", f->config, NULL};
	write_file(f->config, arena_printf(f->arena, "[publication 早报]\npath = %s/issues\n%s",
					   f->folder, sources));
	struct vt *vt = vt_start(argv, f->env, 24, 120);
	assert_true(vt_wait_text(vt, "旧闻", VT_PATIENCE));
	return vt;
}

static void quit(struct vt *vt)
{
	int status = -1;
	vt_type(vt, "q");
	assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	vt_free(vt);
}

static void a_new_issue_of_a_folder_is_there_and_nothing_moves(void **state)
{
	const struct fixture *f = *state;
	struct vt *vt = start(f, "");
	vt_type(vt, "j");
	assert_true(vt_wait_text(vt, "2/2 全部", VT_PATIENCE));
	deliver(f, "2026-01-07.md", ISSUE("2026-01-07", "新闻"));
	assert_true(vt_wait_text(vt, "新的一期：2026-01-07.md", VT_PATIENCE));
	assert_true(vt_wait_text(vt, "早报  2026-01-05", VT_PATIENCE));
	assert_null(strstr(vt_text(vt), "新闻"));
	vt_type(vt, "zz");
	assert_true(vt_wait_text(vt, "2/2 全部", VT_PATIENCE));
	deliver(f, "2026-01-06.md", ISSUE("2026-01-06", "中间"));
	assert_true(vt_wait_text(vt, "新的一期：2026-01-06.md", VT_PATIENCE));
	vt_type(vt, "]");
	assert_true(vt_wait_text(vt, "中间", VT_PATIENCE));
	vt_type(vt, "]");
	assert_true(vt_wait_text(vt, "新闻", VT_PATIENCE));
	quit(vt);
}

static void an_issue_that_changes_stays_until_it_is_reloaded(void **state)
{
	const struct fixture *f = *state;
	struct vt *vt = start(f, "");
	deliver(f, "2026-01-05.md", ISSUE("2026-01-05", "改过"));
	assert_true(vt_wait_text(vt, "这一期有变动", VT_PATIENCE));
	assert_non_null(strstr(vt_text(vt), "旧闻"));
	vt_type(vt, "R");
	assert_true(vt_wait_text(vt, "改过", VT_PATIENCE));
	quit(vt);
}

static void nothing_waits_for_a_source(void **state)
{
	const struct fixture *f = *state;
	struct vt *vt = start(f, arena_printf(f->arena, "[publication 慢]\ncommand = cat %s\n",
					      in_folder(f, "fifo")));
	assert_true(vt_wait_text(vt, "0/1  慢  正在取", VT_PATIENCE));
	vt_type(vt, "R\r");
	assert_true(vt_wait_text(vt, "正文", VT_PATIENCE));
	vt_type(vt, "hgR");
	assert_true(vt_wait_text(vt, "│ 慢", VT_PATIENCE));
	vt_type(vt, "q");
	write_file(in_folder(f, "fifo"), ISSUE("2026-01-09", "来了"));
	assert_true(vt_wait_text(vt, "新到 1 期", VT_PATIENCE));
	vt_type(vt, "]");
	assert_true(vt_wait_text(vt, "来了", VT_PATIENCE));
	quit(vt);
}

static void a_source_that_fails_says_so_on_its_row(void **state)
{
	const struct fixture *f = *state;
	struct vt *vt = start(f, "[publication 坏]\ncommand = /nonexistent/program\n"
				 "[publication 静]\ncommand = true\n");
	assert_true(vt_wait_text(vt, "没有送到的来源：1", VT_PATIENCE)); /* its first delivery */
	vt_type(vt, "gR");
	assert_true(vt_wait_text(vt, "启动不了：No such file", VT_PATIENCE));
	assert_true(vt_wait_text(vt, "1 分钟后再试", VT_PATIENCE));
	assert_true(vt_wait_text(vt, "新到 0 期", VT_PATIENCE));
	vt_type(vt, "R"); /* again, and the wait doubles */
	assert_true(vt_wait_text(vt, "2 分钟后再试", VT_PATIENCE));
	assert_true(vt_wait_text(vt, "新到 0 期", VT_PATIENCE)); /* the other one has ended */
	vt_type(vt, "q");
	assert_true(vt_wait_text(vt, "旧闻", VT_PATIENCE));
	quit(vt);
}

static void quitting_does_not_wait_either(void **state)
{
	const struct fixture *f = *state;
	struct vt *vt = start(f, arena_printf(f->arena, "[publication 慢]\ncommand = cat %s\n",
					      in_folder(f, "fifo")));
	vt_type(vt, "R");
	assert_true(vt_wait_text(vt, "正在取", VT_PATIENCE));
	quit(vt);
	write_file(in_folder(f, "fifo"), ""); /* lets it end */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_new_issue_of_a_folder_is_there_and_nothing_moves),
		TEST(an_issue_that_changes_stays_until_it_is_reloaded),
		TEST(nothing_waits_for_a_source),
		TEST(a_source_that_fails_says_so_on_its_row),
		TEST(quitting_does_not_wait_either),
	};
	return cmocka_run_group_tests_name("sources", tests, NULL, NULL);
}
