/* Finding dates in headings, front matter and file names: the forms digests write them in. */
#include "date_scan.h"

static bool take(int year, int month, int day, struct date *out)
{
	if (year > 9999 || month > 12 || day > 31)
		return false;
	*out = (struct date){(short)year, (signed char)month, (signed char)day};
	return date_is_valid(*out);
}

/* 2026-01-22, which most file names begin with: there may be thousands of them. */
static bool scan_iso(struct scan *scan, struct date *out)
{
	const char *p = scan->text.p + scan->at;
	size_t left = scan->text.len - scan->at;
	if (left < 10 || p[4] != '-' || p[7] != '-' || (left > 10 && scan_is_digit(p[10])))
		return false;
	for (size_t i = 0; i < 10; i++)
		if (i != 4 && i != 7 && !scan_is_digit(p[i]))
			return false;
	int year = (p[0] - '0') * 1000 + (p[1] - '0') * 100 + (p[2] - '0') * 10 + (p[3] - '0');
	if (!take(year, (p[5] - '0') * 10 + p[6] - '0', (p[8] - '0') * 10 + p[9] - '0', out))
		return false;
	scan->at += 10;
	return true;
}

/* 2026年1月22日 and the forms with one separator. */
static bool scan_numeric(struct scan *scan, struct date *out)
{
	static const char *const separators[][3] = {
		{"-", "-", ""},       {"/", "/", ""},     {".", ".", ""},
		{"_", "_", ""},       {"年", "月", "日"}, {" 年 ", " 月 ", " 日"},
		{"년 ", "월 ", "일"}, {"년", "월", "일"},
	};
	const size_t start = scan->at;
	if (scan_iso(scan, out))
		return true;
	for (size_t i = 0; i < sizeof(separators) / sizeof(*separators); i++) {
		int year, month, day;
		scan->at = start;
		if (scan_number(scan, 4, 4, &year) && scan_literal(scan, separators[i][0]) &&
		    scan_number(scan, 1, 2, &month) && scan_literal(scan, separators[i][1]) &&
		    scan_number(scan, 1, 2, &day) && take(year, month, day, out)) {
			scan_literal(scan, separators[i][2]);
			return true;
		}
	}
	int packed;
	scan->at = start;
	return scan_number(scan, 8, 8, &packed) && packed / 10000 >= 1900 &&
	       packed / 10000 < 2200 && take(packed / 10000, packed / 100 % 100, packed % 100, out);
}

/* January 22nd, 2026; 22 January 2026; 22. Januar 2026; 22 de enero de 2026; 2026 January 22. */
static bool scan_named(struct scan *scan, struct date *out)
{
	static const char *const joints[] = {" de ", " del ", " of ", ", ", "-", " ", "/", NULL};
	static const char *const years[] = {" года", " року", " г.", NULL};
	const size_t start = scan->at;
	int year, month, day;
	if (scan_month_name(scan, &month)) {
		scan_spaces(scan);
		return scan_day(scan, &day) && scan_one_of(scan, joints) &&
		       scan_number(scan, 4, 4, &year) && take(year, month, day, out);
	}
	scan->at = start;
	if (scan_number(scan, 4, 4, &year))
		return scan_one_of(scan, joints) && scan_month_name(scan, &month) &&
		       scan_one_of(scan, joints) && scan_day(scan, &day) &&
		       take(year, month, day, out);
	if (!scan_day(scan, &day) || !scan_one_of(scan, joints) || !scan_month_name(scan, &month) ||
	    !scan_one_of(scan, joints) || !scan_number(scan, 4, 4, &year))
		return false;
	scan_one_of(scan, years);
	return take(year, month, day, out);
}

/* 22.01.2026; 22/1/2026 and 1/22/2026 where only one of them can be. */
static bool scan_year_last(struct scan *scan, struct date *out)
{
	int first, second, year;
	if (!scan_number(scan, 1, 2, &first))
		return false;
	bool is_dotted = scan_literal(scan, ".");
	if (!is_dotted && !scan_literal(scan, "/"))
		return false;
	if (!scan_number(scan, 1, 2, &second) || !scan_literal(scan, is_dotted ? "." : "/") ||
	    !scan_number(scan, 4, 4, &year))
		return false;
	if (is_dotted || first > 12)
		return take(year, second, first, out);
	return (second > 12 || first == second) && take(year, first, second, out);
}

/* No word for a week is as long. */
#define WEEK_BYTES 24

static const char *const week_words[] = {"week",      "kw",      "semaine", "woche", "semana",
					 "settimana", "неделя",  "тиждень", "vecka", "uge",
					 "týden",     "tydzień", "w",       "wk",    NULL};

