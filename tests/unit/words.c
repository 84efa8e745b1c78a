/* The words of a source and the words of the issue made of it are the same multiset, mark-up aside:
 * none lost, none said twice. Over every file there is to try, and over made-up Markdown. */
#include "doc.h"

#include <cmark.h>
#include <stdlib.h>

#include <sulan/utf8.h>

#include "random.h"

struct words {
	struct arena *arena;
	struct str *words;
	size_t n, cap;
};

static bool is_letter(uint32_t cp)
{
	return codepoint_is_word(cp) || (codepoint_is_cjk(cp) && cp >= 0x3040 && cp < 0xff00);
}

/* Runs of letters and digits; of Chinese each character, which may stand on two lines. */
static void add_words(struct words *w, struct str text)
{
	uint32_t cp;
	size_t from = 0;
	for (size_t at = 0, len = 0; at <= text.len; at += len) {
		bool is_end = at == text.len;
		len = is_end ? 1 : utf8_next(text, at, &cp);
		bool is_single = !is_end && codepoint_is_cjk(cp) && is_letter(cp);
		if (!is_end && is_letter(cp) && !is_single)
			continue;
		if (at > from || is_single) {
			struct str parts[2] = {str_sub(text, from, at - from),
					       str_sub(text, at, is_single ? len : 0)};
			for (size_t i = 0; i < 2; i++) {
				if (parts[i].len == 0)
					continue;
				w->words = arena_more(w->arena, w->words, w->n, &w->cap,
						      sizeof(*w->words));
				w->words[w->n++] = str_copy(w->arena, parts[i]);
			}
		}
		from = at + len;
	}
}

/* Stars and tildes are mark-up wherever they stand; the joiner is no part of a word. */
static struct str without_signs(struct arena *arena, struct str text)
{
	struct strbuf out = strbuf_make(arena);
	for (size_t i = 0; i < text.len; i++) {
		if (str_starts(str_from(text, i), "\xe2\x81\xa0"))
			i += 2;
		else if (!strchr("*~", text.p[i]))
			strbuf_putc(&out, text.p[i]);
	}
	return strbuf_str(&out);
}

static int compare(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static void sort(struct words *w)
{
	if (w->n)
		qsort(w->words, w->n, sizeof(*w->words), compare);
}

/* Raw HTML with a blank for each tag. */
static void put_html(struct str html, struct strbuf *into)
{
	bool is_tag = false;
	for (size_t i = 0; i < html.len; i++) {
		is_tag |= html.p[i] == '<';
		strbuf_putc(into, is_tag ? ' ' : html.p[i]);
		is_tag &= html.p[i] != '>';
	}
}

/* A leaf as CommonMark alone reads it, without what images are described by. */
static void add_leaf(struct words *w, cmark_node *leaf)
{
	struct strbuf text = strbuf_make(w->arena);
	cmark_iter *iter = cmark_iter_new(leaf);
	for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
		cmark_node *node = cmark_iter_get_node(iter);
		struct str literal = str_of(cmark_node_get_literal(node));
		if (cmark_node_get_type(node) == CMARK_NODE_IMAGE) {
			cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
			continue;
		}
		switch (cmark_node_get_type(node)) {
		case CMARK_NODE_TEXT:
		case CMARK_NODE_CODE:
		case CMARK_NODE_CODE_BLOCK:
			strbuf_put(&text, literal);
			break;
		case CMARK_NODE_SOFTBREAK:
		case CMARK_NODE_LINEBREAK:
			strbuf_putc(&text, ' ');
			break;
		case CMARK_NODE_HTML_INLINE:
		case CMARK_NODE_HTML_BLOCK:
			put_html(literal, &text);
			break;
		default:
			break;
		}
	}
	cmark_iter_free(iter);
	add_words(w, without_signs(w->arena, strbuf_str(&text)));
}

