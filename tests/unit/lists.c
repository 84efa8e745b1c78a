/* Stories in lists: what stands in the cells of a row, and that tables fit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sulan/lookup.h>
#include <sulan/out.h>

#include <pages.h>

static const char sample[] = "# 样例速递 - 2026年01月22日\n\n"
			     "## 甲公司 <A&B> 的\"故事\"\n\n"
			     "> **分类：** 市场动态\n"
			     "> **来源：** [甲报](https://news.example.com/a?x=1&y=2) 、 "
			     "[乙报](https://b.example.org/1)\n\n"
			     "正文\n\n"
			     "---\n\n"
			     "## 其他资讯\n\n"
			     "- [短讯一](https://m.example.com/1)\n"
			     "- [短讯二](https://m.example.com/2)\n";

static struct out_opts opts_of(unsigned cols, const struct theme *theme)
{
	return (struct out_opts){.page = pages_opts(cols), .theme = theme, .depth = DEPTH_256};
}

static bool has(struct str text, const char *part)
{
	return str_find(text, str_of(part), 0) != STR_NOT_FOUND;
}

static size_t all_stories(const struct issue *issue, struct out_story *out)
{
	for (size_t i = 0; i < issue->n_stories; i++)
		out[i] = (struct out_story){issue, &issue->stories[i]};
	return issue->n_stories;
}

static void tsv_has_seven_cells_a_line(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const struct issue *issue = pages_issue(sample);
	struct out_story items[8];
	struct out_opts opts = opts_of(80, NULL);
	struct str tsv = out_list(OUT_LIST_TSV, arena, items, all_stories(issue, items), &opts),
		   line;
	for (size_t i = 0; str_cut(&tsv, '\n', &line) && line.len; i++) {
		struct str cell, cells[8] = {0};
		size_t n = 0;
		while (n < 8 && str_cut(&line, '\t', &cell))
			cells[n++] = cell;
		assert_int_equal(n, 7);
		assert_true(str_eq(cells[0], issue->stories[i].id));
		assert_true(str_is(cells[1], "2026-01-22"));
		assert_true(str_is(cells[2], i ? "brief" : "story"));
	}
	issue_free(issue);
	arena_free(arena);
}

static void the_table_fits_and_its_columns_stand(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const struct issue *issue = pages_issue(sample);
	struct out_story items[8];
	size_t n = all_stories(issue, items);
	struct text_policy policy = TEXT_POLICY_DEFAULT;
	for (unsigned cols = 1; cols <= 100; cols += 3) {
		struct out_opts opts = opts_of(cols, NULL);
		struct str table = out_list(OUT_LIST_TABLE, arena, items, n, &opts), line;
		while (str_cut(&table, '\n', &line))
			assert_true(text_cols(line, &policy) <= cols);
	}
	struct out_opts opts = opts_of(70, NULL);
	struct str table = out_list(OUT_LIST_TABLE, arena, items, n, &opts);
	assert_true(str_starts(table, "2026-01-22  市场动态  甲公司"));
	assert_true(has(table, "2026-01-22  其他资讯  短讯一"));
	issue_free(issue);
	arena_free(arena);
}

/* What the state of a story is depends on the story: read, starred, later, dismissed in turn. */
static struct story_state state_by_title(const void *self, struct str id)
{
	static const struct str tags[] = {{"甲", 3}, {"b", 1}};
	const struct issue *issue = self;
	if (str_eq(id, issue->stories[0].id))
		return (struct story_state){.is_read = true,
					    .is_later = true,
					    .tags = tags,
					    .n_tags = 2,
					    .note = STR("记\t着")};
	if (str_eq(id, issue->stories[1].id))
		return (struct story_state){.is_starred = true, .is_dismissed = true};
	return (struct story_state){0};
}

