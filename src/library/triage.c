/* Marks by story id, and the log that undo and redo walk. */
#include <sulan/triage.h>

#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/error.h>

struct entry {
	struct str id; /* empty: the slot is free */
	struct story_state state;
};

/* One field of one story; a change is a run of these that ends where the next change begins. */
struct record {
	struct str id; /* the entry's own */
	enum triage_field field;
	bool before, after;
};

struct triage {
	struct arena *arena; /* ids */
	const struct triage_journal *journal;
	struct entry *slots; /* open addressing; n_slots is a power of two */
	size_t n_slots, n_entries;
	struct record *records;
	size_t n_records, cap_records;
	size_t *ends; /* of changes, in records */
	size_t n_changes, cap_changes;
	size_t n_done; /* changes in effect; the rest can be made again */
};

struct triage *triage_new(const struct triage_journal *journal)
{
	struct triage *t = mem_new(sizeof(*t));
	t->arena = arena_new();
	t->journal = journal;
	t->n_slots = 64;
	t->slots = mem_new(t->n_slots * sizeof(*t->slots));
	return t;
}

void triage_free(struct triage *t)
{
	if (!t)
		return;
	arena_free(t->arena);
	free(t->slots);
	free(t->records);
	free(t->ends);
	free(t);
}

/* The slot of an id, or the free one where it would be. */
static struct entry *slot_of(const struct triage *t, struct str id)
{
	size_t at = (size_t)str_hash(id, STR_HASH_SEED) & (t->n_slots - 1);
	while (t->slots[at].id.len && !str_eq(t->slots[at].id, id))
		at = (at + 1) & (t->n_slots - 1);
	return &t->slots[at];
}

static void grow_slots(struct triage *t)
{
	struct entry *old = t->slots;
	size_t n_old = t->n_slots;
	t->n_slots *= 2;
	t->slots = mem_new(t->n_slots * sizeof(*t->slots));
	for (size_t i = 0; i < n_old; i++)
		if (old[i].id.len)
			*slot_of(t, old[i].id) = old[i];
	free(old);
}

static struct entry *entry_of(struct triage *t, struct str id)
{
	struct entry *entry = slot_of(t, id);
	if (entry->id.len)
		return entry;
	if ((t->n_entries + 1) * 2 > t->n_slots) {
		grow_slots(t);
		entry = slot_of(t, id);
	}
	entry->id = str_copy(t->arena, id);
	t->n_entries++;
	return entry;
}

static bool *field_of(struct story_state *state, enum triage_field field)
{
	switch (field) {
	case TRIAGE_READ:
		return &state->is_read;
	case TRIAGE_STAR:
		return &state->is_starred;
	case TRIAGE_LATER:
		return &state->is_later;
	case TRIAGE_DISMISSED:
		break;
	}
	return &state->is_dismissed;
}

struct story_state triage_state(const struct triage *t, struct str id)
{
	return slot_of(t, id)->state;
}

static bool write_journal(const struct triage *t, const struct triage_step *steps, size_t n,
			  struct error *err)
{
	return !t->journal || n == 0 || t->journal->write(t->journal->self, steps, n, err);
}

/* What is done anew takes the place of what could have been made again. */
static void forget_undone(struct triage *t)
{
	t->n_changes = t->n_done;
	t->n_records = t->n_changes ? t->ends[t->n_changes - 1] : 0;
}

static void add_record(struct triage *t, struct record record)
{
	if (t->n_records == t->cap_records) {
		t->cap_records = t->cap_records ? t->cap_records * 2 : 64;
		t->records = mem_resize(t->records, t->cap_records * sizeof(*t->records));
	}
	t->records[t->n_records++] = record;
}

static void end_change(struct triage *t)
{
	if (t->n_changes == t->cap_changes) {
		t->cap_changes = t->cap_changes ? t->cap_changes * 2 : 64;
		t->ends = mem_resize(t->ends, t->cap_changes * sizeof(*t->ends));
	}
	t->ends[t->n_changes++] = t->n_records;
	t->n_done = t->n_changes;
}

bool triage_change(struct triage *t, const struct triage_step *steps, size_t n, size_t *n_changed,
		   struct error *err)
{
	struct arena *arena = arena_new();
	struct triage_step *wanted = arena_alloc(arena, (n + 1) * sizeof(*wanted));
	size_t n_wanted = 0;
	for (size_t i = 0; i < n; i++) {
		struct story_state state = triage_state(t, steps[i].id);
		if (*field_of(&state, steps[i].field) != steps[i].value)
			wanted[n_wanted++] = steps[i];
	}
	bool ok = write_journal(t, wanted, n_wanted, err);
	if (ok && n_wanted) {
		forget_undone(t);
		for (size_t i = 0; i < n_wanted; i++) {
			struct entry *entry = entry_of(t, wanted[i].id);
			bool *field = field_of(&entry->state, wanted[i].field);
			add_record(t, (struct record){entry->id, wanted[i].field, *field,
						      wanted[i].value});
			*field = wanted[i].value;
		}
		end_change(t);
	}
	if (n_changed)
		*n_changed = ok ? n_wanted : 0;
	arena_free(arena);
	return ok;
}

/* Puts one change's records into effect, forwards or backwards. */
static bool apply(struct triage *t, size_t change, bool is_undo, size_t *n_changed,
		  struct str *first, struct error *err)
{
	size_t from = change ? t->ends[change - 1] : 0, n = t->ends[change] - from;
	const struct record *records = &t->records[from];
	struct arena *arena = arena_new();
	struct triage_step *steps = arena_alloc(arena, n * sizeof(*steps));
	for (size_t i = 0; i < n; i++) {
		/* Backwards in reverse order: a field changed twice gets its first value. */
		const struct record *record = &records[is_undo ? n - 1 - i : i];
		steps[i] = (struct triage_step){record->id, record->field,
						is_undo ? record->before : record->after};
	}
	bool ok = write_journal(t, steps, n, err);
	for (size_t i = 0; ok && i < n; i++)
		*field_of(&slot_of(t, steps[i].id)->state, steps[i].field) = steps[i].value;
	arena_free(arena);
	if (!ok)
		return false;
	*n_changed = n;
	if (first)
		*first = records[0].id;
	return true;
}

bool triage_undo(struct triage *t, size_t *n_changed, struct str *first, struct error *err)
{
	*n_changed = 0;
	if (t->n_done == 0)
		return true;
	if (!apply(t, t->n_done - 1, true, n_changed, first, err))
		return false;
	t->n_done--;
	return true;
}

bool triage_redo(struct triage *t, size_t *n_changed, struct str *first, struct error *err)
{
	*n_changed = 0;
	if (t->n_done == t->n_changes)
		return true;
	if (!apply(t, t->n_done, false, n_changed, first, err))
		return false;
	t->n_done++;
	return true;
}
