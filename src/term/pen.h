/* Cells onto the terminal without curses: what nearly all terminals of today have in common is
 * written as it is, in a fraction of the time. It writes what it is told to, and knows no more of
 * the screen than where the cursor stands and how the next text will look. Outside a frame the
 * terminal is left plain: no looks, no link, as curses leaves it. */
#ifndef TERM_PEN_H
#define TERM_PEN_H

#include <stdbool.h>

#include <sulan/canvas.h>
#include <sulan/str.h>

#include "ink.h"

/* A style, and what the terminal shows of it: to find that out takes longer than to write it. */
enum { PEN_LOOKS = 16 };
struct pen_look {
	struct style style, shown;
};

struct pen {
	struct ink_opts opts;
	uint8_t attrs;      /* of style_attr: what the terminal can show */
	uint8_t plain_only; /* those of them that colours exclude */
	bool can_scroll;    /* some rows of many */
	bool can_erase;     /* cells in the middle of a row */
	bool has_back;      /* what is erased takes the background in use */
	char between;       /* the parts of one of 256 colours: ';', or ':' (ISO 8613-6) */
	struct strbuf *out;
	int row, col;      /* of the cursor; below 0: unknown */
	struct style said; /* reduced: how text looks now */
	struct style worn; /* the style that was reduced to it */
	bool is_worn;
	struct pen_look looks[PEN_LOOKS]; /* the latest, replaced in turn */
	size_t n_looks, turn;
	const struct canvas_link *link; /* that is open */
};

/* fits.c: false when the terminal in use (caps.h) speaks another way than ECMA-48, or has too few
 * colours: then it is curses' to write. */
bool pen_init(struct pen *pen, const struct ink_opts *opts);

/* How one of the colours below 16 is told where all do it alike; `plane` is 30 or 40. */
static inline int pen_color_number(int color, int plane)
{
	return color < 8 ? plane + color : plane + 60 + color - 8;
}

/* A frame into `out`, with the cursor where it was left; below 0 when that is unknown. */
void pen_begin(struct pen *pen, struct strbuf *out, int row, int col);
/* Leaves the cursor there. */
void pen_end(struct pen *pen, int row, int col);

/* Moves the rows top..bottom-1 up by `by`, or down when it is negative; what comes in is blank in
 * the terminal's own colours. `rows` is the height of the screen. */
void pen_scroll(struct pen *pen, int top, int bottom, int by, int rows);

/* Writes the cells from..to-1 of a row; the first is not the second half of a wide glyph. */
void pen_cells(struct pen *pen, const struct canvas *canvas, int row, int from, int to);

#endif
