/* Filters as they are typed: blanks and colons of a Chinese input method, odd texts, places of
 * faults.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/issue.h>
#include <sulan/query.h>

static const struct issue *open_issue(void)
{
	return issue_read(STR("# 早报 2026-03-05\n\n## 甲\n\n> **分类：** 市场\n\n正文 a-b\n\n"
			      "## 乙\n\n> **分类：** 技术\n\n标题：x\n"),
			  STR("x"), NULL);
}

/* Numbers of the stories that `filter` lets through, as bits. */
static unsigned let_through(const char *filter)
{
	const struct issue *issue = open_issue();
	struct arena *arena = arena_new();
	const struct query *query = query_parse(arena, str_of(filter), NULL);
	unsigned bits = 0;
	assert_non_null(query);
	for (size_t i = 0; i < issue->n_stories; i++)
		bits |= (unsigned)query_matches(query, issue, &issue->stories[i],
						(struct story_state){0}, NULL)
			<< i;
	arena_free(arena);
	issue_free(issue);
	return bits;
}

static void blanks_and_colons_may_be_wide(void **state)
{
	(void)state;
	assert_int_equal(let_through("cat：市场"), 1);
	assert_int_equal(let_through("正文　cat:市场"), 1);
	assert_int_equal(let_through("正文　cat：技术"), 0);
	assert_int_equal(let_through("\t-cat：市场\t"), 2);
	assert_int_equal(let_through("　"), 3);
}

static void what_only_looks_like_a_term_is_text(void **state)
{
	(void)state;
	assert_int_equal(let_through("标题：x"), 2);
	assert_int_equal(let_through("a-b"), 1);
	assert_int_equal(let_through("-"), 1);
	assert_int_equal(let_through("category:市场"), 0);
	assert_int_equal(let_through("\"cat:市场\""), 0);
	assert_int_equal(let_through("cat:\"市场\""), 1);
	assert_int_equal(let_through("kw:正文"), 0); /* no keywords: it does not hold */
	assert_int_equal(let_through("-kw:正文"), 3);
}

static void columns_count_characters(void **state)
{
	static const struct {
		const char *text, *column;
	} cases[] = {{"市场　\"没有完", "4"}, {"甲 cat：", "3"}, {"甲 -after：明天", "3"}};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct error err = {0};
		assert_null(query_parse(arena, str_of(cases[i].text), &err));
		assert_string_equal(err.arg, cases[i].column);
	}
	arena_free(arena);
}

static void any_bytes_are_a_filter_or_a_fault(void **state)
{
	static const char bytes[] = "\0cat:-\" \xe3\x80\xff\xef\xbc\x9a"
				    "kind:after:a";
	unsigned seed = 5;
	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct arena *arena = arena_new();
		struct strbuf text = strbuf_make(arena);
		struct error err = {0};
		for (int i = 0; i < 24; i++) {
			seed = seed * 1664525u + 1013904223u;
			strbuf_putc(&text, bytes[(seed >> 16) % (sizeof(bytes) - 1)]);
		}
		const struct query *query = query_parse(arena, strbuf_str(&text), &err);
		assert_true((query == NULL) == (err.code == ERROR_USAGE));
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blanks_and_colons_may_be_wide),
		cmocka_unit_test(what_only_looks_like_a_term_is_text),
		cmocka_unit_test(columns_count_characters),
		cmocka_unit_test(any_bytes_are_a_filter_or_a_fault),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
