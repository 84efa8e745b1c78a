/* Aho-Corasick over folded bytes. States have sorted lists of edges; the root has a table, since
 * most bytes of a text leave the automaton there. */
#include <sulan/keywords.h>

#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/fold.h>
#include <sulan/utf8.h>

#define NONE UINT32_MAX

struct edge {
	uint8_t byte;
	uint32_t to, next; /* next edge of the same state */
};

struct state {
	uint32_t edges; /* first edge, NONE for none */
	uint32_t fail;
	uint32_t keyword; /* that ends here, NONE for none */
	uint32_t shorter; /* next state on the way of failures where a keyword ends */
	uint32_t depth;   /* bytes */
};

struct keywords {
	struct arena *arena;
	struct keyword *words;
	size_t n;
	struct state *states;
	size_t n_states, cap_states;
	struct edge *edges;
	size_t n_edges, cap_edges;
	uint32_t root[256];
	bool *has_word_start,
		*has_word_end; /* by keyword: a Latin letter or digit stands at that end */
};

static uint32_t add_state(struct keywords *k, uint32_t depth)
{
	k->states =
		arena_more(k->arena, k->states, k->n_states, &k->cap_states, sizeof(*k->states));
	k->states[k->n_states] = (struct state){NONE, 0, NONE, NONE, depth};
	return (uint32_t)k->n_states++;
}

static uint32_t child(const struct keywords *k, uint32_t state, uint8_t byte)
{
	for (uint32_t e = k->states[state].edges; e != NONE; e = k->edges[e].next)
		if (k->edges[e].byte == byte)
			return k->edges[e].to;
	return NONE;
}

static uint32_t grow_child(struct keywords *k, uint32_t state, uint8_t byte)
{
	uint32_t to = child(k, state, byte);
	if (to != NONE)
		return to;
	to = add_state(k, k->states[state].depth + 1);
	k->edges = arena_more(k->arena, k->edges, k->n_edges, &k->cap_edges, sizeof(*k->edges));
	k->edges[k->n_edges] = (struct edge){byte, to, k->states[state].edges};
	k->states[state].edges = (uint32_t)k->n_edges++;
	return to;
}

static bool is_word_at(struct str text, size_t at)
{
	uint32_t cp;
	if (at >= text.len)
		return false;
	utf8_next(text, at, &cp);
	return codepoint_is_word(cp) && !codepoint_is_cjk(cp);
}

static bool is_word_before(struct str text, size_t at)
{
	if (at == 0)
		return false;
	size_t start = at - 1;
	while (start > 0 && ((unsigned char)text.p[start] & 0xc0) == 0x80)
		start--;
	return is_word_at(text, start);
}

static void add_word(struct keywords *k, uint32_t index)
{
	struct str text = fold_text(k->arena, k->words[index].word);
	uint32_t state = 0;
	if (text.len == 0)
		return;
	for (size_t i = 0; i < text.len; i++)
		state = grow_child(k, state, (uint8_t)text.p[i]);
	if (k->states[state].keyword == NONE)
		k->states[state].keyword = index;
	k->has_word_start[index] = is_word_at(text, 0);
	k->has_word_end[index] = is_word_before(text, text.len);
}

static uint32_t step(const struct keywords *k, uint32_t state, uint8_t byte)
{
	while (state) {
		uint32_t to = child(k, state, byte);
		if (to != NONE)
			return to;
		state = k->states[state].fail;
	}
	return k->root[byte];
}

/* Failures, breadth first: a state's is known before its children's. */
static void link_states(struct keywords *k)
{
	uint32_t *queue = arena_alloc(k->arena, k->n_states * sizeof(*queue));
	size_t head = 0, tail = 0;
	for (uint32_t e = k->states[0].edges; e != NONE; e = k->edges[e].next) {
		k->root[k->edges[e].byte] = k->edges[e].to;
		queue[tail++] = k->edges[e].to;
	}
	while (head < tail) {
		uint32_t state = queue[head++];
		const struct state *fail = &k->states[k->states[state].fail];
		k->states[state].shorter =
			fail->keyword != NONE ? k->states[state].fail : fail->shorter;
		for (uint32_t e = k->states[state].edges; e != NONE; e = k->edges[e].next) {
			uint32_t to = k->edges[e].to;
			k->states[to].fail = step(k, k->states[state].fail, k->edges[e].byte);
			queue[tail++] = to;
		}
	}
}

