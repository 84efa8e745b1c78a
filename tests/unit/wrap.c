/* Wrapping: what must hold of the lines of any text at any width, and cases by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sulan/arena.h>
#include <sulan/linebreak.h>
#include <sulan/wrap.h>

#include <random.h>
#include <wrapped.h>

static const struct wrap_opts basic = {.policy = {.ambiguous = 1, .pictures = 1}};
static const struct wrap_opts broad = {.policy = {.ambiguous = 2, .pictures = 2},
				       .level = WRAP_STRICT};
static const struct wrap_opts unruled = {.policy = {.ambiguous = 1, .pictures = 1},
					 .level = WRAP_NONE};

static const struct wrap_opts hanging = {.policy = {.ambiguous = 1, .pictures = 1}, .hangs = true};

/* Some borders of clusters, in order. */
static struct wrap_gaps random_gaps(struct arena *arena, struct str text, uint32_t *seed)
{
	uint32_t *at = arena_alloc(arena, (text.len + 1) * sizeof(*at));
	size_t n = 0;
	for (size_t i = 0; i < text.len; i += cluster_len(text, i))
		if (random_next(seed) % 5 == 0)
			at[n++] = (uint32_t)i;
	return (struct wrap_gaps){at, n};
}

/* What stands in Chinese prose, in any order: two words at least, two marks at most. */
static size_t random_prose(uint32_t *seed, char *bytes, size_t n)
{
	static const char *const parts[] = {
		"中",   "文",    "字",   "一",    "年",
		"元",   "word",  "AI",   "GPT-4", "C++",
		"2026", "km/h",  "3.5%", "１２",  "￥9",
		"-5℃",  "a@b.c", "😀",    "é",     "https://x.example/a/b?c=d",
		" ",    " ",     " ",    "，",    "。",
		"、",   "：",    "；",   "！",    "？",
		"（",   "）",    "「",   "」",    "“",
		"”",    "《",    "》",   "——",    "……",
		"·",    "～",    "/",    "(",     ")",
		"[1]",  ",",     ".",    "\"",    "+",
	};
	enum { N_PARTS = sizeof(parts) / sizeof(parts[0]), N_WORDS = 20 };
	size_t len = 0;
	for (size_t i = 0; i < n; i++) {
		size_t which = random_next(seed) % (i % 4 < 2 ? N_WORDS : N_PARTS);
		const char *part = parts[which];
		if (len > 0 && bytes[len - 1] == ' ' && which >= N_WORDS)
			continue;
		memcpy(bytes + len, part, strlen(part));
		len += strlen(part);
	}
	return len;
}

/* What the breaker says of each byte, asked one code point after the other. */
static enum line_break *borders_of(struct arena *arena, struct str text,
				   const struct wrap_opts *opts, size_t cols)
{
	enum line_break *border = arena_alloc(arena, (text.len + 1) * sizeof(*border));
	struct line_breaker breaker = line_breaker_start(text, opts->level, cols);
	for (size_t at = 0; at < text.len;) {
		uint32_t cp;
		size_t end = at + utf8_next(text, at, &cp);
		border[at] = line_breaker_next(&breaker, cp, end);
		at = end;
	}
	return border;
}

/* The last place where a line from `start` may end and fits; 0 when there is none. */
static size_t last_place(struct str text, const enum line_break *border, size_t start, size_t cols)
{
	size_t best = 0;
	for (size_t at = start + cluster_len(text, start); at < text.len;
	     at += cluster_len(text, at)) {
		if (border[at] != LINE_BREAK_MAY || text.p[at] == ' ')
			continue;
		struct str line = str_sub(text, start, at - start);
		while (line.len && line.p[line.len - 1] == ' ')
			line.len--;
		if (text_cols(line, &basic.policy) > cols)
			break;
		best = at;
	}
	return best;
}

static void lines_end_as_late_as_the_rules_allow(void **state)
{
	struct arena *arena = arena_new();
	uint32_t seed = 33;
	(void)state;
	for (size_t round = 0; round < 3000; round++) {
		char bytes[60 * 30];
		size_t cols = 1 + round % 120;
		struct str text = {bytes, random_prose(&seed, bytes, 60)};
		struct wrap_line *lines;
		enum line_break *border = borders_of(arena, text, &basic, cols);
		size_t n = wrap_lines(arena, text, cols, cols, &basic, &lines);
		for (size_t i = 0; i + 1 < n; i++) {
			size_t best = last_place(text, border, lines[i].at, cols);
			size_t next = lines[i + 1].at;
			if (best && next != best &&
			    wrapped_run_around(text, next, WRAPPED_CLOSING) < 3)
				fail_msg("%zu columns: %.*s|%.*s", cols, (int)lines[i].len,
					 text.p + lines[i].at, (int)lines[i + 1].len,
					 text.p + next);
		}
		arena_reset(arena);
	}
	arena_free(arena);
}

