/* layer: ui
 *
 * The interface in the reader's language. Messages are written in English where they stand; a
 * catalogue in gettext's PO form, baked into the program, gives their translation, so that it works
 * uninstalled and without any locale.
 */
#ifndef SULAN_WORDS_H
#define SULAN_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/str.h>

struct arena;
struct words;

/* Reads a catalogue; an empty text gives one that translates nothing. What is not well formed is
 * passed over. Lives in `arena`. */
const struct words *words_read(struct arena *arena, struct str po);

/* The translation, or `english` itself. `words` may be NULL. */
const char *words_get(const struct words *words, const char *english);

size_t words_count(const struct words *words);

/* The baked catalogue for a language tag ("zh_CN", "zh", "zh_CN.UTF-8"); English for any other. */
const struct words *words_for(struct arena *arena, const char *lang);

#endif