/* The Monday of Week 14, 2026; KW 14/2026; Semaine 14 - 2026. */
static bool scan_week_first(struct scan *scan, struct date *out)
{
	static const char *const joints[] = {", ",   " / ",  "/", " - ", "-",
					     " of ", " de ", " ", NULL};
	int year, week;
	const size_t start = scan->at;
	size_t end = start;
	/* "KW21": the word ends where the digits begin. */
	while (end < scan->text.len && end - start < WEEK_BYTES &&
	       !scan_is_digit(scan->text.p[end]) && scan->text.p[end] != ' ')
		end++;
	struct scan word = {str_sub(scan->text, 0, end), start};
	if (!scan_word(&word, week_words) || word.at != end)
		return false;
	scan->at = end;
	scan_spaces(scan);
	return scan_number(scan, 1, 2, &week) && scan_one_of(scan, joints) &&
	       scan_number(scan, 4, 4, &year) && date_of_week(year, week, out);
}

/* The Monday of 2026-W04, 2026W04, 2026 Week 4, 2026年第4周, 2026년 4주차. */
static bool scan_week(struct scan *scan, struct date *out)
{
	static const char *const joints[] = {"-W", "-w", "W", NULL};
	static const char *const signs[] = {"年第", " 年第 ", "年 第 ", "年", "년 ", NULL};
	static const char *const ends[] = {"周", " 周", "週", " 週", "주차", "주", NULL};
	int year, week;
	if (!scan_number(scan, 4, 4, &year))
		return scan_week_first(scan, out);
	if (scan_one_of(scan, joints))
		return scan_number(scan, 2, 2, &week) && date_of_week(year, week, out);
	if (scan_one_of(scan, signs))
		return scan_number(scan, 1, 2, &week) && scan_one_of(scan, ends) &&
		       date_of_week(year, week, out);
	scan_literal(scan, ",");
	scan_spaces(scan);
	if (!scan_word(scan, week_words))
		return false;
	scan_spaces(scan);
	return scan_number(scan, 1, 2, &week) && date_of_week(year, week, out);
}

/* A number in Chinese numerals: digit by digit for a year, else with ten. */
static bool scan_chinese_number(struct scan *scan, int *out)
{
	static const char *const digits[] = {"〇", "一", "二", "三", "四", "五",
					     "六", "七", "八", "九", "十", "零"};
	int value = 0, tens = 0;
	size_t n = 0, i;
	for (; n < 4; n++) {
		for (i = 0; i < 12 && !scan_literal(scan, digits[i]); i++)
			;
		if (i == 12)
			break;
		if (i == 10) {
			tens = value ? value * 10 : 10;
			value = 0;
		} else
			value = value * 10 + (i == 11 ? 0 : (int)i);
	}
	*out = tens + value;
	return n > 0;
}

/* 二〇二六年一月二十二日; 令和8年1月22日. */
static bool scan_eastern(struct scan *scan, struct date *out)
{
	int year, month, day;
	if (scan_literal(scan, "令和"))
		return scan_number(scan, 1, 2, &year) && scan_literal(scan, "年") &&
		       scan_number(scan, 1, 2, &month) && scan_literal(scan, "月") &&
		       scan_number(scan, 1, 2, &day) && scan_literal(scan, "日") &&
		       take(2018 + year, month, day, out);
	return scan_chinese_number(scan, &year) && year >= 1000 && scan_literal(scan, "年") &&
	       scan_chinese_number(scan, &month) && scan_literal(scan, "月") &&
	       scan_chinese_number(scan, &day) && scan_literal(scan, "日") &&
	       take(year, month, day, out);
}

typedef bool scan_form(struct scan *scan, struct date *out);

static bool is_alnum(char c)
{
	return scan_is_digit(c) || scan_is_letter(c);
}

/* One of the forms begins at byte `at`; `end` is behind it. */
static bool date_at(struct str text, size_t at, struct date *out, size_t *end)
{
	static scan_form *const forms[] = {scan_numeric, scan_named, scan_year_last, scan_week};
	char before = at ? text.p[at - 1] : ' ';
	if (text.p[at] < 0) {
		struct scan scan = {text, at};
		bool is_found = scan_eastern(&scan, out);
		if (!is_found && before >= 0) {
			scan.at = at;
			is_found = scan_week_first(&scan, out);
		}
		*end = scan.at;
		return is_found;
	}
	if (!is_alnum(text.p[at]) || (before >= '0' && before <= '9'))
		return false;
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		struct scan scan = {text, at};
		if ((i == 0 || !is_alnum(before)) && forms[i](&scan, out)) {
			*end = scan.at;
			return true;
		}
	}
	return false;
}

bool date_find(struct str text, struct date *out, size_t *at, size_t *len)
{
	for (size_t i = 0, end; i < text.len; i++) {
		struct date date;
		if (!date_at(text, i, &date, &end))
			continue;
		*out = date;
		if (at)
			*at = i;
		if (len)
			*len = end - i;
		return true;
	}
	return false;
}
