/* The cells of a frame. What must hold after every call: the tail of a wide glyph stands right of
 * its head and nowhere else; whoever overwrites one half blanks the other. */
#include <sulan/canvas.h>

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

#include "numbers.h"

enum {
	/* Terminals take no longer addresses for links: VTE's limit, and the lowest known. */
	URL_MAX = 2083,
	ELLIPSIS = 0x2026,
};

static int clip(long at, int limit)
{
	return at < 0 ? 0 : at > limit ? limit : (int)at;
}

/* The columns from..to-1 of the row are painted on, and with them may be the other halves of glyphs
 * at their borders. */
static struct cell *paint_row(struct canvas *canvas, int row, int from, int to)
{
	struct canvas_row *its = &canvas->row[row];
	from = clip((long)from - 1, canvas->cols);
	to = clip((long)to + 1, canvas->cols);
	if (its->age <= canvas->frame_age) {
		its->age_before = its->age;
		its->from = from;
		its->to = to;
	}
	its->from = its->from < from ? its->from : from;
	its->to = its->to > to ? its->to : to;
	its->age = ++canvas->age;
	return its->cells;
}

static void allocate(struct canvas *canvas, int rows, int cols)
{
	assert(rows > 0 && cols > 0);
	canvas->rows = rows;
	canvas->cols = cols;
	canvas->cells = mem_new((size_t)rows * (size_t)cols * sizeof(struct cell));
	canvas->row = mem_new((size_t)rows * sizeof(struct canvas_row));
	for (int row = 0; row < rows; row++) {
		struct cell *cells = canvas->cells + (size_t)row * (size_t)cols;
		canvas->row[row] = (struct canvas_row){.cells = cells, .age = ++canvas->age};
	}
	canvas->has_cursor = false;
	canvas->cursor_row = canvas->cursor_col = 0;
	canvas->line.text = (struct str){NULL, 0};
}

static void release(struct canvas *canvas)
{
	free(canvas->cells);
	free(canvas->row);
}

struct canvas *canvas_new(int rows, int cols, struct text_policy policy)
{
	struct canvas *canvas = mem_new(sizeof(*canvas));
	canvas->policy = policy;
	allocate(canvas, rows, cols);
	return canvas;
}

void canvas_free(struct canvas *canvas)
{
	if (!canvas)
		return;
	numbers_free(canvas);
	release(canvas);
	free(canvas);
}

void canvas_resize(struct canvas *canvas, int rows, int cols)
{
	release(canvas);
	numbers_forget(canvas);
	allocate(canvas, rows, cols);
}

void canvas_begin(struct canvas *canvas)
{
	canvas->frame_age = canvas->age;
}

void canvas_clear(struct canvas *canvas, struct style style)
{
	if (numbers_are_many(canvas))
		numbers_forget(canvas);
	canvas_blank(canvas, 0, 0, canvas->rows, canvas->cols, style);
	canvas->has_cursor = false;
	canvas->line.text = (struct str){NULL, 0};
}

/* Blanks the halves of wide glyphs that the borders of the columns from..to-1 cut off. */
static void free_borders(const struct canvas *canvas, struct cell *row, int from, int to)
{
	if (from > 0 && cell_is_tail(&row[from]))
		row[from - 1].glyph = CELL_BLANK;
	if (to < canvas->cols && cell_is_tail(&row[to]))
		row[to].glyph = CELL_BLANK;
}

/* The look of a blank laid over `below`: its colours may show through, its attributes do not. */
static struct style blank_over(struct style below, struct style style)
{
	if (style.fg.kind == COLOR_INHERIT)
		style.fg = below.fg;
	if (style.bg.kind == COLOR_INHERIT)
		style.bg = below.bg;
	return style;
}

void canvas_fill(struct canvas *canvas, int row, int col, int n_rows, int n_cols,
		 struct style style)
{
	int from = clip(col, canvas->cols), to = clip((long)col + n_cols, canvas->cols);
	int bottom = clip((long)row + n_rows, canvas->rows);
	if (from >= to)
		return;
	for (int r = clip(row, canvas->rows); r < bottom; r++) {
		struct cell *cells = paint_row(canvas, r, from, to);
		free_borders(canvas, cells, from, to);
		for (int c = from; c < to; c++)
			cells[c] = (struct cell){.style = blank_over(cells[c].style, style)};
	}
}

