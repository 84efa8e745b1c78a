/* One needle in texts, as it stands and by the pinyin it may be. */
#include <sulan/needle.h>

#include <stdlib.h>

#include <sulan/arena.h>
#include <sulan/fold.h>
#include <sulan/pinyin.h>
#include <sulan/query.h>

/* More in one block of text lights nothing but the block. */
#define READINGS_MAX 256

struct needle needle_make(struct arena *arena, struct str typed)
{
	struct needle needle = {.typed = fold_text(arena, str_trim(typed))};
	needle.can_read = pinyin_is_typed(needle.typed);
	return needle;
}

static bool is_of_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
}

static bool has_word(struct str folded, struct str word)
{
	for (size_t at = 0; (at = str_find(folded, word, at)) != STR_NOT_FOUND; at += word.len) {
		size_t end = at + word.len;
		if ((at == 0 || !is_of_word(folded.p[at - 1])) &&
		    (end == folded.len || !is_of_word(folded.p[end])))
			return true;
	}
	return false;
}

static size_t readings(const struct needle *needle, struct arena *arena, struct str text,
		       struct pinyin_match **out)
{
	return pinyin_find(arena, text, needle->typed, READINGS_MAX, out);
}

void needle_learn(struct needle *needle, struct arena *arena, struct str text)
{
	struct pinyin_match *match;
	if (!needle->can_read || needle->is_word)
		return;
	needle->is_word = has_word(fold_text(arena, text), needle->typed);
	if (needle->is_whole)
		return;
	for (size_t i = readings(needle, arena, text, &match); i > 0; i--)
		needle->is_whole |= match[i - 1].is_whole;
}

static int by_place(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	return x->at != y->at ? (x->at < y->at ? -1 : 1) : (x->len < y->len) - (x->len > y->len);
}

size_t needle_find(const struct needle *needle, struct arena *arena, struct str text,
		   struct hit **out)
{
	struct pinyin_match *matches;
	struct hit *literal;
	size_t n = find_all(arena, text, needle->typed, &literal), n_kept = 0;
	*out = literal;
	if (!needle->can_read || needle->is_word)
		return n;
	size_t n_read = readings(needle, arena, text, &matches);
	struct hit *hits = arena_alloc(arena, (n + n_read + 1) * sizeof(*hits));
	for (size_t i = 0; i < n; i++)
		hits[i] = literal[i];
	for (size_t i = 0; i < n_read; i++)
		if (matches[i].is_whole || !needle->is_whole)
			hits[n++] = (struct hit){matches[i].at, matches[i].len, 0};
	qsort(hits, n, sizeof(*hits), by_place);
	for (size_t i = 0; i < n; i++)
		if (n_kept == 0 || hits[i].at >= hits[n_kept - 1].at + hits[n_kept - 1].len)
			hits[n_kept++] = hits[i];
	*out = hits;
	return n_kept;
}
