/* What goes wrong with disks and processes: killed at any write, power that goes, a disk that is
 * full, two at once. After each the library opens, has all that was shown as done, and goes on.
 *
 * A few seeded moments of each; FAULTS=200 in the environment for so many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <marking.h>
#include <random.h>
#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/file.h>
#include <sulan/index.h>
#include <sulan/journal.h>
#include <sulan/lookup.h>
#include <sulan/triage.h>

#include "disk.h"

#define FILES      12
#define STEP_BYTES 600 /* about three files */
#define MARKS      24

struct room {
	struct arena *arena;
	const char *dir, *index;
	int versions[FILES]; /* of the files' texts; 0: not there */
	int acks[2], gate[2];
	unsigned rounds;
	uint32_t seed;
};

static void remove_all(const char *dir)
{
	pid_t pid = fork();
	if (pid == 0)
		execlp("rm", "rm", "-rf", dir, (char *)NULL);
	waitpid(pid, NULL, 0);
}

static const char *below(const struct room *room, const char *name)
{
	return arena_printf(room->arena, "%s/%s", room->dir, name);
}

static int set_up(void **state)
{
	struct room *room = calloc(1, sizeof(*room));
	char dir[] = "/tmp/sulan-faults-XXXXXX";
	const char *rounds = getenv("FAULTS");
	room->arena = arena_new();
	room->dir = str_dup(room->arena, str_of(mkdtemp(dir)));
	room->index = below(room, "index.db");
	room->rounds = rounds ? (unsigned)atoi(rounds) : 0;
	room->seed = 20260122;
	mkdir(below(room, "md"), 0700);
	*state = room;
	return 0;
}

static int tear_down(void **state)
{
	struct room *room = *state;
	disk_arm(DISK_SOUND, 0, 0);
	remove_all(room->dir);
	arena_free(room->arena);
	free(room);
	return 0;
}

static unsigned rounds(const struct room *room, unsigned few)
{
	return room->rounds ? room->rounds : few;
}

/* The word that only this version of a file has. */
static const char *word_of(struct arena *arena, int file, int version)
{
	static const char *const signs[] = {"甲", "乙", "丙", "丁", "戊", "己",
					    "庚", "辛", "壬", "癸", "子", "丑"};
	return arena_printf(arena, "%s%s版", signs[file], signs[version % 12]);
}

static const char *file_path(const struct room *room, int file)
{
	return arena_printf(room->arena, "%s/md/2026-01-%02d.md", room->dir, file + 1);
}

static void write_file(struct room *room, int file)
{
	const char *path = file_path(room, file);
	const char *word = word_of(room->arena, file, ++room->versions[file]);
	FILE *out = fopen(path, "w");
	assert_non_null(out);
	fprintf(out, "# 早报 2026-01-%02d\n\n## 题目%s\n\n正文。\n\n## 另一条\n\n微软发布了%s。\n",
		file + 1, word, word);
	for (int i = 0; i < room->versions[file]; i++)
		fputs("又改了一次。\n", out); /* another size, so another stamp */
	fclose(out);
	struct timespec times[2] = {{1700000000, 0}, {1700000000, 0}};
	utimensat(AT_FDCWD, path, times, 0);
}

static bool import(struct room *room, struct index *index, struct error *err)
{
	struct str folder = str_of(below(room, "md"));
	struct scan_opts opts = {.paths = &folder, .n_paths = 1, .now_ns = 1800000000000000000LL};
	*err = (struct error){0};
	struct scan *scan = scan_new(index, &opts, err);
	bool goes_on = scan != NULL;
	while (goes_on) {
		goes_on = scan_step(scan, STEP_BYTES, err);
		int n = err->code ? -1 : (int)index_count(index).n_issues;
		if (n > 0 && write(room->acks[1], &n, sizeof(n)) < 0)
			break;
	}
	scan_free(scan);
	return !err->code;
}

/* A process that ends as the disk says; what it acknowledged is left in the pipe. */
static int in_child(struct room *room, enum disk_end end, long nth, void (*work)(struct room *room))
{
	int status;
	assert_int_equal(pipe(room->acks), 0);
	pid_t pid = fork();
	if (pid == 0) {
		close(room->acks[0]);
		disk_arm(end, nth, (uint32_t)nth * 77 + 1);
		work(room);
		_exit(0);
	}
	close(room->acks[1]);
	waitpid(pid, &status, 0);
	return status;
}