void canvas_shift(struct canvas *canvas, int row, int col, int n_rows, int n_cols, int by)
{
	assert(row >= 0 && col >= 0 && row + n_rows <= canvas->rows &&
	       col + n_cols <= canvas->cols);
	size_t size = (size_t)n_cols * sizeof(struct cell);
	bool is_whole = n_cols == canvas->cols;
	int far = by < 0 ? -by : by;
	for (int i = 0; by != 0 && i + far < n_rows; i++) {
		int to = by > 0 ? row + i : row + n_rows - 1 - i;
		struct canvas_row gone = canvas->row[to];
		if (is_whole) {
			canvas->row[to] = canvas->row[to + by];
			canvas->row[to + by] = gone;
		} else {
			struct cell *cells = paint_row(canvas, to, col, col + n_cols);
			memcpy(cells + col, canvas->row[to + by].cells + col, size);
		}
	}
}

void canvas_blank(struct canvas *canvas, int row, int col, int n_rows, int n_cols,
		  struct style style)
{
	int from = clip(col, canvas->cols), to = clip((long)col + n_cols, canvas->cols);
	int bottom = clip((long)row + n_rows, canvas->rows);
	for (int r = clip(row, canvas->rows); from < to && r < bottom; r++) {
		struct cell *cells = paint_row(canvas, r, from, to);
		free_borders(canvas, cells, from, to);
		cells[from] = (struct cell){.style = style};
		cell_repeat(cells + from, (size_t)(to - from));
	}
}

static void put_glyph(struct canvas *canvas, struct cell *row, int col, const struct glyph *glyph,
		      struct style style)
{
	free_borders(canvas, row, col, col + glyph->cols);
	row[col] = (struct cell){.glyph = numbers_glyph(canvas, glyph),
				 .style = style_over(row[col].style, style)};
	if (glyph->cols == 2)
		row[col + 1] = (struct cell){.glyph = CELL_TAIL, .style = row[col].style};
}

/* The end, in columns from `col`, of what may be drawn there; 0 when nothing may. */
static long room_at(const struct canvas *canvas, int row, int col, int cols)
{
	if (row < 0 || row >= canvas->rows || cols <= 0 || col >= canvas->cols)
		return 0;
	long room = (long)canvas->cols - col;
	return room < cols ? room : cols;
}

/* Puts what fits of the text from byte `*at` on, and moves that to what does not. */
static int put_from(struct canvas *canvas, int row, int col, int cols, struct str text, size_t *at,
		    struct style style)
{
	const long room = room_at(canvas, row, col, cols);
	long used = 0;
	while (*at < text.len && used < room) {
		struct glyph glyph;
		size_t len = glyph_next(text, *at, &canvas->policy, &glyph);
		if (used + glyph.cols > room)
			break;
		if (glyph.len && col + used >= 0)
			put_glyph(canvas, canvas->row[row].cells, (int)(col + used), &glyph, style);
		used += glyph.cols;
		*at += len;
	}
	if (used)
		paint_row(canvas, row, col, (int)(col + used));
	return (int)used;
}

int canvas_put(struct canvas *canvas, int row, int col, int cols, struct str text,
	       struct style style)
{
	size_t at = 0;
	return put_from(canvas, row, col, cols, text, &at, style);
}

void canvas_repeat(struct canvas *canvas, int row, int col, int cols, struct str text,
		   struct style style)
{
	struct glyph glyph;
	int end = (int)(col + room_at(canvas, row, col, cols));
	if (text.len == 0 || end <= col)
		return;
	glyph_next(text, 0, &canvas->policy, &glyph);
	struct cell *cells = paint_row(canvas, row, col, end);
	for (int c = col; glyph.cols && c + glyph.cols <= end; c += glyph.cols)
		if (c >= 0)
			put_glyph(canvas, cells, c, &glyph, style);
}

int canvas_put_cut(struct canvas *canvas, int row, int col, int cols, struct str text,
		   struct style style)
{
	const struct str dots = STR("…");
	const int room = (int)room_at(canvas, row, col, cols);
	const int dots_cols = codepoint_cols(ELLIPSIS, &canvas->policy);
	size_t at = 0;
	int used = put_from(canvas, row, col, room - dots_cols, text, &at, style);
	struct str rest = str_from(text, at);
	bool is_whole = text_fit(rest, (size_t)(room - used), &canvas->policy, NULL) == rest.len;
	if (!is_whole && room < dots_cols)
		return 0;
	return used +
	       canvas_put(canvas, row, col + used, room - used, is_whole ? rest : dots, style);
}

