/* Samples of the kinds of digests there are, each against what a reader would say is in it:
 * publication, day, and every story with its category and source. `digests --write` writes the
 * record anew; look at the difference before it is committed. */
#include "doc.h"

#include <stdio.h>

#define RECORD "tests/digests/stories.tsv"

static void put_issue(struct strbuf *out, const char *path)
{
	const struct issue *issue = issue_of_file(path);
	char date[DATE_TEXT];
	date_text(issue->date, date);
	strbuf_printf(out, "%s\t%.*s\t%s\n", strrchr(path, '/') + 1, (int)issue->publication.len,
		      issue->publication.p, date);
	for (size_t i = 0; i < issue->n_stories; i++) {
		const struct story *story = &issue->stories[i];
		strbuf_putc(out, '\t');
		strbuf_put(out, issue->categories[story->category]);
		strbuf_putc(out, '\t');
		strbuf_put(out, story->title);
		for (size_t k = 0; k < story->n_sources; k++) {
			strbuf_puts(out, k ? ", " : "\t");
			strbuf_put(out, story->sources[k].name);
		}
		strbuf_putc(out, '\n');
	}
	issue_free(issue);
}

static struct str all(struct arena *arena)
{
	struct strbuf out = strbuf_make(arena);
	glob_t found;
	assert_int_equal(glob("tests/digests/*.md", 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++)
		put_issue(&out, found.gl_pathv[i]);
	globfree(&found);
	return strbuf_str(&out);
}

static void digests_have_the_stories_a_reader_sees(void **state)
{
	struct arena *arena = arena_new();
	struct str is = all(arena), expected, line, good;
	(void)state;
	assert_true(file_read(RECORD, arena, &expected, NULL));
	while (is.p || expected.p) {
		bool has_line = str_cut(&is, '\n', &line);
		bool has_good = str_cut(&expected, '\n', &good);
		if (has_line != has_good || !str_eq(line, good))
			fail_msg("%.*s, not %.*s", has_line ? (int)line.len : 7,
				 has_line ? line.p : "nothing", has_good ? (int)good.len : 7,
				 has_good ? good.p : "nothing");
	}
	arena_free(arena);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(digests_have_the_stories_a_reader_sees),
	};
	if (argc == 2 && strcmp(argv[1], "--write") == 0) {
		struct arena *arena = arena_new();
		struct str text = all(arena);
		FILE *file = fopen(RECORD, "w");
		bool is_written = file && fwrite(text.p, 1, text.len, file) == text.len;
		arena_free(arena);
		return !file || fclose(file) != 0 || !is_written;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
