/* A month's issues out of the library's census and the shelf. */
#include "calendar.h"

#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/census.h>

#include "shelf.h"

static struct date first_of(short year, signed char month)
{
	return (struct date){year, month, 1};
}

static int days_of(short year, signed char month)
{
	struct date next = month == 12 ? first_of((short)(year + 1), 1)
				       : first_of(year, (signed char)(month + 1));
	return (int)(date_day(next) - date_day(first_of(year, month)));
}

static void widen(struct month *month, struct date date)
{
	if (!date.year)
		return;
	if (!month->first.year || date_compare(date, month->first) < 0)
		month->first = date;
	if (date_compare(date, month->last) > 0)
		month->last = date;
}

/* An issue that has been read is counted as it is now. */
static void count_read(const struct app *app, struct arena *arena, const struct issue *issue,
		       struct month_issue *item)
{
	struct str name = issue->publication.len ? issue->publication : issue->title;
	if (name.len)
		item->name = str_copy(arena, name);
	item->is_counted = true;
	item->n_stories = item->n_unread = item->n_starred = 0;
	for (size_t i = 0; i < issue->n_stories; i++) {
		struct story_state state = triage_state(app->triage, issue->stories[i].id);
		if (state.is_dismissed)
			continue;
		item->n_stories++;
		item->n_unread += !state.is_read;
		item->n_starred += state.is_starred;
	}
}

static struct str file_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return str_of(slash ? slash + 1 : path);
}

static struct month_issue *find_path(struct month *month, struct str path)
{
	for (size_t i = 0; path.len && i < month->n; i++)
		if (str_eq(month->items[i].path, path))
			return &month->items[i];
	return NULL;
}

static struct month_issue *add(struct arena *arena, struct month *month, size_t *cap)
{
	month->items = arena_more(arena, month->items, month->n, cap, sizeof(*month->items));
	struct month_issue *item = &month->items[month->n++];
	*item = (struct month_issue){.entry = SIZE_MAX};
	return item;
}

static void add_library(struct app *app, struct arena *arena, struct month *month, size_t *cap)
{
	struct census census = {0};
	struct error err = {0};
	struct date from = first_of(month->year, month->month), to = from;
	to.day = (signed char)month->n_days;
	if (!app->opts.census)
		return;
	if (!app->opts.census(app->opts.self, arena, from, to, &census, &err)) {
		if (err.code)
			app_error(app, &err);
		return;
	}
	widen(month, census.first);
	widen(month, census.last);
	for (size_t i = 0; i < census.n; i++) {
		const struct census_issue *known = &census.items[i];
		struct month_issue *item = add(arena, month, cap);
		item->path = known->path;
		item->name = known->publication.len ? known->publication : known->title;
		item->date = known->date;
		item->is_counted = true;
		item->n_stories = known->n_stories;
		item->n_unread = known->n_unread;
		item->n_starred = known->n_starred;
	}
}

static void add_shelf(struct app *app, struct arena *arena, struct month *month, size_t *cap)
{
	for (size_t i = 0; i < app->shelf.n; i++) {
		const struct shelf_entry *entry = &app->shelf.entries[i];
		struct date date =
			entry->date.year || !entry->issue ? entry->date : entry->issue->date;
		widen(month, date);
		if (date.year != month->year || date.month != month->month)
			continue;
		struct month_issue *item = find_path(month, str_of(entry->path));
		if (!item) {
			item = add(arena, month, cap);
			item->path = str_of(entry->path);
			item->date = date;
		}
		item->entry = i;
		if (entry->issue)
			count_read(app, arena, entry->issue, item);
		if (item->name.len == 0 && entry->path)
			item->name = file_name(entry->path);
	}
}

static int by_day(const void *a, const void *b)
{
	const struct month_issue *x = a, *y = b;
	int order = date_compare(x->date, y->date);
	if (order == 0 && x->entry != y->entry)
		order = x->entry < y->entry ? -1 : 1;
	return order ? order : str_compare(x->path, y->path);
}

void month_take(struct app *app, struct arena *arena, short year, signed char month,
		struct month *out)
{
	size_t cap = 0;
	*out = (struct month){.year = year, .month = month, .n_days = days_of(year, month)};
	add_library(app, arena, out, &cap);
	add_shelf(app, arena, out, &cap);
	if (out->n)
		qsort(out->items, out->n, sizeof(*out->items), by_day);
}

bool month_count(struct app *app, struct arena *arena, struct month *month)
{
	for (size_t i = 0; i < month->n; i++) {
		struct month_issue *item = &month->items[i];
		if (item->is_counted || item->is_bad || item->entry == SIZE_MAX)
			continue;
		const struct issue *issue = shelf_read(&app->shelf, item->path.p, NULL);
		if (issue)
			count_read(app, arena, issue, item);
		item->is_bad = !issue;
		issue_free(issue);
		return true;
	}
	return false;
}

size_t month_day(const struct month *month, int day, const struct month_issue **first)
{
	size_t n = 0;
	*first = NULL;
	for (size_t i = 0; i < month->n; i++) {
		if (month->items[i].date.day != day)
			continue;
		*first = n++ ? *first : &month->items[i];
	}
	return n;
}

struct tally month_tally(const struct month *month, int day)
{
	struct tally tally = {.is_whole = true};
	for (size_t i = 0; i < month->n; i++) {
		const struct month_issue *item = &month->items[i];
		if (day && item->date.day != day)
			continue;
		tally.n_issues++;
		tally.n_stories += item->n_stories;
		tally.n_unread += item->n_unread;
		tally.n_starred += item->n_starred;
		tally.is_whole &= item->is_counted;
	}
	return tally;
}
