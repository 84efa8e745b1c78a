/* Paragraphs as runs: what they say of the text they show, and where they break. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "pages.h"

static const struct page *page_of(const struct issue *issue, unsigned cols)
{
	struct page_opts opts = pages_opts(cols);
	return page_story(issue, &issue->stories[0], &opts);
}

static const char marked[] =
	"# Daily 2026-01-22\n\n## One story\n\n> **分类：** 市场\n\n"
	"Some **strong** and `code` and [a link](https://example.org/x) and *soft*.\n";

static void a_run_has_the_role_of_what_it_is(void **state)
{
	(void)state;
	const struct issue *issue = pages_issue(marked);
	const struct page *page = page_of(issue, 100);
	assert_int_equal(pages_run(page, "One story")->role, ROLE_TITLE);
	assert_int_equal(pages_run(page, "strong")->role, ROLE_TEXT);
	assert_int_equal(pages_run(page, "strong")->marks, MARK_STRONG);
	assert_int_equal(pages_run(page, "code")->role, ROLE_CODE);
	assert_int_equal(pages_run(page, "soft")->marks, MARK_EMPH);
	const struct run *link = pages_run(page, "a link");
	assert_int_equal(link->role, ROLE_LINK);
	assert_true(link->link > 0);
	assert_true(str_is(issue->links[link->link - 1].url, "https://example.org/x"));
	page_free(page);
	issue_free(issue);
}

static void assert_places(const struct issue *issue, const struct page *page)
{
	for (size_t i = 0; i < page->n_lines; i++)
		for (size_t r = 0; r < page->lines[i].n_runs; r++) {
			const struct run *run = &page->lines[i].runs[r];
			if (run->block == PAGE_NO_BLOCK)
				continue;
			struct str there =
				str_sub(issue->blocks[run->block].text, run->at, run->text.len);
			assert_true(str_eq(there, run->text));
			assert_null(memchr(run->text.p, '\n', run->text.len));
		}
}

static void a_run_says_where_its_text_stands(void **state)
{
	(void)state;
	const struct issue *issue = pages_issue(
		"# 日报 2026-01-22\n\n## 标题有 **粗体** 的\n\n> **分类：** 市场\n"
		"> **来源：** [甲](https://a.example/1) 、 [乙](https://b.example/2)\n\n"
		"**核心洞察：** 文字`代码`与[链接](https://c.example)，一行  \n另一行。\n\n"
		"- **引子：**内容很长很长很长很长很长很长很长很长很长很长很长很长\n"
		"- ![图](https://d.example/x.png) 后面\n\n```\na\tb\n\tc\n```\n");
	for (unsigned cols = 1; cols <= 60; cols++) {
		const struct page *page = page_of(issue, cols);
		assert_places(issue, page);
		page_free(page);
	}
	issue_free(issue);
}

static void runs_of_a_line_stand_side_by_side(void **state)
{
	(void)state;
	const struct issue *issue = pages_issue(marked);
	const struct page *page = page_of(issue, 24);
	for (size_t i = 0; i < page->n_lines; i++) {
		size_t col = 0;
		for (size_t r = 0; r < page->lines[i].n_runs; r++) {
			assert_int_equal(page->lines[i].runs[r].col, col);
			col += page->lines[i].runs[r].cols;
		}
		assert_true(col <= 24);
	}
	page_free(page);
	issue_free(issue);
}

static void a_hanging_indent_keeps_text_off_the_bullet(void **state)
{
	(void)state;
	const struct issue *issue =
		pages_issue("# D 2026-01-22\n\n## T\n\nA text that the lists below go with.\n\n"
			    "- one two three four\n- five\n  - six seven eight\n\n"
			    "9. nine\n10. ten eleven\n");
	const struct page *page = page_of(issue, 14);
	assert_non_null(strstr(pages_text(page),
			       "• one two\n  three four\n• five\n  ◦ six seven\n    eight\n"));
	assert_non_null(strstr(pages_text(page), " 9. nine\n10. ten eleven\n"));
	page_free(page);
	issue_free(issue);
}

static void a_quote_has_a_bar_on_every_line(void **state)
{
	(void)state;
	const struct issue *issue =
		pages_issue("# D 2026-01-22\n\n## T\n\nText.\n\n> one two three\n>\n> four\n");
	const struct page *page = page_of(issue, 11);
	assert_non_null(strstr(pages_text(page), "│ one two\n│ three\n│\n│ four\n"));
	assert_int_equal(pages_run(page, "four")->role, ROLE_QUOTE);
	page_free(page);
	issue_free(issue);
}

static void code_keeps_its_lines_and_expands_its_tabs(void **state)
{
	(void)state;
	const struct issue *issue =
		pages_issue("# D 2026-01-22\n\n## T\n\n```c\nif (x)\n\tgo(1);\n\na\tb\n```\n");
	const struct page *page = page_of(issue, 40);
	assert_non_null(strstr(pages_text(page), "  if (x)\n      go(1);\n\n  a   b\n"));
	page_free(page);
	issue_free(issue);
	issue = pages_issue("# D 2026-01-22\n\n## T\n\n```\nabc\td\nabcd\te\n中\tf\n中a\tg\n"
			    "e\xCC\x81\th\n👍🏽\ti\n\tj\n```\n");
	page = page_of(issue, 40);
	assert_non_null(strstr(pages_text(page), "  abc d\n  abcd    e\n  中  f\n  中a g\n"
						 "  e\xCC\x81   h\n  👍🏽  i\n      j\n"));
	page_free(page);
	issue_free(issue);
}

static void decoration_is_counted_as_the_terminal_counts_it(void **state)
{
	(void)state;
	const struct issue *issue = pages_issue("# D 2026-01-22\n\n## T\n\n> **A:** b\n> **C:** "
						"d\n\n- one two\n\n> q r s t u v w\n\n***\n\nx\n");
	struct page_opts opts = pages_opts(20);
	opts.wrap.policy.ambiguous = 2;
	const struct page *page = page_story(issue, &issue->stories[0], &opts);
	for (size_t i = 0; i < page->n_lines; i++)
		assert_true(pages_line_cols(&page->lines[i], &opts.wrap.policy) <= 20);
	const struct run *bullet = pages_run(page, "•");
	assert_int_equal(bullet->cols, 3);
	page_free(page);
	issue_free(issue);
}

static void a_mark_between_letter_and_accent_breaks_no_cluster(void **state)
{
	(void)state;
	const struct issue *issue = pages_issue(
		"# D 2026-01-22\n\n## T\n\nabc[e](https://e.example)\xcc\x81xyz and more\n");
	for (unsigned cols = 2; cols < 20; cols++) {
		const struct page *page = page_of(issue, cols);
		struct text_policy policy = TEXT_POLICY_DEFAULT;
		for (size_t i = 0; i < page->n_lines; i++)
			assert_true(pages_line_cols(&page->lines[i], &policy) <= cols);
		assert_places(issue, page);
		page_free(page);
	}
	issue_free(issue);
}

static const struct page *spaced_page(const struct issue *issue, unsigned cols)
{
	struct page_opts opts = pages_opts(cols);
	opts.is_spaced = true;
	return page_story(issue, &issue->stories[0], &opts);
}

static void han_and_latin_are_set_apart(void **state)
{
	static const char *const pairs[][2] = {
		{"用GPT-4写了3篇", "用 GPT-4 写了 3 篇"},
		{"涨5%的，值$5元", "涨 5% 的，值 $5 元"},
		{"早有 空格", "早有 空格"},
		{"標題é字", "標題 é 字"},
		{"“AI”（API）：C，D", "“AI”（API）：C，D"},
		{"用`npm包a`装", "用 npm包a 装"},
		{"**粗**bold体", "粗 bold 体"},
		{"看[链接a](https://e.example)吧", "看链接 a 吧"},
		{"见https://x.example/中文a中 了", "见 https://x.example/中文a 中 了"},
		{"見https://x.example/a看b", "見 https://x.example/a 看 b"},
		{"㐀a𠀀b〇c", "㐀 a 𠀀 b 〇 c"},
		{"あaア", "あaア"},
		{"```\n中a文\n```", "中a文"},
		{"| 列a | 乙 |\n|---|---|\n| 甲1 | 2丙 |", "甲 1  2 丙"},
		{"1、一", "1、一"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		char text[200];
		snprintf(text, sizeof(text), "# D 2026-01-22\n\n## T\n\n前段。\n\n%s\n",
			 pairs[i][0]);
		const struct issue *issue = pages_issue(text);
		const struct page *page = spaced_page(issue, 100);
		if (!strstr(pages_text(page), pairs[i][1]))
			fail_msg("%s: %s", pairs[i][0], pages_text(page));
		assert_places(issue, page);
		page_free(page);
		issue_free(issue);
	}
}

static const char mixed[] =
	"# D 2026-01-22\n\n## 用GPT写的T题\n\n> **分类：** 市场AI类\n\n"
	"微软与OpenAI在2026年1月签了3份**总额250亿**美元的协议，其中`code码`占5%左右，"
	"见[原文link处](https://e.example)或https://x.example/a看。\n\n- 一a二b三c四d五e\n";

static void gaps_are_decoration_and_never_at_an_edge(void **state)
{
	(void)state;
	const struct issue *issue = pages_issue(mixed);
	for (unsigned cols = 1; cols <= 60; cols++) {
		const struct page *page = spaced_page(issue, cols), *bare = page_of(issue, cols);
		struct text_policy policy = TEXT_POLICY_DEFAULT;
		assert_places(issue, page);
		for (size_t i = 0; i < page->n_lines; i++) {
			const struct page_line *line = &page->lines[i];
			size_t col = 0;
			assert_true(pages_line_cols(line, &policy) <= cols);
			for (size_t r = 0; r < line->n_runs; r++) {
				assert_int_equal(line->runs[r].col, col);
				col += line->runs[r].cols;
			}
			if (line->n_runs > 1 && cols > 8)
				assert_false(str_is(line->runs[line->n_runs - 1].text, " "));
		}
		assert_true(page->n_lines >= bare->n_lines);
		page_free(page);
		page_free(bare);
	}
	issue_free(issue);
}

static void marks_hang_within_the_page(void **state)
{
	(void)state;
	const struct issue *issue =
		pages_issue("# D 2026-01-22\n\n## T\n\n前段。\n\n一二三四五六七八九，十。\n\n"
			    "- 一二三四五六七八，九\n\n| 甲 | 乙 |\n|---|---|\n| "
			    "一二三四五六七八九，十 | 丙 |\n");
	struct page_opts opts = pages_opts(20);
	opts.wrap.hangs = true;
	const struct page *page = page_story(issue, &issue->stories[0], &opts);
	assert_non_null(strstr(pages_text(page), "一二三四五六七八九，\n十。\n"));
	assert_non_null(strstr(pages_text(page), "• 一二三四五六七八，\n  九\n"));
	for (size_t i = 0; i < page->n_lines; i++)
		assert_true(pages_line_cols(&page->lines[i], &opts.wrap.policy) <= 20);
	page_free(page);
	opts.measure = 18; /* room beside the text */
	page = page_story(issue, &issue->stories[0], &opts);
	assert_non_null(strstr(pages_text(page), "一二三四五六七八九，\n十。\n"));
	page_free(page);
	opts.cols = opts.measure = 15; /* too narrow for it */
	page = page_story(issue, &issue->stories[0], &opts);
	assert_non_null(strstr(pages_text(page), "一二三四五六七\n八九，十。\n"));
	page_free(page);
	issue_free(issue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_has_the_role_of_what_it_is),
		cmocka_unit_test(a_run_says_where_its_text_stands),
		cmocka_unit_test(runs_of_a_line_stand_side_by_side),
		cmocka_unit_test(a_hanging_indent_keeps_text_off_the_bullet),
		cmocka_unit_test(a_quote_has_a_bar_on_every_line),
		cmocka_unit_test(code_keeps_its_lines_and_expands_its_tabs),
		cmocka_unit_test(decoration_is_counted_as_the_terminal_counts_it),
		cmocka_unit_test(a_mark_between_letter_and_accent_breaks_no_cluster),
		cmocka_unit_test(han_and_latin_are_set_apart),
		cmocka_unit_test(gaps_are_decoration_and_never_at_an_edge),
		cmocka_unit_test(marks_hang_within_the_page),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
