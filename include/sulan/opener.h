/* layer: term
 *
 * How a link gets from here to a screen the reader sits before. A way, the text of the option
 * "open", of a rule for a host or of a key, is one of
 *
 *	auto        what the place allows: see opener_plan
 *	browser     $BROWSER, else the desktop's own opener
 *	command     the command of [open]
 *	remote      the listener of [open] remote
 *	handover    the clipboard of the reader's terminal
 *	terminal WORDS...   a program that needs the terminal, until it ends
 *	WORDS...    a program with its arguments; {url} or %s stands for the address, else it goes
 *last
 *
 * Words are apart at blanks, quotes keep them together; no shell sees them.
 */
#ifndef SULAN_OPENER_H
#define SULAN_OPENER_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/term.h>

struct arena;
struct error;

/* Where the program runs, as far as links care. */
struct place {
	bool is_ssh, is_tmux, is_screen, is_console, is_wsl, is_mac;
	bool has_display;       /* a screen of this machine, or one forwarded by SSH */
	const char *const *env; /* for programs: our own environment with what tmux knows better */
	const char *browser, *path;
};

/* Finds out. Inside tmux tmux is asked: the environment of a pane is that of its first start, while
 * tmux keeps DISPLAY and SSH_CONNECTION as of the last attach. Takes up to a second when tmux
 * hangs. Lives in `arena`. */
struct place place_find(const struct term_opts *opts, struct arena *arena);

enum opener_kind {
	OPENER_PROGRAM,  /* started apart from us, without the terminal */
	OPENER_TERMINAL, /* has the terminal until it ends */
	OPENER_REMOTE,
	OPENER_HANDOVER,
};

struct opener_step {
	enum opener_kind kind;
	char **words;     /* of a program, NULL-terminated, the address not filled in */
	const char *file; /* the program's path */
};

#define OPENER_STEPS 8

/* What will be tried, one after the other, until something succeeds. */
struct opener_plan {
	struct opener_step steps[OPENER_STEPS];
	size_t n;
};

/* The plan for a way. For auto: the command of [open]; the remote listener, when the reader sits
 * elsewhere; $BROWSER; the desktop's own opener, when the reader sits before it; last the clipboard
 * of the terminal. False with `err` when the way leads nowhere: a program that is not there, a
 * quote that does not end, a shell. Lives in `arena`. */
bool opener_plan(const struct term_opts *opts, const struct place *place, struct arena *arena,
		 const char *way, struct opener_plan *out, struct error *err);

#endif
