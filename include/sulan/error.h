/* layer: base
 *
 * A fact for the reader about something in the world that went wrong: a file, a line of a
 * configuration, a terminal. The message is a constant template so that it can be translated where
 * it is shown; its one `%s` is filled with `arg`.
 */
#ifndef SULAN_ERROR_H
#define SULAN_ERROR_H

#include <stdbool.h>
#include <stddef.h>

enum error_code {
	ERROR_NONE,
	ERROR_USAGE,   /* exit status 2 */
	ERROR_INPUT,   /* exit status 3 */
	ERROR_LIBRARY, /* exit status 4 */
	ERROR_CONFIG,  /* a warning: the line is skipped */
	ERROR_TERM,    /* exit status 2: no usable terminal */
};

struct error {
	enum error_code code;
	char file[512];   /* path, or "" */
	unsigned line;    /* from 1; 0 unknown */
	const char *what; /* template, at most one %s */
	char arg[256];
};

/* Marks a message template for translation where it stands. */
#define N_(text) text

/* Fills `err` (which may be NULL) and returns false, so that `return error_set(...)` reads well.
 * `what` must be a string constant; `arg` is copied and may be NULL. */
bool error_set(struct error *err, enum error_code code, const char *what, const char *arg);

/* Adds the place to an error that has none yet. */
bool error_at(struct error *err, const char *file, unsigned line);

/* "FILE:LINE: message" into `buf`, cut to `size` at a character border. `what` is the template as
 * the reader shall see it (translated), or NULL for the error's own. */
void error_text(const struct error *err, const char *what, char *buf, size_t size);

#endif