struct keywords *keywords_new(const struct keyword *words, size_t n)
{
	struct keywords *k = mem_new(sizeof(*k));
	k->arena = arena_new();
	k->n = n;
	k->words = arena_alloc(k->arena, (n + 1) * sizeof(*k->words));
	k->has_word_start = arena_alloc(k->arena, n + 1);
	k->has_word_end = arena_alloc(k->arena, n + 1);
	add_state(k, 0);
	for (size_t i = 0; i < n; i++) {
		k->words[i] = words[i];
		k->words[i].word = str_copy(k->arena, words[i].word);
		k->words[i].canon = str_copy(k->arena, words[i].canon);
		add_word(k, (uint32_t)i);
	}
	link_states(k);
	return k;
}

void keywords_free(struct keywords *k)
{
	if (!k)
		return;
	arena_free(k->arena);
	free(k);
}

size_t keywords_count(const struct keywords *k)
{
	return k ? k->n : 0;
}

const struct keyword *keywords_at(const struct keywords *k, size_t index)
{
	return &k->words[index];
}

struct found {
	uint32_t from, to, keyword; /* bytes of the folded text */
};

struct scan {
	const struct keywords *k;
	struct arena *arena;
	struct str text; /* folded */
	struct found *found;
	size_t n, cap;
};

static bool is_at_borders(const struct scan *s, const struct found *f)
{
	if (s->k->has_word_start[f->keyword] && is_word_before(s->text, f->from))
		return false;
	return !(s->k->has_word_end[f->keyword] && is_word_at(s->text, f->to));
}

/* Keeps the leftmost, of those the longest: a new find ends at or behind all before it, so it can
 * only push away those that begin at or behind its own start, and only when it can stay itself. */
static void keep(struct scan *s, struct found f)
{
	size_t n = s->n;
	while (n && s->found[n - 1].from >= f.from)
		n--;
	if ((n && s->found[n - 1].to > f.from) || !is_at_borders(s, &f))
		return;
	s->n = n;
	s->found = arena_more(s->arena, s->found, s->n, &s->cap, sizeof(*s->found));
	s->found[s->n++] = f;
}

/* The finds as bytes of the original. One character may fold to several and hold two words (㍿ is
 * 株式会社): the first keeps it. */
static size_t original_hits(const struct scan *s, const struct fold *fold, struct str text,
			    struct hit **out)
{
	struct hit *hits = s->n ? arena_alloc(s->arena, s->n * sizeof(*hits)) : NULL;
	size_t n = 0;
	for (size_t i = 0; i < s->n; i++) {
		struct str source = fold_source(fold, text, s->found[i].from, s->found[i].to);
		uint32_t at = (uint32_t)(source.p - text.p);
		if (n && at < hits[n - 1].at + hits[n - 1].len)
			continue;
		hits[n++] = (struct hit){at, (uint32_t)source.len, s->found[i].keyword};
	}
	*out = hits;
	return n;
}

size_t keywords_scan(const struct keywords *k, struct arena *arena, struct str text,
		     struct hit **out)
{
	*out = NULL;
	if (!k || k->n == 0 || text.len == 0)
		return 0;
	struct fold fold = fold_make(arena, text);
	struct scan s = {.k = k, .arena = arena, .text = fold.text};
	uint32_t state = 0;
	for (size_t i = 0; i < fold.text.len; i++) {
		state = step(k, state, (uint8_t)fold.text.p[i]);
		uint32_t at = k->states[state].keyword != NONE ? state : k->states[state].shorter;
		for (; at != NONE; at = k->states[at].shorter) {
			uint32_t to = (uint32_t)i + 1;
			keep(&s,
			     (struct found){to - k->states[at].depth, to, k->states[at].keyword});
		}
	}
	return original_hits(&s, &fold, text, out);
}
