/* layer: library
 *
 * A file that is written whole and then read a little at a time: a front, which is read when it is
 * opened, and parcels, each read by itself when it is asked for. Front and parcels carry checksums.
 * It is of this machine alone, and nobody misses it: what is lost can be made again.
 */
#ifndef SNAPSHOT_H
#define SNAPSHOT_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/str.h>

struct arena;
struct error;
struct snapshot;

/* NULL when there is none of this version. One that is damaged is set aside as PATH.bad. */
struct snapshot *snapshot_open(const char *path);
void snapshot_free(struct snapshot *snapshot);

void snapshot_set_aside(const char *path);

/* Lives as long as the snapshot. */
struct str snapshot_front(const struct snapshot *snapshot);
size_t snapshot_size(const struct snapshot *snapshot); /* in parcels */

/* The bytes of a parcel, in the arena. False when they are not what was written. */
bool snapshot_read(const struct snapshot *snapshot, size_t nth, struct arena *arena,
		   struct str *out);

/* Writing one: all parcels in their order, then the front. What is at `path` stays as it is to the
 * end. One program at a time, by its caller's care. */
struct snapshot_draft;

struct snapshot_draft *snapshot_begin(const char *path, size_t n_parcels, struct error *err);
void snapshot_put(struct snapshot_draft *draft, struct str parcel);
/* Frees the draft, which is dropped when it `is_good` no longer. False with `err` when nothing was
 * written. */
bool snapshot_end(struct snapshot_draft *draft, struct str front, bool is_good, struct error *err);

#endif
