/* The canvas onto curses: one glyph a call, each at its own column, and styles as attributes and
 * pairs of colours.
 *
 * curses counts in colour numbers. A terminal with true colours is shown as one with 256, and the
 * numbers from 16 up are names for whatever colours are in use; paint_true puts the colours in. */
#include "inside.h"

/* curses has a key_name of its own, which nobody calls. */
#define key_name curses_key_name
#include <curses.h>
#undef key_name
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/canvas.h>
#include <sulan/utf8.h>

#include "caps.h"

enum { MAX_PAIRS = 512, N_SLOTS = 256, FIRST_SLOT = 16 };

struct look {
	attr_t attrs;
	int pair;
};

struct paint {
	SCREEN *screen;
	enum color_depth depth;
	int n_colors; /* of the description in use: 0, 8, 16 or 256 */
	int max_pairs;
	struct {
		int fg, bg;
	} pairs[MAX_PAIRS]; /* from 1: 0 is the terminal's own */
	int n_pairs;
	struct color slots[N_SLOTS]; /* COLOR_INHERIT: free */
	bool is_full;                /* a table had no room for a colour */
	struct style last;
	struct look last_look;
	int cursor; /* visible: 1, not: 0, unknown: -1 */
	char *out;  /* of paint_true */
	size_t out_cap;
	/* The canvas that curses was last told: rows that are the same need not be told again. */
	struct cell *told;
	int told_rows, told_cols; /* 0: curses knows nothing yet */
};

static bool says_true_color(const struct term_opts *opts)
{
	const char *colorterm = opts->colorterm ? opts->colorterm : "";
	bool is_screen = opts->sty && *opts->sty && !(opts->tmux && *opts->tmux);
	return !is_screen &&
	       (strcmp(colorterm, "truecolor") == 0 || strcmp(colorterm, "24bit") == 0);
}

enum color_depth paint_depth(const struct term_opts *opts, int n_colors)
{
	enum color_depth most = DEPTH_MONO;
	if (n_colors >= 8)
		most = DEPTH_16;
	if (n_colors >= 256)
		most = DEPTH_256;
	if (most == DEPTH_256 && caps_has_numbered_colors() &&
	    (says_true_color(opts) || !opts->is_depth_auto))
		most = DEPTH_TRUE;
	return opts->depth < most ? opts->depth : most;
}

static void forget_colors(struct paint *paint)
{
	paint->n_pairs = 1;
	paint->is_full = false;
	memset(paint->slots, 0, sizeof(paint->slots));
	paint->last_look = (struct look){0};
	paint->last = (struct style){0};
	paint->told_rows = paint->told_cols = 0;
}

struct paint *paint_new(struct term *term)
{
	const struct term_opts *opts = &term->opts;
	SCREEN *screen = newterm(opts->term, term->sink, term->sink);
	if (!screen)
		return NULL;
	struct paint *paint = mem_new(sizeof(*paint));
	paint->screen = screen;
	paint->cursor = -1;
	typeahead(-1);
	if (has_colors() && start_color() == OK && use_default_colors() == OK)
		paint->n_colors =
			COLORS > 256 ? 8 : COLORS; /* beyond, numbers from 8 are not ours */
	paint->max_pairs = COLOR_PAIRS < MAX_PAIRS ? COLOR_PAIRS : MAX_PAIRS;
	paint->depth = paint_depth(opts, paint->n_colors);
	forget_colors(paint);
	/* What curses has written by now goes by the size in the description; the first frame
	 * writes it again by the one that is. */
	resize_term(term->rows, term->cols);
	endwin();
	out_forget(term);
	return paint;
}

void paint_free(struct paint *paint)
{
	if (!paint)
		return;
	delscreen(paint->screen);
	free(paint->out);
	free(paint->told);
	free(paint);
}

void paint_end(void)
{
	if (!isendwin())
		endwin();
}

void paint_anew(struct paint *paint)
{
	clearok(curscr, TRUE);
	paint->cursor = -1;
	paint->told_rows = paint->told_cols = 0;
}

void paint_resize(struct paint *paint, int rows, int cols)
{
	resize_term(rows, cols);
	paint_anew(paint);
}

enum color_depth term_depth(const struct term *term)
{
	return term->paint->depth;
}

static bool same_color(struct color a, struct color b)
{
	return a.kind == b.kind && a.r == b.r && a.g == b.g && a.b == b.b;
}

/* The number that stands for the colour from now on. */
static int slot_of(struct paint *paint, struct color color)
{
	int free_slot = 0;
	for (int i = FIRST_SLOT; i < N_SLOTS; i++) {
		if (same_color(paint->slots[i], color))
			return i;
		if (!free_slot && paint->slots[i].kind == COLOR_INHERIT)
			free_slot = i;
	}
	if (!free_slot) {
		paint->is_full = true;
		return -1;
	}
	paint->slots[free_slot] = color;
	return free_slot;
}

