/* Whether the terminal reads UTF-8 and what it makes of characters whose width Unicode leaves open,
 * measured by where its cursor is after them, and the colour behind text (xterm ctlseqs: CUP, DSR
 * 6, OSC 11, DA1). The questions are asked on the empty screen before the first frame and nobody
 * waits: answers come among the keys, whenever they come.
 */
#ifndef TERM_PROBE_H
#define TERM_PROBE_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/str.h>
#include <sulan/term.h>

/* Answers that have not come by then are none, and what looks like one is a key again. */
#define PROBE_MS 5000

struct probe {
	bool asks_ambiguous, asks_pictures, asks_background; /* what is to be found out */
	bool is_due;                                         /* the questions have to be asked */
	bool is_waiting;                                     /* answers may come */
	long long end_ms;                                    /* until then */
	struct term_facts found;
};

/* Puts the questions that a screen of `rows` has room for, to be sent between the switch to the
 * screen of our own and the first frame. */
void probe_ask(struct probe *probe, struct strbuf *out, int rows, long long now_ms);

/* Milliseconds until answers are waited for no longer, at most; -1 when they are not: `*is_over`
 * says that this is since now, and that what was answered holds. */
int probe_patience(struct probe *probe, long long now_ms, bool *is_over);

/* Bytes of an answer at the front of `bytes`, 0 when there is none of ours; `*is_last` when it is
 * the one that ends them. */
size_t probe_take(struct probe *probe, struct str bytes, bool *is_last);

#endif
