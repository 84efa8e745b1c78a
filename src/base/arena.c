/* Bump allocation in chunks. A reset keeps the chunks and uses them again from the first. */
#include <sulan/arena.h>

#include <assert.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef ARENA_CHUNK
#define ARENA_CHUNK ((size_t)32 << 10)
#endif

struct chunk {
	struct chunk *next;
	size_t size, used;
	alignas(max_align_t) char bytes[];
};

struct arena {
	struct chunk *first, *now;
};

void *mem_new(size_t size)
{
	void *p = calloc(1, size ? size : 1);
	if (!p)
		abort();
	return p;
}

void *mem_resize(void *old, size_t size)
{
	void *p = realloc(old, size ? size : 1);
	if (!p)
		abort();
	return p;
}

struct arena *arena_new(void)
{
	return mem_new(sizeof(struct arena));
}

void arena_free(struct arena *arena)
{
	if (!arena)
		return;
	for (struct chunk *c = arena->first, *next; c; c = next) {
		next = c->next;
		free(c);
	}
	free(arena);
}

void arena_reset(struct arena *arena)
{
	for (struct chunk *c = arena->first; c; c = c->next)
		c->used = 0;
	arena->now = arena->first;
}

static struct chunk *chunk_for(struct arena *arena, size_t size)
{
	struct chunk *c = arena->now;
	while (c && c->next && c->size - c->used < size)
		c = c->next;
	if (c && c->size - c->used >= size)
		return arena->now = c;
	size_t room = size > ARENA_CHUNK ? size : ARENA_CHUNK;
	if (room > SIZE_MAX - sizeof(struct chunk))
		abort();
	struct chunk *fresh = malloc(sizeof(struct chunk) + room);
	if (!fresh)
		abort();
	*fresh = (struct chunk){.size = room};
	if (c) {
		fresh->next = c->next;
		c->next = fresh;
	} else {
		arena->first = fresh;
	}
	return arena->now = fresh;
}

static size_t round_up(size_t size)
{
	const size_t unit = alignof(max_align_t);
	if (size > SIZE_MAX - unit)
		abort();
	return (size + unit - 1) / unit * unit;
}

static void *take(struct arena *arena, size_t size)
{
	size = round_up(size);
	struct chunk *c = arena->now;
	if (!c || c->size - c->used < size)
		c = chunk_for(arena, size);
	void *p = c->bytes + c->used;
	c->used += size;
	return p;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	void *p = take(arena, size);
	memset(p, 0, size);
	return p;
}

char *arena_copy(struct arena *arena, const void *bytes, size_t len)
{
	char *p = take(arena, len + 1);
	if (len)
		memcpy(p, bytes, len);
	p[len] = '\0';
	return p;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	char brief[128];
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int len = vsnprintf(brief, sizeof(brief), format, args);
	va_end(args);
	assert(len >= 0);
	char *p = take(arena, (size_t)len + 1);
	if ((size_t)len < sizeof(brief))
		memcpy(p, brief, (size_t)len + 1);
	else
		vsnprintf(p, (size_t)len + 1, format, again);
	va_end(again);
	return p;
}

/* Where the chunk that holds nothing but `p` hangs; NULL when there is none. */
static struct chunk **find_alone(struct arena *arena, const void *p, size_t size)
{
	if (size < ARENA_CHUNK)
		return NULL;
	for (struct chunk **link = &arena->first; *link; link = &(*link)->next)
		if ((*link)->bytes == p && (*link)->used == size)
			return link;
	return NULL;
}

/* The system moves its pages: an array of any size is never there twice. */
static void *resize_alone(struct arena *arena, struct chunk **link, size_t size)
{
	bool is_now = arena->now == *link;
	struct chunk *chunk = mem_resize(*link, sizeof(struct chunk) + size);
	chunk->size = chunk->used = size;
	*link = chunk;
	if (is_now)
		arena->now = chunk;
	return chunk->bytes;
}

void arena_drop(struct arena *arena, const void *bytes, size_t len)
{
	const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), from = (uintptr_t)bytes;
	for (struct chunk *c = arena->first; c; c = c->next) {
		uintptr_t start = (uintptr_t)c->bytes;
		if (from < start || from - start > c->used || len > c->used - (from - start))
			continue;
		uintptr_t first = (from + page - 1) / page * page, end = (from + len) / page * page;
		if (first < end)
			madvise(c->bytes + (first - start), end - first, MADV_DONTNEED);
	}
}

void *arena_resize(struct arena *arena, void *old, size_t old_size, size_t size)
{
	struct chunk *c = arena->now, **alone;
	size_t taken = round_up(old_size), wanted = round_up(size);
	assert(size >= old_size && (old || old_size == 0));
	if (old && (char *)old + taken == c->bytes + c->used &&
	    c->size - c->used >= wanted - taken) {
		c->used += wanted - taken;
		return old;
	}
	if (old && (alone = find_alone(arena, old, taken)))
		return resize_alone(arena, alone, wanted);
	void *p = take(arena, size);
	if (old_size)
		memcpy(p, old, old_size);
	return p;
}

void *arena_more(struct arena *arena, void *items, size_t n, size_t *cap, size_t item_size)
{
	if (n < *cap)
		return items;
	size_t room = *cap ? *cap * 2 : 2;
	if (room > SIZE_MAX / item_size)
		abort();
	items = arena_resize(arena, items, *cap * item_size, room * item_size);
	*cap = room;
	return items;
}
