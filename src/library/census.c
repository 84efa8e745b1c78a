/* Issues counted by what is known of their stories. */
#include <sulan/census.h>

#include <sulan/arena.h>
#include <sulan/triage.h>

#include "index.h"

static bool take_span(struct index *index, struct census *out, struct error *err)
{
	sqlite3_stmt *s =
		index_prepare(index, "SELECT min(day), max(day) FROM issue WHERE day > 0", err);
	bool ok = s && index_ok(index, sqlite3_step(s), err);
	if (ok) {
		out->first = date_of_day((long)sqlite3_column_int64(s, 0));
		out->last = date_of_day((long)sqlite3_column_int64(s, 1));
	}
	sqlite3_finalize(s);
	return ok;
}

static void count_story(struct census_issue *issue, struct story_state state)
{
	if (state.is_dismissed)
		return;
	issue->n_stories++;
	issue->n_unread += !state.is_read;
	issue->n_starred += state.is_starred;
}

bool census_take(struct index *index, struct triage *triage, struct arena *arena, struct date from,
		 struct date to, struct census *out, struct error *err)
{
	size_t cap = 0;
	long long issue = 0;
	int result;
	*out = (struct census){0};
	if (!take_span(index, out, err))
		return false;
	sqlite3_stmt *s = index_prepare(
		index,
		"SELECT issue.id, path, publication, issue.title, day, key FROM issue"
		" LEFT JOIN story ON story.issue = issue.id WHERE day BETWEEN ?1 AND ?2"
		" AND day > 0 ORDER BY day, path, issue.id",
		err);
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, date_day(from));
	sqlite3_bind_int64(s, 2, date_day(to));
	while ((result = sqlite3_step(s)) == SQLITE_ROW) {
		if (!out->n || sqlite3_column_int64(s, 0) != issue) {
			issue = sqlite3_column_int64(s, 0);
			out->items =
				arena_more(arena, out->items, out->n, &cap, sizeof(*out->items));
			out->items[out->n++] = (struct census_issue){
				.path = str_copy(arena, index_text(s, 1)),
				.publication = str_copy(arena, index_text(s, 2)),
				.title = str_copy(arena, index_text(s, 3)),
				.date = date_of_day((long)sqlite3_column_int64(s, 4))};
		}
		if (sqlite3_column_type(s, 5) != SQLITE_NULL)
			count_story(&out->items[out->n - 1],
				    triage_state(triage, index_text(s, 5)));
	}
	sqlite3_finalize(s);
	return index_ok(index, result, err);
}
