/* layer: library
 *
 * What the reader has done with stories: read, starred, later, dismissed, tags and a note, with
 * undo and redo. One change may touch many stories and is undone as one. Everything is a record
 * (sulan/record.h): a change is made by writing its records to a journal and then merging them, as
 * the records of other devices are merged; of two for the same story and field the later holds.
 */
#ifndef SULAN_TRIAGE_H
#define SULAN_TRIAGE_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/query.h>
#include <sulan/record.h>
#include <sulan/str.h>

struct arena;
struct error;
struct triage;

enum triage_field {
	TRIAGE_READ,
	TRIAGE_STAR,
	TRIAGE_LATER,
	TRIAGE_DISMISSED,
	TRIAGE_TAG,
	TRIAGE_NOTE,
};

/* Bytes of a tag or note: a line of a journal holds no more, however it is written. */
#define TRIAGE_TEXT_MAX 20000

/* What one field of one story shall be. */
struct triage_step {
	struct str id;
	enum triage_field field;
	bool value;      /* not looked at for a note */
	struct str text; /* the tag; the note, empty to take it away */
	struct str
		about; /* identity_text of the story, kept with its state; empty when not known */
};

/* Where changes are made to last. `begin` takes the turn among several writers and merges what they
 * wrote; `write` returns when the records are safe; `end` gives the turn away, after either outcome
 * of `write`. Where `begin` or `write` return false with `err`, the change does not happen. */
struct triage_journal {
	void *self;
	struct str device;
	unsigned long long (*now_ms)(void *self);
	bool (*begin)(void *self, struct triage *triage, struct error *err);
	bool (*write)(void *self, const struct record *records, size_t n, struct error *err);
	void (*end)(void *self);
	/* Merges everything that was ever written into a triage that has nothing; one that it was
	 * begun with from elsewhere may be `is_damaged`. NULL when that cannot be done. */
	void (*replay)(void *self, struct triage *triage, bool is_damaged);
};

/* `journal` may be NULL: nothing lasts beyond the run. */
struct triage *triage_new(const struct triage_journal *journal);
void triage_free(struct triage *triage);

/* Fast for any story, also in a large library. Tags, sorted, and note are valid until the next
 * change or merge. */
struct story_state triage_state(struct triage *triage, struct str id);

/* Calls `take` once for each id that has any state, those that an alias made one included, in no
 * order; the texts of `state` are valid during the call, in which nothing may be changed. */
typedef void triage_taker(void *self, struct str id, const struct story_state *state);
void triage_each(struct triage *triage, triage_taker *take, void *self);

/* Makes one undoable change of the steps that change anything; `*n_changed` (may be NULL) says how
 * many did. Nothing to change is not an error and leaves nothing to undo; a text beyond
 * TRIAGE_TEXT_MAX is one (ERROR_USAGE). */
bool triage_change(struct triage *triage, const struct triage_step *steps, size_t n,
		   size_t *n_changed, struct error *err);

/* Takes back the last change made on this device, or makes it again; `*n_changed` is 0 when there
 * is none. `*first` (may be NULL) is the id of its first story, valid until the next change. */
bool triage_undo(struct triage *triage, size_t *n_changed, struct str *first, struct error *err);
bool triage_redo(struct triage *triage, size_t *n_changed, struct str *first, struct error *err);

/* Takes in a record that is in some journal already; `is_own` when it is this device's, and so can
 * be undone. Records of one device come in their order; those of others that leave no room for what
 * comes later are passed over. True when a state is now another. */
bool triage_merge(struct triage *triage, const struct record *record, bool is_own);

/* The tags in use, sorted, in the arena. */
size_t triage_tags(struct triage *triage, struct arena *arena, struct str **out);

/* A story with state that no id of `ids` stands for, and what it is. */
struct triage_orphan {
	struct str id, about;
};

/* Those whose `about` begins with `prefix`, in the arena. */
size_t triage_orphans(struct triage *triage, struct arena *arena, struct str prefix,
		      const struct str *ids, size_t n, struct triage_orphan **out);

/* identity_text of a story with state; empty when not known. */
struct str triage_about(struct triage *triage, struct str id);

/* Whether anything is known of the story. */
bool triage_knows(struct triage *triage, struct str id);

/* Says that the story `old` now has the id `id` and is `about`: its state goes along. Not undoable.
 */
bool triage_alias(struct triage *triage, struct str old, struct str id, struct str about,
		  struct error *err);

#endif
