/* Scripts while a reader is open in another terminal, with the whole library in front of it: what
 * they mark is seen at once, and what is marked in it they list. */
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
#include <sulan/str.h>

#include <term/vt.h>

struct fixture {
	struct arena *arena;
	char folder[64];
	const char *sulan, *config;
	const char *env[8];
};

static const char *in_folder(const struct fixture *f, const char *name)
{
	return arena_printf(f->arena, "%s/%s", f->folder, name);
}

/* Under another name, then in one step. */
static void deliver(const struct fixture *f, const char *name, const char *text)
{
	FILE *file = fopen(in_folder(f, "issues/.new"), "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(rename(in_folder(f, "issues/.new"),
				arena_printf(f->arena, "%s/issues/%s", f->folder, name)),
			 0);
}

#define ISSUE(day, one, two) "# 早报 " day "\n\n## " one "\n\n正文甲\n\n## " two "\n\n正文乙\n"

static int set_up(void **state)
{
	struct fixture *f = mem_new(sizeof(*f));
	const char *build = getenv("BUILD");
	f->arena = arena_new();
	strcpy(f->folder, "/tmp/outside-test-XXXXXX");
	assert_non_null(mkdtemp(f->folder));
	assert_int_equal(mkdir(in_folder(f, "issues"), 0700), 0);
	f->sulan = arena_printf(f->arena, "%s/sulan", build ? build : "build");
	f->config = in_folder(f, "config.ini");
	f->env[0] = "TERM=xterm-256color";
	f->env[1] = "LC_ALL=C.UTF-8";
	f->env[2] = "PATH=/usr/bin:/bin";
	f->env[3] = arena_printf(f->arena, "XDG_DATA_HOME=%s", in_folder(f, "data"));
	f->env[4] = arena_printf(f->arena, "XDG_CACHE_HOME=%s", in_folder(f, "cache"));
	f->env[5] = "ASAN_OPTIONS=detect_leaks=1:log_path=stderr";
	deliver(f, "2026-01-05.md", ISSUE("2026-01-05", "旧闻一", "旧闻二"));
	deliver(f, "2026-01-06.md", ISSUE("2026-01-06", "新闻一", "新闻二"));
	FILE *file = fopen(f->config, "w");
	assert_non_null(file);
	fprintf(file, "start = inbox\nhints = no\n[publication 早报]\npath = %s\n",
		in_folder(f, "issues"));
	assert_int_equal(fclose(file), 0);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	assert_int_equal(system(arena_printf(f->arena, "rm -rf %s", f->folder)), 0);
	arena_free(f->arena);
	free(f);
	return 0;
}

#define WORDS_MAX 8

/* What a command says, in a terminal of its own; its exit status has to be `wanted`. */
static const char *say(const struct fixture *f, int wanted, const char *words)
{
	const char *argv[WORDS_MAX + 4] = {f->sulan, "-C", f->config};
	struct str rest = str_of(words), word;
	int status = -1;
	for (size_t i = 3; i < WORDS_MAX + 3 && str_cut(&rest, ' ', &word); i++)
		argv[i] = str_dup(f->arena, word);
	struct vt *vt = vt_start(argv, f->env, 12, 200);
	assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
	const char *text = str_dup(f->arena, str_of(vt_text(vt)));
	vt_free(vt);
	assert_int_equal(WEXITSTATUS(status), wanted);
	return text;
}

/* The id of the only story a filter lets through. */
static const char *id_of(const struct fixture *f, const char *filter)
{
	const char *line = say(f, 0, arena_printf(f->arena, "list --format tsv %s", filter));
	return str_dup(f->arena, str_sub(str_of(line), 0, 16));
}

static void mark(const struct fixture *f, const char *how, const char *id)
{
	say(f, 0, arena_printf(f->arena, "mark %s %s", how, id));
}