/* The last that was acknowledged, or -1. */
static int last_ack(struct room *room)
{
	int last = -1, n;
	while (read(room->acks[0], &n, sizeof(n)) == sizeof(n))
		last = n;
	close(room->acks[0]);
	return last;
}

static void import_in_child(struct room *room)
{
	struct error err = {0};
	struct index *index = index_open(room->index, &err);
	if (!index || !import(room, index, &err))
		_exit(1);
	index_close(index);
}

static void acknowledge(struct room *room, int n)
{
	if (write(room->acks[1], &n, sizeof(n)) != (ssize_t)sizeof(n))
		_exit(1);
}

static void count_import(struct room *room)
{
	import_in_child(room);
	acknowledge(room, (int)disk_events());
}

static bool is_intact(const char *path)
{
	sqlite3 *db;
	sqlite3_stmt *s = NULL;
	bool ok = sqlite3_open(path, &db) == SQLITE_OK &&
		  sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &s, NULL) == SQLITE_OK &&
		  sqlite3_step(s) == SQLITE_ROW &&
		  strcmp((const char *)sqlite3_column_text(s, 0), "ok") == 0;
	sqlite3_finalize(s);
	sqlite3_close(db);
	return ok;
}

static size_t n_found(struct room *room, struct index *index, const char *word)
{
	struct lookup_opts opts = {.context_bytes = 60};
	struct lookup found;
	struct error err = {0};
	assert_true(lookup_find(index, room->arena, str_of(word), &opts, &found, &err));
	return found.n;
}

/* The index has what the files have, and nothing else. */
static void assert_complete(struct room *room, struct index *index)
{
	size_t n_files = 0;
	for (int i = 0; i < FILES; i++) {
		int version = room->versions[i];
		n_files += version > 0;
		if (version > 0)
			assert_int_equal(n_found(room, index, word_of(room->arena, i, version)), 2);
		if (version > 1)
			assert_int_equal(n_found(room, index, word_of(room->arena, i, version - 1)),
					 0);
	}
	assert_int_equal(n_found(room, index, "微软"), n_files);
	assert_int_equal(index_count(index).n_issues, n_files);
	assert_int_equal(index_count(index).n_stories, n_files * 2);
}

/* Every other time an import from nothing, else one of some changed files. */
static void prepare(struct room *room, bool is_fresh)
{
	struct error err;
	room->acks[1] = open("/dev/null", O_WRONLY | O_CLOEXEC);
	for (int i = 0; i < FILES; i++)
		if (!room->versions[i])
			write_file(room, i);
	remove_all(room->index);
	remove_all(arena_printf(room->arena, "%s-wal", room->index));
	remove_all(arena_printf(room->arena, "%s-shm", room->index));
	if (!is_fresh) {
		struct index *index = index_open(room->index, &err);
		assert_true(import(room, index, &err));
		index_close(index);
		for (int i = 0; i < FILES / 2; i++)
			write_file(room, (int)(random_next(&room->seed) % FILES));
		int gone = (int)(random_next(&room->seed) % FILES);
		unlink(file_path(room, gone));
		room->versions[gone] = 0;
	}
	close(room->acks[1]);
}

static void goes_on(struct room *room, bool is_kept, int shown)
{
	struct error err = {0};
	assert_true(access(room->index, F_OK) != 0 || is_intact(room->index));
	struct index *index = index_open(room->index, &err);
	assert_non_null(index);
	assert_null(index_notice(index));
	if (is_kept)
		assert_true((int)index_count(index).n_issues >= shown);
	n_found(room, index, "微软"); /* what is there can be searched at once */
	room->acks[1] = open("/dev/null", O_WRONLY | O_CLOEXEC);
	assert_true(import(room, index, &err));
	close(room->acks[1]);
	assert_complete(room, index);
	index_close(index);
	assert_true(is_intact(room->index));
}

/* How many events the work has when nothing stops it. */
static int n_events(struct room *room, void (*work)(struct room *room))
{
	in_child(room, DISK_SOUND, 0, work);
	return last_ack(room);
}

static long some_moment(struct room *room, int n)
{
	assert_true(n > 10);
	return 1 + (long)(random_next(&room->seed) % (uint32_t)n);
}

