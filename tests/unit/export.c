/* Stories handed on: what is written is read again as the same stories, whatever they came from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>

#include <sulan/file.h>
#include <sulan/out.h>

#include "pages.h"

static struct story_state marked(const void *self, struct str id)
{
	static const struct str tags[] = {{"a_b", 3}, {"*芯片*", 8}};
	(void)self;
	(void)id;
	return (struct story_state){.is_starred = true,
				    .tags = tags,
				    .n_tags = 2,
				    .note = STR("- 给 [老王]：<b> `看`")};
}

static struct str export(struct arena *arena, const struct issue *const *issues, size_t n_issues,
			 bool is_whole)
{
	struct out_opts opts = {.page = pages_opts(80), .state = marked, .is_whole = is_whole};
	struct out_story *stories = NULL;
	size_t n = 0, cap = 0;
	for (size_t i = 0; i < n_issues; i++)
		for (size_t s = 0; s < issues[i]->n_stories; s++) {
			stories = arena_more(arena, stories, n, &cap, sizeof(*stories));
			stories[n++] = (struct out_story){issues[i], &issues[i]->stories[s]};
		}
	return out_list(OUT_LIST_MARKDOWN, arena, stories, n, &opts);
}

static struct str field(const struct story *story, const char *label)
{
	for (size_t i = 0; i < story->n_fields; i++)
		if (str_is(story->fields[i].label, label))
			return story->fields[i].value;
	return STR("(none)");
}

/* True for a story whose first link may be handed on. */
static bool has_way(const struct issue *issue, const struct story *story)
{
	if (story->n_sources)
		return story->sources[0].link &&
		       link_may_open(issue->links[story->sources[0].link - 1].url);
	return story->n_links && link_may_open(issue->links[story->links[0]].url);
}

static struct str first_url(const struct issue *issue, const struct story *story)
{
	return story->n_links ? issue->links[story->links[0]].url : STR("");
}

static void assert_same(const struct issue *a, const struct issue *b)
{
	bool is_zh = b->n_stories && !str_is(field(&b->stories[0], "备注"), "(none)");
	if (a->n_stories != b->n_stories)
		fail_msg("%zu stories, not %zu", b->n_stories, a->n_stories);
	for (size_t i = 0; i < a->n_stories; i++) {
		const struct story *x = &a->stories[i], *y = &b->stories[i];
		if (!str_eq(x->title, y->title))
			fail_msg("“%.*s” became “%.*s”", (int)x->title.len, x->title.p,
				 (int)y->title.len, y->title.p);
		assert_true(str_eq(a->categories[x->category], b->categories[y->category]));
		assert_true(str_is(field(y, is_zh ? "备注" : "Note"), "- 给 [老王]：<b> `看`"));
		assert_true(str_is(field(y, is_zh ? "标签" : "Tags"), "a_b、*芯片*"));
		if (has_way(a, x) && !str_eq(first_url(a, x), first_url(b, y)))
			fail_msg("the link of “%.*s” is %.*s", (int)x->title.len, x->title.p,
				 (int)first_url(b, y).len, first_url(b, y).p);
		if (x->n_sources && has_way(a, x))
			assert_true(y->n_sources && str_eq(x->sources[0].name, y->sources[0].name));
	}
}

static void check_form(const struct issue *first, const char *path, bool is_whole)
{
	struct arena *arena = arena_new();
	struct error err = {0};
	const struct issue *second = issue_read(export(arena, &first, 1, is_whole), STR("-"), &err);
	assert_non_null(second);
	if (first->n_stories != second->n_stories)
		print_message("%s%s\n", path, is_whole ? ", whole" : "");
	assert_same(first, second);
	issue_free(second);
	arena_free(arena);
}

static void check(const char *path)
{
	struct arena *arena = arena_new();
	struct error err = {0};
	struct str bytes;
	assert_true(file_read(path, arena, &bytes, NULL));
	const struct issue *first = issue_read(bytes, STR("test.md"), &err);
	assert_non_null(first);
	check_form(first, path, false);
	check_form(first, path, true);
	issue_free(first);
	arena_free(arena);
}

