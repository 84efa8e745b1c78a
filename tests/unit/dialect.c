/* Which way each section of an issue is written in: a sample of every one, and the real issues
 * beside the repository against what is on record of them in tests/dialects.tsv. */
#include "doc.h"

#include <stdio.h>
#include <stdlib.h>

static const struct expected {
	enum dialect dialect;
	const char *category, *title;
} mixed[] = {
	{DIALECT_NUMBERS, "要闻", "第一条编号新闻"},
	{DIALECT_NUMBERS, "要闻", "第二条编号新闻"},
	{DIALECT_NUMBERS, "语录", "一句话没有标题。"},
	{DIALECT_NUMBERS, "语录", "另一句话。"},
	{DIALECT_ITEMS, "工具", "甲工具"},
	{DIALECT_ITEMS, "工具", "乙工具"},
	{DIALECT_ITEMS, "Reading", "A short article by someone"},
	{DIALECT_ITEMS, "Reading", "[video] A recorded talk"},
	{DIALECT_ROWS, "论文", "A paper about tables"},
	{DIALECT_ROWS, "论文", "Another paper"},
	{DIALECT_BOLD, "随便看看", "粗体首行是标题"},
	{DIALECT_BOLD, "随便看看", "第二个粗体首行"},
	{DIALECT_PARAS, "往年回顾", "去年今日"},
	{DIALECT_PARAS, "往年回顾", "前年今日"},
	{DIALECT_PARAS, "往年回顾", "大前年今日"},
	{DIALECT_OUTLINE, "", "某公司发布了一个很长的标题所以它自己就是新闻"},
};

static void each_section_is_read_in_its_own_way(void **state)
{
	const struct issue *issue = issue_of_file("tests/data/mixed.md");
	(void)state;
	for (size_t i = 0; i < sizeof(mixed) / sizeof(*mixed) && i < issue->n_stories; i++) {
		const struct story *s = &issue->stories[i];
		assert_str(s->title, mixed[i].title);
		assert_str(issue->categories[s->category], mixed[i].category);
		assert_int_equal(s->dialect, mixed[i].dialect);
	}
	assert_int_equal(issue->n_stories, sizeof(mixed) / sizeof(*mixed));
	assert_true(issue->confidence > 70);
	issue_free(issue);
}

static void linked_headings_are_stories_and_the_overview_names_their_categories(void **state)
{
	const struct issue *issue = issue_of(
		"# 早报 2026-04-03\n\n## 概览\n\n### 要闻\n\n- 甲 [↗](https://e.com/1)\n\n"
		"### 模型\n\n- 乙 [↗](https://e.com/2)\n\n## [甲](https://e.com/1)\n\n正文。\n\n"
		"相关链接：\n\n- <https://e.com/1>\n- <https://e.com/3>\n\n"
		"## [乙](https://e.com/2)\n\n正文。\n");
	(void)state;
	assert_int_equal(issue->n_stories, 3);
	assert_int_equal(issue->dialect, DIALECT_HEADINGS);
	assert_int_equal(issue->stories[0].dialect, DIALECT_OVERVIEW);
	assert_str(issue->stories[1].title, "甲");
	assert_str(issue->categories[issue->stories[1].category], "要闻");
	assert_str(issue->categories[issue->stories[2].category], "模型");
	issue_free(issue);
}

static void what_is_done_often_is_also_done_once(void **state)
{
	const struct issue *issue = issue_of(
		"# x\n\n## a\n\n- [one](https://e.com/1) and more\n- [two](https://e.com/2) "
		"as well\n\n## b\n\n- [three](https://e.com/3) by her\n- [four]"
		"(https://e.com/4) by him\n\n## c\n\n- [five](https://e.com/5) alone\n");
	(void)state;
	assert_int_equal(issue->n_stories, 5);
	assert_str(issue->stories[4].title, "five alone");
	issue_free(issue);
}

static void items_over_lists_of_links_are_categories(void **state)
{
	const struct issue *issue = issue_of(
		"# x 2026-04-05\n\n- 甲站\n  - [一](https://e.com/1)\n  - [二](https://e.com/2)\n"
		"- 乙站\n  - [三](https://e.com/3)\n");
	(void)state;
	assert_int_equal(issue->n_stories, 3);
	assert_str(issue->stories[2].title, "三");
	assert_str(issue->categories[issue->stories[0].category], "甲站");
	assert_str(issue->categories[issue->stories[2].category], "乙站");
	issue_free(issue);
}

