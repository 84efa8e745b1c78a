/* Outputs: faithful to the issue, and safe whatever it holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <jansson.h>
#include <sulan/file.h>
#include <sulan/keywords.h>
#include <sulan/out.h>
#include <sulan/utf8.h>

#include <random.h>

#include "pages.h"

static const char sample[] =
	"# 样例速递 - 2026年01月22日\n\n"
	"## 甲公司 <A&B> 的\"故事\"\n\n"
	"> **分类：** 市场动态\n"
	"> **来源：** [甲报](https://news.example.com/a?x=1&y=2) 、 "
	"[乙报](https://b.example.org/1)\n"
	"> **作者：** 张三\n\n"
	"**核心洞察：** "
	"洞察一段，见[原文](https://c.example.net/z)与[坏的](javascript:alert%281%29)。\n\n"
	"**内容简介：**\n\n"
	"- 起因：OpenAI 的 `code` 与 **粗体**。\n"
	"- 经过：2 * 3 = 6，a_b_c，~~删~~。\n\n"
	"---\n\n"
	"## 其他资讯\n\n"
	"- [短讯一](https://m.example.com/1)\n"
	"- [短讯二](https://m.example.com/2)\n";

static const char hostile[] =
	"# D \033]0;x\007 2026-01-22\n\n## T \033[31mred\xc2\x9b"
	"5m \xe2\x80\xae flip\n\n> **来源：** [n\033[0m](https://h.example/\033[1m?<\">)\n\n"
	"a\tb \x7f \xff\xfe <script>alert(1)</script> \xf3\xa0\x81\x81 end\n\n"
	"    code \033[2J\x08\n\n- [x\xe2\x81\xa6](https://e.example/a'b\"c)\n";

static struct theme plain_theme(void)
{
	struct theme theme;
	theme_parse(&theme,
		    STR("name = t\nkind = dark\n[roles]\ntitle = bold\nlink = underline\n"
			"keyword-1 = reverse\n"),
		    "t", NULL, NULL);
	return theme;
}

static struct out_opts opts_of(unsigned cols, const struct theme *theme)
{
	return (struct out_opts){.page = pages_opts(cols), .theme = theme, .depth = DEPTH_256};
}

static struct str made(enum out_format format, struct arena *arena, const struct issue *issue,
		       const struct out_opts *opts)
{
	return out_issue(format, arena, &issue, 1, opts);
}

static bool has(struct str text, const char *part)
{
	return str_find(text, str_of(part), 0) != STR_NOT_FOUND;
}

static void an_issue_without_stories_is_its_heading(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const struct issue *issue = pages_issue("# 样例速递 2026-01-22\n\n## 甲\n\n-\n-\n");
	struct theme theme = plain_theme();
	struct out_opts opts = opts_of(30, &theme);
	assert_int_equal(issue->n_stories, 0);
	assert_true(has(made(OUT_TEXT, arena, issue, &opts), "样例速递 2026-01-22\n"));
	assert_true(has(made(OUT_ANSI, arena, issue, &opts), "样例速递 2026-01-22"));
	issue_free(issue);
	arena_free(arena);
}

static void text_has_no_blanks_at_line_ends(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const struct issue *issue = pages_issue(sample);
	struct out_opts opts = opts_of(30, NULL);
	struct str text = made(OUT_TEXT, arena, issue, &opts);
	assert_true(has(text, "分类 市场动态"));
	assert_false(has(text, " \n"));
	assert_true(str_ends(text, "\n"));
	issue_free(issue);
	arena_free(arena);
}

/* What is left of terminal output when SGR and OSC 8 are taken out. */
static struct str without_escapes(struct arena *arena, struct str text)
{
	struct strbuf buf = strbuf_make(arena);
	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] != '\033') {
			strbuf_putc(&buf, text.p[i]);
		} else if (text.p[i + 1] == '[') {
			while (text.p[i] != 'm')
				i++;
		} else {
			assert_int_equal(text.p[i + 1], ']');
			while (!(text.p[i] == '\033' && text.p[i + 1] == '\\'))
				i++;
			i++;
		}
	}
	return strbuf_str(&buf);
}

