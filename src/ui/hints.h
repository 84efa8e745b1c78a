/* The letters that stand before links: those that mean nothing else in an overlay. */
#ifndef HINTS_H
#define HINTS_H

#define HINT_LETTERS 15
static const char hint_letters[HINT_LETTERS + 1] = "asdfewrtcvxmpiu";

#endif
