/* Keys: their written form both ways, and what a Chinese input method makes of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sulan/key.h>

static struct key parsed(const char *text)
{
	struct key key = {0};
	assert_int_equal(key_parse(str_of(text), &key), str_of(text).len);
	return key;
}

static void assert_key(const char *text, uint32_t code, int mods)
{
	struct key key = parsed(text);
	assert_int_equal(key.code, code);
	assert_int_equal(key.mods, mods);
}

static void single_characters_stand_for_themselves(void **state)
{
	(void)state;
	assert_key("j", 'j', 0);
	assert_key("G", 'G', 0);
	assert_key(";", ';', 0);
	assert_key(">", '>', 0);
	assert_key("速", 0x901f, 0);
}

static void names_and_modifiers_are_read(void **state)
{
	(void)state;
	assert_key("<C-d>", 'd', KEY_CTRL);
	assert_key("<C-D>", 'd', KEY_CTRL);
	assert_key("<M-1>", '1', KEY_ALT);
	assert_key("<A-x>", 'x', KEY_ALT);
	assert_key("<S-Tab>", 9, KEY_SHIFT);
	assert_key("<space>", ' ', 0);
	assert_key("<CR>", 13, 0);
	assert_key("<PgDn>", KEY_CODE_PAGE_DOWN, 0);
	assert_key("<F12>", KEY_CODE_F12, 0);
	assert_key("<C-M-S-Up>", KEY_CODE_UP, KEY_CTRL | KEY_ALT | KEY_SHIFT);
	assert_key("<M->>", '>', KEY_ALT);
	assert_key("<C-->", '-', KEY_CTRL);
	assert_key("<M-lt>", '<', KEY_ALT);
}

static void characters_an_ini_file_cannot_hold_have_names(void **state)
{
	(void)state;
	assert_key("<Hash>", '#', 0);
	assert_key("<Semi>", ';', 0);
	assert_key("<Equal>", '=', 0);
	assert_key("<Colon>", ':', 0);
	assert_key("<Bar>", '|', 0);
}

static void what_terminals_send_alike_is_one_key(void **state)
{
	(void)state;
	assert_true(key_eq(parsed("<C-i>"), parsed("<Tab>")));
	assert_true(key_eq(parsed("<C-m>"), parsed("<Enter>")));
	assert_true(key_eq(parsed("<C-[>"), parsed("<Esc>")));
	assert_true(key_eq(parsed("<C-@>"), parsed("<C-Space>")));
	assert_true(key_eq(parsed("<S-g>"), parsed("G")));
	assert_false(key_eq(parsed("<S-Tab>"), parsed("<Tab>")));
	assert_false(key_eq(parsed("<WheelUp>"), parsed("<WheelDown>")));
}

static void a_sequence_is_read_key_by_key(void **state)
{
	(void)state;
	struct str rest = STR("g<C-x><lt>/");
	static const uint32_t codes[] = {'g', 'x', '<', '/'};
	for (size_t i = 0; i < 4; i++) {
		struct key key = {0};
		size_t n = key_parse(rest, &key);
		assert_true(n > 0);
		assert_int_equal(key.code, codes[i]);
		rest = str_from(rest, n);
	}
	assert_int_equal(rest.len, 0);
}

static void what_is_no_key_is_refused(void **state)
{
	(void)state;
	static const char *const bad[] = {"",       "<",   "<>",   "<x>", "<C->", "<Nothing>",
					  "<Enter", "<C-", "\x01", " x",  "\x7f", "<C-速度>"};
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct key key = {0};
		assert_int_equal(key_parse(str_of(bad[i]), &key), 0);
	}
}

static void assert_name(struct key key, const char *name)
{
	char out[KEY_NAME];
	key_name(key, out);
	assert_string_equal(out, name);
}

static void names_are_short_and_bare_where_possible(void **state)
{
	(void)state;
	assert_name((struct key){.code = ';'}, ";");
	assert_name((struct key){.code = '#'}, "#");
	assert_name((struct key){.code = '<'}, "<lt>");
	assert_name((struct key){.code = ' '}, "<Space>");
	assert_name((struct key){.code = 13}, "<Enter>");
	assert_name((struct key){.code = KEY_CODE_F1 + 4}, "<F5>");
	assert_name((struct key){.code = 0x901f}, "速");
	assert_name((struct key){.code = 'x', .mods = KEY_CTRL | KEY_ALT}, "<C-M-x>");
	assert_name((struct key){.code = 9, .mods = KEY_SHIFT}, "<S-Tab>");
	assert_name((struct key){.code = KEY_CODE_MOUSE,
				 .mouse = MOUSE_DOUBLE,
				 .mods = KEY_CTRL | KEY_ALT | KEY_SHIFT},
		    "<C-M-S-DoubleClick>");
	assert_name((struct key){.code = 0x9b}, "?");
}

static void every_name_reads_back_as_its_key(void **state)
{
	(void)state;
	for (uint32_t code = 1; code <= KEY_CODE_CLOSE; code++) {
		if (code == 0x3100)
			code = KEY_CODE_UP;
		for (int mods = 0; mods < 8; mods++) {
			char name[KEY_NAME];
			struct key back = {0}, again = {0};
			key_name((struct key){.code = code, .mods = (uint8_t)mods}, name);
			if (key_parse(str_of(name), &back) == 0)
				continue;
			key_name(back, name);
			assert_int_equal(key_parse(str_of(name), &again), str_of(name).len);
			assert_true(key_eq(back, again));
		}
	}
}

static void full_width_keys_stand_for_their_ascii(void **state)
{
	(void)state;
	static const char *const from = "／？：；，。、【】《》！（）｛｝＆＊￥·ｊＧ５“”‘’…—　";
	static const char *const to = "/?:;,./[]<>!(){}&*$`jG5\"\"''^_ ";
	struct str rest = str_of(from);
	for (const char *ascii = to; *ascii; ascii++) {
		struct key key = {0};
		size_t n = key_parse(rest, &key);
		assert_true(n > 0);
		assert_int_equal(key_from_ime(key).code, *ascii);
		rest = str_from(rest, n);
	}
	assert_int_equal(rest.len, 0);
}

static void other_keys_pass_the_input_method(void **state)
{
	(void)state;
	struct key key = {.code = 0x901f};
	assert_true(key_eq(key_from_ime(key), key));
	key = (struct key){.code = KEY_CODE_UP, .mods = KEY_ALT};
	assert_true(key_eq(key_from_ime(key), key));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(single_characters_stand_for_themselves),
		cmocka_unit_test(names_and_modifiers_are_read),
		cmocka_unit_test(characters_an_ini_file_cannot_hold_have_names),
		cmocka_unit_test(what_terminals_send_alike_is_one_key),
		cmocka_unit_test(a_sequence_is_read_key_by_key),
		cmocka_unit_test(what_is_no_key_is_refused),
		cmocka_unit_test(names_are_short_and_bare_where_possible),
		cmocka_unit_test(every_name_reads_back_as_its_key),
		cmocka_unit_test(full_width_keys_stand_for_their_ascii),
		cmocka_unit_test(other_keys_pass_the_input_method),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
