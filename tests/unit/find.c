/* Keywords, finding, filters, folding. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/fold.h>
#include <sulan/issue.h>
#include <sulan/keywords.h>
#include <sulan/needle.h>
#include <sulan/query.h>

static struct keywords *watch(const char *const *words)
{
	struct keyword list[64];
	size_t n = 0;
	for (; words[n]; n++)
		list[n] = (struct keyword){str_of(words[n]), str_of(words[n]), 1, 1};
	return keywords_new(list, n);
}

/* The hits as "word/word/word". */
static const char *hits_of(struct arena *arena, const struct keywords *k, const char *text)
{
	struct strbuf out = strbuf_make(arena);
	struct hit *hits;
	size_t n = keywords_scan(k, arena, str_of(text), &hits);
	for (size_t i = 0; i < n; i++) {
		strbuf_puts(&out, i ? "/" : "");
		strbuf_put(&out, str_sub(str_of(text), hits[i].at, hits[i].len));
	}
	return strbuf_str(&out).p;
}

static void words_hit_folded_and_at_borders(void **state)
{
	static const char *const words[] = {"OpenAI", "AI",  "具身智能", "智能",
					    "GPT-4",  "C++", "é",        NULL};
	struct arena *arena = arena_new();
	struct keywords *k = watch(words);
	(void)state;
	assert_string_equal(hits_of(arena, k, "openai、ＯＰＥＮＡＩ与OpenAI"),
			    "openai/ＯＰＥＮＡＩ/OpenAI");
	assert_string_equal(hits_of(arena, k, "said FAIR AIs"), "");
	assert_string_equal(hits_of(arena, k, "AI行业，行业AI。(AI)"), "AI/AI/AI");
	assert_string_equal(hits_of(arena, k, "具身智能与智能体"), "具身智能/智能");
	assert_string_equal(hits_of(arena, k, "gpt-4 GPT-40 C++ c++x"), "gpt-4/C++/c++");
	assert_string_equal(hits_of(arena, k, ""), "");
	keywords_free(k);
	arena_free(arena);
}

static void the_leftmost_longest_stays(void **state)
{
	static const char *const han[] = {"一二", "一二三四", "二三", "三四五", "五", NULL};
	struct arena *arena = arena_new();
	struct keywords *k = watch(han);
	(void)state;
	assert_string_equal(hits_of(arena, k, "一二三四五"), "一二三四/五");
	assert_string_equal(hits_of(arena, k, "一二三五"), "一二/五");
	assert_string_equal(hits_of(arena, k, "二三四五"), "二三/五");
	keywords_free(k);
	arena_free(arena);
}

