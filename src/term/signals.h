/* Signals as facts that the loop asks for. One terminal at a time. */
#ifndef TERM_SIGNALS_H
#define TERM_SIGNALS_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

/* Takes the signals over; returns a descriptor that becomes readable with every one that came, or
 * -1. What the parent had set to be ignored stays ignored. */
int signals_begin(void);
void signals_end(void);

/* What a crash must do to the terminal on `fd`; at most SIGNALS_CRASH_BYTES. A NULL disarms it. */
#define SIGNALS_CRASH_BYTES 256
void signals_on_crash(int fd, const struct termios *found, const char *bytes, size_t len);

/* The signal that told the program to end, or 0. */
int signals_ended(void);

/* Whether it came since the last time it was asked for. */
bool signals_take_resize(void);
bool signals_take_stop(void);
bool signals_take_continue(void);

/* While another program has the terminal: its interrupts are not ours, and its stop is. */
void signals_yield(void);
void signals_retake(void);

/* Empties the descriptor. */
void signals_drain(void);

/* Stops the process as the terminal's own ^Z would; returns when it goes on. */
void signals_stop_here(void);

#endif
