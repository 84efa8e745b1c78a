/* What curses has no words for, under names that it has: a true colour, a link or a line through
 * the text goes by the number of a colour, a sequence of pictures by a private character. So curses
 * compares and places them as it does everything; what it writes is spelled out on the way to the
 * terminal. */
#ifndef TERM_INK_H
#define TERM_INK_H

#include <stdbool.h>

#include <sulan/canvas.h>
#include <sulan/str.h>
#include <sulan/theme.h>

struct arena;
struct inks;

/* Private characters that curses gets for sequences of pictures; of two columns. */
enum { INK_FIRST_NAME = 0xF0000, INK_NAMES = 512 };

struct ink_opts {
	enum color_depth depth;
	bool has_links; /* links may be sent */
};

struct ink_look {
	unsigned long attrs; /* of curses */
	int pair;
};

/* Needs curses with its colours started. */
struct inks *inks_new(const struct ink_opts *opts, int n_colors, int max_pairs);
void inks_free(struct inks *inks);

struct ink_look inks_look(struct inks *inks, const struct cell *cell, const struct canvas *canvas);

/* The name of a glyph that no cell of curses can hold. */
wchar_t inks_name(struct inks *inks, const struct glyph *glyph);

/* Whether a table had no room since it was asked last: then all names are to be forgotten and
 * everything be drawn anew. */
bool inks_take_full(struct inks *inks);
void inks_forget(struct inks *inks);

/* Before names run out: inks_sweep forgets all but those inks_keep was called for since
 * inks_begin_sweep. */
bool inks_are_crowded(const struct inks *inks);
void inks_begin_sweep(struct inks *inks);
void inks_keep(struct inks *inks, struct ink_look look);
void inks_sweep(struct inks *inks);

/* What curses writes next begins with a terminal that may be in any state. */
void inks_refresh(struct inks *inks);

/* What curses wrote, spelled out; in the arena, or `from` itself. */
struct str inks_spell(struct inks *inks, struct arena *arena, struct str from);

#endif
