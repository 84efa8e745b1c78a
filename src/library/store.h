/* layer: library
 *
 * The state that records add up to: for each story its fields, each with the latest value. Ids that
 * aliases make one share their fields.
 */
#ifndef STORE_H
#define STORE_H

#include <sulan/triage.h>

struct store *store_new(void);
void store_free(struct store *store);

/* Takes a record in; true when a value is now another. */
bool store_merge(struct store *store, const struct record *record);

/* The store's own copy of an id that it knows, and of a name that comes again and again. They live
 * as long as the store. */
struct str store_id(const struct store *store, struct str id);
struct str store_name(struct store *store, struct str name);

/* A field's value, empty when nothing is known. Lives as long as the store. */
struct str store_get(const struct store *store, struct str id, struct str field);

struct story_state store_state(const struct store *store, struct str id);
void store_each(const struct store *store, triage_taker *take, void *self);
size_t store_tags(const struct store *store, struct arena *arena, struct str **out);
size_t store_orphans(const struct store *store, struct arena *arena, struct str prefix,
		     const struct str *ids, size_t n, struct triage_orphan **out);

#endif
