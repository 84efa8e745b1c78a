/* layer: screen
 *
 * The reader's only window to the world: what a terminal and the system around it do for it. Made by
 * term for a real one, by tests for one in memory.
 */
#ifndef SULAN_PORT_H
#define SULAN_PORT_H

#include <stdbool.h>

#include <sulan/key.h>
#include <sulan/str.h>

struct canvas;
struct error;

/* What became of a link that was to be opened. */
enum open_result {
	OPEN_STARTED, /* a program was started with it */
	OPEN_SENT,    /* handed to the reader's own terminal: its clipboard, if it listens */
	OPEN_FAILED,  /* see the error */
};

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
	/* Opens an address that link_may_open has passed; `command` is the option's text. */
	enum open_result (*open)(void *self, const char *command, const char *url,
				 struct error *err);
	/* Hands text to the clipboard; false when there is no way to. That it arrived cannot be known. */
	bool (*copy)(void *self, struct str text);
};

#endif
