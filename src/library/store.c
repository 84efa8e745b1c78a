/* Fields by story id, last writer wins; aliases join the fields of two ids for good. */
#include "stores.h"

#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>

#include "pack.h"
#include "snapshot.h"

/* Names beyond these are not looked for: a hostile journal may make up any number. */
#define NAMES_MAX 64

struct store *store_new(void)
{
	struct store *s = mem_new(sizeof(*s));
	s->arena = arena_new();
	s->n_slots = 64;
	s->slots = mem_new(s->n_slots * sizeof(*s->slots));
	return s;
}

void store_free(struct store *s)
{
	for (size_t i = 0; i < s->n_entries; i++) {
		free(s->entries[i].cells);
		free(s->entries[i].tags);
	}
	free(s->entries);
	free(s->slots);
	free(s->is_here);
	snapshot_free(s->snapshot);
	snapshot_free(s->outgrown);
	arena_free(s->arena);
	free(s);
}

/* The slot of an id, or the free one where it would be. */
static uint32_t *slot_of(const struct store *s, struct str id)
{
	size_t at = (size_t)str_hash(id, STR_HASH_SEED) & (s->n_slots - 1);
	while (s->slots[at] && !str_eq(s->entries[s->slots[at] - 1].id, id))
		at = (at + 1) & (s->n_slots - 1);
	return &s->slots[at];
}

uint32_t store_root(const struct store *s, uint32_t index)
{
	while (s->entries[index].parent != index)
		index = s->entries[index].parent;
	return index;
}

/* The entry that has the fields of an id, and is here. What is read of it may lead further. */
static uint32_t here_root(struct store *s, uint32_t index)
{
	uint32_t root = store_root(s, index);
	while (root != index) {
		index = root;
		parcels_need(s, s->entries[root].id);
		root = store_root(s, root);
	}
	return root;
}

const struct entry *store_find(struct store *s, struct str id)
{
	parcels_need(s, id);
	uint32_t slot = *slot_of(s, id), root = slot ? here_root(s, slot - 1) : 0;
	return slot ? &s->entries[root] : NULL; /* now that none are being read */
}

static void grow_slots(struct store *s)
{
	free(s->slots);
	s->n_slots *= 2;
	s->slots = mem_new(s->n_slots * sizeof(*s->slots));
	for (size_t i = 0; i < s->n_entries; i++)
		*slot_of(s, s->entries[i].id) = (uint32_t)i + 1;
}

uint32_t store_index(struct store *s, struct str id)
{
	uint32_t slot = *slot_of(s, id);
	if (slot)
		return slot - 1;
	if ((s->n_entries + 1) * 2 > s->n_slots)
		grow_slots(s);
	if (s->n_entries == s->cap_entries) {
		s->cap_entries = s->cap_entries ? s->cap_entries * 2 : 64;
		s->entries = mem_resize(s->entries, s->cap_entries * sizeof(*s->entries));
	}
	uint32_t index = (uint32_t)s->n_entries++;
	s->entries[index] = (struct entry){.id = str_copy(s->arena, id), .parent = index};
	*slot_of(s, id) = index + 1;
	return index;
}

/* The entry that has the fields of an id, made if need be. */
static uint32_t entry_of(struct store *s, struct str id)
{
	parcels_need(s, id);
	size_t n = s->n_entries;
	uint32_t index = store_index(s, id);
	s->n_new += s->n_entries > n;
	return here_root(s, index);
}

static struct cell *find_cell(const struct entry *entry, struct str field)
{
	for (uint32_t i = 0; i < entry->n_cells; i++)
		if (str_eq(entry->cells[i].record.field, field))
			return &entry->cells[i];
	return NULL;
}

const struct cell *store_cell(const struct entry *entry, struct str field)
{
	return find_cell(entry, field);
}

static bool is_tag(const struct cell *cell)
{
	return str_starts(cell->record.field, RECORD_TAG) && cell->record.value.len;
}

static bool is_set(const struct entry *entry, const char *field)
{
	const struct cell *cell = find_cell(entry, str_of(field));
	return cell && cell->record.value.len;
}

