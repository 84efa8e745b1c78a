/* The open issue and everything derived from it. */
#include "reading.h"

#include <sulan/arena.h>
#include <sulan/identity.h>

#include "counts.h"
#include "detail.h"
#include "limit.h"
#include "search.h"
#include "shelf.h"
#include "stacks.h"
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

/* Rows ascend as the stories do. */
size_t reading_row_from(const struct reading *reading, uint32_t story)
{
	size_t lo = 0, hi = reading->list.n;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (reading->rows[mid] < story)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < reading->list.n || lo == 0 ? lo : lo - 1;
}

/* The row of a story, or SIZE_MAX. */
static size_t row_of(const struct reading *reading, uint32_t story)
{
	size_t row = reading_row_from(reading, story);
	return row < reading->list.n && reading->rows[row] == story ? row : SIZE_MAX;
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
	case TAB_INBOX:
		return !(r->states[index] & STATE_READ);
	case TAB_VIEW:
		return limit_holds(app, &r->view, index);
	case TAB_TAG:
		return (r->states[index] & STATE_TAGGED) && is_tagged(app, index, tab->name);
	default:
		return r->issue->stories[index].category == tab->category;
	}
}

/* Dismissed stories are shown only to who asks for them. */
static bool shows_dismissed(const struct app *app)
{
	const struct reading *r = &app->reading;
	return r->tabs[r->tab].category == TAB_DISMISSED || limit_names_dismissed(&app->limit) ||
	       limit_names_dismissed(&r->view);
}

