/* What the tests of the terminal have in common: the child (see child.h) on a pty, and what is
 * often asked of it. All of it fails the running test. */
#ifndef TERM_TRIAL_H
#define TERM_TRIAL_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

#include <term/vt.h>

#define XTERM "TERM=xterm-256color"
#define UTF8  "LC_ALL=C.UTF-8"

/* This program with --child. */
const char *const *child_argv(void);

/* The child on 24x80, its picture drawn; under xterm-256color and nothing else. */
struct vt *start(const char *const *env);
struct vt *start_plain(void);

/* Quits the child, which must end well, and frees. */
void leave(struct vt *vt);

bool log_has(const struct vt *vt, const char *bytes, size_t from);
void assert_cell(struct vt *vt, int row, int col, const char *text, int cols);

/* The modes of a new terminal; that a terminal is given back: our screen left, cursor shown, no
 * reports asked for, modes as `found`. */
struct termios fresh_modes(void);
void assert_given_back(struct vt *vt, const struct termios *found);

#endif
