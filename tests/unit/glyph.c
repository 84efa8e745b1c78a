/* Glyphs: what is shown for a cluster, how wide it is, and that nothing unsafe ever comes out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <uninorm.h>

#include <cmocka.h>

#include <sulan/arena.h>
#include <sulan/glyph.h>
#include <sulan/utf8.h>

#include <random.h>

static const struct text_policy plain = {.ambiguous = 1, .pictures = 1};
static const struct text_policy wide = {.ambiguous = 2, .pictures = 2};

struct sample {
	const char *text, *shown;
	unsigned cols, cols_wide;
};

/* Each is one cluster. */
static const struct sample samples[] = {
	{"a", "a", 1, 1},
	{"中", "中", 2, 2},
	{"，", "，", 2, 2},
	{"ｱ", "ｱ", 1, 1},
	{"“", "“", 1, 2},
	{"—", "—", 1, 2},
	{"①", "①", 1, 2},
	{"é", "é", 1, 2},
	{"ä", "ä", 1, 1},
	{"e\xCC\x81", "é", 1, 2}, /* NFC */
	{"か\xE3\x82\x99", "が", 2, 2},
	{"\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "한", 2, 2},
	{"\xE1\x84\x92\xE1\x84\x92\xE1\x84\x92", "\xE1\x84\x92", 2, 2},
	{"\xE1\x85\xA1", "ㅏ", 2, 2}, /* a vowel alone */
	{"\xE1\x85\xB5", "ㅣ", 2, 2},
	{"\xE1\x85\xB6", "〓", 2, 2}, /* an old one */
	{"\xE1\x85\xA0", "〓", 2, 2}, /* the filler */
	{"\xE2\x84\xAA", "K", 1, 1},  /* the Kelvin sign */
	{"<\xCC\xB8", "≮", 1, 2},
	{"x\xCC\x80\xCC\x81\xCC\x82\xCC\x83", "x\xCC\x80\xCC\x81", 1, 1}, /* two marks */
	{"\xCC\x81", "\xC2\xA0\xCC\x81", 1, 1},
	{"😀", "😀", 2, 2},
	{"❤", "❤", 1, 2},
	{"👨\xE2\x80\x8D👩\xE2\x80\x8D👧", "👨", 2, 2},
	{"🧑🏽\xE2\x80\x8D🚀", "🧑", 2, 2},
	{"👍🏽", "👍", 2, 2},
	{"🏽", "🏽", 2, 2},
	{"⌚\xEF\xB8\x8E", "⌚", 2, 2},
	{"❤\xEF\xB8\x8F\xE2\x80\x8D🔥", "❤", 1, 2},
	{"🏳\xEF\xB8\x8F\xE2\x80\x8D🌈", "🏳", 1, 2},
	{"👩🏽\xE2\x80\x8D❤\xEF\xB8\x8F\xE2\x80\x8D👨🏽", "👩", 2, 2},
	{"✌🏽", "✌", 1, 2},
	{"葛\xF3\xA0\x84\x80", "葛", 2, 2}, /* a variant of the character */
	{"。\xEF\xB8\x80", "。", 2, 2},
	{"あ\xE3\x82\x99", "あ\xE3\x82\x99", 2, 2},
	{"\xEF\xA4\x80", "\xE8\xB1\x88", 2, 2}, /* of compatibility */
	{"#\xEF\xB8\x8F\xE2\x83\xA3", "#", 1, 1},
	{"1\xEF\xB8\x8F\xE2\x83\xA3", "1", 1, 1},
	{"🇨🇳", "🇨🇳", 2, 2},
	{"🇨", "C", 1, 1},
	{"🏴\xF3\xA0\x81\xA7\xF3\xA0\x81\xA2\xF3\xA0\x81\xBF", "🏴", 2, 2},
	{"\xE2\x80\x8B", "", 0, 0},
	{"\xE2\x81\xA0", "", 0, 0},
	{"\xEF\xBB\xBF", "", 0, 0},
	{"\xC2\xAD", "", 0, 0},
	{"\xEF\xB8\x8F", "", 0, 0},
	{"\xE2\x80\x8D", "", 0, 0},
	{"\n", " ", 1, 1},
	{"\r\n", " ", 1, 1},
	{"\t", " ", 1, 1},
	{"\xE2\x80\xA8", " ", 1, 1},
	{"\xE2\x80\xA9", " ", 1, 1},
	{"\x1B", "␛", 1, 1},
	{"\x7F", "␡", 1, 1},
	{"\xC2\x9B", "\xEF\xBF\xBD", 1, 2},
	{"\xD8\x9C", "\xEF\xBF\xBD", 1, 2}, /* bidi controls */
	{"\xE2\x80\x8E", "\xEF\xBF\xBD", 1, 2},
	{"\xE2\x80\x8F", "\xEF\xBF\xBD", 1, 2},
	{"\xE2\x80\xAA", "\xEF\xBF\xBD", 1, 2},
	{"\xE2\x80\xAE", "\xEF\xBF\xBD", 1, 2},
	{"\xE2\x81\xA6", "\xEF\xBF\xBD", 1, 2},
	{"\xE2\x81\xA9", "\xEF\xBF\xBD", 1, 2},
	{"\xF3\xA0\x81\x81", "\xEF\xBF\xBD", 1, 2},
	{"\xEF\xBF\xBF", "\xEF\xBF\xBD", 1, 2},
	{"\xEF\xBF\xB9", "\xEF\xBF\xBD", 1, 2},
	{"\xFF", "\xEF\xBF\xBD", 1, 2},
	{"\xE4\xBD", "\xEF\xBF\xBD", 1, 2},
	{"\xF0\x9F\xAB\xA8", "〓", 2, 2}, /* Unicode 15 */
	{"\xEE\x80\x80", "〓", 2, 2},     /* private use */
	{"\xCD\xB8", "〓", 2, 2},         /* unassigned */
	{"\xE3\x85\xA4", "〓", 2, 2},     /* the Hangul filler */
	{"ก\xE0\xB8\xB4", "ก\xE0\xB8\xB4", 1, 1},
};

static void check_sample(const struct sample *s, const struct text_policy *policy, unsigned cols)
{
	struct glyph glyph;
	struct str text = str_of(s->text);
	size_t len = glyph_next(text, 0, policy, &glyph);
	if (len != text.len || glyph.cols != cols || cluster_len(text, 0) != len)
		fail_msg("%s: %zu bytes, %u columns", s->text, len, glyph.cols);
	if (policy == &plain &&
	    (glyph.len != strlen(s->shown) || memcmp(glyph.bytes, s->shown, glyph.len) != 0))
		fail_msg("%s: shown as %.*s", s->text, (int)glyph.len, glyph.bytes);
}

static void a_cluster_shows_as_every_terminal_draws_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(samples[0]); i++) {
		check_sample(&samples[i], &plain, samples[i].cols);
		check_sample(&samples[i], &wide, samples[i].cols_wide);
	}
}