static void ansi_is_the_text_with_styles(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const struct issue *issue = pages_issue(sample);
	struct theme theme = plain_theme();
	struct keyword word = {STR("OpenAI"), STR("OpenAI"), 1, 1};
	struct keywords *keywords = keywords_new(&word, 1);
	struct out_opts opts = opts_of(40, &theme);
	opts.keywords = keywords;
	opts.hyperlinks = true;
	struct str ansi = made(OUT_ANSI, arena, issue, &opts);
	assert_true(str_eq(without_escapes(arena, ansi), made(OUT_TEXT, arena, issue, &opts)));
	assert_true(has(ansi, "\033[0;7mOpenAI\033[0m"));
	keywords_free(keywords);
	issue_free(issue);
	arena_free(arena);
}

static void spacing_is_seen_and_in_no_text(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const struct issue *issue =
		pages_issue("# 日报 2026-01-22\n\n## "
			    "题\n\n前段。\n\n用GPT4写[原文link](https://e.example)吧。\n");
	struct theme theme = plain_theme();
	struct keyword word = {STR("GPT4写"), STR("GPT4写"), 1, 1};
	struct keywords *keywords = keywords_new(&word, 1);
	struct out_opts opts = opts_of(40, &theme), bare = opts;
	opts.page.is_spaced = true;
	opts.keywords = keywords;
	opts.hyperlinks = true;
	struct str ansi = made(OUT_ANSI, arena, issue, &opts);
	assert_true(has(made(OUT_TEXT, arena, issue, &opts), "用 GPT4 写原文 link 吧。"));
	assert_true(str_eq(without_escapes(arena, ansi), made(OUT_TEXT, arena, issue, &opts)));
	assert_true(has(ansi, "用 \033[0;7mGPT4 写\033"));
	assert_true(has(ansi, "原文 link\033]8;;"));
	for (enum out_format format = OUT_MARKDOWN; format <= OUT_JSON; format++)
		assert_true(str_eq(made(format, arena, issue, &opts),
				   made(format, arena, issue, &bare)));
	keywords_free(keywords);
	issue_free(issue);
	arena_free(arena);
}

static void ansi_links_only_what_may_be_opened(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const struct issue *issue = pages_issue(sample);
	struct theme theme = plain_theme();
	struct out_opts opts = opts_of(40, &theme);
	assert_false(has(made(OUT_ANSI, arena, issue, &opts), "\033]8"));
	opts.hyperlinks = true;
	struct str ansi = made(OUT_ANSI, arena, issue, &opts);
	assert_true(has(ansi, ";https://c.example.net/z\033\\"));
	assert_false(has(ansi, ";javascript:"));
	issue_free(issue);
	arena_free(arena);
}

static void assert_same_stories(const struct issue *a, const struct issue *b)
{
	assert_true(str_eq(a->title, b->title));
	assert_int_equal(date_compare(a->date, b->date), 0);
	assert_int_equal(a->n_stories, b->n_stories);
	for (size_t i = 0; i < a->n_stories; i++) {
		const struct story *x = &a->stories[i], *y = &b->stories[i];
		assert_true(str_eq(x->title, y->title));
		assert_true(str_eq(x->id, y->id));
		assert_int_equal(x->kind, y->kind);
		assert_true(str_eq(a->categories[x->category], b->categories[y->category]));
		assert_true(str_eq(x->insight, y->insight));
		assert_int_equal(x->n_sources, y->n_sources);
		assert_int_equal(x->n_fields, y->n_fields);
		assert_int_equal(x->n_bullets, y->n_bullets);
		for (size_t k = 0; k < x->n_bullets; k++) {
			assert_true(str_eq(x->bullets[k].lead, y->bullets[k].lead));
			assert_true(str_eq(x->bullets[k].text, y->bullets[k].text));
		}
		assert_int_equal(x->n_links, y->n_links);
		for (size_t k = 0; k < x->n_links; k++)
			assert_true(str_eq(a->links[x->links[k]].url, b->links[y->links[k]].url));
	}
}

static void assert_same_text(const struct issue *a, const struct issue *b, struct str bytes)
{
	assert_int_equal(a->n_blocks, b->n_blocks);
	for (size_t i = 0; i < a->n_blocks; i++) {
		assert_int_equal(a->blocks[i].kind, b->blocks[i].kind);
		if (!str_eq(a->blocks[i].text, b->blocks[i].text))
			fail_msg("%.*s, not %.*s in: %.*s", (int)b->blocks[i].text.len,
				 b->blocks[i].text.p, (int)a->blocks[i].text.len,
				 a->blocks[i].text.p, (int)bytes.len, bytes.p);
	}
}

