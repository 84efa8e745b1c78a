/* Things more than one mode needs, made from the configuration. */
#ifndef SETUP_H
#define SETUP_H

#include <sulan/keymap.h>
#include <sulan/keywords.h>
#include <sulan/out.h>

#include "world.h"

/* Binds the nth of the configuration's own keys. False with `err`, which says where it stands. */
bool setup_key(const struct world *world, struct keymap *keymap, size_t nth, struct error *err);

/* The default keys with the reader's own over them; what is wrong in [keys] is complained about. */
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