static void random_prose_keeps_the_rules_at_every_width(void **state)
{
	struct arena *arena = arena_new();
	uint32_t seed = 21;
	(void)state;
	for (size_t round = 0; round < 12000; round++) {
		char bytes[60 * 30];
		size_t cols = 1 + round % 120;
		struct wrap_opts opts = {.policy = {.ambiguous = 1, .pictures = 1},
					 .level = (enum wrap_level)(round / 120 % 3),
					 .hangs = round % 2};
		struct str text = {bytes, random_prose(&seed, bytes, 60)};
		struct wrap_gaps gaps = {NULL, 0};
		struct wrap_line *lines;
		if (round % 3 == 0)
			gaps = wrapped_gaps(arena, text);
		size_t n = wrap_lines_apart(arena, text, gaps, cols, cols, &opts, &lines);
		wrapped_check_apart(text, gaps, cols, cols, &opts, lines, n);
		if (cols >= 8)
			assert_int_equal(wrapped_n_violations(text, lines, n), 0);
		arena_reset(arena);
	}
	arena_free(arena);
}

static void check_random(const struct wrap_opts *opts, uint32_t seed)
{
	struct arena *arena = arena_new();
	for (int round = 0; round < 6000; round++) {
		char bytes[240];
		struct wrap_line *lines;
		struct str text = {bytes, random_text(&seed, bytes, 60)};
		size_t first = 1 + random_next(&seed) % 40, cols = 1 + (size_t)round % 120;
		size_t n = wrap_lines(arena, text, first, cols, opts, &lines);
		wrapped_check(text, first, cols, opts, lines, n);
		struct wrap_gaps gaps = random_gaps(arena, text, &seed);
		n = wrap_lines_apart(arena, text, gaps, first, cols, opts, &lines);
		wrapped_check_apart(text, gaps, first, cols, opts, lines, n);
		arena_reset(arena);
	}
	arena_free(arena);
}

/* What fits one line is set without looking for places to end it; a gap, even one behind all
 * there is, has the text filled step by step. */
static void one_line_is_what_filling_finds(void **state)
{
	struct arena *arena = arena_new();
	uint32_t seed = 41;
	size_t n_whole = 0;
	(void)state;
	for (size_t round = 0; round < 40000; round++) {
		char bytes[240];
		bool is_prose = round % 2;
		size_t n = 1 + random_next(&seed) % 7, cols = 1 + random_next(&seed) % 60;
		struct str text = {bytes, is_prose ? random_prose(&seed, bytes, n)
						   : random_text(&seed, bytes, n * 3)};
		uint32_t behind = (uint32_t)text.len;
		struct wrap_gaps gaps = {&behind, 1};
		const struct wrap_opts *opts = round % 3 ? &basic : round % 5 ? &broad : &hanging;
		struct wrap_line *quick, *steps;
		size_t n_quick = wrap_lines(arena, text, cols, 30, opts, &quick);
		size_t n_steps = wrap_lines_apart(arena, text, gaps, cols, 30, opts, &steps);
		assert_int_equal(n_quick, n_steps);
		for (size_t i = 0; i < n_quick; i++) {
			assert_int_equal(quick[i].at, steps[i].at);
			assert_int_equal(quick[i].len, steps[i].len);
			assert_int_equal(quick[i].cols, steps[i].cols);
			assert_int_equal(quick[i].is_forced, steps[i].is_forced);
		}
		n_whole += n_quick == 1;
		arena_reset(arena);
	}
	assert_true(n_whole > 10000);
	arena_free(arena);
}

static void random_text_fits_and_is_whole(void **state)
{
	(void)state;
	check_random(&basic, 3);
	check_random(&broad, 5);
	check_random(&unruled, 9);
	check_random(&hanging, 7);
}

