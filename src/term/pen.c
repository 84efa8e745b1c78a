/* What is written for a cell, and when it is not written at all. */
#include "pen.h"

#include <string.h>
#include <wchar.h>

#include <sulan/utf8.h>

#include "inside.h"

static void put_number(struct pen *pen, int n)
{
	strbuf_put_number(pen->out, (unsigned long)n);
}

static void put_move(struct pen *pen, int row, int col)
{
	if (row == pen->row && col == pen->col)
		return;
	strbuf_puts(pen->out, "\x1b[");
	if (row == pen->row && pen->col >= 0 && col > pen->col) {
		put_number(pen, col - pen->col);
		strbuf_putc(pen->out, 'C');
	} else {
		put_number(pen, row + 1);
		strbuf_putc(pen->out, ';');
		put_number(pen, col + 1);
		strbuf_putc(pen->out, 'H');
	}
	pen->row = row;
	pen->col = col;
}

/* One part of what follows "\e[". */
static void add(struct pen *pen, bool *is_begun, int n)
{
	if (*is_begun)
		strbuf_putc(pen->out, ';');
	else
		strbuf_puts(pen->out, "\x1b[");
	*is_begun = true;
	put_number(pen, n);
}

static void add_color(struct pen *pen, bool *is_begun, struct color c, int plane)
{
	if (c.kind == COLOR_RGB) {
		const int parts[] = {plane + 8, 2, c.r, c.g, c.b};
		for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
			add(pen, is_begun, parts[i]);
	} else if (c.kind != COLOR_INDEX) {
		add(pen, is_begun, plane + 9);
	} else if (c.r < 16) {
		add(pen, is_begun, pen_color_number(c.r, plane));
	} else {
		add(pen, is_begun, plane + 8);
		strbuf_putc(pen->out, pen->between);
		put_number(pen, 5);
		strbuf_putc(pen->out, pen->between);
		put_number(pen, c.r);
	}
}

/* What the terminal shows of a style; one way to say that a colour is its own. */
static struct style reduce(const struct pen *pen, struct style style)
{
	const struct color own = {.kind = COLOR_DEFAULT};
	style = style_reduce(style, pen->opts.depth);
	if (style.fg.kind == COLOR_INHERIT || style.fg.kind == COLOR_DEFAULT)
		style.fg = own;
	if (style.bg.kind == COLOR_INHERIT || style.bg.kind == COLOR_DEFAULT)
		style.bg = own;
	if ((style.attrs & ATTR_STRIKE) && !(pen->attrs & ATTR_STRIKE))
		style.attrs |= ATTR_DIM;
	style.attrs &= pen->attrs;
	if (style.fg.kind != COLOR_DEFAULT || style.bg.kind != COLOR_DEFAULT)
		style.attrs &= (uint8_t)~pen->plain_only;
	style.cleared = 0;
	return style;
}

/* Neither colours nor attributes. */
static bool is_bare(const struct style *style)
{
	return style->attrs == 0 && style->fg.kind == COLOR_DEFAULT &&
	       style->bg.kind == COLOR_DEFAULT;
}

/* Ends attributes all at once, and says what is another than it was. */
static void say(struct pen *pen, struct style style)
{
	static const struct {
		uint8_t attr, number;
	} numbers[] = {{ATTR_BOLD, 1},      {ATTR_DIM, 2},     {ATTR_ITALIC, 3},
		       {ATTR_UNDERLINE, 4}, {ATTR_REVERSE, 7}, {ATTR_STRIKE, 9}};
	const struct color own = {.kind = COLOR_DEFAULT};
	bool is_begun = false;
	if (is_bare(&style)) {
		if (!is_bare(&pen->said))
			strbuf_puts(pen->out, "\x1b[m");
		pen->said = style;
		return;
	}
	if (pen->said.attrs & ~style.attrs) {
		add(pen, &is_begun, 0);
		pen->said = (struct style){.fg = own, .bg = own};
	}
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		if (style.attrs & ~pen->said.attrs & numbers[i].attr)
			add(pen, &is_begun, numbers[i].number);
	if (!color_eq(style.fg, pen->said.fg))
		add_color(pen, &is_begun, style.fg, 30);
	if (!color_eq(style.bg, pen->said.bg))
		add_color(pen, &is_begun, style.bg, 40);
	if (is_begun)
		strbuf_putc(pen->out, 'm');
	pen->said = style;
}

