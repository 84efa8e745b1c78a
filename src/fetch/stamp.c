/* Times of feeds: "2026-01-22T09:30:00+08:00" and "Thu, 22 Jan 2026 09:30:00 +0800". The day is the
 * one of the place where it was written: that is the day its readers know it by. */
#include <string.h>

#include "fetch.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "HH:MM" and perhaps ":SS" somewhere in the text. */
static int find_seconds(struct str text)
{
	for (size_t i = 2; i + 2 < text.len; i++) {
		const char *p = text.p + i;
		if (*p != ':' || !is_digit(p[-1]) || !is_digit(p[-2]) || !is_digit(p[1]) ||
		    !is_digit(p[2]))
			continue;
		int hours = (p[-2] - '0') * 10 + p[-1] - '0',
		    minutes = (p[1] - '0') * 10 + p[2] - '0';
		int seconds = 0;
		if (i + 5 < text.len && p[3] == ':' && is_digit(p[4]) && is_digit(p[5]))
			seconds = (p[4] - '0') * 10 + p[5] - '0';
		if (hours < 24 && minutes < 60 && seconds < 61)
			return hours * 3600 + minutes * 60 + seconds;
	}
	return 0;
}

bool stamp_read(struct str text, struct date *day, int *seconds)
{
	text = str_sub(str_trim(text), 0, 64);
	*seconds = 0;
	if (!date_find(text, day, NULL, NULL))
		return false;
	*seconds = find_seconds(text);
	return true;
}
