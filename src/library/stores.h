/* What merging fields and keeping them in parcels share. */
#ifndef STORES_H
#define STORES_H

#include <stdint.h>

#include "store.h"

struct snapshot;

/* A field's latest value and where it is from. */
struct cell {
	struct record record; /* its texts are the store's */
};

struct entry {
	struct str id;
	uint32_t parent; /* itself, or towards the entry that has the fields of both */
	uint32_t rank;   /* at most so many steps lead here: chains of aliases stay short */
	struct cell *cells;
	uint32_t n_cells, cap_cells;
	bool has_moved;           /* its issue's list does not have it yet: see parcels.c */
	struct story_state state; /* made from the cells */
	struct str *tags;
	size_t cap_tags;
};

struct store {
	struct arena *arena;
	struct entry *entries;
	size_t n_entries, cap_entries;
	struct str *names; /* of fields and devices */
	size_t n_names, cap_names;
	uint32_t *slots; /* open addressing: index + 1, 0 for free; n_slots is a power of two */
	size_t n_slots;
	/* What is not here is in the snapshot; NULL when everything is. */
	struct snapshot *snapshot;
	struct snapshot *outgrown; /* texts may still be in its front */
	size_t n_parcels;
	bool *is_here; /* by parcel */
	bool is_damaged, is_checked;
	size_t n_kept;       /* ids in the snapshot */
	size_t n_new;        /* ids that came since */
	struct str *devices; /* by their numbers in the snapshot */
	size_t n_devices, cap_devices;
};

/* store.c: the entry of an id, made if need be, whether or not its parcel is here. */
uint32_t store_index(struct store *store, struct str id);
/* That which has the fields of an id and is here; NULL when there is none. */
const struct entry *store_find(struct store *store, struct str id);
uint32_t store_root(const struct store *store, uint32_t index);
/* Puts a record whose texts are the store's into an entry; true when its value is now another. */
bool store_put(struct entry *entry, const struct record *record);
void store_show(struct entry *entry);
const struct cell *store_cell(const struct entry *entry, struct str field);

/* parcels.c: which parcel an id is in, or the list of an issue by its prefix. */
size_t parcels_of(const struct store *store, struct str key);
/* Has the parcel read that an id is in. */
void parcels_need(struct store *store, struct str id);
/* Has those read whose `about` begins with `prefix`, and perhaps others. */
void parcels_need_issue(struct store *store, struct str prefix);
/* Tells of the ids whose parcels were not here when it was called. */
void parcels_each(struct store *store, const bool *was_here, triage_taker *take, void *self);

#endif