static unsigned next_random(unsigned *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

/* Leftmost longest by trying every word at every place. */
static const char *naive(struct arena *arena, const char *const *words, const char *text)
{
	struct strbuf out = strbuf_make(arena);
	struct str s = str_of(text);
	for (size_t at = 0; at < s.len;) {
		size_t best = 0;
		for (size_t w = 0; words[w]; w++)
			if (str_starts(str_from(s, at), words[w]) && strlen(words[w]) > best)
				best = strlen(words[w]);
		if (best) {
			strbuf_puts(&out, out.len ? "/" : "");
			strbuf_put(&out, str_sub(s, at, best));
		}
		at += best ? best : 3;
	}
	return strbuf_str(&out).p;
}

static void hits_are_those_of_a_plain_search(void **state)
{
	static const char *const letters[] = {"甲", "乙", "丙"};
	unsigned seed = 7;
	(void)state;
	for (int round = 0; round < 300; round++) {
		struct arena *arena = arena_new();
		const char *words[7] = {0};
		for (size_t w = 0; w < 6; w++) {
			struct strbuf word = strbuf_make(arena);
			for (unsigned i = next_random(&seed) % 4 + 1; i > 0; i--)
				strbuf_puts(&word, letters[next_random(&seed) % 3]);
			words[w] = strbuf_str(&word).p;
		}
		struct strbuf text = strbuf_make(arena);
		for (int i = 0; i < 60; i++)
			strbuf_puts(&text, letters[next_random(&seed) % 3]);
		struct keywords *k = watch(words);
		assert_string_equal(hits_of(arena, k, strbuf_str(&text).p),
				    naive(arena, words, strbuf_str(&text).p));
		keywords_free(k);
		arena_free(arena);
	}
}

static void folding_knows_the_way_back(void **state)
{
	struct arena *arena = arena_new();
	struct str text = STR("Ａé中ﬁe\xcc\x81 ｶﾞ");
	struct fold fold = fold_make(arena, text);
	(void)state;
	assert_true(str_is(fold.text, "ae中fie ガ"));
	size_t at = str_find(fold.text, STR("fi"), 0);
	assert_true(str_is(fold_source(&fold, text, at, at + 1), "ﬁ"));
	assert_true(str_is(fold_source(&fold, text, 0, 2), "Ａé"));
	assert_true(str_is(fold_source(&fold, text, fold.text.len - 3, fold.text.len), "ｶﾞ"));
	assert_int_equal(fold.at[fold.text.len], text.len);
	arena_free(arena);
}

static void all_of_a_needle_is_found(void **state)
{
	struct arena *arena = arena_new();
	struct hit *hits;
	struct str text = STR("模型 MODEL Model 模型");
	(void)state;
	assert_int_equal(find_all(arena, text, STR("模型"), &hits), 2);
	assert_int_equal(find_all(arena, text, STR("model"), &hits), 2);
	assert_true(str_is(str_sub(text, hits[0].at, hits[0].len), "MODEL"));
	assert_int_equal(find_all(arena, text, STR(""), &hits), 0);
	arena_free(arena);
}

static size_t count(const struct issue *issue, const char *filter, struct story_state state)
{
	static const char *const words[] = {"OpenAI", "GPU", NULL};
	struct arena *arena = arena_new();
	struct keywords *k = watch(words);
	const struct query *query = query_parse(arena, str_of(filter), NULL);
	size_t n = 0;
	assert_non_null(query);
	for (size_t i = 0; i < issue->n_stories; i++)
		n += query_matches(query, issue, &issue->stories[i], state, k);
	keywords_free(k);
	arena_free(arena);
	return n;
}

static void filters_let_through_what_they_say(void **state)
{
	const struct issue *issue = issue_read(
		STR("# 早报 2026-03-05\n\n## 甲 OpenAI\n\n> **分类：** 市场\n> **来源：** "
		    "[量子位](https://q.com/1)\n\n正文 exact phrase here\n\n"
		    "## 乙\n\n> **分类：** 技术\n> **来源：** [36氪](https://k.com/2)\n\ngpu\n\n## "
		    "更多\n\n- [丙](https://c.com)\n"),
		STR("x"), NULL);
	struct story_state none = {0}, read = {.is_read = true}, gone = {.is_dismissed = true};
	(void)state;
	assert_int_equal(issue->n_stories, 3);
	assert_int_equal(count(issue, "", none), 3);
	assert_int_equal(count(issue, "openai", none), 1);
	assert_int_equal(count(issue, "-openai", none), 2);
	assert_int_equal(count(issue, "cat:市场", none), 1);
	assert_int_equal(count(issue, "-cat:市场 kind:story", none), 1);
	assert_int_equal(count(issue, "source:量子", none), 1);
	assert_int_equal(count(issue, "source:k.com", none), 1);
	assert_int_equal(count(issue, "title:乙", none), 1);
	assert_int_equal(count(issue, "kw:gpu", none), 1);
	assert_int_equal(count(issue, "kind:brief", none), 1);
	assert_int_equal(count(issue, "\"exact phrase\"", none), 1);
	assert_int_equal(count(issue, "phrase exact", none), 1);
	assert_int_equal(count(issue, "after:2026-03-05", none), 3);
	assert_int_equal(count(issue, "before:2026-03-05", none), 0);
	assert_int_equal(count(issue, "unread", read), 0);
	assert_int_equal(count(issue, "read", read), 3);
	assert_int_equal(count(issue, "dismissed", gone), 3);
	assert_int_equal(count(issue, "star", none), 0);
	issue_free(issue);
}

static void a_wrong_filter_names_its_column(void **state)
{
	static const struct {
		const char *text, *column;
	} cases[] = {{"市场 \"没有完", "4"}, {"cat:", "1"}, {"a after:soon", "3"}, {"kind:x", "1"}};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct error err = {0};
		assert_null(query_parse(arena, str_of(cases[i].text), &err));
		assert_string_equal(err.arg, cases[i].column);
	}
	assert_true(query_names_dismissed(query_parse(arena, STR("x dismissed"), NULL)));
	assert_false(query_names_dismissed(query_parse(arena, STR("\"dismissed\""), NULL)));
	arena_free(arena);
}

