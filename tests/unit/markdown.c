/* CommonMark in a body: every text node of the source is in the issue, marks and links are where
 * they belong, and hostile or pathological input is read in bounded time. */
#include "doc.h"

#include <cmark.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <sulan/utf8.h>

/* The leaf block that holds the text, and where; fails when there is none. */
static const struct block *block_with(const struct issue *issue, const char *text, size_t *at)
{
	for (size_t i = 0; i < issue->n_blocks; i++) {
		*at = str_find(issue->blocks[i].text, str_of(text), 0);
		if (*at != STR_NOT_FOUND)
			return &issue->blocks[i];
	}
	fail_msg("not found: %s", text);
	return NULL;
}

static unsigned marks_of(const struct issue *issue, const char *text)
{
	size_t at;
	const struct block *block = block_with(issue, text, &at);
	unsigned marks = 0;
	for (uint32_t s = block->span; s < block->span + block->n_spans; s++)
		if (issue->spans[s].at <= at &&
		    issue->spans[s].at + issue->spans[s].len >= at + strlen(text))
			marks |= issue->spans[s].marks;
	return marks;
}

static const char *url_of(const struct issue *issue, const char *text)
{
	size_t at;
	const struct block *block = block_with(issue, text, &at);
	for (uint32_t s = block->span; s < block->span + block->n_spans; s++)
		if (issue->spans[s].link && issue->spans[s].at <= at &&
		    issue->spans[s].at + issue->spans[s].len > at)
			return issue->links[issue->spans[s].link - 1].url.p;
	return "";
}

static void marks_are_where_they_belong(void **state)
{
	const struct issue *issue = issue_of_file("tests/data/commonmark.md");
	(void)state;
	assert_int_equal(marks_of(issue, "emphasis"), MARK_EMPH);
	assert_int_equal(marks_of(issue, "strong"), MARK_STRONG);
	assert_int_equal(marks_of(issue, "both"), MARK_STRONG | MARK_EMPH);
	assert_int_equal(marks_of(issue, "code with *stars*"), MARK_CODE);
	assert_int_equal(marks_of(issue, "an image"), MARK_IMAGE);
	assert_int_equal(marks_of(issue, "file.png"), MARK_IMAGE);
	assert_int_equal(marks_of(issue, "alt text"), MARK_IMAGE);
	issue_free(issue);
}

static void links_of_every_kind_are_found(void **state)
{
	const struct issue *issue = issue_of_file("tests/data/commonmark.md");
	(void)state;
	assert_string_equal(url_of(issue, "inline,"), "https://example.com/inline");
	assert_string_equal(url_of(issue, "reference"), "https://example.com/ref");
	assert_string_equal(url_of(issue, "collapsed"), "https://example.com/collapsed");
	assert_string_equal(url_of(issue, "https://example.com/auto"), "https://example.com/auto");
	assert_string_equal(url_of(issue, "me@example.com"), "mailto:me@example.com");
	assert_string_equal(url_of(issue, "https://example.com/bare"),
			    "https://example.com/bare_with_underscores");
	assert_string_equal(url_of(issue, "an anchor"), "https://example.com/a");
	issue_free(issue);
}

static void breaks_and_entities_are_settled(void **state)
{
	const struct issue *issue = issue_of_file("tests/data/commonmark.md");
	size_t at;
	(void)state;
	block_with(issue,
		   "hard break\nafter a backslash, and one after two spaces\nhere. A soft break "
		   "joins with a space, 而中文换行不加空格。",
		   &at);
	block_with(issue, "a break\nhere", &at);
	block_with(issue, "© & 中 <tag>", &at);
	block_with(issue, "| 一   | 1     |\n| 二   | 2     |", &at);
	block_with(issue, "A block of HTML with a link.\nfirst\nsecond", &at);
	assert_int_equal(block_with(issue, "deeper", &at)->depth, 6);
	issue_free(issue);
}

static void chinese_emphasis_is_mended(void **state)
{
	const struct issue *issue = issue_of_file("tests/data/odd.md");
	size_t at;
	(void)state;
	block_with(issue, "甲，乙。丙丁，“戊”己；“庚”辛壬。", &at);
	assert_int_equal(marks_of(issue, "甲，"), MARK_STRONG);
	assert_int_equal(marks_of(issue, "丙"), MARK_STRONG);
	assert_int_equal(marks_of(issue, "丁"), 0);
	assert_int_equal(marks_of(issue, "“庚”"), MARK_STRONG);
	assert_int_equal(marks_of(issue, "辛"), MARK_STRONG);
	assert_int_equal(marks_of(issue, "壬"), 0);
	block_with(issue, "**代码里的，**星号 不动，**转义的，**也不动。", &at);
	issue_free(issue);
}

