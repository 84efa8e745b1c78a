/* The parts of the reader that need no screen: keymap, commands, lists, words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/command.h>
#include <sulan/error.h>
#include <sulan/file.h>
#include <sulan/keymap.h>
#include <sulan/words.h>

#include "list.h"

static struct key key_of(const char *text)
{
	struct key key;
	assert_int_equal(key_parse(str_of(text), &key), strlen(text));
	return key;
}

/* Feeds keys one by one; the command the last one makes, or NULL. */
static const char *feed(const struct keymap *keymap, enum scope scope, const char *const *keys,
			unsigned *count)
{
	struct keystate state = {0};
	const char *command = NULL;
	enum feed last = FEED_NONE;
	for (; *keys; keys++) {
		command = NULL;
		last = keymap_feed(keymap, &state, scope, key_of(*keys), &command, count);
	}
	return last == FEED_FOUND ? command : NULL;
}

#define FEED(keymap, scope, count, ...)                                                            \
	feed(keymap, scope, (const char *const[]){__VA_ARGS__, NULL}, count)

static void every_binding_runs_a_command(void **state)
{
	(void)state;
	for (size_t i = 0; i < binding_count; i++) {
		struct str arg;
		const struct command *command =
			command_find(str_of(binding_table[i].command), &arg, NULL);
		assert_non_null(command);
		assert_true((command->group == GROUP_PROMPT) ==
				    (binding_table[i].scope == SCOPE_PROMPT) ||
			    command->group == GROUP_SCREEN);
	}
}

static void every_command_has_help_and_a_whole_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < command_count; i++) {
		struct str arg;
		assert_ptr_equal(command_find(str_of(command_table[i].name), &arg, NULL),
				 &command_table[i]);
		assert_true(strlen(command_table[i].help) > 4);
		assert_true((command_table[i].run == NULL) ==
			    (command_table[i].group == GROUP_PROMPT));
	}
}

static void a_count_comes_before_keys(void **state)
{
	unsigned count;
	struct keymap *keymap = keymap_new();
	(void)state;
	assert_string_equal(FEED(keymap, SCOPE_LIST, &count, "1", "0", "j"), "next");
	assert_int_equal(count, 10);
	assert_string_equal(FEED(keymap, SCOPE_LIST, &count, "j"), "next");
	assert_int_equal(count, 0);
	assert_null(FEED(keymap, SCOPE_LIST, &count, "0"));
	keymap_free(keymap);
}

static void a_bound_prefix_waits_and_is_taken_when_late(void **state)
{
	unsigned count;
	const char *command = NULL;
	struct keystate keys = {0};
	struct keymap *keymap = keymap_new();
	(void)state;
	assert_int_equal(keymap_feed(keymap, &keys, SCOPE_LIST, key_of("g"), &command, &count),
			 FEED_PENDING);
	assert_int_equal(keymap_late(keymap, &keys, SCOPE_LIST, &command, &count), FEED_FOUND);
	assert_string_equal(command, "first");
	assert_string_equal(FEED(keymap, SCOPE_LIST, &count, "g", "t"), "tab-next");
	assert_null(FEED(keymap, SCOPE_LIST, &count, "g", "!"));
	keymap_free(keymap);
}

static void scopes_have_keys_of_their_own(void **state)
{
	unsigned count;
	struct keymap *keymap = keymap_new();
	(void)state;
	assert_string_equal(FEED(keymap, SCOPE_LIST, &count, "j"), "next");
	assert_string_equal(FEED(keymap, SCOPE_DETAIL, &count, "j"), "scroll-down");
	assert_null(FEED(keymap, SCOPE_PROMPT, &count, "j"));
	assert_string_equal(FEED(keymap, SCOPE_PROMPT, &count, "<C-u>"), "erase-start");
	keymap_free(keymap);
}

static void a_reader_rebinds_and_unbinds(void **state)
{
	unsigned count;
	struct error err;
	struct keymap *keymap = keymap_new();
	(void)state;
	assert_true(keymap_bind(keymap, STR("j"), STR("prev"), &err));
	assert_string_equal(FEED(keymap, SCOPE_LIST, &count, "j"), "prev");
	assert_string_equal(FEED(keymap, SCOPE_DETAIL, &count, "j"), "prev");
	assert_true(keymap_bind(keymap, STR("detail j"), STR("zoom"), &err));
	assert_string_equal(FEED(keymap, SCOPE_DETAIL, &count, "j"), "zoom");
	assert_true(keymap_bind(keymap, STR("q"), STR("none"), &err));
	assert_null(FEED(keymap, SCOPE_LIST, &count, "q"));
	assert_true(keymap_bind(keymap, STR("<F5>x"), STR("tab 3"), &err));
	assert_string_equal(FEED(keymap, SCOPE_LIST, &count, "<F5>", "x"), "tab 3");
	keymap_free(keymap);
}

static void a_bad_binding_says_what_is_wrong(void **state)
{
	struct error err = {0};
	struct keymap *keymap = keymap_new();
	(void)state;
	assert_false(keymap_bind(keymap, STR("<C-"), STR("next"), &err));
	assert_string_equal(err.arg, "<C-");
	assert_false(keymap_bind(keymap, STR("x"), STR("nonesuch"), &err));
	assert_string_equal(err.arg, "nonesuch");
	keymap_free(keymap);
}

