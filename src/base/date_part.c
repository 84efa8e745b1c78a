/* Dates that leave out the year, or the day. */
#include "date_scan.h"

/* A year as digests have them: other numbers of four digits are none. */
static bool scan_year(struct scan *scan, int *out)
{
	return scan_number(scan, 4, 4, out) && *out >= 1970 && *out < 2100;
}

/* 1月22日, 1월 22일. */
static bool scan_eastern_day(struct scan *scan, int *month, int *day)
{
	static const char *const months[] = {"月", " 月 ", "월 ", "월", NULL};
	static const char *const days[] = {"日", " 日", "号", "일", NULL};
	return scan_number(scan, 1, 2, month) && scan_one_of(scan, months) &&
	       scan_number(scan, 1, 2, day) && scan_one_of(scan, days);
}

/* January 22nd, 22 January, 22. Januar, 22 de enero. */
static bool scan_named_day(struct scan *scan, int *month, int *day)
{
	static const char *const joints[] = {" de ", " of ", " ", "-", NULL};
	const size_t start = scan->at;
	if (scan_month_name(scan, month) && scan_one_of(scan, joints) && scan_day(scan, day))
		return true;
	scan->at = start;
	return scan_day(scan, day) && scan_one_of(scan, joints) && scan_month_name(scan, month);
}

/* January 2026, enero de 2026, 2026年1月, 2026년 1월, 2026-01. */
static bool scan_month(struct scan *scan, int *year, int *month)
{
	static const char *const joints[] = {", ", " de ", " ", "-", NULL};
	static const char *const eastern[] = {"年", "년 ", " 年 ", NULL};
	static const char *const months[] = {"月", "월", " 月", NULL};
	static const char *const signs[] = {"-", "/", "_", NULL};
	const size_t start = scan->at;
	if (scan_month_name(scan, month))
		return scan_one_of(scan, joints) && scan_year(scan, year);
	scan->at = start;
	if (!scan_year(scan, year))
		return false;
	if (scan_one_of(scan, eastern))
		return scan_number(scan, 1, 2, month) && scan_one_of(scan, months);
	return scan_one_of(scan, signs) && scan_number(scan, 2, 2, month);
}

/* One of the forms begins here; what it leaves out is 0. */
static bool scan_part(struct scan *scan, struct date *out)
{
	const size_t start = scan->at;
	int year = 0, month, day = 0;
	bool is_found = scan_month(scan, &year, &month);
	if (!is_found) {
		scan->at = start;
		year = 0;
		is_found = scan_eastern_day(scan, &month, &day);
	}
	if (!is_found) {
		scan->at = start;
		is_found = scan_named_day(scan, &month, &day);
	}
	*out = (struct date){(short)year, (signed char)month, (signed char)day};
	/* 29 February is a day of some years. */
	struct date some = {out->year ? out->year : 2000, out->month, out->day ? out->day : 1};
	return is_found && month <= 12 && date_is_valid(some);
}

bool date_find_part(struct str text, struct date *out, size_t *at, size_t *len)
{
	for (size_t i = 0; i < text.len; i++) {
		struct scan scan = {text, i};
		char before = i ? text.p[i - 1] : ' ';
		bool is_word = scan_is_letter(text.p[i]) || text.p[i] < 0;
		bool is_inside = is_word ? scan_is_letter(before) || before < 0
					 : scan_is_digit(before) || before == '.';
		if (is_inside || (!is_word && !scan_is_digit(text.p[i])) || !scan_part(&scan, out))
			continue;
		/* "May 2000 things", "3 mayores": more of the same follows. */
		char behind = scan.at < text.len ? text.p[scan.at] : ' ';
		if (scan_is_digit(behind) || scan_is_letter(behind))
			continue;
		*at = i;
		*len = scan.at - i;
		return true;
	}
	return false;
}
