/* Which lines are labels, and what their stories get from them. */
#include "doc.h"

#include <stdio.h>

/* The first story of an issue with this body under its heading. */
static const struct story *story_with(const struct issue **issue, const char *body)
{
	struct arena *arena = arena_new();
	*issue = issue_of(arena_printf(arena, "# x\n\n## y\n\n%s\n", body));
	arena_free(arena);
	return &(*issue)->stories[0];
}

static void a_category_has_many_names(void **state)
{
	static const char *const bodies[] = {
		"> **分类：** 甲",    "> **分类**：甲",    "> **类别:** 甲", "> 分类：甲",
		"> **Category:** 甲", "> category: 甲",    "**分类：** 甲",  "分类：甲",
		"> 📌 **分类：** 甲",  "> **📌 分类：** 甲",
	};
	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		const struct issue *issue;
		const struct story *story = story_with(&issue, bodies[i]);
		assert_str(issue->categories[story->category], "甲");
		assert_int_equal(story->n_fields, 1);
		assert_str(story->fields[0].value, "甲");
		issue_free(issue);
	}
}

static void sources_are_links_or_names(void **state)
{
	const struct issue *issue;
	const struct story *story;
	(void)state;
	story = story_with(&issue, "> **来源：** [甲](http://a.b/1)、[乙](http://a.b/2)");
	assert_int_equal(story->n_sources, 2);
	assert_str(story->sources[1].name, "乙");
	assert_str(issue->links[story->sources[1].link - 1].url, "http://a.b/2");
	issue_free(issue);
	story = story_with(&issue, "> **来源：** 甲、乙 | 丙");
	assert_int_equal(story->n_sources, 3);
	assert_str(story->sources[2].name, "丙");
	assert_int_equal(story->sources[2].link, 0);
	issue_free(issue);
	story = story_with(&issue, "> Source: http://a.b/c");
	assert_int_equal(story->n_sources, 1);
	assert_str(story->sources[0].name, "a.b");
	issue_free(issue);
	story = story_with(&issue, "> Source: http://a.b/c\n\nText.\n\nSource: http://a.b/c, "
				   "http://a.b/d");
	assert_int_equal(story->n_sources, 2);
	assert_str(issue->links[story->sources[1].link - 1].url, "http://a.b/d");
	issue_free(issue);
}

static void labels_of_one_line_are_told_apart(void **state)
{
	const struct issue *issue;
	const struct story *story = story_with(
		&issue, "> **分类：** 甲 | **来源：** [乙](http://a.b/1) | [丙](http://a.b/2) · "
			"**作者：** 丁");
	(void)state;
	assert_int_equal(story->n_fields, 3);
	assert_str(issue->categories[story->category], "甲");
	assert_int_equal(story->n_sources, 2);
	assert_str(story->fields[1].value, "乙 | 丙");
	assert_str(story->fields[2].value, "丁");
	issue_free(issue);
}

static void unknown_labels_of_the_quote_are_fields(void **state)
{
	const struct issue *issue;
	const struct story *story = story_with(&issue, "> **分类：** 甲\n> **难度：** 高");
	(void)state;
	assert_int_equal(story->n_fields, 2);
	assert_str(story->fields[1].label, "难度");
	assert_str(story->fields[1].value, "高");
	issue_free(issue);
}

static void a_quote_of_prose_is_body(void **state)
{
	static const char *const bodies[] = {
		"> 他说：这是一段话。",
		"> **一句加粗的话**，然后继续。",
		"> **分类：** 甲\n> 不是标签的一行",
	};
	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		const struct issue *issue;
		const struct story *story = story_with(&issue, bodies[i]);
		assert_int_equal(story->n_fields, 0);
		assert_int_equal(issue->blocks[story->block + 1].part, PART_BODY);
		issue_free(issue);
	}
}

