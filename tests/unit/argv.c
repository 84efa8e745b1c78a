/* Commands as words, and what is filled into them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sulan/arena.h>
#include <sulan/argv.h>

/* The words with "|" between them. */
static const char *joined(struct arena *arena, char **argv)
{
	struct strbuf out = strbuf_make(arena);
	for (char **word = argv; argv && *word; word++)
		strbuf_printf(&out, "%s%s", word > argv ? "|" : "", *word);
	return argv ? str_dup(arena, strbuf_str(&out)) : NULL;
}

static void words_are_apart_at_blanks_outside_of_quotes(void **state)
{
	struct arena *arena = arena_new();
	(void)state;
	assert_string_equal(joined(arena, argv_split(arena, STR(" a  'b  c'\td\"e 'f'\" "))),
			    "a|b  c|de 'f'");
	assert_string_equal(joined(arena, argv_split(arena, STR("a $HOME `id` ; \\n ''"))),
			    "a|$HOME|`id`|;|\\n|");
	assert_null(argv_split(arena, STR("a 'b")));
	assert_null(argv_split(arena, STR("  ")));
	arena_free(arena);
}

static void values_stay_within_their_words(void **state)
{
	struct arena *arena = arena_new();
	char **argv = argv_split(arena, STR("{t} {t} -s{t} x{u}y{t} {u} {none}"));
	const struct argv_mark marks[] = {{STR("{t}"), STR("--help me {u}")},
					  {STR("{u}"), STR("-1")}};
	(void)state;
	argv_fill(arena, argv, marks, 2);
	assert_string_equal(joined(arena, argv),
			    "{t}| --help me {u}|-s--help me {u}|x-1y--help me {u}| -1|{none}");
	arena_free(arena);
}

static void shells_are_known_by_name(void **state)
{
	(void)state;
	assert_true(argv_is_shell("sh"));
	assert_true(argv_is_shell("/bin/bash"));
	assert_false(argv_is_shell("less"));
	assert_false(argv_is_shell("/bin/sh/less"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_apart_at_blanks_outside_of_quotes),
		cmocka_unit_test(values_stay_within_their_words),
		cmocka_unit_test(shells_are_known_by_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
