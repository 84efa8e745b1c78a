/* What the terminal makes of characters whose width Unicode leaves open, measured by where its
 * cursor is after them (xterm ctlseqs: CUP, DSR 6, DA1). The questions are asked on the empty
 * screen before the first frame and nobody waits: answers come among the keys, whenever they come.
 */
#ifndef TERM_PROBE_H
#define TERM_PROBE_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/glyph.h>
#include <sulan/str.h>

struct probe {
	bool is_due;     /* the questions have to be asked */
	bool is_waiting; /* answers may come */
	struct text_policy found;
};

/* What to send, between the switch to the screen of our own and the first frame. */
extern const char probe_questions[];

/* Bytes of an answer at the front of `bytes`, 0 when there is none of ours; `*is_last` when it is
 * the one that ends them. */
size_t probe_take(struct probe *probe, struct str bytes, bool *is_last);

#endif
