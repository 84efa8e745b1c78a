/* The reader while the index behind it is deleted or damaged: it goes on, and says so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/file.h>

#include <term/vt.h>

#define ISSUE "tests/data/reference.md"
#define TITLE "编译器开始自己写测试"
#define TRIES 40

struct fixture {
	struct arena *arena;
	char folder[64];
	const char *sulan, *index;
	struct vt *vt;
};

static const char *in_folder(const struct fixture *f, const char *name)
{
	return arena_printf(f->arena, "%s/%s", f->folder, name);
}

static void make_old(const char *path)
{
	const struct timespec times[2] = {{1700000000, 0}, {1700000000, 0}};
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void write_file(const char *path, struct str text)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fwrite(text.p, 1, text.len, file);
	fclose(file);
	make_old(path);
}

static void import(const struct fixture *f)
{
	int status;
	pid_t pid = fork();
	if (pid == 0) {
		dup2(open("/dev/null", O_WRONLY), 1);
		execl(f->sulan, f->sulan, "--library", in_folder(f, "library"), "import",
		      in_folder(f, "issues"), (char *)NULL);
		_exit(127);
	}
	waitpid(pid, &status, 0);
	assert_int_equal(status, 0);
}

static void start(struct fixture *f)
{
	const char *argv[] = {f->sulan, "--library", in_folder(f, "library"),
			      "--lang", "en",        in_folder(f, "issues"),
			      NULL};
	const char *env[] = {"TERM=xterm-256color", "LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin",
			     "ASAN_OPTIONS=detect_leaks=1:log_path=stderr", NULL};
	f->vt = vt_start(argv, env, 24, 80);
	assert_true(vt_wait_text(f->vt, TITLE, VT_PATIENCE));
}

static void quit(struct fixture *f)
{
	int status = -1;
	vt_type(f->vt, "q");
	assert_true(vt_wait_exit(f->vt, VT_PATIENCE, &status));
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	vt_free(f->vt);
}

/* A reader on a library of one folder that was imported. */
static int set_up(void **state)
{
	struct fixture *f = mem_new(sizeof(*f));
	const char *build = getenv("BUILD");
	struct str issue;
	f->arena = arena_new();
	strcpy(f->folder, "/tmp/index-test-XXXXXX");
	assert_non_null(mkdtemp(f->folder));
	mkdir(in_folder(f, "issues"), 0700);
	f->sulan = arena_printf(f->arena, "%s/sulan", build ? build : "build");
	f->index = in_folder(f, "library/index.db");
	assert_true(file_read(ISSUE, f->arena, &issue, NULL));
	write_file(in_folder(f, "issues/2026-03-05.md"), issue);
	make_old(in_folder(f, "issues")); /* or it would be looked through again */
	import(f);
	start(f);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	quit(f);
	char rm[] = "rm", flag[] = "-rf", *command[] = {rm, flag, f->folder, NULL};
	pid_t pid = fork();
	if (pid == 0)
		execvp(rm, command);
	waitpid(pid, NULL, 0);
	arena_free(f->arena);
	free(f);
	return 0;
}

static void close_search(struct vt *vt)
{
	vt_type(vt, "\33");
	assert_true(vt_wait_no_text(vt, "search all:", VT_PATIENCE));
}

/* Whether the story is found sooner or later: the index is made beside the reading. */
static bool finds(struct vt *vt)
{
	for (int i = 0; i < TRIES; i++) {
		vt_type(vt, "F许可证");
		assert_true(vt_wait_text(vt, "search all: 许可证", VT_PATIENCE));
		bool is_found = vt_wait_text(vt, "1 found", 250);
		close_search(vt);
		if (is_found)
			return true;
	}
	return false;
}

static void a_deleted_index_comes_back(void **state)
{
	struct fixture *f = *state;
	assert_true(finds(f->vt));
	assert_int_equal(unlink(f->index), 0);
	vt_type(f->vt, "j");
	assert_true(finds(f->vt));
	assert_int_equal(access(f->index, F_OK), 0);
}

/* What is wrong stands on the screen although nobody pressed a key. */
static void a_damaged_index_is_made_again(void **state)
{
	struct fixture *f = *state;
	quit(f);
	assert_int_equal(truncate(f->index, 5000), 0);
	start(f);
	assert_true(vt_wait_bytes(f->vt, "set aside as", 12, 0, VT_PATIENCE));
	assert_true(finds(f->vt));
	assert_int_equal(access(arena_printf(f->arena, "%s.bad", f->index), F_OK), 0);
}

/* A reader who was not told of "sulan import" comes to a library as well. */
static void a_folder_is_taken_in_by_the_reader(void **state)
{
	struct fixture *f = *state;
	quit(f);
	assert_int_equal(unlink(f->index), 0);
	assert_int_equal(unlink(in_folder(f, "library/folders")), 0);
	start(f);
	vt_type(f->vt, "F许可证");
	assert_true(vt_wait_text(f->vt, "nothing has been indexed yet", VT_PATIENCE));
	close_search(f->vt);
	vt_type(f->vt, ":import\r");
	assert_true(vt_wait_text(f->vt, "in the library from now on", VT_PATIENCE));
	assert_true(finds(f->vt));
	quit(f);
	assert_int_equal(unlink(f->index), 0);
	start(f);
	assert_true(finds(f->vt)); /* it is remembered */
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_deleted_index_comes_back),
		TEST(a_damaged_index_is_made_again),
		TEST(a_folder_is_taken_in_by_the_reader),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
