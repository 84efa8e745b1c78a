/* layer: library
 *
 * The state that records add up to: for each story its fields, each with the latest value. Ids that
 * aliases make one share their fields. A store may begin as it was saved in a snapshot: then what
 * is known of a story is read from there when the story is first asked for.
 */
#ifndef STORE_H
#define STORE_H

#include <sulan/triage.h>

struct snapshot;
struct unpack;

struct store *store_new(void);
void store_free(struct store *store);

/* Begins an empty store as it was saved; the snapshot is the store's from now on. `front` has been
 * read up to the end of what was given to store_save. False when the rest makes no sense: the store
 * is damaged then. */
bool store_resume(struct store *store, struct snapshot *snapshot, struct unpack *front);

/* Has what is known of an id read. Done by all that ask for one. */
void store_need(struct store *store, struct str id);

/* Writes everything to a snapshot at `path`; `front` is what store_resume is to be left with the
 * rest of. False with `err`. */
bool store_save(struct store *store, const char *path, struct str front, struct error *err);

/* Whether the snapshot could not be read where it had to be: what was asked for since may be wrong,
 * and the store must be made anew. */
bool store_is_damaged(const struct store *store);

/* Sees whether everything in the snapshot can be read, once. */
void store_check(struct store *store);

/* What became of a record: nothing, as it was there already or a later one is; a field's latest
 * value, the same as before or another. For an alias: two ids are one that were not, and one of
 * them had no fields, or both had. */
enum merged { MERGED_NOT, MERGED_SAME, MERGED_OTHER };
enum merged store_merge(struct store *store, const struct record *record);

/* The store's own copy of an id that it knows, and of a name that comes again and again. They live
 * as long as the store. */
struct str store_id(const struct store *store, struct str id);
struct str store_name(struct store *store, struct str name);

/* A field's value, empty when nothing is known. Lives as long as the store. */
struct str store_get(struct store *store, struct str id, struct str field);

struct story_state store_state(struct store *store, struct str id);
void store_each(struct store *store, triage_taker *take, void *self);
size_t store_tags(struct store *store, struct arena *arena, struct str **out);
size_t store_orphans(struct store *store, struct arena *arena, struct str prefix,
		     const struct str *ids, size_t n, struct triage_orphan **out);

#endif
