/* Chinese line breaking by hand-written cases. In a case, | is where a line may break and ^ where
 * it must not; nothing is said of the rest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <sulan/linebreak.h>
#include <sulan/utf8.h>

enum { CASE_BYTES = 256 };

struct sample {
	char bytes[CASE_BYTES];
	size_t len;
	char wanted[CASE_BYTES]; /* '|', '^' or NUL, at the byte behind the sign */
};

static struct sample parse(const char *text)
{
	struct sample s = {{0}, 0, {0}};
	for (; *text; text++) {
		assert_true(s.len + 1 < CASE_BYTES);
		if (*text == '|' || *text == '^')
			s.wanted[s.len] = *text;
		else
			s.bytes[s.len++] = *text;
	}
	return s;
}

/* The number of signs that do not hold. */
static int count_wrong(const char *text, enum wrap_level level, size_t cols)
{
	struct sample s = parse(text);
	struct str str = {s.bytes, s.len};
	struct line_breaker breaker = line_breaker_start(str, level, cols);
	int n = 0;
	for (size_t at = 0; at < str.len;) {
		uint32_t cp;
		size_t end = at + utf8_next(str, at, &cp);
		bool may = line_breaker_next(&breaker, cp, end) >= LINE_BREAK_MAY;
		if ((s.wanted[at] == '|' && !may) || (s.wanted[at] == '^' && may)) {
			print_error("%s: byte %zu, wanted %c\n", text, at, s.wanted[at]);
			n++;
		}
		at = end;
	}
	return n;
}

static void check(const char *const *cases, size_t n, enum wrap_level level, size_t cols)
{
	int wrong = 0;
	for (size_t i = 0; i < n; i++)
		wrong += count_wrong(cases[i], level, cols);
	assert_int_equal(wrong, 0);
}

#define CHECK(cases, level) check(cases, sizeof(cases) / sizeof((cases)[0]), level, 80)

static void closing_marks_never_begin_a_line(void **state)
{
	static const char *const cases[] = {
		"字^，|字",   "字^。|字",    "字^、|字",    "字^；|字",     "字^：|字",
		"字^？|字",   "字^！|字",    "（字^）|字",  "「字^」|字",   "『字^』|字",
		"《字^》|字", "【字^】|字",  "〈字^〉|字",  "〔字^〕|字",   "字^。^」|字",
		"字^！^”|字", "字^？^！|字", "字^）^，|字", "word^，|word", "2026^。|字",
		"字^)|字",    "字^,|字",     "字^!|字",     "字^?|字",      "字^;|字",
		"字^:|字",    "字 ^。|字",   "字^·|名",
	};
	(void)state;
	CHECK(cases, WRAP_BASIC);
}

static void opening_marks_never_end_a_line(void **state)
{
	static const char *const cases[] = {
		"字|（^字", "字|「^字", "字|『^字",   "字|《^字", "字|【^字",  "字|〈^字",
		"字|“^字",  "字|‘^字",  "字|（^word", "：|《^字", "，|“^字",   "。|（^（^字",
		"字|(^字",  "（ ^字",   "字|￥^100",  "字|$^100", "字|“^‘^字",
	};
	(void)state;
	CHECK(cases, WRAP_BASIC);
}

static void quotation_marks_open_and_close_beside_han(void **state)
{
	static const char *const cases[] = {
		"用|“^OpenAI^”|的",  "说：|“^好^”|他说",   "“^A^”|“^B^”",
		"他|‘^引^’|测",      "它们^’|都",          "“^你好^”^，|他",
		"Claude^’^s",        "he |‘^word^’ |then", "他|“^用|‘^词^’^”^。",
		"说|\"^你|好^\"|的", "见|\"^Open\"^，|再", "the |“^foo^” |bar",
		"……|“^好^”",         "——|“^好^”",          "字^”|——字",
	};
	(void)state;
	CHECK(cases, WRAP_BASIC);
}

static void dashes_and_ellipses_stay_whole(void **state)
{
	static const char *const cases[] = {
		"字|—^—|字", "字^…^…|字",    "北京^—|上海",  "他^…^…^。",
		"—^—|字",    "字。|—^—|字",  "2020^－|2025", "3^～|5天",
		"1–^2",      "2010–^2020年", "字^〜|字",     "word |—^— |word",
	};
	(void)state;
	CHECK(cases, WRAP_BASIC);
}