static void sections_open_in_many_ways(void **state)
{
	static const char *const bodies[] = {
		"**核心洞察：** 甲\n**内容简介：**\n\n- 乙：丙",
		"**核心洞察：** 甲\n\n**内容简介：**\n\n- 乙：丙",
		"**核心洞察**：甲\n\n**内容简介**\n\n- 乙：丙",
		"**核心洞察**\n\n甲\n\n**内容简介**\n\n- 乙：丙",
		"核心洞察：甲\n\n内容简介：\n\n- 乙：丙",
		"💡 **核心洞察：** 甲\n\n📝 **内容简介：**\n\n- 乙：丙",
		"### 核心洞察\n\n甲\n\n### 内容简介\n\n- 乙：丙",
		"### 💡 核心洞察\n\n甲\n\n### 内容简介：\n\n- 乙：丙",
		"**Insight:** 甲\n\n**Summary:**\n\n- 乙: 丙",
		"**内容简介：**\n\n- **乙：**丙\n\n**核心洞察：** 甲",
		"**内容简介：**\n\n- **乙** 丙\n\n**核心洞察：** 甲",
	};
	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(*bodies); i++) {
		const struct issue *issue;
		const struct story *story = story_with(&issue, bodies[i]);
		size_t n_labels = 0;
		assert_str(story->insight, "甲");
		assert_int_equal(story->n_bullets, 1);
		assert_str(story->bullets[0].lead, "乙");
		assert_str(story->bullets[0].text, "丙");
		for (uint32_t b = story->block; b < story->end; b++)
			n_labels += issue->blocks[b].part == PART_LABEL;
		assert_int_equal(n_labels, 2);
		issue_free(issue);
	}
}

static void a_lead_is_short_and_not_all(void **state)
{
	static const char *const items[] = {
		"一句没有冒号的话。",
		"只有开头：",
		"**全部加粗**",
		"12:30 开会",
		"这是一个非常非常非常非常非常非常非常非常长的开头部分：后文",
	};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof(items) / sizeof(*items); i++) {
		const struct issue *issue;
		const struct story *story =
			story_with(&issue, arena_printf(arena, "**内容简介：**\n\n- %s", items[i]));
		assert_int_equal(story->n_bullets, 1);
		assert_int_equal(story->bullets[0].lead.len, 0);
		issue_free(issue);
	}
	arena_free(arena);
}

static void labels_are_known_in_other_languages(void **state)
{
	static const char *const labels[][2] = {
		{"Category", "Source"},  {"Категория", "Источник"}, {"カテゴリ", "出典"},
		{"카테고리", "출처"},    {"Catégorie", "Source"},   {"Kategorie", "Quelle"},
		{"Categoría", "Fuente"}, {"Categoria", "Fonte"},    {"CATÉGORIE", "LIEN"},
		{"Rubrika", "Zdroj"},    {"领域", "参考链接"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(labels) / sizeof(*labels); i++) {
		char text[400];
		snprintf(text, sizeof(text),
			 "# x 2026-04-03\n\n## a\n\n**%s:** X1\n**%s:** "
			 "[S1](https://e.com/1)\n\nb\n\n"
			 "## c\n\n- **%s**: X2\n- **%s**: [S2](https://e.com/2)\n\nd\n",
			 labels[i][0], labels[i][1], labels[i][0], labels[i][1]);
		const struct issue *issue = issue_of(text);
		assert_int_equal(issue->n_stories, 2);
		assert_int_equal(issue->dialect, DIALECT_LABELS);
		assert_str(issue->categories[issue->stories[0].category], "X1");
		assert_str(issue->categories[issue->stories[1].category], "X2");
		assert_str(issue->stories[0].sources[0].name, "S1");
		assert_str(issue->stories[1].sources[0].name, "S2");
		issue_free(issue);
	}
}

static void sources_may_stand_at_the_end(void **state)
{
	const struct issue *issue = issue_of(
		"# x 2026-04-03\n\n## 甲\n\n> **分类：** "
		"要闻\n\n正文。\n\n来源：[乙](https://e.com/1)\n\n"
		"## 丙\n\n> **分类：** 要闻\n\n正文。\n\n相关链接：\n\n- [丁](https://e.com/2)\n"
		"- <https://e.com/3>\n");
	(void)state;
	assert_int_equal(issue->stories[0].n_sources, 1);
	assert_str(issue->stories[0].sources[0].name, "乙");
	assert_int_equal(issue->stories[1].n_sources, 2);
	assert_str(issue->stories[1].sources[1].name, "e.com");
	issue_free(issue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_category_has_many_names),
		cmocka_unit_test(sources_are_links_or_names),
		cmocka_unit_test(labels_of_one_line_are_told_apart),
		cmocka_unit_test(unknown_labels_of_the_quote_are_fields),
		cmocka_unit_test(a_quote_of_prose_is_body),
		cmocka_unit_test(sections_open_in_many_ways),
		cmocka_unit_test(labels_are_known_in_other_languages),
		cmocka_unit_test(sources_may_stand_at_the_end),
		cmocka_unit_test(a_lead_is_short_and_not_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
