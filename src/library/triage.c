/* Making, undoing and redoing changes: a journal's records first, then their effect. The log of
 * changes is made from records too, so that it is there again after a restart. */
#include <sulan/triage.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/error.h>

#include "store.h"

/* One field of one story; a change is a run of these. Its texts are the store's. */
struct step {
	struct str key, field, before, after;
};

struct change {
	unsigned long long stamp;
	size_t end; /* in steps */
};

struct triage {
	const struct triage_journal *journal;
	struct store *store;
	unsigned long long clock; /* the latest stamp seen */
	struct step *steps;
	size_t n_steps, cap_steps;
	struct change *changes;
	size_t n_changes, cap_changes;
	size_t n_done;               /* changes in effect; the rest can be made again */
	unsigned long long newest;   /* own stamp that the log has seen */
	unsigned long long reversal; /* stamp of records that undo or redo: not logged */
};

struct triage *triage_new(const struct triage_journal *journal)
{
	struct triage *t = mem_new(sizeof(*t));
	t->journal = journal;
	t->store = store_new();
	return t;
}

void triage_free(struct triage *t)
{
	if (!t)
		return;
	store_free(t->store);
	free(t->steps);
	free(t->changes);
	free(t);
}

struct story_state triage_state(struct triage *t, struct str id)
{
	return store_state(t->store, id);
}

void triage_each(struct triage *t, triage_taker *take, void *self)
{
	store_each(t->store, take, self);
}

struct str triage_about(struct triage *t, struct str id)
{
	return store_get(t->store, id, STR(RECORD_ABOUT));
}

bool triage_knows(struct triage *t, struct str id)
{
	return triage_about(t, id).len > 0;
}

size_t triage_tags(struct triage *t, struct arena *arena, struct str **out)
{
	return store_tags(t->store, arena, out);
}

size_t triage_orphans(struct triage *t, struct arena *arena, struct str prefix,
		      const struct str *ids, size_t n, struct triage_orphan **out)
{
	return store_orphans(t->store, arena, prefix, ids, n, out);
}

/* What is done anew takes the place of what could have been made again. */
static void begin_change(struct triage *t, unsigned long long stamp)
{
	t->n_changes = t->n_done;
	t->n_steps = t->n_changes ? t->changes[t->n_changes - 1].end : 0;
	if (t->n_changes == t->cap_changes) {
		t->cap_changes = t->cap_changes ? t->cap_changes * 2 : 64;
		t->changes = mem_resize(t->changes, t->cap_changes * sizeof(*t->changes));
	}
	t->changes[t->n_changes++] = (struct change){stamp, t->n_steps};
	t->n_done = t->n_changes;
}

static void log_step(struct triage *t, const struct record *record, struct str before)
{
	if (t->n_done == 0 || t->changes[t->n_done - 1].stamp != record->stamp)
		begin_change(t, record->stamp);
	if (t->n_steps == t->cap_steps) {
		t->cap_steps = t->cap_steps ? t->cap_steps * 2 : 64;
		t->steps = mem_resize(t->steps, t->cap_steps * sizeof(*t->steps));
	}
	t->steps[t->n_steps++] =
		(struct step){store_id(t->store, record->key), store_name(t->store, record->field),
			      before, store_get(t->store, record->key, record->field)};
	t->changes[t->n_done - 1].end = t->n_steps;
}

/* A line that says what the records of its stamp are: only the change it names moves. */
static void log_reversal(struct triage *t, const struct record *record, bool is_undo)
{
	unsigned long long stamp;
	t->reversal = record->stamp;
	if (!record_read_stamp(record->value, &stamp))
		return;
	if (is_undo && t->n_done && t->changes[t->n_done - 1].stamp == stamp)
		t->n_done--;
	else if (!is_undo && t->n_done < t->n_changes && t->changes[t->n_done].stamp == stamp)
		t->n_done++;
}

/* Whether a record can be undone by itself. */
static bool is_undoable(const struct record *record)
{
	return !str_is(record->field, RECORD_ABOUT) && !str_is(record->field, RECORD_ALIAS);
}

bool triage_merge(struct triage *t, const struct record *record, bool is_own)
{
	bool is_undo = str_is(record->field, RECORD_UNDO);
	/* A file read once more has nothing new for the log. */
	bool is_news = is_own && record->stamp >= t->newest;
	if (record->stamp > t->clock)
		t->clock = record->stamp;
	if (is_news)
		t->newest = record->stamp;
	if (str_is(record->key, RECORD_NO_KEY)) {
		if (is_news && record->stamp != t->reversal &&
		    (is_undo || str_is(record->field, RECORD_REDO)))
			log_reversal(t, record, is_undo);
		return false;
	}
	struct str before =
		store_get(t->store, record->key, record->field); /* outlives its field */
	bool is_changed = store_merge(t->store, record);
	if (is_news && is_changed && is_undoable(record) && record->stamp != t->reversal)
		log_step(t, record, before);
	return is_changed && !str_is(record->field, RECORD_ABOUT);
}

/* Later than anything seen, and not before the wall's time. */
static unsigned long long next_stamp(const struct triage *t)
{
	unsigned long long wall = 0;
	if (t->journal && t->journal->now_ms)
		wall = t->journal->now_ms(t->journal->self) << 16;
	return wall > t->clock && wall < RECORD_STAMP_MAX ? wall : t->clock + 1;
}

