/* layer: screen
 *
 * The reader's only window to the world: what a terminal and the system around it do for it. Made
 * by term for a real one, by tests for one in memory.
 */
#ifndef SULAN_PORT_H
#define SULAN_PORT_H

#include <stdbool.h>

#include <sulan/error.h>
#include <sulan/key.h>
#include <sulan/str.h>

struct canvas;

/* What became of links that were to be opened. */
enum open_result {
	OPEN_STARTED,   /* a program was started with each */
	OPEN_RETURNED,  /* a program had the terminal and has given it back */
	OPEN_REMOTE,    /* written to the listener on the reader's machine */
	OPEN_SENT,      /* handed to the reader's own terminal: its clipboard, if it listens */
	OPEN_SENT_TMUX, /* in tmux's buffer, and handed on by tmux to its terminals */
	OPEN_SHOWN,     /* there is nowhere to hand them to: they can only be shown */
	OPEN_FAILED,    /* see the error */
};

struct opening {
	enum open_result result;
	char program[64]; /* what was started; "" for none */
	struct error
		err; /* OPEN_FAILED: why; else what was tried before in vain; code 0: nothing */
};

/* A program that is given a text. */
struct piping {
	char **argv;     /* NULL-terminated: its path or a name in the folders of PATH, and words */
	struct str text; /* its standard input */
	/* For a program that needs the terminal: what is said below what it wrote, until a key
	 * comes; a pager or editor, which has a screen of its own, comes back by itself. NULL: it
	 * runs in the background, sees no terminal and what it says is not shown; when it ends
	 * badly a key tells. */
	const char *waiting;
};

/* More is not given to a clipboard. */
#define PORT_COPY_MAX ((size_t)64 << 10)

struct port {
	void *self;
	/* Waits up to `timeout_ms` (-1: for ever) for a key. False when there was none. */
	bool (*read)(void *self, int timeout_ms, struct key *out);
	/* The size in rows and columns, at least 1 each. */
	void (*size)(void *self, int *rows, int *cols);
	/* Makes the terminal look like the canvas, sending only what changed. */
	void (*show)(void *self, const struct canvas *canvas);
	/* The next show draws everything anew. */
	void (*redraw)(void *self);
	/* Gives the terminal back and stops the process; returns when it goes on. */
	void (*suspend)(void *self);
	/* Opens `n` >= 1 addresses that link_may_open has passed, in ASCII, each by itself. `way`
	 * is the text of the option "open": see opener.h. */
	void (*open)(void *self, const char *way, const char *const *urls, size_t n,
		     struct opening *out);
	/* Hands text to the clipboard; false when there is no way to. That it arrived cannot be
	 * known. */
	bool (*copy)(void *self, struct str text);
	/* Starts it; no shell looks at the words. False with `err` when it is not there, is a
	 * shell, which would run what is in the text, or cannot be started, and for one that has
	 * the terminal, when it ended badly. */
	bool (*pipe)(void *self, const struct piping *piping, struct error *err);
};

#endif
