/* What the tabs and the header count. A mark changes the counts by the stories it was made on; all
 * are asked only when someone else may have marked them. */
#include "counts.h"

#include <sulan/arena.h>

#include "reading.h"
#include "tabs.h"

static uint8_t bits_of(struct story_state state)
{
	return (uint8_t)((state.is_read ? STATE_READ : 0) | (state.is_starred ? STATE_STARRED : 0) |
			 (state.is_later ? STATE_LATER : 0) |
			 (state.is_dismissed ? STATE_DISMISSED : 0) |
			 (state.n_tags ? STATE_TAGGED : 0) | (state.note.len ? STATE_NOTED : 0));
}

/* Adds to a tab with `by` 1, takes from it with -1. */
static void count_in(struct tab *tab, bool is_unread, size_t n_hits, size_t by)
{
	tab->n_stories += by;
	tab->n_unread += by * is_unread;
	tab->n_hits += by * n_hits;
}

static void count_story(struct app *app, uint32_t index, size_t by)
{
	struct reading *r = &app->reading;
	const struct story *story = &r->issue->stories[index];
	uint8_t state = r->states[index];
	size_t n_hits = r->story_hits[index], own = story->category + 1;
	bool is_unread = !(state & STATE_READ);
	if (state & STATE_DISMISSED) {
		count_in(&r->dismissed, true, n_hits, by);
		return;
	}
	count_in(&r->tabs[0], is_unread, n_hits, by);
	if (own < r->n_own_tabs)
		count_in(&r->tabs[own], is_unread, n_hits, by);
	/* The number of such a tab says all that is in it. */
	if (state & STATE_STARRED)
		count_in(&r->starred, true, n_hits, by);
	if (state & STATE_LATER)
		count_in(&r->later, true, n_hits, by);
	r->n_tagged += by * ((state & STATE_TAGGED) != 0);
	r->n_unread_chars += by * is_unread * story->n_chars;
}

void counts_make(struct app *app)
{
	struct reading *r = &app->reading;
	if (!r->issue)
		return;
	for (size_t t = 0; t < r->n_own_tabs; t++)
		r->tabs[t].n_stories = r->tabs[t].n_unread = r->tabs[t].n_hits = 0;
	r->starred = r->later = r->dismissed = (struct tab){0};
	r->n_unread_chars = r->n_tagged = 0;
	const bool *is_marked =
		r->stories ? stories_marked(r->stories, app->triage, r->scratch) : NULL;
	for (uint32_t i = 0; i < r->issue->n_stories; i++) {
		bool is_known = !is_marked || is_marked[i];
		r->states[i] = is_known ? bits_of(reading_state(app, i)) : 0;
		count_story(app, i, 1);
	}
	arena_reset(r->scratch);
	tabs_of_marks(app);
}

static void mend_story(struct app *app, uint32_t story)
{
	struct reading *r = &app->reading;
	count_story(app, story, (size_t)-1);
	r->states[story] = bits_of(reading_state(app, story));
	count_story(app, story, 1);
}

void counts_mend(struct app *app, const uint32_t *stories, size_t n)
{
	struct reading *r = &app->reading;
	for (size_t i = 0; i < n; i++) {
		mend_story(app, stories[i]);
		/* A story of the library may be in several issues. */
		for (size_t twin = stories[i]; r->stories;) {
			twin = stories_twin(r->stories, twin);
			if (twin == stories[i])
				break;
			mend_story(app, (uint32_t)twin);
		}
	}
	tabs_of_marks(app);
}
