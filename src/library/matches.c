/* What is lit of a story that was found, and the text around its first match. */
#include "matches.h"

#include <stdlib.h>

#include <sulan/arena.h>
#include <sulan/fold.h>
#include <sulan/pinyin.h>
#include <sulan/query.h>

struct show {
	struct arena *arena, *scratch;
	const struct terms *terms;
	size_t context_bytes;
};

static int by_place(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	return x->at != y->at ? (x->at < y->at ? -1 : 1) : (x->len < y->len) - (x->len > y->len);
}

struct hit_list {
	struct hit *items;
	size_t n, cap;
};

static void add_hits(const struct show *s, struct hit_list *list, struct str text,
		     struct str needle)
{
	struct hit *hits;
	size_t n = find_all(s->scratch, text, needle, &hits);
	for (size_t i = 0; i < n; i++) {
		list->items = arena_more(s->arena, list->items, list->n, &list->cap, sizeof(*hits));
		list->items[list->n++] = hits[i];
	}
}

static void add_readings(const struct show *s, struct hit_list *list, struct str text,
			 struct str typed)
{
	struct pinyin_match *matches;
	size_t n = pinyin_find(s->scratch, text, typed, 16, &matches);
	for (size_t i = 0; i < n; i++) {
		list->items = arena_more(s->arena, list->items, list->n, &list->cap,
					 sizeof(*list->items));
		list->items[list->n++] = (struct hit){matches[i].at, matches[i].len, 0};
	}
}

/* All that matched, in order, none inside of another. */
static size_t light(const struct show *s, struct str text, bool is_title, struct hit **out)
{
	struct hit_list list = {0};
	size_t n = 0;
	for (size_t i = 0; i < s->terms->n; i++) {
		const struct term *term = &s->terms->items[i];
		if (term->is_negated)
			continue;
		add_hits(s, &list, text, term->typed);
		for (size_t w = 0; w < term->n_words; w++)
			add_hits(s, &list, text, term->words[w]);
		if (term->is_pinyin && is_title)
			add_readings(s, &list, text, term->typed);
	}
	if (list.n)
		qsort(list.items, list.n, sizeof(*list.items), by_place);
	for (size_t i = 0; i < list.n; i++)
		if (n == 0 || list.items[i].at >= list.items[n - 1].at + list.items[n - 1].len)
			list.items[n++] = list.items[i];
	*out = list.items;
	return n;
}

/* Where the first match of the text begins, or SIZE_MAX. */
static size_t first_match(const struct show *s, const struct subject *subject)
{
	size_t first = STR_NOT_FOUND;
	for (size_t i = 0; i < s->terms->n; i++) {
		const struct term *term = &s->terms->items[i];
		for (size_t w = 0; !term->is_negated && w <= term->n_words; w++) {
			struct str word = w ? term->words[w - 1] : term->typed;
			size_t at = str_find(subject->fold.text, word, 0);
			first = at < first ? at : first;
		}
	}
	return first == STR_NOT_FOUND ? first : subject->fold.at[first];
}

static size_t char_border(struct str text, size_t at)
{
	while (at < text.len && ((unsigned char)text.p[at] & 0xc0) == 0x80)
		at++;
	return at;
}

/* The line the match is in, cut to the window that is asked for. */
static struct str context_of(const struct show *s, const struct subject *subject)
{
	size_t at = first_match(s, subject), room = s->context_bytes;
	struct str text = subject->text;
	if (at == STR_NOT_FOUND)
		return (struct str){"", 0};
	size_t start = at, end = at;
	while (start > 0 && text.p[start - 1] != '\n')
		start--;
	while (end < text.len && text.p[end] != '\n')
		end++;
	bool is_late = at - start > room / 3, is_long;
	if (is_late)
		start = char_border(text, at - room / 3);
	is_long = end - start > room;
	if (is_long)
		end = char_border(text, start + room);
	return str_of(arena_printf(s->arena, "%s%.*s%s", is_late ? "…" : "", (int)(end - start),
				   text.p + start, is_long ? "…" : ""));
}

void matches_show(struct arena *arena, struct arena *scratch, const struct terms *terms,
		  const struct subject *subject, size_t context_bytes, struct found *found)
{
	const struct show s = {arena, scratch, terms, context_bytes};
	found->n_title_hits = light(&s, found->title, true, &found->title_hits);
	if (!context_bytes)
		return;
	found->context = context_of(&s, subject);
	found->n_context_hits = light(&s, found->context, false, &found->context_hits);
}
