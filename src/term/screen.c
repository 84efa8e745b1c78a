/* The canvas onto the terminal: only what is another than what it was told last. Where the pen can
 * write, curses has but the first frame and those that are drawn anew from nothing; elsewhere it
 * has all of them, one glyph a call, each at its own column. */
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

#include "ink.h"
#include "pen.h"
#include "told.h"
#include "width.h"

struct paint {
	SCREEN *screen;
	enum color_depth depth;
	struct inks *inks;
	bool has_pen;
	struct pen pen;
	bool is_past; /* the screen has changed without curses */
	int cursor;   /* visible: 1, not: 0, unknown: -1 */
	int row, col; /* where it stands */
	struct told told;
	unsigned numbers_age;
	struct arena *arena; /* of a frame past curses */
};

struct paint *paint_new(struct term *term)
{
	const struct term_opts *opts = &term->opts;
	int n_colors = 0, max_pairs = 0;
	SCREEN *screen = newterm(opts->term, term->sink, term->sink);
	if (!screen)
		return NULL;
	struct paint *paint = mem_new(sizeof(*paint));
	paint->screen = screen;
	paint->cursor = -1;
	paint->arena = arena_new();
	typeahead(-1);
	/* Cells moved within a row: what becomes of wide glyphs then differs between terminals. */
	idcok(stdscr, FALSE);
	if (has_colors() && start_color() == OK && use_default_colors() == OK) {
		n_colors = COLORS;
		max_pairs = COLOR_PAIRS;
	}
	paint->depth = terminal_depth(opts, n_colors);
	struct ink_opts ink_opts = {paint->depth, opts->has_links && terminal_can_link(opts)};
	paint->inks = inks_new(&ink_opts, n_colors, max_pairs);
	paint->has_pen = pen_init(&paint->pen, &ink_opts);
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
	inks_free(paint->inks);
	told_free(&paint->told);
	arena_free(paint->arena);
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
	inks_refresh(paint->inks);
	paint->cursor = -1;
	told_forget(&paint->told);
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

/* Tells the cells from..to-1 of a row, of which none is half of a wide glyph. */
static void put_part(struct paint *paint, const struct canvas *canvas, int row, int from, int to)
{
	int cols = canvas->cols < COLS ? canvas->cols : COLS;
	for (int col = from; col < to && col < cols; col++) {
		const struct cell *cell = canvas_at(canvas, row, col);
		bool fits = cell_cols(cell) < 2 || col + 1 < cols;
		if (!cell_is_tail(cell) && fits)
			paint_cell(paint->inks, canvas, row, col);
	}
}

/* Tells what of a row is another than before. Wide glyphs differ in both halves or in none, but for
 * one that takes the place of another beside it. */
static void put_row(struct paint *paint, const struct canvas *canvas, int row)
{
	const struct cell *told = paint->told.row[row].cells;
	const struct cell *cells = canvas_at(canvas, row, 0);
	struct told_part part = told_part(&paint->told, canvas, row, row);
	int cols = canvas->cols, from = cols, to = 0;
	for (int col = part.from; (col = told_next_other(told, cells, col, part.to)) < part.to;
	     to = ++col)
		from = from < col ? from : col;
	told_take_row(&paint->told, canvas, row);
	if (from == cols)
		return;
	from -= cell_is_tail(&cells[from]) || cell_is_tail(&told[from]);
	to += to < cols && (cell_is_tail(&cells[to]) || cell_is_tail(&told[to]));
	put_part(paint, canvas, row, from, to);
	told_take_cells(&paint->told, canvas, row, from, to);
}

/* The rows that a list has scrolled, where the screen is as large as curses thinks. */
static struct run find_scroll(struct paint *paint, const struct canvas *canvas)
{
	struct run run = told_find_scroll(&paint->told, canvas);
	if (canvas->rows != LINES || canvas->cols != COLS)
		run.n = 0;
	return run;
}

/* Telling a list anew that has scrolled is most of the work of a frame: it is moved in curses as
 * well. */
static void scroll_curses(struct paint *paint, const struct canvas *canvas)
{
	struct run run = find_scroll(paint, canvas);
	if (run.n == 0)
		return;
	int top = run.by > 0 ? run.row : run.row + run.by;
	scrollok(stdscr, TRUE);
	wsetscrreg(stdscr, top, top + run.n + abs(run.by) - 1);
	wscrl(stdscr, run.by);
	scrollok(stdscr, FALSE);
	/* Blank to curses, and unlike any cell here: it will be told. */
	told_move(&paint->told, run, (struct cell){.glyph = TOLD_NOTHING});
}

static void scroll_pen(struct paint *paint, const struct canvas *canvas)
{
	const struct run run = find_scroll(paint, canvas);
	if (run.n == 0 || !paint->pen.can_scroll)
		return;
	int top = run.by > 0 ? run.row : run.row + run.by;
	pen_scroll(&paint->pen, top, top + run.n + abs(run.by), run.by, canvas->rows);
	const struct color own = {.kind = COLOR_DEFAULT};
	told_move(&paint->told, run, (struct cell){.style = {.fg = own, .bg = own}});
}

static bool is_spacing_mark(const struct canvas *canvas, const struct cell *cell)
{
	uint32_t cp = cell_char(cell);
	if (cell->glyph & CELL_MANY && cell->glyph != TOLD_NOTHING) {
		struct glyph glyph = canvas_glyph(canvas, cell);
		utf8_next((struct str){glyph.bytes, glyph.len}, 0, &cp);
	}
	return cp && !codepoint_is_plain(cp) && codepoint_is_spacing_mark(cp);
}

/* Where the telling has to begin for the cell at `col`: at the first half of a wide glyph, and
 * where there is or was a mark that terminals may have in the cell before it, there. */
static int begin_at(const struct canvas *canvas, const struct cell *told, const struct cell *cells,
		    int col)
{
	while (col > 0 &&
	       (is_spacing_mark(canvas, &cells[col]) || is_spacing_mark(canvas, &told[col])))
		col--;
	return col - cell_is_tail(&cells[col]);
}

/* Each stretch of a row that is another than before, with the marks behind it. */
static void pen_row(struct paint *paint, const struct canvas *canvas, int row)
{
	const struct cell *told = paint->told.row[row].cells;
	const struct cell *cells = canvas_at(canvas, row, 0);
	struct told_part part = told_part(&paint->told, canvas, row, row);
	for (int from = part.from, to;
	     (from = told_next_other(told, cells, from, part.to)) < part.to; from = to) {
		to = told_next_same(told, cells, from, part.to);
		while (to < canvas->cols && is_spacing_mark(canvas, &cells[to]))
			to++;
		pen_cells(&paint->pen, canvas, row, begin_at(canvas, told, cells, from), to);
		told_take_cells(&paint->told, canvas, row, from, to);
	}
	told_take_row(&paint->told, canvas, row);
}

/* A frame past curses. */
static void pen_frame(struct term *term, const struct canvas *canvas, int row, int col)
{
	enum { LIKELY_BYTES = 1000 };
	struct paint *paint = term->paint;
	arena_reset(paint->arena);
	struct strbuf out = strbuf_make(paint->arena);
	strbuf_reserve(&out, LIKELY_BYTES);
	pen_begin(&paint->pen, &out, paint->row, paint->col);
	if (paint->numbers_age != canvas->numbers_age)
		told_forget_numbers(&paint->told);
	paint->numbers_age = canvas->numbers_age;
	scroll_pen(paint, canvas);
	for (int r = 0; r < canvas->rows; r++)
		if (paint->told.row[r].age != canvas->row[r].age)
			pen_row(paint, canvas, r);
	pen_end(&paint->pen, row, col);
	if (out.len) {
		paint->is_past = true;
		out_cells(term, strbuf_str(&out));
	}
}

static void put_cells(struct paint *paint, const struct canvas *canvas)
{
	int rows = canvas->rows < LINES ? canvas->rows : LINES;
	if (paint->numbers_age != canvas->numbers_age)
		told_forget(&paint->told);
	paint->numbers_age = canvas->numbers_age;
	if (paint->told.rows == canvas->rows && paint->told.cols == canvas->cols) {
		scroll_curses(paint, canvas);
		for (int row = 0; row < rows; row++)
			put_row(paint, canvas, row);
		return;
	}
	erase();
	told_take(&paint->told, canvas);
	for (int row = 0; row < rows; row++)
		put_part(paint, canvas, row, 0, canvas->cols);
}

/* Frees the names of what is on the screen no more. */
static void sweep(struct paint *paint, const struct canvas *canvas)
{
	size_t n = (size_t)paint->told.rows * (size_t)paint->told.cols;
	if (!inks_are_crowded(paint->inks) || paint->numbers_age != canvas->numbers_age)
		return;
	inks_begin_sweep(paint->inks);
	for (size_t i = 0; i < n; i++)
		inks_keep(paint->inks, inks_look(paint->inks, &paint->told.cells[i], canvas));
	inks_sweep(paint->inks);
}

static int within(int at, int limit)
{
	return at < 0 ? 0 : at >= limit ? limit - 1 : at;
}

/* True when curses has written it. */
static bool set_cursor(struct paint *paint, bool is_seen)
{
	if (paint->cursor == is_seen)
		return false;
	if (paint->cursor < 0)
		curs_set(!is_seen); /* curses writes nothing where it thinks that it is so */
	curs_set(is_seen);
	paint->cursor = is_seen;
	return true;
}

/* The canvas was painted by its policy: what curses counts must be the same. */
static void take_policy(struct term *term, const struct canvas *canvas)
{
	if (text_policy_eq(canvas->policy, term->opts.facts.policy))
		return;
	term->opts.facts.policy = canvas->policy;
	width_use(canvas->policy);
	paint_anew(term->paint);
}

/* Whether the terminal has been told a canvas like this one, so that the pen can go on from it. */
static bool can_go_on(const struct paint *paint, const struct canvas *canvas)
{
	return paint->has_pen && paint->told.rows == canvas->rows &&
	       paint->told.cols == canvas->cols && canvas->rows == LINES && canvas->cols == COLS;
}

static void curses_frame(struct paint *paint, const struct canvas *canvas, int row, int col)
{
	if (paint->is_past)
		paint_anew(paint);
	paint->is_past = false;
	sweep(paint, canvas);
	put_cells(paint, canvas);
	if (inks_take_full(paint->inks)) { /* begin again with what this frame needs */
		inks_forget(paint->inks);
		paint_anew(paint);
		put_cells(paint, canvas);
	}
	if (!canvas->has_cursor)
		set_cursor(paint, false);
	move(row, col);
	refresh();
}

void paint_canvas(struct term *term, const struct canvas *canvas)
{
	struct paint *paint = term->paint;
	int row = within(canvas->cursor_row, LINES), col = within(canvas->cursor_col, COLS);
	take_policy(term, canvas);
	if (can_go_on(paint, canvas)) {
		if (!canvas->has_cursor && set_cursor(paint, false))
			out_frame(term);
		pen_frame(term, canvas, row, col);
		if (canvas->has_cursor && set_cursor(paint, true))
			out_frame(term);
	} else {
		curses_frame(paint, canvas, row, col);
		if (canvas->has_cursor)
			set_cursor(paint, true);
		out_frame(term);
	}
	paint->row = row;
	paint->col = col;
}

struct str paint_spell(struct paint *paint, struct arena *arena, struct str from)
{
	return inks_spell(paint->inks, arena, from);
}
