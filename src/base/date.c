/* Finding dates in headings and file names, and little arithmetic on them. */
#include <sulan/date.h>

#include <stdio.h>
#include <string.h>

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

bool date_is_valid(struct date date)
{
	static const signed char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (date.year < 1 || date.year > 9999 || date.month < 1 || date.month > 12 || date.day < 1)
		return false;
	return date.day <= days[date.month - 1] + (date.month == 2 && is_leap(date.year));
}

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

static bool scan_month_name(struct scan *scan, int *out)
{
	static const char *const names[] = {"january",   "february", "march",    "april",
					    "may",       "june",     "july",     "august",
					    "september", "october",  "november", "december"};
	struct str rest = str_from(scan->text, scan->at);
	size_t len = 0;
	while (len < rest.len && ((rest.p[len] | 32) >= 'a' && (rest.p[len] | 32) <= 'z'))
		len++;
	if (len < 3)
		return false;
	for (int m = 0; m < 12; m++) {
		size_t whole = strlen(names[m]);
		if (len > whole || (len != 3 && len != whole && !(m == 8 && len == 4)))
			continue;
		if (!str_same_ascii(str_sub(rest, 0, len), str_sub(str_of(names[m]), 0, len)))
			continue;
		scan->at += len;
		scan_literal(scan, ".");
		*out = m + 1;
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
		{"-", "-", ""}, {"/", "/", ""},     {".", ".", ""},
		{"_", "_", ""}, {"年", "月", "日"}, {" 年 ", " 月 ", " 日"},
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

/* January 22, 2026 and 22 January 2026. */
static bool scan_named(struct scan *scan, struct date *out)
{
	const size_t start = scan->at;
	int year, month, day;
	if (scan_month_name(scan, &month)) {
		scan_spaces(scan);
		if (!scan_number(scan, 1, 2, &day))
			return false;
		for (const char *const *s = (const char *const[]){"st", "nd", "rd", "th", NULL}; *s;
		     s++)
			if (scan_literal(scan, *s))
				break;
		scan_literal(scan, ",");
		scan_spaces(scan);
		return scan_number(scan, 4, 4, &year) && take(year, month, day, out);
	}
	scan->at = start;
	if (!scan_number(scan, 1, 2, &day) || !scan_literal(scan, " "))
		return false;
	return scan_month_name(scan, &month) && scan_literal(scan, " ") &&
	       scan_number(scan, 4, 4, &year) && take(year, month, day, out);
}

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

bool date_find(struct str text, struct date *out, size_t *at, size_t *len)
{
	for (size_t i = 0; i < text.len; i++) {
		if (!is_alnum(text.p[i]) || (i > 0 && text.p[i - 1] >= '0' && text.p[i - 1] <= '9'))
			continue;
		struct scan scan = {text, i};
		struct date date;
		bool found = scan_numeric(&scan, &date);
		if (!found && (i == 0 || !is_alnum(text.p[i - 1]))) {
			scan.at = i;
			found = scan_named(&scan, &date);
		}
		if (!found)
			continue;
		*out = date;
		if (at)
			*at = i;
		if (len)
			*len = scan.at - i;
		return true;
	}
	return false;
}

int date_compare(struct date a, struct date b)
{
	int order = a.year - b.year;
	order = order ? order : a.month - b.month;
	return order ? order : a.day - b.day;
}

int date_weekday(struct date date)
{
	/* Sakamoto's method */
	static const int shift[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
	int year = date.year - (date.month < 3);
	return (year + year / 4 - year / 100 + year / 400 + shift[date.month - 1] + date.day) % 7;
}

void date_text(struct date date, char out[DATE_TEXT])
{
	out[0] = '\0';
	if (date_is_valid(date))
		snprintf(out, DATE_TEXT, "%04u-%02u-%02u", (unsigned)date.year % 10000,
			 (unsigned)date.month % 100, (unsigned)date.day % 100);
}

/* Years begin in March here, so that the odd day comes last. */
long date_day(struct date date)
{
	if (!date.year)
		return 0;
	long year = date.year - (date.month <= 2), month = (date.month + 9) % 12;
	return year * 365 + year / 4 - year / 100 + year / 400 + (month * 306 + 5) / 10 +
	       date.day - 1 + 60;
}

struct date date_of_day(long day)
{
	if (day <= 60)
		return (struct date){0};
	long n = day - 60, era = n / 146097, of_era = n % 146097;
	long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	long of_year = of_era - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
	struct date date = {.day = (signed char)(of_year - (153 * month + 2) / 5 + 1),
			    .month = (signed char)(month < 10 ? month + 3 : month - 9)};
	date.year = (short)(year + era * 400 + (date.month <= 2));
	return date;
}