/* The characters that count: no white space, stars, tildes, pipes of tables, controls, nor what
 * mending puts in. */
static size_t squeeze(struct str text, char *out)
{
	size_t len = 0;
	uint32_t cp;
	for (size_t at = 0, n; at < text.len; at += n) {
		n = utf8_next(text, at, &cp);
		if (cp <= ' ' || cp == 0x2060 || cp == '*' || cp == '~' || cp == '|' ||
		    cp == 0xa0 || cp == 0x3000)
			continue;
		memcpy(out + len, text.p + at, n);
		len += n;
	}
	return len;
}

/* All the issue says, in order: blocks, and labels with the colon that was taken off them. */
static struct str all_of(struct arena *arena, const struct issue *issue)
{
	struct strbuf out = strbuf_make(arena);
	for (size_t i = 0; i < issue->n_blocks; i++) {
		char *bytes = arena_alloc(arena, issue->blocks[i].text.len + 1);
		strbuf_put(&out, (struct str){bytes, squeeze(issue->blocks[i].text, bytes)});
		if (issue->blocks[i].part == PART_LABEL)
			strbuf_puts(&out, "：");
	}
	return strbuf_str(&out);
}

/* Colons after labels come back as one kind, so both sides are compared without any. */
static struct str without_colons(struct arena *arena, struct str text)
{
	struct strbuf out = strbuf_make(arena);
	for (size_t i = 0; i < text.len; i++) {
		if (str_starts(str_from(text, i), "："))
			i += 2;
		else if (text.p[i] != ':')
			strbuf_putc(&out, text.p[i]);
	}
	return strbuf_str(&out);
}

/* The line below the header of a table, and a tag of a template. */
static bool is_sign(struct str text)
{
	if (str_starts(text, "{%") && str_ends(text, "%}"))
		return true;
	for (size_t i = 0; i < text.len; i++)
		if (!strchr("|-: ", text.p[i]))
			return false;
	return memchr(text.p, '|', text.len) != NULL;
}

/* Lines that are only a tag of a site's template are empty. */
static struct str without_templates(struct arena *arena, struct str text)
{
	struct strbuf out = strbuf_make(arena);
	struct str line;
	while (str_cut(&text, '\n', &line)) {
		bool is_tag = str_starts(line, "{%") || str_starts(line, "{{<");
		if (!is_tag || !str_ends(str_trim(line), "}"))
			strbuf_put(&out, line);
		strbuf_putc(&out, '\n');
	}
	return strbuf_str(&out);
}

/* Every text and code node of cmark's own reading of the file stands in the issue, in order. */
static size_t count_lost(const char *path)
{
	struct arena *arena = arena_new();
	struct str bytes, said;
	assert_true(file_read(path, arena, &bytes, NULL));
	const struct issue *issue = issue_of_file(path);
	said = without_colons(arena, all_of(arena, issue));
	/* Front matter is read before CommonMark. */
	size_t skip_to = 0;
	if (str_starts(bytes, "---\n")) {
		size_t end = str_find(bytes, STR("\n---"), 3);
		skip_to = end == STR_NOT_FOUND ? 0 : end + 5;
	}
	if (str_starts(bytes, "+++\n"))
		skip_to = str_find(bytes, STR("\n+++"), 3) + 5;
	if (str_starts(bytes, "Title: "))
		skip_to = str_find(bytes, STR("\n\n"), 0);
	bytes = without_templates(arena, str_from(bytes, skip_to));
	cmark_node *document = cmark_parse_document(bytes.p, bytes.len, 0);
	cmark_iter *iter = cmark_iter_new(document);
	size_t n_lost = 0, at = 0;
	for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);
		if (event != CMARK_EVENT_ENTER ||
		    (type != CMARK_NODE_TEXT && type != CMARK_NODE_CODE &&
		     type != CMARK_NODE_CODE_BLOCK))
			continue;
		struct str literal = str_of(cmark_node_get_literal(node));
		char *squeezed = arena_alloc(arena, literal.len + 1);
		struct str wanted =
			without_colons(arena, (struct str){squeezed, squeeze(literal, squeezed)});
		if (is_sign(literal))
			continue;
		if (str_is(wanted, "[]")) /* a task's box */
			wanted = STR("☐");
		size_t found = str_find(said, wanted, at);
		if (found != STR_NOT_FOUND) {
			at = found + wanted.len;
		} else {
			n_lost++;
			print_message("# %s: lost: %.*s\n", path, (int)wanted.len, wanted.p);
		}
	}
	cmark_iter_free(iter);
	cmark_node_free(document);
	issue_free(issue);
	arena_free(arena);
	return n_lost;
}