static void add_source(struct words *w, struct str text)
{
	cmark_node *document = cmark_parse_document(text.p, text.len, CMARK_OPT_DEFAULT);
	cmark_iter *iter = cmark_iter_new(document);
	for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);
		bool is_leaf = type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING ||
			       type == CMARK_NODE_CODE_BLOCK || type == CMARK_NODE_HTML_BLOCK;
		if (event != CMARK_EVENT_ENTER || !is_leaf)
			continue;
		add_leaf(w, node);
		if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING)
			cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
	}
	cmark_iter_free(iter);
	cmark_node_free(document);
}

/* Front matter, lines that are only a tag of a site's template, and notes are not CommonMark. */
static struct str without_front(struct arena *arena, struct str text, uint32_t *n_lines)
{
	static const char *const fences[] = {"---", "+++"};
	struct strbuf out = strbuf_make(arena);
	struct str line, end = {0};
	for (size_t i = 0; i < 2; i++)
		if (str_starts(text, fences[i]))
			end = str_of(fences[i]);
	bool is_front = end.len || str_starts(text, "Title: ");
	*n_lines = 0;
	for (uint32_t n = 0; str_cut(&text, '\n', &line); n++) {
		bool is_start = str_starts(str_trim(line), "{%") || str_starts(line, "{{<");
		bool is_tag = is_start && str_ends(str_trim(line), "}");
		/* To CommonMark a note of one word would be the definition of a link. */
		bool is_note = str_starts(line, "[^");
		for (size_t i = 0; !is_front && !is_tag && i < line.len; i++) {
			strbuf_puts(&out, is_note && i && line.p[i] == ':' && line.p[i - 1] == ']'
						  ? " "
						  : "");
			strbuf_putc(&out, line.p[i]);
		}
		strbuf_putc(&out, '\n');
		if (is_front && n && str_eq(str_trim(line), end)) {
			is_front = false;
			*n_lines = n;
		}
	}
	return strbuf_str(&out);
}

static void add_block(struct words *w, const struct issue *issue, const struct block *block)
{
	struct strbuf text = strbuf_make(w->arena);
	size_t at = 0;
	for (size_t i = block->span; i < block->span + block->n_spans; i++) {
		const struct span *span = &issue->spans[i];
		if (!(span->marks & MARK_IMAGE))
			continue;
		strbuf_put(&text, str_sub(block->text, at, span->at - at));
		at = span->at + span->len;
	}
	strbuf_put(&text, str_from(block->text, at));
	add_words(w, without_signs(w->arena, strbuf_str(&text)));
}

/* Complains of each word one side has oftener than the other; returns how many. */
static size_t count_different(const struct words *a, const struct words *b, const char *name)
{
	size_t i = 0, k = 0, n = 0;
	while (i < a->n || k < b->n) {
		int order = i == a->n ? 1 : k == b->n ? -1 : compare(&a->words[i], &b->words[k]);
		struct str word = order <= 0 ? a->words[i] : b->words[k];
		if (order && n++ < 20)
			print_message("# %s: %s: %.*s\n", name, order < 0 ? "lost" : "added",
				      (int)word.len, word.p);
		i += order <= 0;
		k += order >= 0;
	}
	return n;
}

static size_t check_text(struct str text, const char *name)
{
	struct words source = {.arena = arena_new()}, page = {.arena = source.arena};
	const struct issue *issue = issue_read(text, STR("-"), NULL);
	size_t n = 0;
	uint32_t n_front;
	add_source(&source, without_front(source.arena, text, &n_front));
	for (size_t i = 0; issue && i < issue->n_blocks; i++)
		if (issue->blocks[i].line > n_front)
			add_block(&page, issue, &issue->blocks[i]);
	if (issue) {
		sort(&source);
		sort(&page);
		n = count_different(&source, &page, name);
	} else if (source.n) {
		print_message("# %s: not read\n", name);
		n = 1;
	}
	issue_free(issue);
	arena_free(source.arena);
	return n;
}

