/* The index's file: kept up to date with the issues, there again when it was deleted or damaged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <indexing.h>

static void keeps_up(void **state)
{
	struct fixture *f = *state;
	struct scan_progress p = scan(f, 1 << 20);
	assert_int_equal(p.n_files, 2);
	p = scan(f, 1);
	assert_int_equal(p.n_files, 0);
	assert_int_equal(p.n_same, 2);
	write_file(f, "2026-01-03.md", "# 早报 2026-01-03\n\n## 另一篇\n\n换了内容。\n");
	p = scan(f, 1);
	assert_int_equal(p.n_done, 1);
	assert_string_equal(titles(f, "鸿蒙"), "微软发布");
	assert_string_equal(titles(f, "换了"), "另一篇");
	unlink(file_of(f, "2026-01-02.md"));
	p = scan(f, 1);
	assert_int_equal(p.n_gone, 1);
	assert_string_equal(titles(f, "鸿蒙"), "");
	assert_int_equal(index_count(f->index).n_stories, 1);
	write_file(f, "bad.md", "");
	p = scan(f, 1);
	assert_int_equal(p.n_bad, 1);
	assert_int_equal(scan(f, 1).n_bad, 0); /* not tried again */
	open_index(f);
	assert_string_equal(titles(f, "换了"), "另一篇");
}

/* A file that was only touched, or brought anew by a checkout, is looked into and left as it is. */
static void knows_the_same_bytes(void **state)
{
	struct fixture *f = *state;
	struct timespec times[2] = {{1700000000, 0}, {1750000000, 0}};
	assert_int_equal(scan(f, 1).n_stories, 4);
	assert_int_equal(utimensat(AT_FDCWD, file_of(f, "2026-01-02.md"), times, 0), 0);
	struct scan_progress p = scan(f, 1);
	assert_int_equal(p.n_done, 1);
	assert_int_equal(p.n_stories, 0);
	assert_int_equal(scan(f, 1).n_same, 2);
	assert_string_equal(titles(f, "鸿蒙"), "谷歌开源 微软发布");
}

/* A file that was written over is seen by whom looks at it; one of another folder, or that is gone,
 * is nothing a scan could do something about. */
static void notices_edits(void **state)
{
	struct fixture *f = *state;
	struct str folder = str_of(arena_printf(f->arena, "%s/md", f->dir));
	struct str other = str_of(arena_printf(f->arena, "%s/m", f->dir));
	struct str files[] = {str_of(file_of(f, "2026-01-03.md")),
			      str_of(file_of(f, "2026-01-02.md"))};
	scan(f, 1);
	assert_false(index_has_edits(f->index, &folder, 1, SIZE_MAX));
	assert_false(index_is_edited(f->index, files, 2));
	write_file(f, "2026-01-02.md", "# 早报 2026-01-02\n\n## 另一篇\n\n换了内容。\n");
	assert_true(index_has_edits(f->index, &folder, 1, SIZE_MAX));
	assert_true(index_has_edits(f->index, &folder, 1, 2));
	assert_false(index_has_edits(f->index, &folder, 1, 1)); /* the other one is newer */
	assert_true(index_has_edits(f->index, &files[1], 1, 2));
	assert_false(index_has_edits(f->index, &other, 1, 2));
	assert_true(index_is_edited(f->index, files, 2));
	assert_false(index_is_edited(f->index, files, 1));
	unlink(files[1].p);
	assert_false(index_has_edits(f->index, &folder, 1, SIZE_MAX));
	assert_false(index_is_edited(f->index, files, 2));
}

static void goes_on_after_a_stop(void **state)
{
	struct fixture *f = *state;
	struct str folder = str_of(arena_printf(f->arena, "%s/md", f->dir));
	struct scan_opts opts = {.paths = &folder, .n_paths = 1, .now_ns = 1800000000000000000LL};
	struct scan *s = scan_new(f->index, &opts, NULL);
	assert_true(scan_step(s, 1, NULL));
	scan_free(s);
	assert_string_equal(titles(f, "鸿蒙"), "谷歌开源"); /* the newest came first */
	assert_int_equal(scan(f, 1).n_done, 1);
	assert_string_equal(titles(f, "鸿蒙"), "谷歌开源 微软发布");
}

