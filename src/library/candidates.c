/* Which words of the texts the letters of a pinyin may stand for: characters that do stand side by
 * side, led through their readings, the most frequent first. */
#include "terms.h"

#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/pinyin.h>
#include <sulan/utf8.h>

#include "pairs.h"

#define SIGNS_MAX 8
#define BEAM_MAX  300
#define FOUND_MAX 2000

struct way {
	uint16_t signs[SIGNS_MAX];
	size_t n;
	uint64_t any, whole; /* places in what was typed */
	uint32_t count;      /* of its rarest pair */
};

struct ways {
	struct way *items;
	size_t n, cap;
};

struct chase {
	struct arena *arena;
	const struct pair *pairs;
	size_t n_pairs;
	struct str typed;
	uint64_t end;
	struct ways open, next, done;
};

static void add(struct arena *arena, struct ways *ways, const struct way *way)
{
	ways->items = arena_more(arena, ways->items, ways->n, &ways->cap, sizeof(*ways->items));
	ways->items[ways->n++] = *way;
}

/* Whole readings before parts of them, words before single characters, the frequent before the
 * rare. */
static int best_first(const void *a, const void *b, uint64_t end)
{
	const struct way *x = a, *y = b;
	bool is_x = x->whole & end, is_y = y->whole & end;
	if (is_x != is_y)
		return is_x ? -1 : 1;
	if ((x->n > 1) != (y->n > 1))
		return x->n > 1 ? -1 : 1;
	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return memcmp(x->signs, y->signs, sizeof(x->signs));
}

static int best_done(const void *a, const void *b, void *end)
{
	return best_first(a, b, *(uint64_t *)end);
}

static int most_first(const void *a, const void *b)
{
	const struct way *x = a, *y = b;
	if ((x->whole != 0) != (y->whole != 0))
		return x->whole ? -1 : 1;
	return x->count != y->count ? (x->count > y->count ? -1 : 1)
				    : memcmp(x->signs, y->signs, sizeof(x->signs));
}

static bool lead(const struct chase *c, struct way *way, uint16_t sign)
{
	way->any = pinyin_step(c->typed, way->any, sign, false);
	way->whole = way->whole ? pinyin_step(c->typed, way->whole, sign, true) : 0;
	way->signs[way->n++] = sign;
	return way->any != 0;
}

static void take(struct chase *c, const struct way *way, struct ways *open)
{
	if (way->any & c->end && c->done.n < FOUND_MAX)
		add(c->arena, &c->done, way);
	if (way->any & ~c->end && way->n < SIGNS_MAX)
		add(c->arena, open, way);
}

/* Goes on from one character to each that follows it somewhere. */
static void follow(struct chase *c, const struct way *from, size_t first)
{
	uint16_t sign = from->signs[from->n - 1];
	for (size_t i = first; i < c->n_pairs && c->pairs[i].a == sign; i++) {
		struct way way = *from;
		if (from->n > 1 && c->pairs[i].n < 2)
			continue;
		way.count = c->pairs[i].n < way.count ? c->pairs[i].n : way.count;
		if (lead(c, &way, c->pairs[i].b))
			take(c, &way, &c->next);
	}
}

static size_t first_pair(const struct chase *c, uint16_t sign)
{
	size_t lo = 0, hi = c->n_pairs;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (c->pairs[mid].a < sign)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static bool may_begin(const struct chase *c, uint16_t sign)
{
	char first = c->typed.p[0];
	return first < 'a' || first > 'z' || pinyin_begins(sign, first);
}

static void begin(struct chase *c)
{
	for (size_t i = 0, end; i < c->n_pairs; i = end) {
		struct way way = {.any = 1, .whole = 1, .count = UINT32_MAX};
		uint32_t sum = 0;
		for (end = i; end < c->n_pairs && c->pairs[end].a == c->pairs[i].a; end++)
			sum += c->pairs[end].n;
		if (!may_begin(c, c->pairs[i].a) || !lead(c, &way, c->pairs[i].a))
			continue;
		follow(c, &way, i);
		way.count = sum;
		if (way.whole & c->end)
			add(c->arena, &c->done, &way);
	}
}

static struct str text_of(struct arena *arena, const struct way *way)
{
	struct strbuf buf = strbuf_make(arena);
	for (size_t i = 0; i < way->n; i++) {
		char bytes[4];
		strbuf_put(&buf, (struct str){bytes, utf8_put(way->signs[i], bytes)});
	}
	return strbuf_str(&buf);
}

size_t candidates_find(struct index *index, struct arena *arena, struct str typed, size_t max,
		       struct str **out, size_t *n_whole)
{
	size_t n_texts, n = 0;
	struct arena *scratch = arena_new();
	struct chase c = {.arena = scratch, .typed = typed, .end = UINT64_C(1) << typed.len};
	c.n_pairs = pairs_load(index, scratch, &c.pairs, &n_texts);
	begin(&c);
	while (c.next.n) {
		c.open = c.next;
		c.next = (struct ways){0};
		qsort(c.open.items, c.open.n, sizeof(*c.open.items), most_first);
		for (size_t i = 0; i < c.open.n && i < BEAM_MAX; i++)
			follow(&c, &c.open.items[i],
			       first_pair(&c, c.open.items[i].signs[c.open.items[i].n - 1]));
	}
	if (c.done.n)
		qsort_r(c.done.items, c.done.n, sizeof(*c.done.items), best_done, &c.end);
	*out = arena_alloc(arena, (max + 1) * sizeof(**out));
	*n_whole = 0;
	for (; n < c.done.n && n < max; n++) {
		(*out)[n] = text_of(arena, &c.done.items[n]);
		*n_whole += (c.done.items[n].whole & c.end) != 0;
	}
	arena_free(scratch);
	return n;
}
