/* Journals on disk: what is shown as done is there after a restart, whatever happens to the file.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <signal.h>

#include <marking.h>
#include <random.h>
#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/file.h>
#include <sulan/identity.h>
#include <sulan/issue.h>
#include <sulan/journal.h>
#include <sulan/triage.h>

static bool star(struct reader *r, const char *id, bool value)
{
	struct triage_step step = {.id = str_of(id), .field = TRIAGE_STAR, .value = value};
	return triage_change(r->triage, &step, 1, NULL, &r->err);
}

static bool is_starred(const struct reader *r, const char *id)
{
	return triage_state(r->triage, str_of(id)).is_starred;
}

/* A folder for one test, by name; it is removed by the test's end. */
static const char *new_home(void **state)
{
	char *home = *state;
	strcpy(home, "/tmp/sulan-journal-XXXXXX");
	assert_non_null(mkdtemp(home));
	return home;
}

static int make_room(void **state)
{
	*state = mem_new(64);
	return 0;
}

static int clean_up(void **state)
{
	static const char *const patterns[] = {
		"%s/state/.*.new", "%s/state/*", "%s/backup/*", "%s/state",
		"%s/backup",       "%s/*",       "%s"};
	for (size_t p = 0; p < sizeof(patterns) / sizeof(*patterns); p++) {
		char pattern[128];
		glob_t found;
		snprintf(pattern, sizeof(pattern), patterns[p], (char *)*state);
		if (glob(pattern, 0, NULL, &found) != 0)
			continue;
		for (size_t i = 0; i < found.gl_pathc; i++)
			if (unlink(found.gl_pathv[i]) != 0)
				rmdir(found.gl_pathv[i]);
		globfree(&found);
	}
	free(*state);
	return 0;
}

static char *journal_path(const char *home, const char *name)
{
	static char path[128];
	snprintf(path, sizeof(path), "%s/state/%s.journal", home, name);
	return path;
}