static bool after_one(void *self)
{
	return *(bool *)self;
}

/* A step that somebody waits for ends before its bytes do; the next one goes on there. */
static void ends_a_step_when_awaited(void **state)
{
	struct fixture *f = *state;
	bool is_awaited = true;
	struct str folder = str_of(arena_printf(f->arena, "%s/md", f->dir));
	struct scan_opts opts = {.paths = &folder,
				 .n_paths = 1,
				 .now_ns = 1800000000000000000LL,
				 .is_stopped = after_one,
				 .self = &is_awaited};
	write_file(f, "2026-01-04.md", "# 早报 2026-01-04\n\n## 鸿蒙新版\n\n鸿蒙又有新版。\n");
	struct scan *s = scan_new(f->index, &opts, NULL);
	assert_true(scan_step(s, SIZE_MAX, NULL));
	assert_int_equal(scan_progress(s)->n_done, 1);
	assert_string_equal(titles(f, "鸿蒙"), "微软发布");
	assert_true(scan_step(s, SIZE_MAX, NULL));
	assert_int_equal(scan_progress(s)->n_done, 2);
	is_awaited = false;
	assert_false(scan_step(s, SIZE_MAX, NULL));
	assert_int_equal(scan_progress(s)->n_done, 3);
	assert_false(scan_step(s, SIZE_MAX, NULL));
	scan_free(s);
	assert_string_equal(titles(f, "鸿蒙"), "鸿蒙新版 谷歌开源 微软发布");
	assert_true(index_is_fresh(f->index, &folder, 1));
}

static bool every_other(void *self)
{
	return (*(unsigned *)self)++ % 2 == 0;
}

/* Before all is read, there are words for pinyin of what has been. */
static void knows_pinyin_meanwhile(void **state)
{
	struct fixture *f = *state;
	unsigned n_asked = 0;
	struct str folder = str_of(arena_printf(f->arena, "%s/md", f->dir));
	struct scan_opts opts = {.paths = &folder,
				 .n_paths = 1,
				 .now_ns = 1800000000000000000LL,
				 .is_stopped = every_other,
				 .self = &n_asked};
	struct scan *s = scan_new(f->index, &opts, NULL);
	assert_true(scan_step(s, SIZE_MAX, NULL));
	assert_int_equal(scan_progress(s)->n_done, 1);
	struct lookup lookup = search(f, "hongmeng");
	assert_int_equal(lookup.n_words, 1);
	assert_true(str_is(lookup.words[0], "鸿蒙"));
	scan_free(s);
}

static void damage(struct fixture *f, long at, const char *bytes, size_t len)
{
	index_close(f->index);
	f->index = NULL;
	int fd = open(f->path, O_RDWR);
	assert_true(fd >= 0 && pwrite(fd, bytes, len, at) == (ssize_t)len);
	close(fd);
}

