/* Triage: marks, and that everything can be taken back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/triage.h>

static bool change(struct triage *t, const char *id, enum triage_field field, bool value)
{
	struct triage_step step = {str_of(id), field, value};
	size_t n;
	assert_true(triage_change(t, &step, 1, &n, NULL));
	return n == 1;
}

static void marks_are_kept_and_undone_one_by_one(void **state)
{
	struct triage *t = triage_new(NULL);
	size_t n;
	struct str first;
	(void)state;
	assert_true(change(t, "a", TRIAGE_READ, true));
	assert_true(change(t, "a", TRIAGE_STAR, true));
	assert_false(change(t, "a", TRIAGE_STAR, true)); /* nothing new, nothing to undo */
	assert_true(change(t, "b", TRIAGE_DISMISSED, true));
	assert_true(triage_undo(t, &n, &first, NULL) && n == 1 && str_is(first, "b"));
	assert_false(triage_state(t, STR("b")).is_dismissed);
	assert_true(triage_undo(t, &n, &first, NULL) && n == 1 && str_is(first, "a"));
	assert_false(triage_state(t, STR("a")).is_starred);
	assert_true(triage_state(t, STR("a")).is_read);
	assert_true(triage_redo(t, &n, NULL, NULL) && n == 1);
	assert_true(triage_state(t, STR("a")).is_starred);
	assert_true(change(t, "c", TRIAGE_LATER, true)); /* what could be made again is gone */
	assert_true(triage_redo(t, &n, NULL, NULL) && n == 0);
	triage_free(t);
}

static void a_change_of_many_is_undone_as_one(void **state)
{
	struct triage *t = triage_new(NULL);
	struct triage_step steps[300];
	char ids[300][8];
	size_t n;
	(void)state;
	for (size_t i = 0; i < 300; i++) {
		snprintf(ids[i], sizeof(ids[i]), "%zu", i);
		steps[i] = (struct triage_step){str_of(ids[i]), TRIAGE_READ, true};
	}
	assert_true(change(t, "7", TRIAGE_READ, true));
	assert_true(triage_change(t, steps, 300, &n, NULL));
	assert_int_equal(n, 299);
	assert_true(triage_undo(t, &n, NULL, NULL));
	assert_int_equal(n, 299);
	assert_true(triage_state(t, STR("7")).is_read);
	assert_false(triage_state(t, STR("8")).is_read);
	triage_free(t);
}

static bool refuse(void *self, const struct triage_step *steps, size_t n, struct error *err)
{
	(void)steps;
	(void)n;
	return *(bool *)self || error_set(err, ERROR_LIBRARY, "full", NULL);
}

static void what_the_journal_refuses_does_not_happen(void **state)
{
	bool is_willing = true;
	struct triage_journal journal = {&is_willing, refuse};
	struct triage *t = triage_new(&journal);
	struct triage_step step = {STR("a"), TRIAGE_STAR, true};
	struct error err;
	size_t n;
	(void)state;
	assert_true(triage_change(t, &step, 1, &n, &err));
	is_willing = false;
	step.value = false;
	assert_false(triage_change(t, &step, 1, &n, &err));
	assert_true(triage_state(t, STR("a")).is_starred);
	assert_false(triage_undo(t, &n, NULL, &err));
	assert_true(triage_state(t, STR("a")).is_starred);
	is_willing = true;
	assert_true(triage_undo(t, &n, NULL, &err));
	assert_false(triage_state(t, STR("a")).is_starred);
	triage_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_are_kept_and_undone_one_by_one),
		cmocka_unit_test(a_change_of_many_is_undone_as_one),
		cmocka_unit_test(what_the_journal_refuses_does_not_happen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
