/* What is handed on. The library knows its stories without their texts: those are read from the
 * files. */
#include "parcel.h"

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/stories.h>

#include "limit.h"
#include "reading.h"
#include "select.h"
#include "shelf.h"

static void put(struct parcel *parcel, struct app *app, const struct issue *issue,
		const struct story *story)
{
	parcel->stories = arena_more(app->frame, parcel->stories, parcel->n, &parcel->cap,
				     sizeof(*parcel->stories));
	parcel->stories[parcel->n++] = (struct out_story){issue, story};
}

/* Stories mostly come issue by issue. NULL when it cannot be read. */
static const struct issue *read_issue(struct parcel *parcel, struct app *app, struct str path)
{
	for (size_t i = parcel->n_issues; i > 0; i--)
		if (str_eq(parcel->issues[i - 1]->path, path))
			return parcel->issues[i - 1];
	const struct issue *issue = shelf_read(&app->shelf, str_dup(app->frame, path), NULL);
	if (!issue)
		return NULL;
	parcel->issues = arena_more(app->frame, parcel->issues, parcel->n_issues,
				    &parcel->cap_issues, sizeof(const struct issue *));
	parcel->issues[parcel->n_issues++] = issue;
	return issue;
}

static void put_whole(struct parcel *parcel, struct app *app, const struct stories *stories,
		      uint32_t nth)
{
	const struct issue *issue = read_issue(parcel, app, stories_issue(stories, nth)->path);
	struct str id = stories_all(stories)->stories[nth].id;
	for (size_t i = 0; issue && i < issue->n_stories; i++) {
		if (!str_eq(issue->stories[i].id, id))
			continue;
		put(parcel, app, issue, &issue->stories[i]);
		return;
	}
	parcel->n_lost++;
}

/* A story of the open issue, or of the library while that is open. */
static void put_open(struct parcel *parcel, struct app *app, uint32_t story)
{
	const struct reading *r = &app->reading;
	if (r->stories)
		put_whole(parcel, app, r->stories, story);
	else
		put(parcel, app, r->issue, &r->issue->stories[story]);
}

static void put_rows(struct parcel *parcel, struct app *app, const uint32_t *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		put_open(parcel, app, rows[i]);
}

static bool put_filtered(struct parcel *parcel, struct app *app, struct str filter,
			 struct error *err)
{
	struct limit limit = {0};
	if (!limit_set(app, &limit, filter, STORIES_EXACTLY, err))
		return false;
	for (uint32_t i = 0; i < app->reading.issue->n_stories; i++)
		if ((!reading_state(app, i).is_dismissed || limit_names_dismissed(&limit)) &&
		    limit_holds(app, &limit, i))
			put_open(parcel, app, i);
	limit_clear(&limit);
	return true;
}

/* Whether the open issue is one of the library's: then that is meant as a whole. */
static bool is_known(const struct app *app, const struct stories *stories)
{
	const struct issue *issue = app->reading.issue;
	return issue->n_stories && stories_find(stories, issue->stories[0].id) != SIZE_MAX;
}

/* False without `err` when there is no library that is meant. */
static bool put_library(struct parcel *parcel, struct app *app, struct str filter,
			struct error *err)
{
	struct index *index = app->opts.library ? app->opts.library(app->opts.self, NULL) : NULL;
	struct stories *stories = index ? stories_read(index, NULL) : NULL;
	uint32_t *rows;
	size_t n = 0;
	bool ok = stories && is_known(app, stories);
	if (ok) {
		const struct query *query = limit_parse(app, app->frame, filter, err);
		ok = query && stories_filter(stories, index, app->frame, query, app->triage,
					     app->keywords, &rows, &n, err);
	}
	for (size_t i = 0; ok && i < n; i++)
		put_whole(parcel, app, stories, rows[i]);
	stories_free(stories);
	return ok;
}

static bool put_asked(struct parcel *parcel, struct app *app, struct str filter, struct error *err)
{
	const struct reading *r = &app->reading;
	uint32_t *rows;
	size_t n = 0;
	if (filter.len && !r->stories && put_library(parcel, app, filter, err))
		return true;
	if (err->code)
		return false;
	if (filter.len)
		return put_filtered(parcel, app, filter, err);
	if (!select_is_any(app) && !app->limit.query)
		return put_filtered(parcel, app, STR("star"), err);
	if (select_is_any(app))
		n = select_targets(app, 0, &rows);
	put_rows(parcel, app, n ? rows : r->rows, n ? n : r->list.n);
	return true;
}

bool parcel_fill(struct parcel *parcel, struct app *app, struct str filter, struct error *err)
{
	if (!put_asked(parcel, app, filter, err))
		return false;
	if (parcel->n)
		return true;
	bool is_asked = filter.len || app->limit.query;
	return error_set(err, ERROR_USAGE,
			 parcel->n_lost ? N_("the story is no longer in its issue")
			 : is_asked     ? N_("no story is let through by the filter")
					: N_("nothing is starred here; x selects, & limits"),
			 NULL);
}

bool parcel_fill_targets(struct parcel *parcel, struct app *app, unsigned count)
{
	uint32_t *rows;
	size_t n = select_targets(app, count, &rows);
	put_rows(parcel, app, rows, n);
	return parcel->n > 0;
}

static struct story_state state_of(const void *app, struct str id)
{
	return triage_state(((const struct app *)app)->triage, id);
}

struct str parcel_text(const struct parcel *parcel, struct app *app, enum out_list_format format,
		       bool is_whole)
{
	const struct out_opts opts = {
		.has_state = true, .is_whole = is_whole, .state = state_of, .state_self = app};
	return out_list(format, app->frame, parcel->stories, parcel->n, &opts);
}

void parcel_free(struct parcel *parcel)
{
	for (size_t i = 0; i < parcel->n_issues; i++)
		issue_free(parcel->issues[i]);
	*parcel = (struct parcel){0};
}