/* Returns the Markdown. */
static struct str check_round_trip(struct arena *arena, struct str bytes)
{
	struct error err = {0};
	struct out_opts opts = opts_of(80, NULL);
	const struct issue *first = issue_read(bytes, STR("test.md"), &err);
	struct str once = made(OUT_MARKDOWN, arena, first, &opts);
	const struct issue *second = issue_read(once, STR("test.md"), &err);
	if (first->n_blocks != second->n_blocks)
		fail_msg("%.*s\n======\n%.*s\n", (int)bytes.len, bytes.p, (int)once.len, once.p);
	assert_same_stories(first, second);
	assert_same_text(first, second, bytes);
	struct str twice = made(OUT_MARKDOWN, arena, second, &opts);
	if (!str_eq(once, twice))
		print_error("%.*s\n======\n%.*s\n", (int)once.len, once.p, (int)twice.len, twice.p);
	assert_true(str_eq(once, twice));
	issue_free(first);
	issue_free(second);
	return once;
}

static void markdown_reads_back_as_the_same_stories(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct str bytes;
	check_round_trip(arena, str_of(sample));
	assert_true(file_read("tests/data/layout.md", arena, &bytes, NULL));
	check_round_trip(arena, bytes);
	arena_free(arena);
}

/* Whatever signs stand in it, side by side and at the ends of lines. */
static void markdown_of_any_signs_reads_back_as_the_same_text(void **state)
{
	static const char *const parts[] = {
		"a", "中",  "1",   " ", "\n字", "\\*", "\\_", "\\`", "`x`",    "`` a`b ``", "[",
		"]", "\\[", "&",   "#", "amp;", "~",   "\\~", "!",   "\\<",    "\\\\",      "1.",
		"-", "+",   "\\|", ":", "=",    "{",   "%",   ".",   "**粗**", "(b)",
	};
	struct arena *arena = arena_new();
	uint32_t seed = 17;
	(void)state;
	for (int round = 0; round < 3000; round++) {
		struct strbuf text = strbuf_make(arena);
		strbuf_puts(&text, "# 日报 2026-01-22\n\n## 甲\n\n> **分类：** 乙\n\n丙");
		for (unsigned n = random_next(&seed) % 12; n > 0; n--)
			strbuf_puts(&text,
				    parts[random_next(&seed) % (sizeof(parts) / sizeof(*parts))]);
		strbuf_puts(&text, "\n");
		check_round_trip(arena, strbuf_str(&text));
		arena_reset(arena);
	}
	arena_free(arena);
}

static void markdown_of_the_reference_format_is_the_file_itself(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct str bytes;
	if (!file_read("../shared/seed/2026-01-22.md", arena, &bytes, NULL)) {
		arena_free(arena);
		skip();
	}
	assert_true(str_eq(check_round_trip(arena, bytes), bytes));
	arena_free(arena);
}

static void html_escapes_and_links_only_what_may_be_opened(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const struct issue *issue = pages_issue(sample);
	struct out_opts opts = opts_of(80, NULL);
	struct str html = made(OUT_HTML, arena, issue, &opts);
	assert_true(has(html, "甲公司 &lt;A&amp;B&gt; 的&quot;故事&quot;"));
	assert_true(has(html, "href=\"https://news.example.com/a?x=1&amp;y=2\""));
	assert_true(has(html, "<code>code</code>"));
	assert_false(has(html, "href=\"javascript"));
	assert_true(has(html, "坏的"));
	issue_free(issue);
	arena_free(arena);
}

static json_t *parsed(struct str text)
{
	json_error_t err;
	json_t *json = json_loadb(text.p, text.len, 0, &err);
	if (!json)
		print_error("%s at %d: %.*s\n", err.text, err.position, (int)text.len, text.p);
	assert_non_null(json);
	return json;
}

static struct story_state starred(const void *self, struct str id)
{
	(void)self;
	(void)id;
	return (struct story_state){.is_starred = true};
}

