/* A store in a snapshot: parcels of a few ids each, read when one of them is asked for. Beside the
 * fields of its ids, and which id has the fields of another, a parcel has lists of issues: which
 * ids are of stories of one, for who looks for those that no story has any more. */
#include "stores.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/identity.h>

#include "pack.h"
#include "snapshot.h"

#define IDS_A_PARCEL 8
#define DEVICES_MAX  65536

enum item { ITEM_FIELDS = 1, ITEM_ALIAS, ITEM_OF_ISSUE };

size_t parcels_of(const struct store *s, struct str key)
{
	return (size_t)(str_hash(key, STR_HASH_SEED) % s->n_parcels);
}

/* One item of a parcel; of fields, their records are still to be read. */
struct item_head {
	enum item kind;
	struct str id;
	struct str root;          /* of an alias */
	unsigned long long issue; /* the hash of its prefix */
	size_t n_records;
};

static bool next_item(struct unpack *from, struct item_head *out)
{
	*out = (struct item_head){0};
	if (from->rest.len == 0)
		return false;
	out->kind = (enum item)unpack_number(from);
	out->id = unpack_text(from);
	if (out->kind == ITEM_ALIAS)
		out->root = unpack_text(from);
	else if (out->kind == ITEM_OF_ISSUE)
		out->issue = unpack_number(from);
	else if (out->kind == ITEM_FIELDS)
		out->n_records = unpack_count(from);
	else
		from->is_bad = true;
	return !from->is_bad;
}

static void next_record(const struct store *s, struct unpack *from, struct str id,
			struct record *out)
{
	*out = (struct record){.stamp = unpack_number(from), .key = id};
	size_t device = (size_t)unpack_number(from);
	if (device < s->n_devices)
		out->device = s->devices[device];
	else
		from->is_bad = true;
	out->field = unpack_text(from);
	out->value = unpack_text(from);
}

static void take_item(struct store *s, struct unpack *from, const struct item_head *item)
{
	struct record record;
	if (item->kind == ITEM_OF_ISSUE)
		return;
	uint32_t index = store_index(s, item->id);
	if (item->kind == ITEM_ALIAS) {
		uint32_t root = store_index(s, item->root);
		s->entries[index].parent = root;
		s->entries[root].rank += s->entries[root].rank == 0;
		return;
	}
	for (size_t i = 0; i < item->n_records; i++) {
		next_record(s, from, s->entries[index].id, &record);
		store_put(&s->entries[index], &record);
	}
	store_show(&s->entries[index]);
}

static void read_parcel(struct store *s, size_t nth)
{
	struct unpack from = {{NULL, 0}, false};
	struct item_head item;
	s->is_here[nth] = true;
	if (!snapshot_read(s->snapshot, nth, s->arena, &from.rest))
		s->is_damaged = true;
	while (next_item(&from, &item))
		take_item(s, &from, &item);
	s->is_damaged |= from.is_bad;
}

static void need_nth(struct store *s, size_t nth)
{
	if (!s->is_here[nth])
		read_parcel(s, nth);
}

void parcels_need(struct store *s, struct str id)
{
	if (s->snapshot)
		need_nth(s, parcels_of(s, id));
}

void parcels_need_issue(struct store *s, struct str prefix)
{
	struct arena *arena = arena_new();
	struct unpack from = {{NULL, 0}, false};
	struct item_head item;
	struct record record;
	if (s->snapshot && !snapshot_read(s->snapshot, parcels_of(s, prefix), arena, &from.rest))
		s->is_damaged = true;
	while (next_item(&from, &item)) {
		for (size_t i = 0; i < item.n_records; i++)
			next_record(s, &from, item.id, &record);
		if (item.kind == ITEM_OF_ISSUE && item.issue == str_hash(prefix, STR_HASH_SEED))
			parcels_need(s, item.id);
	}
	arena_free(arena);
}

/* As the entry would be if it were here. */
static void tell_of(struct store *s, struct unpack *from, const struct item_head *item,
		    struct entry *scratch, triage_taker *take, void *self)
{
	struct record record;
	scratch->n_cells = 0;
	for (size_t i = 0; i < item->n_records; i++) {
		next_record(s, from, item->id, &record);
		store_put(scratch, &record);
	}
	store_show(scratch);
	take(self, item->id, &scratch->state);
}

void parcels_each(struct store *s, const bool *was_here, triage_taker *take, void *self)
{
	struct arena *arena = arena_new();
	struct entry scratch = {0};
	for (size_t nth = 0; nth < s->n_parcels; nth++) {
		struct unpack from = {{NULL, 0}, false};
		struct item_head item;
		arena_reset(arena);
		if (was_here[nth])
			continue;
		if (!snapshot_read(s->snapshot, nth, arena, &from.rest))
			s->is_damaged = true;
		while (next_item(&from, &item)) {
			if (item.kind == ITEM_FIELDS) {
				tell_of(s, &from, &item, &scratch, take, self);
			} else if (item.kind == ITEM_ALIAS) {
				const struct entry *root = store_find(s, item.root);
				if (root && root->n_cells)
					take(self, item.id, &root->state);
			}
		}
		s->is_damaged |= from.is_bad;
	}
	free(scratch.cells);
	free(scratch.tags);
	arena_free(arena);
}

/* Writing: entries by the parcel they go to. */
struct piece {
	size_t nth;
	uint32_t index;
	enum item kind;
};

struct pieces {
	struct piece *items;
	size_t n, cap;
};

static int by_parcel(const void *a, const void *b)
{
	const struct piece *x = a, *y = b;
	if (x->nth != y->nth)
		return x->nth < y->nth ? -1 : 1;
	return x->index != y->index ? (x->index < y->index ? -1 : 1) : (int)x->kind - (int)y->kind;
}

