/* Finding dates in headings, front matter and file names: the forms digests write them in. */
#include <string.h>

#include <sulan/date.h>

struct scan {
	struct str text;
	size_t at;
};

/* A run of min..max digits; false when there are fewer or more. */
static bool scan_number(struct scan *scan, size_t min, size_t max, int *out)
{
	size_t n = 0;
	int value = 0;
	while (scan->at + n < scan->text.len && n <= max) {
		char c = scan->text.p[scan->at + n];
		if (c < '0' || c > '9')
			break;
		value = value * 10 + (c - '0');
		n++;
	}
	if (n < min || n > max)
		return false;
	scan->at += n;
	*out = value;
	return true;
}

static bool scan_literal(struct scan *scan, const char *literal)
{
	if (!str_starts(str_from(scan->text, scan->at), literal))
		return false;
	scan->at += strlen(literal);
	return true;
}

static void scan_spaces(struct scan *scan)
{
	while (scan->at < scan->text.len && scan->text.p[scan->at] == ' ')
		scan->at++;
}

static bool is_letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Months by name in the languages of digests; what is written is one of these whole, or at least
 * the first three letters of an English one. */
static bool scan_month_name(struct scan *scan, int *out)
{
	static const struct {
		const char *name;
		int month;
	} names[] = {
		{"january", 1},    {"february", 2},   {"march", 3},      {"april", 4},
		{"may", 5},        {"june", 6},       {"july", 7},       {"august", 8},
		{"september", 9},  {"october", 10},   {"november", 11},  {"december", 12},
		{"sept", 9},       {"jan", 1},        {"feb", 2},        {"mar", 3},
		{"apr", 4},        {"jun", 6},        {"jul", 7},        {"aug", 8},
		{"sep", 9},        {"oct", 10},       {"nov", 11},       {"dec", 12},
		{"januar", 1},     {"februar", 2},    {"märz", 3},       {"mai", 5},
		{"juni", 6},       {"juli", 7},       {"oktober", 10},   {"dezember", 12},
		{"janvier", 1},    {"février", 2},    {"mars", 3},       {"avril", 4},
		{"juin", 6},       {"juillet", 7},    {"août", 8},       {"septembre", 9},
		{"octobre", 10},   {"novembre", 11},  {"décembre", 12},  {"enero", 1},
		{"febrero", 2},    {"marzo", 3},      {"abril", 4},      {"mayo", 5},
		{"junio", 6},      {"julio", 7},      {"agosto", 8},     {"septiembre", 9},
		{"octubre", 10},   {"noviembre", 11}, {"diciembre", 12}, {"janeiro", 1},
		{"fevereiro", 2},  {"março", 3},      {"maio", 5},       {"junho", 6},
		{"julho", 7},      {"setembro", 9},   {"outubro", 10},   {"novembro", 11},
		{"dezembro", 12},  {"gennaio", 1},    {"febbraio", 2},   {"aprile", 4},
		{"maggio", 5},     {"giugno", 6},     {"luglio", 7},     {"settembre", 9},
		{"ottobre", 10},   {"dicembre", 12},  {"января", 1},     {"февраля", 2},
		{"марта", 3},      {"апреля", 4},     {"мая", 5},        {"июня", 6},
		{"июля", 7},       {"августа", 8},    {"сентября", 9},   {"октября", 10},
		{"ноября", 11},    {"декабря", 12},   {"ledna", 1},      {"února", 2},
		{"března", 3},     {"dubna", 4},      {"května", 5},     {"června", 6},
		{"července", 7},   {"srpna", 8},      {"září", 9},       {"října", 10},
		{"listopadu", 11}, {"prosince", 12},
	};
	struct str rest = str_from(scan->text, scan->at);
	size_t len = 0;
	while (len < rest.len && (is_letter(rest.p[len]) || rest.p[len] < 0))
		len++;
	for (size_t i = 0; len >= 3 && i < sizeof(names) / sizeof(*names); i++) {
		if (!str_same_ascii(str_sub(rest, 0, len), str_of(names[i].name)))
			continue;
		scan->at += len;
		scan_literal(scan, ".");
		*out = names[i].month;
		return true;
	}
	return false;
}

static bool take(int year, int month, int day, struct date *out)
{
	if (year > 9999 || month > 12 || day > 31)
		return false;
	*out = (struct date){(short)year, (signed char)month, (signed char)day};
	return date_is_valid(*out);
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

static void scan_one_of(struct scan *scan, const char *const *literals)
{
	for (; *literals; literals++)
		if (scan_literal(scan, *literals))
			return;
}

/* January 22nd, 2026; 22 January 2026; 22. Januar 2026; 22 de enero de 2026. */
static bool scan_named(struct scan *scan, struct date *out)
{
	static const char *const ordinals[] = {"st", "nd", "rd", "th", NULL};
	static const char *const day_ends[] = {"st", "nd", "rd", "th", "er", ".", NULL};
	static const char *const joints[] = {"de ", "of ", NULL};
	const size_t start = scan->at;
	int year, month, day;
	if (scan_month_name(scan, &month)) {
		scan_spaces(scan);
		if (!scan_number(scan, 1, 2, &day))
			return false;
		scan_one_of(scan, ordinals);
		scan_literal(scan, ",");
		scan_spaces(scan);
		return scan_number(scan, 4, 4, &year) && take(year, month, day, out);
	}
	scan->at = start;
	if (!scan_number(scan, 1, 2, &day))
		return false;
	scan_one_of(scan, day_ends);
	if (!scan_literal(scan, " "))
		return false;
	scan_one_of(scan, joints);
	if (!scan_month_name(scan, &month))
		return false;
	scan_literal(scan, ",");
	if (!scan_literal(scan, " "))
		return false;
	scan_one_of(scan, joints);
	return scan_number(scan, 4, 4, &year) && take(year, month, day, out);
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

/* The Monday of 2026-W04, 2026W04, 2026年第4周, 2026 年第 4 週. */
static bool scan_week(struct scan *scan, struct date *out)
{
	static const char *const joints[] = {"-W", "W", "年第", " 年第 ", "年 第 ", NULL};
	static const char *const ends[] = {"周", " 周", "週", " 週", NULL};
	int year, week;
	if (!scan_number(scan, 4, 4, &year))
		return false;
	size_t at = scan->at;
	scan_one_of(scan, joints);
	if (scan->at == at)
		return false;
	bool is_iso = scan->text.p[scan->at - 1] == 'W';
	if (!scan_number(scan, is_iso ? 2 : 1, 2, &week))
		return false;
	at = scan->at;
	scan_one_of(scan, ends);
	return (is_iso || scan->at > at) && date_of_week(year, week, out);
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
	return (c >= '0' && c <= '9') || is_letter(c);
}

/* One of the forms begins at byte `at`; `end` is behind it. */
static bool date_at(struct str text, size_t at, struct date *out, size_t *end)
{
	static scan_form *const forms[] = {scan_numeric, scan_named, scan_year_last, scan_week};
	char before = at ? text.p[at - 1] : ' ';
	if (text.p[at] < 0) {
		struct scan scan = {text, at};
		bool is_found = scan_eastern(&scan, out);
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
