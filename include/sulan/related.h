/* layer: library
 *
 * What came before a story and what came after it: stories of other issues that are about the same
 * thing. They share names and products, or words that are rare, and the nearer in time the better;
 * where nothing is alike enough there is nothing.
 */
#ifndef SULAN_RELATED_H
#define SULAN_RELATED_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/str.h>

struct arena;
struct error;
struct index;
struct lookup;

/* At most `max` stories that go with the story of this id, the likeliest first, in the arena; the
 * context of each are the words it has in common with it. A story the index does not have goes with
 * nothing. False with `err` when the index could not be read. */
bool related_find(struct index *index, struct arena *arena, struct str id, size_t max,
		  struct lookup *out, struct error *err);

#endif
