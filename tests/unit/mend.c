/* Mending before CommonMark reads: what becomes strong, and that mending leaves no trace. */
#include "doc.h"

/* The first leaf with text, its strong parts between < and >. */
static const char *shown(struct arena *arena, const char *markdown)
{
	const struct issue *issue = issue_of(markdown);
	const struct block *block = issue->blocks;
	while (block->text.len == 0)
		block++;
	struct strbuf out = strbuf_make(arena);
	for (size_t at = 0; at < block->text.len; at++) {
		for (uint32_t s = block->span; s < block->span + block->n_spans; s++)
			if (issue->spans[s].at == at && issue->spans[s].marks & MARK_STRONG)
				strbuf_putc(&out, '<');
		strbuf_putc(&out, block->text.p[at]);
		for (uint32_t s = block->span; s < block->span + block->n_spans; s++)
			if (issue->spans[s].at + issue->spans[s].len == at + 1 &&
			    issue->spans[s].marks & MARK_STRONG)
				strbuf_putc(&out, '>');
	}
	issue_free(issue);
	return strbuf_str(&out).p;
}

static void check_all(const char *const cases[][2], size_t n)
{
	struct arena *arena = arena_new();
	for (size_t i = 0; i < n; i++)
		assert_string_equal(shown(arena, cases[i][0]), cases[i][1]);
	arena_free(arena);
}

#define CHECK(cases) check_all(cases, sizeof(cases) / sizeof(*(cases)))

static void strong_ends_behind_punctuation(void **state)
{
	static const char *const cases[][2] = {
		{"**词，**字", "<词，>字"},
		{"字**「词」**字", "字<「词」>字"},
		{"**核心：**研究，**结论。**再说", "<核心：>研究，<结论。>再说"},
		{"**“甲”**乙**“丙”**", "<“甲”>乙<“丙”>"},
		{"a**(b)**c", "a<(b)>c"},
		{"- **甲：**乙", "<甲：>乙"},
		{"> **甲：**乙", "<甲：>乙"},
	};
	(void)state;
	CHECK(cases);
}

static void two_that_touch_are_two(void **state)
{
	static const char *const cases[][2] = {
		{"**甲，****乙。**丙", "<甲，><乙。>丙"},
		{"**甲****乙**", "<甲><乙>"},
	};
	(void)state;
	CHECK(cases);
}

static void what_commonmark_reads_is_left_to_it(void **state)
{
	static const char *const cases[][2] = {
		{"**a** b **c**", "<a> b <c>"}, {"a ** b ** c", "a ** b ** c"},
		{"2 ** 3", "2 ** 3"},           {"\\*\\*词，\\*\\*字", "**词，**字"},
		{"`**词，**字`", "**词，**字"}, {"`` ` **词，**字 ``", "` **词，**字"},
		{"***三，***四", "<三，>四"},
	};
	(void)state;
	CHECK(cases);
}

static void mending_leaves_no_trace(void **state)
{
	static const char *const texts[] = {
		"甲 `**词，**字\n**词，**字` 乙",
		"    **词，**字\n",
		"> ```\n> **词，**字\n> ```\n",
		"- x\n\n  ```**词，**字\n  **词，**字\n  ```\n",
		"[甲](https://a.b/**词，**字)",
		"![甲](https://a.b/**词，**字)",
		"<https://a.b/**词，**字>",
		"<div title='**词，**字'>**词，**字</div>\n",
		"a <a href='http://a.b/**词，**字'>",
		"[甲]: http://a.b/**词，**字\n\n[甲] **词，**字",
	};
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const struct issue *issue = issue_of(texts[i]);
		const struct str joiner = STR("\xe2\x81\xa0");
		for (size_t b = 0; b < issue->n_blocks; b++) {
			assert_true(str_find(issue->blocks[b].text, joiner, 0) == STR_NOT_FOUND);
			assert_true(str_find(str_of(issue->blocks[b].info), joiner, 0) ==
				    STR_NOT_FOUND);
		}
		for (size_t l = 0; l < issue->n_links; l++)
			assert_true(str_find(issue->links[l].url, joiner, 0) == STR_NOT_FOUND);
		issue_free(issue);
	}
}

static void a_fence_ends_with_its_quote(void **state)
{
	const struct issue *issue = issue_of("> ```\n> x\n\n**词，**字\n");
	(void)state;
	assert_str(issue->blocks[issue->n_blocks - 1].text, "词，字");
	issue_free(issue);
}

/* Past the limit, signs of containers are text; nothing of them is lost. */
static void containers_past_the_limit_are_text(void **state)
{
	struct arena *arena = arena_new();
	struct strbuf text = strbuf_make(arena);
	(void)state;
	for (int i = 0; i < 100; i++)
		strbuf_puts(&text, "- ");
	strbuf_puts(&text, "end");
	const struct issue *issue = issue_read(strbuf_str(&text), STR("x"), NULL);
	const struct block *last = &issue->blocks[issue->n_blocks - 1];
	assert_int_equal(last->text.len, (100 - 64) * 2 + 3);
	assert_true(str_starts(last->text, "- - ") && str_ends(last->text, "- end"));
	issue_free(issue);
	arena_free(arena);
}