static void a_list_says_what_was_done_with_its_stories(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const struct issue *issue = pages_issue(sample);
	struct out_story items[8];
	size_t n = all_stories(issue, items);
	struct out_opts opts = opts_of(100, NULL);
	opts.state = state_by_title;
	opts.state_self = issue;
	opts.has_state = true;
	struct str table = out_list(OUT_LIST_TABLE, arena, items, n, &opts);
	assert_true(str_starts(table, "w  2026-01-22  市场动态  甲公司"));
	assert_true(has(table, "  甲报、乙报\nd  2026-01-22  "));
	assert_true(has(table, "\n+  2026-01-22  其他资讯  短讯二"));
	struct str tsv = out_list(OUT_LIST_TSV, arena, items, n, &opts);
	assert_true(has(tsv, "\t甲报\thttps://news.example.com/a?x=1&y=2\trl\t甲,b\t记\\t着\n"));
	assert_true(has(tsv, "\t短讯一\t\thttps://m.example.com/1\tsd\t\t\n"));
	issue_free(issue);
	arena_free(arena);
}

/* Two stories that were found, the first with hits in its title and around it. */
static struct lookup found_two(struct found items[2])
{
	static struct hit title_hit = {.at = 3, .len = 3}, context_hit = {.at = 0, .len = 3};
	items[0] = (struct found){.date = {2026, 1, 22},
				  .publication = STR("早报"),
				  .title = STR("一二三四五六七八九十甲乙"),
				  .context = STR("二在这里面"),
				  .title_hits = &title_hit,
				  .context_hits = &context_hit,
				  .n_title_hits = 1,
				  .n_context_hits = 1};
	items[1] = (struct found){.date = {2026, 1, 3},
				  .publication = STR("一份名字很长很长的周刊"),
				  .title = STR("Short")};
	return (struct lookup){.items = items, .n = 2};
}

static void assert_found(unsigned cols, const struct theme *theme, const char *wanted)
{
	struct arena *arena = arena_new();
	struct found items[2];
	struct lookup lookup = found_two(items);
	struct out_opts opts = opts_of(cols, theme);
	struct str table = out_found(true, arena, &lookup, &opts);
	if (!str_is(table, wanted))
		fail_msg("%u columns:\n%.*s", cols, (int)table.len, table.p);
	arena_free(arena);
}

static void what_was_found_is_a_table_that_fits(void **state)
{
	(void)state;
	/* The publication stands there only where titles have 24 columns. */
	assert_found(54, NULL,
		     "2026-01-22  早报              一二三四五六七八九十甲乙\n"
		     "            二在这里面\n"
		     "2026-01-03  一份名字很长很…   Short\n");
	assert_found(53, NULL,
		     "2026-01-22  一二三四五六七八九十甲乙\n"
		     "            二在这里面\n"
		     "2026-01-03  Short\n");
	assert_found(22, NULL,
		     "2026-01-22  一二三四…\n"
		     "            二在这里面\n"
		     "2026-01-03  Short\n");
	assert_found(21, NULL,
		     "2026-01-22  一二三…\n"
		     "            二在这…\n"
		     "2026-01-03  Short\n");
	assert_found(12, NULL, "2026-01-22  …\n2026-01-03  …\n");
}

static void what_was_found_is_lit_where_it_was(void **state)
{
	struct theme theme;
	(void)state;
	theme_parse(&theme, STR("name = t\nkind = dark\n[roles]\nmatch = reverse\n"), "t", NULL,
		    NULL);
	assert_found(22, &theme,
		     "2026-01-22  一\033[0;7m二\033[0m三四…\n"
		     "            \033[0;7m二\033[0m在这里面\n"
		     "2026-01-03  Short\n");
	assert_found(16, &theme,
		     "2026-01-22  一…\n"
		     "            \033[0;7m二\033[0m…\n"
		     "2026-01-03  Sh…\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tsv_has_seven_cells_a_line),
		cmocka_unit_test(the_table_fits_and_its_columns_stand),
		cmocka_unit_test(a_list_says_what_was_done_with_its_stories),
		cmocka_unit_test(what_was_found_is_a_table_that_fits),
		cmocka_unit_test(what_was_found_is_lit_where_it_was),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
