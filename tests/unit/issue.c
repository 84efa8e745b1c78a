/* From Markdown to stories: the reference format, outlines, and what belongs to a story. */
#include "doc.h"

static const struct story *story(const struct issue *issue, size_t index)
{
	assert_true(index < issue->n_stories);
	return &issue->stories[index];
}

static void the_heading_names_publication_and_date(void **state)
{
	const struct issue *issue = issue_of_file("tests/data/reference.md");
	(void)state;
	assert_str(issue->publication, "测试早报");
	assert_str(issue->title, "🤖 测试早报 - 2026年03月05日");
	assert_int_equal(issue->date.year, 2026);
	assert_int_equal(issue->date.month, 3);
	assert_int_equal(issue->date.day, 5);
	assert_int_equal(issue->dialect, DIALECT_LABELS);
	issue_free(issue);
}

static void a_story_has_all_its_parts(void **state)
{
	const struct issue *issue = issue_of_file("tests/data/reference.md");
	const struct story *s = story(issue, 0);
	(void)state;
	assert_int_equal(s->kind, STORY_FULL);
	assert_str(s->title, "编译器开始自己写测试：静态分析与大模型的合流");
	assert_str(issue->categories[s->category], "工具链");
	assert_int_equal(s->n_sources, 2);
	assert_str(s->sources[0].name, "编译原理日记");
	assert_str(issue->links[s->sources[0].link - 1].url, "https://example.com/s/a1");
	assert_str(s->sources[1].name, "Kernel 笔记");
	assert_int_equal(s->n_fields, 2);
	assert_str(s->fields[0].label, "分类");
	assert_str(s->fields[0].value, "工具链");
	assert_true(str_starts(s->insight, "静态分析给出「哪里可疑」"));
	assert_true(str_ends(s->insight, "人再挑。"));
	assert_int_equal(s->n_bullets, 3);
	assert_str(s->bullets[0].lead, "可疑点排序");
	assert_true(str_starts(s->bullets[0].text, "先按数据流排序"));
	assert_int_equal(s->id.len, 16);
	issue_free(issue);
}

static void sources_come_first_among_the_links(void **state)
{
	const struct issue *issue = issue_of_file("tests/data/reference.md");
	const struct story *s = story(issue, 1);
	(void)state;
	assert_int_equal(s->n_links, 3);
	assert_str(issue->links[s->links[0]].url, "https://example.com/s/b1");
	assert_str(issue->links[s->links[1]].url, "https://example.com/more?a=1&b=2");
	assert_str(issue->links[s->links[2]].url, "https://example.org/raw/path");
	issue_free(issue);
}

static void other_labels_are_fields(void **state)
{
	const struct issue *issue = issue_of_file("tests/data/reference.md");
	const struct story *s = story(issue, 2);
	(void)state;
	assert_int_equal(s->n_fields, 3);
	assert_str(s->fields[2].label, "作者");
	assert_str(s->fields[2].value, "张三");
	issue_free(issue);
}

static void a_section_of_links_gives_briefs(void **state)
{
	const struct issue *issue = issue_of_file("tests/data/reference.md");
	(void)state;
	assert_int_equal(issue->n_stories, 6);
	for (size_t i = 3; i < 6; i++) {
		assert_int_equal(story(issue, i)->kind, STORY_BRIEF);
		assert_str(issue->categories[story(issue, i)->category], "其他");
		assert_int_equal(story(issue, i)->n_links, 1);
	}
	assert_str(story(issue, 5)->title, "「小而美」的数据集合集");
	issue_free(issue);
}

static void an_outline_has_its_headings_as_categories(void **state)
{
	const struct issue *issue = issue_of_file("tests/data/outline.md");
	static const struct {
		const char *title, *category;
	} expected[] = {
		{"An introduction of a sentence.", ""},
		{"A new pass for loops", "Compilers"},
		{"Linked headline", "Compilers"},
		{"Databases", ""},
		{"First link", "Links of the week"},
		{"Second link", "Links of the week"},
		{"Thanks", ""},
	};
	(void)state;
	assert_int_equal(issue->dialect, DIALECT_OUTLINE);
	assert_str(issue->publication, "Weekly Notes");
	assert_int_equal(issue->n_stories, 7);
	for (size_t i = 0; i < 7; i++) {
		assert_str(story(issue, i)->title, expected[i].title);
		assert_str(issue->categories[story(issue, i)->category], expected[i].category);
	}
	assert_int_equal(story(issue, 2)->n_sources, 1);
	issue_free(issue);
}