void store_show(struct entry *entry)
{
	const struct cell *note = find_cell(entry, STR(RECORD_NOTE));
	size_t n = 0;
	for (uint32_t i = 0; i < entry->n_cells; i++) {
		if (!is_tag(&entry->cells[i]))
			continue;
		if (n == entry->cap_tags) {
			entry->cap_tags = n ? n * 2 : 4;
			entry->tags = mem_resize(entry->tags, entry->cap_tags * sizeof(struct str));
		}
		entry->tags[n++] = str_from(entry->cells[i].record.field, sizeof(RECORD_TAG) - 1);
	}
	if (n)
		qsort(entry->tags, n, sizeof(*entry->tags), str_order);
	entry->state = (struct story_state){
		.is_read = is_set(entry, RECORD_READ),
		.is_starred = is_set(entry, RECORD_STAR),
		.is_later = is_set(entry, RECORD_LATER),
		.is_dismissed = is_set(entry, RECORD_DISMISSED),
		.tags = entry->tags,
		.n_tags = n,
		.note = note ? note->record.value : (struct str){NULL, 0},
	};
}

bool store_put(struct entry *entry, const struct record *record)
{
	struct cell *cell = find_cell(entry, record->field);
	if (cell) {
		if (record_compare(record, &cell->record) <= 0)
			return false;
		bool is_other = !str_eq(cell->record.value, record->value);
		cell->record = *record;
		return is_other;
	}
	if (entry->n_cells == entry->cap_cells) {
		entry->cap_cells = entry->cap_cells ? entry->cap_cells * 2 : 2;
		entry->cells = mem_resize(entry->cells, entry->cap_cells * sizeof(*entry->cells));
	}
	entry->cells[entry->n_cells++] = (struct cell){*record};
	return record->value.len > 0;
}

static enum merged join(struct store *s, struct str id, struct str other)
{
	uint32_t a = entry_of(s, id), b = entry_of(s, other);
	if (a == b)
		return MERGED_NOT;
	if (s->entries[a].rank > s->entries[b].rank) {
		uint32_t swap = a;
		a = b;
		b = swap;
	}
	struct entry *from = &s->entries[a], *to = &s->entries[b];
	bool have_both = from->n_cells && to->n_cells;
	to->rank += from->rank == to->rank;
	for (uint32_t i = 0; i < from->n_cells; i++)
		store_put(to, &from->cells[i].record);
	free(from->cells);
	free(from->tags);
	*from = (struct entry){.id = from->id, .parent = b, .rank = from->rank};
	to->has_moved = true;
	store_show(to);
	return have_both ? MERGED_OTHER : MERGED_SAME;
}

struct str store_name(struct store *s, struct str name)
{
	for (size_t i = 0; i < s->n_names && i < NAMES_MAX; i++)
		if (str_eq(s->names[i], name))
			return s->names[i];
	if (s->n_names >= NAMES_MAX)
		return str_copy(s->arena, name);
	s->names = arena_more(s->arena, s->names, s->n_names, &s->cap_names, sizeof(*s->names));
	return s->names[s->n_names++] = str_copy(s->arena, name);
}

struct str store_id(const struct store *s, struct str id)
{
	uint32_t slot = *slot_of(s, id);
	return slot ? s->entries[slot - 1].id : (struct str){NULL, 0};
}

/* Most values are yes. */
static struct str value_of(struct store *s, struct str value)
{
	return str_is(value, "1") ? STR("1") : value.len ? str_copy(s->arena, value) : STR("");
}

enum merged store_merge(struct store *s, const struct record *record)
{
	if (str_is(record->field, RECORD_ALIAS))
		return record->value.len ? join(s, record->key, record->value) : MERGED_NOT;
	uint32_t index = entry_of(s, record->key); /* first: it may move the entries */
	struct entry *entry = &s->entries[index];
	const struct cell *old = find_cell(entry, record->field);
	if (old && record_compare(record, &old->record) <= 0)
		return MERGED_NOT;
	struct record own = {record->stamp, store_name(s, record->device), entry->id,
			     old ? old->record.field : store_name(s, record->field),
			     value_of(s, record->value)};
	bool is_changed = store_put(entry, &own);
	entry->has_moved |= str_is(record->field, RECORD_ABOUT);
	store_show(entry);
	return is_changed ? MERGED_OTHER : MERGED_SAME;
}

void store_need(struct store *s, struct str id)
{
	store_find(s, id);
}

struct str store_get(struct store *s, struct str id, struct str field)
{
	const struct entry *entry = store_find(s, id);
	const struct cell *cell = entry ? find_cell(entry, field) : NULL;
	return cell ? cell->record.value : (struct str){NULL, 0};
}

struct story_state store_state(struct store *s, struct str id)
{
	const struct entry *entry = store_find(s, id);
	return entry ? entry->state : (struct story_state){0};
}