static void pictures_take_two_columns_only_with_a_selector(void **state)
{
	struct glyph glyph;
	struct str heart = STR("❤\xEF\xB8\x8F");
	(void)state;
	assert_int_equal(glyph_next(heart, 0, &plain, &glyph), heart.len);
	assert_int_equal(glyph.len, 3);
	assert_int_equal(glyph.cols, 1);
	assert_int_equal(glyph_next(heart, 0, &wide, &glyph), heart.len);
	assert_int_equal(glyph.len, 6);
	assert_memory_equal(glyph.bytes, heart.p, 6);
	assert_int_equal(glyph.cols, 2);
	assert_int_equal(codepoint_cols(0x2764, &wide), 2);
	assert_int_equal(codepoint_cols(0x2197, &wide), 2); /* an arrow, as East Asian Ambiguous */
	assert_int_equal(codepoint_cols(0xA9, &wide), 1);
}

static void regional_indicators_go_in_pairs(void **state)
{
	struct arena *arena = arena_new();
	struct str three = STR("🇨🇳🇺"), four = STR("🇨🇳🇺🇸");
	(void)state;
	assert_int_equal(text_cols(three, &plain), 3);
	assert_int_equal(text_cols(four, &plain), 4);
	assert_true(str_is(text_show(arena, three, &plain), "🇨🇳U"));
	assert_int_equal(cluster_before(four, four.len), 8);
	arena_free(arena);
}

