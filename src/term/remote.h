/* The listener on the reader's machine. */
#ifndef TERM_REMOTE_H
#define TERM_REMOTE_H

#include <stdbool.h>

#include <sulan/str.h>

struct error;

/* Writes the lines into the Unix socket or FIFO at `path`, which must be the user's own. False with
 * `err` when nobody listens or takes them within a second. */
bool remote_send(const char *path, struct str lines, struct error *err);

#endif
