/* Pages of stories and issues: what stands where, and places that outlive a width. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "pages.h"

static const char reference[] =
	"# 🤖 样例速递 - 2026年01月22日\n\n"
	"## 甲公司与乙公司的故事\n\n"
	"> **分类：** 市场动态\n"
	"> **来源：** [甲报](https://news.example.com/a) 、 [乙报](https://b.example.org/1)\n\n"
	"**核心洞察：** 这是一段洞察，见[原文](https://c.example.net/z)。\n"
	"**内容简介：**\n\n"
	"- 起因：第一条的内容。\n"
	"- 经过：第二条的内容。\n\n"
	"---\n\n"
	"## 第二个故事\n\n"
	"> **分类：** 观点\n\n"
	"正文一段。\n\n"
	"---\n\n"
	"## 其他资讯\n\n"
	"- [短讯一](https://m.example.com/1)\n"
	"- [短讯二](https://m.example.com/2)\n";

static const struct page *story_page(const struct issue *issue, size_t index, unsigned cols)
{
	struct page_opts opts = pages_opts(cols);
	return page_story(issue, &issue->stories[index], &opts);
}

static void a_story_has_title_meta_sections_and_sources(void **state)
{
	(void)state;
	const struct issue *issue = pages_issue(reference);
	const struct page *page = story_page(issue, 0, 60);
	assert_string_equal(pages_text(page), "甲公司与乙公司的故事\n"
					      "分类 市场动态 · 来源 1 甲报 · 2 乙报\n"
					      "\n"
					      "核心洞察\n"
					      "这是一段洞察，见原文。\n"
					      "\n"
					      "内容简介\n"
					      "• 起因：第一条的内容。\n"
					      "• 经过：第二条的内容。\n"
					      "\n"
					      "来源\n"
					      " 1 甲报  news.example.com\n"
					      " 2 乙报  b.example.org\n"
					      " 3 原文  c.example.net\n");
	page_free(page);
	issue_free(issue);
}

static void the_parts_of_a_story_have_their_roles(void **state)
{
	(void)state;
	const struct issue *issue = pages_issue(reference);
	const struct page *page = story_page(issue, 0, 60);
	const struct story *story = &issue->stories[0];
	assert_int_equal(pages_run(page, "甲公司")->role, ROLE_TITLE);
	assert_int_equal(pages_run(page, "甲公司")->block, story->title_block);
	assert_int_equal(pages_run(page, "市场动态")->role, ROLE_META);
	assert_int_equal(pages_run(page, "1 ")->role, ROLE_SOURCE_NUMBER);
	assert_int_equal(pages_run(page, "甲报")->role, ROLE_SOURCE);
	assert_int_equal(pages_run(page, "甲报")->link, story->sources[0].link);
	assert_int_equal(pages_run(page, "核心洞察")->role, ROLE_LABEL);
	assert_int_equal(pages_run(page, "起因")->role, ROLE_LEAD);
	assert_int_equal(pages_run(page, "• ")->role, ROLE_BULLET);
	assert_int_equal(pages_run(page, "news.example.com")->role, ROLE_HOST);
	page_free(page);
	issue_free(issue);
}

static void the_meta_line_breaks_between_its_items(void **state)
{
	(void)state;
	const struct issue *issue = pages_issue(reference);
	const struct page *page = story_page(issue, 0, 22);
	assert_non_null(strstr(pages_text(page), "\n分类 市场动态\n来源 1 甲报 · 2 乙报\n\n"));
	page_free(page);
	issue_free(issue);
}

static void a_brief_has_its_category_and_its_link(void **state)
{
	(void)state;
	const struct issue *issue = pages_issue(reference);
	assert_int_equal(issue->n_stories, 4);
	const struct page *page = story_page(issue, 2, 60);
	const char *text = pages_text(page);
	assert_true(strncmp(text, "短讯一\n其他资讯", strlen("短讯一\n其他资讯")) == 0);
	assert_non_null(strstr(text, "m.example.com\n"));
	page_free(page);
	issue_free(issue);
}

static void an_issue_is_set_in_reading_order(void **state)
{
	(void)state;
	const struct issue *issue = pages_issue(reference);
	struct page_opts opts = pages_opts(60);
	const struct page *page = page_issue(issue, &opts);
	static const char *const parts[] = {"样例速递 - 2026年01月22日\n",
					    "甲公司与乙公司的故事\n",
					    "c.example.net\n",
					    "第二个故事\n",
					    "正文一段。\n",
					    "其他资讯\n\n",
					    "• 短讯一  m.example.com\n• 短讯二"};
	const char *text = pages_text(page);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		const char *at = strstr(text, parts[i]);
		if (!at)
			print_error("missing %s in\n%s", parts[i], text);
		assert_non_null(at);
		text = at;
	}
	assert_int_equal(page->lines[0].story, UINT32_MAX);
	assert_int_equal(page->lines[2].story, 0);
	assert_int_equal(page->lines[page->n_lines - 1].story, 3);
	page_free(page);
	issue_free(issue);
}

static void what_is_mentioned_stands_below_and_moves_nothing(void **state)
{
	static const struct page_mention mentions[] = {
		{{"后续", 6}, {"2026-02-01", 10}, {"一个很长很长而且放不进一行的标题", 48}},
		{{"此前", 6}, {"", 0}, {"短", 3}},
	};
	(void)state;
	const struct issue *issue = pages_issue(reference);
	for (uint16_t cols = 1; cols < 70; cols++) {
		struct page_opts opts = pages_opts(cols);
		const struct page *plain = page_story(issue, &issue->stories[0], &opts);
		opts.mentions = mentions;
		opts.n_mentions = 2;
		const struct page *page = page_story(issue, &issue->stories[0], &opts);
		assert_int_equal(plain->n_own, plain->n_lines);
		assert_int_equal(page->n_own, plain->n_lines);
		assert_true(page->n_lines > page->n_own);
		for (size_t i = 0; i < page->n_lines; i++) {
			const struct page_line *line = &page->lines[i];
			if (i < page->n_own) {
				assert_int_equal(line->mention, 0);
				assert_memory_equal(&line->place, &plain->lines[i].place,
						    sizeof(line->place));
				assert_int_equal(line->n_runs, plain->lines[i].n_runs);
			}
			if (line->n_runs)
				assert_true(line->runs[line->n_runs - 1].col +
						    line->runs[line->n_runs - 1].cols <=
					    cols);
		}
		assert_int_equal(page->lines[page->n_lines - 1].mention, 2);
		page_free(plain);
		page_free(page);
	}
	struct page_opts opts = pages_opts(60);
	opts.mentions = mentions;
	opts.n_mentions = 2;
	const struct page *page = page_story(issue, &issue->stories[0], &opts);
	assert_non_null(strstr(pages_text(page), "\n\n后续\n 1 2026-02-01  一个很长很长"));
	assert_non_null(strstr(pages_text(page), "\n\n此前\n 2 短\n"));
	page_free(page);
	issue_free(issue);
}

static void nothing_is_indented_where_there_is_no_room(void **state)
{
	(void)state;
	const struct issue *issue =
		pages_issue("# D 2026-01-22\n\n## T\n\n- aa bb\n  - cc dd\n    - ee ff\n");
	const struct page *page = story_page(issue, 0, 8);
	assert_non_null(strstr(pages_text(page), "aa bb\ncc dd\nee ff\n"));
	page_free(page);
	page = story_page(issue, 0, 12);
	assert_non_null(strstr(pages_text(page), "• aa bb\n  ◦ cc dd\n    ee ff\n"));
	page_free(page);
	issue_free(issue);
}

static void lines_keep_to_the_measure(void **state)
{
	(void)state;
	const struct issue *issue = pages_issue(reference);
	struct page_opts opts = pages_opts(100);
	opts.measure = 20;
	const struct page *page = page_issue(issue, &opts);
	for (size_t i = 0; i < page->n_lines; i++)
		assert_true(pages_line_cols(&page->lines[i], &opts.wrap.policy) <= 20);
	assert_int_equal(page->cols, 100);
	page_free(page);
	issue_free(issue);
}

static void places_never_go_back(void **state)
{
	(void)state;
	const struct issue *issue = pages_issue(reference);
	for (unsigned cols = 1; cols <= 80; cols += 3) {
		struct page_opts opts = pages_opts(cols);
		const struct page *page = page_issue(issue, &opts);
		for (size_t i = 1; i < page->n_lines; i++) {
			struct place a = page->lines[i - 1].place, b = page->lines[i].place;
			assert_true(a.block < b.block || (a.block == b.block && a.at <= b.at));
		}
		page_free(page);
	}
	issue_free(issue);
}

static void a_place_is_found_again_at_another_width(void **state)
{
	(void)state;
	const struct issue *issue = pages_issue(reference);
	const struct page *wide = story_page(issue, 0, 60), *narrow = story_page(issue, 0, 9);
	for (size_t i = 0; i < narrow->n_lines; i++) {
		size_t line = page_line_of(wide, narrow->lines[i].place);
		struct place at = wide->lines[line].place, sought = narrow->lines[i].place;
		assert_true(at.block < sought.block ||
			    (at.block == sought.block && at.at <= sought.at));
	}
	const struct run *run = pages_run(narrow, "经过");
	size_t line = page_line_of(wide, (struct place){run->block, run->at});
	assert_int_equal(wide->lines[line].place.block, run->block);
	page_free(wide);
	page_free(narrow);
	issue_free(issue);
}

static void an_empty_page_has_line_0(void **state)
{
	(void)state;
	const struct page page = {0};
	assert_int_equal(page_line_of(&page, (struct place){3, 4}), 0);
	page_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_story_has_title_meta_sections_and_sources),
		cmocka_unit_test(the_parts_of_a_story_have_their_roles),
		cmocka_unit_test(the_meta_line_breaks_between_its_items),
		cmocka_unit_test(a_brief_has_its_category_and_its_link),
		cmocka_unit_test(an_issue_is_set_in_reading_order),
		cmocka_unit_test(what_is_mentioned_stands_below_and_moves_nothing),
		cmocka_unit_test(nothing_is_indented_where_there_is_no_room),
		cmocka_unit_test(lines_keep_to_the_measure),
		cmocka_unit_test(places_never_go_back),
		cmocka_unit_test(a_place_is_found_again_at_another_width),
		cmocka_unit_test(an_empty_page_has_line_0),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
