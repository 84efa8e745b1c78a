/* The stories that go with the one on show. They come after it is drawn, while nobody types, and
 * stand below it: nothing of it moves. */
#include "threads.h"

#include <stdio.h>
#include <stdlib.h>

#include <sulan/arena.h>
#include <sulan/related.h>

#include "commands.h"
#include "detail.h"
#include "frame.h"
#include "jump.h"
#include "library.h"
#include "view.h"

#define SHOWN_MAX 5
#define ASKED_MAX 10 /* some may have been dismissed */
#define NAME_COLS 24 /* of an issue that has no date */

static bool is_of(const struct app *app, const struct story *story)
{
	return story && str_is(story->id, app->threads.id);
}

/* The newest first, those without a date behind them. */
static int newest_first(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	int order = date_compare(y->date, x->date);
	return order ? order : str_compare(x->title, y->title);
}

static struct page_mention mention_of(const struct app *app, const struct found *found)
{
	struct arena *arena = app->threads.arena;
	struct date now = app->detail.issue->date;
	char date[DATE_TEXT];
	date_text(found->date, date);
	int order = date_compare(found->date, now);
	const char *label = !date[0] || !now.year || order == 0 ? N_("Related")
			    : order > 0                         ? N_("Related, later")
								: N_("Related, earlier");
	struct str when = text_cut(arena, found->issue_title, NAME_COLS, &app->canvas->policy);
	return (struct page_mention){
		.label = str_of(app_word(app, label)),
		.when = date[0] ? str_copy(arena, str_of(date)) : when,
		.title = found->title,
	};
}

/* What the reader has dismissed stays out of sight here too. */
static void drop_dismissed(const struct app *app, struct lookup *lookup)
{
	size_t n = 0;
	for (size_t i = 0; i < lookup->n && n < SHOWN_MAX; i++)
		if (!triage_state(app->triage, lookup->items[i].id).is_dismissed)
			lookup->items[n++] = lookup->items[i];
	lookup->n = n;
}

/* False with `err` when the library could not be asked. */
static bool take(struct app *app, const struct story *story, struct error *err)
{
	struct index *index = app->opts.library(app->opts.self, err);
	if (!index)
		return false;
	struct threads *t = &app->threads;
	if (!t->arena)
		t->arena = arena_new();
	arena_reset(t->arena);
	t->lookup = (struct lookup){0};
	snprintf(t->id, sizeof(t->id), "%.*s", (int)story->id.len, story->id.p);
	if (!related_find(index, t->arena, story->id, ASKED_MAX, &t->lookup, err)) {
		t->lookup.n = 0;
		return false;
	}
	drop_dismissed(app, &t->lookup);
	library_name(app, t->arena, &t->lookup);
	if (t->lookup.n)
		qsort(t->lookup.items, t->lookup.n, sizeof(*t->lookup.items), newest_first);
	t->mentions = arena_alloc(t->arena, (t->lookup.n + 1) * sizeof(*t->mentions));
	for (size_t i = 0; i < t->lookup.n; i++)
		t->mentions[i] = mention_of(app, &t->lookup.items[i]);
	return true;
}

bool threads_work(struct app *app)
{
	struct frame f = frame_of(app);
	const struct story *story = app_story(app);
	bool is_seen = !f.is_too_small && f.has_detail && app->n_views == 0 && app->detail.page &&
		       story == &app->reading.issue->stories[app->detail.story];
	/* While the library is being read its answers are soon others. */
	if (!app->opts.library || !story || !is_seen || app->work.n_total || is_of(app, story))
		return false;
	size_t n_before = app->detail.page->n_lines;
	take(app, story, NULL);
	detail_amend(app);
	return app->threads.lookup.n || app->detail.page->n_lines != n_before;
}

void threads_forget(struct app *app)
{
	app->threads.id[0] = '\0';
}

size_t threads_mentions(const struct app *app, const struct page_mention **out)
{
	*out = app->threads.mentions;
	return is_of(app, app_story(app)) ? app->threads.lookup.n : 0;
}

unsigned threads_open(struct app *app, size_t nth)
{
	const struct found *found = &app->threads.lookup.items[nth - 1];
	jump_to(app, found->path, found->id);
	return EFFECT_REDRAW | EFFECT_RELAYOUT;
}

unsigned thread_related(struct app *app, const struct intent *intent)
{
	struct error err = {0};
	long nth = (long)intent->count;
	const struct story *story = app_story(app);
	if (!app->opts.library) {
		app_message(app, "%s", app_word(app, N_("there is no library here")));
		return EFFECT_REDRAW;
	}
	if (!story)
		return EFFECT_REDRAW;
	if (!is_of(app, story) && !take(app, story, &err)) {
		threads_forget(app);
		app_error(app, &err);
		return EFFECT_REDRAW;
	}
	detail_amend(app);
	size_t n = app->threads.lookup.n;
	if (intent->arg.len && !str_to_int(intent->arg, 1, SHOWN_MAX, &nth))
		nth = SHOWN_MAX + 1;
	if (n == 0)
		app_message(app, "%s",
			    app_word(app, N_("nothing in the library goes with this story")));
	else if (nth > (long)n)
		app_message(app, app_word(app, N_("there are %zu related stories")), n);
	else if (nth > 0)
		return threads_open(app, (size_t)nth);
	else
		found_open(app, N_("Related   Enter or its number opens, q closes"), NULL,
			   &app->threads.lookup, STR(""));
	return EFFECT_REDRAW;
}

void threads_free(struct threads *threads)
{
	arena_free(threads->arena);
}