/* False when there is no such file. */
static bool check_all(const char *pattern)
{
	glob_t found;
	if (glob(pattern, 0, NULL, &found) != 0)
		return false;
	for (size_t i = 0; i < found.gl_pathc; i++)
		check(found.gl_pathv[i]);
	globfree(&found);
	return true;
}

static void so_do_real_digests(void **state)
{
	(void)state;
	if (!check_all("../shared/seed/2*.md") || !check_all("../shared/corpus/*/*.md"))
		skip();
}

static void what_is_handed_on_reads_back_as_the_same_stories(void **state)
{
	(void)state;
	assert_true(check_all("tests/digests/*.md"));
	check("tests/data/reference.md");
	check("tests/data/layout.md");
}

static void signs_at_the_end_of_a_title_stay(void **state)
{
	const struct issue *issue = pages_issue("# 早报 2026-01-22\n\n## 音符 \\#\n\n正文\n\n"
						"## 编号 #\\#\n\n正文\n\n## \\#\n\n正文\n\n"
						"## C#\n\n正文\n");
	(void)state;
	assert_int_equal(issue->n_stories, 4);
	assert_true(str_is(issue->stories[0].title, "音符 #"));
	assert_true(str_is(issue->stories[1].title, "编号 ##"));
	check_form(issue, "titles", false);
	check_form(issue, "titles", true);
	issue_free(issue);
}

static void the_heading_has_the_days(void **state)
{
	struct arena *arena = arena_new();
	const struct issue *both[] = {
		pages_issue("# 早报 2026-01-22\n\n## 甲\n\n> **分类：** 一\n\n正文\n"),
		pages_issue("# 早报 2026-01-20\n\n## 乙\n\n> **分类：** 一\n\n正文\n")};
	(void)state;
	assert_true(str_starts(export(arena, both, 2, false),
			       "# 速览摘选 2026-01-20 – 2026-01-22\n\n## 甲\n"));
	assert_true(str_starts(export(arena, both, 1, false), "# 速览摘选 2026-01-22\n"));
	assert_true(str_starts(export(arena, both, 1, true), "## 甲\n"));
	issue_free(both[0]);
	issue_free(both[1]);
	arena_free(arena);
}

static void what_cannot_be_opened_is_no_link(void **state)
{
	struct arena *arena = arena_new();
	const struct issue *issue = pages_issue(
		"# D 2026-01-22\n\n## T \033[31mred\xc2\x9b"
		"5m \xe2\x80\xae flip\n\n> **Source:** [n](javascript:alert%281%29)\n\ntext\n");
	struct str text = export(arena, &issue, 1, true);
	(void)state;
	assert_true(str_find(text, STR("javascript"), 0) == STR_NOT_FOUND);
	assert_true(str_find(text, STR("\033"), 0) == STR_NOT_FOUND);
	assert_true(str_find(text, STR("\xe2\x80\xae"), 0) == STR_NOT_FOUND);
	assert_true(str_find(text, STR("> **Source:** n\n"), 0) != STR_NOT_FOUND);
	issue_free(issue);
	arena_free(arena);
}

static void the_whole_story_has_all_its_text(void **state)
{
	struct arena *arena = arena_new();
	struct str bytes;
	struct error err = {0};
	(void)state;
	assert_true(file_read("tests/data/reference.md", arena, &bytes, NULL));
	const struct issue *issue = issue_read(bytes, STR("test.md"), &err);
	struct str gist = export(arena, &issue, 1, false), whole = export(arena, &issue, 1, true);
	assert_true(str_find(gist, STR("可疑点排序"), 0) == STR_NOT_FOUND);
	assert_true(str_find(whole, STR("- 可疑点排序"), 0) != STR_NOT_FOUND);
	assert_true(str_find(whole, STR("这一条还有一段正文"), 0) != STR_NOT_FOUND);
	issue_free(issue);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_handed_on_reads_back_as_the_same_stories),
		cmocka_unit_test(so_do_real_digests),
		cmocka_unit_test(signs_at_the_end_of_a_title_stay),
		cmocka_unit_test(the_heading_has_the_days),
		cmocka_unit_test(what_cannot_be_opened_is_no_link),
		cmocka_unit_test(the_whole_story_has_all_its_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
