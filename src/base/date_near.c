/* Days told from today. */
#include <sulan/date.h>

#include <string.h>

enum unit { DAYS, WEEKS, MONTHS, YEARS };

/* The first day of what is meant, so many before the present one. */
static const struct {
	const char *word;
	enum unit unit;
	int n;
} words[] =
	{
		{"today", DAYS, 0},    {"今天", DAYS, 0},   {"yesterday", DAYS, 1},
		{"昨天", DAYS, 1},     {"前天", DAYS, 2},   {"week", WEEKS, 0},
		{"本周", WEEKS, 0},    {"这周", WEEKS, 0},  {"上周", WEEKS, 1},
		{"month", MONTHS, 0},  {"本月", MONTHS, 0}, {"上月", MONTHS, 1},
		{"上个月", MONTHS, 1}, {"year", YEARS, 0},  {"今年", YEARS, 0},
		{"去年", YEARS, 1},
},
  units[] = {
	  {"d", DAYS, 1},   {"天", DAYS, 1},     {"w", WEEKS, 1}, {"周", WEEKS, 1},
	  {"m", MONTHS, 1}, {"个月", MONTHS, 1}, {"y", YEARS, 1},
};

#define COUNT_MAX 9999

/* The same day of an earlier month, or the last one of that. */
static struct date months_before(struct date day, int n)
{
	int months = day.year * 12 + day.month - 1 - n;
	if (months < 12)
		return (struct date){0};
	day.year = (short)(months / 12);
	day.month = (signed char)(months % 12 + 1);
	while (!date_is_valid(day))
		day.day--;
	return day;
}

static struct date before(struct date day, enum unit unit, int n)
{
	if (unit == MONTHS || unit == YEARS)
		return months_before(day, unit == YEARS ? n * 12 : n);
	return date_of_day(date_day(day) - (unit == WEEKS ? n * 7L : n));
}

static struct date first_of(struct date day, enum unit unit)
{
	if (unit == WEEKS)
		return before(day, DAYS, (date_weekday(day) + 6) % 7);
	if (unit != DAYS)
		day.day = 1;
	if (unit == YEARS)
		day.month = 1;
	return day;
}

bool date_near(struct str word, struct date today, struct date *out)
{
	long n;
	*out = (struct date){0};
	if (!date_is_valid(today))
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_is(word, words[i].word))
			*out = first_of(before(today, words[i].unit, words[i].n), words[i].unit);
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		size_t len = strlen(units[i].word);
		if (str_ends(word, units[i].word) &&
		    str_to_int(str_sub(word, 0, word.len - len), 0, COUNT_MAX, &n))
			*out = before(today, units[i].unit, (int)n);
	}
	return date_is_valid(*out);
}