static void strict_keeps_dashes_and_ellipses_off_line_starts(void **state)
{
	static const char *const cases[] = {
		"战略^—^—|引入", "字^…^…|字", "北京^—|上海", "字 ^—^— |字", "1/^2", "a/^b",
	};
	(void)state;
	CHECK(cases, WRAP_STRICT);
}

static void gb_keeps_the_solidus_off_line_ends(void **state)
{
	static const char *const basic[] = {"甲^／|乙", "甲^/|乙", "and^/|or"};
	static const char *const gb[] = {"甲^／^乙", "甲^/^乙", "and^/^or", "字|—^—|字"};
	(void)state;
	CHECK(basic, WRAP_BASIC);
	CHECK(gb, WRAP_GB);
}

static void names_keep_their_middle_dots(void **state)
{
	static const char *const cases[] = {
		"奥特曼^·|山姆", "约翰^·F^·|肯尼迪", "山姆^·|奥特曼", "乔治^‧|华盛顿", "レ^・|ミ",
	};
	(void)state;
	CHECK(cases, WRAP_BASIC);
}

static void numbers_keep_their_signs_and_units(void **state)
{
	static const char *const cases[] = {
		"涨|3^.^5^%^、|5",
		"达|51^.^2^%|的",
		"约|±^3^℃",
		"共|¥^9^,^999^元",
		"字、|￥^1^0^0",
		"51、|￥^1^0^0",
		"于|2026^年|1^月|22^日",
		"约|250^亿|元",
		"升 |-^5^℃",
		"第|3^个",
		"涨|12^％|的",
		"v1^.^2^.^3",
		"9^:^30|开",
		"1^/^2|的",
		"($^5^)",
	};
	(void)state;
	CHECK(cases, WRAP_BASIC);
}

static void latin_and_code_words_stay_whole(void **state)
{
	static const char *const cases[] = {
		"e^.^g^.",          "foo,^bar",         "mp^.^weixin^.^qq^.^com",
		"C^+^+|语言",       "C^+^+^、|.^N^E^T", "C^#|语言",
		"#^标|签 |@^用|户", "用|#^标|签",       "use |.^N^E^T",
		"run |-^-^f^lag",   "open |/^etc",      "https^:^/^/^e^xample^.^c^om",
		"well^-|known",     "a@^b^.^c^om",      "it's |f^ine",
		"字|word|字",       "GPT^-^5",
	};
	(void)state;
	CHECK(cases, WRAP_BASIC);
}

static void han_breaks_anywhere_else(void **state)
{
	static const char *const cases[] = {
		"每|个|字|后|都|可|以", "中|a^b|文",       "か|な|カ|ナ", "字|→|字", "字|😀|字",
		"，|字。|“^字",         "한|국|어 |단|어",
	};
	(void)state;
	CHECK(cases, WRAP_BASIC);
}

static void below_eight_columns_chinese_punctuation_is_free(void **state)
{
	static const char *const cases[] = {"字|，|字", "（|字|）", "“|字|”", "wo^rd|。",
					    "Claude^’^s"};
	(void)state;
	check(cases, sizeof(cases) / sizeof(cases[0]), WRAP_BASIC, 7);
}

static void the_rules_can_be_turned_off(void **state)
{
	static const char *const cases[] = {"北京|—|上海", "3|～|5天", "用^“^OpenAI^”^的",
					    "e^.^g^."};
	(void)state;
	CHECK(cases, WRAP_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(closing_marks_never_begin_a_line),
		cmocka_unit_test(opening_marks_never_end_a_line),
		cmocka_unit_test(quotation_marks_open_and_close_beside_han),
		cmocka_unit_test(dashes_and_ellipses_stay_whole),
		cmocka_unit_test(strict_keeps_dashes_and_ellipses_off_line_starts),
		cmocka_unit_test(gb_keeps_the_solidus_off_line_ends),
		cmocka_unit_test(names_keep_their_middle_dots),
		cmocka_unit_test(numbers_keep_their_signs_and_units),
		cmocka_unit_test(latin_and_code_words_stay_whole),
		cmocka_unit_test(han_breaks_anywhere_else),
		cmocka_unit_test(below_eight_columns_chinese_punctuation_is_free),
		cmocka_unit_test(the_rules_can_be_turned_off),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
