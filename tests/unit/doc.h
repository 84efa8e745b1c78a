/* Reading issues in tests: from a text, from a file, and the folders of real ones. */
#ifndef TEST_DOC_H
#define TEST_DOC_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/file.h>
#include <sulan/issue.h>

static inline const struct issue *issue_of(const char *text)
{
	struct error err = {0};
	const struct issue *issue = issue_read(str_of(text), STR("test.md"), &err);
	assert_non_null(issue);
	return issue;
}

static inline const struct issue *issue_of_file(const char *path)
{
	struct error err = {0};
	struct arena *arena = arena_new();
	struct str bytes;
	assert_true(file_read(path, arena, &bytes, &err));
	const struct issue *issue = issue_read(bytes, str_of(path), &err);
	arena_free(arena);
	assert_non_null(issue);
	return issue;
}

static inline void assert_str(struct str text, const char *expected)
{
	if (!str_is(text, expected))
		print_message("# “%.*s” is not “%s”\n", (int)text.len, text.p ? text.p : "",
			      expected);
	assert_true(str_is(text, expected));
}

/* All files of the tests and, where they are, the real issues beside the repository. */
static inline void find_issues(glob_t *found)
{
	glob("tests/data/*.md", 0, NULL, found);
	glob("tests/digests/*.md", GLOB_APPEND, NULL, found);
	glob("man/sample.md", GLOB_APPEND, NULL, found);
	glob("../shared/seed/*.md", GLOB_APPEND, NULL, found);
	glob("../shared/corpus/*/*.md", GLOB_APPEND, NULL, found);
}

#endif
