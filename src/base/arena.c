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
/* Those of an arena that has come to this are as large. */
#define LARGE_CHUNK ((size_t)4 << 20)
#define LARGE_ARENA ((size_t)4 << 20)
/* Pages that the system may give for what is large: there are fewer of them to be made. */
#define LARGE_PAGE ((size_t)2 << 20)

struct chunk {
	struct chunk *next;
	size_t size, used;
	alignas(max_align_t) char bytes[];
};

struct arena {
	struct chunk *first, *now;
	size_t size; /* of its chunks */
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

static struct chunk *new_chunk(size_t room)
{
	if (room > SIZE_MAX - sizeof(struct chunk) - LARGE_PAGE)
		abort();
	size_t size = sizeof(struct chunk) + room;
	struct chunk *chunk;
	if (size < LARGE_CHUNK) {
		chunk = malloc(size);
	} else {
		size = (size + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
		chunk = aligned_alloc(LARGE_PAGE, size);
		if (chunk)
			madvise(chunk, size, MADV_HUGEPAGE);
	}
	if (!chunk)
		abort();
	*chunk = (struct chunk){.size = size - sizeof(struct chunk)};
	return chunk;
}

/* What is large stands alone in its chunk, where it can grow. */
static bool has_room(const struct chunk *c, size_t size)
{
	return c->size - c->used >= size && (size < ARENA_CHUNK || c->used == 0);
}

static struct chunk *chunk_for(struct arena *arena, size_t size)
{
	struct chunk *c = arena->now;
	while (c && c->next && !has_room(c, size))
		c = c->next;
	if (c && has_room(c, size))
		return arena->now = c;
	size_t room = arena->size < LARGE_ARENA ? ARENA_CHUNK : LARGE_CHUNK;
	struct chunk *fresh = new_chunk(size < ARENA_CHUNK ? room : size);
	arena->size += fresh->size;
	if (c && size < ARENA_CHUNK) {
		fresh->next = c->next;
		c->next = fresh;
		return arena->now = fresh;
	}
	fresh->next = arena->first;
	arena->first = fresh;
	if (!arena->now)
		arena->now = fresh;
	return fresh;
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
	if (!c || !has_room(c, size))
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
	arena->size += size - chunk->size;
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
