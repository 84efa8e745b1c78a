/* The open issue and everything derived from it. */
#include "reading.h"

#include <sulan/arena.h>
#include <sulan/identity.h>

#include "counts.h"
#include "search.h"
#include "shelf.h"
#include "tabs.h"

const struct story *app_story(const struct app *app)
{
	const struct reading *r = &app->reading;
	if (!r->issue || r->list.n == 0)
		return NULL;
	return &r->issue->stories[r->rows[r->list.selected]];
}

struct story_state reading_state(const struct app *app, uint32_t story)
{
	return triage_state(app->triage, app->reading.issue->stories[story].id);
}

size_t reading_row(const struct reading *reading, uint32_t story)
{
	for (size_t i = 0; i < reading->list.n; i++)
		if (reading->rows[i] == story)
			return i;
	return SIZE_MAX;
}

static bool is_tagged(const struct app *app, uint32_t index, struct str tag)
{
	struct story_state state = reading_state(app, index);
	for (size_t i = 0; i < state.n_tags; i++)
		if (str_eq(state.tags[i], tag))
			return true;
	return false;
}

static bool tab_holds(const struct app *app, const struct tab *tab, uint32_t index)
{
	const struct reading *r = &app->reading;
	switch (tab->category) {
	case TAB_DISMISSED:
		return r->states[index] & STATE_DISMISSED;
	case TAB_ALL:
		return true;
	case TAB_STARRED:
		return r->states[index] & STATE_STARRED;
	case TAB_LATER:
		return r->states[index] & STATE_LATER;
	case TAB_TAG:
		return (r->states[index] & STATE_TAGGED) && is_tagged(app, index, tab->name);
	default:
		return r->issue->stories[index].category == tab->category;
	}
}

/* Dismissed stories are shown only to who asks for them. */
static bool is_let_through(const struct app *app, uint32_t index)
{
	const struct reading *r = &app->reading;
	const struct query *query = app->limit.query;
	const struct tab *tab = &r->tabs[r->tab];
	if ((r->states[index] & STATE_DISMISSED) && tab->category != TAB_DISMISSED &&
	    !(query && query_names_dismissed(query)))
		return false;
	return tab_holds(app, tab, index) &&
	       (!query || query_matches(query, r->issue, &r->issue->stories[index],
					reading_state(app, index), app->keywords));
}

/* Where the selection goes when its story is gone: the next one that is still there. */
static size_t row_from(const struct reading *r, uint32_t story)
{
	for (size_t i = 0; i < r->list.n; i++)
		if (r->rows[i] >= story)
			return i;
	return r->list.n ? r->list.n - 1 : 0;
}

static void fill_rows(struct app *app)
{
	struct reading *r = &app->reading;
	size_t n = 0;
	for (uint32_t i = 0; i < r->issue->n_stories; i++)
		if (is_let_through(app, i))
			r->rows[n++] = i;
	list_set(&r->list, n, r->list.room);
}

void reading_filter(struct app *app)
{
	struct reading *r = &app->reading;
	if (!r->issue)
		return;
	uint32_t story = r->list.n ? r->rows[r->list.selected] : 0;
	fill_rows(app);
	list_select(&r->list, row_from(r, story));
}

static uint32_t weigh(const struct app *app, const struct hits *hits)
{
	uint32_t sum = 0;
	for (size_t i = 0; i < hits->n; i++)
		sum += (uint32_t)keywords_at(app->keywords, hits->items[i].keyword)->weight;
	return sum;
}

static struct hits scan(const struct app *app, struct str text)
{
	struct hit *items = NULL;
	size_t n = keywords_scan(app->keywords, app->reading.hits_arena, text, &items);
	return (struct hits){items, n};
}

void reading_scan(struct app *app)
{
	struct reading *r = &app->reading;
	const struct issue *issue = r->issue;
	if (!issue)
		return;
	arena_reset(r->hits_arena);
	r->block_hits = arena_alloc(r->hits_arena, issue->n_blocks * sizeof(struct hits));
	r->title_hits = arena_alloc(r->hits_arena, issue->n_stories * sizeof(struct hits));
	r->story_hits = arena_alloc(r->hits_arena, issue->n_stories * sizeof(uint32_t));
	if (!app->options.highlight || keywords_count(app->keywords) == 0)
		return;
	for (size_t i = 0; i < issue->n_blocks; i++)
		r->block_hits[i] = scan(app, issue->blocks[i].text);
	for (size_t i = 0; i < issue->n_stories; i++) {
		const struct story *story = &issue->stories[i];
		r->title_hits[i] = scan(app, story->title);
		for (uint32_t b = story->block; b < story->end; b++)
			r->story_hits[i] += weigh(app, &r->block_hits[b]);
	}
}