static void copy_file(const char *from, const char *to)
{
	struct arena *arena = arena_new();
	struct str bytes;
	unlink(to);
	if (file_read(from, arena, &bytes, NULL)) {
		FILE *file = fopen(to, "w");
		fwrite(bytes.p, 1, bytes.len, file);
		fclose(file);
	}
	arena_free(arena);
}

static void import_ends(struct room *room, enum disk_end end, unsigned n_rounds)
{
	const char *index = room->index;
	for (unsigned round = 0; round < n_rounds; round++) {
		bool is_fresh = round % 2 == 0;
		prepare(room, is_fresh);
		/* The same start, the same events, of which one is chosen. */
		room->index = below(room, "copy.db");
		copy_file(index, room->index);
		long nth = some_moment(room, n_events(room, count_import));
		room->index = index;
		int status = in_child(room, end, nth, import_in_child);
		int shown = last_ack(room);
		assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
		goes_on(room, end == DISK_KILL && is_fresh, shown);
	}
}

static void a_killed_import_goes_on(void **state)
{
	import_ends(*state, DISK_KILL, rounds(*state, 12));
}

/* The last steps may be lost with the power: they are made again from the files. */
static void an_import_without_power_goes_on(void **state)
{
	import_ends(*state, DISK_CUT, rounds(*state, 12));
}

/* Importing on a disk that fills up says so, and what is in the index is found; with room again it
 * goes on. */
static void a_full_disk_stops_an_import_only(void **state)
{
	struct room *room = *state;
	for (unsigned round = 0; round < rounds(room, 12); round++) {
		struct error err = {0};
		prepare(room, round % 2 == 0);
		room->acks[1] = open("/dev/null", O_WRONLY | O_CLOEXEC);
		disk_arm(DISK_FULL, 1 + (long)(random_next(&room->seed) % 60), round);
		struct index *index = index_open(room->index, &err);
		bool ok = index && !index_is_read_only(index) && import(room, index, &err);
		if (index && !index_is_read_only(index)) {
			assert_true(ok || err.code == ERROR_LIBRARY);
			if (!ok && !strstr(err.what, "disk is full"))
				print_error("%s %s\n", err.what, err.arg);
			assert_true(ok || strstr(err.what, "disk is full"));
			n_found(room, index, "微软");
			assert_null(index_notice(index));
		}
		disk_arm(DISK_SOUND, 0, 0);
		if (index && !index_is_read_only(index))
			assert_true(import(room, index, &err));
		index_close(index);
		close(room->acks[1]);
		goes_on(room, false, 0);
	}
}

static void two_import_at_once(struct room *room)
{
	struct error err = {0};
	char go;
	if (read(room->gate[0], &go, 1) != 0) /* until all are there */
		_exit(2);
	struct index *index = index_open(room->index, &err);
	if (!index || !import(room, index, &err)) {
		fprintf(stderr, "# %s %s\n", err.what ? err.what : "", err.arg);
		_exit(1);
	}
	index_close(index);
	_exit(0);
}

static void two_imports_at_once_make_one_index(void **state)
{
	struct room *room = *state;
	for (unsigned round = 0; round < rounds(room, 6); round++) {
		int status;
		prepare(room, round % 2 == 0);
		assert_int_equal(pipe(room->gate), 0);
		room->acks[1] = open("/dev/null", O_WRONLY | O_CLOEXEC);
		pid_t pids[3];
		for (int i = 0; i < 3; i++) {
			pids[i] = fork();
			if (pids[i] == 0) {
				close(room->gate[1]);
				two_import_at_once(room);
			}
		}
		close(room->gate[0]);
		close(room->gate[1]);
		for (int i = 0; i < 3; i++) {
			waitpid(pids[i], &status, 0);
			assert_int_equal(status, 0);
		}
		close(room->acks[1]);
		goes_on(room, false, 0);
	}
}

/* Pages of zeros, a file that ends early, a header that is none: what is found then is right, or
 * the index is made again and says so. */
