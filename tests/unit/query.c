/* Filters as they are typed: blanks and colons of a Chinese input method, odd texts, places of
 * faults.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

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

static void a_date_may_be_a_month_or_a_year(void **state)
{
	(void)state;
	assert_int_equal(let_through("after:2026-03-05 before:2026-03-06"), 3);
	assert_int_equal(let_through("after:2026-03-06"), 0);
	assert_int_equal(let_through("after:2026-03"), 3);
	assert_int_equal(let_through("before:2026-03"), 0);
	assert_int_equal(let_through("before:2026年4月"), 3);
	assert_int_equal(let_through("after:2026 before:2027"), 3);
	assert_int_equal(let_through("-after:2027"), 3);
}

static void a_date_may_be_told_from_today(void **state)
{
	static const struct {
		const char *filter;
		unsigned bits;
	} cases[] = {{"after:today", 0}, {"after:5d", 3},
		     {"after:4d", 0},    {"after：本周", 0},
		     {"after:上周", 3},  {"before:上周", 0},
		     {"before:1m", 0},   {"after:１ｗ", 3},
		     {"after:month", 3}, {"after:今年 -before:7天", 3},
		     {"before:year", 0}};
	const struct query_names names = {.today = {2026, 3, 10}}; /* a Tuesday */
	const struct issue *issue = open_issue();
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct query *query =
			query_parse_with(arena, str_of(cases[i].filter), &names, NULL);
		assert_non_null(query);
		for (size_t s = 0; s < 2; s++)
			assert_int_equal(query_matches(query, issue, &issue->stories[s],
						       (struct story_state){0}, NULL),
					 cases[i].bits >> s & 1);
	}
	arena_free(arena);
	issue_free(issue);
}

static void one_of_several_may_do(void **state)
{
	(void)state;
	assert_int_equal(let_through("甲|乙"), 3);
	assert_int_equal(let_through("甲|丙"), 1);
	assert_int_equal(let_through("-甲|丙"), 2);
	assert_int_equal(let_through("cat:市场|技术"), 3);
	assert_int_equal(let_through("-cat:市场|技术"), 0);
	assert_int_equal(let_through("cat:丙|\"技术\" 乙"), 2);
	assert_int_equal(let_through("cat:丙|技术 甲"), 0);
	assert_int_equal(let_through("read|cat:技术"), 2);
	assert_int_equal(let_through("cat:丙|title:甲"), 1);
	assert_int_equal(let_through("\"甲|乙\""), 0);
}

static void a_publication_is_named_or_its_folder(void **state)
{
	const struct issue *named = open_issue();
	const struct issue *plain =
		issue_read(STR("## 甲\n\n正文\n"), STR("/日报/周刊 b/2026.md"), NULL);
	struct arena *arena = arena_new();
	(void)state;
	assert_true(str_is(named->publication, "早报"));
	assert_int_equal(plain->publication.len, 0);
	static const struct {
		const char *filter;
		bool is_named, is_plain;
	} cases[] = {{"pub:早", true, false},    {"pub:周刊", false, true},
		     {"pub:日报", false, false}, {"pub:\"刊 B\"", false, true},
		     {"pub:早|周", true, true},  {"-pub:早报", false, true}};
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct query *query = query_parse(arena, str_of(cases[i].filter), NULL);
		const struct story_state none = {0};
		assert_non_null(query);
		assert_int_equal(query_matches(query, named, named->stories, none, NULL),
				 cases[i].is_named);
		assert_int_equal(query_matches(query, plain, plain->stories, none, NULL),
				 cases[i].is_plain);
	}
	arena_free(arena);
	issue_free(named);
	issue_free(plain);
}