static void make_tabs(struct app *app)
{
	struct reading *r = &app->reading;
	const struct issue *issue = r->issue;
	/* Without any category, all there is to show is all. */
	bool has_none = issue->n_categories == 1 && issue->categories[0].len == 0;
	r->n_own_tabs = r->n_tabs = has_none ? 1 : issue->n_categories + 1;
	r->cap_tabs = r->n_tabs + 8;
	r->tabs = arena_alloc(r->arena, r->cap_tabs * sizeof(*r->tabs));
	r->tabs[0] = (struct tab){.name = str_of(app_word(app, N_("All"))), .category = TAB_ALL};
	for (uint32_t i = 0; i + 1 < r->n_tabs; i++) {
		struct str name = issue->categories[i];
		if (name.len == 0)
			name = str_of(app_word(app, N_("Other")));
		r->tabs[i + 1] = (struct tab){.name = name, .category = i};
	}
	r->rows = arena_alloc(r->arena, (issue->n_stories + 1) * sizeof(*r->rows));
	r->is_chosen = arena_alloc(r->arena, issue->n_stories + 1);
	r->n_chosen = 0;
	r->states = arena_alloc(r->arena, issue->n_stories + 1);
	r->has_range = false;
}

static void show_issue(struct app *app, const struct issue *issue)
{
	struct reading *r = &app->reading;
	arena_reset(r->arena);
	r->issue = issue;
	r->tab = 0;
	r->list = (struct list){.room = r->list.room};
	app->detail.story = UINT32_MAX;
	make_tabs(app);
	reading_scan(app);
	search_set(app, str_of(app->search.text));
	counts_make(app);
	fill_rows(app);
}

bool reading_open(struct app *app, size_t index, struct error *err)
{
	const struct issue *issue = shelf_issue(&app->shelf, index, err);
	if (!issue)
		return false;
	size_t n_paired;
	struct error pair_err;
	app->shelf.now = index;
	if (!identity_pair(app->triage, issue, &n_paired, &pair_err))
		app_error(app, &pair_err);
	show_issue(app, issue);
	struct reading *r = &app->reading;
	for (size_t i = 0; i < r->list.n; i++) {
		if (!reading_state(app, r->rows[i]).is_read) {
			list_select(&r->list, i);
			break;
		}
	}
	return true;
}

void reading_renew(struct app *app, const struct issue *issue, struct str story_id)
{
	struct reading *r = &app->reading;
	size_t tab = r->tab, n_paired;
	identity_pair(app->triage, issue, &n_paired, NULL);
	show_issue(app, issue);
	if (tab < r->n_tabs) {
		r->tab = tab;
		fill_rows(app);
	}
	for (size_t i = 0; i < r->list.n; i++)
		if (str_eq(issue->stories[r->rows[i]].id, story_id))
			list_select(&r->list, i);
}

void reading_tab(struct app *app, size_t tab)
{
	struct reading *r = &app->reading;
	uint32_t story = r->list.n ? r->rows[r->list.selected] : 0;
	bool was_of_marks = r->tab >= r->n_own_tabs;
	r->tab = tab;
	r->has_range = false;
	r->list.top = 0;
	fill_rows(app);
	size_t row = reading_row(r, story);
	list_select(&r->list, row == SIZE_MAX ? 0 : row);
	if (was_of_marks) /* one that has become empty is gone with it */
		tabs_of_marks(app);
}

bool reading_select(struct app *app, uint32_t story)
{
	struct reading *r = &app->reading;
	if (reading_row(r, story) == SIZE_MAX && r->tab != 0)
		reading_tab(app, 0);
	size_t row = reading_row(r, story);
	if (row == SIZE_MAX)
		return false;
	list_select(&r->list, row);
	return true;
}

void reading_free(struct reading *reading)
{
	arena_free(reading->arena);
	arena_free(reading->hits_arena);
}
