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

/* Of a large folder only so many files, evenly spread. */
enum { FILES_MAX = 12 };

/* One paragraph at one width in one of the four ways; returns how many rules are broken. */
static size_t check(struct arena *arena, struct str paragraph, size_t cols, unsigned way)
{
	struct wrap_opts opts = {.policy = {.ambiguous = 1, .pictures = 1}, .hangs = way & 1};
	struct wrap_gaps gaps = {NULL, 0};
	struct wrap_line *lines;
	if (way & 2)
		gaps = wrapped_gaps(arena, paragraph);
	size_t n = wrap_lines_apart(arena, paragraph, gaps, cols, cols, &opts, &lines);
	wrapped_check_apart(paragraph, gaps, cols, cols, &opts, lines, n);
	return cols < 8 ? 0 : wrapped_n_violations(paragraph, lines, n);
}

/* Every line of the file as a paragraph of its own, at every STEPth width from 1 to 120, the next
 * one beginning with the next width, so that all are had in turn. */
static size_t count_in_file(const char *path, size_t step)
{
	struct arena *arena = arena_new(), *scratch = arena_new();
	struct error err = {0};
	struct str rest, paragraph;
	size_t violations = 0, i = 0;
	assert_true(file_read(path, arena, &rest, &err));
	for (; str_cut(&rest, '\n', &paragraph); i++) {
		for (size_t cols = 1 + i % step; cols <= 120; cols += step) {
			violations +=
				check(scratch, paragraph, cols, (unsigned)(i + cols / step) % 4);
			arena_reset(scratch);
		}
	}
	arena_free(scratch);
	arena_free(arena);
	return violations;
}

static void our_files_keep_the_rules_at_every_width(void **state)
{
	static const char *const paths[] = {"tests/data/reference.md", "tests/data/layout.md",
					    "tests/data/hostile.md", "man/sample.md"};
	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		assert_int_equal(count_in_file(paths[i], 1), 0);
}

static void a_real_issue_keeps_the_rules_at_every_width(void **state)
{
	static const char path[] = "../shared/seed/2026-01-22.md";
	FILE *file = fopen(path, "r");
	(void)state;
	if (!file)
		skip();
	fclose(file);
	assert_int_equal(count_in_file(path, 1), 0);
}

static void other_publications_keep_the_rules(void **state)
{
	static const char *const dirs[] = {"daily-arxiv",   "juya-ai-daily", "optech-en",
					   "ruanyf-weekly", "tw93-weekly",   "twir"};
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
			violations += count_in_file(list.paths[f].p, 17);
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
