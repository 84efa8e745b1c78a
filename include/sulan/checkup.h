/* layer: term
 *
 * What a terminal is, found out without taking it over: for who wants to be told before the reader
 * draws anything.
 */
#ifndef SULAN_CHECKUP_H
#define SULAN_CHECKUP_H

#include <stdbool.h>

#include <sulan/term.h>

struct arena;

struct checkup {
	bool is_terminal; /* both ends are one; else the rest is as the environment tells */
	bool is_known;    /* its type is described on this system */
	bool has_screen;  /* and it can place a cursor */
	bool is_like_xterm;
	int rows, cols;
	enum color_depth depth; /* what the reader would use */
	bool has_answered; /* it was asked whether it reads UTF-8, and for doubtful characters */
	struct text_policy found;   /* 0 where it did not tell */
	const char *tmux_clipboard; /* tmux's option set-clipboard; "" unknown */
};

/* Looks, and asks the terminal on the line where its cursor stands, which is blank again
 * afterwards. Takes up to a second with a terminal that does not answer, and as long with a tmux
 * that hangs. Texts live in `arena`. */
struct checkup checkup_make(const struct term_opts *opts, struct arena *arena);

#endif
