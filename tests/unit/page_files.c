/* What must hold for the page of every file there is to try: nothing too wide, nothing lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include <sulan/file.h>
#include <sulan/pipes.h>
#include <sulan/utf8.h>

#include "pages.h"

/* Of a large folder only so many files, evenly spread. */
#define FILES_MAX 12

typedef void check_issue(const struct issue *issue, const char *path);

static void each_file(const char *dir, check_issue *check)
{
	struct arena *arena = arena_new();
	struct file_list list = {0};
	struct error err = {0};
	assert_true(file_list_dir(dir, arena, &list, &err));
	size_t step = list.n_paths / FILES_MAX + 1;
	for (size_t i = 0; i < list.n_paths; i += step) {
		struct str bytes;
		assert_true(file_read(list.paths[i].p, arena, &bytes, &err));
		const struct issue *issue = issue_read(bytes, list.paths[i], &err);
		if (issue)
			check(issue, list.paths[i].p);
		issue_free(issue);
	}
	arena_free(arena);
}

static void each_corpus_file(check_issue *check)
{
	static const char *const dirs[] = {"daily-arxiv",   "juya-ai-daily", "optech-en",
					   "ruanyf-weekly", "tw93-weekly",   "twir"};
	char path[100];
	for (size_t i = 0; i < sizeof(dirs) / sizeof(*dirs); i++) {
		snprintf(path, sizeof(path), "../shared/corpus/%s", dirs[i]);
		if (file_is_dir(path))
			each_file(path, check);
	}
}

/* What is known of a run without looking at it again. */
static void check_runs(const struct issue *issue, const struct page_line *line,
		       const struct text_policy *policy)
{
	struct arena *arena = arena_new();
	for (size_t i = 0; i < line->n_runs; i++) {
		const struct run *run = &line->runs[i];
		assert_int_equal(run->cols, text_cols(run->text, policy));
		if (run->block != PAGE_NO_BLOCK && issue->blocks[run->block].is_plain)
			assert_true(str_eq(text_show(arena, run->text, policy), run->text));
	}
	arena_free(arena);
}

static void check_widths(const struct issue *issue, const char *path)
{
	for (unsigned cols = 1; cols <= 120; cols += cols < 12 ? 1 : 17) {
		struct page_opts opts = pages_opts(cols);
		opts.wrap.policy.ambiguous = (uint8_t)(1 + cols % 2);
		opts.wrap.hangs = cols % 3 == 0;
		opts.is_spaced = cols % 3 == 1;
		const struct page *page = page_issue(issue, &opts);
		for (size_t i = 0; i < page->n_lines; i++) {
			size_t is = pages_line_cols(&page->lines[i], &opts.wrap.policy);
			check_runs(issue, &page->lines[i], &opts.wrap.policy);
			if (is > cols)
				fail_msg("%s at %u: line %zu has %zu columns", path, cols, i, is);
		}
		page_free(page);
	}
}

/* Bytes of each block that some run of the page shows. */
static char **shown_bytes(const struct issue *issue, const struct page *page)
{
	char **shown = arena_alloc(page->arena, (issue->n_blocks + 1) * sizeof(*shown));
	for (size_t i = 0; i < issue->n_blocks; i++)
		shown[i] = arena_alloc(page->arena, issue->blocks[i].text.len + 1);
	for (size_t i = 0; i < page->n_lines; i++)
		for (size_t r = 0; r < page->lines[i].n_runs; r++) {
			const struct run *run = &page->lines[i].runs[r];
			if (run->block != PAGE_NO_BLOCK)
				memset(shown[run->block] + run->at, 1, run->text.len);
		}
	return shown;
}

/* Blanks go at breaks; the meta line and labels leave out the colons and commas they are made of.
 */
static bool may_go(const struct block *b, struct str character)
{
	static const char *const signs[] = {"：", ":", "、", "，", ",", "；",
					    ";",  "|", "｜", "·",  "/"};
	if (str_trim(character).len == 0)
		return true;
	if (b->part != PART_META && b->part != PART_LABEL)
		return false;
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (str_is(character, signs[i]))
			return true;
	return false;
}

