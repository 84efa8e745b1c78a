/* Fields by story id, last writer wins; aliases join the fields of two ids for good. */
#include "store.h"

#include <stdint.h>
#include <stdlib.h>

#include <sulan/arena.h>

/* Names beyond these are not looked for: a hostile journal may make up any number. */
#define NAMES_MAX 64

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
};

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

static uint32_t root_of(const struct store *s, uint32_t index)
{
	while (s->entries[index].parent != index)
		index = s->entries[index].parent;
	return index;
}

static const struct entry *find_entry(const struct store *s, struct str id)
{
	uint32_t slot = *slot_of(s, id);
	return slot ? &s->entries[root_of(s, slot - 1)] : NULL;
}

static void grow_slots(struct store *s)
{
	free(s->slots);
	s->n_slots *= 2;
	s->slots = mem_new(s->n_slots * sizeof(*s->slots));
	for (size_t i = 0; i < s->n_entries; i++)
		*slot_of(s, s->entries[i].id) = (uint32_t)i + 1;
}

/* The entry that has the fields of an id, made if need be. */
static uint32_t entry_of(struct store *s, struct str id)
{
	uint32_t slot = *slot_of(s, id);
	if (slot)
		return root_of(s, slot - 1);
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

static struct cell *find_cell(const struct entry *entry, struct str field)
{
	for (uint32_t i = 0; i < entry->n_cells; i++)
		if (str_eq(entry->cells[i].record.field, field))
			return &entry->cells[i];
	return NULL;
}

static int by_bytes(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
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

static void make_state(struct entry *entry)
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
		qsort(entry->tags, n, sizeof(*entry->tags), by_bytes);
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

/* `record`'s texts are the store's already. */
static bool put_cell(struct entry *entry, const struct record *record)
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

static bool join(struct store *s, struct str id, struct str other)
{
	uint32_t a = entry_of(s, id), b = entry_of(s, other);
	if (a == b)
		return false;
	if (s->entries[a].rank > s->entries[b].rank) {
		uint32_t swap = a;
		a = b;
		b = swap;
	}
	struct entry *from = &s->entries[a], *to = &s->entries[b];
	to->rank += from->rank == to->rank;
	for (uint32_t i = 0; i < from->n_cells; i++)
		put_cell(to, &from->cells[i].record);
	free(from->cells);
	free(from->tags);
	*from = (struct entry){.id = from->id, .parent = b, .rank = from->rank};
	make_state(to);
	return true;
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

bool store_merge(struct store *s, const struct record *record)
{
	if (str_is(record->field, RECORD_ALIAS))
		return record->value.len && join(s, record->key, record->value);
	uint32_t index = entry_of(s, record->key); /* first: it may move the entries */
	struct entry *entry = &s->entries[index];
	const struct cell *old = find_cell(entry, record->field);
	if (old && record_compare(record, &old->record) <= 0)
		return false;
	struct record own = {record->stamp, store_name(s, record->device), entry->id,
			     old ? old->record.field : store_name(s, record->field),
			     value_of(s, record->value)};
	bool is_changed = put_cell(entry, &own);
	make_state(entry);
	return is_changed;
}

struct str store_get(const struct store *s, struct str id, struct str field)
{
	const struct entry *entry = find_entry(s, id);
	const struct cell *cell = entry ? find_cell(entry, field) : NULL;
	return cell ? cell->record.value : (struct str){NULL, 0};
}

struct story_state store_state(const struct store *s, struct str id)
{
	const struct entry *entry = find_entry(s, id);
	return entry ? entry->state : (struct story_state){0};
}

void store_each(const struct store *s, triage_taker *take, void *self)
{
	for (uint32_t i = 0; i < s->n_entries; i++) {
		const struct entry *root = &s->entries[root_of(s, i)];
		if (root->n_cells)
			take(self, s->entries[i].id, &root->state);
	}
}

size_t store_tags(const struct store *s, struct arena *arena, struct str **out)
{
	struct str *tags = NULL;
	size_t n = 0, cap = 0, n_own = 0;
	for (size_t i = 0; i < s->n_entries; i++) {
		for (size_t k = 0; k < s->entries[i].state.n_tags; k++) {
			tags = arena_more(arena, tags, n, &cap, sizeof(*tags));
			tags[n++] = s->entries[i].state.tags[k];
		}
	}
	if (n)
		qsort(tags, n, sizeof(*tags), by_bytes);
	for (size_t i = 0; i < n; i++)
		if (n_own == 0 || !str_eq(tags[n_own - 1], tags[i]))
			tags[n_own++] = tags[i];
	*out = tags;
	return n_own;
}

size_t store_orphans(const struct store *s, struct arena *arena, struct str prefix,
		     const struct str *ids, size_t n, struct triage_orphan **out)
{
	bool *is_here = arena_alloc(arena, s->n_entries + 1);
	size_t n_found = 0, cap = 0;
	*out = NULL;
	for (size_t i = 0; i < n; i++) {
		const struct entry *entry = find_entry(s, ids[i]);
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
	return n_found;
}
