/* The program that the tests of the terminal run on a pty: the test itself with --child. It draws a
 * fixed picture, writes the names of the keys it gets into row 6, and does what some of them say.
 */
#ifndef TERM_CHILD_H
#define TERM_CHILD_H

#include <stdbool.h>

/* Runs the child or a recorder when the program was started as one, and returns true with the exit
 * status; called first in main. A recorder is the program where $RECORD is set (by
 * whatever name: one test is called as what opens links on a Mac): it writes its arguments, one a
 * line, and its standard input into the file $RECORD, and ends with status $RECORD_STATUS, or not
 * for half a minute with $RECORD_HANG. $RECORD_ENV names a variable to write as well. What
 * $RECORD_SAYS it writes to standard output and errors before, and with $RECORD_DEAF it does
 * nothing else. On a terminal it is a browser: see browse. As tmux it answers "show-environment"
 * with $TMUX_SAYS. */
bool child_main(int argc, char **argv, int *status);

#define CHILD_SIZE_ROW 5
#define CHILD_KEYS_ROW 6
#define CHILD_SAID_ROW 7

#endif