static void links_that_only_point_are_no_part_of_a_title(void **state)
{
	static const char *const titles[] = {
		"甲公司发布了一款新的模型", "Something happened", "A paper", "Une nouvelle",
		"Something else",           "又一条消息",         "A 阅读"};
	const struct issue *issue = issue_of(
		"# x\n\n## a\n\n- 甲公司发布了一款新的模型 [详情](https://e.com/1)\n"
		"- Something happened ([link](https://e.com/2))\n"
		"- [A paper](https://e.com/3) [[pdf](https://e.com/4)] [[code](https://e.com/5)]\n"
		"- Une nouvelle [Lire la suite →](https://e.com/6)\n"
		"- Something else [Read more »](https://e.com/7)\n"
		"- 又一条消息 [详情 ›](https://e.com/8)\n"
		"- A [阅读](https://e.com/9)\n"); /* too little is left */
	(void)state;
	assert_int_equal(issue->n_stories, sizeof(titles) / sizeof(*titles));
	for (size_t i = 0; i < issue->n_stories; i++)
		assert_str(issue->stories[i].title, titles[i]);
	issue_free(issue);
}

static void a_rule_before_the_text_makes_no_list_of_links(void **state)
{
	const struct issue *issue =
		issue_of("# x\n\n## 甲\n\n正文甲。\n\n## 乙\n\n---\n\n正文乙。\n");
	(void)state;
	assert_int_equal(issue->n_stories, 2);
	assert_str(issue->stories[1].title, "乙");
	issue_free(issue);
}

static void lists_of_points_under_a_story_stay_its_text(void **state)
{
	const struct issue *issue =
		issue_of("# x\n\n## 甲\n\n一段正文，比下面的要点长得多得多。\n\n"
			 "- 要点一\n- 要点二\n\n## 乙\n\n另一段正文。\n");
	(void)state;
	assert_int_equal(issue->n_stories, 2);
	issue_free(issue);
}

static void a_cover_is_no_story(void **state)
{
	const struct issue *issue =
		issue_of("![](https://e.com/cover.png)\n\n# 早报 2026-04-03\n\n"
			 "![封面](https://e.com/2.png)\n\n## 甲\n\n正文。\n\n## 乙\n\n正文。\n");
	(void)state;
	assert_int_equal(issue->n_stories, 2);
	assert_str(issue->stories[0].title, "甲");
	issue_free(issue);
}

static void an_essay_in_numbered_parts_is_one_story(void **state)
{
	struct arena *arena = arena_new();
	struct strbuf text = strbuf_make(arena);
	strbuf_puts(&text, "# x\n\n## 访问记\n\n");
	for (size_t i = 0; i < 30; i++)
		strbuf_puts(&text, "一段很长的正文，");
	strbuf_puts(&text, "\n\n### 1、甲\n\n一。\n\n### 2、乙\n\n二。\n\n## 别的\n\n三。\n");
	const struct issue *issue = issue_of(strbuf_str(&text).p);
	(void)state;
	assert_int_equal(issue->n_stories, 2);
	assert_str(issue->stories[0].title, "访问记");
	assert_int_equal(issue->stories[0].dialect, DIALECT_PARTS);
	issue_free(issue);
	arena_free(arena);
}

static void an_overview_may_announce_by_title(void **state)
{
	const struct issue *issue =
		issue_of("# 早报 2026-04-03\n\n## 概览\n\n### 要闻\n\n- 甲 ↗ `#1`\n- 乙 ↗ `#2`\n\n"
			 "## [甲](https://e.com/1) `#1`\n\n正文。\n\n## 乙 `#2`\n\n正文。\n\n"
			 "## [丙](https://e.com/3) `#3`\n\n正文。\n\n"
			 "## [丁](https://e.com/4) `#4`\n\n正文。\n");
	(void)state;
	assert_int_equal(issue->n_stories, 5);
	assert_str(issue->categories[issue->stories[2].category], "要闻");
	issue_free(issue);
}

