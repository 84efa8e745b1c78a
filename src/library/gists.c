/* The gists of all stories: into their table, a row an issue, and from there into memory. */
#include "gist.h"

#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/stories.h>

uint32_t gist_key(struct str key)
{
	return (uint32_t)str_hash(key, STR_HASH_SEED);
}

void gist_add(struct strbuf *row, long long id, struct str key, const struct gist *gist)
{
	struct gist_head head = {.id_low = (uint32_t)id,
				 .id_high = (uint32_t)(id >> 32),
				 .key = gist_key(key),
				 .n = (uint8_t)gist->n,
				 .n_title = (uint8_t)gist->n_title,
				 .is_begun = gist->n_title && gist->words[0].is_first};
	strbuf_put(row, (struct str){(const char *)&head, sizeof(head)});
	for (size_t i = 0; i < gist->n; i++)
		strbuf_put(row, (struct str){(const char *)&gist->words[i].hash, sizeof(uint32_t)});
}

bool gist_keep(struct index *index, long long issue_id, struct str row, struct error *err)
{
	sqlite3_stmt *s = index_statement(index, STATEMENT_PUT_GIST);
	sqlite3_bind_int64(s, 1, issue_id);
	sqlite3_bind_blob64(s, 2, row.len ? row.p : "", row.len, SQLITE_STATIC);
	return index_run(index, s, err);
}

/* Room for what a row of so many words may hold. */
static void make_room(struct gists *gists, size_t n)
{
	if (gists->n + n > gists->cap_heads) {
		gists->cap_heads = (gists->n + n) * 2;
		gists->heads = mem_resize(gists->heads, gists->cap_heads * sizeof(*gists->heads));
	}
	if (gists->n_words + n > gists->cap_words) {
		gists->cap_words = (gists->n_words + n) * 2;
		gists->words = mem_resize(gists->words, gists->cap_words * sizeof(*gists->words));
	}
}

/* The stories of a row, up to where it does not add up. */
static void take_row(struct gists *gists, const char *row, size_t len)
{
	struct gist_head head;
	make_room(gists, len / sizeof(*gists->words));
	for (size_t at = 0; len - at >= sizeof(head);) {
		memcpy(&head, row + at, sizeof(head));
		at += sizeof(head);
		size_t size = head.n * sizeof(*gists->words);
		if (head.n > GIST_MAX || head.n_title > head.n || size > len - at)
			return;
		memcpy(gists->words + gists->n_words, row + at, size);
		gists->heads[gists->n++] = head;
		gists->n_words += head.n;
		at += size;
	}
}

static void count_words(struct gists *gists)
{
	gists->counts = arena_alloc(gists->arena, GIST_BUCKETS * sizeof(*gists->counts));
	for (size_t i = 0; i < gists->n_words; i++)
		gists->counts[gists->words[i] % GIST_BUCKETS]++;
}

static void load_pairs(struct index *index, struct gists *gists)
{
	size_t n_texts;
	gists->n_pairs = pairs_load(index, gists->arena, &gists->pairs, &n_texts);
	gists->n_behind = arena_alloc(gists->arena, 65536 * sizeof(uint32_t));
	gists->n_before = arena_alloc(gists->arena, 65536 * sizeof(uint32_t));
	for (size_t i = 0; i < gists->n_pairs; i++) {
		gists->n_behind[gists->pairs[i].a] += gists->pairs[i].n;
		gists->n_before[gists->pairs[i].b] += gists->pairs[i].n;
	}
}

const struct gists *gists_get(struct index *index, struct error *err)
{
	unsigned long long stamp = stories_stamp(index);
	if (index->gists && index->gists->stamp == stamp)
		return index->gists;
	gists_free(index->gists);
	index->gists = NULL;
	sqlite3_stmt *s = index_prepare(index, "SELECT words FROM gist ORDER BY issue", err);
	if (!s)
		return NULL;
	int result;
	struct gists *gists = mem_new(sizeof(*gists));
	gists->arena = arena_new();
	gists->stamp = stamp;
	while ((result = sqlite3_step(s)) == SQLITE_ROW) {
		const char *row = sqlite3_column_blob(s, 0);
		if (row)
			take_row(gists, row, (size_t)sqlite3_column_bytes(s, 0));
	}
	sqlite3_finalize(s);
	if (!index_ok(index, result, err)) {
		gists_free(gists);
		return NULL;
	}
	count_words(gists);
	load_pairs(index, gists);
	index->gists = gists;
	return gists;
}

size_t gists_count_pair(const struct gists *gists, uint32_t a, uint32_t b)
{
	size_t lo = 0, hi = gists->n_pairs;
	uint32_t wanted = a << 16 | b;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		const struct pair *pair = &gists->pairs[mid];
		uint32_t key = (uint32_t)pair->a << 16 | pair->b;
		if (key == wanted)
			return pair->n;
		if (key < wanted)
			lo = mid + 1;
		else
			hi = mid;
	}
	return 0;
}

void gists_free(struct gists *gists)
{
	if (!gists)
		return;
	arena_free(gists->arena);
	free(gists->heads);
	free(gists->words);
	free(gists);
}