static void add_piece(struct arena *arena, struct pieces *pieces, size_t nth, uint32_t index,
		      enum item kind)
{
	pieces->items =
		arena_more(arena, pieces->items, pieces->n, &pieces->cap, sizeof(*pieces->items));
	pieces->items[pieces->n++] = (struct piece){nth, index, kind};
}

static struct str about_of(const struct entry *entry)
{
	const struct cell *cell = store_cell(entry, STR(RECORD_ABOUT));
	return cell ? cell->record.value : (struct str){NULL, 0};
}

/* The parcels that get something are read before, as they are written anew. */
static void need_written(struct store *s)
{
	for (uint32_t i = 0; s->snapshot && i < s->n_entries; i++)
		if (s->entries[i].has_moved)
			need_nth(s, parcels_of(s, identity_place(about_of(&s->entries[i]))));
}

static struct pieces find_pieces(struct store *s, struct arena *arena)
{
	struct pieces pieces = {0};
	for (uint32_t i = 0; i < s->n_entries; i++) {
		const struct entry *entry = &s->entries[i];
		size_t nth = parcels_of(s, entry->id);
		struct str issue = identity_place(about_of(entry));
		if (s->snapshot && !s->is_here[nth])
			continue;
		if (entry->parent != i)
			add_piece(arena, &pieces, nth, i, ITEM_ALIAS);
		else if (entry->n_cells)
			add_piece(arena, &pieces, nth, i, ITEM_FIELDS);
		if (issue.len && (entry->has_moved || !s->snapshot))
			add_piece(arena, &pieces, parcels_of(s, issue), i, ITEM_OF_ISSUE);
	}
	if (pieces.n)
		qsort(pieces.items, pieces.n, sizeof(*pieces.items), by_parcel);
	return pieces;
}

static size_t device_number(struct store *s, struct str device)
{
	for (size_t i = 0; i < s->n_devices; i++)
		if (str_eq(s->devices[i], device))
			return i;
	s->devices = arena_more(s->arena, s->devices, s->n_devices, &s->cap_devices,
				sizeof(*s->devices));
	s->devices[s->n_devices] = device;
	return s->n_devices++;
}

static void put_piece(struct store *s, struct strbuf *out, const struct piece *piece)
{
	const struct entry *entry = &s->entries[piece->index];
	pack_number(out, piece->kind);
	pack_text(out, entry->id);
	if (piece->kind == ITEM_ALIAS) {
		pack_text(out, s->entries[store_root(s, piece->index)].id);
	} else if (piece->kind == ITEM_OF_ISSUE) {
		pack_number(out, str_hash(identity_place(about_of(entry)), STR_HASH_SEED));
	} else {
		pack_number(out, entry->n_cells);
		for (uint32_t i = 0; i < entry->n_cells; i++) {
			const struct record *record = &entry->cells[i].record;
			pack_number(out, record->stamp);
			pack_number(out, device_number(s, record->device));
			pack_text(out, record->field);
			pack_text(out, record->value);
		}
	}
}

/* The lists of issues stay as they were, but for what is added to them. */
static void put_old_lists(struct store *s, struct strbuf *out, struct str parcel)
{
	struct unpack from = {parcel, false};
	struct item_head item;
	struct record record;
	for (struct str before = from.rest; next_item(&from, &item); before = from.rest) {
		for (size_t i = 0; i < item.n_records; i++)
			next_record(s, &from, item.id, &record);
		if (item.kind == ITEM_OF_ISSUE)
			strbuf_put(out, str_sub(before, 0, before.len - from.rest.len));
	}
}

static void put_parcel(struct store *s, struct arena *arena, struct snapshot_draft *draft,
		       size_t nth, struct pieces *left)
{
	struct strbuf out = strbuf_make(arena);
	struct str old = {NULL, 0};
	if (s->snapshot && !snapshot_read(s->snapshot, nth, arena, &old))
		s->is_damaged = true;
	if (s->snapshot && !s->is_here[nth]) {
		snapshot_put(draft, old);
		return;
	}
	put_old_lists(s, &out, old);
	for (; left->n && left->items->nth == nth; left->items++, left->n--)
		put_piece(s, &out, left->items);
	snapshot_put(draft, strbuf_str(&out));
}

/* A store that has outgrown its parcels is read whole and set out in more of them. */
static void make_room(struct store *s)
{
	size_t n_ids = s->n_kept + s->n_new;
	if (s->snapshot && n_ids <= s->n_parcels * IDS_A_PARCEL * 2)
		return;
	for (size_t nth = 0; s->snapshot && nth < s->n_parcels; nth++)
		need_nth(s, nth);
	s->outgrown = s->snapshot;
	s->snapshot = NULL;
	s->n_parcels = n_ids / IDS_A_PARCEL + 1;
}

bool store_save(struct store *s, const char *path, struct str front, struct error *err)
{
	struct arena *arena = arena_new(), *parcel = arena_new();
	make_room(s);
	need_written(s);
	struct pieces pieces = find_pieces(s, arena);
	struct snapshot_draft *draft = snapshot_begin(path, s->n_parcels, err);
	for (size_t nth = 0; draft && nth < s->n_parcels; nth++) {
		arena_reset(parcel);
		put_parcel(s, parcel, draft, nth, &pieces);
	}
	struct strbuf whole = strbuf_make(arena);
	strbuf_put(&whole, front);
	pack_number(&whole, s->n_kept + s->n_new);
	pack_number(&whole, s->n_devices);
	for (size_t i = 0; i < s->n_devices; i++)
		pack_text(&whole, s->devices[i]);
	bool ok = draft && snapshot_end(draft, strbuf_str(&whole), !s->is_damaged, err);
	arena_free(arena);
	arena_free(parcel);
	return ok;
}