static void a_long_rule_is_a_rule(void **state)
{
	struct arena *arena = arena_new();
	struct strbuf text = strbuf_make(arena);
	(void)state;
	strbuf_puts(&text, "x\n\n");
	for (int i = 0; i < 100; i++)
		strbuf_puts(&text, "- ");
	strbuf_puts(&text, "\n\ny\n");
	const struct issue *issue = issue_read(strbuf_str(&text), STR("x"), NULL);
	assert_int_equal(issue->n_blocks, 3);
	assert_int_equal(issue->blocks[1].kind, BLOCK_RULE);
	issue_free(issue);
	arena_free(arena);
}

/* A table of a thousand rows is one paragraph; its links stay links. */
static void many_links_stay_links(void **state)
{
	struct arena *arena = arena_new();
	struct strbuf text = strbuf_make(arena);
	(void)state;
	for (int i = 0; i < 1500; i++)
		strbuf_printf(&text, "| [x](http://a.b/%d) | y |\n", i);
	const struct issue *issue = issue_read(strbuf_str(&text), STR("x"), NULL);
	assert_int_equal(issue->n_links, 1500);
	assert_int_equal(issue->stories[0].n_links, 1500);
	issue_free(issue);
	arena_free(arena);
}

/* A text with a comment at its end is read in one piece. */
static void assert_same_in_parts(struct strbuf *text)
{
	const struct issue *parts = issue_read(strbuf_str(text), STR("x"), NULL);
	strbuf_puts(text, "\n\n<!-- -->\n");
	const struct issue *whole = issue_read(strbuf_str(text), STR("x"), NULL);
	assert_int_equal(parts->n_blocks, whole->n_blocks);
	assert_int_equal(parts->n_stories, whole->n_stories);
	for (size_t i = 0; i < whole->n_blocks; i++) {
		assert_int_equal(parts->blocks[i].kind, whole->blocks[i].kind);
		assert_int_equal(parts->blocks[i].line, whole->blocks[i].line);
		assert_true(str_eq(parts->blocks[i].text, whole->blocks[i].text));
	}
	issue_free(parts);
	issue_free(whole);
}

static void check_parts(const char *const *pieces, size_t n)
{
	struct arena *arena = arena_new();
	struct strbuf text = strbuf_make(arena);
	for (size_t i = 0; text.len < (size_t)600 << 10; i++) {
		strbuf_printf(&text, "## 标题 %zu\n\n%040zu 正文 **词，**字\n\n", i, i);
		strbuf_puts(&text, pieces[i % n]);
	}
	strbuf_puts(&text, "## 末\n");
	assert_same_in_parts(&text);
	arena_free(arena);
}

static void a_long_text_reads_the_same_in_parts(void **state)
{
	static const char *const sets[][3] = {
		{"```\n\n## 代码\n\n```\n\n", "~~~\n\n## 代码\n~~~\n\n", "- 甲\n\n"},
		{"<div>\n## 不是标题\n</div>\n\n", "> 引\n", "1. 甲\n"},
		{"    ```\n\n", "```\n\n## 代码\n\n```\n\n", "文\n\n"},
		{"- ```\n  码\n", "```\n\n## 代码\n\n```\n\n", "文\n\n"},
		{"```\n> ```\n\n## 代码\n\n```\n\n", "文\n\n", "> ```\n> 码\n\n"},
		{"- 甲\n\n  ```\n  码\n  ```\n\n", "文\n\n", "```\n\n## 码\n\n```\n\n"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(sets) / sizeof(*sets); i++)
		check_parts(sets[i], 3);
}

/* Neither blank lines nor headings end it. */
static void html_that_goes_on_over_headings_is_read_whole(void **state)
{
	static const char *const bounds[][2] = {
		{"<!X\n", ">\n"},
		{"<?x\n", "?>\n"},
		{"<pre>\n", "</pre>\n"},
		{"<script>\n", "</script>\n"},
		{"<STYLE>\n", "</STYLE>\n"},
		{"<textarea>\n", "</textarea>\n"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(bounds) / sizeof(*bounds); i++) {
		struct arena *arena = arena_new();
		struct strbuf text = strbuf_make(arena);
		strbuf_puts(&text, "# 早报\n\n## 一\n\n");
		strbuf_puts(&text, bounds[i][0]);
		while (text.len < (size_t)140 << 10)
			strbuf_puts(&text, "不是标题\n\n## 不是\n");
		strbuf_puts(&text, bounds[i][1]);
		strbuf_puts(&text, "\n## 二\n\n正文\n");
		assert_same_in_parts(&text);
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_long_text_reads_the_same_in_parts),
		cmocka_unit_test(html_that_goes_on_over_headings_is_read_whole),
		cmocka_unit_test(strong_ends_behind_punctuation),
		cmocka_unit_test(two_that_touch_are_two),
		cmocka_unit_test(what_commonmark_reads_is_left_to_it),
		cmocka_unit_test(mending_leaves_no_trace),
		cmocka_unit_test(a_fence_ends_with_its_quote),
		cmocka_unit_test(containers_past_the_limit_are_text),
		cmocka_unit_test(a_long_rule_is_a_rule),
		cmocka_unit_test(many_links_stay_links),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