static bool find_view(const void *self, struct str name, struct str *filter)
{
	static const char *const views[][2] = {{"one", "star tag:公司"},
					       {"two", "@one -read"},
					       {"bad", "cat:"},
					       {"loop", "@loop"}};
	(void)self;
	for (size_t i = 0; i < 4; i++) {
		if (str_is(name, views[i][0])) {
			*filter = str_of(views[i][1]);
			return true;
		}
	}
	return false;
}

static void views_and_marks_are_terms(void **state)
{
	const struct query_names names = {.find_view = find_view};
	const struct issue *issue =
		issue_read(STR("# 早报 2026-03-05\n\n## 甲\n\n正文\n"), STR("x"), NULL);
	struct str tags[] = {STR("AI"), STR("公司")};
	struct story_state marks = {
		.is_starred = true, .tags = tags, .n_tags = 2, .note = STR("给老王")};
	struct arena *arena = arena_new();
	static const struct {
		const char *filter;
		bool is_let_through;
	} cases[] = {{"@one", true},       {"@two", true},        {"正文 @two", true},
		     {"@two read", false}, {"tag:ai", true},      {"tag:a", false},
		     {"-tag:公司", false}, {"note:老王", true},   {"note", true},
		     {"-note", false},     {"tag:\"公司\"", true}};
	static const char *const wrong[] = {"甲 @none", "甲 @bad", "甲 @loop"};
	struct error err = {0};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct query *q =
			query_parse_with(arena, str_of(cases[i].filter), &names, &err);
		assert_non_null(q);
		assert_int_equal(query_matches(q, issue, issue->stories, marks, NULL),
				 cases[i].is_let_through);
	}
	for (size_t i = 0; i < 3; i++) {
		assert_null(query_parse_with(arena, str_of(wrong[i]), &names, &err));
		assert_string_equal(err.arg, "3");
	}
	arena_free(arena);
	issue_free(issue);
}

/* What a needle hits in the last of the texts it was shown, as "hit/hit". */
static const char *needle_hits(struct arena *arena, const char *typed, const char *const *texts)
{
	struct needle needle = needle_make(arena, str_of(typed));
	struct strbuf out = strbuf_make(arena);
	struct hit *hits;
	size_t last = 0;
	for (size_t i = 0; texts[i]; i++) {
		needle_learn(&needle, arena, str_of(texts[i]));
		last = i;
	}
	size_t n = needle_find(&needle, arena, str_of(texts[last]), &hits);
	for (size_t i = 0; i < n; i++) {
		strbuf_puts(&out, i ? "/" : "");
		strbuf_put(&out, str_sub(str_of(texts[last]), hits[i].at, hits[i].len));
	}
	return n ? strbuf_str(&out).p : "";
}

static void needles_read_pinyin(void **state)
{
	static const char *const texts[] = {"AI 与臺灣", "微软在西安，先说 OpenAI：微软", NULL};
	struct arena *arena = arena_new();
	(void)state;
	assert_string_equal(needle_hits(arena, "weiruan", texts), "微软/微软");
	assert_string_equal(needle_hits(arena, "wr", texts), "微软/微软");
	assert_string_equal(needle_hits(arena, "xian", texts), "西安/先");
	assert_string_equal(needle_hits(arena, "XS", texts), "先说");
	assert_string_equal(needle_hits(arena, "ai", texts), "AI"); /* a word of the first */
	assert_string_equal(needle_hits(arena, "ope", texts), "Ope");
	assert_string_equal(needle_hits(arena, "微軟", texts), "微软/微软");
	assert_string_equal(needle_hits(arena, " ", texts), "");
	assert_string_equal(needle_hits(arena, "taiwan", (const char *const[]){"臺灣", NULL}),
			    "臺灣");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_hit_folded_and_at_borders),
		cmocka_unit_test(needles_read_pinyin),
		cmocka_unit_test(the_leftmost_longest_stays),
		cmocka_unit_test(hits_are_those_of_a_plain_search),
		cmocka_unit_test(folding_knows_the_way_back),
		cmocka_unit_test(all_of_a_needle_is_found),
		cmocka_unit_test(filters_let_through_what_they_say),
		cmocka_unit_test(a_wrong_filter_names_its_column),
		cmocka_unit_test(views_and_marks_are_terms),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