static void a_file_without_headings_is_one_story(void **state)
{
	const struct issue *issue = issue_of("只有一段话。还有第二句。\n\n第二段。\n");
	(void)state;
	assert_int_equal(issue->dialect, DIALECT_DOCUMENT);
	assert_int_equal(issue->n_stories, 1);
	assert_str(story(issue, 0)->title, "只有一段话。");
	issue_free(issue);
}

static void labels_may_share_a_paragraph(void **state)
{
	const struct issue *issue = issue_of("# x\n\n## 甲\n\n> **分类：** 乙\n\n**核心洞察：** "
					     "一\n**内容简介：** 二\n\n- 三：四\n");
	const struct story *s = story(issue, 0);
	(void)state;
	assert_str(s->insight, "一");
	assert_int_equal(s->n_bullets, 1);
	assert_str(s->bullets[0].lead, "三");
	unsigned n_labels = 0;
	for (uint32_t i = s->block; i < s->end; i++)
		n_labels += issue->blocks[i].part == PART_LABEL;
	assert_int_equal(n_labels, 2);
	issue_free(issue);
}

static void ids_are_different_and_stay(void **state)
{
	const char *text = "# x\n\n## 甲\n\n一\n\n## 甲\n\n二\n\n## 乙\n\n三\n";
	const struct issue *one = issue_of(text), *two = issue_of(text);
	(void)state;
	assert_int_equal(one->n_stories, 3);
	for (size_t i = 0; i < 3; i++) {
		assert_true(str_eq(one->stories[i].id, two->stories[i].id));
		for (size_t k = 0; k < i; k++)
			assert_false(str_eq(one->stories[i].id, one->stories[k].id));
	}
	issue_free(one);
	issue_free(two);
}

static void ids_differ_where_addresses_and_titles_hardly_do(void **state)
{
	const struct issue *issue = issue_of(
		"# x\n\n## C# 一\n\na\n\n## C# 二\n\na\n\n## [甲](http://a.b/c#d)\n\na\n\n## "
		"[乙](http://a.b/c#e)\n\na\n");
	(void)state;
	assert_int_equal(issue->n_stories, 4);
	for (size_t i = 0; i < 4; i++)
		for (size_t k = 0; k < i; k++)
			assert_false(str_eq(issue->stories[i].id, issue->stories[k].id));
	issue_free(issue);
}

static void text_behind_the_last_rule_is_a_story_of_its_own(void **state)
{
	static const char *const texts[] = {
		"# x\n\n## 甲\n\n> **分类：** 乙\n\n丙\n\n---\n\n*本期完。*\n",
		"# x\n\n## 其他\n\n- [甲](http://a.b/c)\n\n---\n*本期完。*\n",
	};
	(void)state;
	for (size_t i = 0; i < 2; i++) {
		const struct issue *issue = issue_of(texts[i]);
		assert_int_equal(issue->n_stories, 2);
		assert_int_equal(story(issue, 0)->kind, i == 0 ? STORY_FULL : STORY_BRIEF);
		assert_str(story(issue, 1)->title, "本期完。");
		assert_str(issue->categories[story(issue, 1)->category], "");
		issue_free(issue);
	}
}

static void words_make_a_title_rather_than_an_image(void **state)
{
	const struct issue *issue = issue_of("<img src='a.png'>\n\n第一句。第二句。\n");
	const struct issue *image = issue_of("![](a.png)\n");
	(void)state;
	assert_str(story(issue, 0)->title, "第一句。");
	assert_str(story(image, 0)->title, "a.png");
	issue_free(issue);
	issue_free(image);
}

