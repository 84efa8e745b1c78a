/* Making, undoing and redoing changes: a journal's records first, then their effect. The log of
 * changes is made from records too, so that it is there again after a restart. */
#include <sulan/triage.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/error.h>

#include "pack.h"
#include "store.h"
#include "triages.h"
#include "undolog.h"

/* Another device may have a wrong clock, but none that leaves no room for what comes later. */
#define OTHERS_STAMP_MAX (RECORD_STAMP_MAX - (1ULL << 32))

struct triage {
	const struct triage_journal *journal;
	struct store *store;
	unsigned long long clock; /* the latest stamp seen */
	struct undolog log;
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
	undolog_clear(&t->log);
	free(t);
}

/* Everything anew, from the journals. */
static void replay(struct triage *t)
{
	const struct triage_journal *journal = t->journal;
	bool is_damaged = store_is_damaged(t->store);
	undolog_clear(&t->log); /* its texts are the store's */
	store_free(t->store);
	t->store = store_new();
	journal->replay(journal->self, t, is_damaged);
}

static bool can_replay(const struct triage *t)
{
	return t->journal && t->journal->replay;
}

/* What is asked for may be in a snapshot that turns out to be damaged only then. */
static struct store *sound_store(struct triage *t)
{
	if (store_is_damaged(t->store) && can_replay(t))
		replay(t);
	return t->store;
}

static struct store *store_with(struct triage *t, struct str id)
{
	store_need(t->store, id);
	return sound_store(t);
}

struct story_state triage_state(struct triage *t, struct str id)
{
	return store_state(store_with(t, id), id);
}

struct str triage_about(struct triage *t, struct str id)
{
	return store_get(store_with(t, id), id, STR(RECORD_ABOUT));
}

bool triage_knows(struct triage *t, struct str id)
{
	return triage_about(t, id).len > 0;
}

void triage_each(struct triage *t, triage_taker *take, void *self)
{
	store_check(t->store);
	store_each(sound_store(t), take, self);
}

size_t triage_tags(struct triage *t, struct arena *arena, struct str **out)
{
	store_check(t->store);
	return store_tags(sound_store(t), arena, out);
}

size_t triage_orphans(struct triage *t, struct arena *arena, struct str prefix,
		      const struct str *ids, size_t n, struct triage_orphan **out)
{
	size_t n_found = store_orphans(t->store, arena, prefix, ids, n, out);
	if (store_is_damaged(t->store) && can_replay(t)) {
		replay(t);
		n_found = store_orphans(t->store, arena, prefix, ids, n, out);
	}
	return n_found;
}

/* Whether a record can be undone by itself. */
static bool is_undoable(const struct record *record)
{
	return !str_is(record->field, RECORD_ABOUT) && !str_is(record->field, RECORD_ALIAS);
}

/* Yes or no, where a change says what was before it. */
static bool is_switch(struct str field)
{
	static const char *const names[] = {RECORD_READ, RECORD_STAR, RECORD_LATER,
					    RECORD_DISMISSED};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(field, names[i]))
			return true;
	return str_starts(field, RECORD_TAG);
}

/* The texts of a step are the store's. Only what changed something was ever written: before a
 * switch was on it was off, whatever other devices are heard to have done meanwhile. */
static void log_record(struct triage *t, const struct record *record, struct str before)
{
	struct str after = store_get(t->store, record->key, record->field);
	struct log_step step = {store_id(t->store, record->key),
				store_name(t->store, record->field), before, after};
	if (is_switch(record->field))
		step.before = record->value.len ? STR("") : STR("1");
	undolog_step(&t->log, record->stamp, &step);
}

/* What the log says was before a change may not be what the journals say once an older record or
 * an alias is heard of. */
static void note_late(struct triage *t, const struct record *record, enum merged merged)
{
	bool is_alias = str_is(record->field, RECORD_ALIAS);
	bool is_late = is_alias ? merged == MERGED_OTHER
				: record->stamp < t->log.newest && is_undoable(record) &&
					  !is_switch(record->field);
	t->log.is_lost |= is_late && can_replay(t);
}

static bool merge_reversal(struct triage *t, const struct record *record, bool is_news)
{
	bool is_undo = str_is(record->field, RECORD_UNDO);
	if (is_news && record->stamp != t->log.reversal &&
	    (is_undo || str_is(record->field, RECORD_REDO)))
		undolog_reverse(&t->log, record, is_undo);
	return false;
}

