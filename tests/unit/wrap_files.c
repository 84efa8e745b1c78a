/* Wrapping every paragraph of every file there is to try: lines fit, hold everything, and keep the
 * rules of Chinese punctuation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/file.h>

#include <wrapped.h>

static const struct wrap_opts basic = {.policy = {1, 1}};

/* Of a large folder only so many files, evenly spread. */
enum { FILES_MAX = 12 };

static bool is_one_of(uint32_t cp, const char *set)
{
	struct str s = str_of(set);
	for (size_t at = 0; at < s.len;) {
		uint32_t member;
		at += utf8_next(s, at, &member);
		if (member == cp)
			return true;
	}
	return false;
}

static uint32_t last_codepoint(struct str line)
{
	uint32_t cp = 0;
	for (size_t at = 0; at < line.len;)
		at += utf8_next(line, at, &cp);
	return cp;
}

#define CLOSING "，。、；：？！）」』》】〉〕”…％)]}"
#define OPENING "（「『《【〈〔“‘￥"

/* Characters of the set in a row, before and after byte `at`. */
static size_t run_around(struct str text, size_t at, const char *set)
{
	size_t n = 0;
	uint32_t cp;
	for (size_t i = at; i < text.len; n++) {
		i += utf8_next(text, i, &cp);
		if (!is_one_of(cp, set))
			break;
	}
	for (size_t i = at; i > 0; n++) {
		i = cluster_before(text, i);
		utf8_next(text, i, &cp);
		if (!is_one_of(cp, set))
			break;
	}
	return n;
}

/* How many borders between lines break the rules of Chinese punctuation, but within rows of three
 * marks and more. */
static size_t count_violations(struct str text, const struct wrap_line *lines, size_t n)
{
	size_t found = 0;
	for (size_t i = 0; i + 1 < n; i++) {
		uint32_t next;
		size_t end = lines[i].at + lines[i].len;
		if (lines[i].is_forced || lines[i].len == 0 || lines[i + 1].len == 0)
			continue;
		utf8_next(text, lines[i + 1].at, &next);
		uint32_t last = last_codepoint(str_sub(text, lines[i].at, lines[i].len));
		bool is_tight = end == lines[i + 1].at;
		bool starts_badly =
			is_one_of(next, CLOSING) && (is_tight || !is_one_of(next, "”…％"));
		bool ends_badly =
			is_one_of(last, OPENING) && (is_tight || !is_one_of(last, "“‘￥"));
		if ((starts_badly && run_around(text, lines[i + 1].at, CLOSING) < 3) ||
		    (ends_badly && run_around(text, end, OPENING) < 3)) {
			print_error("%.*s|%.*s\n", (int)lines[i].len, text.p + lines[i].at,
				    (int)lines[i + 1].len, text.p + lines[i + 1].at);
			found++;
		}
	}
	return found;
}

/* Every line of the file as a paragraph of its own. */
static size_t count_in_file(const char *path, const size_t *widths, size_t n_widths)
{
	struct arena *arena = arena_new(), *lines_arena = arena_new();
	struct error err = {0};
	struct str rest, paragraph;
	size_t violations = 0;
	assert_true(file_read(path, arena, &rest, &err));
	while (str_cut(&rest, '\n', &paragraph)) {
		for (size_t i = 0; i < n_widths; i++) {
			struct wrap_line *lines;
			size_t w = widths[i], n;
			n = wrap_lines(lines_arena, paragraph, w, w, &basic, &lines);
			wrapped_check(paragraph, w, w, &basic, lines, n);
			if (w >= 8)
				violations += count_violations(paragraph, lines, n);
			arena_reset(lines_arena);
		}
	}
	arena_free(lines_arena);
	arena_free(arena);
	return violations;
}

static void our_files_keep_the_rules_at_every_width(void **state)
{
	static const char *const paths[] = {"tests/data/reference.md", "tests/data/layout.md",
					    "tests/data/hostile.md", "man/sample.md"};
	size_t widths[120];
	(void)state;
	for (size_t i = 0; i < 120; i++)
		widths[i] = i + 1;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		assert_int_equal(count_in_file(paths[i], widths, 120), 0);
}

static void a_real_issue_keeps_the_rules_at_every_width(void **state)
{
	static const char path[] = "../shared/seed/2026-01-22.md";
	size_t widths[120];
	FILE *file = fopen(path, "r");
	(void)state;
	if (!file)
		skip();
	fclose(file);
	for (size_t i = 0; i < 120; i++)
		widths[i] = i + 1;
	assert_int_equal(count_in_file(path, widths, 120), 0);
}

static void other_publications_keep_the_rules(void **state)
{
	static const char *const dirs[] = {"daily-arxiv",   "juya-ai-daily", "optech-en",
					   "ruanyf-weekly", "tw93-weekly",   "twir"};
	static const size_t widths[] = {1, 7, 8, 20, 33, 40, 80};
	struct arena *arena = arena_new();
	size_t violations = 0, n = 0;
	(void)state;
	for (size_t i = 0; i < sizeof(dirs) / sizeof(dirs[0]); i++) {
		char path[100];
		struct file_list list = {0};
		struct error err = {0};
		snprintf(path, sizeof(path), "../shared/corpus/%s", dirs[i]);
		if (!file_is_dir(path))
			continue;
		assert_true(file_list_dir(path, arena, &list, &err));
		for (size_t f = 0; f < list.n_paths; f += list.n_paths / FILES_MAX + 1, n++)
			violations += count_in_file(list.paths[f].p, widths,
						    sizeof(widths) / sizeof(widths[0]));
	}
	arena_free(arena);
	if (n == 0)
		skip();
	assert_int_equal(violations, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(our_files_keep_the_rules_at_every_width),
		cmocka_unit_test(a_real_issue_keeps_the_rules_at_every_width),
		cmocka_unit_test(other_publications_keep_the_rules),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