static int number_of(struct paint *paint, struct color color, attr_t *attrs)
{
	switch (color.kind) {
	case COLOR_RGB:
		return slot_of(paint, color);
	case COLOR_INDEX:
		if (color.r >= FIRST_SLOT && paint->depth == DEPTH_TRUE)
			return slot_of(paint, color);
		/* Bold is how these shine, but for grey: bold black is black on many terminals. */
		if (color.r == 8 && paint->n_colors == 8) {
			*attrs |= A_DIM;
			return -1;
		}
		if (color.r >= 8 && paint->n_colors == 8) {
			*attrs |= A_BOLD;
			return color.r - 8;
		}
		return color.r < paint->n_colors ? color.r : -1;
	default:
		return -1;
	}
}

static int pair_of(struct paint *paint, int fg, int bg)
{
	if (fg < 0 && bg < 0)
		return 0;
	for (int i = 1; i < paint->n_pairs; i++)
		if (paint->pairs[i].fg == fg && paint->pairs[i].bg == bg)
			return i;
	if (paint->n_pairs >= paint->max_pairs) {
		paint->is_full = true;
		return 0;
	}
	if (init_extended_pair(paint->n_pairs, fg, bg) != OK)
		return 0;
	paint->pairs[paint->n_pairs].fg = fg;
	paint->pairs[paint->n_pairs].bg = bg;
	return paint->n_pairs++;
}

static attr_t attrs_of(uint8_t attrs)
{
	static const struct {
		uint8_t ours;
		attr_t theirs;
	} same[] = {
		{ATTR_BOLD, A_BOLD},       {ATTR_DIM, A_DIM},
		{ATTR_ITALIC, A_ITALIC},   {ATTR_UNDERLINE, A_UNDERLINE},
		{ATTR_REVERSE, A_REVERSE}, {ATTR_STRIKE, A_DIM}, /* curses cannot strike out */
	};
	attr_t result = A_NORMAL;
	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++)
		if (attrs & same[i].ours)
			result |= same[i].theirs;
	return result;
}

static struct look look_of(struct paint *paint, struct style style)
{
	if (style_eq(style, paint->last))
		return paint->last_look;
	struct style reduced = style_reduce(style, paint->depth);
	struct look look = {.attrs = attrs_of(reduced.attrs)};
	if (paint->depth != DEPTH_MONO) {
		attr_t ignored = A_NORMAL;
		int fg = number_of(paint, reduced.fg, &look.attrs);
		int bg = number_of(paint, reduced.bg, &ignored);
		look.pair = pair_of(paint, fg, bg);
	}
	paint->last = style;
	paint->last_look = look;
	return look;
}

/* The glyph as what curses takes for a cell. Nothing but what curses will place in exactly the
 * columns of the glyph gets through: the last guard before the terminal. */
static void put_wide(const struct glyph *glyph, wchar_t out[CCHARW_MAX + 1])
{
	struct str bytes = {glyph->bytes, glyph->len};
	size_t n = 0;
	for (size_t at = 0; at < bytes.len && n < CCHARW_MAX;) {
		uint32_t cp;
		at += utf8_next(bytes, at, &cp);
		int cols = wcwidth((wchar_t)cp);
		if (n == 0 ? cols == glyph->cols : cols == 0)
			out[n++] = (wchar_t)cp;
	}
	if (n == 0)
		out[n++] = glyph->len ? L'\xfffd' : L' ';
	out[n] = L'\0';
}

/* The two letters of a flag, each in a cell of its own: together the terminal may make a picture of
 * them. */
static bool put_flag(int row, int col, const struct cell *cell, const struct look *look)
{
	struct str bytes = {cell->glyph.bytes, cell->glyph.len};
	uint32_t first, second;
	if (cell->glyph.cols != 2 || bytes.len != 8)
		return false;
	utf8_next(bytes, 0, &first);
	utf8_next(bytes, 4, &second);
	if (wcwidth((wchar_t)first) != 1 || wcwidth((wchar_t)second) != 1)
		return false;
	const wchar_t letters[2][2] = {{(wchar_t)first, 0}, {(wchar_t)second, 0}};
	for (int i = 0; i < 2; i++) {
		cchar_t cc;
		setcchar(&cc, letters[i], look->attrs, 0, &look->pair);
		mvadd_wch(row, col + i, &cc);
	}
	return true;
}