/* Between the cells of a table, or in the line below its header. */
static bool is_table_sign(const struct block *b, size_t at)
{
	size_t from = str_line_end(b->text, 0) + 1;
	return b->kind == BLOCK_PARA && pipes_is_table(b->text) &&
	       (b->text.p[at] == '|' || (at >= from && at < str_line_end(b->text, from)));
}

static void check_nothing_is_lost(const struct issue *issue, const char *path)
{
	struct page_opts opts = pages_opts(40);
	opts.wrap.hangs = opts.is_spaced = true;
	const struct page *page = page_issue(issue, &opts);
	char **shown = shown_bytes(issue, page);
	for (size_t i = 0; i < issue->n_blocks; i++) {
		const struct block *b = &issue->blocks[i];
		if (b->part == PART_SPLIT || b->part == PART_ISSUE)
			continue;
		for (size_t at = 0, len; at < b->text.len; at += len) {
			uint32_t cp;
			len = utf8_next(b->text, at, &cp);
			bool is_blank = cp == 0x200b || (cp >= 0x2000 && cp <= 0x200a) ||
					cp == 0x3000 || cp == 0x2028 || cp == 0x2029;
			if (!shown[i][at] && !is_blank && !may_go(b, str_sub(b->text, at, len)) &&
			    !is_table_sign(b, at))
				fail_msg("%s:%u: byte %zu (U+%04X) of block %zu is not shown: %.*s",
					 path, (unsigned)b->line, at, (unsigned)cp, i,
					 (int)b->text.len, b->text.p);
		}
	}
	page_free(page);
}

static void no_line_is_wider_than_the_page(void **state)
{
	(void)state;
	each_file("tests/data", check_widths);
	each_file("tests/digests", check_widths);
}

static void no_text_is_lost(void **state)
{
	(void)state;
	each_file("tests/data", check_nothing_is_lost);
	each_file("tests/digests", check_nothing_is_lost);
}

static void no_line_of_a_real_issue_is_too_wide(void **state)
{
	(void)state;
	if (!file_is_dir("../shared/seed"))
		skip();
	each_file("../shared/seed", check_widths);
	each_corpus_file(check_widths);
}

static void no_text_of_a_real_issue_is_lost(void **state)
{
	(void)state;
	if (!file_is_dir("../shared/seed"))
		skip();
	each_file("../shared/seed", check_nothing_is_lost);
	each_corpus_file(check_nothing_is_lost);
}

static bool is_one_of(uint32_t cp, const char *set)
{
	struct str all = str_of(set);
	for (size_t at = 0, len; at < all.len; at += len) {
		uint32_t each;
		len = utf8_next(all, at, &each);
		if (each == cp)
			return true;
	}
	return false;
}

static void check_punctuation(const struct issue *issue, const char *path)
{
	struct page_opts opts = pages_opts(80);
	const struct page *page = page_issue(issue, &opts);
	for (size_t i = 0; i < page->n_lines; i++) {
		struct strbuf buf = strbuf_make(page->arena);
		uint32_t first = 0, last = 0, cp;
		pages_put_line(&buf, &page->lines[i]);
		struct str line = str_trim(strbuf_str(&buf));
		for (size_t at = 0; at < line.len;) {
			at += utf8_next(line, at, &cp);
			first = first ? first : cp;
			last = cp;
		}
		if (is_one_of(first, "，。、；：？！）」』》”’】") ||
		    is_one_of(last, "（「『《“‘【"))
			fail_msg("%s: line %zu: %.*s", path, i, (int)line.len, line.p);
	}
	page_free(page);
}

static void punctuation_stays_on_its_side_of_a_break(void **state)
{
	(void)state;
	if (!file_is_dir("../shared/seed"))
		skip();
	each_file("../shared/seed", check_punctuation);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_line_is_wider_than_the_page),
		cmocka_unit_test(no_text_is_lost),
		cmocka_unit_test(no_line_of_a_real_issue_is_too_wide),
		cmocka_unit_test(no_text_of_a_real_issue_is_lost),
		cmocka_unit_test(punctuation_stays_on_its_side_of_a_break),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
