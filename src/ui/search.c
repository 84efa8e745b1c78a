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
	for (size_t i = 0; i < issue->n_blocks; i++)
		needle_learn(&s->needle, app->frame, issue->blocks[i].text);
	s->block_hits = arena_alloc(s->arena, issue->n_blocks * sizeof(struct hits));
	for (size_t i = 0; i < issue->n_blocks; i++) {
		struct hit *items = NULL;
		size_t n = needle_find(&s->needle, s->arena, issue->blocks[i].text, &items);
		s->block_hits[i] = (struct hits){items, n};
	}
}

/* In titles as pinyin, too. */
static void find_in_titles(struct app *app, char *has)
{
	const struct issue *all = app->reading.issue;
	struct needle *needle = &app->search.needle;
	struct arena *scratch = app->reading.scratch;
	struct hit *items;
	for (size_t i = 0; needle->can_read && i < all->n_stories; i++) {
		needle_learn(needle, scratch, all->stories[i].title);
		arena_reset(scratch);
	}
	for (size_t i = 0; i < all->n_stories; i++) {
		has[i] = needle_find(needle, scratch, all->stories[i].title, &items) > 0;
		arena_reset(scratch);
	}
}

/* In texts the index knows them. */
static void find_in_library(struct app *app, enum stories_care care)
{
	struct search *s = &app->search;
	struct stories_texts texts;
	struct error err = {0};
	char *has = arena_alloc(s->arena, app->reading.issue->n_stories + 1);
	const struct query *query = query_phrase(s->arena, s->needle.typed);
	struct index *index = app->opts.library(app->opts.self, &err);
	find_in_titles(app, has);
	if (index &&
	    stories_ask(app->reading.stories, index, s->arena, query, NULL, care, &texts, &err)) {
		for (size_t i = 0; i < app->reading.issue->n_stories; i++)
			has[i] |= texts.has[0][i];
	} else {
		app_error(app, &err);
	}
	s->has = has;
}

void search_set(struct app *app, struct str text, enum stories_care care)
{
	struct search *s = &app->search;
	arena_reset(s->arena);
	s->block_hits = NULL;
	s->has = NULL;
	s->has_now = false;
	size_t len = text.len < sizeof(s->text) - 1 ? text.len : sizeof(s->text) - 1;
	memmove(s->text, text.p ? text.p : "", len);
	s->text[len] = '\0';
	s->needle = needle_make(s->arena, (struct str){s->text, len});
	s->is_on = s->needle.typed.len && app->reading.issue;
	if (s->is_on && app->reading.stories)
		find_in_library(app, care);
	else if (s->is_on)
		find_matches(app);
	detail_scan(app);
}

static bool is_before(struct match a, struct match b)
{
	return a.block != b.block ? a.block < b.block : a.at < b.at;
}

/* As search_in_story, in the blocks of some issue, whose story is called `story`. */
static bool find_in_blocks(const struct hits *block_hits, const struct story *blocks,
			   uint32_t story, const struct match *from, int direction,
			   struct match *out)
{
	bool is_found = false;
	for (uint32_t b = blocks->block; b < blocks->end; b++) {
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

bool search_in_story(const struct app *app, const struct hits *block_hits, uint32_t story,
		     const struct match *from, int direction, struct match *out)
{
	return find_in_blocks(block_hits, &app->reading.issue->stories[story], story, from,
			      direction, out);
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

static bool has_hit(const struct app *app, bool is_of_search, uint32_t story)
{
	return is_of_search ? app->search.has[story] : reading_hits(app, story) > 0;
}

bool search_step_library(struct app *app, bool is_of_search, const struct match *from,
			 bool is_by_story, int direction, struct match *out)
{
	struct reading *r = &app->reading;
	if (r->list.n == 0)
		return false;
	size_t row = r->list.selected;
	for (bool is_first = true;; is_first = false) {
		const struct detail *d = &app->detail;
		uint32_t story = r->rows[row];
		bool is_in_now = is_first && from && from->story == story;
		int inner = is_by_story ? 1 : direction;
		if (!(is_by_story && is_in_now) &&
		    (is_first || has_hit(app, is_of_search, story))) {
			list_select(&r->list, row);
			detail_update(app, false);
			const struct hits *hits = is_of_search ? d->match_hits : d->block_hits;
			if (hits && find_in_blocks(hits, d->whole, story, is_in_now ? from : NULL,
						   inner, out))
				return true;
			/* In the title alone, as pinyin or as it was when it was indexed. */
			*out = (struct match){.story = story, .block = d->whole->title_block};
			if (!is_in_now && has_hit(app, is_of_search, story))
				return true;
		}
		if (direction > 0 ? row + 1 >= r->list.n : row == 0)
			return false;
		row = direction > 0 ? row + 1 : row - 1;
	}
}

/* In the library stories are counted, not the hits in their texts. */
static size_t count_stories(const struct app *app, size_t *nth)
{
	const struct reading *r = &app->reading;
	size_t n = 0;
	for (size_t i = 0; i < r->list.n; i++) {
		n += app->search.has[r->rows[i]] != 0;
		if (i == r->list.selected && app->search.has_now)
			*nth = n;
	}
	return n;
}

size_t search_count(const struct app *app, size_t *nth)
{
	const struct reading *r = &app->reading;
	const struct search *s = &app->search;
	size_t n = 0;
	*nth = 0;
	if (s->has)
		return count_stories(app, nth);
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