static void a_story_is_known_by_how_its_id_begins(void **state)
{
	const struct issue *issue = open_issue();
	char filter[32];
	(void)state;
	snprintf(filter, sizeof(filter), "id:%.16s", issue->stories[1].id.p);
	assert_int_equal(let_through(filter), 2);
	snprintf(filter, sizeof(filter), "id:%.7s", issue->stories[0].id.p);
	assert_int_equal(let_through(filter), 1);
	assert_int_equal(let_through("id:0123456789abcdef0"), 0);
	issue_free(issue);
}

static bool find_view(const void *self, struct str name, struct str *filter)
{
	(void)self;
	*filter = str_is(name, "a")   ? STR("cat:市场 正文")
		  : str_is(name, "b") ? STR("-@a")
				      : STR("甲 @c");
	return str_is(name, "a") || str_is(name, "b") || str_is(name, "c");
}

static void a_view_stands_for_its_terms(void **state)
{
	static const struct {
		const char *filter;
		unsigned bits;
	} cases[] = {{"@a", 1},    {"-@a", 2},       {"@b", 2},     {"-@b", 1},
		     {"@a|@b", 3}, {"@b|丙", 2},     {"-@a|@b", 0}, {"@a @b", 0},
		     {"@a 正", 1}, {"-@a -标题", 0}, {"\"@a\"", 0}};
	const struct query_names names = {.find_view = find_view};
	const struct issue *issue = open_issue();
	struct arena *arena = arena_new();
	struct error err = {0};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct query *query =
			query_parse_with(arena, str_of(cases[i].filter), &names, NULL);
		assert_non_null(query);
		for (size_t s = 0; s < 2; s++)
			assert_int_equal(query_matches(query, issue, &issue->stories[s],
						       (struct story_state){0}, NULL),
					 cases[i].bits >> s & 1);
	}
	assert_null(query_parse_with(arena, STR("甲 @none"), &names, &err));
	assert_int_equal(query_fault(STR("甲 @none"), &err), strlen("甲 "));
	assert_null(query_parse_with(arena, STR("-@c"), &names, &err)); /* for itself */
	arena_free(arena);
	issue_free(issue);
}

/* What completion offers is the language's: a field wants something behind it. */
static void its_words_are_known(void **state)
{
	struct arena *arena = arena_new();
	(void)state;
	for (const char *const *word = query_words(); *word; word++) {
		struct error err = {0};
		struct str text = str_of(*word);
		struct query_text *texts;
		const struct query *query = query_parse(arena, text, &err);
		assert_int_equal(query == NULL, str_ends(text, ":"));
		assert_true(!query || query_texts(query, arena, &texts) == 0);
	}
	arena_free(arena);
}

static void columns_count_characters(void **state)
{
	static const struct {
		const char *text, *column;
		size_t at;
	} cases[] = {{"市场　\"没有完", "4", 9}, {"甲 cat：", "3", 4}, {"甲 -after：明天", "3", 4},
		     {"甲 乙|", "4", 7},         {"|甲", "1", 0},      {"甲 cat:乙||丙", "8", 11}};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct error err = {0};
		assert_null(query_parse(arena, str_of(cases[i].text), &err));
		assert_string_equal(err.arg, cases[i].column);
		assert_int_equal(query_fault(str_of(cases[i].text), &err), cases[i].at);
	}
	arena_free(arena);
}

static void any_bytes_are_a_filter_or_a_fault(void **state)
{
	static const char bytes[] = "\0cat:-|\" \xe3\x80\xff\xef\xbc\x9a"
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
		cmocka_unit_test(a_date_may_be_a_month_or_a_year),
		cmocka_unit_test(a_date_may_be_told_from_today),
		cmocka_unit_test(one_of_several_may_do),
		cmocka_unit_test(a_publication_is_named_or_its_folder),
		cmocka_unit_test(a_story_is_known_by_how_its_id_begins),
		cmocka_unit_test(a_view_stands_for_its_terms),
		cmocka_unit_test(its_words_are_known),
		cmocka_unit_test(columns_count_characters),
		cmocka_unit_test(any_bytes_are_a_filter_or_a_fault),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
