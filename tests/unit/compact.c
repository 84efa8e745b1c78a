/* Compaction of journals: which lines stay, by the stamps from which on changes can be undone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sulan/arena.h>
#include <sulan/journal.h>
#include <sulan/record.h>

struct line {
	unsigned long long stamp;
	const char *key, *field, *value;
};

static const struct line lines[] = {
	{1, "e", "star", "1"},
	{1, "b", "star", "1"},
	{2, "e", "star", "0"},
	{2, "e", "note", "x"},
	{3, RECORD_NO_KEY, RECORD_UNDO, "2"},
	{3, "c", RECORD_ALIAS, "d"},
	{4, "e", "star", "1"},
	{4, "c", RECORD_ALIAS, "e"},
	{5, "e", "note", "y"},
	{5, "b", "star", "0"},
	{6, "e", "star", "0"},
	{6, RECORD_NO_KEY, RECORD_UNDO, "4"},
};
enum { N_LINES = sizeof(lines) / sizeof(*lines) };

static void put(struct strbuf *buf, const struct line *line)
{
	struct record record = {.stamp = line->stamp,
				.key = str_of(line->key),
				.field = str_of(line->field),
				.value = str_of(line->value)};
	record_put(buf, &record);
}

/* The journal is left with the lines that are named in `kept`, a letter for each. */
static void assert_kept(size_t n_undoable, const char *kept)
{
	struct arena *arena = arena_new();
	struct strbuf text = strbuf_make(arena), wanted = strbuf_make(arena);
	size_t n_dropped, n_kept = 0;
	for (size_t i = 0; i < N_LINES; i++)
		put(&text, &lines[i]);
	for (; *kept; kept++, n_kept++)
		put(&wanted, &lines[*kept - 'a']);
	strbuf_puts(&text, "no record\n\n");
	struct str left = journal_compact(arena, strbuf_str(&text), n_undoable, &n_dropped);
	if (!str_eq(left, strbuf_str(&wanted)))
		fail_msg("%zu undoable:\n%.*s", n_undoable, (int)left.len, left.p);
	assert_int_equal(n_dropped, N_LINES + 1 - n_kept);
	arena_free(arena);
}

static void what_can_be_undone_stays_and_what_was_before_it(void **state)
{
	(void)state;
	assert_kept(0, "fhijk");
	assert_kept(1, "fghijkl");
	assert_kept(2, "bdfghijkl");
	assert_kept(3, "bcdfghijkl");
	assert_kept(4, "bcdefghijkl");
	assert_kept(5, "abcdefghijkl");
	assert_kept(6, "abcdefghijkl");
	assert_kept(1000, "abcdefghijkl");
}

static void an_empty_journal_stays_empty(void **state)
{
	struct arena *arena = arena_new();
	size_t n_dropped = 1;
	(void)state;
	assert_int_equal(journal_compact(arena, STR(""), 5, &n_dropped).len, 0);
	assert_int_equal(n_dropped, 0);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_can_be_undone_stays_and_what_was_before_it),
		cmocka_unit_test(an_empty_journal_stays_empty),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