static void references_are_no_part_of_a_title(void **state)
{
	const struct issue *issue = issue_of("# x\n\n## a\n\n- [One #1][] adds a [thing][topic "
					     "thing][^1]\n- [Two #2][] does not\n");
	(void)state;
	assert_int_equal(issue->n_stories, 2);
	assert_str(issue->stories[0].title, "One #1 adds a thing");
	assert_str(issue->stories[1].title, "Two #2 does not");
	issue_free(issue);
}

static void a_title_cut_within_a_reference_has_no_brackets(void **state)
{
	const struct issue *issue =
		issue_of("# x\n\n## News\n\n- **a b:** one two three.\n\n## Changes\n\n"
			 "_Notable recent changes in [Bitcoin Core][bitcoin core repo], [Core\n"
			 "Lightning][core lightning repo], and [Eclair][eclair repo]._\n\n"
			 "- [One #1][] does this and that for many people.\n\n"
			 "- [Two #2][] does this and that for many people.\n\n"
			 "- [Three #3][] does this and that for many people.\n");
	(void)state;
	assert_int_equal(issue->n_stories, 5);
	assert_str(issue->stories[1].title,
		   "Notable recent changes in Bitcoin Core, Core Lightning…");
	issue_free(issue);
}

static void numbers_given_twice_or_left_out_go_on(void **state)
{
	const struct issue *issue =
		issue_of("# x\n\n## 新闻\n\n1、[甲](https://e.com/1)\n\n一。\n\n"
			 "2、[乙](https://e.com/2)\n\n二。\n\n"
			 "2、[丙](https://e.com/3)\n\n三。\n\n"
			 "3、[丁](https://e.com/4)\n\n四。\n\n"
			 "5、[戊](https://e.com/5)\n\n2026、不是编号\n");
	(void)state;
	assert_int_equal(issue->n_stories, 5);
	assert_str(issue->stories[2].title, "丙");
	assert_str(issue->stories[4].title, "戊");
	issue_free(issue);
}

static void real_issues_have_the_stories_on_record(void **state)
{
	FILE *table = fopen("tests/dialects.tsv", "r");
	char line[512], path[300];
	unsigned dialect, n_stories, n_categories, n_wrong = 0;
	(void)state;
	assert_non_null(table);
	if (!file_is_dir("../shared/corpus")) {
		fclose(table);
		skip();
	}
	while (fgets(line, sizeof(line), table)) {
		if (sscanf(line, "%299[^\t]\t%u\t%u\t%u", path, &dialect, &n_stories,
			   &n_categories) != 4)
			continue;
		char whole[400];
		snprintf(whole, sizeof(whole), "../shared/corpus/%s", path);
		const struct issue *issue = issue_of_file(whole);
		if (issue->dialect != dialect || issue->n_stories != n_stories ||
		    issue->n_categories != n_categories) {
			print_message("# %s: %u, %zu stories, %zu categories\n", path,
				      issue->dialect, issue->n_stories, issue->n_categories);
			n_wrong++;
		}
		issue_free(issue);
	}
	fclose(table);
	assert_int_equal(n_wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_section_is_read_in_its_own_way),
		cmocka_unit_test(
			linked_headings_are_stories_and_the_overview_names_their_categories),
		cmocka_unit_test(what_is_done_often_is_also_done_once),
		cmocka_unit_test(items_over_lists_of_links_are_categories),
		cmocka_unit_test(links_that_only_point_are_no_part_of_a_title),
		cmocka_unit_test(a_rule_before_the_text_makes_no_list_of_links),
		cmocka_unit_test(lists_of_points_under_a_story_stay_its_text),
		cmocka_unit_test(a_cover_is_no_story),
		cmocka_unit_test(an_essay_in_numbered_parts_is_one_story),
		cmocka_unit_test(an_overview_may_announce_by_title),
		cmocka_unit_test(references_are_no_part_of_a_title),
		cmocka_unit_test(a_title_cut_within_a_reference_has_no_brackets),
		cmocka_unit_test(numbers_given_twice_or_left_out_go_on),
		cmocka_unit_test(real_issues_have_the_stories_on_record),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
