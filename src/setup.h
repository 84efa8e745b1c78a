/* Things more than one mode needs, made from the configuration. */
#ifndef SETUP_H
#define SETUP_H

#include <sulan/keymap.h>
#include <sulan/keywords.h>
#include <sulan/out.h>

#include "world.h"

struct error;
struct words;

/* The lines of the configuration that are not understood, keys and views among them, from the first
 * to the last; in the world's arena. */
size_t setup_faults(const struct world *world, const struct error **out);
void setup_complain(const struct world *world);

/* The first of them as one line for the screen, and how many there are; NULL for none. */
const char *setup_faults_line(const struct world *world, const struct words *words);

/* The default keys with the reader's own over them, as far as these are understood. */
struct keymap *setup_keymap(const struct world *world);

/* The words of the watchlist, in the world's arena. */
size_t setup_watchlist(const struct world *world, struct keyword **out);

/* The watchlist of the configuration; NULL when highlighting is off. */
struct keywords *setup_keywords(const struct world *world);

/* The theme of the command line or the option; `err` when it is not to be had: then the standard
 * one. */
bool setup_theme(const struct world *world, struct theme *out, struct error *err);

/* Outputs at the width of the terminal or the one asked for, in the reader's language. */
struct out_opts setup_out(const struct world *world);

#endif
