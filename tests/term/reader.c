/* The program itself on a terminal: started as its readers start it, read by a terminal emulator.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include <sulan/arena.h>
#include <sulan/file.h>

#include <term/vt.h>

#define ISSUE "tests/data/reference.md"
#define TITLE "编译器开始自己写测试"

struct fixture {
	struct arena *arena;
	char folder[64];
	const char *sulan, *record;
	const char *env[8];
};

static const char *in_folder(const struct fixture *f, const char *name)
{
	return arena_printf(f->arena, "%s/%s", f->folder, name);
}

/* An opener that writes down its arguments, a line each. */
static void add_opener(const struct fixture *f)
{
	const char *path = in_folder(f, "browser");
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fprintf(file, "#!/bin/sh\nprintf '%%s\\n' \"$#\" \"$@\" >%s.new\nmv %s.new %s\n", f->record,
		f->record, f->record);
	fclose(file);
	assert_int_equal(chmod(path, 0755), 0);
}

static int set_up(void **state)
{
	struct fixture *f = mem_new(sizeof(*f));
	const char *build = getenv("BUILD");
	f->arena = arena_new();
	strcpy(f->folder, "/tmp/reader-test-XXXXXX");
	assert_non_null(mkdtemp(f->folder));
	f->sulan = arena_printf(f->arena, "%s/sulan", build ? build : "build");
	f->record = in_folder(f, "record");
	f->env[0] = "TERM=xterm-256color";
	f->env[1] = "LC_ALL=C.UTF-8";
	f->env[2] = "PATH=/usr/bin:/bin";
	f->env[3] = arena_printf(f->arena, "BROWSER=%s", in_folder(f, "browser"));
	f->env[4] = "ASAN_OPTIONS=detect_leaks=1:log_path=stderr";
	add_opener(f);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	unlink(f->record);
	unlink(in_folder(f, "browser"));
	unlink(in_folder(f, "issue.md"));
	assert_int_equal(rmdir(f->folder), 0);
	arena_free(f->arena);
	free(f);
	return 0;
}

static struct vt *start(const struct fixture *f, const char *path, int rows, int cols)
{
	const char *argv[] = {f->sulan, path, NULL};
	return vt_start(argv, f->env, rows, cols);
}

