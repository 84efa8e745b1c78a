/* layer: base
 *
 * Civil dates of issues. No clock inside; years 1..9999 of the Gregorian calendar.
 */
#ifndef SULAN_DATE_H
#define SULAN_DATE_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/str.h>

struct date {
	short year; /* 0: no date */
	signed char month, day;
};

#define DATE_TEXT 11 /* bytes for "2026-01-22" and its NUL */

bool date_is_valid(struct date date);

/* Finds the first date in a text: 2026-01-22, 2026/1/22, 2026.01.22, 20260122, 2026年1月22日,
 * January 22, 2026, Jan 22 2026, 22 January 2026 and the same in other languages, 22.01.2026,
 * 2026년 1월 22일, 二〇二六年一月二十二日, 令和8年1月22日; a week, 2026-W04, Week 4, 2026 or
 * 2026年第4周, is its Monday. 1/2/2026 is passed over: nobody knows which it is. `at` and `len`
 * (either may be NULL) tell which bytes it is written in. Impossible dates are passed over. */
bool date_find(struct str text, struct date *out, size_t *at, size_t *len);

/* The first day without a year (January 22, 22. Januar, 1月22日: year 0) or month without a day
 * (January 2026, 2026年1月, 2026-01: day 0) of a text. The caller knows what to put there. */
bool date_find_part(struct str text, struct date *out, size_t *at, size_t *len);

/* A day told from today: today, yesterday; week, month and year, which are their first days; 7d, 2w,
 * 3m, 1y for so long ago; and 今天 昨天 前天 本周 上周 本月 上月 今年 去年 7天 2周 3个月. False for
 * other words, and where `today` is no date. */
bool date_near(struct str word, struct date today, struct date *out);

/* The Monday of a week of a year, by ISO 8601; false when the year has no such week. */
bool date_of_week(int year, int week, struct date *out);

/* <0, 0, >0; no date sorts before any date. */
int date_compare(struct date a, struct date b);

/* 0 Sunday .. 6 Saturday; 0 for no date. */
int date_weekday(struct date date);

/* Days since 1 January of the year 0 that is not; 0 for no date. And the way back: no date for what
 * is before the year 1 or behind the year 9999. */
long date_day(struct date date);
struct date date_of_day(long day);

/* ISO form; "" for no date. */
void date_text(struct date date, char out[DATE_TEXT]);

#endif
