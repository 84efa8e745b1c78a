/* Options and the configuration file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/baked.h>
#include <sulan/config.h>
#include <sulan/error.h>
#include <sulan/key.h>

static const struct config *read_config(struct arena *arena, const char *text)
{
	return config_read(arena, str_of(text), "config.ini");
}

static void options_start_at_their_standards(void **state)
{
	struct options options;
	char value[300];
	(void)state;
	options_init(&options);
	for (size_t i = 0; i < option_count; i++)
		assert_string_equal(options_show(&options, &option_table[i], value, sizeof(value)),
				    option_table[i].standard);
	assert_int_equal(options.measure, 80);
	assert_true(options.mouse && options.highlight);
}

static void an_option_takes_only_what_it_may(void **state)
{
	struct options options;
	struct error err;
	unsigned effects = 0;
	(void)state;
	options_init(&options);
	assert_true(options_set(&options, STR("measure"), STR(" 60 "), &effects, &err));
	assert_int_equal(options.measure, 60);
	assert_int_equal(effects, EFFECT_RELAYOUT);
	assert_false(options_set(&options, STR("measure"), STR("7"), NULL, &err));
	assert_string_equal(err.arg, "measure = 20..200");
	assert_false(options_set(&options, STR("density"), STR("huge"), NULL, &err));
	assert_string_equal(err.arg, "density = comfort | compact");
	assert_false(options_set(&options, STR("mouse"), STR("maybe"), NULL, &err));
	assert_true(options_set(&options, STR("mouse"), STR("OFF"), NULL, &err));
	assert_false(options.mouse);
	assert_false(options_set(&options, STR("nonesuch"), STR("1"), NULL, &err));
	assert_string_equal(err.arg, "nonesuch");
	char longer[400];
	memset(longer, 'x', sizeof(longer));
	assert_false(options_set(&options, STR("open"), (struct str){longer, sizeof(longer)}, NULL,
				 &err));
	assert_string_equal(err.arg, "open = ≤ 255");
	assert_string_equal(options.open, "auto");
}

static void a_file_is_read_with_its_line_numbers(void **state)
{
	struct arena *arena = arena_new();
	const struct config *config = read_config(
		arena, "\xef\xbb\xbf# comment\r\nmeasure = 66\r\n\r\nbogus = 1\r\nnot a "
		       "line\r\n[nosuch]\r\na = b\r\n"
		       "[options]\r\nsplit = 99\r\n[keys]\r\nx = dismiss\r\n<Hash> = tab 3\r\n");
	static const unsigned lines[] = {4, 5, 7, 9};
	(void)state;
	assert_int_equal(config->options.measure, 66);
	assert_int_equal(config->n_warnings, 4);
	for (size_t i = 0; i < 4; i++) {
		bool is_there = false;
		for (size_t k = 0; k < 4; k++)
			is_there |= config->warnings[k].line == lines[i];
		assert_true(is_there);
		assert_string_equal(config->warnings[i].file, "config.ini");
	}
	assert_int_equal(config->n_keys, 2);
	assert_true(str_is(config->keys[0].keys, "x") &&
		    str_is(config->keys[0].command, "dismiss"));
	assert_true(str_is(config->keys[1].command, "tab 3"));
	arena_free(arena);
}

static void keywords_have_groups_aliases_styles_weights(void **state)
{
	struct arena *arena = arena_new();
	const struct config *config =
		read_config(arena, "[keywords]\n公司 = OpenAI|奥特曼, "
				   "深度求索|DeepSeek，智谱、月之暗面\n公司.style = keyword-4\n"
				   "公司.weight = 3\n技术 = RAG\n技术.weight = x\n");
	(void)state;
	assert_int_equal(config->n_groups, 2);
	assert_int_equal(config->groups[0].style, 4);
	assert_int_equal(config->groups[0].weight, 3);
	assert_int_equal(config->groups[1].style, 2);
	assert_int_equal(config->n_keywords, 7);
	assert_true(str_is(config->keywords[1].word, "奥特曼"));
	assert_true(str_is(config->keywords[1].canon, "OpenAI"));
	assert_true(str_is(config->keywords[5].word, "月之暗面"));
	assert_int_equal(config->n_warnings, 1);
	arena_free(arena);
}

static void tags_have_styles(void **state)
{
	struct arena *arena = arena_new();
	const struct config *config =
		read_config(arena, "[tags]\n重要 = keyword-6\nai = 2\n重要 = keyword-3\n甲 = red\n"
				   "乙 = keyword-9\n");
	(void)state;
	assert_int_equal(config_tag_style(config, STR("重要")), 3);
	assert_int_equal(config_tag_style(config, STR("ai")), 2);
	assert_int_equal(config_tag_style(config, STR("甲")), 0);
	assert_int_equal(config->n_warnings, 2);
	assert_int_equal(config->warnings[0].line, 5);
	assert_string_equal(config->warnings[1].arg, "keyword-9");
	arena_free(arena);
}

static void the_standard_watchlist_can_be_turned_off(void **state)
{
	struct arena *arena = arena_new();
	(void)state;
	const struct config *config = read_config(arena, "");
	assert_true(config->n_groups >= 4 && config->n_keywords > 40);
	assert_int_equal(config->n_warnings, 0);
	assert_int_equal(read_config(arena, "[keywords]\n")->n_keywords, 0);
	arena_free(arena);
}

static void long_lines_are_read_whole(void **state)
{
	struct arena *arena = arena_new();
	struct strbuf text = strbuf_make(arena);
	(void)state;
	strbuf_puts(&text, "[keywords]\n词 = ");
	for (int i = 0; i < 500; i++)
		strbuf_printf(&text, "%s词语 第%d个", i ? ", " : "", i);
	strbuf_puts(&text, "\n别 = x,\n  y,\n\tz\n");
	const struct config *config = read_config(arena, strbuf_str(&text).p);
	assert_int_equal(config->n_keywords, 503);
	for (size_t i = 0; i < 500; i++) {
		char word[40];
		snprintf(word, sizeof(word), "词语 第%zu个", i);
		assert_true(str_is(config->keywords[i].word, word));
	}
	assert_true(str_is(config->keywords[502].word, "z"));
	arena_free(arena);
}

static void rubbish_does_no_harm(void **state)
{
	struct arena *arena = arena_new();
	struct strbuf text = strbuf_make(arena);
	unsigned seed = 1;
	(void)state;
	for (int i = 0; i < 200000; i++) {
		seed = seed * 1103515245 + 12345;
		strbuf_putc(&text, "\0=[]\n;#: \tkeywords|,\xe4\xb8\xff"[(seed >> 16) % 24]);
	}
	config_read(arena, strbuf_str(&text), "x");
	text = strbuf_make(arena);
	strbuf_puts(&text, "open = ");
	for (int i = 0; i < 1000000; i++)
		strbuf_putc(&text, 'x');
	assert_int_equal(config_read(arena, strbuf_str(&text), "x")->n_warnings, 1);
	arena_free(arena);
}

static void a_cut_is_where_no_byte_is_lost(void **state)
{
	static const char *const units[] = {"ab#c, ", "a;b;;;;", "x y ", "词 ； ", "#", "a \t b,"};
	(void)state;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		for (size_t n = 25; n < 240; n++) {
			struct arena *arena = arena_new();
			struct strbuf line = strbuf_make(arena);
			for (size_t k = 0; k < n; k++)
				strbuf_puts(&line, units[i]);
			struct str value = str_trim(strbuf_str(&line));
			const char *text =
				arena_printf(arena, "[keys]\nx = %.*s ; said %s\ny = star\n",
					     (int)value.len, value.p, strbuf_str(&line).p);
			const struct config *config = read_config(arena, text);
			assert_int_equal(config->n_keys, 2);
			assert_true(str_eq(config->keys[0].command, value));
			assert_int_equal(config->keys[1].line, 3);
			arena_free(arena);
		}
	}
}

static void a_long_line_that_is_no_value_spoils_no_other(void **state)
{
	struct arena *arena = arena_new();
	char s[400];
	(void)state;
	memset(s, 's', sizeof(s) - 1);
	s[sizeof(s) - 1] = '\0';
	const struct config *config = read_config(
		arena,
		arena_printf(arena, "[keys]\nx = dismiss\n%s\n%s = 1\n[%s]\ny = 1\n", s, s, s));
	assert_int_equal(config->n_keys, 1);
	assert_true(str_is(config->keys[0].command, "dismiss"));
	assert_int_equal(config->n_warnings, 3);
	assert_int_equal(config->warnings[0].line, 3);
	assert_int_equal(config->warnings[1].line, 4);
	assert_int_equal(config->warnings[2].line, 6);
	arena_free(arena);
}

static void indented_lines_go_on_behind_a_space(void **state)
{
	struct arena *arena = arena_new();
	const struct config *config = read_config(
		arena, "open = firefox\n  # in a tab\n\n\t--new-tab {url} ; its address\n"
		       "  [keys] ; mine\n  x = star\n[ keywords ]\n甲 = 一,\n  二\n");
	(void)state;
	assert_string_equal(config->options.open, "firefox --new-tab {url}");
	assert_int_equal(config->n_keys, 1);
	assert_int_equal(config->n_keywords, 2);
	assert_int_equal(config->n_warnings, 0);
	arena_free(arena);
}

static void keys_that_an_ini_file_cannot_hold_have_names(void **state)
{
	static const char *const keys[] = {"<Hash>", "<Semi>", "<Equal>", "<Colon>"};
	static const char signs[] = "#;=:";
	struct arena *arena = arena_new();
	const struct config *config = read_config(
		arena, "[keys]\n<Hash> = star\n<Semi> = star\n<Equal> = star\n<Colon> = star\n"
		       "# = star\n; = star\n= = star\n: = star\n[keywords]\n");
	(void)state;
	assert_int_equal(config->n_keys, 4);
	for (size_t i = 0; i < 4; i++) {
		struct key key;
		assert_true(str_is(config->keys[i].keys, keys[i]));
		assert_true(str_is(config->keys[i].command, "star"));
		assert_int_equal(key_parse(config->keys[i].keys, &key), strlen(keys[i]));
		assert_int_equal(key.code, signs[i]);
	}
	assert_int_equal(config->n_warnings, 2); /* the first two are comments */
	assert_int_equal(config->warnings[0].line, 8);
	arena_free(arena);
}