void store_each(struct store *s, triage_taker *take, void *self)
{
	bool *was_here = NULL;
	if (s->snapshot) {
		was_here = mem_new(s->n_parcels * sizeof(*was_here));
		memcpy(was_here, s->is_here, s->n_parcels * sizeof(*was_here));
		parcels_each(s, was_here, take, self);
	}
	for (uint32_t i = 0; i < s->n_entries; i++) {
		if (was_here && !was_here[parcels_of(s, s->entries[i].id)])
			continue;
		uint32_t root = here_root(s, i);
		struct story_state state = s->entries[root].state;
		if (s->entries[root].n_cells)
			take(self, s->entries[i].id, &state);
	}
	free(was_here);
}

struct tag_list {
	struct arena *arena;
	struct str *tags;
	size_t n, cap;
};

/* There are few different ones, and stories that have any are few. */
static void take_tags(void *self, struct str id, const struct story_state *state)
{
	struct tag_list *list = self;
	(void)id;
	for (size_t i = 0; i < state->n_tags; i++) {
		size_t k = 0;
		while (k < list->n && !str_eq(list->tags[k], state->tags[i]))
			k++;
		if (k < list->n)
			continue;
		list->tags = arena_more(list->arena, list->tags, list->n, &list->cap,
					sizeof(*list->tags));
		list->tags[list->n++] = str_copy(list->arena, state->tags[i]);
	}
}

size_t store_tags(struct store *s, struct arena *arena, struct str **out)
{
	struct tag_list list = {.arena = arena};
	store_each(s, take_tags, &list);
	if (list.n)
		qsort(list.tags, list.n, sizeof(*list.tags), str_order);
	*out = list.tags;
	return list.n;
}

/* Their order says which of two that are as good is taken: it must be the same everywhere. */
static int by_id(const void *a, const void *b)
{
	const struct triage_orphan *x = a, *y = b;
	return str_compare(x->id, y->id);
}

size_t store_orphans(struct store *s, struct arena *arena, struct str prefix, const struct str *ids,
		     size_t n, struct triage_orphan **out)
{
	size_t n_found = 0, cap = 0;
	*out = NULL;
	parcels_need_issue(s, prefix);
	for (size_t i = 0; i < n; i++) /* first, as it may make entries */
		store_find(s, ids[i]);
	bool *is_here = arena_alloc(arena, s->n_entries + 1);
	for (size_t i = 0; i < n; i++) {
		const struct entry *entry = store_find(s, ids[i]);
		if (entry)
			is_here[entry - s->entries] = true;
	}
	for (size_t i = 0; i < s->n_entries; i++) {
		const struct entry *entry = s->entries ? &s->entries[i] : NULL;
		const struct cell *cell = entry ? find_cell(entry, STR(RECORD_ABOUT)) : NULL;
		if (is_here[i] || !cell ||
		    !str_eq(str_sub(cell->record.value, 0, prefix.len), prefix))
			continue;
		*out = arena_more(arena, *out, n_found, &cap, sizeof(**out));
		(*out)[n_found++] = (struct triage_orphan){entry->id, cell->record.value};
	}
	if (n_found)
		qsort(*out, n_found, sizeof(**out), by_id);
	return n_found;
}

bool store_resume(struct store *s, struct snapshot *snapshot, struct unpack *front)
{
	s->snapshot = snapshot;
	s->n_parcels = snapshot_size(snapshot);
	s->is_here = mem_new((s->n_parcels + 1) * sizeof(*s->is_here));
	s->n_kept = (size_t)unpack_number(front);
	s->n_devices = s->cap_devices = unpack_count(front);
	s->devices = arena_alloc(s->arena, (s->n_devices + 1) * sizeof(*s->devices));
	for (size_t i = 0; i < s->n_devices; i++)
		s->devices[i] = unpack_text(front);
	s->is_damaged = front->is_bad || s->n_parcels == 0;
	return !s->is_damaged;
}

bool store_is_damaged(const struct store *s)
{
	return s->is_damaged;
}

void store_check(struct store *s)
{
	struct arena *arena = arena_new();
	struct str parcel;
	for (size_t nth = 0; s->snapshot && !s->is_checked && nth < s->n_parcels; nth++) {
		arena_reset(arena);
		s->is_damaged |=
			!s->is_here[nth] && !snapshot_read(s->snapshot, nth, arena, &parcel);
	}
	s->is_checked = true;
	arena_free(arena);
}