static const struct pen_look *look_of(struct pen *pen, const struct style *style)
{
	struct pen_look *look = pen->looks;
	for (; look < pen->looks + pen->n_looks; look++)
		if (memcmp(&look->style, style, sizeof(*style)) == 0)
			return look;
	if (pen->n_looks < PEN_LOOKS)
		pen->n_looks++;
	else
		look = &pen->looks[pen->turn++ % PEN_LOOKS];
	*look = (struct pen_look){*style, reduce(pen, *style)};
	return look;
}

static void use_style(struct pen *pen, const struct style *style)
{
	if (pen->is_worn && memcmp(&pen->worn, style, sizeof(*style)) == 0)
		return;
	pen->worn = *style;
	pen->is_worn = true;
	say(pen, look_of(pen, style)->shown);
}

static void use_link(struct pen *pen, const struct canvas_link *link)
{
	if (link == pen->link)
		return;
	if (link)
		strbuf_printf(pen->out, "\x1b]8;id=sulan-%u;%s\x1b\\", (unsigned)link->id,
			      link->url);
	else
		strbuf_puts(pen->out, "\x1b]8;;\x1b\\");
	pen->link = link;
}

static const struct canvas_link *link_of(const struct pen *pen, const struct canvas *canvas,
					 const struct cell *cell)
{
	return cell->link && pen->opts.has_links ? &canvas->links[cell->link - 1] : NULL;
}

/* A glyph of more than one character, or not as wide as it was laid out: the last guard before the
 * terminal, as paint_cell_text is for curses. Terminals differ in where it leaves the cursor. */
static void put_odd(struct pen *pen, const struct glyph *glyph)
{
	enum { CHARS_MAX = 5 };
	struct str bytes = {glyph->bytes, glyph->len};
	size_t start = pen->out->len, n = 0, n_wide = 0;
	int used = 0;
	for (size_t at = 0, len; at < bytes.len; at += len) {
		uint32_t cp;
		len = utf8_next(bytes, at, &cp);
		int cols = wcwidth((wchar_t)cp);
		n_wide += cols > 0;
		if (n == CHARS_MAX || (n == 0 ? cols != glyph->cols : cols != 0))
			continue;
		strbuf_put(pen->out, str_sub(bytes, at, len));
		used += cols;
		n++;
	}
	pen->col = -1;
	if (n_wide > 1 && glyph->cols == 2) { /* a sequence of pictures, or a flag */
		pen->out->len = start;
		strbuf_put(pen->out, bytes);
		return;
	}
	if (n == 0) {
		strbuf_puts(pen->out, "\xEF\xBF\xBD");
		used = wcwidth(0xFFFD);
	}
	if (used < glyph->cols)
		strbuf_putc(pen->out, ' ');
}

/* As wide as it was laid out, wherever it is shown. */
static bool is_sure(uint32_t cp, int cols)
{
	bool is_han = cp >= 0x4E00 && cp <= 0x9FFF;
	return (is_han && cols == 2) || (cp >= ' ' && cp <= '~') || wcwidth((wchar_t)cp) == cols;
}