static bool is_let_through(const struct app *app, uint32_t index)
{
	const struct reading *r = &app->reading;
	bool is_hidden = (r->states[index] & STATE_DISMISSED) && !shows_dismissed(app);
	return !is_hidden && tab_holds(app, &r->tabs[r->tab], index) &&
	       limit_holds(app, &app->limit, index);
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

void reading_stay(struct app *app)
{
	struct reading *r = &app->reading;
	if (r->list.n)
		r->stay = r->rows[r->list.selected];
}

void reading_filter_around(struct app *app)
{
	struct reading *r = &app->reading;
	if (!r->issue)
		return;
	fill_rows(app);
	list_select(&r->list, reading_row_from(r, r->stay));
}

void reading_filter(struct app *app)
{
	reading_stay(app);
	reading_filter_around(app);
}

void reading_narrow(struct app *app)
{
	struct reading *r = &app->reading;
	size_t n = 0;
	if (r->list.n == 0 || shows_dismissed(app))
		return;
	uint32_t story = r->rows[r->list.selected];
	for (size_t i = 0; i < r->list.n; i++)
		if (!(r->states[r->rows[i]] & STATE_DISMISSED))
			r->rows[n++] = r->rows[i];
	list_set(&r->list, n, r->list.room);
	list_select(&r->list, reading_row_from(r, story));
}

void reading_mend_row(struct app *app, uint32_t story)
{
	struct reading *r = &app->reading;
	size_t at;
	reading_narrow(app);
	if (row_of(r, story) != SIZE_MAX || !is_let_through(app, story))
		return;
	for (at = r->list.n; at > 0 && r->rows[at - 1] > story; at--)
		r->rows[at] = r->rows[at - 1];
	r->rows[at] = story;
	list_set(&r->list, r->list.n + 1, r->list.room);
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

/* A title of the library, where only those that are to be seen are scanned. */
static struct hits scan_title(const struct app *app, struct arena *arena, uint32_t story)
{
	struct hit *items = NULL;
	struct str title = app->reading.issue->stories[story].title;
	if (!app->options.highlight)
		return (struct hits){0};
	size_t n = keywords_scan(app->keywords, arena, title, &items);
	return (struct hits){items, n};
}

uint32_t reading_hits(const struct app *app, uint32_t story)
{
	const struct reading *r = &app->reading;
	if (!r->stories)
		return r->story_hits[story];
	struct hits hits = scan_title(app, r->scratch, story);
	uint32_t sum = weigh(app, &hits);
	arena_reset(r->scratch);
	return sum;
}

struct hits reading_title_hits(const struct app *app, uint32_t story)
{
	const struct reading *r = &app->reading;
	return r->stories ? scan_title(app, app->frame, story) : r->title_hits[story];
}

static void scan_issue(struct app *app)
{
	struct reading *r = &app->reading;
	const struct issue *issue = r->issue;
	if (!issue)
		return;
	arena_reset(r->hits_arena);
	r->block_hits = arena_alloc(r->hits_arena, issue->n_blocks * sizeof(struct hits));
	r->title_hits = arena_alloc(r->hits_arena, issue->n_stories * sizeof(struct hits));
	r->story_hits = arena_alloc(r->hits_arena, issue->n_stories * sizeof(uint32_t));
	if (r->stories || !app->options.highlight || keywords_count(app->keywords) == 0)
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

void reading_scan(struct app *app)
{
	scan_issue(app);
	detail_scan(app);
}

static void make_tabs(struct app *app)
{
	struct reading *r = &app->reading;
	const struct issue *issue = r->issue;
	/* Without any category, all there is to show is all. */
	bool has_none = r->stories || (issue->n_categories == 1 && issue->categories[0].len == 0);
	r->n_own_tabs = r->n_tabs = has_none ? 1 : issue->n_categories + 1;
	r->cap_tabs = r->n_tabs + 8;
	r->tabs = arena_alloc(r->arena, r->cap_tabs * sizeof(*r->tabs));
	r->tabs[0] = (struct tab){.category = r->stories ? TAB_INBOX : TAB_ALL};
	for (uint32_t i = 0; i + 1 < r->n_tabs; i++)
		r->tabs[i + 1] = (struct tab){.name = issue->categories[i], .category = i};
	tabs_name(app);
	r->rows = arena_alloc(r->arena, (issue->n_stories + 1) * sizeof(*r->rows));
	r->picks = picks_new(r->arena, issue->n_stories);
	r->states = arena_alloc(r->arena, issue->n_stories + 1);
}

static void show_issue(struct app *app, const struct issue *issue)
{
	struct reading *r = &app->reading;
	arena_reset(r->arena);
	r->issue = issue;
	r->tab = 0;
	r->list = (struct list){.room = r->list.room};
	r->stay = 0;
	app->detail.story = app->detail.entered = UINT32_MAX;
	make_tabs(app);
	reading_scan(app);
	search_set(app, str_of(app->search.text), STORIES_EXACTLY);
	counts_make(app);
	fill_rows(app);
}

static bool are_mixed(const struct stories *stories)
{
	const struct issue *issues;
	size_t n = stories_issues(stories, &issues), i = 1;
	while (i < n && str_eq(issue_series(&issues[i]), issue_series(issues)))
		i++;
	return i < n;
}

void reading_show_library(struct app *app, struct stories *stories, unsigned long long stamp)
{
	struct reading *r = &app->reading;
	r->stories = stories;
	r->stamp = stamp;
	r->is_mixed = are_mixed(stories);
	limit_clear(&r->view);
	limit_renew(app, &app->limit);
	show_issue(app, stories_all(stories));
}

bool reading_open(struct app *app, size_t index, struct error *err)
{
	const struct issue *issue = shelf_issue(&app->shelf, index, err);
	if (!issue)
		return false;
	size_t n_paired;
	struct error pair_err;
	app_leave_story(app);
	stacks_leave(app);
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

/* The filter of a tab that is a saved view. */
static void take_view(struct app *app, const struct tab *tab)
{
	struct error err = {0};
	limit_clear(&app->reading.view);
	if (tab->category != TAB_VIEW)
		return;
	const char *filter = arena_printf(app->frame, "@%.*s", (int)tab->name.len, tab->name.p);
	if (!limit_set(app, &app->reading.view, str_of(filter), STORIES_EXACTLY, &err))
		app_error(app, &err);
}

/* The tab that has all stories. */
static size_t whole_tab(const struct reading *r)
{
	size_t tab = 0;
	for (size_t i = 0; i < r->n_tabs; i++)
		if (r->tabs[i].category == TAB_ALL)
			tab = i;
	return tab;
}

void reading_tab(struct app *app, size_t tab)
{
	struct reading *r = &app->reading;
	uint32_t story = r->list.n ? r->rows[r->list.selected] : 0;
	bool was_of_marks = r->tab >= r->n_own_tabs;
	take_view(app, &r->tabs[tab]);
	r->tab = tab;
	r->picks.has_range = false;
	r->list.top = 0;
	fill_rows(app);
	size_t row = row_of(r, story);
	list_select(&r->list, row == SIZE_MAX ? 0 : row);
	if (was_of_marks) /* one that has become empty is gone with it */
		tabs_of_marks(app);
}

uint32_t reading_find(const struct app *app, struct str id)
{
	const struct reading *r = &app->reading;
	if (r->stories) {
		size_t nth = stories_find(r->stories, id);
		return nth == SIZE_MAX ? UINT32_MAX : (uint32_t)nth;
	}
	for (uint32_t i = 0; i < r->issue->n_stories; i++)
		if (str_eq(r->issue->stories[i].id, id))
			return i;
	return UINT32_MAX;
}

bool reading_select(struct app *app, uint32_t story)
{
	struct reading *r = &app->reading;
	if (row_of(r, story) == SIZE_MAX && r->tab != whole_tab(r))
		reading_tab(app, whole_tab(r));
	size_t row = row_of(r, story);
	if (row == SIZE_MAX)
		return false;
	list_select(&r->list, row);
	return true;
}

void reading_free(struct reading *reading)
{
	arena_free(reading->arena);
	arena_free(reading->hits_arena);
	arena_free(reading->scratch);
	limit_clear(&reading->view);
	stories_free(reading->stories);
}
