/* layer: library
 *
 * Files read and taken apart, one after another and in the order they are given. Where there are
 * many, a thread of its own is ahead of those who take them, by a few files and some megabytes.
 */
#ifndef AHEAD_H
#define AHEAD_H

#include <stdbool.h>

#include <sulan/error.h>
#include <sulan/str.h>

struct ahead;
struct issue;
struct profiles;

struct ahead_file {
	struct str path;
	long long sum; /* of its bytes when they were read last; 0: never */
};

struct ahead_item {
	const struct issue *issue; /* for the caller to free; NULL: see the others */
	bool is_same;              /* it has the bytes it had: they were not taken apart */
	long long sum;
	struct error err; /* it cannot be read */
};

/* The files and the profiles must outlive it. */
struct ahead *ahead_new(const struct ahead_file *files, size_t n, const struct profiles *profiles);

/* The next file. To be called no more often than there are files. */
struct ahead_item ahead_next(struct ahead *ahead);

/* Also before all have been taken. */
void ahead_free(struct ahead *ahead);

#endif