static void a_damaged_index_is_made_again(void **state)
{
	struct room *room = *state;
	for (unsigned round = 0; round < rounds(room, 24); round++) {
		struct error err = {0};
		static const char zeros[4096];
		struct lookup_opts opts = {.context_bytes = 60};
		struct lookup found;
		prepare(room, false);
		room->acks[1] = open("/dev/null", O_WRONLY | O_CLOEXEC);
		struct index *index = index_open(room->index, &err);
		assert_true(import(room, index, &err));
		index_close(index);
		int fd = open(room->index, O_RDWR | O_CLOEXEC);
		off_t size = lseek(fd, 0, SEEK_END);
		uint32_t page = random_next(&room->seed) % (uint32_t)(size / 4096);
		if (round % 4 == 0)
			assert_int_equal(ftruncate(fd, (off_t)page * 4096 + round), 0);
		else
			assert_int_equal(pwrite(fd, zeros, round % 4 == 1 ? 100 : 4096,
						round % 4 == 1 ? 0 : (off_t)page * 4096),
					 round % 4 == 1 ? 100 : 4096);
		close(fd);
		index = index_open(room->index, &err);
		assert_non_null(index);
		bool ok = true;
		for (int i = 0; ok && i < FILES; i++)
			ok = lookup_find(index, room->arena, STR("题目"), &opts, &found, &err) &&
			     import(room, index, &err);
		assert_true(ok || index_is_damaged(index));
		if (!ok)
			assert_true(index_renew(index, &err) && index_notice(index));
		assert_true(import(room, index, &err));
		close(room->acks[1]);
		index_close(index);
	}
}

static struct reader begin(const struct room *room)
{
	return start(below(room, "home"), "one");
}

static const char *mark_id(const struct room *room, int i)
{
	return arena_printf(room->arena, "%016x", (unsigned)i + 1);
}

/* Every third mark is a note. */
static bool mark(const struct room *room, struct reader *r, int i)
{
	struct triage_step step = {.id = str_of(mark_id(room, i)),
				   .field = i % 3 ? TRIAGE_STAR : TRIAGE_NOTE,
				   .value = true,
				   .text = str_of(arena_printf(room->arena, "备注 %d", i))};
	return triage_change(r->triage, &step, 1, NULL, &r->err);
}

static bool is_marked(const struct room *room, const struct reader *r, int i)
{
	struct story_state s = triage_state(r->triage, str_of(mark_id(room, i)));
	return i % 3 ? s.is_starred : str_is(s.note, arena_printf(room->arena, "备注 %d", i));
}

/* A journal that is long enough to be shortened. */
static void write_long_journal(struct room *room)
{
	struct arena *arena = arena_new();
	struct strbuf text = strbuf_make(arena);
	for (unsigned i = 0; i < 6000; i++) {
		struct record record = {.stamp = 1000 + i, .key = STR("abc"), .field = STR("s")};
		record.value = i % 2 ? STR("1") : STR("");
		record_put(&text, &record);
	}
	remove_all(below(room, "home"));
	mkdir(below(room, "home"), 0700);
	mkdir(below(room, "home/state"), 0700);
	FILE *file = fopen(below(room, "home/state/one.journal"), "w");
	fwrite(text.p, 1, text.len, file);
	fclose(file);
	file = fopen(below(room, "home/device"), "w");
	fputs("one\n", file);
	fclose(file);
	arena_free(arena);
}

/* Marks, and in the middle of them backups and a shorter journal. */
static void mark_in_child(struct room *room)
{
	struct reader r = begin(room);
	for (int i = 0; i < MARKS; i++) {
		if (i == MARKS / 2)
			journal_tend(r.journal, r.triage, NULL);
		if (!mark(room, &r, i))
			_exit(1);
		acknowledge(room, i);
	}
}

static void count_marks(struct room *room)
{
	mark_in_child(room);
	acknowledge(room, (int)disk_events());
}

static void marks_end(struct room *room, enum disk_end end, unsigned n_rounds)
{
	for (unsigned round = 0; round < n_rounds; round++) {
		bool is_long = round % 2;
		remove_all(below(room, "home"));
		if (is_long)
			write_long_journal(room);
		int n = n_events(room, count_marks);
		remove_all(below(room, "home"));
		if (is_long)
			write_long_journal(room);
		int status = in_child(room, end, some_moment(room, n), mark_in_child);
		int shown = last_ack(room);
		assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
		for (int again = 0; again < 2; again++) {
			struct reader r = begin(room);
			for (int i = 0; i <= shown; i++)
				assert_true(is_marked(room, &r, i));
			for (int i = shown + 2; i < MARKS; i++)
				assert_false(is_marked(room, &r, i));
			assert_true(!is_long || triage_state(r.triage, STR("abc")).is_starred);
			assert_true(mark(room, &r, MARKS));
			stop(&r);
			r = begin(room);
			assert_true(is_marked(room, &r, MARKS));
			stop(&r);
		}
	}
}

