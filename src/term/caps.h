/* The description of the terminal. Apart from the rest, as <term.h> has names of its own for much.
 */
#ifndef TERM_CAPS_H
#define TERM_CAPS_H

#include <stdbool.h>

/* Whether a type is described on this system, and whether it can place a cursor. Changes nothing.
 */
bool caps_known(const char *type, int fd, bool *has_screen);

/* Puts a type into use before curses does, to be asked about; caps_end when this was true. */
bool caps_begin(const char *type, int fd);
void caps_end(void);

/* Of the terminal in use: a string by its terminfo name, NULL when it has none; a flag; a
 * number. */
const char *caps_text(const char *name);
/* The string with a number in it; until the next one is asked for. */
const char *caps_text_of(const char *name, int number);
bool caps_flag(const char *name);
int caps_number(const char *name); /* below 0 when it has none */

/* What stands before the number of a colour from 16 up: "8;5;" of "\e[38;5;200m". False when such
 * colours are not said so. */
#define CAPS_MARK 16
bool caps_color_mark(char mark[CAPS_MARK]);

/* Whether it says of itself that it shows any colour. */
bool caps_has_true_color(void);

#endif
