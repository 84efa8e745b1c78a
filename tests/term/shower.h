/* The program whose picture is compared with what terminals make of it: the test with --show. It
 * draws a seeded sequence of frames through the terminal layer on its own tty, and stops at every
 * checkpoint until it is told to go on.
 *
 *	agree --show FOLDER SEED AMBIGUOUS NEWEST
 *
 * AMBIGUOUS is 1 or 2, or 0 for a terminal that reads no UTF-8; of the characters it draws none is
 * newer than that version of Unicode. At each checkpoint its last row says "step N.", and in the
 * folder are
 *
 *	picture   the canvas as text, row by row, as a terminal is captured
 *	cells     what is not a plain blank, one cell a line: row, column, columns, foreground and
 *	          background (a number, or -1), attributes (of style_attr), the bytes
 *	cursor    its row and column
 *
 * What a terminal, or curses for it, is known to get wrong is left out when the environment says
 *so:
 *
 * - NO_WIDE_MARKS: combining marks on wide characters, which xterm 379 loses when it deletes one
 *   column before them and they are in the last two;
 * - NO_WIDE_CORNER: wide characters at the end of the last row: where the description has no smam
 *   (screen, tmux), curses 6.4 pushes the last column in, through the middle of them;
 * - NO_INDIC: spacing marks of Indic scripts, which kitty draws over their letters.
 *
 * After that it writes the bytes $AFTER to the tty, then the line "N" into the FIFO `ready`, and
 * reads a line from the FIFO `go`: "on", or "ROWS COLS" to wait for that size first. The folder and
 * both FIFOs are there before it starts. It ends by itself behind the last step. */
#ifndef TERM_SHOWER_H
#define TERM_SHOWER_H

#include <stdbool.h>

enum { SHOWER_STEPS = 500, SHOWER_PAUSE = 50 };

/* Does that when the arguments ask for it, and returns true with the exit status. */
bool shower_main(int argc, char **argv, int *status);

#endif
