/* layer: library
 *
 * One line of a state journal: when, which story, which field, the value, and a checksum:
 *
 *   019beaecb4e40003 4c41d9c0f07534fe s 1 ede1bd94
 *
 * Stamps are those of a hybrid logical clock: 48 bits of milliseconds, 16 bits of a counter. Of two
 * records for the same story and field the later holds, so that journals of several devices give
 * the same state in whatever order they are read. The format is described in sulan(5).
 */
#ifndef SULAN_RECORD_H
#define SULAN_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/str.h>

struct arena;

/* What a field is called; a tag is RECORD_TAG and its name. Others are kept and not looked at. */
#define RECORD_READ      "r"
#define RECORD_STAR      "s"
#define RECORD_LATER     "l"
#define RECORD_DISMISSED "d"
#define RECORD_NOTE      "n"
#define RECORD_TAG       "t:"
#define RECORD_ABOUT     "is"    /* what story it is, see sulan/identity.h */
#define RECORD_ALIAS     "alias" /* the value is another id of the same story */
#define RECORD_UNDO      "undo"  /* of no story: the other records of this stamp take back ... */
#define RECORD_REDO      "redo"  /* or make again the change whose stamp is the value */
#define RECORD_NO_KEY    "-"

/* A later stamp is a damaged or hostile one. */
#define RECORD_STAMP_MAX (1ULL << 62)

struct record {
	unsigned long long stamp;
	struct str device; /* whose journal it is from; not in the line */
	struct str key, field, value;
};

/* Adds the line with its LF. The key must be of letters, digits and "-". */
void record_put(struct strbuf *buf, const struct record *record);

/* Reads a line without its LF. False when it is none: torn, damaged, a merge conflict's marker.
 * Texts that hold escapes are copied into the arena, others point into the line. */
bool record_read(struct arena *arena, struct str line, struct record *out);

/* A stamp as it is written, in 16 hexadecimal digits; false when it is none. */
bool record_read_stamp(struct str text, unsigned long long *out);

/* Order of records: by stamp, then device, then value. <0, 0, >0. */
int record_compare(const struct record *a, const struct record *b);

#endif
