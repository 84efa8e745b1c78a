/* layer: library
 *
 * What the reader has done with stories: read, starred, later, dismissed, with undo and redo. One
 * change may touch many stories and is undone as one. State is kept by story id for this run; a
 * journal is told of each change before it counts, and is where lasting storage attaches.
 */
#ifndef SULAN_TRIAGE_H
#define SULAN_TRIAGE_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/query.h>
#include <sulan/str.h>

struct error;
struct triage;

enum triage_field { TRIAGE_READ, TRIAGE_STAR, TRIAGE_LATER, TRIAGE_DISMISSED };

/* One story's field before and after. */
struct triage_step {
	struct str id;
	enum triage_field field;
	bool value;
};

/* Where changes are made to last. `write` returns false with `err` when it could not: the change then
 * does not happen. */
struct triage_journal {
	void *self;
	bool (*write)(void *self, const struct triage_step *steps, size_t n, struct error *err);
};

/* `journal` may be NULL: nothing lasts beyond the run. */
struct triage *triage_new(const struct triage_journal *journal);
void triage_free(struct triage *triage);

struct story_state triage_state(const struct triage *triage, struct str id);

/* Makes one undoable change of the steps that change anything; `*n_changed` (may be NULL) says how many
 * did. Nothing to change is not an error and leaves nothing to undo. */
bool triage_change(struct triage *triage, const struct triage_step *steps, size_t n,
		   size_t *n_changed, struct error *err);

/* Takes back the last change, or makes it again; `*n_changed` is 0 when there is none. `*first` (may be
 * NULL) is the id of its first story, valid until the next change. */
bool triage_undo(struct triage *triage, size_t *n_changed, struct str *first, struct error *err);
bool triage_redo(struct triage *triage, size_t *n_changed, struct str *first, struct error *err);

#endif