static void blocks_are_well_nested_and_spans_inside(void **state)
{
	glob_t found;
	(void)state;
	find_issues(&found);
	for (size_t f = 0; f < found.gl_pathc; f++) {
		const struct issue *issue = issue_of_file(found.gl_pathv[f]);
		uint32_t last = 0;
		for (size_t i = 0; i < issue->n_blocks; i++) {
			const struct block *b = &issue->blocks[i];
			assert_true(b->end > i && b->end <= issue->n_blocks);
			assert_true(b->lead <= b->text.len);
			for (uint32_t s = b->span; s < b->span + b->n_spans; s++) {
				assert_true(issue->spans[s].at + issue->spans[s].len <=
					    b->text.len);
				assert_true(s == b->span ||
					    issue->spans[s].at >= issue->spans[s - 1].at +
									  issue->spans[s - 1].len);
				if (issue->spans[s].link)
					assert_int_equal(
						issue->links[issue->spans[s].link - 1].block, i);
			}
		}
		for (size_t i = 0; i < issue->n_stories; i++) {
			const struct story *s = &issue->stories[i];
			assert_true(s->block >= last && s->end > s->block &&
				    s->end <= issue->n_blocks);
			assert_true(s->title_block >= s->block && s->title_block < s->end);
			assert_true(s->category < issue->n_categories);
			last = s->end;
		}
		issue_free(issue);
	}
	globfree(&found);
}

static void the_seed_reads_as_it_is_meant(void **state)
{
	static const struct {
		const char *name;
		size_t n;
	} categories[] = {{"市场动态", 1},
			  {"技术前沿解读", 5},
			  {"深度行业分析", 2},
			  {"观点洞察", 2},
			  {"其他相关资讯", 13}};
	(void)state;
	if (!file_is_dir("../shared/seed")) {
		skip();
		return;
	}
	const struct issue *issue = issue_of_file("../shared/seed/2026-01-22.md");
	size_t n[5] = {0}, n_full = 0, n_sources = 0, n_brief_links = 0;
	assert_str(issue->publication, "AI行业速递");
	assert_true(issue->date.year == 2026 && issue->date.month == 1 && issue->date.day == 22);
	assert_int_equal(issue->n_stories, 23);
	assert_int_equal(issue->n_categories, 5);
	for (size_t i = 0; i < issue->n_stories; i++) {
		const struct story *s = &issue->stories[i];
		n[s->category]++;
		if (s->kind == STORY_BRIEF) {
			n_brief_links += s->n_links;
			continue;
		}
		n_full++;
		n_sources += s->n_sources;
		for (size_t k = 0; k < s->n_sources; k++)
			assert_true(s->sources[k].name.len && s->sources[k].link &&
				    str_starts(issue->links[s->sources[k].link - 1].url,
					       "https://mp.weixin.qq.com/s/"));
		assert_true(s->insight.len > 300 && s->n_bullets >= 5);
		for (size_t k = 0; k < s->n_bullets; k++)
			assert_true(s->bullets[k].lead.len && s->bullets[k].text.len);
	}
	for (size_t i = 0; i < 5; i++) {
		assert_str(issue->categories[i], categories[i].name);
		assert_int_equal(n[i], categories[i].n);
	}
	assert_int_equal(n_full, 10);
	assert_int_equal(n_sources, 14);
	assert_int_equal(n_brief_links, 13);
	issue_free(issue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_heading_names_publication_and_date),
		cmocka_unit_test(a_story_has_all_its_parts),
		cmocka_unit_test(sources_come_first_among_the_links),
		cmocka_unit_test(other_labels_are_fields),
		cmocka_unit_test(a_section_of_links_gives_briefs),
		cmocka_unit_test(an_outline_has_its_headings_as_categories),
		cmocka_unit_test(a_file_without_headings_is_one_story),
		cmocka_unit_test(labels_may_share_a_paragraph),
		cmocka_unit_test(ids_are_different_and_stay),
		cmocka_unit_test(ids_differ_where_addresses_and_titles_hardly_do),
		cmocka_unit_test(text_behind_the_last_rule_is_a_story_of_its_own),
		cmocka_unit_test(words_make_a_title_rather_than_an_image),
		cmocka_unit_test(blocks_are_well_nested_and_spans_inside),
		cmocka_unit_test(the_seed_reads_as_it_is_meant),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
