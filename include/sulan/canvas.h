/* layer: screen
 *
 * The picture of a frame: cells of glyphs and styles. Views paint on it, the terminal shows it,
 * tests read it as text. Everything put on it goes through glyph_next, so no cell can hold a
 * control character; clipping never leaves half a wide glyph.
 */
#ifndef SULAN_CANVAS_H
#define SULAN_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <sulan/glyph.h>
#include <sulan/str.h>
#include <sulan/theme.h>

struct arena;

/* Small, for every key moves and compares them: what is rare in a cell stands in the canvas, once,
 * and its number here. Equal cells of one canvas are equal bytes. */
struct cell {
	/* CELL_BLANK; CELL_TAIL, the second half of a wide glyph; else its columns from
	 * CELL_COLS_SHIFT on, and below them its character or, with CELL_MANY, the number of its
	 * characters in the canvas' glyphs. */
	uint32_t glyph;
	uint16_t link; /* index into the canvas' links + 1; 0 none */
	struct style style;
};

#define CELL_BLANK      0U
#define CELL_TAIL       0x80000000U
#define CELL_MANY       0x40000000U
#define CELL_COLS_SHIFT 24
#define CELL_CHAR       0xFFFFFFU

_Static_assert(sizeof(struct cell) == 16, "no gaps in a cell: they are compared as bytes");

static inline bool cell_is_tail(const struct cell *cell)
{
	return cell->glyph == CELL_TAIL;
}

/* Nothing, or a space. */
static inline bool cell_is_blank(const struct cell *cell)
{
	return cell->glyph == CELL_BLANK || cell->glyph == (1U << CELL_COLS_SHIFT | ' ');
}

/* 0 for a blank or a tail, else 1 or 2. */
static inline int cell_cols(const struct cell *cell)
{
	return (int)(cell->glyph >> CELL_COLS_SHIFT & 3);
}

/* The glyph's one character; 0 when it has more or none. */
static inline uint32_t cell_char(const struct cell *cell)
{
	return cell->glyph & (CELL_TAIL | CELL_MANY) ? 0 : cell->glyph & CELL_CHAR;
}

/* Makes of the first of `n` cells all of them. */
static inline void cell_repeat(struct cell *cells, size_t n)
{
	for (size_t have = 1; have < n; have *= 2)
		memcpy(cells + have, cells, (have < n - have ? have : n - have) * sizeof(*cells));
}

/* Where a cell leads to when it is clicked in the terminal (OSC 8). */
struct canvas_link {
	uint32_t id; /* the same for all parts of a link, as on the lines it is broken into */
	const char *url;
};

struct canvas_row {
	struct cell *cells;
	uint64_t age; /* another: it has been painted on; no two rows of a canvas have the same */
	/* What it had before this frame, and the columns from..to-1 painted on since: all others
	 * are as they were then. */
	uint64_t age_before;
	int from, to;
};

struct canvas {
	int rows, cols;
	struct canvas_row *row; /* from the top */
	struct cell *cells;     /* of all rows, in whatever order */
	uint64_t age;           /* of the row that was painted on last */
	uint64_t frame_age;     /* of the one that was so when the frame was begun */
	struct text_policy policy;
	struct canvas_link *links;
	size_t n_links, cap_links;
	struct glyph *glyphs;
	size_t n_glyphs, cap_glyphs;
	uint32_t *glyph_slots; /* of a hash table: index + 1 */
	size_t n_slots;
	unsigned numbers_age;       /* another: the cells' numbers stand for others than before */
	int cursor_row, cursor_col; /* where the hardware cursor shall stand */
	bool has_cursor;            /* and whether it is to be seen */
	/* Text over whole rows from `row` on that the terminal itself shall break at its edge, so
	 * that it is selected and clicked as the one line it is; text NULL: none. See
	 * canvas_put_line. */
	struct {
		struct str text;
		int row;
		struct style style;
	} line;
};

struct canvas *canvas_new(int rows, int cols, struct text_policy policy);
void canvas_free(struct canvas *canvas);
void canvas_resize(struct canvas *canvas, int rows, int cols); /* the content is lost */

/* What is painted from now on is another frame. */
void canvas_begin(struct canvas *canvas);

/* Blanks everything in one style. */
void canvas_clear(struct canvas *canvas, struct style style);

/* Blanks `n_rows` x `n_cols` cells; what lies outside is ignored. */
void canvas_fill(struct canvas *canvas, int row, int col, int n_rows, int n_cols,
		 struct style style);

/* Moves the cells within such an area up by `by` rows, or down when it is negative; the rows they
 * leave hold anything until they are blanked. The area lies on the canvas and cuts no wide glyph.
 */
void canvas_shift(struct canvas *canvas, int row, int col, int n_rows, int n_cols, int by);

/* Blanks such an area in one style, as canvas_clear does, whatever was below. */
void canvas_blank(struct canvas *canvas, int row, int col, int n_rows, int n_cols,
		  struct style style);

/* Puts text from (row, col) into at most `cols` columns, clipped to the canvas at a glyph border.
 * Returns the columns used. COLOR_INHERIT keeps the background and attributes of the cells below.
 */
int canvas_put(struct canvas *canvas, int row, int col, int cols, struct str text,
	       struct style style);

/* Puts the first glyph of the text again and again, as often as it fits. */
void canvas_repeat(struct canvas *canvas, int row, int col, int cols, struct str text,
		   struct style style);

/* As canvas_put, ending in an ellipsis when the text does not fit. */
int canvas_put_cut(struct canvas *canvas, int row, int col, int cols, struct str text,
		   struct style style);

/* Puts an address, printable ASCII that lives until the frame has been shown, from the left edge of
 * `row` on over at most `max_rows` whole rows. Returns the rows used. It is the frame's one `line`
 * when it fits; canvas_clear forgets it. */
int canvas_put_line(struct canvas *canvas, int row, int max_rows, struct str text,
		    struct style style);

/* Lays a style over cells that are there. */
void canvas_tint(struct canvas *canvas, int row, int col, int cols, struct style style);

/* Makes cells that are there a link. `url` is printable ASCII and is copied; one that is too long
 * for terminals is no link. */
void canvas_link(struct canvas *canvas, int row, int col, int cols, uint32_t id, struct str url);

const struct cell *canvas_at(const struct canvas *canvas, int row, int col);

/* What stands in the cell; len 0 for a blank or a tail. */
struct glyph canvas_glyph(const struct canvas *canvas, const struct cell *cell);

/* One row, or all rows each ending in LF, as text without trailing blanks. */
struct str canvas_row_text(const struct canvas *canvas, int row, struct arena *arena);
struct str canvas_text(const struct canvas *canvas, struct arena *arena);

#endif