/* The lines of the text, joined with |. */
static void assert_wraps_as(const struct wrap_opts *opts, const char *text, size_t first,
			    size_t cols, const char *wanted)
{
	struct arena *arena = arena_new();
	struct wrap_line *lines;
	struct strbuf joined = strbuf_make(arena);
	struct str str = str_of(text);
	size_t n = wrap_lines(arena, str, first, cols, opts, &lines);
	wrapped_check(str, first, cols, opts, lines, n);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			strbuf_putc(&joined, '|');
		strbuf_put(&joined, str_sub(str, lines[i].at, lines[i].len));
	}
	if (!str_is(strbuf_str(&joined), wanted))
		fail_msg("%s in %zu columns: %s", text, cols, strbuf_str(&joined).p);
	arena_free(arena);
}

static void assert_wraps(const char *text, size_t first, size_t cols, const char *wanted)
{
	assert_wraps_as(&basic, text, first, cols, wanted);
}

static void spaces_at_a_break_vanish(void **state)
{
	(void)state;
	assert_wraps("one two three", 7, 7, "one two|three");
	assert_wraps("one two     three", 7, 7, "one two|three");
	assert_wraps("seven77 ", 7, 7, "seven77");
	assert_wraps("seven77 x", 7, 7, "seven77|x");
	assert_wraps("中文\xE3\x80\x80字", 4, 4, "中文|字");
	assert_wraps("a ", 1, 1, "a");
	assert_wraps("a\t", 8, 8, "a");
	assert_wraps("ab \xCC\x81", 2, 2, "ab| \xCC\x81"); /* what carries a mark is ink */
	assert_wraps("   ", 2, 2, "");
	assert_wraps("    a", 8, 8, "    a");  /* an indent stays */
	assert_wraps("         a", 4, 4, "a"); /* but not at any price */
}

static void line_feeds_and_their_kin_force_a_break(void **state)
{
	struct arena *arena = arena_new();
	struct wrap_line *lines;
	(void)state;
	assert_wraps("", 10, 10, "");
	assert_wraps("\n", 10, 10, "");
	assert_wraps("a\nb", 10, 10, "a|b");
	assert_wraps("a\n\nb\n", 10, 10, "a||b");
	assert_wraps("a \r\nb", 10, 10, "a|b");
	assert_wraps("a\xE2\x80\xA8"
		     "b",
		     10, 10, "a|b");
	assert_int_equal(wrap_lines(arena, STR("ab cd\nef"), 3, 3, &basic, &lines), 3);
	assert_false(lines[0].is_forced);
	assert_true(lines[1].is_forced);
	assert_true(lines[2].is_forced);
	arena_free(arena);
}

static void the_first_line_has_its_own_width(void **state)
{
	(void)state;
	assert_wraps("one two three", 3, 9, "one|two three");
	assert_wraps("one two three four", 13, 5, "one two three|four");
	assert_wraps("ab abcdefghijklmnop", 17, 5, "ab|abcde|fghij|klmno|p");
	assert_wraps("ab \"abcdefghijklm\"一", 17, 8, "ab|\"abcdefg|hijklm\"|一");
}

static void a_wide_cluster_is_never_halved(void **state)
{
	(void)state;
	assert_wraps("中文", 1, 1, "中|文");
	assert_wraps("一 🇨🇳🇯🇵", 5, 5, "一 🇨🇳|🇯🇵");
	assert_wraps("a中b", 1, 1, "a|中|b");
	assert_wraps("abc中文", 4, 4, "abc|中文");
	assert_wraps("a中文", 4, 4, "a中|文");
	assert_wraps("👨\xE2\x80\x8D👩\xE2\x80\x8D👧👍🏽", 2, 2,
		     "👨\xE2\x80\x8D👩\xE2\x80\x8D👧|👍🏽");
	assert_wraps("e\xCC\x81"
		     "e\xCC\x81",
		     1, 1,
		     "e\xCC\x81|"
		     "e\xCC\x81");
}

static void words_too_long_for_a_line_are_cut(void **state)
{
	(void)state;
	assert_wraps("abcdefghij", 4, 4, "abcd|efgh|ij");
	assert_wraps("xy abcdefghijk", 4, 4, "xy|abcd|efgh|ijk");
	assert_wraps("abcdefgh，", 8, 8, "abcdefg|h，"); /* the comma takes a letter along */
	assert_wraps("（abcdefghijklm", 9, 9, "（abcdefg|hijklm");
}