static void quit(struct vt *vt)
{
	int status = -1;
	vt_type(vt, "q");
	assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void it_shows_the_issue_and_quits(void **state)
{
	struct vt *vt = start(*state, ISSUE, 24, 80);
	struct termios before = vt_termios(vt), after;
	assert_true(vt_wait_text(vt, TITLE, VT_PATIENCE));
	assert_true(vt_wait_text(vt, "测试早报  2026-03-05 周四", VT_PATIENCE));
	assert_true(vt_wait_text(vt, "工具链 2", VT_PATIENCE));
	assert_true(vt_is_alternate(vt));
	quit(vt);
	after = vt_termios(vt);
	assert_false(vt_is_alternate(vt));
	assert_false(vt_has_mouse(vt));
	(void)before;
	assert_true(after.c_lflag & ICANON);
	assert_true(after.c_lflag & ECHO);
	vt_free(vt);
}

static void it_moves_and_opens_a_story(void **state)
{
	struct vt *vt = start(*state, ISSUE, 24, 80);
	assert_true(vt_wait_text(vt, "1/6 全部", VT_PATIENCE));
	vt_type(vt, "j");
	assert_true(vt_wait_text(vt, "2/6 全部", VT_PATIENCE));
	vt_type(vt, "\r");
	assert_true(vt_wait_text(vt, "核心洞察", VT_PATIENCE));
	assert_true(vt_wait_text(vt, "900MB", VT_PATIENCE));
	vt_type(vt, "h\033[A");
	assert_true(vt_wait_text(vt, "1/6 全部", VT_PATIENCE));
	quit(vt);
	vt_free(vt);
}

static void it_opens_a_link_as_one_argument(void **state)
{
	struct fixture *f = *state;
	struct vt *vt = start(f, ISSUE, 24, 80);
	struct str record;
	assert_true(vt_wait_text(vt, TITLE, VT_PATIENCE));
	vt_type(vt, "o");
	assert_true(vt_wait_text(vt, "打开：example.com", VT_PATIENCE));
	/* The opener runs on its own; the screen answers meanwhile. */
	for (int i = 0; access(f->record, R_OK) != 0 && i < 500; i++) {
		vt_type(vt, i % 2 ? "k" : "j");
		assert_true(vt_wait_text(vt, i % 2 ? "1/6" : "2/6", VT_PATIENCE));
	}
	assert_true(file_read(f->record, f->arena, &record, NULL));
	assert_true(str_is(record, "1\nhttps://example.com/s/a1\n"));
	vt_free(vt);
}

static void it_refuses_what_is_no_web_address(void **state)
{
	struct fixture *f = *state;
	const char *path = in_folder(f, "issue.md");
	FILE *file = fopen(path, "w");
	fputs("# x 2026-01-01\n\n## 一\n\n> **来源：** [a](javascript:alert(1)) 、 "
	      "[b](file:///etc/passwd) 、 [c](-rf)\n\n二\n",
	      file);
	fclose(file);
	struct vt *vt = start(f, path, 24, 80);
	assert_true(vt_wait_text(vt, "1/1", VT_PATIENCE));
	vt_type(vt, "o");
	assert_true(vt_wait_text(vt, "不打开：javascript:alert(1)", VT_PATIENCE));
	vt_type(vt, "2o");
	assert_true(vt_wait_text(vt, "不打开：file:///etc/passwd", VT_PATIENCE));
	vt_type(vt, "3o");
	assert_true(vt_wait_text(vt, "不打开：-rf", VT_PATIENCE));
	assert_int_not_equal(access(f->record, R_OK), 0);
	quit(vt);
	vt_free(vt);
}

static void it_writes_what_is_starred_and_gives_it_to_programs(void **state)
{
	struct fixture *f = *state;
	struct str text;
	const char *file = in_folder(f, "record");
	struct vt *vt = start(f, ISSUE, 24, 80);
	assert_true(vt_wait_text(vt, TITLE, VT_PATIENCE));
	vt_type(vt, "sS\x15");
	vt_type(vt, file);
	vt_type(vt, "\r");
	assert_true(vt_wait_text(vt, "1 条写到了", VT_PATIENCE));
	assert_true(file_read(file, f->arena, &text, NULL));
	assert_true(str_starts(text, "# 速览摘选 2026-03-05\n\n## " TITLE));
	vt_type(vt, "jsS\x15");
	vt_type(vt, in_folder(f, "rec\t\r"));
	assert_true(vt_wait_text(vt, "已有此文件", VT_PATIENCE));
	assert_true(vt_wait_text(vt, file, VT_PATIENCE));
	vt_type(vt, "\r");
	assert_true(vt_wait_text(vt, "2 条写到了", VT_PATIENCE));
	assert_true(file_read(file, f->arena, &text, NULL));
	assert_int_not_equal(str_find(text, STR("## 边缘推理盒子"), 0), STR_NOT_FOUND);
	vt_type(vt, "k|cat\r");
	assert_true(vt_wait_text(vt, "- 可疑点排序", VT_PATIENCE));
	assert_true(vt_wait_text(vt, "按任意键", VT_PATIENCE));
	vt_type(vt, " ");
	assert_true(vt_wait_text(vt, "从 cat 回来了", VT_PATIENCE));
	vt_type(vt, "|& grep -q nonesuch\r");
	assert_true(vt_wait_text(vt, "后台失败：grep: status 1", VT_PATIENCE));
	quit(vt);
	vt_free(vt);
}

static void it_follows_the_size(void **state)
{
	struct vt *vt = start(*state, ISSUE, 24, 80);
	assert_true(vt_wait_text(vt, TITLE, VT_PATIENCE));
	assert_true(vt_wait_no_text(vt, "核心洞察", VT_PATIENCE));
	vt_resize(vt, 40, 120);
	assert_true(vt_wait_text(vt, "核心洞察", VT_PATIENCE));
	vt_resize(vt, 1, 1);
	vt_resize(vt, 3, 10);
	assert_true(vt_wait_text(vt, "至少", VT_PATIENCE));
	vt_resize(vt, 12, 40);
	assert_true(vt_wait_text(vt, "编译器开始", VT_PATIENCE));
	quit(vt);
	vt_free(vt);
}

static void it_suspends_and_comes_back(void **state)
{
	struct vt *vt = start(*state, ISSUE, 24, 80);
	assert_true(vt_wait_text(vt, TITLE, VT_PATIENCE));
	vt_type(vt, "\032");
	assert_true(vt_wait_stop(vt, VT_PATIENCE));
	assert_false(vt_is_alternate(vt));
	vt_resize(vt, 30, 90);
	vt_continue(vt);
	assert_true(vt_wait_text(vt, TITLE, VT_PATIENCE));
	assert_true(vt_is_alternate(vt));
	quit(vt);
	vt_free(vt);
}

static void it_ends_with_the_signal_that_ends_it(void **state)
{
	struct vt *vt = start(*state, ISSUE, 24, 80);
	int status = 0;
	assert_true(vt_wait_text(vt, TITLE, VT_PATIENCE));
	vt_signal(vt, SIGTERM);
	assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
	assert_false(vt_is_alternate(vt));
	vt_free(vt);
}

static void it_reads_a_pipe_with_keys_from_the_terminal(void **state)
{
	struct fixture *f = *state;
	const char *argv[] = {"/bin/sh", "-c",
			      arena_printf(f->arena, "cat " ISSUE " | %s", f->sulan), NULL};
	struct vt *vt = vt_start(argv, f->env, 24, 80);
	assert_true(vt_wait_text(vt, "1/6 全部", VT_PATIENCE));
	vt_type(vt, "j");
	assert_true(vt_wait_text(vt, "2/6 全部", VT_PATIENCE));
	vt_type(vt, "q");
	assert_true(vt_wait_exit(vt, VT_PATIENCE, NULL));
	vt_free(vt);
}

static void it_sends_nothing_raw(void **state)
{
	struct vt *vt = start(*state, "tests/data/hostile.md", 40, 120);
	size_t len;
	assert_true(vt_wait_text(vt, "1/1", VT_PATIENCE));
	vt_type(vt, "\rJJG?q;q/x\r");
	assert_true(vt_wait_quiet(vt, 100, VT_PATIENCE));
	const char *log = vt_log(vt, &len);
	assert_null(memmem(log, len, "\033]0;PWNED", 9));
	assert_null(memmem(log, len, "\033]52", 4));
	assert_null(memmem(log, len, "\xc2\x9b", 2));
	assert_null(memmem(log, len, "\xe2\x80\xae", 3));
	assert_null(memmem(log, len, "\xe2\x81\xa6", 3));
	vt_free(vt);
}

static void it_works_without_a_locale(void **state)
{
	struct fixture *f = *state;
	const char *env[] = {f->env[0], f->env[2], NULL};
	const char *argv[] = {f->sulan, ISSUE, NULL};
	struct vt *vt = vt_start(argv, env, 24, 80);
	assert_true(vt_wait_text(vt, TITLE, VT_PATIENCE));
	quit(vt);
	vt_free(vt);
}

static void it_says_what_is_wrong_with_the_terminal(void **state)
{
	struct fixture *f = *state;
	const char *argv[] = {f->sulan, "--lang", "en", ISSUE, NULL};
	static const char *const terms[] = {"TERM=dumb", "TERM=nosuchterm", "TERM="};
	for (size_t i = 0; i < 3; i++) {
		const char *env[] = {terms[i], f->env[1], f->env[2], NULL};
		struct vt *vt = vt_start(argv, env, 24, 200); /* in one row */
		int status = 0;
		assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 2);
		assert_non_null(strstr(vt_text(vt), "sulan print"));
		vt_free(vt);
	}
}