/* What made-up issues are put together from; each % is a word of its own. */
static const char *const parts[] = {
	"# % 2026-04-03\n\n",
	"## %\n\n",
	"### % %\n\n",
	"## [%](https://e.com/%)\n\n",
	"#### \n\n",
	"> **分类：** %\n> **来源：** [%](https://e.com/%) 、 %\n\n",
	"> **Category:** % | **Source:** [%](u)\n\n",
	"**核心洞察：** % %。%\n\n",
	"**内容简介：**\n\n- %：% %\n- **%：** %\n\n",
	"- **来源**：[%](https://e.com/%)\n- **摘要**：%\n\n",
	"来源：%、%\n",
	"%\n% %\n\n",
	"中文%，**粗体，**%。\n中文%\n\n",
	"- %\n- [%](https://e.com/%) - %\n  - % %\n\n    %\n- \n",
	"1. **%** %\n2. [%][%]\n\n",
	"1、[%](https://e.com/%)\n\n%\n\n",
	"2、\n\n> %\n\n",
	"**%**\n<https://e.com/%>\n%\n\n",
	"| % | % |\n| --- | --- |\n| [%](https://e.com/%) | % |\n| % | \\| % |\n\n",
	"| % |\n",
	"```\n% | %\n```\n\n",
	"    % %\n\n",
	"---\n\n",
	"* * *\n",
	"% `% %` *%* ~~%~~ https://e.com/%?a=% %\n\n",
	"> %\n>\n> - %\n> %\n\n",
	"<p>% <a href=\"https://e.com/%\">%</a><br>%</p>\n\n",
	"<details><summary>%</summary>\n\n%\n\n</details>\n\n",
	"% <small>%</small><br/>%&amp;%\n\n",
	"![%](https://e.com/%.png)\n\n",
	"%\n===\n\n",
	"- [ ] % %\n- [%](u)\n\n",
	"%[^1] %\n\n[^1]: % %\n\n",
	"- %[^2]\n\n[^2]: %\n[^3]: [%](https://e.com/%) %\n\n",
	"%[^3]\n",
	"【%】\n1、%\n2、%\n\n【%】\n3、%\n\n",
	":::tip %\n%\n:::\n\n",
	"> [!NOTE]\n> %\n\n",
	"[%]: https://e.com/%\n\n",
	"往年回顾\n\n[%](https://e.com/%)（%）\n\n",
};

static struct str make_text(struct arena *arena, uint32_t *seed)
{
	struct strbuf out = strbuf_make(arena);
	strbuf_puts(&out, "w\n\n"); /* or a rule would begin front matter */
	for (size_t n = 3 + random_next(seed) % 24, word = 0; n; n--) {
		const char *part = parts[random_next(seed) % (sizeof(parts) / sizeof(*parts))];
		for (; *part; part++)
			if (*part == '%')
				strbuf_printf(&out, "w%zu", word++);
			else
				strbuf_putc(&out, *part);
	}
	return strbuf_str(&out);
}

static void the_words_of_files_are_all_there_once(void **state)
{
	glob_t found;
	size_t n = 0;
	(void)state;
	find_issues(&found);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct arena *arena = arena_new();
		struct str bytes;
		assert_true(file_read(found.gl_pathv[i], arena, &bytes, NULL));
		n += check_text(bytes, found.gl_pathv[i]);
		arena_free(arena);
	}
	globfree(&found);
	assert_int_equal(n, 0);
}

static void the_words_of_made_up_issues_are_all_there_once(void **state)
{
	(void)state;
	for (uint32_t i = 0, seed = 1; i < 3000; i++) {
		struct arena *arena = arena_new();
		struct str text = make_text(arena, &seed);
		if (check_text(text, "made up") > 0)
			fail_msg("number %u: %.*s", (unsigned)i, (int)text.len, text.p);
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_words_of_files_are_all_there_once),
		cmocka_unit_test(the_words_of_made_up_issues_are_all_there_once),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
