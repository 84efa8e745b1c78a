/* Searching the index: words, pinyin, what is shown of what was found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <indexing.h>
#include <sulan/identity.h>
#include <sulan/issue.h>
#include <sulan/stories.h>

static void finds_words(void **state)
{
	struct fixture *f = *state;
	scan(f, 1);
	assert_string_equal(titles(f, "鸿蒙"), "谷歌开源 微软发布"); /* newest first */
	assert_string_equal(titles(f, "蒙"), "谷歌开源 微软发布");
	assert_string_equal(titles(f, "微软"), "谷歌开源 微软发布");
	assert_string_equal(titles(f, "鸿蒙又来了"), "谷歌开源");
	assert_string_equal(titles(f, "鸿蒙系统"), ""); /* a sentence ends between */
	assert_string_equal(titles(f, "OPENAI"), "领先者 微软发布");
	assert_string_equal(titles(f, "pena"), "领先者 微软发布"); /* inside of a word, too */
	assert_string_equal(titles(f, "openai与鸿"), "微软发布");
	assert_string_equal(titles(f, "wide字"), "西安之行");
	assert_string_equal(titles(f, "台湾"), "西安之行");
	assert_string_equal(titles(f, "臺灣"), "西安之行");
	assert_string_equal(titles(f, "5.2"), "谷歌开源");
	assert_string_equal(titles(f, "c++"), "谷歌开源");
	assert_string_equal(titles(f, "+"), "谷歌开源");
	assert_string_equal(titles(f, "鸿蒙 openai"), "微软发布");
	assert_string_equal(titles(f, "鸿蒙 -openai"), "谷歌开源");
	assert_string_equal(titles(f, "\"openai weekly\""), "领先者");
	assert_string_equal(titles(f, "weekly openai"), "领先者");
	assert_string_equal(titles(f, "没有这个"), "");
	assert_string_equal(titles(f, ""), "");
	assert_string_equal(titles(f, "\" \" -x"), "");
}

static void finds_by_pinyin(void **state)
{
	struct fixture *f = *state;
	scan(f, 1);
	assert_string_equal(titles(f, "weiruan"), "微软发布 谷歌开源"); /* titles first */
	assert_string_equal(titles(f, "openai weiruan"), "微软发布");
	assert_string_equal(titles(f, "xian"), "领先者 西安之行");
	assert_string_equal(titles(f, "hongm"), "谷歌开源 微软发布");
	struct lookup lookup = search(f, "weiruan");
	assert_true(lookup.items[0].is_by_pinyin);
	assert_true(lookup.n_words > 0 && str_is(lookup.words[0], "微软"));
}

/* A mark on what was found is kept with the same words as one on its story. */
static void says_what_it_is(void **state)
{
	struct fixture *f = *state;
	write_file(f, "2026-01-04.md",
		   "# 早报 2026-01-04\n\n## 白鹭报告\n\n[甲](https://a.example.com/1) "
		   "[乙](https://b.example.com/2) [丙](https://c.example.com/3)\n\n"
		   "## 白鹭无话\n\n无。\n");
	scan(f, 1);
	struct lookup lookup = search(f, "白鹭");
	struct stories *stories = stories_read(f->index, NULL);
	assert_int_equal(lookup.n, 2);
	for (size_t i = 0; i < lookup.n; i++) {
		size_t nth = stories_find(stories, lookup.items[i].id);
		struct str wanted = identity_text(f->arena, stories_issue(stories, nth),
						  &stories_all(stories)->stories[nth]);
		assert_true(str_eq(identity_of_found(f->arena, &lookup.items[i]), wanted));
		assert_int_equal(str_ends(wanted, "https://c.example.com/3"), i == 0);
	}
	stories_free(stories);
}

static void shows_context(void **state)
{
	struct fixture *f = *state;
	scan(f, 1);
	struct lookup lookup = search(f, "鸿蒙");
	const struct found *found = &lookup.items[1];
	assert_true(str_is(found->context, "文中说到OpenAI与鸿蒙。系统很好。"));
	assert_int_equal(found->n_context_hits, 1);
	assert_true(str_is(
		str_sub(found->context, found->context_hits[0].at, found->context_hits[0].len),
		"鸿蒙"));
	assert_int_equal(found->date.day, 2);
	assert_true(str_is(found->publication, "早报"));
	assert_int_equal(found->id.len, 16);
}

static bool always(void *self)
{
	++*(int *)self;
	return true;
}

/* Whoever has a better question gets what there is by then. */
static void ends_when_told(void **state)
{
	struct fixture *f = *state;
	struct lookup lookup;
	struct error err = {0};
	int n_asked = 0;
	struct lookup_opts opts = {.is_stopped = always, .self = &n_asked};
	struct strbuf text = strbuf_make(f->arena);
	strbuf_puts(&text, "# 早报 2026-01-04\n");
	for (int i = 0; i < 100; i++)
		strbuf_puts(&text, "\n## 题目\n\n系统。\n");
	write_file(f, "2026-01-04.md", str_dup(f->arena, strbuf_str(&text)));
	scan(f, 1 << 20);
	assert_true(lookup_find(f->index, f->arena, STR("系统"), &opts, &lookup, &err));
	assert_true(lookup.is_cut && n_asked > 0);
	size_t n_stopped = lookup.n;
	assert_true(n_stopped < search(f, "系统").n);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(finds_words),   TEST(finds_by_pinyin), TEST(says_what_it_is),
		TEST(shows_context), TEST(ends_when_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