static void put_cell(struct paint *paint, int row, int col, const struct cell *cell)
{
	wchar_t text[CCHARW_MAX + 1];
	cchar_t cc;
	struct look look = look_of(paint, cell->style);
	if (put_flag(row, col, cell, &look))
		return;
	put_wide(&cell->glyph, text);
	setcchar(&cc, text, look.attrs, 0, &look.pair);
	/* In the last cell of the screen this fails to move on, having placed the glyph. */
	mvadd_wch(row, col, &cc);
	/* A glyph that was replaced is narrower: its second half is a blank of its own. */
	if (cell->glyph.cols == 2 && wcwidth(text[0]) != 2) {
		setcchar(&cc, L" ", look.attrs, 0, &look.pair);
		mvadd_wch(row, col + 1, &cc);
	}
}

static void put_row(struct paint *paint, const struct canvas *canvas, int row, int cols)
{
	for (int col = 0; col < cols; col++) {
		const struct cell *cell = canvas_at(canvas, row, col);
		bool fits = cell->glyph.cols < 2 || col + 1 < cols;
		if (!cell->is_tail && fits)
			put_cell(paint, row, col, cell);
	}
}

/* Whether curses was told this row already; from now on it was. */
static bool was_told(struct paint *paint, const struct canvas *canvas, int row)
{
	size_t size = (size_t)canvas->cols * sizeof(struct cell);
	struct cell *told = paint->told + (size_t)row * (size_t)canvas->cols;
	const struct cell *cells = canvas_at(canvas, row, 0);
	if (memcmp(told, cells, size) == 0)
		return true;
	memcpy(told, cells, size);
	return false;
}

static void put_cells(struct paint *paint, const struct canvas *canvas)
{
	int rows = canvas->rows < LINES ? canvas->rows : LINES;
	int cols = canvas->cols < COLS ? canvas->cols : COLS;
	bool is_known = paint->told_rows == canvas->rows && paint->told_cols == canvas->cols;
	if (!is_known) {
		size_t n = (size_t)canvas->rows * (size_t)canvas->cols;
		erase();
		paint->told = mem_resize(paint->told, n * sizeof(*paint->told));
		paint->told_rows = canvas->rows;
		paint->told_cols = canvas->cols;
	}
	for (int row = 0; row < rows; row++)
		if (!(is_known & was_told(paint, canvas, row)))
			put_row(paint, canvas, row, cols);
}

static int within(int at, int limit)
{
	return at < 0 ? 0 : at >= limit ? limit - 1 : at;
}

static void set_cursor(struct paint *paint, bool is_seen)
{
	if (paint->cursor == is_seen)
		return;
	curs_set(is_seen);
	paint->cursor = is_seen;
}

void paint_canvas(struct term *term, const struct canvas *canvas)
{
	struct paint *paint = term->paint;
	put_cells(paint, canvas);
	if (paint->is_full) { /* by colours of frames long gone: begin again with this one's */
		forget_colors(paint);
		put_cells(paint, canvas);
		paint_anew(paint);
	}
	if (!canvas->has_cursor)
		set_cursor(paint, false);
	move(within(canvas->cursor_row, LINES), within(canvas->cursor_col, COLS));
	refresh();
	if (canvas->has_cursor)
		set_cursor(paint, true);
	out_frame(term);
}

/* The length of "8;5;NUMBERm" at the front, with the number; 0 when it is something else. */
static size_t numbered_color(struct str s, unsigned *number)
{
	if (!str_starts(s, "8;5;"))
		return 0;
	size_t at = 4;
	*number = 0;
	while (at < s.len && at < 8 && s.p[at] >= '0' && s.p[at] <= '9')
		*number = *number * 10 + (unsigned)(s.p[at++] - '0');
	return at > 4 && at < s.len && s.p[at] == 'm' && *number < N_SLOTS ? at + 1 : 0;
}

struct str paint_true(struct paint *paint, struct str from)
{
	enum { LONGEST = 24 };
	if (paint->depth != DEPTH_TRUE)
		return from;
	size_t need = from.len * 3 + LONGEST, len = 0; /* "8;5;16m" to "8;2;255;255;255m" */
	if (need > paint->out_cap) {
		paint->out = mem_resize(paint->out, need);
		paint->out_cap = need;
	}
	for (size_t at = 0; at < from.len;) {
		unsigned number;
		size_t used = at >= 2 ? numbered_color(str_from(from, at), &number) : 0;
		if (!used || from.p[at - 2] != '[' ||
		    (from.p[at - 1] != '3' && from.p[at - 1] != '4')) {
			paint->out[len++] = from.p[at++];
			continue;
		}
		struct color c = paint->slots[number];
		len += (size_t)(c.kind == COLOR_RGB
					? snprintf(paint->out + len, LONGEST, "8;2;%d;%d;%dm", c.r,
						   c.g, c.b)
					: snprintf(paint->out + len, LONGEST, "8;5;%dm", c.r));
		at += used;
	}
	return (struct str){paint->out, len};
}
