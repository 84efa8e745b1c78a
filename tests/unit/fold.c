/* Folding for search: what is made one, what is kept apart, and the way back to the original. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sulan/arena.h>
#include <sulan/fold.h>

#include <random.h>

struct sample {
	const char *text, *folded;
};

static void forms_of_one_letter_are_made_one(void **state)
{
	static const struct sample samples[] = {
		{"", ""},
		{"OpenAI GPT-5", "openai gpt-5"},
		{"晨报，第１２期", "晨报,第12期"},
		{"ＡｂＣ", "abc"},
		{"ﾊﾝｶｸ", "ハンカク"},
		{"ｶﾞ", "ガ"},
		{"か\xE3\x82\x99", "が"},
		{"が", "が"},
		{"Café", "cafe"},
		{"Cafe\xCC\x81", "cafe"},
		{"Ångström", "angstrom"},
		{"\xE2\x84\xAB", "a"}, /* the sign for it */
		{"Straße", "strasse"},
		{"ﬁn", "fin"},
		{"①㎏½", "1kg1⁄2"},
		{"ΑΒΓς", "αβγσ"},
		{"ЙОД", "йод"},
		{"한글", "한글"},
		{"\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "한"},
		{"¥", "¥"},
		{"￥", "¥"},
		{"a\xC2\xAD"
		 "b\xE2\x80\x8B"
		 "c\xEF\xBB\xBF",
		 "abc"},
		{"❤\xEF\xB8\x8F", "❤"},
		{"“引”", "“引”"},
		{"\xFF!", "\xEF\xBF\xBD!"},
	};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		struct str folded = fold_text(arena, str_of(samples[i].text));
		if (!str_is(folded, samples[i].folded))
			fail_msg("%s is %s, not %s", samples[i].text, folded.p, samples[i].folded);
	}
	arena_free(arena);
}

static void assert_source(const char *text, const char *needle, const char *wanted)
{
	struct arena *arena = arena_new();
	struct str original = str_of(text);
	struct fold fold = fold_make(arena, original);
	size_t at = str_find(fold.text, fold_text(arena, str_of(needle)), 0);
	assert_true(at != STR_NOT_FOUND);
	size_t len = fold_text(arena, str_of(needle)).len;
	struct str source = fold_source(&fold, original, at, at + len);
	if (!str_is(source, wanted))
		fail_msg("%s in %s: %.*s", needle, text, (int)source.len, source.p);
	arena_free(arena);
}

static void what_is_found_is_whole_characters_of_the_original(void **state)
{
	(void)state;
	assert_source("读 ＯｐｅｎＡＩ 了", "openai", "ＯｐｅｎＡＩ");
	assert_source("le Cafe\xCC\x81 noir", "CAFÉ", "Cafe\xCC\x81");
	assert_source("der Straßenname", "stras", "Straß"); /* half of a letter is the letter */
	assert_source("der Straßenname", "senn", "ßenn");
	assert_source("5㎏重", "k", "㎏");
	assert_source("中文晨报", "晨报", "晨报");
	assert_source("a\xC2\xAD"
		      "b",
		      "ab",
		      "a\xC2\xAD"
		      "b");
}

static void the_empty_part_is_empty(void **state)
{
	struct arena *arena = arena_new();
	struct str text = STR("ß中");
	struct fold fold = fold_make(arena, text);
	(void)state;
	for (size_t at = 0; at <= fold.text.len; at++)
		assert_int_equal(fold_source(&fold, text, at, at).len, 0);
	assert_int_equal(fold.at[fold.text.len], text.len);
	arena_free(arena);
}

/* Folding what is folded changes nothing, and the way back never goes back. */
static void random_text_folds_once_and_for_all(void **state)
{
	struct arena *arena = arena_new();
	uint32_t seed = 13;
	(void)state;
	for (int round = 0; round < 20000; round++) {
		char bytes[80];
		struct str text = {bytes, random_text(&seed, bytes, 20)};
		struct fold fold = fold_make(arena, text);
		assert_true(utf8_is_valid(fold.text));
		for (size_t i = 0; i < fold.text.len; i++) {
			assert_true(fold.at[i] < text.len && fold.at[i] <= fold.at[i + 1]);
			struct str source = fold_source(&fold, text, i, i + 1);
			assert_true(source.len > 0);
		}
		assert_int_equal(fold.at[fold.text.len], text.len);
		assert_true(str_eq(fold.text, fold_text(arena, text)));
		arena_reset(arena);
	}
	arena_free(arena);
}

static void every_letter_folds_as_its_folded_form_does(void **state)
{
	struct arena *arena = arena_new();
	(void)state;
	for (uint32_t cp = 1; cp <= 0x1FFFF; cp++) {
		char bytes[4];
		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		struct str text = {bytes, utf8_put(cp, bytes)};
		struct str once = fold_text(arena, text), twice = fold_text(arena, once);
		if (!str_eq(once, twice))
			fail_msg("U+%04X: %s, then %s", (unsigned)cp, once.p, twice.p);
		if (cp % 1024 == 0)
			arena_reset(arena);
	}
	arena_free(arena);
}

/* Were any of these quadratic, it would not end. */
static void long_texts_take_linear_time(void **state)
{
	static const char *const units[] = {"a\xCC\x81",    "\xCC\x81",     "中",   "\xE2\x80\x8D",
					    "\xEF\xB7\xBA", "\xE1\x84\x80", "\xFF", "·\xCC\x81"};
	enum { TOTAL = 1 << 19 };
	struct arena *arena = arena_new();
	char *text = mem_new(TOTAL);
	(void)state;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		size_t unit = strlen(units[i]), len = 0;
		for (; len + unit <= TOTAL; len += unit)
			memcpy(text + len, units[i], unit);
		struct fold fold = fold_make(arena, (struct str){text, len});
		assert_int_equal(fold.at[fold.text.len], len);
		arena_reset(arena);
	}
	free(text);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms_of_one_letter_are_made_one),
		cmocka_unit_test(what_is_found_is_whole_characters_of_the_original),
		cmocka_unit_test(the_empty_part_is_empty),
		cmocka_unit_test(random_text_folds_once_and_for_all),
		cmocka_unit_test(every_letter_folds_as_its_folded_form_does),
		cmocka_unit_test(long_texts_take_linear_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
