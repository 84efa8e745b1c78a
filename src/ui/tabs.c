/* Tabs of marks. They come and go with the marks; those of the categories before them stay. */
#include "tabs.h"

#include <sulan/arena.h>
#include <sulan/error.h>

#include "reading.h"

/* More tags than these have no tab of their own. */
#define TAG_TABS_MAX 20

static bool is_same(const struct tab *a, const struct tab *b)
{
	return a->category == b->category && str_eq(a->name, b->name);
}

/* `now` is the tab on show. */
static void add(struct app *app, const struct tab *now, struct tab tab)
{
	struct reading *r = &app->reading;
	for (uint32_t i = 0; i < r->issue->n_stories; i++) {
		bool is_hidden =
			tab.category != TAB_DISMISSED && reading_state(app, i).is_dismissed;
		if (is_hidden || !reading_tab_holds(app, &tab, i))
			continue;
		tab.n_stories++;
		tab.n_hits += r->story_hits[i];
	}
	tab.n_unread = tab.n_stories; /* what its number says: all that is in it */
	if (tab.n_stories == 0 && !is_same(&tab, now))
		return;
	r->tabs = arena_more(r->arena, r->tabs, r->n_tabs, &r->cap_tabs, sizeof(*r->tabs));
	r->tabs[r->n_tabs++] = tab;
}

/* The tags of this issue's stories, each once, in the order of the stories; the one on show before
 * them, in case no story has it any more. */
static void add_tags(struct app *app, const struct tab *now)
{
	const struct reading *r = &app->reading;
	struct str tags[TAG_TABS_MAX];
	size_t n = 0;
	if (now->category == TAB_TAG)
		tags[n++] = now->name;
	for (uint32_t i = 0; i < r->issue->n_stories; i++) {
		struct story_state state = reading_state(app, i);
		for (size_t k = 0; k < state.n_tags && n < TAG_TABS_MAX; k++) {
			size_t seen = 0;
			while (seen < n && !str_eq(tags[seen], state.tags[k]))
				seen++;
			if (seen == n)
				tags[n++] = state.tags[k];
		}
	}
	for (size_t i = 0; i < n; i++)
		add(app, now, (struct tab){.name = tags[i], .category = TAB_TAG});
}

void tabs_of_marks(struct app *app)
{
	struct reading *r = &app->reading;
	const struct tab now = r->tabs[r->tab];
	bool is_own = r->tab < r->n_own_tabs;
	r->n_tabs = r->n_own_tabs;
	add(app, &now, (struct tab){str_of(app_word(app, N_("Starred"))), TAB_STARRED, 0, 0, 0});
	add(app, &now, (struct tab){str_of(app_word(app, N_("Later"))), TAB_LATER, 0, 0, 0});
	add_tags(app, &now);
	add(app, &now,
	    (struct tab){str_of(app_word(app, N_("Dismissed"))), TAB_DISMISSED, 0, 0, 0});
	for (size_t i = r->n_own_tabs; !is_own && i < r->n_tabs; i++)
		if (is_same(&r->tabs[i], &now))
			r->tab = i;
}
