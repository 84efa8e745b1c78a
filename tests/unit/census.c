/* Issues of a span of days, counted by what the reader has made of their stories. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/census.h>
#include <sulan/error.h>
#include <sulan/index.h>
#include <sulan/triage.h>

struct fixture {
	struct arena *arena;
	struct index *index;
	struct triage *triage;
};

static int set_up(void **state)
{
	struct fixture *f = mem_new(sizeof(*f));
	struct str folder = STR("tests/data");
	struct scan_opts opts = {.paths = &folder, .n_paths = 1};
	f->arena = arena_new();
	f->triage = triage_new(NULL);
	f->index = index_open(":memory:", NULL);
	struct scan *scan = scan_new(f->index, &opts, NULL);
	assert_non_null(scan);
	while (scan_step(scan, SIZE_MAX, NULL))
		continue;
	scan_free(scan);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	index_close(f->index);
	triage_free(f->triage);
	arena_free(f->arena);
	free(f);
	return 0;
}

static struct census take(struct fixture *f, struct date from, struct date to)
{
	struct census census;
	struct error err = {0};
	assert_true(census_take(f->index, f->triage, f->arena, from, to, &census, &err));
	return census;
}

static void issues_come_by_day_and_those_without_one_do_not(void **state)
{
	struct census all = take(*state, (struct date){1, 1, 1}, (struct date){9999, 12, 31});
	assert_true(all.n > 4);
	for (size_t i = 0; i < all.n; i++) {
		assert_true(date_is_valid(all.items[i].date));
		assert_true(!i || date_compare(all.items[i - 1].date, all.items[i].date) <= 0);
		assert_false(str_is(all.items[i].path, "tests/data/odd.md"));
	}
	assert_int_equal(date_compare(all.first, all.items[0].date), 0);
	assert_int_equal(date_compare(all.last, all.items[all.n - 1].date), 0);
}

static void a_span_has_its_days_alone(void **state)
{
	const struct date day = {2026, 3, 5};
	struct census one = take(*state, day, day);
	assert_int_equal(one.n, 1);
	assert_true(str_is(one.items[0].path, "tests/data/reference.md"));
	assert_true(str_is(one.items[0].publication, "测试早报"));
	assert_int_equal(one.items[0].n_stories, 6);
	assert_int_equal(one.items[0].n_unread, 6);
	struct census none = take(*state, (struct date){2026, 3, 6}, (struct date){2026, 3, 31});
	assert_int_equal(none.n, 0);
	assert_int_equal(none.last.month, 4); /* of all there are, all the same */
}

/* The ids of the reference sample's first stories: sulan list --format tsv shows them. */
static void mark(struct fixture *f, const char *id, enum triage_field field)
{
	struct triage_step step = {.id = str_of(id), .field = field, .value = true};
	assert_true(triage_change(f->triage, &step, 1, NULL, NULL));
}

static void marks_count_and_the_dismissed_do_not(void **state)
{
	struct fixture *f = *state;
	const struct date day = {2026, 3, 5};
	mark(f, "0959a69a750d5c1c", TRIAGE_READ);
	mark(f, "0959a69a750d5c1c", TRIAGE_STAR);
	struct census_issue issue = take(f, day, day).items[0];
	assert_int_equal(issue.n_stories, 6);
	assert_int_equal(issue.n_unread, 5);
	assert_int_equal(issue.n_starred, 1);
	mark(f, "0959a69a750d5c1c", TRIAGE_DISMISSED);
	issue = take(f, day, day).items[0];
	assert_int_equal(issue.n_stories, 5);
	assert_int_equal(issue.n_starred, 0);
}

#define with_index(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_index(issues_come_by_day_and_those_without_one_do_not),
		with_index(a_span_has_its_days_alone),
		with_index(marks_count_and_the_dismissed_do_not),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