static void put_glyph(struct pen *pen, const struct canvas *canvas, const struct cell *cell)
{
	uint32_t cp = cell->glyph == CELL_BLANK ? ' ' : cell_char(cell);
	int cols = cp == ' ' ? 1 : cell_cols(cell);
	char bytes[4];
	if (canvas->policy.is_ascii && (cp < ' ' || cp > '~')) {
		struct glyph glyph = canvas_glyph(canvas, cell);
		glyph_ascii(&glyph, bytes);
		strbuf_put(pen->out, (struct str){bytes, glyph.cols});
		pen->col += glyph.cols;
		return;
	}
	if (!cp || !is_sure(cp, cols)) {
		struct glyph glyph = canvas_glyph(canvas, cell);
		put_odd(pen, &glyph);
		return;
	}
	strbuf_put(pen->out, (struct str){bytes, utf8_put(cp, bytes)});
	pen->col += cols;
}

/* Blanks from `col` on up to `to` that look alike and like nothing but their background. */
static int count_blanks(const struct cell *cells, int col, int to)
{
	const uint8_t marks = ATTR_UNDERLINE | ATTR_REVERSE | ATTR_STRIKE;
	const struct cell *first = &cells[col];
	int at = col;
	if (first->style.attrs & marks)
		return 0;
	while (at < to && !cells[at].link && cell_is_blank(&cells[at]) &&
	       memcmp(&cells[at].style, &first->style, sizeof(first->style)) == 0)
		at++;
	return at - col;
}

/* Erases blanks where that is shorter than to write them; returns how many. */
static int erase(struct pen *pen, const struct cell *cells, int col, int to, int cols)
{
	enum { WORTH_EL = 4, WORTH_ECH = 10 };
	int n = count_blanks(cells, col, to);
	bool is_end = col + n == cols;
	if (n < WORTH_EL || (!is_end && (n < WORTH_ECH || !pen->can_erase)))
		return 0;
	const struct style *style = &cells[col].style;
	if (!pen->has_back && look_of(pen, style)->shown.bg.kind != COLOR_DEFAULT)
		return 0;
	use_link(pen, NULL);
	use_style(pen, style);
	strbuf_puts(pen->out, "\x1b[");
	if (!is_end)
		put_number(pen, n);
	strbuf_putc(pen->out, is_end ? 'K' : 'X');
	return n;
}

void pen_cells(struct pen *pen, const struct canvas *canvas, int row, int from, int to)
{
	const struct cell *cells = canvas_at(canvas, row, 0);
	for (int col = from; col < to; col++) {
		const struct cell *cell = &cells[col];
		if (cell_is_tail(cell))
			continue;
		put_move(pen, row, col);
		int erased = cell_is_blank(cell) ? erase(pen, cells, col, to, canvas->cols) : 0;
		if (erased) {
			col += erased - 1;
			continue;
		}
		use_style(pen, &cell->style);
		use_link(pen, link_of(pen, canvas, cell));
		put_glyph(pen, canvas, cell);
	}
}

static void put_region(struct pen *pen, int top, int bottom)
{
	strbuf_puts(pen->out, "\x1b[");
	put_number(pen, top + 1);
	strbuf_putc(pen->out, ';');
	put_number(pen, bottom);
	strbuf_putc(pen->out, 'r');
}

void pen_scroll(struct pen *pen, int top, int bottom, int by, int rows)
{
	put_region(pen, top, bottom);
	strbuf_puts(pen->out, "\x1b[");
	put_number(pen, by < 0 ? -by : by);
	strbuf_putc(pen->out, by < 0 ? 'T' : 'S');
	put_region(pen, 0, rows);
	pen->row = pen->col = -1;
}

void pen_begin(struct pen *pen, struct strbuf *out, int row, int col)
{
	const struct color own = {.kind = COLOR_DEFAULT};
	pen->out = out;
	pen->row = row;
	pen->col = col;
	pen->said = (struct style){.fg = own, .bg = own};
	pen->is_worn = false;
	pen->link = NULL;
}

void pen_end(struct pen *pen, int row, int col)
{
	use_link(pen, NULL);
	const struct color own = {.kind = COLOR_DEFAULT};
	say(pen, (struct style){.fg = own, .bg = own});
	put_move(pen, row, col);
	pen->out = NULL;
}
