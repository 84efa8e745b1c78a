/* A cell of the canvas, told to curses. */
#include "inside.h"

/* curses has a key_name of its own, which nobody calls. */
#define key_name curses_key_name
#include <curses.h>
#undef key_name

#include <sulan/canvas.h>
#include <sulan/utf8.h>

#include "ink.h"

bool paint_cell_text(struct inks *inks, const struct glyph *glyph, wchar_t *out)
{
	struct str bytes = {glyph->bytes, glyph->len};
	size_t n = 0, n_wide = 0, n_all = 0;
	for (size_t at = 0; at < bytes.len; n_all++) {
		uint32_t cp;
		at += utf8_next(bytes, at, &cp);
		int cols = wcwidth((wchar_t)cp);
		n_wide += cols > 0;
		if (n < CCHARW_MAX && (n == 0 ? cols == glyph->cols : cols == 0))
			out[n++] = (wchar_t)cp;
	}
	if (n_wide > 1 && glyph->cols == 2) {
		out[0] = inks_name(inks, glyph);
		n = n_all = 1;
	}
	bool is_whole = n == n_all;
	if (n == 0)
		out[n++] = glyph->len ? L'\xfffd' : L' ';
	out[n] = L'\0';
	return is_whole;
}

/* The two letters of a flag, each in a cell of its own: together the terminal may make a picture of
 * them. */
static bool put_flag(int row, int col, const struct glyph *glyph, const struct ink_look *look)
{
	struct str bytes = {glyph->bytes, glyph->len};
	uint32_t first, second;
	if (glyph->cols != 2 || bytes.len != 8)
		return false;
	utf8_next(bytes, 0, &first);
	utf8_next(bytes, 4, &second);
	if (wcwidth((wchar_t)first) != 1 || wcwidth((wchar_t)second) != 1)
		return false;
	const wchar_t letters[2][2] = {{(wchar_t)first, 0}, {(wchar_t)second, 0}};
	for (int i = 0; i < 2; i++) {
		cchar_t cc;
		setcchar(&cc, letters[i], (attr_t)look->attrs, 0, &look->pair);
		mvadd_wch(row, col + i, &cc);
	}
	return true;
}

/* What stands for the glyph where only ASCII is shown, a cell each. */
static void put_ascii(int row, int col, const struct glyph *glyph, const struct ink_look *look)
{
	char signs[2];
	glyph_ascii(glyph, signs);
	for (int i = 0; i < glyph->cols; i++) {
		const wchar_t text[] = {(wchar_t)signs[i], 0};
		cchar_t cc;
		setcchar(&cc, text, (attr_t)look->attrs, 0, &look->pair);
		mvadd_wch(row, col + i, &cc);
	}
}

void paint_cell(struct inks *inks, const struct canvas *canvas, int row, int col)
{
	const struct cell *cell = canvas_at(canvas, row, col);
	wchar_t text[CCHARW_MAX + 1];
	cchar_t cc;
	struct ink_look look = inks_look(inks, cell, canvas);
	struct glyph glyph = canvas_glyph(canvas, cell);
	if (canvas->policy.is_ascii && glyph.len) {
		put_ascii(row, col, &glyph, &look);
		return;
	}
	if (put_flag(row, col, &glyph, &look))
		return;
	paint_cell_text(inks, &glyph, text);
	setcchar(&cc, text, (attr_t)look.attrs, 0, &look.pair);
	/* In the last cell of the screen this fails to move on, having placed the glyph. */
	mvadd_wch(row, col, &cc);
	/* A glyph that was replaced is narrower: its second half is a blank of its own. */
	if (glyph.cols == 2 && wcwidth(text[0]) != 2) {
		setcchar(&cc, L" ", (attr_t)look.attrs, 0, &look.pair);
		mvadd_wch(row, col + 1, &cc);
	}
}
