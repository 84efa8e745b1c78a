/* layer: library
 *
 * The changes of this device in the order they were made, and how many of them are in effect: what
 * undo and redo go by. It is made from the records of the own journal.
 */
#ifndef UNDOLOG_H
#define UNDOLOG_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/record.h>

struct unpack;

/* One field of one story. */
struct log_step {
	struct str key, field, before, after; /* live as long as the store */
};

struct log_change {
	unsigned long long stamp;
	size_t end; /* in steps */
};

struct undolog {
	struct log_step *steps;
	size_t n_steps, cap_steps;
	struct log_change *changes;
	size_t n_changes, cap_changes;
	size_t n_done;               /* changes in effect; the rest can be made again */
	unsigned long long newest;   /* own stamp that the log has seen */
	unsigned long long reversal; /* stamp of records that undo or redo: not logged */
	bool is_cut;  /* there were changes before the first, which the journals know */
	bool is_lost; /* it is not what the journals would tell, and must be made anew */
};

void undolog_clear(struct undolog *log);

void undolog_step(struct undolog *log, unsigned long long stamp, const struct log_step *step);

/* A line that says what the records of its stamp are: only the change it names moves. */
void undolog_reverse(struct undolog *log, const struct record *record, bool is_undo);

/* The steps of a change. */
size_t undolog_steps(const struct undolog *log, size_t change, const struct log_step **out);

/* The last changes as bytes, and into an empty log again; texts point into what is read. */
void undolog_pack(const struct undolog *log, struct strbuf *out);
void undolog_unpack(struct undolog *log, struct unpack *from);

#endif
