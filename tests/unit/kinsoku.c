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
		"—^—|字",    "字。|—^—|字",  "2020^－^2025", "3^～^5天",
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
	static const char *const basic[] = {"甲方^／|乙方", "甲方^/|乙方", "either^/|neither"};
	static const char *const gb[] = {"甲方^／^乙方", "甲方^/^乙方", "either^/^neither",
					 "字|—^—|字"};
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
		"第^3^个",
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

static void short_terms_and_units_stay_whole_at_the_solidus(void **state)
{
	static const char *const cases[] = {
		"做|A^/^B|测",
		"I^/^O",
		"时速|120k^m^/^h|了",
		"24^/^7",
		"达|256G^B^/^s，",
		"每|40^元^/^月|的",
		"10^元^/^百|万 |t",
		"H^T^T^P^/^1^.^1",
		"and^/^or",
		"用|J^S^/^C^+^+|写",
		"openai^/^* |和",
		"System1^/|System2",
		"3^页^/^秒",
		"是^/^否",
		"新^/^goal|指",
		"说。|/^goal|指",
		"HTTP^/|HTTPS",
		"两|美|元^/^百|万",
		"request^/|response",
		"TCP^/^I^P",
		"ESC^/^→",
		"机|器|学|习^／^A^I",
		"（S^F^T）^+|强|化",
		"U^I^/^U^X",
		"甲|方^/^A|方",
	};
	(void)state;
	CHECK(cases, WRAP_BASIC);
}

static void addresses_break_behind_a_solidus_at_every_level(void **state)
{
	static const char *const cases[] = {
		"https^:^/^/^x.com^/|some^/|status",
		"见|github^.^com^/|s^/|x",
		"<https^:^/^/^a.com^/^>",
		"/usr^/|bin^/|env",
		"~^/^.config",
		"x.com^/|a^/^#frag",
		"a.com^/|@user^/|_x",
		"https^:^/^/^x.com^/|2026^/^01^/^22^/|a",
	};
	(void)state;
	CHECK(cases, WRAP_BASIC);
	CHECK(cases, WRAP_GB);
	CHECK(cases, WRAP_STRICT);
}

static void points_stay_with_the_digits_behind_them(void **state)
{
	static const char *const cases[] = {
		"beta^.^3",         "No^.^1",      "FLUX^.^2",
		"1^.^0^-^rc^.^0",   "前 |.^27^，", "￥^1^,^299^.^00^元",
		"localhost^:^8080", "d1^.^.^9a",   "苹|果,|3^个",
		"v2026^.^5",        "29^:^00",
	};
	(void)state;
	CHECK(cases, WRAP_BASIC);
}

static void wide_digits_and_letters_are_digits_and_letters(void **state)
{
	static const char *const cases[] = {
		"于|１^２^：^３^０|开", "约|３^．^５^％|的", "共|１^，^０^０^０^元",
		"２^０^２^６^年",       "用|Ｃ^Ｐ^Ｕ|算",    "比^：|甲",
		"３^／^４|的",          "下|午|3^：^30|开",  "第^１|（^２）",
		"（^＃^342）",          "＠^用|户",          "图|１|甲",
		"涨|＋^５^％",
	};
	(void)state;
	CHECK(cases, WRAP_BASIC);
}

static void ranges_stay_whole(void **state)
{
	static const char *const cases[] = {
		"5^～^9^天",   "10^%^～^20^%", "2020^—^2025", "50万^～|80万",
		"10^%^-^20^%", "5^-^8^倍",     "表^\t|5",
	};
	(void)state;
	CHECK(cases, WRAP_BASIC);
}

static void a_minus_goes_with_its_number(void **state)
{
	static const char *const cases[] = {
		"涨|幅|-^3^.^5^%", "气|温|-^5^℃", "气|温|-^12^度",
		"5^月^-^6^月",     "京^-^2026",   "A|股|-^3^.^5^％",
	};
	(void)state;
	CHECK(cases, WRAP_BASIC);
}

static void notes_and_signs_stay_with_their_word(void **state)
{
	static const char *const cases[] = {
		"决|议^[^12]|说", "word^[^3]",    "。^[^1]",        "议|[^见]",
		"m^²|的",         "字^¹^，",      "华|为^™|的",     "人|工|智|能^+^”",
		"连|接^+|安|全",  "案|例|+^6^个", "纸|版^＋|电|版", "彩|读^｜|C",
	};
	(void)state;
	CHECK(cases, WRAP_BASIC);
}

