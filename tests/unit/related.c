/* What a story is about, and which others go on with it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/index.h>
#include <sulan/lookup.h>
#include <sulan/related.h>

#include "../indexed.h"
#include "gist.h"

/* An archive of some months: a model and its maker, a bank, a comet, and what has nothing to do
 * with any of them. */
static const char *const issues[][2] = {
	{"2026-03-01.md",
	 "# 晨报 2026-03-01\n\n## 晨星科技发布 Polaris 3 模型\n\nPolaris 3 的权重将"
	 "开放。\n\n## 海岸银行开通夜间转账\n\n海岸银行说，夜里也能转账。\n"},
	{"2026-03-02.md",
	 "# 晨报 2026-03-02\n\n## 彗星将在周五掠过夜空\n\n肉眼可见。\n\n## 面包涨价了\n\n"
	 "面粉更贵。\n"},
	{"2026-03-05.md", "# 晨报 2026-03-05\n\n## Polaris-3 价格下调一半\n\n晨星科技说到做到。\n\n"
			  "## 图书馆延长开放\n\n到夜里十点。\n"},
	{"2026-03-08.md",
	 "# 晨报 2026-03-08\n\n## 海岸银行夜间转账故障\n\n当夜修好。\n\n## 渡轮停航\n\n风大。\n"},
	{"2026-03-09.md", "# 晨报 2026-03-09\n\n## 晨星科技融资两亿\n\n投资人没有说出名字。\n\n"
			  "## 城市花园开放\n\n郁金香开了。\n"},
	{"2026-03-20.md",
	 "# 晨报 2026-03-20\n\n## POLARIS 3 权重公开\n\n可以下载。\n\n## 足球队输了\n\n零比三。\n"},
};

static int set_up(void **state)
{
	struct indexed *f = *state = indexed_new();
	for (size_t i = 0; i < sizeof(issues) / sizeof(*issues); i++)
		indexed_write(f, issues[i][0], issues[i][1]);
	indexed_renew(f, SIZE_MAX);
	return 0;
}

static int tear_down(void **state)
{
	indexed_free(*state);
	return 0;
}

static struct str id_of(struct indexed *f, const char *title)
{
	struct lookup lookup;
	struct lookup_opts opts = {.max = 0};
	struct str text = str_of(arena_printf(f->arena, "\"%s\"", title));
	assert_true(lookup_find(f->index, f->arena, text, &opts, &lookup, NULL));
	for (size_t i = 0; i < lookup.n; i++)
		if (str_is(lookup.items[i].title, title))
			return lookup.items[i].id;
	fail_msg("no story %s", title);
	return (struct str){0};
}

/* The titles that go with a story, a line each, with the words they share. */
static const char *related(struct indexed *f, const char *title, size_t max)
{
	struct lookup lookup;
	struct error err = {0};
	struct strbuf buf = strbuf_make(f->arena);
	assert_true(related_find(f->index, f->arena, id_of(f, title), max, &lookup, &err));
	strbuf_puts(&buf, "");
	for (size_t i = 0; i < lookup.n; i++)
		strbuf_printf(&buf, "%s [%s]\n", lookup.items[i].title.p,
			      lookup.items[i].context.p);
	return strbuf_str(&buf).p ? strbuf_str(&buf).p : "";
}

static const char *words_of(struct arena *arena, const char *title, const char *body)
{
	struct gister *gister = gister_new();
	struct gist gist;
	struct strbuf buf = strbuf_make(arena);
	gist_make(gister, arena, str_of(title), str_of(body), STR(""), &gist);
	for (size_t i = 0; i < gist.n; i++)
		strbuf_printf(&buf, "%s%.*s",
			      i == 0              ? ""
			      : i == gist.n_title ? " | "
						  : " ",
			      (int)gist.words[i].text.len, gist.words[i].text.p);
	gister_free(gister);
	return strbuf_str(&buf).p ? strbuf_str(&buf).p : "";
}

static void a_gist_has_names_and_words_but_no_idle_ones(void **state)
{
	struct arena *arena = arena_new();
	(void)state;
	assert_string_equal(words_of(arena, "晨星科技的 Polaris-3 发布了", ""),
			    "晨星 星科 科技 polaris polaris-3");
	assert_string_equal(words_of(arena, "The AI tools of Blue Harbor", ""),
			    "blue harbor blue harbor");
	assert_string_equal(words_of(arena, "", "海岸 Kestrel，Kestrel 海岸，河岸"),
			    "kestrel 海岸");
	assert_string_equal(
		words_of(arena, "看 https://example.org/polaris/x 与 bg20260301 图", ""), "");
	assert_string_equal(words_of(arena, "", ""), "");
	arena_free(arena);
}

