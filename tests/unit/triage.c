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
	struct triage_step step = {.id = str_of(id), .field = field, .value = value};
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
		steps[i] = (struct triage_step){
			.id = str_of(ids[i]), .field = TRIAGE_READ, .value = true};
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

static bool refuse(void *self, const struct record *records, size_t n, struct error *err)
{
	(void)records;
	(void)n;
	return *(bool *)self || error_set(err, ERROR_LIBRARY, "full", NULL);
}

static void what_the_journal_refuses_does_not_happen(void **state)
{
	bool is_willing = true;
	const struct triage_journal journal = {.self = &is_willing, .write = refuse};
	struct triage *t = triage_new(&journal);
	struct triage_step step = {.id = STR("a"), .field = TRIAGE_STAR, .value = true};
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

static struct triage_step tag(const char *id, const char *name, bool value)
{
	return (struct triage_step){
		.id = str_of(id), .field = TRIAGE_TAG, .value = value, .text = str_of(name)};
}

static void tags_and_notes_are_state_too(void **state)
{
	struct triage *t = triage_new(NULL);
	struct arena *arena = arena_new();
	struct triage_step steps[] = {tag("a", "公司", true), tag("a", "ai", true),
				      tag("b", "ai", true)};
	struct triage_step note = {.id = STR("a"), .field = TRIAGE_NOTE, .text = STR("给 老王 看")};
	struct str *tags;
	size_t n;
	(void)state;
	assert_true(triage_change(t, steps, 3, &n, NULL) && n == 3);
	assert_int_equal(triage_tags(t, arena, &tags), 2);
	assert_true(str_is(tags[0], "ai") && str_is(tags[1], "公司"));
	assert_true(triage_change(t, &note, 1, &n, NULL) && n == 1);
	struct story_state a = triage_state(t, STR("a"));
	assert_true(a.n_tags == 2 && str_is(a.tags[0], "ai") && str_is(a.note, "给 老王 看"));
	note.text = STR("别的");
	assert_true(triage_change(t, &note, 1, &n, NULL));
	assert_true(triage_undo(t, &n, NULL, NULL));
	assert_true(str_is(triage_state(t, STR("a")).note, "给 老王 看"));
	assert_true(triage_undo(t, &n, NULL, NULL));
	assert_int_equal(triage_state(t, STR("a")).note.len, 0);
	assert_true(triage_undo(t, &n, NULL, NULL) && n == 3);
	assert_int_equal(triage_state(t, STR("a")).n_tags, 0);
	arena_free(arena);
	triage_free(t);
}

static struct record from(const char *device, unsigned long long stamp, const char *key,
			  const char *field, const char *value)
{
	return (struct record){stamp, str_of(device), str_of(key), str_of(field), str_of(value)};
}

static void the_later_of_two_devices_holds(void **state)
{
	struct triage *t = triage_new(NULL);
	struct record records[] = {from("b", 20, "a", "s", ""), from("a", 10, "a", "s", "1"),
				   from("c", 20, "a", "s", "1")};
	size_t n;
	(void)state;
	assert_false(triage_merge(t, &records[0], false));
	assert_false(triage_merge(t, &records[1], false)); /* older */
	assert_false(triage_state(t, STR("a")).is_starred);
	assert_true(triage_merge(t, &records[2], false)); /* at the same time: the greater name */
	assert_true(triage_state(t, STR("a")).is_starred);
	assert_true(triage_undo(t, &n, NULL, NULL) && n == 0); /* others' marks are theirs */
	assert_true(change(t, "a", TRIAGE_STAR, false));       /* later than all that was seen */
	assert_false(triage_merge(t, &records[2], false));
	assert_false(triage_state(t, STR("a")).is_starred);
	triage_free(t);
}

static bool note_stamp(void *self, const struct record *records, size_t n, struct error *err)
{
	(void)err;
	*(unsigned long long *)self = records[n - 1].stamp;
	return true;
}

static void nobody_takes_the_last_of_all_stamps(void **state)
{
	unsigned long long stamp, first;
	const struct triage_journal journal = {.self = &stamp, .write = note_stamp};
	struct triage *t = triage_new(&journal);
	struct record theirs = from("b", RECORD_STAMP_MAX, "a", "s", "1");
	struct record own = from("a", RECORD_STAMP_MAX, "b", "s", "1");
	(void)state;
	assert_false(triage_merge(t, &theirs, false));
	theirs.stamp = RECORD_STAMP_MAX - 1;
	assert_false(triage_merge(t, &theirs, false));
	assert_true(change(t, "a", TRIAGE_STAR, true));
	first = stamp;
	assert_true(change(t, "a", TRIAGE_STAR, false));
	assert_true(first < stamp && stamp < RECORD_STAMP_MAX);
	assert_false(triage_state(t, STR("a")).is_starred);
	triage_merge(t, &own, true); /* that somebody forged: what is written can still be read */
	assert_true(change(t, "c", TRIAGE_STAR, true));
	assert_int_equal(stamp, RECORD_STAMP_MAX);
	triage_free(t);
}

static void a_mark_is_undone_whatever_others_had_done_meanwhile(void **state)
{
	struct triage *t = triage_new(NULL);
	struct record theirs = from("b", 5, "a", "s", "1"), own = from("a", 10, "a", "s", "1");
	size_t n;
	(void)state;
	triage_merge(t, &theirs, false); /* not known yet when the own mark was made */
	triage_merge(t, &own, true);
	assert_true(triage_undo(t, &n, NULL, NULL) && n == 1);
	assert_false(triage_state(t, STR("a")).is_starred);
	triage_free(t);
}

static void an_alias_joins_two_ids(void **state)
{
	struct triage *t = triage_new(NULL);
	size_t n;
	(void)state;
	assert_true(change(t, "old", TRIAGE_STAR, true));
	assert_true(change(t, "new", TRIAGE_READ, true));
	assert_true(triage_alias(t, STR("old"), STR("new"), STR("about"), NULL));
	assert_true(triage_state(t, STR("new")).is_starred && triage_state(t, STR("old")).is_read);
	assert_true(change(t, "old", TRIAGE_STAR, false));
	assert_false(triage_state(t, STR("new")).is_starred);
	assert_true(triage_undo(t, &n, NULL, NULL) && n == 1);
	assert_true(triage_state(t, STR("new")).is_starred);
	triage_free(t);
}

struct seen {
	size_t n, n_starred;
	bool has_old;
};

static void see(void *self, struct str id, const struct story_state *state)
{
	struct seen *seen = self;
	seen->n++;
	seen->n_starred += state->is_starred;
	seen->has_old |= str_is(id, "old");
}

static void each_id_with_state_is_told_once(void **state)
{
	struct triage *t = triage_new(NULL);
	struct seen seen = {0};
	(void)state;
	triage_each(t, see, &seen);
	assert_int_equal(seen.n, 0);
	assert_true(change(t, "old", TRIAGE_STAR, true) && change(t, "x", TRIAGE_READ, true));
	assert_true(change(t, "x", TRIAGE_READ, false));
	assert_true(triage_alias(t, STR("old"), STR("new"), STR("about"), NULL));
	triage_each(t, see, &seen);
	assert_true(seen.n == 3 && seen.n_starred == 2 && seen.has_old);
	triage_free(t);
}

static void a_record_reads_back_as_it_was(void **state)
{
	struct arena *arena = arena_new();
	struct strbuf buf = strbuf_make(arena);
	struct record record =
		from("x", 0x19beaecb4e4abcdULL, "4c41d9c0f07534fe", "t:a b%", " \n\t注");
	struct record back;
	(void)state;
	record_put(&buf, &record);
	struct str line = strbuf_str(&buf);
	assert_true(line.p[line.len - 1] == '\n');
	line.len--;
	assert_true(str_starts(line, "019beaecb4e4abcd 4c41d9c0f07534fe t:a%20b%25 %20%0a%09注 "));
	assert_true(record_read(arena, line, &back));
	assert_true(back.stamp == record.stamp && str_eq(back.key, record.key));
	assert_true(str_eq(back.field, record.field) && str_eq(back.value, record.value));
	for (size_t i = 0; i < line.len; i++) { /* torn anywhere, flipped anywhere */
		assert_false(record_read(arena, str_sub(line, 0, i), &back));
		for (int bit = 0; bit < 8; bit++) {
			char *flipped = str_dup(arena, line);
			flipped[i] = (char)(flipped[i] ^ 1 << bit);
			assert_false(record_read(arena, (struct str){flipped, line.len}, &back));
		}
	}
	assert_false(record_read(arena, STR("<<<<<<< HEAD"), &back));
	arena_free(arena);
}

/* What is written must be read again, at the worst with three bytes for each. */
static void a_text_no_line_can_hold_is_refused(void **state)
{
	struct triage *t = triage_new(NULL);
	struct arena *arena = arena_new();
	struct strbuf line = strbuf_make(arena);
	struct record read;
	struct error err = {0};
	char *text = arena_alloc(arena, TRIAGE_TEXT_MAX + 2);
	(void)state;
	memset(text, '%', TRIAGE_TEXT_MAX + 1);
	struct triage_step step = {.id = STR("a"), .field = TRIAGE_NOTE, .text = str_of(text)};
	assert_false(triage_change(t, &step, 1, NULL, &err));
	assert_int_equal(err.code, ERROR_USAGE);
	assert_int_equal(triage_state(t, STR("a")).note.len, 0);
	step.text.len--;
	assert_true(triage_change(t, &step, 1, NULL, NULL));
	assert_int_equal(triage_state(t, STR("a")).note.len, TRIAGE_TEXT_MAX);
	record_put(&line, &(struct record){.key = step.id, .field = STR("n"), .value = step.text});
	assert_true(record_read(arena, str_sub(strbuf_str(&line), 0, line.len - 1), &read));
	assert_true(str_eq(read.value, step.text));
	triage_free(t);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_are_kept_and_undone_one_by_one),
		cmocka_unit_test(a_change_of_many_is_undone_as_one),
		cmocka_unit_test(what_the_journal_refuses_does_not_happen),
		cmocka_unit_test(tags_and_notes_are_state_too),
		cmocka_unit_test(a_text_no_line_can_hold_is_refused),
		cmocka_unit_test(the_later_of_two_devices_holds),
		cmocka_unit_test(nobody_takes_the_last_of_all_stamps),
		cmocka_unit_test(a_mark_is_undone_whatever_others_had_done_meanwhile),
		cmocka_unit_test(an_alias_joins_two_ids),
		cmocka_unit_test(each_id_with_state_is_told_once),
		cmocka_unit_test(a_record_reads_back_as_it_was),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
