/* layer: base
 *
 * Memory that dies together. One arena belongs to one issue, page or frame; what is made in it is
 * never freed alone. Running out of memory aborts: no caller has to check for NULL.
 */
#ifndef SULAN_ARENA_H
#define SULAN_ARENA_H

#include <stddef.h>

struct arena;

/* A new, empty arena. Freed with everything in it by arena_free; NULL may be freed. */
struct arena *arena_new(void);
void arena_free(struct arena *arena);

/* Forgets everything in the arena and keeps its memory for the next use. */
void arena_reset(struct arena *arena);

/* `size` zeroed bytes, aligned for any type. Valid until the arena is reset or freed. */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of `len` bytes with a NUL behind them. */
char *arena_copy(struct arena *arena, const void *bytes, size_t len);

/* A NUL-terminated text made by printf's rules. */
char *arena_printf(struct arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* `old`, of `old_size` bytes, made `size` >= old_size bytes long: in its place when nothing came
 * after it, else a copy. What is new is not zeroed. */
void *arena_resize(struct arena *arena, void *old, size_t old_size, size_t size);

/* An array of `n` items of `item_size` bytes with room for one more: `items` itself, or a larger
 * copy of it. `*cap` is the room in items, kept by the caller beside the array; start with NULL, 0.
 * What is new is not zeroed. */
void *arena_more(struct arena *arena, void *items, size_t n, size_t *cap, size_t item_size);

/* Says that nobody reads these bytes of the arena any more, which may be many: the system has the
 * memory of whole pages of them back before the arena goes. Bytes that are not the arena's are left
 * alone. */
void arena_drop(struct arena *arena, const void *bytes, size_t len);

/* Memory with an owner of its own, from malloc and zeroed; released with free(). */
void *mem_new(size_t size);

/* realloc that aborts instead of failing; what is beyond the old size is not zeroed. */
void *mem_resize(void *old, size_t size);

#endif