static void addresses_break_behind_their_joints(void **state)
{
	(void)state;
	assert_wraps("https://example.com/path/to/page", 20, 20,
		     "https://example.com/|path/to/page");
	assert_wraps("见 https://example.com/a", 21, 21, "见|https://example.com/a");
	assert_wraps("aaaa.bbbb.cccc.dddd", 11, 11, "aaaa.bbbb.|cccc.dddd");
	assert_wraps("key=value&other=thing", 11, 11, "key=value&|other=thing");
	assert_wraps("name_of_thing=20260122", 16, 16, "name_of_thing=|20260122");
	assert_wraps("std::process::CommandArgs", 20, 20, "std::process::|CommandArgs");
	assert_wraps("x.org/a%E4%B8%AD%E6%96%87%E5%AD%97", 16, 16,
		     "x.org/|a%E4%B8%AD%E6%96|%87%E5%AD%97");
	assert_wraps("a.bcdefghijklmnopqrs", 10, 10, "a.bcdefghi|jklmnopqrs"); /* too early */
}

static void punctuation_stays_with_its_word(void **state)
{
	(void)state;
	assert_wraps("一二三四，五", 8, 8, "一二三|四，五");
	assert_wraps("一二三（四", 8, 8, "一二三|（四");
	assert_wraps("他说：“你好”，走了", 10, 10, "他说：“你|好”，走了");
	assert_wraps("一二三四，五", 6, 6, "一二三|四，五");
	assert_wraps("一二三，四", 6, 6, "一二三|，四"); /* too narrow for rules */
}

static void three_closing_marks_may_leave_their_word(void **state)
{
	(void)state;
	assert_wraps("一二 abcdefgh。』」", 14, 14, "一二 abcdefgh|。』」");
	assert_wraps("一二 abcdefgh。」，", 14, 14, "一二 abcdefgh|。」，");
	assert_wraps("一二 abcdefgh。」", 14, 14, "一二|abcdefgh。」");
	assert_wraps("「一二三四五。』」", 12, 12, "「一二三四|五。』」"); /* little is lost */
}

static void one_mark_hangs_behind_a_full_line(void **state)
{
	(void)state;
	assert_wraps_as(&hanging, "一二三四，五", 8, 8, "一二三四，|五");
	assert_wraps_as(&hanging, "一二三四。", 8, 8, "一二三四。");
	assert_wraps_as(&hanging, "一二三a、五六七八。九", 8, 8, "一二三a、|五六七八。|九");
	assert_wraps_as(&hanging, "一二三四， 五", 8, 8, "一二三四，|五");
	assert_wraps_as(&hanging, "一二三四，\n五", 8, 8, "一二三四，|五");
	assert_wraps_as(&hanging, "word four，x", 9, 9, "word four，|x");
	assert_wraps_as(&hanging, "一二三，四", 8, 8, "一二三，|四"); /* fits: no need */
}

static void no_row_of_marks_and_no_other_mark_hangs(void **state)
{
	(void)state;
	assert_wraps_as(&hanging, "一二三四。”五", 8, 8, "一二三|四。”五");
	assert_wraps_as(&hanging, "一二三」。五", 8, 8, "一二|三」。五");
	assert_wraps_as(&hanging, "一二三四！五", 8, 8, "一二三|四！五");
	assert_wraps_as(&hanging, "一二三四；五", 8, 8, "一二三|四；五");
	assert_wraps_as(&hanging, "一二三四,五", 8, 8, "一二三|四,五");
	assert_wraps_as(&hanging, "一二三四，…五", 8, 8, "一二三|四，…五");
	assert_wraps_as(&hanging, "一二 abcdefgh。』」", 13, 13, "一二 abcdefgh|。』」");
}

/* The lines at a width, a gap shown as _ where the text has one. */
static void assert_wraps_apart(const char *marked, size_t cols, const char *wanted)
{
	struct arena *arena = arena_new();
	struct wrap_line *lines;
	struct strbuf text = strbuf_make(arena), joined = strbuf_make(arena);
	uint32_t at[20];
	struct wrap_gaps gaps = {at, 0};
	for (const char *p = marked; *p; p++) {
		if (*p == '_')
			at[gaps.n++] = (uint32_t)text.len;
		else
			strbuf_putc(&text, *p);
	}
	struct str str = strbuf_str(&text);
	size_t n = wrap_lines_apart(arena, str, gaps, cols, cols, &basic, &lines);
	wrapped_check_apart(str, gaps, cols, cols, &basic, lines, n);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			strbuf_putc(&joined, '|');
		strbuf_put(&joined, str_sub(str, lines[i].at, lines[i].len));
		strbuf_printf(&joined, "%u", (unsigned)lines[i].cols);
	}
	if (!str_is(strbuf_str(&joined), wanted))
		fail_msg("%s in %zu columns: %s", marked, cols, strbuf_str(&joined).p);
	arena_free(arena);
}