static void a_product_is_the_same_however_its_number_is_written(void **state)
{
	static const char *const ways[] = {"Polaris 3", "POLARIS-3", "Ｐｏｌａｒｉｓ３",
					   "polaris3"};
	struct arena *arena = arena_new();
	struct gister *gister = gister_new();
	struct gist first, gist;
	(void)state;
	gist_make(gister, arena, str_of(ways[0]), STR(""), STR(""), &first);
	assert_int_equal(first.n, 2);
	for (size_t i = 1; i < sizeof(ways) / sizeof(*ways); i++) {
		gist_make(gister, arena, str_of(ways[i]), STR(""), STR(""), &gist);
		assert_int_equal(gist.n, 2);
		for (size_t k = 0; k < 2; k++)
			assert_int_equal(gist.words[k].hash, first.words[k].hash);
	}
	gister_free(gister);
	arena_free(arena);
}

static void a_gist_is_bounded_whatever_the_text(void **state)
{
	struct arena *arena = arena_new();
	struct gister *gister = gister_new();
	struct strbuf text = strbuf_make(arena);
	struct gist gist;
	(void)state;
	for (int i = 0; i < 20000; i++)
		strbuf_printf(&text, "word%c%c%c ", 'a' + i % 26, 'a' + i / 26 % 26,
			      'a' + i / 676 % 26);
	gist_make(gister, arena, strbuf_str(&text), strbuf_str(&text), STR("u"), &gist);
	assert_int_equal(gist.n_title, GIST_TITLE_MAX);
	assert_true(gist.n <= GIST_MAX);
	gist_make(gister, arena, STR("Polaris"), STR("\xff\xfe\x80 \xe4\xb8"), STR(""), &gist);
	assert_int_equal(gist.n, 1);
	gister_free(gister);
	arena_free(arena);
}

static void stories_of_the_same_affair_are_found_before_and_after(void **state)
{
	struct indexed *f = *state;
	assert_string_equal(related(f, "Polaris-3 价格下调一半", 9),
			    "POLARIS 3 权重公开 [polaris-3]\n"
			    "晨星科技发布 Polaris 3 模型 [polaris-3]\n");
	assert_string_equal(related(f, "晨星科技融资两亿", 9),
			    "晨星科技发布 Polaris 3 模型 [晨星科技]\n");
	assert_string_equal(related(f, "海岸银行夜间转账故障", 9),
			    "海岸银行开通夜间转账 [海岸银行 · 转账]\n");
	assert_string_equal(related(f, "Polaris-3 价格下调一半", 1),
			    "POLARIS 3 权重公开 [polaris-3]\n");
}

static void nothing_is_shown_where_nothing_is_alike(void **state)
{
	struct indexed *f = *state;
	struct lookup lookup;
	assert_string_equal(related(f, "彗星将在周五掠过夜空", 9), "");
	assert_string_equal(related(f, "图书馆延长开放", 9), "");
	assert_true(related_find(f->index, f->arena, STR("0123456789abcdef"), 9, &lookup, NULL));
	assert_int_equal(lookup.n, 0);
}

static void the_order_of_reading_makes_no_difference(void **state)
{
	struct indexed *f = *state;
	const char *before = related(f, "晨星科技发布 Polaris 3 模型", 9);
	assert_true(strlen(before) > 0);
	indexed_renew(f, 1);
	assert_string_equal(related(f, "晨星科技发布 Polaris 3 模型", 9), before);
}

static void what_is_gone_or_edited_is_gone_from_what_is_related(void **state)
{
	struct indexed *f = *state;
	indexed_drop(f, "2026-03-20.md");
	indexed_scan(f, SIZE_MAX);
	assert_null(strstr(related(f, "Polaris-3 价格下调一半", 9), "权重公开"));
	indexed_write(f, "2026-03-01.md", "# 晨报 2026-03-01\n\n## 老城的钟又响了\n\n一百年。\n");
	indexed_scan(f, SIZE_MAX);
	assert_string_equal(related(f, "Polaris-3 价格下调一半", 9), "");
	indexed_write(f, issues[0][0], issues[0][1]);
	indexed_write(f, issues[5][0], issues[5][1]);
	indexed_scan(f, SIZE_MAX);
	assert_non_null(strstr(related(f, "Polaris-3 价格下调一半", 9), "权重公开"));
}

static void an_issue_that_lies_there_twice_is_no_news(void **state)
{
	struct indexed *f = *state;
	const char *before = related(f, "Polaris-3 价格下调一半", 9);
	indexed_write(f, "again.md", issues[0][1]);
	indexed_scan(f, SIZE_MAX);
	const char *after = related(f, "Polaris-3 价格下调一半", 9);
	indexed_drop(f, "again.md");
	indexed_scan(f, SIZE_MAX);
	assert_string_equal(after, before);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_gist_has_names_and_words_but_no_idle_ones),
		cmocka_unit_test(a_product_is_the_same_however_its_number_is_written),
		cmocka_unit_test(a_gist_is_bounded_whatever_the_text),
		cmocka_unit_test(stories_of_the_same_affair_are_found_before_and_after),
		cmocka_unit_test(nothing_is_shown_where_nothing_is_alike),
		cmocka_unit_test(the_order_of_reading_makes_no_difference),
		cmocka_unit_test(what_is_gone_or_edited_is_gone_from_what_is_related),
		cmocka_unit_test(an_issue_that_lies_there_twice_is_no_news),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
