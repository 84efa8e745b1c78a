/* Random frames on a tty, and what they should look like in files. */
#include <term/shower.h>

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/canvas.h>
#include <sulan/error.h>
#include <sulan/term.h>

struct shower {
	struct term *term;
	const struct port *port;
	struct canvas *canvas;
	struct arena *arena;
	const char *folder;
	uint64_t seed;
	int newest;
	bool has_wide_marks, has_wide_corner, has_indic;
	int go, ready;
};

/* What is hard to place, and by which version of Unicode it is. No Hebrew letter with
 * a mark that xterm makes one character of: NFC does not. */
static const struct {
	const char *text;
	int since;
} pieces[] = {
	{"速览", 1},
	{"今日要闻", 1},
	{"，", 1},
	{"。」", 1},
	{"《书》", 1},
	{"ＡＢ１", 1},
	{"ｶﾞﾊﾟ", 1},
	{"か\xe3\x82\x99", 1},
	{"は\xe3\x82\x9a", 1},
	{"한국", 1},
	{"ᄒ\xe1\x85\xa1\xe1\x86\xab", 1},
	{"ᄀ", 1},
	{"ｱｲｳ", 1},
	{"𠮷野", 3},
	{"〜", 1},
	{"\xe3\x80\x80", 1},
	{"plain words", 1},
	{"a", 1},
	{" ", 1},
	{"    ", 1},
	{"0123456789", 1},
	{"e\xcc\x81", 1},
	{"x\xcc\x81\xcc\xa3", 1},
	{"q\xcc\x88\xcc\x81\xcc\xa7\xcc\xb1", 1},
	{"字\xcc\x81", 1},
	{"\xcc\x81", 1},
	{"ที่นี้", 1},
	{"สวัสดี", 1},
	{"नमस्ते", 1},
	{"क्षि", 1},
	{"நி", 1},
	{"ש\xd6\xb8לם", 1},
	{"العربية", 1},
	{"“引”", 1},
	{"‘’", 1},
	{"——", 1},
	{"……", 1},
	{"·", 1},
	{"①⑳Ⅳ", 1},
	{"±×÷°", 1},
	{"→←", 1},
	{"│", 1},
	{"──┐", 1},
	{"█▒░", 1},
	{"●■▶★√", 1},
	{"αβЖя", 1},
	{"é®§", 1},
	{"▸✓❯", 1},
	{"❤", 1},
	{"❤\xef\xb8\x8f", 1},
	{"⚠\xef\xb8\x8f", 4},
	{"1\xef\xb8\x8f\xe2\x83\xa3", 3},
	{"⌚⭐✨", 6},
	{"😀", 6},
	{"🌍", 6},
	{"🤖", 8},
	{"👍\xf0\x9f\x8f\xbd", 8},
	{"👨‍👩‍👧", 6},
	{"👩‍💻", 6},
	{"🏳\xef\xb8\x8f‍🌈", 7},
	{"🇨🇳", 6},
	{"🇯🇵🇫🇷", 6},
	{"🇨", 6},
	{"🧑‍🚀", 10},
	{"🥺", 11},
	{"🪐", 12},
	{"🫠", 14},
	{"🫨", 16},
	{"\xf0\xb1\x8d\x90", 16},
	{"\xc2\xad", 1},
	{"\xe2\x80\x8b", 1},
	{"\xe2\x80\xae", 1},
	{"\xef\xbb\xbf", 1},
	{"\x1b[2J", 1},
	{"\x9b", 1},
	{"\xe9\x80", 1},
	{"\t", 1},
	{"\xee\x80\x80", 1},
};

static uint32_t next(struct shower *shower)
{
	shower->seed = shower->seed * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(shower->seed >> 33);
}

static int between(struct shower *shower, int lo, int hi)
{
	return lo + (int)(next(shower) % (uint32_t)(hi - lo + 1));
}

