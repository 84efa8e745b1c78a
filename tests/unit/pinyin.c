/* Chinese found by the letters of its pinyin. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include <sulan/arena.h>
#include <sulan/fold.h>
#include <sulan/pinyin.h>

/* What the first match of `typed` in `text` is; "" for none. */
static const char *first(struct arena *arena, const char *text, const char *typed)
{
	struct pinyin_match *match;
	if (pinyin_find(arena, str_of(text), str_of(typed), 1, &match) == 0)
		return "";
	return str_dup(arena, str_sub(str_of(text), match->at, match->len));
}

static void finds(void **state)
{
	static const char *const table[][3] = {
		{"今天微软与OpenAI", "weiruan", "微软"}, /* whole readings */
		{"今天微软与OpenAI", "wr", "微软"},      /* first letters */
		{"今天微软与OpenAI", "weir", "微软"},    /* mixed */
		{"今天微软与OpenAI", "wruan", "微软"},
		{"今天微软与OpenAI", "weirua", "微软"}, /* still being typed */
		{"今天微软与OpenAI", "wryopen", "微软与Open"},
		{"去西安看", "xian", "西安"}, /* nothing has to be cut into syllables */
		{"领先者", "xian", "先"},
		{"去西安看", "xi'an", "西安"},
		{"领先者", "xi'an", ""},
		{"重庆", "chongqing", "重庆"}, /* all readings */
		{"重庆", "zhongqing", "重庆"},
		{"银行", "yinhang", "银行"},
		{"长城汽车", "changcheng", "长城"},
		{"长城汽车", "chch", "长城"}, /* zh, ch, sh count as first letters */
		{"女性", "nvx", "女性"},
		{"战略合作", "zhanlve", "战略"}, /* lve and lue alike */
		{"战略合作", "zhanlue", "战略"},
		{"虐待", "nuedai", "虐待"},
		{"道路", "lue", ""},
		{"微软", "微r", "微软"},
		{"5G商用", "5gsy", "5G商用"},
		{"wei ruan", "weiruan", ""}, /* letters alone are no pinyin */
		{"谷歌", "weiruan", ""},
		{"微", "weiruan", ""},
	};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++)
		assert_string_equal(first(arena, table[i][0], table[i][1]), table[i][2]);
	arena_free(arena);
}

static void tells_whole_readings(void **state)
{
	struct arena *arena = arena_new();
	struct pinyin_match *match;
	(void)state;
	assert_int_equal(pinyin_find(arena, STR("微软，文入"), STR("wr"), 9, &match), 2);
	assert_false(match[0].is_whole);
	assert_int_equal(pinyin_find(arena, STR("微软"), STR("weiruan"), 9, &match), 1);
	assert_true(match[0].is_whole);
	arena_free(arena);
}

static void takes_only_letters(void **state)
{
	(void)state;
	assert_true(pinyin_is_typed(STR("wr")));
	assert_true(pinyin_is_typed(STR("xi'an")));
	assert_false(pinyin_is_typed(STR("w")));
	assert_false(pinyin_is_typed(STR("微软")));
	assert_false(pinyin_is_typed(STR("a b")));
	assert_false(pinyin_is_typed(
		STR("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklm")));
}

/* The longest that may be typed, against a text it can match in every way. */
static void is_bounded(void **state)
{
	char typed[PINYIN_MAX + 1] = {0}, text[3 * 4000 + 1] = {0};
	struct arena *arena = arena_new();
	struct pinyin_match *match;
	(void)state;
	memset(typed, 'a', PINYIN_MAX);
	for (size_t i = 0; i < 4000; i++)
		memcpy(text + 3 * i, "啊", 3);
	assert_int_equal(pinyin_find(arena, str_of(text), str_of(typed), 100000, &match),
			 4000 / PINYIN_MAX);
	arena_free(arena);
}

static void folds_traditional(void **state)
{
	static const char *const table[][2] = {
		{"臺灣電腦軟體", "台湾电脑软体"}, {"後來", "后来"}, {"微软", "微软"}, {"乾", "乾"},
		{"龍 ＤＲＡＧＯＮ", "龙 dragon"},
	};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		assert_string_equal(fold_text(arena, str_of(table[i][0])).p, table[i][1]);
		struct fold fold = fold_make(arena, str_of(table[i][0]));
		assert_string_equal(fold.text.p, table[i][1]);
	}
	/* Ids are made of the characters as they are. */
	assert_string_equal(fold_name(arena, STR("臺灣 AI")).p, "臺灣 ai");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds),
		cmocka_unit_test(tells_whole_readings),
		cmocka_unit_test(takes_only_letters),
		cmocka_unit_test(is_bounded),
		cmocka_unit_test(folds_traditional),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
