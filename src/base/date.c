/* A little arithmetic on dates. */
#include <sulan/date.h>

#include <stdio.h>

static bool is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int days_in(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	return days[month - 1] + (month == 2 && is_leap(year));
}

bool date_is_valid(struct date date)
{
	return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 &&
	       date.day >= 1 && date.day <= days_in(date.year, date.month);
}

int date_compare(struct date a, struct date b)
{
	int order = a.year - b.year;
	order = order ? order : a.month - b.month;
	return order ? order : a.day - b.day;
}

int date_weekday(struct date date)
{
	if (!date_is_valid(date))
		return 0;
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

#define DAY_FIRST 366L     /* 0001-01-01 */
#define DAY_LAST  3652424L /* 9999-12-31 */

/* Years begin in March here, so that the odd day comes last. */
long date_day(struct date date)
{
	if (!date.year)
		return 0;
	long year = date.year - (date.month <= 2), month = (date.month + 9) % 12;
	return year * 365 + year / 4 - year / 100 + year / 400 + (month * 306 + 5) / 10 + date.day -
	       1 + 60;
}

struct date date_of_day(long day)
{
	if (day < DAY_FIRST || day > DAY_LAST)
		return (struct date){0};
	long n = day - 60, era = n / 146097, of_era = n % 146097;
	long year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	long of_year = of_era - (365 * year + year / 4 - year / 100),
	     month = (5 * of_year + 2) / 153;
	struct date date = {.day = (signed char)(of_year - (153 * month + 2) / 5 + 1),
			    .month = (signed char)(month < 10 ? month + 3 : month - 9)};
	date.year = (short)(year + era * 400 + (date.month <= 2));
	return date;
}

bool date_of_week(int year, int week, struct date *out)
{
	struct date fourth = {(short)year, 1, 4};
	if (year < 1 || year >= 9999 || week < 1 || week > 53)
		return false;
	/* The first week is that of 4 January; its Monday may be in December. */
	int month = 1, day = 4 - (date_weekday(fourth) + 6) % 7 + (week - 1) * 7;
	if (day < 1) {
		*out = (struct date){(short)(year - 1), 12, (signed char)(31 + day)};
		return date_is_valid(*out);
	}
	while (month < 12 && day > days_in(year, month))
		day -= days_in(year, month++);
	/* The week that 29 December begins is the first one of the next year. */
	if (month == 12 && day > 28)
		return false;
	*out = (struct date){(short)year, (signed char)month, (signed char)day};
	return date_is_valid(*out);
}