static void json_follows_the_schema(void **state)
{
	(void)state;
	static const char *const keys[] = {"id",       "issue",   "index", "kind",   "title",
					   "category", "sources", "links", "fields", "insight",
					   "summary",  "text",    "state"};
	struct arena *arena = arena_new();
	const struct issue *issue = pages_issue(sample), *twice[] = {issue, issue};
	struct out_opts opts = opts_of(80, NULL);
	opts.state = starred;
	json_t *json = parsed(out_issue(OUT_JSON, arena, twice, 2, &opts));
	assert_int_equal(json_integer_value(json_object_get(json, "schema")), 1);
	json_t *stories = json_object_get(json, "stories");
	assert_int_equal(json_array_size(stories), 2 * issue->n_stories);
	json_t *story = json_array_get(stories, 0), *value;
	const char *key;
	size_t i = 0;
	json_object_foreach(story, key, value) assert_string_equal(key, keys[i++]);
	assert_int_equal(i, sizeof(keys) / sizeof(*keys));
	assert_string_equal(json_string_value(json_object_get(story, "category")), "市场动态");
	json_t *fields = json_object_get(story, "fields");
	assert_string_equal(json_string_value(json_object_get(fields, "作者")), "张三");
	assert_true(json_is_true(json_object_get(json_object_get(story, "state"), "star")));
	assert_true(json_is_false(json_object_get(json_object_get(story, "state"), "read")));
	story = json_array_get(stories, 1);
	assert_string_equal(json_string_value(json_object_get(story, "kind")), "brief");
	json_decref(json);
	issue_free(issue);
	arena_free(arena);
}

/* What may not be sent to a terminal is escaped, and nothing of it is lost. */
static void json_holds_the_text_as_it_is(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const struct issue *issue = pages_issue(hostile);
	struct out_opts opts = opts_of(80, NULL);
	json_t *json = parsed(made(OUT_JSON, arena, issue, &opts));
	json_t *story = json_array_get(json_object_get(json, "stories"), 0);
	const char *title = json_string_value(json_object_get(story, "title"));
	const char *text = json_string_value(json_object_get(story, "text"));
	assert_true(str_is(issue->stories[0].title, title));
	assert_true(has(str_of(title), "\xc2\x9b"
				       "5m \xe2\x80\xae flip"));
	assert_true(has(str_of(text), "alert(1) \xf3\xa0\x81\x81 end"));
	json_decref(json);
	issue_free(issue);
	arena_free(arena);
}