static void marks_survive_a_restart_and_undo_goes_back_over_it(void **state)
{
	const char *home = new_home(state);
	struct reader r = start(home, "one");
	size_t n;
	struct stat st;
	assert_int_equal(r.err.code, ERROR_NONE);
	assert_true(stat(journal_path(home, "one"), &st) != 0); /* reading writes nothing */
	assert_true(star(&r, "a", true) && star(&r, "b", true) && star(&r, "c", true));
	assert_true(triage_undo(r.triage, &n, NULL, NULL) && n == 1);
	stop(&r);
	r = start(home, "two"); /* it has a name by now */
	assert_true(is_starred(&r, "a") && is_starred(&r, "b") && !is_starred(&r, "c"));
	assert_true(triage_redo(r.triage, &n, NULL, NULL) && n == 1 && is_starred(&r, "c"));
	for (int i = 0; i < 3; i++)
		assert_true(triage_undo(r.triage, &n, NULL, NULL) && n == 1);
	assert_true(triage_undo(r.triage, &n, NULL, NULL) && n == 0);
	assert_false(is_starred(&r, "a"));
	stop(&r);
	r = start(home, "two");
	assert_true(triage_redo(r.triage, &n, NULL, NULL) && n == 1 && is_starred(&r, "a"));
	assert_true(stat(journal_path(home, "two"), &st) != 0);
	assert_int_equal(stat(journal_path(home, "one"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	stop(&r);
}

static void two_programs_see_each_other(void **state)
{
	const char *home = new_home(state);
	struct reader a = start(home, "one"), b = start(home, "one");
	size_t n;
	assert_true(star(&a, "a", true));
	assert_true(star(&b, "b", true)); /* sees the first by taking its turn */
	assert_true(is_starred(&b, "a"));
	assert_true(journal_is_stale(a.journal));
	assert_true(journal_poll(a.journal, a.triage, &n, NULL) && n == 1 && is_starred(&a, "b"));
	assert_false(journal_is_stale(a.journal));
	assert_true(triage_undo(a.triage, &n, NULL, NULL) && n == 1); /* the device's last change */
	assert_false(is_starred(&a, "b"));
	assert_true(journal_poll(b.journal, b.triage, &n, NULL) && !is_starred(&b, "b"));
	assert_true(triage_redo(b.triage, &n, NULL, NULL) && n == 1 && is_starred(&b, "b"));
	stop(&a);
	stop(&b);
}

static void add_bytes(const char *path, const char *bytes)
{
	FILE *file = fopen(path, "a");
	assert_non_null(file);
	fputs(bytes, file);
	fclose(file);
}

static void a_torn_line_costs_nothing_else(void **state)
{
	const char *home = new_home(state);
	struct reader r = start(home, "one");
	assert_true(star(&r, "a", true));
	stop(&r);
	add_bytes(journal_path(home, "one"), "019beaecb4e40001 b s 1 12");
	r = start(home, "one");
	assert_true(is_starred(&r, "a") && !is_starred(&r, "b"));
	assert_true(star(&r, "c", true));
	stop(&r);
	add_bytes(journal_path(home, "one"), "<<<<<<< HEAD\n");
	r = start(home, "one");
	assert_int_equal(r.err.code, ERROR_LIBRARY); /* and it is said */
	assert_string_equal(r.err.arg, "2");
	assert_true(is_starred(&r, "a") && is_starred(&r, "c"));
	stop(&r);
}

/* A file may have grown before its bytes came to the disk. */
static void a_tail_of_zeros_costs_nothing(void **state)
{
	static const char zeros[4096];
	const char *home = new_home(state);
	struct reader r = start(home, "one");
	assert_true(star(&r, "a", true));
	stop(&r);
	FILE *file = fopen(journal_path(home, "one"), "a");
	assert_int_equal(fwrite(zeros, 1, sizeof(zeros), file), sizeof(zeros));
	fclose(file);
	r = start(home, "one");
	assert_true(is_starred(&r, "a") && star(&r, "b", true));
	stop(&r);
	r = start(home, "one");
	assert_true(is_starred(&r, "a") && is_starred(&r, "b"));
	stop(&r);
}

static void every_cut_keeps_what_was_before_it(void **state)
{
	const char *home = new_home(state);
	struct reader r = start(home, "one");
	struct arena *arena = arena_new();
	char ids[20][8];
	size_t ends[20];
	struct stat st;
	struct str whole;
	for (size_t i = 0; i < 20; i++) {
		snprintf(ids[i], sizeof(ids[i]), "%zu", i);
		assert_true(star(&r, ids[i], true));
		assert_int_equal(stat(journal_path(home, "one"), &st), 0);
		ends[i] = (size_t)st.st_size; /* what is flushed by now */
	}
	stop(&r);
	assert_true(file_read(journal_path(home, "one"), arena, &whole, NULL));
	for (size_t cut = 0; cut <= whole.len; cut += 7) {
		int fd = open(journal_path(home, "one"), O_WRONLY | O_TRUNC);
		assert_int_equal(write(fd, whole.p, cut), (ssize_t)cut);
		close(fd);
		r = start(home, "one");
		for (size_t i = 0; i < 20; i++)
			assert_int_equal(is_starred(&r, ids[i]), ends[i] <= cut);
		assert_true(star(&r, "more", true)); /* and it goes on */
		stop(&r);
		r = start(home, "one");
		assert_true(is_starred(&r, "more"));
		stop(&r);
	}
	arena_free(arena);
}

static void a_flipped_bit_costs_its_line_alone(void **state)
{
	const char *home = new_home(state);
	struct reader r = start(home, "one");
	struct arena *arena = arena_new();
	uint32_t seed = 7;
	struct str whole;
	char ids[20][8];
	for (size_t i = 0; i < 20; i++) {
		snprintf(ids[i], sizeof(ids[i]), "%zu", i);
		assert_true(star(&r, ids[i], true));
	}
	stop(&r);
	assert_true(file_read(journal_path(home, "one"), arena, &whole, NULL));
	for (int round = 0; round < 300; round++) {
		char *bytes = str_dup(arena, whole);
		size_t at = random_next(&seed) % whole.len, n_lost = 0;
		bytes[at] = (char)(bytes[at] ^ 1 << random_next(&seed) % 8);
		int fd = open(journal_path(home, "one"), O_WRONLY | O_TRUNC);
		assert_int_equal(write(fd, bytes, whole.len), (ssize_t)whole.len);
		close(fd);
		r = start(home, "one");
		for (size_t i = 0; i < 20; i++)
			n_lost += !is_starred(&r, ids[i]);
		assert_true(n_lost <= 2); /* two when it was the line feed between them */
		assert_true(n_lost == 0 || r.err.code == ERROR_LIBRARY || at + 1 == whole.len);
		stop(&r);
	}
	arena_free(arena);
}

static void a_full_disk_takes_no_mark_and_keeps_the_others(void **state)
{
	const char *home = new_home(state);
	struct reader r = start(home, "one");
	struct rlimit old, small;
	struct stat st;
	assert_true(star(&r, "a", true));
	assert_int_equal(stat(journal_path(home, "one"), &st), 0);
	/* A limit on the size of files stops a write in its middle, as a full disk does. */
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &old);
	small = (struct rlimit){(rlim_t)st.st_size + 10, old.rlim_max};
	setrlimit(RLIMIT_FSIZE, &small);
	assert_false(star(&r, "b", true));
	assert_int_equal(r.err.code, ERROR_LIBRARY);
	assert_false(is_starred(&r, "b"));
	setrlimit(RLIMIT_FSIZE, &old);
	assert_true(star(&r, "c", true));
	stop(&r);
	r = start(home, "one");
	assert_int_equal(r.err.code, ERROR_NONE);
	assert_true(is_starred(&r, "a") && !is_starred(&r, "b") && is_starred(&r, "c"));
	stop(&r);
}

static void a_home_that_cannot_be_made_refuses_marks(void **state)
{
	const char *home = new_home(state);
	char path[128];
	snprintf(path, sizeof(path), "%s/file", home);
	add_bytes(path, "");
	snprintf(path, sizeof(path), "%s/file/below", home); /* root's, too: no permission helps */
	struct reader r = start(path, "one");
	assert_false(star(&r, "a", true));
	assert_int_equal(r.err.code, ERROR_LIBRARY);
	assert_true(str_starts(str_of(r.err.file), path));
	assert_false(is_starred(&r, "a"));
	stop(&r);
}

static void kill_at_any_moment_loses_nothing_shown(void **state)
{
	const char *home = new_home(state);
	for (int round = 0; round < 200; round++) {
		int shown[2];
		assert_int_equal(pipe(shown), 0);
		pid_t pid = fork();
		if (pid == 0) {
			struct reader r = start(home, "one");
			char id[16];
			for (int i = 0;; i++) {
				snprintf(id, sizeof(id), "%d-%d", round, i);
				if (!star(&r, id, true) || write(shown[1], &i, sizeof(i)) < 0)
					_exit(1);
			}
		}
		close(shown[1]);
		int last = -1, i;
		for (int n = 0; n < 1 + round % 7 && read(shown[0], &i, sizeof(i)) == sizeof(i);
		     n++)
			last = i;
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
		while (read(shown[0], &i, sizeof(i)) == sizeof(i))
			last = i;
		close(shown[0]);
		struct reader r = start(home, "one");
		assert_true(last >= 0);
		for (i = 0; i <= last; i++) {
			char id[16];
			snprintf(id, sizeof(id), "%d-%d", round, i);
			assert_true(is_starred(&r, id));
		}
		stop(&r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_room, clean_up)
		TEST(marks_survive_a_restart_and_undo_goes_back_over_it),
		TEST(two_programs_see_each_other),
		TEST(a_torn_line_costs_nothing_else),
		TEST(a_tail_of_zeros_costs_nothing),
		TEST(every_cut_keeps_what_was_before_it),
		TEST(a_flipped_bit_costs_its_line_alone),
		TEST(a_full_disk_takes_no_mark_and_keeps_the_others),
		TEST(a_home_that_cannot_be_made_refuses_marks),
		TEST(kill_at_any_moment_loses_nothing_shown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