bool triage_merge(struct triage *t, const struct record *record, bool is_own)
{
	if (!is_own && record->stamp > OTHERS_STAMP_MAX)
		return false;
	/* A file read once more has nothing new for the log. */
	bool is_news = is_own && record->stamp >= t->log.newest;
	if (record->stamp > t->clock)
		t->clock = record->stamp;
	if (is_news)
		t->log.newest = record->stamp;
	if (str_is(record->key, RECORD_NO_KEY))
		return merge_reversal(t, record, is_news);
	struct str before =
		store_get(t->store, record->key, record->field); /* outlives its field */
	enum merged merged = store_merge(t->store, record);
	if (is_news && merged != MERGED_NOT && is_undoable(record) &&
	    record->stamp != t->log.reversal)
		log_record(t, record, before);
	else
		note_late(t, record, merged);
	bool is_alias = str_is(record->field, RECORD_ALIAS);
	return (merged == MERGED_OTHER && !str_is(record->field, RECORD_ABOUT)) ||
	       (is_alias && merged == MERGED_SAME);
}

/* Later than anything seen, and not before the wall's time. */
static unsigned long long next_stamp(const struct triage *t)
{
	unsigned long long wall = 0;
	if (t->journal && t->journal->now_ms)
		wall = t->journal->now_ms(t->journal->self) << 16;
	if (wall > t->clock && wall < RECORD_STAMP_MAX)
		return wall;
	return t->clock < RECORD_STAMP_MAX ? t->clock + 1 : RECORD_STAMP_MAX;
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

/* Whether journals can hold what the steps say. */
static bool check_texts(const struct triage_step *steps, size_t n, struct error *err)
{
	for (size_t i = 0; i < n; i++)
		if (steps[i].text.len > TRIAGE_TEXT_MAX)
			return error_set(err, ERROR_USAGE,
					 N_("a tag or note has 20000 bytes at the most"), NULL);
	return true;
}

bool triage_change(struct triage *t, const struct triage_step *steps, size_t n, size_t *n_changed,
		   struct error *err)
{
	size_t n_wanted = 0;
	if (n_changed)
		*n_changed = 0;
	if (!check_texts(steps, n, err) || !begin(t, err))
		return false;
	for (size_t i = 0; i < n; i++)
		store_with(t, steps[i].id);
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
	const struct log_step *steps;
	size_t n = undolog_steps(&t->log, index, &steps);
	struct arena *arena = arena_new();
	struct record *records = arena_alloc(arena, (n + 1) * sizeof(*records));
	const char *stamp = arena_printf(arena, "%016llx", t->log.changes[index].stamp);
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

/* The log as the journals tell it, where the one at hand does not go far enough; and the stories
 * of the change that is next. */
static void need_log(struct triage *t, bool is_undo)
{
	const struct undolog *log = &t->log;
	const struct log_step *steps;
	if (can_replay(t) && (log->is_lost || (is_undo && log->n_done == 0 && log->is_cut)))
		replay(t);
	if (is_undo ? log->n_done == 0 : log->n_done == log->n_changes)
		return;
	size_t n = undolog_steps(log, log->n_done - is_undo, &steps);
	for (size_t i = 0; i < n; i++)
		store_need(t->store, steps[i].key);
	sound_store(t);
}

bool triage_undo(struct triage *t, size_t *n_changed, struct str *first, struct error *err)
{
	*n_changed = 0;
	if (!begin(t, err))
		return false;
	need_log(t, true);
	bool ok = t->log.n_done == 0 || reverse(t, t->log.n_done - 1, true, n_changed, first, err);
	end(t);
	return ok;
}

bool triage_redo(struct triage *t, size_t *n_changed, struct str *first, struct error *err)
{
	*n_changed = 0;
	if (!begin(t, err))
		return false;
	need_log(t, false);
	bool ok = t->log.n_done == t->log.n_changes ||
		  reverse(t, t->log.n_done, false, n_changed, first, err);
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
	store_with(t, old);
	store_with(t, id);
	bool ok = commit(t, records, 2, err);
	end(t);
	return ok;
}

bool triage_resume(struct triage *t, struct snapshot *snapshot, struct unpack *front)
{
	t->clock = unpack_number(front);
	undolog_unpack(&t->log, front);
	return store_resume(t->store, snapshot, front);
}

bool triage_save(struct triage *t, const char *path, struct str front, struct error *err)
{
	struct arena *arena = arena_new();
	struct strbuf whole = strbuf_make(arena);
	strbuf_put(&whole, front);
	pack_number(&whole, t->clock);
	undolog_pack(&t->log, &whole);
	bool ok = store_save(t->store, path, strbuf_str(&whole), err);
	arena_free(arena);
	return ok;
}

void triage_replay(struct triage *t)
{
	if (can_replay(t))
		replay(t);
}

bool triage_is_damaged(const struct triage *t)
{
	return store_is_damaged(t->store);
}