static bool begin(struct triage *t, struct error *err)
{
	const struct triage_journal *journal = t->journal;
	return !journal || !journal->begin || journal->begin(journal->self, t, err);
}

static void end(struct triage *t)
{
	if (t->journal && t->journal->end)
		t->journal->end(t->journal->self);
}

/* First the journal, then the effect. */
static bool commit(struct triage *t, struct record *records, size_t n, struct error *err)
{
	const struct triage_journal *journal = t->journal;
	unsigned long long stamp = next_stamp(t);
	for (size_t i = 0; i < n; i++) {
		records[i].stamp = stamp;
		records[i].device = journal ? journal->device : STR("");
	}
	if (journal && !journal->write(journal->self, records, n, err))
		return false;
	for (size_t i = 0; i < n; i++)
		triage_merge(t, &records[i], true);
	return true;
}

static struct record record_of(struct arena *arena, const struct triage_step *step)
{
	static const char *const names[] = {RECORD_READ,      RECORD_STAR, RECORD_LATER,
					    RECORD_DISMISSED, RECORD_TAG,  RECORD_NOTE};
	struct record record = {.key = step->id, .value = step->value ? STR("1") : STR("")};
	record.field = str_of(names[step->field]);
	if (step->field == TRIAGE_NOTE)
		record.value = step->text;
	if (step->field == TRIAGE_TAG)
		record.field = str_of(
			arena_printf(arena, RECORD_TAG "%.*s", (int)step->text.len, step->text.p));
	return record;
}

/* The records of the steps that change anything; before them, what stories they are where that is
 * not known yet. */
static size_t wanted_records(struct triage *t, struct arena *arena, const struct triage_step *steps,
			     size_t n, struct record *records, size_t *n_changed)
{
	size_t n_records = 0;
	for (size_t i = 0; i < n; i++) {
		struct record record = record_of(arena, &steps[i]);
		struct str about = steps[i].about;
		if (str_eq(store_get(t->store, record.key, record.field), record.value))
			continue;
		bool is_told = n_records && str_eq(records[n_records - 1].key, record.key);
		if (about.len && !is_told &&
		    !str_eq(store_get(t->store, record.key, STR(RECORD_ABOUT)), about))
			records[n_records++] = (struct record){
				.key = record.key, .field = STR(RECORD_ABOUT), .value = about};
		records[n_records++] = record;
		(*n_changed)++;
	}
	return n_records;
}

bool triage_change(struct triage *t, const struct triage_step *steps, size_t n, size_t *n_changed,
		   struct error *err)
{
	size_t n_wanted = 0;
	if (n_changed)
		*n_changed = 0;
	if (!begin(t, err))
		return false;
	struct arena *arena = arena_new();
	struct record *records = arena_alloc(arena, (2 * n + 1) * sizeof(*records));
	size_t n_records = wanted_records(t, arena, steps, n, records, &n_wanted);
	bool ok = n_records == 0 || commit(t, records, n_records, err);
	end(t);
	arena_free(arena);
	if (ok && n_changed)
		*n_changed = n_wanted;
	return ok;
}

/* Writes one change's steps again, forwards or backwards. */
static bool reverse(struct triage *t, size_t index, bool is_undo, size_t *n_changed,
		    struct str *first, struct error *err)
{
	size_t from = index ? t->changes[index - 1].end : 0, n = t->changes[index].end - from;
	const struct step *steps = &t->steps[from];
	struct arena *arena = arena_new();
	struct record *records = arena_alloc(arena, (n + 1) * sizeof(*records));
	const char *stamp = arena_printf(arena, "%016llx", t->changes[index].stamp);
	records[0] = (struct record){.key = STR(RECORD_NO_KEY),
				     .field = is_undo ? STR(RECORD_UNDO) : STR(RECORD_REDO),
				     .value = str_of(stamp)};
	for (size_t i = 0; i < n; i++)
		records[i + 1] =
			(struct record){.key = steps[i].key,
					.field = steps[i].field,
					.value = is_undo ? steps[i].before : steps[i].after};
	struct str first_key = n ? steps[0].key : STR("");
	bool ok = commit(t, records, n + 1, err);
	arena_free(arena);
	if (!ok)
		return false;
	*n_changed = n;
	if (first)
		*first = first_key;
	return true;
}

bool triage_undo(struct triage *t, size_t *n_changed, struct str *first, struct error *err)
{
	*n_changed = 0;
	if (!begin(t, err))
		return false;
	bool ok = t->n_done == 0 || reverse(t, t->n_done - 1, true, n_changed, first, err);
	end(t);
	return ok;
}

bool triage_redo(struct triage *t, size_t *n_changed, struct str *first, struct error *err)
{
	*n_changed = 0;
	if (!begin(t, err))
		return false;
	bool ok = t->n_done == t->n_changes || reverse(t, t->n_done, false, n_changed, first, err);
	end(t);
	return ok;
}

bool triage_alias(struct triage *t, struct str old, struct str id, struct str about,
		  struct error *err)
{
	struct record records[] = {{.key = old, .field = STR(RECORD_ALIAS), .value = id},
				   {.key = id, .field = STR(RECORD_ABOUT), .value = about}};
	if (!begin(t, err))
		return false;
	bool ok = commit(t, records, 2, err);
	end(t);
	return ok;
}