/* Such a mark joins whatever it comes after. */
static bool may_use(const struct shower *shower, size_t piece)
{
	const char *text = pieces[piece].text;
	bool is_wide_mark = strcmp(text, "\xcc\x81") == 0 || strcmp(text, "字\xcc\x81") == 0;
	bool is_indic = strncmp(text, "\xe0\xa4", 2) == 0 || strncmp(text, "\xe0\xae", 2) == 0;
	return pieces[piece].since <= shower->newest && (shower->has_wide_marks || !is_wide_mark) &&
	       (shower->has_indic || !is_indic);
}

static struct str random_text(struct shower *shower, int most)
{
	struct strbuf buf = strbuf_make(shower->arena);
	for (int n = between(shower, 1, most); n > 0;) {
		size_t i = next(shower) % (sizeof(pieces) / sizeof(*pieces));
		if (!may_use(shower, i))
			continue;
		strbuf_puts(&buf, pieces[i].text);
		n--;
	}
	return strbuf_str(&buf);
}

/* Mostly the plain one, for runs of blanks to be long. */
static struct style random_style(struct shower *shower)
{
	static const uint8_t attrs[] = {0,
					0,
					ATTR_BOLD,
					ATTR_ITALIC,
					ATTR_UNDERLINE,
					ATTR_REVERSE,
					ATTR_BOLD | ATTR_REVERSE};
	struct style style = {0};
	if (between(shower, 0, 2))
		return style;
	style.attrs = attrs[next(shower) % sizeof(attrs)];
	if (between(shower, 0, 1))
		style.fg = (struct color){COLOR_INDEX, (uint8_t)between(shower, 0, 255), 0, 0};
	if (between(shower, 0, 3) == 0)
		style.bg = (struct color){COLOR_INDEX, (uint8_t)between(shower, 0, 255), 0, 0};
	return style;
}

static void fill_rows(struct shower *shower, int row, int n_rows)
{
	struct canvas *canvas = shower->canvas;
	canvas_fill(canvas, row, 0, n_rows, canvas->cols,
		    (struct style){.bg = {.kind = COLOR_DEFAULT}});
	for (int r = row; r < row + n_rows; r++)
		canvas_put(canvas, r, 0, canvas->cols, random_text(shower, 24),
			   random_style(shower));
}

/* Moves rows up or down, as a list does that scrolls. */
static void scroll(struct shower *shower)
{
	struct canvas *canvas = shower->canvas;
	int top = between(shower, 0, canvas->rows - 3);
	int n = between(shower, 3, canvas->rows - top), by = between(shower, 1, n > 8 ? 4 : 2);
	bool is_up = between(shower, 0, 1);
	canvas_shift(canvas, top, 0, n, canvas->cols, is_up ? by : -by);
	fill_rows(shower, is_up ? top + n - by : top, by);
}

/* Puts a row down again some columns aside: wide glyphs upon halves of wide glyphs. */
static void push_row(struct shower *shower)
{
	struct canvas *canvas = shower->canvas;
	int row = between(shower, 0, canvas->rows - 1);
	struct str text = canvas_row_text(canvas, row, shower->arena);
	canvas_put(canvas, row, between(shower, -3, 3), canvas->cols, text, random_style(shower));
}

