/* A text while a date is looked for in it, shared by date_find.c and date_part.c. */
#ifndef DATE_SCAN_H
#define DATE_SCAN_H

#include <stdbool.h>

#include <sulan/date.h>

struct scan {
	struct str text;
	size_t at;
};

/* A run of min..max digits; false when there are fewer or more. */
bool scan_number(struct scan *scan, size_t min, size_t max, int *out);
bool scan_literal(struct scan *scan, const char *literal);
/* One of several, up to NULL. */
bool scan_one_of(struct scan *scan, const char *const *literals);
void scan_spaces(struct scan *scan);
/* A word of a table that ends in NULL, whatever its case. */
bool scan_word(struct scan *scan, const char *const *words);
/* A month by its name in one of the languages of digests, or the usual short form of it. */
bool scan_month_name(struct scan *scan, int *out);
/* A day of a month with what may stand behind its number: 22, 22nd, 22., 1er. */
bool scan_day(struct scan *scan, int *out);

static inline bool scan_is_letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static inline bool scan_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

#endif
