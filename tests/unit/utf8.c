/* UTF-8: what is well-formed is read back as it was written, what is not is one U+FFFD for each
 * maximal subpart, and every text can be walked to its end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

static void every_code_point_comes_back(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		char bytes[4];
		uint32_t back = 0;
		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		struct str text = {bytes, utf8_put(cp, bytes)};
		if (utf8_next(text, 0, &back) != text.len || back != cp || !utf8_is_valid(text))
			fail_msg("U+%04X comes back as U+%04X", (unsigned)cp, (unsigned)back);
	}
}

struct bad {
	struct str text;
	const char *repaired;
};

#define FFFD "\xEF\xBF\xBD"

static void each_maximal_subpart_is_replaced_once(void **state)
{
	/* The samples of the Unicode standard, tables 3-8 to 3-11, and what cannot be decoded. */
	static const struct bad bad[] = {
		{{"\xC0\xAF\xE0\x80\xBF\xF0\x81\x82"
		  "A",
		  9},
		 FFFD FFFD FFFD FFFD FFFD FFFD FFFD FFFD "A"},
		{{"\xED\xA0\x80\xED\xBF\xBF\xED\xAF"
		  "A",
		  9},
		 FFFD FFFD FFFD FFFD FFFD FFFD FFFD FFFD "A"},
		{{"\xF4\x91\x92\x93\xFF"
		  "A\x80\xBF"
		  "B",
		  9},
		 FFFD FFFD FFFD FFFD FFFD "A" FFFD FFFD "B"},
		{{"\xE1\x80\xE2\xF0\x91\x92\xF1\xBF"
		  "A",
		  9},
		 FFFD FFFD FFFD FFFD "A"},
		{{"\xE4\xBD", 2}, FFFD},
		{{"\xE4\xBD\xA0\xE5", 4}, "\xE4\xBD\xA0" FFFD},
		{{"\xF0\x9F\x98", 3}, FFFD},
		{{"\xC3", 1}, FFFD},
		{{"\xF8\x88\x80\x80\x80", 5}, FFFD FFFD FFFD FFFD FFFD},
	};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct str repaired = utf8_repair(arena, bad[i].text);
		assert_false(utf8_is_valid(bad[i].text));
		assert_int_equal(repaired.len, strlen(bad[i].repaired));
		assert_memory_equal(repaired.p, bad[i].repaired, repaired.len);
	}
	arena_free(arena);
}

static void valid_text_is_not_copied(void **state)
{
	struct arena *arena = arena_new();
	struct str text = STR("晨报 morning 🤖\n"), empty = {NULL, 0};
	(void)state;
	assert_ptr_equal(utf8_repair(arena, text).p, text.p);
	assert_int_equal(utf8_repair(arena, empty).len, 0);
	assert_true(utf8_is_valid(empty));
	arena_free(arena);
}

static void random_bytes_are_repaired_as_they_are_walked(void **state)
{
	struct arena *arena = arena_new();
	uint32_t seed = 1;
	(void)state;
	for (int round = 0; round < 20000; round++) {
		char bytes[16], walked[64];
		size_t n = 0;
		for (size_t i = 0; i < sizeof(bytes); i++) {
			seed = seed * 1664525 + 1013904223;
			bytes[i] = (char)(seed >> 24 | (seed & 0x100 ? 0x80 : 0));
		}
		struct str text = {bytes, seed % (sizeof(bytes) + 1)};
		for (size_t at = 0; at < text.len;) {
			uint32_t cp;
			at += utf8_next(text, at, &cp);
			assert_true(at <= text.len);
			n += utf8_put(cp, walked + n);
		}
		struct str repaired = utf8_repair(arena, text);
		assert_true(utf8_is_valid(repaired));
		assert_int_equal(repaired.len, n);
		assert_memory_equal(repaired.p, walked, n);
		arena_reset(arena);
	}
	arena_free(arena);
}

static void scripts_are_told_apart(void **state)
{
	static const uint32_t cjk[] = {0x4E2D, 0x3002, 0xFF0C,  0x304B, 0xAC00, 0x3105,
				       0xFF21, 0x3400, 0x20000, 0xFE30, 0x31C0, 0xFF71};
	static const uint32_t word[] = {'a', 'Z', '7', 0xE9, 0x3B1, 0x430, 0x5D0, 0x627, 0x1E00};
	static const uint32_t neither[] = {' ',    '-',   '.',    '_',    0x2014, 0x201C, 0x1F600,
					   0x2192, 0xE01, 0x1000, 0x4DC0, 0x301,  0};
	(void)state;
	for (size_t i = 0; i < sizeof(cjk) / sizeof(cjk[0]); i++)
		assert_true(codepoint_is_cjk(cjk[i]) && !codepoint_is_word(cjk[i]));
	for (size_t i = 0; i < sizeof(word) / sizeof(word[0]); i++)
		assert_true(codepoint_is_word(word[i]) && !codepoint_is_cjk(word[i]));
	for (size_t i = 0; i < sizeof(neither) / sizeof(neither[0]); i++)
		assert_false(codepoint_is_cjk(neither[i]) || codepoint_is_word(neither[i]));
}

static void a_cut_is_between_characters(void **state)
{
	const struct str text = STR("a中文");
	static const size_t lens[] = {0, 1, 1, 1, 4, 4, 4, 7, 7};
	(void)state;
	for (size_t max = 0; max < sizeof(lens) / sizeof(*lens); max++)
		assert_int_equal(utf8_cut(text, max).len, lens[max]);
	assert_int_equal(utf8_cut((struct str){NULL, 0}, 5).len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_comes_back),
		cmocka_unit_test(each_maximal_subpart_is_replaced_once),
		cmocka_unit_test(valid_text_is_not_copied),
		cmocka_unit_test(random_bytes_are_repaired_as_they_are_walked),
		cmocka_unit_test(a_cut_is_between_characters),
		cmocka_unit_test(scripts_are_told_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
