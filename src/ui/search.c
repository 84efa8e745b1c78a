/* Matches of the search in the open issue, and stepping through hits. */
#include "search.h"

#include <string.h>

#include <sulan/arena.h>

#include "detail.h"
#include "reading.h"

static void find_matches(struct app *app)
{
	struct search *s = &app->search;
	const struct issue *issue = app->reading.issue;
	if (s->needle.typed.len == 0 || !issue)
		return;
	for (size_t i = 0; i < issue->n_blocks; i++)
		needle_learn(&s->needle, app->frame, issue->blocks[i].text);
	s->block_hits = arena_alloc(s->arena, issue->n_blocks * sizeof(struct hits));
	for (size_t i = 0; i < issue->n_blocks; i++) {
		struct hit *items = NULL;
		size_t n = needle_find(&s->needle, s->arena, issue->blocks[i].text, &items);
		s->block_hits[i] = (struct hits){items, n};
	}
}

void search_set(struct app *app, struct str text)
{
	struct search *s = &app->search;
	arena_reset(s->arena);
	s->block_hits = NULL;
	s->has_now = false;
	size_t len = text.len < sizeof(s->text) - 1 ? text.len : sizeof(s->text) - 1;
	memmove(s->text, text.p ? text.p : "", len);
	s->text[len] = '\0';
	s->needle = needle_make(s->arena, (struct str){s->text, len});
	find_matches(app);
	detail_scan(app);
}

static bool is_before(struct match a, struct match b)
{
	return a.block != b.block ? a.block < b.block : a.at < b.at;
}

bool search_in_story(const struct app *app, const struct hits *block_hits, uint32_t story,
		     const struct match *from, int direction, struct match *out)
{
	const struct story *s = &app->reading.issue->stories[story];
	bool is_found = false;
	for (uint32_t b = s->block; b < s->end; b++) {
		for (size_t i = 0; i < block_hits[b].n; i++) {
			const struct hit *hit = &block_hits[b].items[i];
			struct match match = {story, b, hit->at, hit->len};
			if (direction > 0 && (!from || is_before(*from, match))) {
				*out = match;
				return true;
			}
			if (direction < 0 && (!from || is_before(match, *from))) {
				*out = match;
				is_found = true;
			}
		}
	}
	return is_found;
}

bool search_step(const struct app *app, const struct hits *block_hits, const struct match *from,
		 bool is_by_story, int direction, struct match *out)
{
	const struct reading *r = &app->reading;
	if (r->list.n == 0)
		return false;
	uint32_t now = r->rows[r->list.selected];
	bool is_in_now = from && from->story == now;
	if (!(is_by_story && is_in_now) &&
	    search_in_story(app, block_hits, now, is_in_now ? from : NULL, direction, out))
		return true;
	for (size_t i = r->list.selected; direction > 0 ? i + 1 < r->list.n : i > 0;) {
		i = direction > 0 ? i + 1 : i - 1;
		/* By stories, the first hit of a story stands for it. */
		int inner = is_by_story ? 1 : direction;
		if (search_in_story(app, block_hits, r->rows[i], NULL, inner, out))
			return true;
	}
	return false;
}

size_t search_count(const struct app *app, size_t *nth)
{
	const struct reading *r = &app->reading;
	const struct search *s = &app->search;
	size_t n = 0;
	*nth = 0;
	if (!s->block_hits)
		return 0;
	for (size_t i = 0; i < r->list.n; i++) {
		const struct story *story = &r->issue->stories[r->rows[i]];
		for (uint32_t b = story->block; b < story->end; b++) {
			for (size_t h = 0; h < s->block_hits[b].n; h++) {
				n++;
				if (s->has_now && s->now.block == b &&
				    s->now.at == s->block_hits[b].items[h].at)
					*nth = n;
			}
		}
	}
	return n;
}