static void check_shown(const char *text, struct text_policy policy, const char *shown)
{
	struct glyph glyph;
	struct str cluster = str_of(text);
	assert_int_equal(glyph_next(cluster, 0, &policy, &glyph), cluster.len);
	assert_true(str_is((struct str){glyph.bytes, glyph.len}, shown));
	assert_int_equal(glyph.cols, *shown == 'C' ? 1 : 2);
}

/* As much of a sequence as the terminal draws in two columns. */
static void sequences_are_whole_where_the_terminal_shows_them(void **state)
{
	struct text_policy policy = {.ambiguous = 1, .pictures = 1, .has_chains = true};
	const char *astronaut = "🧑🏽\xE2\x80\x8D🚀",
		   *family = "👨\xE2\x80\x8D👩\xE2\x80\x8D👧\xE2\x80\x8D👦";
	const char *rainbow = "🏳\xEF\xB8\x8F\xE2\x80\x8D🌈";
	const char *couple = "👩\xE2\x80\x8D❤\xEF\xB8\x8F\xE2\x80\x8D👨";
	(void)state;
	check_shown(family, policy, family);
	check_shown(couple, policy, couple);
	check_shown(astronaut, policy, "🧑\xE2\x80\x8D🚀");
	check_shown("👍🏽", policy, "👍");
	check_shown("👩\xE2\x80\x8D🫨", policy, "👩");
	policy.has_tones = true;
	check_shown(astronaut, policy, astronaut);
	check_shown("👍🏽", policy, "👍🏽");
	policy.has_chains = false;
	check_shown(astronaut, policy, "🧑🏽");
	/* The base decides about the columns. */
	policy.has_chains = true;
	policy.pictures = 2;
	check_shown(rainbow, policy, rainbow);
	check_shown("✌🏽", policy, "✌\xEF\xB8\x8F");
	/* Longer than a glyph may be. */
	check_shown("👨🏽\xE2\x80\x8D👩🏽\xE2\x80\x8D👧🏽\xE2\x80\x8D👦🏽", policy,
		    "👨");
}

static void the_newest_pictures_are_shown_where_the_terminal_knows_them(void **state)
{
	struct text_policy policy = TEXT_POLICY_DEFAULT;
	(void)state;
	check_shown("🫨", policy, "〓");
	policy.has_newest = true;
	check_shown("🫨", policy, "🫨");
	check_shown("\xEE\x80\x80", policy, "〓");
	check_shown("\xF3\xB0\x80\x80", policy, "〓"); /* such names are the terminal layer's own */
}

static void spacing_marks_have_a_cell_of_their_own(void **state)
{
	static const struct text_policy policy = TEXT_POLICY_DEFAULT;
	struct str tamil = STR("\xE0\xAE\xA8\xE0\xAE\xBF"), kana = STR("ｶﾞ");
	(void)state;
	assert_int_equal(cluster_len(tamil, 0), 3);
	assert_int_equal(cluster_len_extended(tamil, 0), 6);
	assert_int_equal(text_cols(tamil, &policy), 2);
	assert_int_equal(text_cols(kana, &policy), 2);
	assert_int_equal(cluster_before(tamil, 6), 3);
}

static bool is_safe(uint32_t cp)
{
	return cp >= 0x20 && (cp < 0x7F || cp >= 0xA0) && (cp & 0xFFFE) != 0xFFFE &&
	       !(cp >= 0x200B && cp <= 0x200F) && !(cp >= 0x2028 && cp <= 0x202E) &&
	       !(cp >= 0x2060 && cp <= 0x206F) && cp != 0xFEFF && cp != 0xAD && cp != 0x61C &&
	       !(cp >= 0xE0000 && cp <= 0xE0FFF);
}

/* Printable, valid, NFC, as wide as its parts say; whatever the input. */
static void assert_safe(const struct glyph *glyph, const struct text_policy *policy)
{
	struct str shown = {glyph->bytes, glyph->len};
	uint8_t nfc[GLYPH_BYTES * 4];
	size_t n_nfc = sizeof(nfc);
	int sum = 0;
	assert_true(glyph->len <= GLYPH_BYTES);
	assert_true(glyph->len == 0 ? glyph->cols == 0 : glyph->cols == 1 || glyph->cols == 2);
	assert_true(utf8_is_valid(shown));
	for (size_t at = 0; at < shown.len;) {
		uint32_t cp;
		at += utf8_next(shown, at, &cp);
		assert_true(is_safe(cp));
		sum += codepoint_cols(cp, policy);
	}
	assert_int_equal(sum, glyph->cols);
	uint8_t *p = u8_normalize(UNINORM_NFC, (const uint8_t *)shown.p, shown.len, nfc, &n_nfc);
	bool is_musical = shown.len == 4 && memcmp(shown.p, "\xF0\x9D", 2) == 0;
	assert_true(is_musical || (shown.len == n_nfc && memcmp(shown.p, p, n_nfc) == 0));
}