static void gaps_take_a_column_but_at_the_ends_of_lines(void **state)
{
	(void)state;
	assert_wraps_apart("用_GPT_写", 9, "用GPT写9");
	assert_wraps_apart("用_GPT_写", 8, "用GPT6|写2");
	assert_wraps_apart("一二三四_GPT_写", 8, "一二三四8|GPT写6");
	assert_wraps_apart("一二三四_GPT_写", 9, "一二三四8|GPT写6");
	assert_wraps_apart("_a_", 8, "a1");
	assert_wraps_apart("一_二_三", 8, "一二三8"); /* wherever they are */
	assert_wraps_apart("a_b_c", 3, "ab3|c1");
	assert_wraps_apart("一 _a", 8, "一 a5");
	assert_wraps_apart("1024_年一月", 9, "1024年一9|月2");
	assert_wraps_apart("1024_年一月", 8, "1024年7|一月4");
}

static void no_wrap_is_a_very_wide_line(void **state)
{
	struct arena *arena = arena_new();
	struct wrap_line *lines;
	char text[70000];
	(void)state;
	memset(text, 'a', sizeof(text));
	struct str str = {text, sizeof(text)};
	assert_int_equal(
		wrap_lines(arena, str_sub(str, 0, 60000), SIZE_MAX, SIZE_MAX, &basic, &lines), 1);
	assert_int_equal(lines[0].cols, 60000);
	assert_int_equal(wrap_lines(arena, str, SIZE_MAX, SIZE_MAX, &basic, &lines), 2);
	assert_int_equal(lines[0].cols, lines[0].len);
	arena_free(arena);
}

/* Were any of these quadratic, it would not end. */
static void long_paragraphs_take_linear_time(void **state)
{
	static const char *const units[] = {
		"a",
		" ",
		"中",
		"\xCC\x81",
		"·\xCC\x81",
		"%(",
		"\"",
		"」",
		"「",
		"a/",
		"-",
		"🇨",
		"\xFF",
		"👩\xE2\x80\x8D",
		"\xE1\x84\x80",
		"\xE2\x80\x8B",
		"\n",
		"\xC2\xA0",
		"1,",
		"—",
		"word ",
		"x.y/",
		"/%E4",
		"1：",
		"-1",
		"[1",
		"５，",
		"a-b",
		"、",
		"，",
	};
	enum { TOTAL = 1 << 20 };
	struct arena *arena = arena_new();
	char *text = mem_new(TOTAL);
	(void)state;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		size_t unit = strlen(units[i]), len = 0;
		for (; len + unit <= TOTAL; len += unit)
			memcpy(text + len, units[i], unit);
		struct wrap_line *lines;
		struct str str = {text, len};
		size_t n = wrap_lines(arena, str, 999, 80, &basic, &lines);
		wrapped_check(str, 999, 80, &basic, lines, n);
		arena_reset(arena);
	}
	free(text);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_end_as_late_as_the_rules_allow),
		cmocka_unit_test(random_prose_keeps_the_rules_at_every_width),
		cmocka_unit_test(random_text_fits_and_is_whole),
		cmocka_unit_test(one_line_is_what_filling_finds),
		cmocka_unit_test(spaces_at_a_break_vanish),
		cmocka_unit_test(line_feeds_and_their_kin_force_a_break),
		cmocka_unit_test(the_first_line_has_its_own_width),
		cmocka_unit_test(a_wide_cluster_is_never_halved),
		cmocka_unit_test(words_too_long_for_a_line_are_cut),
		cmocka_unit_test(addresses_break_behind_their_joints),
		cmocka_unit_test(punctuation_stays_with_its_word),
		cmocka_unit_test(three_closing_marks_may_leave_their_word),
		cmocka_unit_test(one_mark_hangs_behind_a_full_line),
		cmocka_unit_test(no_row_of_marks_and_no_other_mark_hangs),
		cmocka_unit_test(gaps_take_a_column_but_at_the_ends_of_lines),
		cmocka_unit_test(no_wrap_is_a_very_wide_line),
		cmocka_unit_test(long_paragraphs_take_linear_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
