/* layer: library
 *
 * Files read and taken apart, one after another and in the order they are given. Where there are
 * many, a thread of its own is ahead of those who take them, by a few files and some megabytes.
 */
#ifndef AHEAD_H
#define AHEAD_H

#include <sulan/error.h>
#include <sulan/str.h>

struct ahead;
struct issue;
struct profiles;

/* The paths and the profiles must outlive it. */
struct ahead *ahead_new(const struct str *paths, size_t n, const struct profiles *profiles);

/* The next file's issue, which the caller frees; NULL with `err` when it cannot be read. To be
 * called no more often than there are paths. */
const struct issue *ahead_next(struct ahead *ahead, struct error *err);

/* Also before all have been taken. */
void ahead_free(struct ahead *ahead);

#endif
