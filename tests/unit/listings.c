/* Listings that are kept are as good as listing, or are not used. */
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
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/file.h>
#include <sulan/listings.h>

#define N_ISSUES 300
#define NOW_NS   2000000000000000000LL /* long after the files were made */

struct place {
	struct arena *arena;
	char root[64];
	const char *cache;
};

static const char *in(struct place *p, const char *name)
{
	return arena_printf(p->arena, "%s/%s", p->root, name);
}

static void touch(const char *path)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fclose(file);
}

static void set_time(const char *path, long seconds)
{
	const struct timespec times[2] = {{.tv_sec = seconds}, {.tv_sec = seconds}};
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static int make_place(void **state)
{
	struct place *p = *state = calloc(1, sizeof(*p));
	p->arena = arena_new();
	strcpy(p->root, "/tmp/sulan-folders-XXXXXX");
	assert_non_null(mkdtemp(p->root));
	p->cache = in(p, "cache/list");
	mkdir(in(p, "d"), 0700);
	mkdir(in(p, "d/sub"), 0700);
	touch(in(p, "d/sub/z.md"));
	for (int i = 0; i < N_ISSUES; i++)
		touch(in(p, arena_printf(p->arena, "d/%03d.md", i)));
	set_time(in(p, "d"), 1000);
	set_time(in(p, "d/sub"), 1000);
	return 0;
}

static int remove_place(void **state)
{
	struct place *p = *state;
	int status = system(arena_printf(p->arena, "rm -rf %s", p->root));
	arena_free(p->arena);
	free(p);
	return status;
}

static size_t list(struct place *p, const char *path)
{
	struct file_list kept, plain;
	assert_true(listings_find(p->cache, NOW_NS, path, p->arena, &kept, NULL));
	assert_true(file_list_dir(path, p->arena, &plain, NULL));
	for (size_t i = 0; i < kept.n_paths && i < plain.n_paths; i++) {
		assert_string_equal(kept.paths[i].p, plain.paths[i].p);
		assert_int_equal(kept.paths[i].len, plain.paths[i].len);
	}
	return kept.n_paths;
}

static bool has_cache(struct place *p)
{
	struct stat st;
	return stat(p->cache, &st) == 0;
}

static void a_folder_that_is_the_same_is_not_listed_again(void **state)
{
	struct place *p = *state;
	assert_int_equal(list(p, in(p, "d")), N_ISSUES + 1);
	assert_true(has_cache(p));
	assert_int_equal(list(p, in(p, "d/")), N_ISSUES + 1); /* by another name */
	/* Something new that the time does not tell of: only a listing would know. */
	touch(in(p, "d/new.md"));
	set_time(in(p, "d"), 1000);
	struct file_list kept;
	assert_true(listings_find(p->cache, NOW_NS, in(p, "d"), p->arena, &kept, NULL));
	assert_int_equal(kept.n_paths, N_ISSUES + 1);
	set_time(in(p, "d"), 1001);
	assert_int_equal(list(p, in(p, "d")), N_ISSUES + 2);
}

static void what_changes_below_is_noticed(void **state)
{
	struct place *p = *state;
	assert_int_equal(list(p, in(p, "d")), N_ISSUES + 1);
	touch(in(p, "d/sub/y.md"));
	assert_int_equal(list(p, in(p, "d")), N_ISSUES + 2);
	unlink(in(p, "d/007.md"));
	assert_int_equal(list(p, in(p, "d")), N_ISSUES + 1);
}

static void what_cannot_be_told_from_outside_is_listed(void **state)
{
	struct place *p = *state;
	struct file_list kept;
	/* Just changed: it may be changed once more within the same tick. */
	assert_true(listings_find(p->cache, 1001000000000LL, in(p, "d"), p->arena, &kept, NULL));
	assert_false(has_cache(p));
	/* Small ones are as quickly listed. */
	assert_int_equal(list(p, in(p, "d/sub")), 1);
	assert_false(has_cache(p));
	assert_int_equal(symlink("000.md", in(p, "d/link.md")), 0);
	set_time(in(p, "d"), 1000);
	assert_int_equal(list(p, in(p, "d")), N_ISSUES + 2);
	assert_false(has_cache(p));
	assert_false(listings_find(p->cache, NOW_NS, in(p, "nowhere"), p->arena, &kept, NULL));
}

static void several_folders_are_kept_and_damage_is_no_matter(void **state)
{
	struct place *p = *state;
	struct str bytes;
	mkdir(in(p, "e"), 0700);
	for (int i = 0; i < N_ISSUES; i++)
		touch(in(p, arena_printf(p->arena, "e/x%03d.md", i)));
	set_time(in(p, "e"), 1000);
	assert_int_equal(list(p, in(p, "d")), N_ISSUES + 1);
	assert_int_equal(list(p, in(p, "e")), N_ISSUES);
	touch(in(p, "d/new.md"));
	set_time(in(p, "d"), 1000); /* still known as it was */
	struct file_list kept;
	assert_true(listings_find(p->cache, NOW_NS, in(p, "d"), p->arena, &kept, NULL));
	assert_int_equal(kept.n_paths, N_ISSUES + 1);
	assert_true(file_read(p->cache, p->arena, &bytes, NULL));
	for (size_t i = 0; i < bytes.len; i += 101) {
		char *flipped = str_dup(p->arena, bytes);
		flipped[i] ^= 4;
		FILE *file = fopen(p->cache, "w");
		fwrite(flipped, 1, bytes.len, file);
		fclose(file);
		assert_int_equal(list(p, in(p, "e")), N_ISSUES);
	}
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_place, remove_place)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_folder_that_is_the_same_is_not_listed_again),
		TEST(what_changes_below_is_noticed),
		TEST(what_cannot_be_told_from_outside_is_listed),
		TEST(several_folders_are_kept_and_damage_is_no_matter),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
