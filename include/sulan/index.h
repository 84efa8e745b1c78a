/* layer: library
 *
 * The index of the issues on disk: their stories and texts in SQLite with full-text search. All of
 * it is derived from the Markdown files, so the file may be deleted at any time; what is damaged or
 * of another version is set aside and made again. It holds no state of stories.
 */
#ifndef SULAN_INDEX_H
#define SULAN_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sulan/str.h>

struct arena;
struct error;
struct index;
struct profiles;

/* Opens the index, making the file and its folder where they are missing; ":memory:" keeps it in
 * memory. One that cannot be written (a read-only disk) is opened for reading alone. NULL with
 * `err` when there is none to be had. */
struct index *index_open(const char *path, struct error *err);
void index_close(struct index *index);

/* Why the index is being made again, for the reader to be told once; NULL when nothing was wrong.
 */
const struct error *index_notice(const struct index *index);

/* How long another program that writes is waited for; at first 5 s. */
void index_wait(struct index *index, int ms);

bool index_is_read_only(const struct index *index);

/* Whether something in it turned out to be damaged: what was found since is not to be relied on. */
bool index_is_damaged(const struct index *index);

/* Whether the file that is open has been deleted or replaced meanwhile. */
bool index_is_lost(const struct index *index);

/* Opens what is there now in its place, an empty one where there is none. */
bool index_reopen(struct index *index, struct error *err);

/* Sets the file aside as FILE.bad and begins an empty one. */
bool index_renew(struct index *index, struct error *err);

struct index_count {
	size_t n_issues, n_stories;
};
struct index_count index_count(struct index *index);

/* Bringing the index up to date with files and folders, a few files at a time and the newest first.
 */
struct scan;

struct scan_progress {
	size_t n_files; /* to be read: new or changed */
	size_t n_done;
	size_t n_same;    /* as they were, not read */
	size_t n_gone;    /* no longer there */
	size_t n_bad;     /* could not be read */
	size_t n_stories; /* put in */
};

struct scan_opts {
	const struct str *paths; /* files and folders, absolute */
	size_t n_paths;
	const struct profiles *profiles; /* of the configuration; may be NULL */
	long long
		now_ns; /* since 1970: what was changed just before is looked at again next time */
	/* Told of each file or folder that cannot be read. May be NULL. */
	void (*bad)(void *self, const struct error *err);
	/* Asked between files; true ends a step before its bytes are read: somebody waits. NULL
	 * when nobody does, and a step may be as long as it takes. */
	bool (*is_stopped)(void *self);
	void *self;
};

/* Looks for what is new, changed or gone. NULL with `err` when the index cannot be read. */
struct scan *scan_new(struct index *index, const struct scan_opts *opts, struct error *err);

/* Reads and indexes about `max_bytes` of files, at least one file, and keeps that for good. False
 * when there is nothing left to do, or with `err` when the index could not be written. */
bool scan_step(struct scan *scan, size_t max_bytes, struct error *err);

const struct scan_progress *scan_progress(const struct scan *scan);

/* Ends it, done or not; what is left is found by the next one. */
void scan_free(struct scan *scan);

/* Whether the folders look as they did when they were last scanned: quick, and blind for edits of
 * files that were there. */
bool index_is_fresh(struct index *index, const struct str *paths, size_t n_paths);

/* Whether one of the files of these folders has been edited since it was indexed: a look at each,
 * the newest issues first and no more than `max`. */
bool index_has_edits(struct index *index, const struct str *paths, size_t n_paths, size_t max);

/* Whether one of these files has. */
bool index_is_edited(struct index *index, const struct str *files, size_t n);

#endif