static void html_says_its_language(void **state)
{
	static const struct {
		const char *markdown, *lang;
	} samples[] = {
		{"# 日报\n\n## a\n\nb\n", "<html lang=\"zh-CN\">"},
		{"# Daily\n\n## 甲乙丙\n\nb\n", "<html lang=\"zh-CN\">"},
		{"# Daily\n\n## a\n\nb\n", "<html lang=\"en\">"},
		{"# Daily\n\nb\n", "<html lang=\"en\">"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
		struct arena *arena = arena_new();
		const struct issue *issue = pages_issue(samples[i].markdown);
		struct out_opts opts = opts_of(80, NULL);
		assert_true(has(made(OUT_HTML, arena, issue, &opts), samples[i].lang));
		issue_free(issue);
		arena_free(arena);
	}
}

static void nothing_to_list_is_a_document_too(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	struct out_opts opts = opts_of(80, NULL);
	json_t *json = parsed(out_list(OUT_LIST_JSON, arena, NULL, 0, &opts));
	assert_int_equal(json_array_size(json_object_get(json, "stories")), 0);
	json_decref(json);
	assert_int_equal(out_list(OUT_LIST_TABLE, arena, NULL, 0, &opts).len, 0);
	arena_free(arena);
}

static void assert_safe(struct str text, bool may_have_tabs)
{
	for (size_t at = 0, len; at < text.len; at += len) {
		uint32_t cp;
		len = utf8_next(text, at, &cp);
		assert_false(cp < 0x20 && cp != '\n' && !(may_have_tabs && cp == '\t'));
		assert_false(cp >= 0x7f && cp <= 0x9f);
		assert_false(cp >= 0x202a && cp <= 0x202e);
		assert_false(cp >= 0x2066 && cp <= 0x2069);
		assert_false(cp >= 0xe0000 && cp <= 0xe007f);
	}
	assert_true(utf8_is_valid(text));
}

static void no_control_of_an_issue_gets_out(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const struct issue *issue = pages_issue(hostile);
	struct theme theme = plain_theme();
	struct out_opts opts = opts_of(40, &theme);
	opts.hyperlinks = true;
	assert_safe(made(OUT_TEXT, arena, issue, &opts), false);
	assert_safe(made(OUT_JSON, arena, issue, &opts), true);
	assert_safe(made(OUT_MARKDOWN, arena, issue, &opts), true);
	struct str html = made(OUT_HTML, arena, issue, &opts);
	assert_false(has(html, "<script"));
	assert_safe(html, true);
	assert_safe(out_check(arena, issue, &opts), false);
	struct str ansi = made(OUT_ANSI, arena, issue, &opts);
	assert_safe(without_escapes(arena, ansi), false);
	assert_false(has(ansi, "\033[31m") || has(ansi, "\033[2J") || has(ansi, "\007"));
	struct out_story item = {issue, &issue->stories[0]};
	assert_safe(out_list(OUT_LIST_TABLE, arena, &item, 1, &opts), false);
	assert_safe(out_list(OUT_LIST_TSV, arena, &item, 1, &opts), true);
	issue_free(issue);
	arena_free(arena);
}

static const char *shouted(const void *self, const char *english)
{
	(void)self;
	return strcmp(english, "no source") == 0 ? "没有来源" : english;
}

static void check_asks_for_insights_only_where_stories_have_labels(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const struct issue *issue = pages_issue(
		"# 周刊 2026-01-22\n\n[a](javascript:x)\n\n## 甲\n\n正文。\n\n## 乙\n\n正文。\n");
	struct out_opts opts = opts_of(80, NULL);
	struct str check = out_check(arena, issue, &opts);
	assert_true(has(check, "no source: 甲\n"));
	assert_true(has(check, "a link that will not be opened: javascript:x\n"));
	assert_false(has(check, "no insight"));
	assert_false(has(check, "no summary"));
	issue_free(issue);
	arena_free(arena);
}

static void check_tells_what_is_lacking_and_where(void **state)
{
	(void)state;
	struct arena *arena = arena_new();
	const struct issue *issue =
		pages_issue("# 速递 2026-01-22\n\n## 甲\n\n> **分类：** 市场\n> **来源：** "
			    "[n](https://a.example)\n\n"
			    "**核心洞察：** 有。\n\n**内容简介：**\n\n- a：b\n\n---\n\n## 乙\n\n"
			    "> **分类：** 市场\n\n正文[x](javascript:y)。\n");
	struct out_opts opts = opts_of(80, NULL);
	struct str check = out_check(arena, issue, &opts);
	assert_true(has(check, "test.md:16: no source: 乙\n"));
	assert_true(has(check, "no insight: 乙\n"));
	assert_false(has(check, "甲\n"));
	assert_true(has(check, "a link that will not be opened: javascript:y\n"));
	assert_true(has(check, "       2  市场\n"));
	opts.word = shouted;
	assert_true(has(out_check(arena, issue, &opts), "没有来源: 乙\n"));
	issue_free(issue);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_has_no_blanks_at_line_ends),
		cmocka_unit_test(ansi_is_the_text_with_styles),
		cmocka_unit_test(spacing_is_seen_and_in_no_text),
		cmocka_unit_test(ansi_links_only_what_may_be_opened),
		cmocka_unit_test(markdown_reads_back_as_the_same_stories),
		cmocka_unit_test(markdown_of_any_signs_reads_back_as_the_same_text),
		cmocka_unit_test(markdown_of_the_reference_format_is_the_file_itself),
		cmocka_unit_test(html_escapes_and_links_only_what_may_be_opened),
		cmocka_unit_test(json_follows_the_schema),
		cmocka_unit_test(json_holds_the_text_as_it_is),
		cmocka_unit_test(html_says_its_language),
		cmocka_unit_test(nothing_to_list_is_a_document_too),
		cmocka_unit_test(no_control_of_an_issue_gets_out),
		cmocka_unit_test(an_issue_without_stories_is_its_heading),
		cmocka_unit_test(check_asks_for_insights_only_where_stories_have_labels),
		cmocka_unit_test(check_tells_what_is_lacking_and_where),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
