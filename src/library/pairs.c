/* How often two Han characters stand side by side in all texts: what words there may be, for
 * pinyin. Counted while texts are put into the index, and kept there as one sorted array. */
#include "pairs.h"

#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/fold.h>
#include <sulan/utf8.h>

struct pairs {
	struct pair *table; /* hash; n == 0: free */
	size_t n, cap;
	size_t n_texts;
};

static struct pair *slot_of(const struct pairs *pairs, uint16_t a, uint16_t b)
{
	uint32_t key = (uint32_t)a << 16 | b;
	size_t at = (key * 2654435761U >> 7) & (pairs->cap - 1);
	while (pairs->table[at].n && (pairs->table[at].a != a || pairs->table[at].b != b))
		at = (at + 1) & (pairs->cap - 1);
	return &pairs->table[at];
}

static void grow(struct pairs *pairs)
{
	struct pairs larger = {.cap = pairs->cap ? pairs->cap * 2 : 1 << 14};
	larger.table = mem_new(larger.cap * sizeof(*larger.table));
	for (size_t i = 0; i < pairs->cap; i++)
		if (pairs->table[i].n)
			*slot_of(&larger, pairs->table[i].a, pairs->table[i].b) = pairs->table[i];
	free(pairs->table);
	pairs->table = larger.table;
	pairs->cap = larger.cap;
}

static void count_pair(struct pairs *pairs, uint16_t a, uint16_t b)
{
	if (pairs->n * 2 >= pairs->cap)
		grow(pairs);
	struct pair *slot = slot_of(pairs, a, b);
	if (!slot->n) {
		*slot = (struct pair){a, b, 0};
		pairs->n++;
	}
	slot->n++;
}

void pairs_count(struct index *index, struct str folded)
{
	uint32_t cp, before = 0;
	if (!index->pairs)
		index->pairs = mem_new(sizeof(*index->pairs));
	index->pairs->n_texts++;
	for (size_t at = 0; at < folded.len;) {
		at += utf8_next(folded, at, &cp);
		if (cp < 0x4E00 || cp > 0x9FFF)
			cp = 0;
		if (cp && before)
			count_pair(index->pairs, (uint16_t)before, (uint16_t)cp);
		before = cp;
	}
}

static int by_signs(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;
	return x->a != y->a ? (int)x->a - (int)y->a : (int)x->b - (int)y->b;
}

static size_t sorted(struct arena *arena, const struct pairs *pairs, struct pair **out)
{
	size_t n = 0;
	*out = arena_alloc(arena, (pairs->n + 1) * sizeof(**out));
	for (size_t i = 0; i < pairs->cap; i++)
		if (pairs->table[i].n)
			(*out)[n++] = pairs->table[i];
	if (n)
		qsort(*out, n, sizeof(**out), by_signs);
	return n;
}

static size_t merge(const struct pair *a, size_t n_a, const struct pair *b, size_t n_b,
		    struct pair *out)
{
	size_t i = 0, k = 0, n = 0;
	while (i < n_a || k < n_b) {
		int order = i == n_a ? 1 : k == n_b ? -1 : by_signs(&a[i], &b[k]);
		out[n] = order <= 0 ? a[i] : b[k];
		if (order == 0)
			out[n].n += b[k].n;
		i += order <= 0;
		k += order >= 0;
		n++;
	}
	return n;
}

size_t pairs_load(struct index *index, struct arena *arena, const struct pair **out,
		  size_t *n_texts)
{
	struct pairs_head head = {0};
	sqlite3_stmt *s = index_statement(index, STATEMENT_GET_DATA);
	size_t n = 0;
	struct pair *pairs = NULL;
	index_bind(s, 1, STR("pairs"));
	if (s && sqlite3_step(s) == SQLITE_ROW) {
		struct str blob = {sqlite3_column_blob(s, 0), (size_t)sqlite3_column_bytes(s, 0)};
		if (blob.len >= sizeof(head)) {
			memcpy(&head, blob.p, sizeof(head));
			n = (blob.len - sizeof(head)) / sizeof(*pairs);
			pairs = arena_alloc(arena, (n + 1) * sizeof(*pairs));
			memcpy(pairs, blob.p + sizeof(head), n * sizeof(*pairs));
		}
	}
	sqlite3_reset(s);
	*out = pairs;
	*n_texts = (size_t)head.n_texts;
	return n;
}

static bool store(struct index *index, struct arena *arena, const struct pair *pairs, size_t n,
		  size_t n_texts, struct error *err)
{
	struct pairs_head head = {n_texts};
	size_t size = sizeof(head) + n * sizeof(*pairs);
	char *blob = arena_alloc(arena, size);
	memcpy(blob, &head, sizeof(head));
	memcpy(blob + sizeof(head), pairs, n * sizeof(*pairs));
	sqlite3_stmt *s = index_statement(index, STATEMENT_PUT_DATA);
	index_bind(s, 1, STR("pairs"));
	sqlite3_bind_blob64(s, 2, blob, size, SQLITE_STATIC);
	return index_run(index, s, err);
}

/* Counts all over, when a program that was stopped took too many counts with it. */
static bool recount(struct index *index, struct error *err)
{
	sqlite3_stmt *s = index_prepare(index, "SELECT title, text FROM whole", err);
	if (!s)
		return false;
	int result;
	struct arena *arena = arena_new();
	while ((result = sqlite3_step(s)) == SQLITE_ROW) {
		for (int i = 0; i < 2; i++)
			pairs_count(index, fold_text(arena, index_text(s, i)));
		arena_reset(arena);
	}
	arena_free(arena);
	sqlite3_finalize(s);
	return index_ok(index, result, err);
}

bool pairs_keep(struct index *index, struct error *err)
{
	struct arena *arena = arena_new();
	const struct pair *old;
	struct pair *fresh;
	size_t n_texts, n_old = pairs_load(index, arena, &old, &n_texts);
	size_t all = index_count(index).n_stories * 2;
	size_t counted = n_texts + (index->pairs ? index->pairs->n_texts : 0);
	bool ok = true;
	if (counted + all / 25 < all) {
		n_old = n_texts = 0;
		pairs_free(index->pairs);
		index->pairs = NULL;
		ok = recount(index, err);
	}
	if (ok && index->pairs && index->pairs->n_texts) {
		size_t n_fresh = sorted(arena, index->pairs, &fresh);
		struct pair *both = arena_alloc(arena, (n_old + n_fresh + 1) * sizeof(*both));
		size_t n = merge(old, n_old, fresh, n_fresh, both);
		ok = store(index, arena, both, n, n_texts + index->pairs->n_texts, err);
		pairs_free(index->pairs);
		index->pairs = NULL;
	}
	arena_free(arena);
	return ok;
}

void pairs_free(struct pairs *pairs)
{
	if (!pairs)
		return;
	free(pairs->table);
	free(pairs);
}