static void it_uses_no_colours_when_asked(void **state)
{
	struct fixture *f = *state;
	const char *argv[] = {f->sulan, ISSUE, NULL};
	const char *env[] = {f->env[0], f->env[1], f->env[2], "NO_COLOR=1", NULL};
	struct vt *vt = vt_start(argv, env, 40, 120);
	assert_true(vt_wait_text(vt, TITLE, VT_PATIENCE));
	for (int row = 0; row < 40; row++) {
		for (int col = 0; col < 120; col++) {
			struct vt_cell cell = vt_cell(vt, row, col);
			assert_int_equal(cell.fg.kind, VT_COLOR_DEFAULT);
			assert_int_equal(cell.bg.kind, VT_COLOR_DEFAULT);
		}
	}
	quit(vt);
	vt_free(vt);
}

static void the_seed_opens_at_every_size(void **state)
{
	static const int sizes[][2] = {{24, 80}, {40, 120}, {12, 40}, {5, 20}, {50, 200}, {15, 99}};
	if (!file_is_dir("../shared/seed")) {
		skip();
		return;
	}
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		struct vt *vt = start(*state, "../shared/seed", sizes[i][0], sizes[i][1]);
		assert_true(vt_wait_text(vt, "1/23", VT_PATIENCE));
		vt_type(vt, "jj\r");
		assert_true(vt_wait_text(vt, "卢宗青", VT_PATIENCE));
		vt_type(vt, "q");
		quit(vt);
		vt_free(vt);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* `sulan mark star` for the first story, as a script would. */
static int mark(const struct fixture *f, const char *verb)
{
	return system(arena_printf(f->arena,
				   "id=$(%s list --format tsv -- " ISSUE
				   " | head -n 1 | cut -f 1); XDG_DATA_HOME=%s "
				   "%s mark %s $id -- " ISSUE,
				   f->sulan, in_folder(f, "data"), f->sulan, verb));
}

static void it_shows_what_another_program_marks(void **state)
{
	struct fixture *f = *state;
	f->env[5] = arena_printf(f->arena, "XDG_DATA_HOME=%s", in_folder(f, "data"));
	assert_int_equal(mark(f, "later"), 0); /* before it is open */
	struct vt *vt = start(f, ISSUE, 24, 80);
	assert_true(vt_wait_text(vt, "◷", VT_PATIENCE));
	assert_int_equal(mark(f, "star"), 0); /* no key is typed */
	assert_true(vt_wait_text(vt, "★", VT_PATIENCE));
	vt_type(vt, "rk");
	assert_true(vt_wait_text(vt, "未读 5/6", VT_PATIENCE));
	quit(vt);
	vt_free(vt);
	vt = start(f, ISSUE, 24, 80);
	assert_true(vt_wait_text(vt, "未读 5/6", VT_PATIENCE));
	assert_true(vt_wait_text(vt, "★", VT_PATIENCE));
	quit(vt);
	vt_free(vt);
	f->env[5] = NULL;
	assert_int_equal(system(arena_printf(f->arena, "rm -r %s", in_folder(f, "data"))), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_shows_the_issue_and_quits),
		TEST(it_moves_and_opens_a_story),
		TEST(it_opens_a_link_as_one_argument),
		TEST(it_refuses_what_is_no_web_address),
		TEST(it_shows_what_another_program_marks),
		TEST(it_writes_what_is_starred_and_gives_it_to_programs),
		TEST(it_follows_the_size),
		TEST(it_suspends_and_comes_back),
		TEST(it_ends_with_the_signal_that_ends_it),
		TEST(it_reads_a_pipe_with_keys_from_the_terminal),
		TEST(it_sends_nothing_raw),
		TEST(it_works_without_a_locale),
		TEST(it_says_what_is_wrong_with_the_terminal),
		TEST(it_uses_no_colours_when_asked),
		TEST(the_seed_opens_at_every_size),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