static void names_of_sections_may_be_long(void **state)
{
	struct arena *arena = arena_new();
	const char *name = "人工智能行业速递与深度分析周报合集精选";
	const struct config *config = read_config(
		arena, arena_printf(arena,
				    "[publication %s]\nurls = x\npath = /a\n[profile X]\na = b\n"
				    "[sync]\na = b\n[open]\na = b\n",
				    name));
	(void)state;
	assert_int_equal(config->n_publications, 1);
	assert_true(str_is(config->publications[0].name, name));
	assert_int_equal(config->n_warnings, 4);
	arena_free(arena);
}

static void publications_have_a_path(void **state)
{
	struct arena *arena = arena_new();
	const struct config *config =
		read_config(arena, "[publication AI行业速递]\npath = /home/me/a b\n[keywords]\n");
	(void)state;
	assert_int_equal(config->n_publications, 1);
	assert_true(str_is(config->publications[0].name, "AI行业速递"));
	assert_true(str_is(config->publications[0].path, "/home/me/a b"));
	config = read_config(arena, "[publication A]\nfeed = https://example.org/x\n"
				    "[publication B]\npath = /b\ncommand = x y\n");
	assert_int_equal(config->n_publications, 2);
	assert_int_equal(config->publications[0].source, SOURCE_FEED);
	assert_true(str_is(config->publications[0].address, "https://example.org/x"));
	assert_true(str_is(config->publications[0].path, ""));
	assert_int_equal(config->publications[1].source, SOURCE_COMMAND);
	arena_free(arena);
}

static void the_sample_is_without_fault(void **state)
{
	struct arena *arena = arena_new();
	(void)state;
	assert_int_equal(config_read(arena, baked_find("man/config.ini"), "x")->n_warnings, 0);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_start_at_their_standards),
		cmocka_unit_test(an_option_takes_only_what_it_may),
		cmocka_unit_test(a_file_is_read_with_its_line_numbers),
		cmocka_unit_test(keywords_have_groups_aliases_styles_weights),
		cmocka_unit_test(tags_have_styles),
		cmocka_unit_test(the_standard_watchlist_can_be_turned_off),
		cmocka_unit_test(long_lines_are_read_whole),
		cmocka_unit_test(rubbish_does_no_harm),
		cmocka_unit_test(a_cut_is_where_no_byte_is_lost),
		cmocka_unit_test(a_long_line_that_is_no_value_spoils_no_other),
		cmocka_unit_test(indented_lines_go_on_behind_a_space),
		cmocka_unit_test(keys_that_an_ini_file_cannot_hold_have_names),
		cmocka_unit_test(names_of_sections_may_be_long),
		cmocka_unit_test(publications_have_a_path),
		cmocka_unit_test(the_sample_is_without_fault),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