static void every_code_point_is_safe_to_send(void **state)
{
	(void)state;
	for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
		char bytes[4];
		struct glyph glyph;
		if (cp >= 0xD800 && cp <= 0xDFFF)
			continue;
		struct str text = {bytes, utf8_put(cp, bytes)};
		assert_int_equal(glyph_next(text, 0, &plain, &glyph), text.len);
		assert_safe(&glyph, &plain);
		glyph_next(text, 0, &wide, &glyph);
		assert_safe(&glyph, &wide);
	}
}

static void random_text_is_safe_and_walks_both_ways(void **state)
{
	uint32_t seed = 7;
	(void)state;
	for (int round = 0; round < 20000; round++) {
		char bytes[64];
		size_t starts[64], n = 0;
		struct str text = {bytes, random_text(&seed, bytes, 12)};
		for (size_t at = 0; at < text.len;) {
			struct glyph glyph;
			size_t len = glyph_next(text, at, round % 2 ? &plain : &wide, &glyph);
			assert_safe(&glyph, round % 2 ? &plain : &wide);
			assert_int_equal(len, cluster_len(text, at));
			starts[n++] = at;
			at += len;
		}
		size_t at = text.len;
		while (n > 0) {
			at = cluster_before(text, at);
			assert_int_equal(at, starts[--n]);
		}
	}
}

static void assert_text(struct str text, const char *wanted)
{
	if (text.len != strlen(wanted) || memcmp(text.p, wanted, text.len) != 0)
		fail_msg("%.*s instead of %s", (int)text.len, text.p, wanted);
}

static void texts_are_cut_at_cluster_borders(void **state)
{
	static const char *const narrow[] = {"", "…", "…", "中…", "中a…", "中a文", "中a文"};
	static const char *const broad[] = {"", "", "…", "…", "中…", "中a文", "中a文"};
	struct arena *arena = arena_new();
	struct str text = STR("中a文");
	(void)state;
	for (size_t cols = 0; cols < 7; cols++) {
		assert_text(text_cut(arena, text, cols, &plain), narrow[cols]);
		assert_text(text_cut(arena, text, cols, &wide), broad[cols]);
	}
	assert_text(text_cut_middle(arena, STR("https://example.com/a/b"), 11, &plain),
		    "https…m/a/b");
	assert_text(text_cut_middle(arena, STR("中文中文中文"), 6, &plain), "中…文");
	assert_text(text_cut(arena, STR("ab👨\xE2\x80\x8D👩👍🏽c"), 5, &plain), "ab👨…");
	assert_text(text_cut(arena, STR("e\xCC\x81u\xCC\x88o"), 2, &plain), "é…");
	assert_text(text_cut_middle(arena, STR("https://例子.测试/路径/文件"), 16, &plain),
		    "https://…径/文件");
	assert_text(text_cut_middle(arena, STR("abc"), 3, &plain), "abc");
	assert_text(text_cut_middle(arena, STR("abcd"), 1, &plain), "…");
	assert_text(text_cut_middle(arena, STR("abcd"), 0, &plain), "");
	assert_text(text_show(arena, STR("a\tb\x1B[2J"), &plain), "a b␛[2J");
	arena_free(arena);
}

static void cuts_never_exceed_their_columns(void **state)
{
	struct arena *arena = arena_new();
	uint32_t seed = 11;
	(void)state;
	for (int round = 0; round < 5000; round++) {
		char bytes[128];
		const struct text_policy *policy = round % 2 ? &plain : &wide;
		struct str text = {bytes, random_text(&seed, bytes, 24)};
		size_t cols = random_next(&seed) % 24, used,
		       n = text_fit(text, cols, policy, &used);
		assert_true(used <= cols && n <= text.len);
		assert_int_equal(text_cols(str_sub(text, 0, n), policy), used);
		assert_true(text_cols(text_cut(arena, text, cols, policy), policy) <= cols);
		assert_true(text_cols(text_cut_middle(arena, text, cols, policy), policy) <= cols);
		arena_reset(arena);
	}
	arena_free(arena);
}

