/* layer: library
 *
 * State on disk: HOME/state holds a journal for each device, HOME/device the name of this one. Only
 * the own journal is ever written: lines are added behind it and flushed before the change counts.
 * All journals are read, those of other devices as some program brings them here. Several programs
 * may have the same journal open: they take turns by a lock on it.
 *
 * What all journals add up to may be kept in a file beside, with how far each was read: the first
 * poll then reads what was added since, and of the rest only what is asked for. It is as if all had
 * been read; a journal that does not go on from there has all of them read.
 */
#ifndef SULAN_JOURNAL_H
#define SULAN_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/str.h>
#include <sulan/triage.h>

struct arena;
struct error;
struct journal;

struct journal_opts {
	const char *home;     /* folder of the state; made when there is something to write */
	const char *new_name; /* what to call this device when it has no name yet */
	/* File for what the journals add up to, so that they need not be read at each start:
	 * derived from them, and made again when it is missing or damaged. NULL: they are. */
	const char *cache;
	/* The wall's time in milliseconds. */
	unsigned long long (*now_ms)(void *self);
	void *self;
};

/* Touches no file. Freed after the triage that uses it. */
struct journal *journal_new(const struct journal_opts *opts);
void journal_free(struct journal *journal);

/* For triage_new. */
const struct triage_journal *journal_seam(const struct journal *journal);

/* Takes in what was written since the last call, by anyone; `*n_changed` (may be NULL) counts what
 * is now another. False with `err` when a journal cannot be read or has damaged lines: everything
 * else was taken in all the same, and the same damage is told once. */
bool journal_poll(struct journal *journal, struct triage *triage, size_t *n_changed,
		  struct error *err);

/* Whether there is anything to poll, by the files' sizes alone. */
bool journal_is_stale(const struct journal *journal);

struct journal_news {
	size_t n_changed; /* values that are now another */
	size_t n_devices; /* other devices whose journals were there */
	size_t n_sent;    /* lines of this device that the folder did not have */
};

/* Carries journals between HOME/state and `folder`: this device's own goes out, those of others
 * come in. Files there may be older, cut or damaged: no line that either side has is lost. False
 * with `err` when the folder cannot be used; what came in before counts. */
bool journal_sync(struct journal *journal, struct triage *triage, const char *folder,
		  struct journal_news *news, struct error *err);

/* Copies the journals to HOME/backup once a day, of which seven days are kept, then shortens the
 * own journal when most of it is out of date; the last thousand changes can still be undone. Then
 * settles. Best done when the reader has gone; nothing is lost when it fails. */
bool journal_tend(struct journal *journal, struct triage *triage, struct error *err);

/* Writes the cache anew when much was added to the journals since. */
bool journal_settle(struct journal *journal, struct triage *triage, struct error *err);

/* What compaction leaves of a journal's text; `*n_dropped` lines are gone. In the arena. */
struct str journal_compact(struct arena *arena, struct str text, size_t n_undoable,
			   size_t *n_dropped);

/* The folder of the journals, for who wants to be told of changes. */
const char *journal_dir(const struct journal *journal);

#endif