static void no_text_is_lost(void **state)
{
	glob_t found;
	size_t n_lost = 0;
	(void)state;
	find_issues(&found);
	assert_true(found.gl_pathc >= 6);
	for (size_t i = 0; i < found.gl_pathc; i++)
		n_lost += count_lost(found.gl_pathv[i]);
	globfree(&found);
	assert_int_equal(n_lost, 0);
}

struct repeated {
	const char *head, *part, *tail;
	size_t n, n_tail; /* how often part and tail stand there; 0 for once */
	bool grows;       /* the part is one longer each time, with a letter behind it */
};

static void read_repeated(const struct repeated *r)
{
	struct arena *arena = arena_new();
	struct strbuf text = strbuf_make(arena);
	strbuf_puts(&text, r->head ? r->head : "");
	for (size_t i = 0; i < r->n; i++) {
		for (size_t k = 0; k == 0 || (r->grows && k < i); k++)
			strbuf_puts(&text, r->part);
		strbuf_puts(&text, r->grows ? "x" : "");
	}
	for (size_t i = 0; i == 0 || i < r->n_tail; i++)
		strbuf_puts(&text, r->tail ? r->tail : "");
	const struct issue *issue = issue_read(strbuf_str(&text), STR("-"), NULL);
	issue_free(issue);
	arena_free(arena);
}

/* Each took seconds to minutes, or the stack, in one reader or another. */
static void pathological_input_is_read(void **state)
{
	static const struct repeated cases[] = {
		{.part = "> ", .tail = "deep"},
		{.part = "[", .tail = "a"},
		{.part = "* ", .tail = "deep"},
		{.part = "**a，**b"},
		{.part = "`", .tail = "a"},
		{.part = "x <!--"},
		{.part = "[a](<b"},
		{.part = "- a\n  ", .tail = "- b"},
		{.part = "&amp;"},
		{.part = "*a _b "},
		{.part = "https://a.b/c "},
		{.part = "**", .tail = "x"},
		{.part = "# h\n"},
		{.part = "<a href=\"x\">"},
		{.head = "<div>x", .part = "<img alt='&amp;'"},
		{.head = "<div>x", .part = "<a '>'"},
		{.part = "~~a"},
		{.head = "# x\n\n## y\n\n> **来源：** ", .part = "a | "},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct repeated r = cases[i];
		r.n = 20000;
		read_repeated(&r);
	}
}

/* So large that quadratic work takes longer than the program is given. */
static void work_grows_with_the_text_only(void **state)
{
	static const struct repeated cases[] = {
		{.part = "![[]()", .n = 300000},
		{.head = "- a\n  ", .part = "![[]()\n  ", .n = 200000},
		{.part = "- ", .n = 100000, .tail = "\na\n\n", .n_tail = 100000},
		{.part = "- ", .n = 100000, .tail = "a\n\n\n\n\n\n\n\n", .n_tail = 100000},
		{.head = "- ```\n\nx\n\n",
		 .part = "- ",
		 .n = 100000,
		 .tail = "\n",
		 .n_tail = 900000},
		{.head = "http://a.b/c", .part = ")", .n = 6000000},
		{.head = "**a** $", .part = "`", .n = 10500, .grows = true},
		{.head = "# x\n\n## ",
		 .part = "y",
		 .n = 300000,
		 .tail = "\n\n### z\n\nz\n",
		 .n_tail = 50000},
	};
	struct rlimit whole, limit;
	(void)state;
	getrlimit(RLIMIT_CPU, &whole);
	limit = whole;
	limit.rlim_cur = 90;
	setrlimit(RLIMIT_CPU, &limit);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		read_repeated(&cases[i]);
	setrlimit(RLIMIT_CPU, &whole);
}

static void hostile_text_stays_text(void **state)
{
	const struct issue *issue = issue_of_file("tests/data/hostile.md");
	(void)state;
	assert_int_equal(issue->n_stories, 1);
	for (size_t i = 0; i < issue->n_links; i++)
		if (!str_starts(issue->links[i].url, "https://example.com/a\""))
			assert_false(link_may_open(issue->links[i].url) &&
				     !str_starts(issue->links[i].url, "https://example.com"));
	issue_free(issue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(marks_are_where_they_belong),
		cmocka_unit_test(links_of_every_kind_are_found),
		cmocka_unit_test(breaks_and_entities_are_settled),
		cmocka_unit_test(chinese_emphasis_is_mended),
		cmocka_unit_test(no_text_is_lost),
		cmocka_unit_test(pathological_input_is_read),
		cmocka_unit_test(work_grows_with_the_text_only),
		cmocka_unit_test(hostile_text_stays_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