static struct vt *start(const struct fixture *f)
{
	const char *argv[] = {f->sulan, "-C", f->config, NULL};
	struct vt *vt = vt_start(argv, f->env, 16, 110);
	assert_true(vt_wait_text(vt, "收件箱 4", VT_PATIENCE));
	assert_true(vt_wait_text(vt, "新闻一", VT_PATIENCE));
	return vt;
}

static void quit(struct vt *vt)
{
	int status = -1;
	vt_type(vt, "q");
	assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
	assert_int_equal(WEXITSTATUS(status), 0);
	vt_free(vt);
}

static void marks_from_outside_are_seen(void **state)
{
	const struct fixture *f = *state;
	say(f, 0, "import");
	const char *id = id_of(f, "title:旧闻一");
	struct vt *vt = start(f);
	mark(f, "star", id);
	assert_true(vt_wait_text(vt, "星标 1", VT_PATIENCE));
	mark(f, "tag 要事", id);
	assert_true(vt_wait_text(vt, "要事 1", VT_PATIENCE));
	mark(f, "read", id);
	assert_true(vt_wait_text(vt, "收件箱 3", VT_PATIENCE));
	mark(f, "dismiss", id_of(f, "title:旧闻二"));
	assert_true(vt_wait_text(vt, "已略过 1", VT_PATIENCE));
	assert_true(vt_wait_no_text(vt, "旧闻二", VT_PATIENCE));
	/* The reader takes back what others did. */
	vt_type(vt, "u");
	assert_true(vt_wait_text(vt, "旧闻二", VT_PATIENCE));
	quit(vt);
	assert_non_null(strstr(say(f, 0, "list unread"), "旧闻二"));
}

static void marks_inside_are_seen_from_outside(void **state)
{
	const struct fixture *f = *state;
	say(f, 0, "import");
	say(f, 1, "list star");
	struct vt *vt = start(f);
	vt_type(vt, "s");
	assert_true(vt_wait_text(vt, "星标 1", VT_PATIENCE));
	assert_non_null(strstr(say(f, 0, "list star"), "新闻一"));
	assert_non_null(strstr(say(f, 0, "export --format tsv"), "新闻一"));
	vt_type(vt, "jd");
	assert_true(vt_wait_text(vt, "已略过 1", VT_PATIENCE));
	assert_non_null(strstr(say(f, 0, "list dismissed"), "新闻二"));
	assert_null(strstr(say(f, 0, "list"), "新闻二"));
	assert_non_null(strstr(say(f, 0, "search 正文乙"), "新闻二"));
	quit(vt);
}

static void issues_come_into_the_open_library(void **state)
{
	const struct fixture *f = *state;
	say(f, 0, "import");
	struct vt *vt = start(f);
	vt_type(vt, "jj");
	assert_true(vt_wait_text(vt, "3/4", VT_PATIENCE));
	deliver(f, "2026-01-07.md", ISSUE("2026-01-07", "快讯一", "快讯二"));
	/* What is new stands above; the story that is being read stays where it is. */
	assert_true(vt_wait_text(vt, "收件箱 6", VT_PATIENCE));
	assert_true(vt_wait_text(vt, "新的一期：2026-01-07.md", VT_PATIENCE));
	vt_type(vt, "\r");
	assert_true(vt_wait_text(vt, "5/6", VT_PATIENCE));
	assert_true(vt_wait_text(vt, "正文甲", VT_PATIENCE));
	vt_type(vt, "hgg");
	assert_true(vt_wait_text(vt, "快讯一", VT_PATIENCE));
	/* Another program imports. */
	assert_int_equal(unlink(in_folder(f, "issues/2026-01-05.md")), 0);
	say(f, 0, "import");
	assert_true(vt_wait_no_text(vt, "旧闻一", VT_PATIENCE));
	assert_true(vt_wait_text(vt, "收件箱 4", VT_PATIENCE));
	quit(vt);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(marks_from_outside_are_seen, set_up, tear_down),
		cmocka_unit_test_setup_teardown(marks_inside_are_seen_from_outside, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(issues_come_into_the_open_library, set_up,
						tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
