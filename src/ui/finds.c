/* Searching, limiting, and the watchlist. */
#include <string.h>

#include <sulan/arena.h>
#include <sulan/error.h>

#include "commands.h"
#include "counts.h"
#include "detail.h"
#include "limit.h"
#include "prompt.h"
#include "reading.h"
#include "search.h"

/* In a list alone on the screen the text of a story is not seen: there a step goes to the next
 * story. */
static bool is_by_story(const struct app *app)
{
	return app->focus == FOCUS_LIST && app->canvas->cols < app->options.two_panes;
}

static void go_to(struct app *app, struct match match)
{
	app->search.now = match;
	app->search.has_now = true;
	reading_select(app, match.story);
	detail_update(app, false);
	detail_show(app, (struct place){match.block, match.at});
}

static void say_search(struct app *app)
{
	size_t nth, n = search_count(app, &nth);
	if (n == 0)
		app_message(app, app_word(app, N_("not found: %s")), app->search.text);
	else
		app_message(app, app_word(app, N_("%zu of %zu: %s")), nth, n, app->search.text);
}

static bool step(struct app *app, bool is_of_search, const struct match *from, bool by_story,
		 int direction, struct match *out)
{
	if (app->reading.stories)
		return search_step_library(app, is_of_search, from, by_story, direction, out);
	return search_step(app, is_of_search ? app->search.block_hits : app->reading.block_hits,
			   from, by_story, direction, out);
}

/* As it is typed: the first match from the selected story on, else from the top. */
static void search_for(struct app *app, struct str text, enum stories_care care)
{
	struct match match;
	search_set(app, text, care);
	if (!app->search.is_on)
		return;
	size_t row = app->reading.list.selected;
	bool is_found = step(app, true, NULL, false, 1, &match);
	if (!is_found) {
		list_select(&app->reading.list, 0);
		is_found = step(app, true, NULL, false, 1, &match);
	}
	if (is_found)
		go_to(app, match);
	else
		list_select(&app->reading.list, row);
}

static void search_changed(struct app *app, struct str text)
{
	search_for(app, text, STORIES_HASTILY);
}

static unsigned search_accept(struct app *app, struct str text)
{
	search_for(app, text, STORIES_EXACTLY);
	if (app->search.is_on)
		say_search(app);
	return EFFECT_REDRAW;
}

static void search_cancel(struct app *app)
{
	search_set(app, (struct str){0}, STORIES_HASTILY);
}

unsigned find_search(struct app *app, const struct intent *intent)
{
	static const struct prompt_ops ops = {
		"/", HISTORY_SEARCH, PROMPT_PLAIN, search_changed, search_accept, search_cancel};
	if (intent->arg.len)
		return search_accept(app, intent->arg);
	prompt_open(app, &ops, (struct str){0});
	return EFFECT_REDRAW;
}

static unsigned step_search(struct app *app, int direction, const struct intent *intent)
{
	struct search *s = &app->search;
	struct match match;
	if (!s->is_on) {
		app_message(app, "%s", app_word(app, N_("no search yet; / starts one")));
		return EFFECT_REDRAW;
	}
	for (unsigned i = intent->count ? intent->count : 1; i > 0; i--) {
		if (!step(app, true, s->has_now ? &s->now : NULL, is_by_story(app), direction,
			  &match)) {
			app_message(app,
				    app_word(app, direction > 0
							  ? N_("no match after this one: %s")
							  : N_("no match before this one: %s")),
				    s->text);
			return EFFECT_REDRAW;
		}
		go_to(app, match);
	}
	say_search(app);
	return EFFECT_REDRAW;
}

unsigned find_next(struct app *app, const struct intent *intent)
{
	return step_search(app, 1, intent);
}

unsigned find_prev(struct app *app, const struct intent *intent)
{
	return step_search(app, -1, intent);
}

/* The match before the first one that is on show or after the last: where stepping starts from. */
static struct match view_edge(const struct app *app)
{
	struct match edge = {.story = app->reading.rows[app->reading.list.selected]};
	edge.block = app->detail.place.block;
	edge.at = app->detail.place.at;
	return edge;
}

static unsigned step_hit(struct app *app, int direction, const struct intent *intent)
{
	const struct reading *r = &app->reading;
	struct match match;
	if (r->list.n == 0)
		return EFFECT_REDRAW;
	bool is_in_text = app->focus == FOCUS_DETAIL;
	for (unsigned i = intent->count ? intent->count : 1; i > 0; i--) {
		struct match here = {.story = r->rows[r->list.selected]};
		if (is_in_text && detail_is_at_end(app) && direction > 0)
			here.block = UINT32_MAX;
		else if (is_in_text)
			here = view_edge(app);
		if (!step(app, false, &here, !is_in_text, direction, &match)) {
			app_message(app, "%s", app_word(app, N_("no keyword hit that way")));
			return EFFECT_REDRAW;
		}
		reading_select(app, match.story);
		detail_update(app, false);
		if (is_in_text)
			detail_show(app, (struct place){match.block, match.at});
	}
	return EFFECT_REDRAW;
}

unsigned find_hit_next(struct app *app, const struct intent *intent)
{
	return step_hit(app, 1, intent);
}

unsigned find_hit_prev(struct app *app, const struct intent *intent)
{
	return step_hit(app, -1, intent);
}

bool find_clear(struct app *app)
{
	if (app->search.is_on)
		search_set(app, (struct str){0}, STORIES_HASTILY);
	else if (app->limit.query)
		limit_end(app);
	else
		return false;
	return true;
}

static unsigned highlight_accept(struct app *app, struct str text)
{
	text = str_trim(text);
	if (text.len == 0)
		return EFFECT_REDRAW;
	struct str word = str_copy(app->arena, text);
	app->watch = arena_more(app->arena, app->watch, app->n_watch, &app->watch_cap,
				sizeof(*app->watch));
	app->watch[app->n_watch++] = (struct keyword){word, word, 1, 1};
	keywords_free(app->keywords);
	app->keywords = keywords_new(app->watch, app->n_watch);
	reading_scan(app);
	counts_make(app);
	app_message(app,
		    app_word(app, N_("watched in this run: %s (add it to [keywords] to keep it)")),
		    word.p);
	return EFFECT_REDRAW;
}

/* The term to propose: what was searched for, else the first word of the title that stands in
 * brackets or in Latin letters. */
struct str find_term(const struct app *app)
{
	if (app->search.is_on)
		return str_trim(str_of(app->search.text));
	const struct story *story = app_story(app);
	if (!story)
		return (struct str){0};
	size_t open = str_find(story->title, STR("「"), 0);
	size_t close = str_find(story->title, STR("」"), 0);
	if (open != STR_NOT_FOUND && close != STR_NOT_FOUND && open < close)
		return str_sub(story->title, open + 3, close - open - 3);
	for (size_t at = 0, len; at < story->title.len; at += len) {
		len = 0;
		while (at + len < story->title.len && ((story->title.p[at + len] | 32) >= 'a' &&
						       (story->title.p[at + len] | 32) <= 'z'))
			len++;
		if (len > 1)
			return str_sub(story->title, at, len);
		len = 1;
	}
	return (struct str){0};
}

unsigned find_highlight(struct app *app, const struct intent *intent)
{
	static const struct prompt_ops ops = {N_("watch: "), HISTORY_KEYWORD,  PROMPT_PLAIN,
					      NULL,          highlight_accept, NULL};
	if (intent->arg.len)
		return highlight_accept(app, intent->arg);
	prompt_open(app, &ops, find_term(app));
	return EFFECT_REDRAW;
}
