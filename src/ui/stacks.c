/* Opening the library, keeping up with its index, and the ways between it and issues. */
#include "stacks.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdio.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/index.h>

#include "commands.h"
#include "detail.h"
#include "limit.h"
#include "reading.h"
#include "shelf.h"
#include "whole.h"

/* While it is indexed, the library is read again when it has grown by a part of this. */
#define GROWTH_PART 4
#define GROWTH_MIN  50 /* files */

static void keep(char *to, size_t size, struct str text)
{
	snprintf(to, size, "%.*s", (int)text.len, text.p ? text.p : "");
}

/* Which tab and story are on show. */
static void note_place(struct app *app)
{
	const struct reading *r = &app->reading;
	const struct story *story = app_story(app);
	keep(app->stacks.story, sizeof(app->stacks.story), story ? story->id : STR(""));
	keep(app->stacks.tab, sizeof(app->stacks.tab), r->tabs[r->tab].name);
	app->stacks.category = r->tabs[r->tab].category;
}

static size_t find_tab(const struct app *app, uint32_t category, struct str name)
{
	const struct reading *r = &app->reading;
	bool has_name = category == TAB_TAG || category == TAB_VIEW;
	for (size_t i = 0; i < r->n_tabs; i++)
		if (r->tabs[i].category == category && (!has_name || str_eq(r->tabs[i].name, name)))
			return i;
	return SIZE_MAX;
}

/* Where the story is gone, `row` is as near as it gets. */
static void go_to_place(struct app *app, size_t row)
{
	struct reading *r = &app->reading;
	struct str story = str_of(app->stacks.story);
	size_t tab = find_tab(app, app->stacks.category, str_of(app->stacks.tab));
	size_t nth = story.len ? stories_find(r->stories, story) : SIZE_MAX;
	if (tab != SIZE_MAX && tab != r->tab)
		reading_tab(app, tab);
	list_select(&r->list, nth == SIZE_MAX ? row : reading_row_from(r, (uint32_t)nth));
}

static struct stories *read_stories(struct app *app, unsigned long long *stamp, struct error *err)
{
	if (!app->opts.library) {
		error_set(err, ERROR_INPUT, N_("there is no library here"), NULL);
		return NULL;
	}
	struct index *index = app->opts.library(app->opts.self, err);
	size_t n_paired;
	if (!index)
		return NULL;
	*stamp = stories_stamp(index);
	struct stories *stories = stories_read(index, err);
	if (stories)
		stories_pair(stories, app->triage, &n_paired, NULL);
	return stories;
}

bool stacks_open(struct app *app, struct error *err)
{
	unsigned long long stamp;
	struct stories *stories = read_stories(app, &stamp, err);
	if (!stories)
		return false;
	if (stories_all(stories)->n_stories == 0) {
		stories_free(stories);
		return error_set(err, ERROR_INPUT,
				 N_("nothing has been indexed yet; sulan import FOLDER, or "
				    ":import in the reader"),
				 NULL);
	}
	reading_show_library(app, stories, stamp);
	go_to_place(app, 0);
	app->focus = FOCUS_LIST;
	app->is_zoomed = false;
	return true;
}

void stacks_leave(struct app *app)
{
	struct reading *r = &app->reading;
	if (!r->stories)
		return;
	note_place(app);
	limit_clear(&r->view);
	stories_free(r->stories);
	r->stories = NULL;
#ifdef __GLIBC__
	malloc_trim(0); /* many small pieces, which would stay with the program */
#endif
}

/* Which stories are chosen, by their ids: numbers change. */
static size_t note_chosen(const struct app *app, struct str **out)
{
	const struct reading *r = &app->reading;
	size_t n = 0;
	*out = arena_alloc(app->frame, (r->picks.n_chosen + 1) * sizeof(**out));
	for (size_t i = 0; r->picks.n_chosen && i < r->issue->n_stories; i++)
		if (r->picks.is_chosen[i])
			(*out)[n++] = str_copy(app->frame, r->issue->stories[i].id);
	return n;
}

static void choose_again(struct app *app, const struct str *ids, size_t n)
{
	struct reading *r = &app->reading;
	for (size_t i = 0; i < n; i++) {
		size_t nth = stories_find(r->stories, ids[i]);
		if (nth != SIZE_MAX)
			picks_choose(&r->picks, nth, true);
	}
}

void stacks_renew(struct app *app)
{
	struct reading *r = &app->reading;
	struct error err = {0};
	unsigned long long stamp;
	struct str *chosen;
	struct detail detail = app->detail;
	size_t row = r->list.selected, from_top = row - r->list.top;
	struct stories *stories = read_stories(app, &stamp, &err);
	if (!stories) {
		app_error(app, &err);
		return;
	}
	note_place(app);
	struct stories *old = r->stories;
	struct str shown = STR("");
	size_t n_chosen = note_chosen(app, &chosen);
	if (detail.story != UINT32_MAX)
		shown = r->issue->stories[detail.story].id;
	reading_show_library(app, stories, stamp);
	choose_again(app, chosen, n_chosen);
	go_to_place(app, row);
	r->list.top = r->list.selected > from_top ? r->list.selected - from_top : 0;
	list_select(&r->list, r->list.selected); /* no row too far down */
	/* The page stays as it is: it is of a file, which has a stamp of its own. */
	size_t nth = stories_find(stories, shown);
	app->detail.story = nth == SIZE_MAX ? UINT32_MAX : (uint32_t)nth;
	stories_free(old);
}