static void commands_may_be_cut_short_when_clear(void **state)
{
	struct str arg;
	struct error err = {0};
	(void)state;
	assert_string_equal(command_find(STR("dism"), &arg, &err)->name, "dismiss");
	assert_string_equal(command_find(STR(" theme  paper "), &arg, &err)->name, "theme");
	assert_true(str_is(arg, "paper"));
	assert_string_equal(command_find(STR("q"), &arg, &err)->name, "quit");
	assert_string_equal(command_find(STR("yan 2"), &arg, &err)->name, "yank");
	assert_null(command_find(STR("se"), &arg, &err));
	assert_non_null(strstr(err.what, "several"));
}

static void a_list_keeps_its_selection_in_view(void **state)
{
	struct list list = {0};
	(void)state;
	list_set(&list, 10, 3);
	list_move(&list, 4);
	assert_int_equal(list.selected, 4);
	assert_int_equal(list.top, 2);
	list_move(&list, -100);
	assert_int_equal(list.selected, 0);
	list_select(&list, SIZE_MAX - 1);
	assert_int_equal(list.selected, 9);
	assert_int_equal(list.top, 7);
	list_scroll(&list, -3);
	assert_int_equal(list.top, 4);
	assert_int_equal(list.selected, 6);
	list_set(&list, 2, 3);
	assert_int_equal(list.selected, 1);
	assert_int_equal(list.top, 0);
	list_set(&list, 0, 3);
	list_move(&list, 1);
	assert_int_equal(list.selected, 0);
}

static void words_read_a_catalogue(void **state)
{
	struct arena *arena = arena_new();
	const struct words *words = words_read(
		arena,
		STR("# a comment\nmsgid \"\"\nmsgstr \"\"\n\"Language: x\\n\"\n\n"
		    "msgid \"one\"\nmsgstr \"eins\"\n\n#, fuzzy\nmsgid \"two\"\nmsgstr \"zwei\"\n\n"
		    "msgid \"\"\n\"a\\n\"\n\"b \\\"c\\\"\"\nmsgstr \"\"\n\"A\\n\"\n\"B\"\n"));
	(void)state;
	assert_string_equal(words_get(words, "one"), "eins");
	assert_string_equal(words_get(words, "two"), "two");
	assert_string_equal(words_get(words, "a\nb \"c\""), "A\nB");
	assert_string_equal(words_get(NULL, "one"), "one");
	assert_int_equal(words_count(words), 2);
	arena_free(arena);
}

/* The literal that begins behind N_( at `at`, its pieces joined; false when it is no literal. */
static bool message_at(struct arena *arena, struct str source, size_t at, struct str *out)
{
	struct strbuf text = strbuf_make(arena);
	bool is_any = false;
	for (; at < source.len && source.p[at] != ')'; at++) {
		if (source.p[at] != '"')
			continue;
		is_any = true;
		for (at++; at < source.len && source.p[at] != '"'; at++) {
			char c = source.p[at];
			if (c == '\\')
				c = source.p[++at] == 'n' ? '\n' : source.p[at];
			strbuf_putc(&text, c);
		}
	}
	*out = strbuf_str(&text);
	return is_any;
}

static void every_message_is_translated(void **state)
{
	struct arena *arena = arena_new();
	const struct words *words = words_for(arena, "zh_CN");
	size_t n_missing = 0, n_messages = 0;
	glob_t found;
	(void)state;
	assert_int_equal(glob("src/*.c", 0, NULL, &found), 0);
	assert_int_equal(glob("src/*/*.c", GLOB_APPEND, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct str source, message;
		assert_true(file_read(found.gl_pathv[i], arena, &source, NULL));
		for (size_t at = 0; (at = str_find(source, STR("N_("), at)) != STR_NOT_FOUND;
		     at += 3) {
			if (!message_at(arena, source, at + 3, &message))
				continue;
			n_messages++;
			if (words_get(words, message.p) == message.p) {
				print_message("# %s: %s\n", found.gl_pathv[i], message.p);
				n_missing++;
			}
		}
	}
	globfree(&found);
	assert_true(n_messages > 150);
	assert_int_equal(n_missing, 0);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_binding_runs_a_command),
		cmocka_unit_test(every_command_has_help_and_a_whole_name),
		cmocka_unit_test(a_count_comes_before_keys),
		cmocka_unit_test(a_bound_prefix_waits_and_is_taken_when_late),
		cmocka_unit_test(scopes_have_keys_of_their_own),
		cmocka_unit_test(a_reader_rebinds_and_unbinds),
		cmocka_unit_test(a_bad_binding_says_what_is_wrong),
		cmocka_unit_test(commands_may_be_cut_short_when_clear),
		cmocka_unit_test(a_list_keeps_its_selection_in_view),
		cmocka_unit_test(words_read_a_catalogue),
		cmocka_unit_test(every_message_is_translated),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
