/* Which of all stories have state, and where the state of edited ones goes. */
#include <stdlib.h>

#include <sulan/arena.h>
#include <sulan/identity.h>
#include <sulan/triage.h>

#include "stories.h"

struct marked {
	const struct stories *stories;
	struct arena *arena;
	bool *is_marked;
	struct str *ids;
	size_t n, cap;
};

static void take_marked(void *self, struct str id, const struct story_state *state)
{
	struct marked *m = self;
	size_t nth = stories_find(m->stories, id);
	(void)state;
	if (nth == SIZE_MAX)
		return;
	for (; !m->is_marked[nth]; nth = m->stories->twins[nth])
		m->is_marked[nth] = true;
	m->ids = arena_more(m->arena, m->ids, m->n, &m->cap, sizeof(*m->ids));
	m->ids[m->n++] = m->stories->all.stories[nth].id;
}

static struct marked find_marked(const struct stories *stories, struct triage *triage,
				 struct arena *arena)
{
	struct marked m = {.stories = stories, .arena = arena};
	m.is_marked = arena_alloc(arena, stories->all.n_stories + 1);
	triage_each(triage, take_marked, &m);
	return m;
}

const bool *stories_marked(const struct stories *stories, struct triage *triage,
			   struct arena *arena)
{
	return find_marked(stories, triage, arena).is_marked;
}

/* Day and publication of the state that no story stands for, sorted. */
static size_t find_places(const struct stories *stories, struct triage *triage, struct arena *arena,
			  struct str **out)
{
	struct marked marked = find_marked(stories, triage, arena);
	struct triage_orphan *orphans = NULL;
	size_t n = triage_orphans(triage, arena, STR(""), marked.ids, marked.n, &orphans);
	*out = arena_alloc(arena, (n + 1) * sizeof(**out));
	for (size_t i = 0; i < n; i++)
		(*out)[i] = str_copy(arena, identity_place(orphans[i].about));
	if (n)
		qsort(*out, n, sizeof(**out), str_order);
	return n;
}

bool stories_pair(const struct stories *stories, struct triage *triage, size_t *n_paired,
		  struct error *err)
{
	struct arena *arena = arena_new(), *scratch = arena_new();
	struct str *places;
	size_t n = find_places(stories, triage, arena, &places);
	bool ok = true;
	*n_paired = 0;
	for (size_t i = 0; ok && n && i < stories->n_issues; i++) {
		const struct issue *issue = &stories->issues[i];
		struct str place =
			identity_place(identity_text(scratch, issue, &issue->stories[0]));
		size_t n_now = 0;
		if (bsearch(&place, places, n, sizeof(*places), str_order))
			ok = identity_pair(triage, issue, &n_now, err);
		*n_paired += n_now;
		arena_reset(scratch);
	}
	arena_free(scratch);
	arena_free(arena);
	return ok;
}