static void a_kill_loses_no_mark_that_was_shown(void **state)
{
	marks_end(*state, DISK_KILL, rounds(*state, 16));
}

static void a_power_cut_loses_no_mark_that_was_shown(void **state)
{
	marks_end(*state, DISK_CUT, rounds(*state, 16));
}

/* What is refused is not shown, and is not there later; what was shown is. */
static void a_full_disk_refuses_marks_and_keeps_the_others(void **state)
{
	struct room *room = *state;
	for (unsigned round = 0; round < rounds(room, 16); round++) {
		bool is_kept[MARKS];
		remove_all(below(room, "home"));
		if (round % 2)
			write_long_journal(room);
		struct reader r = begin(room);
		disk_arm(DISK_FULL, 1 + (long)(random_next(&room->seed) % 40), round);
		for (int i = 0; i < MARKS; i++) {
			if (i == MARKS / 2)
				journal_tend(r.journal, r.triage, NULL);
			r.err = (struct error){0};
			is_kept[i] = mark(room, &r, i);
			assert_int_equal(is_marked(room, &r, i), is_kept[i]);
			assert_int_equal(r.err.code, is_kept[i] ? ERROR_NONE : ERROR_LIBRARY);
		}
		assert_false(is_kept[MARKS - 1]);
		disk_arm(DISK_SOUND, 0, 0);
		assert_true(mark(room, &r, MARKS));
		stop(&r);
		r = begin(room);
		assert_int_equal(r.err.code, ERROR_NONE);
		for (int i = 0; i < MARKS; i++)
			assert_int_equal(is_marked(room, &r, i), is_kept[i]);
		assert_true(is_marked(room, &r, MARKS));
		stop(&r);
	}
}

/* Nobody's processes, on folders that they may read and not write. */
static void look_without_rights(struct room *room)
{
	struct error err = {0};
	if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
		_exit(77);
	struct index *index = index_open(room->index, &err);
	if (!index || !index_is_read_only(index))
		_exit(1);
	if (n_found(room, index, "微软") != FILES - 1)
		_exit(2);
	index_close(index);
	struct reader r = begin(room);
	if (r.err.code || !is_marked(room, &r, 1))
		_exit(3);
	if (mark(room, &r, 2) || is_marked(room, &r, 2) || r.err.code != ERROR_LIBRARY)
		_exit(4);
	stop(&r);
}

static void a_home_for_reading_alone_is_read(void **state)
{
	struct room *room = *state;
	struct error err = {0};
	prepare(room, false);
	room->acks[1] = open("/dev/null", O_WRONLY | O_CLOEXEC);
	struct index *index = index_open(room->index, &err);
	assert_true(import(room, index, &err));
	index_close(index);
	close(room->acks[1]);
	struct reader r = begin(room);
	assert_true(mark(room, &r, 1));
	stop(&r);
	pid_t pid = fork();
	if (pid == 0)
		execlp("chmod", "chmod", "-R", "a=rX", room->dir, (char *)NULL);
	waitpid(pid, NULL, 0);
	int status = in_child(room, DISK_SOUND, 0, look_without_rights);
	last_ack(room);
	pid = fork();
	if (pid == 0)
		execlp("chmod", "chmod", "-R", "u+w", room->dir, (char *)NULL);
	waitpid(pid, NULL, 0);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
		skip();
	assert_int_equal(status, 0);
}

int main(int argc, char **argv)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_killed_import_goes_on),
		TEST(an_import_without_power_goes_on),
		TEST(a_full_disk_stops_an_import_only),
		TEST(two_imports_at_once_make_one_index),
		TEST(a_damaged_index_is_made_again),
		TEST(a_kill_loses_no_mark_that_was_shown),
		TEST(a_power_cut_loses_no_mark_that_was_shown),
		TEST(a_full_disk_refuses_marks_and_keeps_the_others),
		TEST(a_home_for_reading_alone_is_read),
	};
	if (argc > 1)
		cmocka_set_test_filter(argv[1]);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
