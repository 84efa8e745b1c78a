/* layer: library
 *
 * Numbers and texts as bytes, for files that this machine alone reads back.
 */
#ifndef PACK_H
#define PACK_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/str.h>

void pack_number(struct strbuf *buf, unsigned long long number);
void pack_text(struct strbuf *buf, struct str text);

/* What is left to be read. Once something is not there, everything is 0 and empty. */
struct unpack {
	struct str rest;
	bool is_bad;
};

unsigned long long unpack_number(struct unpack *from);
/* A number of things of at least one byte each that are still to come. */
size_t unpack_count(struct unpack *from);
/* Points into what is read. */
struct str unpack_text(struct unpack *from);

/* A checksum against accidents, going on from `seed`. */
unsigned long long pack_sum(struct str bytes, unsigned long long seed);

#endif