static void is_made_again(void **state)
{
	struct fixture *f = *state;
	scan(f, 1);
	struct stat st;
	assert_int_equal(stat(f->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_null(index_notice(f->index));
	damage(f, 0, "this is no database", 19);
	open_index(f);
	assert_non_null(index_notice(f->index));
	assert_int_equal(access(arena_printf(f->arena, "%s.bad", f->path), F_OK), 0);
	assert_int_equal(scan(f, 1).n_done, 2);
	assert_string_equal(titles(f, "鸿蒙"), "谷歌开源 微软发布");
	/* Another version of the tables. */
	damage(f, 60, "\0\0\0\x63", 4);
	open_index(f);
	assert_non_null(index_notice(f->index));
	assert_int_equal(scan(f, 1).n_done, 2);
}

static size_t find_bytes(const char *path, const char *needle)
{
	static char bytes[1 << 20];
	FILE *file = fopen(path, "r");
	size_t n = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	return str_find((struct str){bytes, n}, str_of(needle), 0);
}

/* SQLite has no sums of its pages: a letter that became another is seen by the story's. */
static void sees_another_letter(void **state)
{
	struct fixture *f = *state;
	struct error err = {0};
	struct lookup lookup;
	struct lookup_opts opts = {.context_bytes = 100};
	scan(f, 1);
	index_close(f->index);
	f->index = NULL;
	size_t at = find_bytes(f->path, "文中说到OpenAI");
	assert_true(at != STR_NOT_FOUND);
	damage(f, (long)at, "字", 3);
	open_index(f);
	assert_null(index_notice(f->index));
	assert_false(lookup_find(f->index, f->arena, STR("鸿蒙"), &opts, &lookup, &err));
	assert_true(index_is_damaged(f->index));
	assert_true(index_renew(f->index, &err));
	scan(f, 1);
	assert_string_equal(titles(f, "鸿蒙"), "谷歌开源 微软发布");
}

/* Deleted while it is open, by hand or by another program that made it again. */
static void is_there_again(void **state)
{
	struct fixture *f = *state;
	struct error err = {0};
	scan(f, 1);
	assert_false(index_is_lost(f->index));
	unlink(f->path);
	assert_true(index_is_lost(f->index));
	assert_string_equal(titles(f, "鸿蒙"), "谷歌开源 微软发布");
	struct index *other = index_open(f->path, &err);
	assert_non_null(other);
	assert_true(index_is_lost(f->index));
	assert_true(index_reopen(f->index, &err));
	assert_false(index_is_lost(f->index));
	assert_string_equal(titles(f, "鸿蒙"), "");
	assert_int_equal(scan(f, 1).n_done, 2);
	assert_string_equal(titles(f, "鸿蒙"), "谷歌开源 微软发布");
	assert_int_equal(index_count(other).n_stories, 4);
	/* Who found it damaged sets aside what it had open, not what took its place. */
	assert_true(index_renew(f->index, &err));
	assert_true(index_is_lost(other));
	assert_true(index_renew(other, &err));
	assert_false(index_is_lost(f->index));
	index_close(other);
}

/* Whatever bytes are changed: no crash, and after making it again everything is found. */
static void survives_flipped_bytes(void **state)
{
	struct fixture *f = *state;
	uint32_t seed = 7;
	for (int round = 0; round < 40; round++) {
		struct error err = {0};
		struct lookup lookup;
		struct lookup_opts opts = {.context_bytes = 100};
		scan(f, 1);
		struct stat st;
		index_close(f->index);
		f->index = NULL;
		stat(f->path, &st);
		int fd = open(f->path, O_RDWR);
		for (int i = 0; i < 30; i++) {
			char byte = (char)below(&seed, 256);
			assert_int_equal(
				pwrite(fd, &byte, 1, (off_t)below(&seed, (uint32_t)st.st_size)), 1);
		}
		close(fd);
		f->index = index_open(f->path, &err);
		assert_non_null(f->index);
		lookup_find(f->index, f->arena, STR("鸿蒙"), &opts, &lookup, &err);
		lookup_find(f->index, f->arena, STR("hongm a"), &opts, &lookup, &err);
		assert_true(index_renew(f->index, &err));
		scan(f, 1);
		assert_string_equal(titles(f, "鸿蒙"), "谷歌开源 微软发布");
	}
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(keeps_up),
		TEST(knows_the_same_bytes),
		TEST(notices_edits),
		TEST(goes_on_after_a_stop),
		TEST(ends_a_step_when_awaited),
		TEST(knows_pinyin_meanwhile),
		TEST(is_made_again),
		TEST(sees_another_letter),
		TEST(is_there_again),
		TEST(survives_flipped_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