/* Whether there is enough that is new while the library is still being indexed; one that has just
 * been begun anew is waited for. */
static bool is_worth_it(struct app *app, struct index *index)
{
	size_t n = app->stacks.n_files, n_now = app->work.n_done;
	if (app->work.n_total == 0 || n_now == app->work.n_total) {
		app->stacks.n_files = 0;
		return index_count(index).n_stories > 0;
	}
	if (n_now < n + n / GROWTH_PART + GROWTH_MIN)
		return false;
	app->stacks.n_files = n_now;
	return true;
}

bool stacks_follow(struct app *app)
{
	const struct reading *r = &app->reading;
	if (!r->stories || app->n_views)
		return false;
	struct index *index = app->opts.library(app->opts.self, NULL);
	if (!index || stories_stamp(index) == r->stamp || !is_worth_it(app, index))
		return false;
	stacks_renew(app);
	return true;
}

const struct issue *stacks_issue(const struct app *app, uint32_t story)
{
	const struct reading *r = &app->reading;
	return r->stories ? stories_issue(r->stories, story) : r->issue;
}

bool stacks_step_issue(struct app *app, int direction)
{
	struct reading *r = &app->reading;
	if (r->list.n == 0)
		return false;
	const struct issue *now = stacks_issue(app, r->rows[r->list.selected]);
	size_t first = (size_t)(now->stories - r->issue->stories);
	size_t to = direction > 0 ? reading_row_from(r, (uint32_t)(first + now->n_stories))
				  : reading_row_from(r, (uint32_t)first);
	if (direction > 0 ? r->rows[to] < first + now->n_stories : to == 0)
		return false;
	if (direction < 0) {
		const struct issue *newer = stacks_issue(app, r->rows[to - 1]);
		to = reading_row_from(r, (uint32_t)(newer->stories - r->issue->stories));
	}
	list_select(&r->list, to);
	return true;
}

/* From a story of the library to its issue. */
static bool open_issue_of(struct app *app, struct error *err)
{
	struct reading *r = &app->reading;
	uint32_t story = r->rows[r->list.selected];
	struct str path = stories_issue(r->stories, story)->path;
	struct str id = str_copy(app->frame, r->issue->stories[story].id);
	path = app->opts.name_issue ? app->opts.name_issue(app->opts.self, app->frame, path)
				    : str_copy(app->frame, path);
	size_t entry = shelf_place(app, path);
	if (!reading_open(app, entry, err))
		return false;
	story = reading_find(app, id);
	if (story != UINT32_MAX && !reading_select(app, story) && app->limit.query) {
		limit_end(app);
		reading_select(app, story);
	}
	return true;
}

static const char *const tab_names[] = {"inbox", "starred", "dismissed", "all", NULL};

const char *const *stacks_tab_names(void)
{
	return tab_names;
}

/* By the name of a tab or of a view; else it is a filter. */
static size_t named_tab(const struct app *app, struct str name)
{
	static const uint32_t categories[] = {TAB_INBOX, TAB_STARRED, TAB_DISMISSED, TAB_ALL};
	for (size_t i = 0; tab_names[i]; i++)
		if (str_is(name, tab_names[i]))
			return find_tab(app, categories[i], STR(""));
	return find_tab(app, TAB_VIEW, str_from(name, str_starts(name, "@")));
}

static void go_to_view(struct app *app, struct str arg, struct error *err)
{
	size_t tab = named_tab(app, arg);
	limit_end(app);
	if (tab == SIZE_MAX) {
		if (!limit_set(app, &app->limit, arg, STORIES_EXACTLY, err))
			return;
		tab = find_tab(app, TAB_ALL, STR(""));
	}
	reading_tab(app, tab);
	list_select(&app->reading.list, 0);
}

unsigned go_library(struct app *app, const struct intent *intent)
{
	struct error err = {0};
	bool is_open = app->reading.stories != NULL;
	if (is_open && intent->arg.len == 0) {
		if (app_story(app))
			open_issue_of(app, &err);
	} else if (is_open || stacks_open(app, &err)) {
		if (intent->arg.len)
			go_to_view(app, intent->arg, &err);
	}
	if (err.code)
		app_error(app, &err);
	return EFFECT_REDRAW | EFFECT_RELAYOUT;
}

bool stacks_go_home(struct app *app)
{
	struct error err;
	bool is_open = app->reading.stories != NULL;
	if (is_open == app->stacks.is_home)
		return false;
	return is_open ? reading_open(app, app->shelf.now, &err) : stacks_open(app, &err);
}
