/* What this run looks like: the colours, the theme, what is known of the terminal. */
#ifndef LOOKS_H
#define LOOKS_H

#include <stdbool.h>

#include <sulan/error.h>
#include <sulan/term.h>
#include <sulan/theme.h>

#include "world.h"

/* How many colours to use, as the options and NO_COLOR say; the terminal may have fewer. */
enum color_depth looks_depth(const struct world *world, bool *is_auto);

/* The theme by name, a path or "auto": the reader's own first, then the installed, then the baked.
 */
bool looks_theme(const struct world *world, const char *name, struct theme *out, struct error *err);

/* The same for a terminal of which this is known. */
bool looks_theme_on(const struct world *world, const char *name, enum term_background background,
		    struct theme *out, struct error *err);

/* Names of the baked themes and the reader's own, sorted; NULL-terminated, in the world's arena. */
const char *const *looks_theme_names(const struct world *world);

/* The terminal's options from the environment. */
struct term_opts looks_term_opts(const struct world *world);

/* How text is measured: as the options say, else as the terminal on standard output did last. */
struct text_policy looks_policy(const struct world *world);

#endif
