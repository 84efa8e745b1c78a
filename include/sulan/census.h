/* layer: library
 *
 * The issues of a span of days as the index knows them, and what the reader has made of their
 * stories: what a calendar shows. Dismissed stories do not count.
 */
#ifndef SULAN_CENSUS_H
#define SULAN_CENSUS_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/date.h>
#include <sulan/str.h>

struct arena;
struct error;
struct index;
struct triage;

struct census_issue {
	struct str path, publication, title;
	struct date date;
	size_t n_stories, n_unread, n_starred;
};

struct census {
	struct census_issue *items; /* by day, then path */
	size_t n;
	struct date first, last; /* of all issues that have a day; none when there is no such */
};

/* The issues of the days from..to, in the arena. False with `err` when the index cannot be read. */
bool census_take(struct index *index, struct triage *triage, struct arena *arena, struct date from,
		 struct date to, struct census *out, struct error *err);

#endif