static void change(struct shower *shower)
{
	struct canvas *canvas = shower->canvas;
	int row = between(shower, 0, canvas->rows - 1), col = between(shower, -4, canvas->cols - 1);
	int cols = between(shower, 1, canvas->cols);
	switch (between(shower, 0, 17)) {
	case 0:
		scroll(shower);
		break;
	case 1:
	case 2:
		push_row(shower);
		break;
	case 3:
		canvas_fill(canvas, row, col, between(shower, 1, 4), cols, random_style(shower));
		break;
	case 4:
	case 5:
		canvas_tint(canvas, row, col, cols, random_style(shower));
		break;
	case 6:
		canvas_put_cut(canvas, row, col, cols, random_text(shower, 12),
			       random_style(shower));
		break;
	case 7:
		fill_rows(shower, row, 1);
		break;
	case 8: /* at the right border */
		canvas_put(canvas, row, canvas->cols - between(shower, 1, 6), 9,
			   random_text(shower, 6), random_style(shower));
		break;
	case 9: /* which changes nothing that can be seen */
	case 10:
		canvas_link(canvas, row, col, cols, (uint32_t)between(shower, 1, 3),
			    str_of(between(shower, 0, 1) ? "https://example.com/?a=1;2"
							 : "mailto:x@example.com"));
		break;
	default:
		canvas_put(canvas, row, col, cols, random_text(shower, 4), random_style(shower));
	}
}

/* The next frame; now and then all of it is new, or drawn anew. */
static void step(struct shower *shower)
{
	int kind = between(shower, 0, 59);
	if (kind == 0)
		fill_rows(shower, 0, shower->canvas->rows);
	if (kind == 1)
		canvas_clear(shower->canvas, (struct style){0});
	if (kind == 2)
		shower->port->redraw(shower->port->self);
	canvas_begin(shower->canvas);
	for (int n = between(shower, 0, 5); n > 0; n--)
		change(shower);
	shower->canvas->has_cursor = between(shower, 0, 1);
	shower->canvas->cursor_row = between(shower, 0, shower->canvas->rows - 1);
	shower->canvas->cursor_col = between(shower, 0, shower->canvas->cols - 1);
}

static void free_corner(struct canvas *canvas)
{
	int row = canvas->rows - 1, col = canvas->cols - 2;
	if (cell_is_tail(canvas_at(canvas, row, col)) ||
	    cell_is_tail(canvas_at(canvas, row, col + 1)))
		canvas_fill(canvas, row, col, 1, 2, (struct style){0});
}

static void show(struct shower *shower)
{
	if (!shower->has_wide_corner)
		free_corner(shower->canvas);
	shower->port->show(shower->port->self, shower->canvas);
}

static FILE *open_file(struct shower *shower, const char *name)
{
	FILE *file = fopen(arena_printf(shower->arena, "%s/%s", shower->folder, name), "w");
	if (!file)
		abort();
	return file;
}

static int color_number(struct color color)
{
	return color.kind == COLOR_INDEX ? color.r : -1;
}

static void write_files(struct shower *shower)
{
	const struct canvas *canvas = shower->canvas;
	struct str text = canvas_text(canvas, shower->arena);
	FILE *file = open_file(shower, "picture");
	fwrite(text.p, 1, text.len, file);
	fclose(file);
	file = open_file(shower, "cells");
	for (int row = 0; row < canvas->rows; row++) {
		for (int col = 0; col < canvas->cols; col++) {
			const struct cell *cell = canvas_at(canvas, row, col);
			const struct style *style = &cell->style;
			struct glyph glyph = canvas_glyph(canvas, cell);
			int bg = color_number(style->bg);
			if (cell_is_tail(cell) || (!glyph.len && bg < 0 && !style->attrs))
				continue;
			fprintf(file, "%d %d %d %d %d %d %.*s\n", row, col, glyph.cols,
				color_number(style->fg), bg, style->attrs, glyph.len, glyph.bytes);
		}
	}
	fclose(file);
	file = open_file(shower, "cursor");
	fprintf(file, "%d %d\n", canvas->cursor_row, canvas->cursor_col);
	fclose(file);
}

/* Until the terminal has that size, which the kernel will tell, or is gone. */
static void take_size(struct shower *shower, int rows, int cols)
{
	struct key key = {0};
	int now_rows, now_cols;
	do {
		shower->port->size(shower->port->self, &now_rows, &now_cols);
		if (now_rows == rows && now_cols == cols)
			break;
		shower->port->read(shower->port->self, -1, &key);
	} while (key.code != KEY_CODE_CLOSE);
	canvas_resize(shower->canvas, rows, cols);
	fill_rows(shower, 0, rows);
}

