/* The growing arrays of an issue under construction. */
#include "build.h"

#include <sulan/arena.h>

struct block *build_block(struct build *build, struct block block)
{
	build->blocks = arena_more(build->arrays, build->blocks, build->n_blocks,
				   &build->cap_blocks, sizeof(*build->blocks));
	struct block *at = &build->blocks[build->n_blocks++];
	*at = block;
	if (at->end == 0)
		at->end = (uint32_t)build->n_blocks;
	return at;
}

/* So many bytes are worth giving back. */
#define DROP_BYTES ((size_t)1 << 20)

void build_drop(struct build *build, size_t index)
{
	size_t size = (index - build->n_dropped) * sizeof(*build->blocks);
	if (size < DROP_BYTES)
		return;
	arena_drop(build->arrays, build->blocks + build->n_dropped, size);
	build->n_dropped = index;
}

void build_span(struct build *build, struct span span)
{
	if (span.len == 0)
		return;
	build->spans = arena_more(build->arrays, build->spans, build->n_spans, &build->cap_spans,
				  sizeof(*build->spans));
	build->spans[build->n_spans++] = span;
}

uint32_t build_link(struct build *build, struct link link)
{
	build->links = arena_more(build->arena, build->links, build->n_links, &build->cap_links,
				  sizeof(*build->links));
	build->links[build->n_links++] = link;
	return (uint32_t)build->n_links;
}

struct name {
	struct str text; /* p NULL: the slot is free */
	uint32_t number;
};

static struct name *slot_of(const struct names *names, struct str text)
{
	size_t at = (size_t)str_hash(text, STR_HASH_SEED) & (names->n_slots - 1);
	while (names->slots[at].text.p && !str_eq(names->slots[at].text, text))
		at = (at + 1) & (names->n_slots - 1);
	return &names->slots[at];
}

uint32_t *names_at(struct arena *arena, struct names *names, struct str text)
{
	if (names->n * 2 >= names->n_slots) {
		struct names old = *names;
		names->n_slots = old.n_slots ? old.n_slots * 2 : 64;
		names->slots = arena_alloc(arena, names->n_slots * sizeof(*names->slots));
		for (size_t i = 0; i < old.n_slots; i++)
			if (old.slots[i].text.p)
				*slot_of(names, old.slots[i].text) = old.slots[i];
	}
	struct name *name = slot_of(names, text);
	if (!name->text.p) {
		name->text = text.p ? text : STR("");
		names->n++;
	}
	return &name->number;
}

uint32_t names_find(const struct names *names, struct str text)
{
	return names->n ? slot_of(names, text)->number : 0;
}

size_t build_span_at(const struct build *build, const struct block *block, size_t at)
{
	size_t low = block->span, high = low + block->n_spans;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (build->spans[middle].at + build->spans[middle].len > at)
			high = middle;
		else
			low = middle + 1;
	}
	return low;
}

bool build_has_words(const struct build *build, const struct block *block)
{
	size_t at = 0;
	for (size_t i = block->span; i < block->span + block->n_spans; i++) {
		const struct span *span = &build->spans[i];
		if (!(span->marks & MARK_IMAGE))
			continue;
		if (str_trim(str_sub(block->text, at, span->at - at)).len)
			return true;
		at = span->at + span->len;
	}
	return str_trim(str_from(block->text, at)).len > 0;
}

struct block build_part(struct build *build, const struct block *leaf, size_t from, size_t to)
{
	struct block part = *leaf;
	part.text = str_sub(leaf->text, from, to - from);
	size_t first = build_span_at(build, leaf, from), end = leaf->span + leaf->n_spans;
	part.span = (uint32_t)build->n_spans;
	for (size_t i = first; i < end && build->spans[i].at < to; i++) {
		struct span span = build->spans[i];
		size_t start = span.at > from ? span.at : from, stop = span.at + span.len;
		span.at = (uint32_t)(start - from);
		span.len = (uint32_t)((stop < to ? stop : to) - start);
		build_span(build, span);
	}
	part.n_spans = (uint32_t)build->n_spans - part.span;
	return part;
}
