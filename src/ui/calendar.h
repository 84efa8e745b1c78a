/* The issues of a month: those of the library and those of this run, each day's together. */
#ifndef CALENDAR_H
#define CALENDAR_H

#include "root.h"
#include "view.h"

struct month_issue {
	struct str path; /* empty for one that came through a pipe: then it is `entry` */
	size_t entry;    /* on the shelf; SIZE_MAX: not there */
	struct str name;
	struct date date;
	bool is_counted; /* how many stories it has is known */
	bool is_bad;     /* it could not be read */
	size_t n_stories, n_unread, n_starred;
};

struct month {
	short year;
	signed char month;
	int n_days;
	struct month_issue *items; /* by day, then as the shelf has them, then by path */
	size_t n;
	struct date first, last; /* of all issues there are; none when there is none */
};

/* What there is, in the arena. Without a library only issues that have been read are counted. */
void month_take(struct app *app, struct arena *arena, short year, signed char month,
		struct month *out);

/* Reads and counts one of the issues that are not counted; false when there is none. The arena is
 * the month's. */
bool month_count(struct app *app, struct arena *arena, struct month *month);

/* The issues of a day of the month: the first, and how many. */
size_t month_day(const struct month *month, int day, const struct month_issue **first);

/* Them added up: of the whole month for day 0. */
struct tally {
	size_t n_issues, n_stories, n_unread, n_starred;
	bool is_whole; /* all of them are counted */
};
struct tally month_tally(const struct month *month, int day);

#define CALENDAR_DAYS 7 /* of a week */

struct calendar {
	struct view view;
	struct arena *arena; /* of the month */
	struct month month;
	struct date day;   /* the selected one */
	struct date today; /* none where nobody knows */
	bool is_choosing;  /* among several issues of that day */
	struct list list;
};

/* calendar_draw.c: the view's picture, and what of it is at a place of the screen: a day of the
 * month, or the number of an issue to choose, from 1; 0 for nothing. */
void calendar_draw(const struct app *app, const struct view *view);
int calendar_at(const struct app *app, const struct calendar *calendar, int row, int col);

#endif