int canvas_put_line(struct canvas *canvas, int row, int max_rows, struct str text,
		    struct style style)
{
	struct str rest = text;
	int used = 0;
	if (max_rows > canvas->rows - row)
		max_rows = canvas->rows - row;
	for (; rest.len && used < max_rows; used++) {
		struct str part = str_sub(rest, 0, (size_t)canvas->cols);
		canvas_put(canvas, row + used, 0, canvas->cols, part, style);
		rest = str_from(rest, part.len);
	}
	if (used && rest.len == 0) {
		canvas->line.text = text;
		canvas->line.row = row;
		canvas->line.style = canvas_at(canvas, row, 0)->style;
	}
	return used;
}

void canvas_tint(struct canvas *canvas, int row, int col, int cols, struct style style)
{
	int from = clip(col, canvas->cols), to = clip((long)col + cols, canvas->cols);
	if (row < 0 || row >= canvas->rows)
		return;
	struct cell *cells = paint_row(canvas, row, from, to);
	for (int c = from; c < to; c++) {
		if (cell_is_tail(&cells[c]))
			continue;
		cells[c].style = style_over(cells[c].style, style);
		if (cell_cols(&cells[c]) == 2)
			cells[c + 1].style = cells[c].style;
	}
}

static bool is_url(struct str text)
{
	bool is_good = text.len > 0 && text.len <= URL_MAX;
	for (size_t i = 0; is_good && i < text.len; i++)
		is_good = text.p[i] > ' ' && text.p[i] <= '~';
	return is_good;
}

void canvas_link(struct canvas *canvas, int row, int col, int cols, uint32_t id, struct str url)
{
	int from = clip(col, canvas->cols), to = clip((long)col + cols, canvas->cols);
	if (row < 0 || row >= canvas->rows || from >= to || !is_url(url))
		return;
	uint16_t number = numbers_link(canvas, id, url);
	struct cell *cells = paint_row(canvas, row, from, to);
	for (int c = from; c < to; c++)
		cells[c].link = number;
}

const struct cell *canvas_at(const struct canvas *canvas, int row, int col)
{
	assert(row >= 0 && row < canvas->rows && col >= 0 && col < canvas->cols);
	return canvas->row[row].cells + col;
}

struct glyph canvas_glyph(const struct canvas *canvas, const struct cell *cell)
{
	struct glyph out = {.cols = (uint8_t)cell_cols(cell)};
	if (cell->glyph == CELL_BLANK || cell_is_tail(cell))
		return out;
	if (cell->glyph & CELL_MANY)
		return canvas->glyphs[cell->glyph & CELL_CHAR];
	out.len = (uint8_t)utf8_put(cell_char(cell), out.bytes);
	return out;
}

static void put_row_text(const struct canvas *canvas, int row, struct strbuf *buf)
{
	const struct cell *cells = canvas->row[row].cells;
	size_t blanks = 0;
	for (int c = 0; c < canvas->cols; c++) {
		struct glyph glyph = canvas_glyph(canvas, &cells[c]);
		if (cell_is_tail(&cells[c]))
			continue;
		if (cell_is_blank(&cells[c])) {
			blanks++;
			continue;
		}
		for (; blanks; blanks--)
			strbuf_putc(buf, ' ');
		strbuf_put(buf, (struct str){glyph.bytes, glyph.len});
	}
}

struct str canvas_row_text(const struct canvas *canvas, int row, struct arena *arena)
{
	assert(row >= 0 && row < canvas->rows);
	struct strbuf buf = strbuf_make(arena);
	put_row_text(canvas, row, &buf);
	return strbuf_str(&buf);
}

struct str canvas_text(const struct canvas *canvas, struct arena *arena)
{
	struct strbuf buf = strbuf_make(arena);
	for (int row = 0; row < canvas->rows; row++) {
		put_row_text(canvas, row, &buf);
		strbuf_putc(&buf, '\n');
	}
	return strbuf_str(&buf);
}