static void numbers_keep_their_units_over_a_space(void **state)
{
	static const char *const cases[] = {
		"约 |5 ^月 |24 ^日 |晨",  "减 |45 ^% |的", "共 |10 ^亿^，",  "约 |3 ^G^B |的",
		"500 |并|发，3^款，3^级", "升 |5 ^℃",      "RTX |4090 |T^i", "跑 |10 ^k^m，",
		"见|第 ^3 ^章|的",        "长^×|宽",
	};
	(void)state;
	CHECK(cases, WRAP_BASIC);
}

static void labels_stay_with_what_they_count(void **state)
{
	static const char *const cases[] = {
		"：1^.^苹|果",  "；2^、^A^I|的",    "。（3^）^代|码", "1^、^C^SS",
		"（1^）^“^引",  "有 12^.^（^注",    "等|于1^.|结",    "共|1^、|二",
		"第^3^）|后",   "版|本2^.^0^、|新", "12^)^梨",        "100^、|百",
		"是 (1)^苹|果", "用 A1^.|结",       "有 12^，|苹",
	};
	(void)state;
	CHECK(cases, WRAP_BASIC);
}

static void numbers_keep_what_they_are_told_in(void **state)
{
	static const char counters[] = "万个人亿代件位余倍元克分千只台号名吨周场块多天套家层岁年度"
				       "座张日时月期本条次款步点版百种秒章篇米类级节行部页项颗";
	(void)state;
	for (size_t i = 0; i + 3 < sizeof(counters); i += 3) {
		char text[8] = {'3', '^', counters[i], counters[i + 1], counters[i + 2]};
		assert_int_equal(count_wrong(text, WRAP_BASIC, 80), 0);
	}
}

static void what_stands_between_spaces_ends_a_line(void **state)
{
	static const char *const cases[] = {
		"练 ^- |推|理", "支 ^+ |稀",       "Tokio ^— |March", "生|态 ^· |来",
		"A ^= |B",      "北|京 ^– |上|海", "A ^& |B",         "扩|容 ^↗ |#1",
		"claude |-^p",  "新|增 |-^-proxy", "字 |—^— |字",     "word |•",
		"选 ^→ |高",    "rs ^-^- |Ex",     "a ^-^> |b",
	};
	(void)state;
	CHECK(cases, WRAP_BASIC);
}

static void hyphens_do_not_leave_single_letters(void **state)
{
	static const char *const cases[] = {
		"X^-^ray",
		"e^-^mail",
		"vitamin^-^C",
		"k^-^means",
		"Wi^-^Fi",
		"LLM^-|as^-^a^-^Judge",
		"well^-|known",
		"L1^-^L4",
		"抗|体^-|抗|原",
		"ab-^>cd",
		"Qwen3^-|VL^-^2^.^5",
		"v1^.^0^-^beta",
	};
	(void)state;
	CHECK(cases, WRAP_BASIC);
}

static void code_is_not_parted_at_its_signs(void **state)
{
	static const char *const cases[] = {
		"#^!^[^unstable]", "vec^!^[^1]",  "x ^!^= 0",  "core::^{^a",
		"{{bse}}^130",     "lint}^_tool", "f()^.^g()",
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
		cmocka_unit_test(short_terms_and_units_stay_whole_at_the_solidus),
		cmocka_unit_test(addresses_break_behind_a_solidus_at_every_level),
		cmocka_unit_test(points_stay_with_the_digits_behind_them),
		cmocka_unit_test(wide_digits_and_letters_are_digits_and_letters),
		cmocka_unit_test(ranges_stay_whole),
		cmocka_unit_test(a_minus_goes_with_its_number),
		cmocka_unit_test(notes_and_signs_stay_with_their_word),
		cmocka_unit_test(numbers_keep_their_units_over_a_space),
		cmocka_unit_test(labels_stay_with_what_they_count),
		cmocka_unit_test(numbers_keep_what_they_are_told_in),
		cmocka_unit_test(what_stands_between_spaces_ends_a_line),
		cmocka_unit_test(hyphens_do_not_leave_single_letters),
		cmocka_unit_test(code_is_not_parted_at_its_signs),
		cmocka_unit_test(han_breaks_anywhere_else),
		cmocka_unit_test(below_eight_columns_chinese_punctuation_is_free),
		cmocka_unit_test(the_rules_can_be_turned_off),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