/* However long the runs of plain characters are that are looked at in one go. */
static void texts_are_their_glyphs(void **state)
{
	static const char *const parts[] = {"a",      "中", "，", "、",     "“",      "—",
					    "│",      "Ａ", "é",  "\u0301", "\u200d", "🤖",
					    "\ufe0f", " ",  "\t", "\xe4",   "\u4dc0", "国"};
	struct arena *arena = arena_new();
	uint32_t seed = 5;
	(void)state;
	for (int round = 0; round < 20000; round++) {
		const struct text_policy *policy = round % 2 ? &plain : &wide;
		struct strbuf text = strbuf_make(arena), shown = strbuf_make(arena);
		for (unsigned n = random_next(&seed) % 12; n > 0; n--)
			strbuf_puts(&text,
				    parts[random_next(&seed) % (sizeof(parts) / sizeof(*parts))]);
		struct str whole = strbuf_str(&text);
		struct glyph glyph;
		size_t cols = 0;
		for (size_t at = 0; at < whole.len; cols += glyph.cols) {
			at += glyph_next(whole, at, policy, &glyph);
			strbuf_put(&shown, (struct str){glyph.bytes, glyph.len});
		}
		assert_int_equal(text_cols(whole, policy), cols);
		assert_true(str_eq(text_show(arena, whole, policy), strbuf_str(&shown)));
		arena_reset(arena);
	}
	arena_free(arena);
}

/* In as many columns, and never empty. */
static void in_ascii_a_glyph_is_a_letter_or_a_question(void **state)
{
	static const struct {
		const char *text, *ascii;
	} texts[] = {
		{"速览 AI", "? ?  AI"},       {"“Café”…", "\"Cafe\"."},
		{"Ａ，（Ｂ）", "A , ( B ) "}, {"《书》、「话」。", "< ? > , \" ? \" . "},
		{"│─┬ · ● ½", "|-+ * * 1"},   {"ø ß €", "o s ?"},
		{"👍🏽❤", "? ?"},       {"①㈱", "1? "},
	};
	struct arena *arena = arena_new();
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct str text = str_of(texts[i].text), ascii = text_ascii(arena, text, &plain);
		assert_string_equal(str_dup(arena, ascii), texts[i].ascii);
		assert_int_equal(ascii.len, text_cols(text, &plain));
	}
	arena_free(arena);
}

static void curses_is_told_minus_one_for_controls(void **state)
{
	(void)state;
	assert_int_equal(codepoint_cols(0, &plain), 0);
	assert_int_equal(codepoint_cols(0x1B, &plain), -1);
	assert_int_equal(codepoint_cols(0x9B, &plain), -1);
	assert_int_equal(codepoint_cols(0x110000, &plain), -1);
	assert_int_equal(codepoint_cols(0x301, &plain), 0);
	assert_int_equal(codepoint_cols(0x4E2D, &plain), 2);
	assert_int_equal(codepoint_cols(0x2014, &wide), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cluster_shows_as_every_terminal_draws_it),
		cmocka_unit_test(pictures_take_two_columns_only_with_a_selector),
		cmocka_unit_test(regional_indicators_go_in_pairs),
		cmocka_unit_test(sequences_are_whole_where_the_terminal_shows_them),
		cmocka_unit_test(the_newest_pictures_are_shown_where_the_terminal_knows_them),
		cmocka_unit_test(spacing_marks_have_a_cell_of_their_own),
		cmocka_unit_test(every_code_point_is_safe_to_send),
		cmocka_unit_test(random_text_is_safe_and_walks_both_ways),
		cmocka_unit_test(texts_are_cut_at_cluster_borders),
		cmocka_unit_test(cuts_never_exceed_their_columns),
		cmocka_unit_test(texts_are_their_glyphs),
		cmocka_unit_test(in_ascii_a_glyph_is_a_letter_or_a_question),
		cmocka_unit_test(curses_is_told_minus_one_for_controls),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