/* The size may change while this waits; when the terminal is gone, so is who would answer. */
static bool read_byte(struct shower *shower, char *out)
{
	struct pollfd go = {.fd = shower->go, .events = POLLIN};
	while (!term_signal(shower->term))
		if (poll(&go, 1, 200) > 0)
			return read(shower->go, out, 1) == 1;
	return false;
}

/* One line, byte by byte: what follows is for the next time. */
static void obey(struct shower *shower)
{
	char line[64];
	size_t len = 0;
	int rows, cols;
	while (len + 1 < sizeof(line) && read_byte(shower, line + len) && line[len] != '\n')
		len++;
	line[len] = '\0';
	if (sscanf(line, "%d %d", &rows, &cols) == 2)
		take_size(shower, rows, cols);
}

static void pause_at(struct shower *shower, int number)
{
	char mark[32];
	const char *after = getenv("AFTER");
	struct canvas *canvas = shower->canvas;
	int len = snprintf(mark, sizeof(mark), "step %d.", number);
	canvas_fill(canvas, canvas->rows - 1, 0, 1, canvas->cols, (struct style){0});
	canvas_put(canvas, canvas->rows - 1, 0, len, str_of(mark), (struct style){0});
	canvas->has_cursor = true;
	write_files(shower);
	show(shower);
	if (after && write(STDOUT_FILENO, after, strlen(after)) < 0)
		abort();
	if (dprintf(shower->ready, "%d\n", number) < 0)
		abort();
	obey(shower);
	arena_reset(shower->arena);
}

static int open_fifo(const char *folder, const char *name)
{
	char path[512];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	int fd = open(path, O_RDWR | O_CLOEXEC); /* never waits for the other end */
	if (fd < 0)
		abort();
	return fd;
}

static int run(char **argv)
{
	struct error err = {0};
	int ambiguous = atoi(argv[2]);
	struct term_opts opts = {
		.fd_in = STDIN_FILENO,
		.fd_out = STDOUT_FILENO,
		.facts.policy = TEXT_POLICY_ASCII,
		.depth = DEPTH_256,
		.has_links = true,
		.term = getenv("TERM"),
		.tmux = getenv("TMUX"),
		.sty = getenv("STY"),
	};
	if (ambiguous)
		opts.facts.policy =
			(struct text_policy){.ambiguous = (uint8_t)ambiguous, .pictures = 1};
	struct shower shower = {
		.term = term_open(&opts, &err),
		.arena = arena_new(),
		.folder = argv[0],
		.seed = strtoull(argv[1], NULL, 10),
		.newest = atoi(argv[3]),
		.has_wide_marks = !getenv("NO_WIDE_MARKS"),
		.has_indic = !getenv("NO_INDIC"),
		.has_wide_corner = !getenv("NO_WIDE_CORNER"),
		.go = open_fifo(argv[0], "go"),
		.ready = open_fifo(argv[0], "ready"),
	};
	int rows, cols;
	if (!shower.term)
		return 2;
	shower.port = term_port(shower.term);
	shower.port->size(shower.port->self, &rows, &cols);
	shower.canvas = canvas_new(rows, cols, opts.facts.policy);
	for (int i = 1; i <= SHOWER_STEPS && !term_signal(shower.term); i++) {
		step(&shower);
		if (i % SHOWER_PAUSE == 0)
			pause_at(&shower, i);
		else
			show(&shower);
	}
	term_close(shower.term);
	canvas_free(shower.canvas);
	arena_free(shower.arena);
	return 0;
}

bool shower_main(int argc, char **argv, int *status)
{
	if (argc != 6 || strcmp(argv[1], "--show") != 0)
		return false;
	*status = run(argv + 2);
	return true;
}
