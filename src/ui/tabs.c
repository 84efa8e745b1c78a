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
static void add(struct app *app, const struct tab *now, struct str name, uint32_t category,
		const struct tab *counts)
{
	struct reading *r = &app->reading;
	struct tab tab = *counts;
	tab.name = name;
	tab.category = category;
	if (tab.n_stories == 0 && !is_same(&tab, now))
		return;
	r->tabs = arena_more(r->arena, r->tabs, r->n_tabs, &r->cap_tabs, sizeof(*r->tabs));
	r->tabs[r->n_tabs++] = tab;
}

/* Counts a story in for one of its tags; `n` are known. Returns how many are now. */
static size_t count_tag(struct tab *tags, size_t n, struct str tag, size_t n_hits)
{
	size_t at = 0;
	while (at < n && !str_eq(tags[at].name, tag))
		at++;
	if (at == TAG_TABS_MAX)
		return n;
	tags[at].name = tag;
	tags[at].n_unread = ++tags[at].n_stories;
	tags[at].n_hits += n_hits;
	return at == n ? n + 1 : n;
}

/* The tags of this issue's stories, each once, in the order of the stories; the one on show before
 * them, in case no story has it any more. */
static void add_tags(struct app *app, const struct tab *now)
{
	const struct reading *r = &app->reading;
	struct tab tags[TAG_TABS_MAX] = {{.n_stories = 0}};
	size_t n = 0, left = r->n_tagged;
	if (now->category == TAB_TAG)
		tags[n++].name = now->name;
	for (uint32_t i = 0; left > 0 && i < r->issue->n_stories; i++) {
		if (!(r->states[i] & STATE_TAGGED) || (r->states[i] & STATE_DISMISSED))
			continue;
		left--;
		struct story_state state = reading_state(app, i);
		for (size_t k = 0; k < state.n_tags; k++)
			n = count_tag(tags, n, state.tags[k], r->story_hits[i]);
	}
	for (size_t i = 0; i < n; i++)
		add(app, now, tags[i].name, TAB_TAG, &tags[i]);
}

static void add_anyway(struct app *app, struct tab tab)
{
	struct reading *r = &app->reading;
	r->tabs = arena_more(r->arena, r->tabs, r->n_tabs, &r->cap_tabs, sizeof(*r->tabs));
	r->tabs[r->n_tabs++] = tab;
}

/* All, and the views of the configuration, which are not counted before they are gone to. */
static void add_of_library(struct app *app)
{
	size_t n = app->reading.tabs[0].n_stories;
	add_anyway(app, (struct tab){.name = str_of(app_word(app, N_("All"))),
				     .category = TAB_ALL,
				     .n_stories = n,
				     .n_unread = n});
	for (size_t i = 0; i < app->config->n_views; i++)
		add_anyway(app, (struct tab){.name = app->config->views[i].name,
					     .category = TAB_VIEW,
					     .is_uncounted = true});
}

/* NULL: the tab has a name of its own. */
static const char *word_for(const struct reading *r, uint32_t category)
{
	switch (category) {
	case TAB_ALL:
		return N_("All");
	case TAB_STARRED:
		return N_("Starred");
	case TAB_LATER:
		return N_("Later");
	case TAB_DISMISSED:
		return N_("Dismissed");
	case TAB_INBOX:
		return N_("Inbox");
	default:
		return category < r->issue->n_categories && r->issue->categories[category].len == 0
			       ? N_("Other")
			       : NULL;
	}
}

void tabs_name(struct app *app)
{
	struct reading *r = &app->reading;
	for (size_t i = 0; i < r->n_tabs; i++) {
		const char *word = word_for(r, r->tabs[i].category);
		if (word)
			r->tabs[i].name = str_of(app_word(app, word));
	}
}

static void add_word(struct app *app, const struct tab *now, uint32_t category,
		     const struct tab *counts)
{
	struct str name = str_of(app_word(app, word_for(&app->reading, category)));
	add(app, now, name, category, counts);
}

void tabs_of_marks(struct app *app)
{
	struct reading *r = &app->reading;
	const struct tab now = r->tabs[r->tab];
	bool is_own = r->tab < r->n_own_tabs;
	r->n_tabs = r->n_own_tabs;
	add_word(app, &now, TAB_STARRED, &r->starred);
	add_word(app, &now, TAB_LATER, &r->later);
	add_tags(app, &now);
	add_word(app, &now, TAB_DISMISSED, &r->dismissed);
	if (r->stories)
		add_of_library(app);
	for (size_t i = r->n_own_tabs; !is_own && i < r->n_tabs; i++)
		if (is_same(&r->tabs[i], &now))
			r->tab = i;
}
