/* Issues counted one after the other, until one has something unread. Thousands of them may have
 * been read: the library counts them some months at a time, more the further it goes. */
#include "onward.h"

#include <sulan/arena.h>
#include <sulan/census.h>

#include "shelf.h"

#define FILES_MAX 60 /* that are read at one key */
#define SPAN_DAYS 31 /* that the library counts at first */

struct counter {
	struct app *app;
	int direction;
	struct arena *arena;
	struct census census;
	struct date from, to; /* of the census */
	long n_days;          /* of the next one */
	bool has_library;
	size_t n_files;
};

static size_t count_issue(const struct app *app, const struct issue *issue)
{
	size_t n = 0;
	for (size_t i = 0; i < issue->n_stories; i++) {
		struct story_state state = triage_state(app->triage, issue->stories[i].id);
		n += !state.is_read && !state.is_dismissed;
	}
	return n;
}

/* Has the library count the days from `date` on in the direction. */
static void ask(struct counter *c, struct date date)
{
	const struct app_opts *opts = &c->app->opts;
	long day = date_day(date), other = day - c->direction * c->n_days;
	arena_reset(c->arena);
	c->census = (struct census){0};
	c->from = date_of_day(c->direction > 0 ? other : day);
	c->to = date_of_day(c->direction > 0 ? day : other);
	if (!c->from.year) /* before all days */
		c->from = (struct date){1, 1, 1};
	if (!c->to.year) /* behind all days */
		c->to = (struct date){9999, 12, 31};
	c->n_days *= 4;
	c->has_library = opts->census &&
			 opts->census(opts->self, c->arena, c->from, c->to, &c->census, NULL);
}

static bool is_counted(const struct counter *c, struct date date)
{
	return c->from.year && date_compare(c->from, date) <= 0 && date_compare(date, c->to) <= 0;
}

/* The first issue that is not before `date`. */
static size_t first_of(const struct census *census, struct date date)
{
	size_t from = 0, to = census->n;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (date_compare(census->items[middle].date, date) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* What the library knows of an issue; NULL when it does not know it. */
static const struct census_issue *known(struct counter *c, const struct shelf_entry *entry)
{
	if (!c->has_library || !entry->date.year || !entry->path)
		return NULL;
	if (!is_counted(c, entry->date))
		ask(c, entry->date);
	for (size_t i = first_of(&c->census, entry->date); i < c->census.n; i++) {
		const struct census_issue *issue = &c->census.items[i];
		if (date_compare(issue->date, entry->date) != 0)
			break;
		if (str_is(issue->path, entry->path))
			return issue;
	}
	return NULL;
}

static size_t count_file(struct counter *c, const char *path)
{
	const struct issue *issue = shelf_read(&c->app->shelf, path, NULL);
	size_t n = issue ? count_issue(c->app, issue) : 0;
	c->n_files++;
	issue_free(issue);
	return n;
}

static enum onward find(struct counter *c, struct onward_issue *out)
{
	const struct shelf *shelf = &c->app->shelf;
	size_t at = shelf->now;
	while (c->direction > 0 ? at + 1 < shelf->n : at > 0) {
		at = c->direction > 0 ? at + 1 : at - 1;
		const struct shelf_entry *entry = &shelf->entries[at];
		const struct census_issue *issue = entry->issue ? NULL : known(c, entry);
		if (!entry->issue && !issue && c->n_files == FILES_MAX)
			return ONWARD_UNKNOWN;
		*out = (struct onward_issue){at, entry->issue ? count_issue(c->app, entry->issue)
						 : issue      ? issue->n_unread
							      : count_file(c, entry->path)};
		if (out->n_unread)
			return ONWARD_FOUND;
	}
	return ONWARD_NONE;
}

enum onward onward_find(struct app *app, int direction, struct onward_issue *out)
{
	struct counter c = {.app = app,
			    .direction = direction,
			    .arena = arena_new(),
			    .n_days = SPAN_DAYS,
			    .has_library = true};
	enum onward found = find(&c, out);
	arena_free(c.arena);
	return found;
}
