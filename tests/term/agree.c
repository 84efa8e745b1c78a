/* The terminal agrees with the canvas, cell for cell, whatever was drawn before: under libvterm
 * here, under real terminals in agree.test.sh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <fcntl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>

#include <sulan/arena.h>
#include <sulan/file.h>
#include <sulan/glyph.h>
#include <sulan/theme.h>

#include <term/shower.h>
#include <term/vt.h>

/* libvterm knows no pictures newer than that. */
#define NEWEST "9"

struct wanted {
	char text[24];
	int cols, fg, bg;
	unsigned attrs;
	bool is_tail;
};

struct stage {
	struct arena *arena;
	char folder[64];
	int go;
	struct vt *vt;
	int rows, cols;
	unsigned attrs; /* of style_attr: what the terminal type can show */
	struct wanted *cells;
	int n_wrong;
	enum color_depth depth; /* 0: as many colours as are drawn */
	unsigned plain_only;    /* attributes that are not shown in colours */
	bool is_ascii;          /* nothing else is shown */
};

static const char *in_folder(struct stage *stage, const char *name)
{
	return arena_printf(stage->arena, "%s/%s", stage->folder, name);
}

static void start(struct stage *stage, const char *seed, const char *ambiguous, const char *term)
{
	char self[512] = "";
	assert_true(readlink("/proc/self/exe", self, sizeof(self) - 1) > 0);
	const char *argv[] = {self, "--show", stage->folder, seed, ambiguous, NEWEST, NULL};
	const char *build = getenv("BUILD");
	const char *types =
		arena_printf(stage->arena, "TERMINFO=%s/tests/terminfo", build ? build : "build");
	const char *env[] = {term, "LC_ALL=C.UTF-8", types, NULL};
	stage->rows = 24;
	stage->cols = 80;
	stage->attrs = ATTR_BOLD | ATTR_UNDERLINE | ATTR_REVERSE;
	if (strcmp(term, "TERM=screen-256color") != 0 && strcmp(term, "TERM=linux") != 0)
		stage->attrs |= ATTR_ITALIC;
	stage->vt = vt_start(argv, env, stage->rows, stage->cols);
}

static int set_up(void **state)
{
	struct stage *stage = mem_new(sizeof(*stage));
	stage->arena = arena_new();
	strcpy(stage->folder, "/tmp/agree-test-XXXXXX");
	assert_non_null(mkdtemp(stage->folder));
	assert_int_equal(mkfifo(in_folder(stage, "go"), 0600), 0);
	assert_int_equal(mkfifo(in_folder(stage, "ready"), 0600), 0);
	stage->go = open(in_folder(stage, "go"), O_RDWR | O_CLOEXEC);
	assert_true(stage->go >= 0);
	*state = stage;
	return 0;
}

static int tear_down(void **state)
{
	static const char *const names[] = {"go", "ready", "picture", "cells", "cursor"};
	struct stage *stage = *state;
	vt_free(stage->vt);
	close(stage->go);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		unlink(in_folder(stage, names[i]));
	assert_int_equal(rmdir(stage->folder), 0);
	arena_free(stage->arena);
	free(stage->cells);
	free(stage);
	return 0;
}

static struct wanted *at(struct stage *stage, int row, int col)
{
	assert_in_range(row, 0, stage->rows - 1);
	assert_in_range(col, 0, stage->cols - 1);
	return stage->cells + (size_t)row * (size_t)stage->cols + (size_t)col;
}

/* A flag is two letters, each in a cell of its own. */
static void part_flag(struct wanted *head, struct wanted *tail)
{
	if (strlen(head->text) != 8 || strncmp(head->text, "\xf0\x9f\x87", 3) != 0)
		return;
	head->cols = tail->cols = 1;
	tail->is_tail = false;
	strcpy(tail->text, head->text + 4);
	head->text[4] = '\0';
}

static void put_ascii(struct wanted *head, struct wanted *tail)
{
	struct glyph glyph = {.len = (uint8_t)strlen(head->text), .cols = (uint8_t)head->cols};
	char ascii[2];
	memcpy(glyph.bytes, head->text, glyph.len);
	glyph_ascii(&glyph, ascii);
	head->text[0] = ascii[0] == ' ' ? '\0' : ascii[0];
	head->text[1] = '\0';
	if (head->cols < 2)
		return;
	head->cols = tail->cols = 1;
	tail->is_tail = false;
	tail->text[0] = ascii[1] == ' ' ? '\0' : ascii[1];
}

static int color_number(struct color color)
{
	return color.kind == COLOR_INDEX ? color.r : -1;
}

static struct color color_of(int number)
{
	return (struct color){.kind = number < 0 ? COLOR_DEFAULT : COLOR_INDEX,
			      .r = (uint8_t)number};
}

/* What is left of the looks where there are so few colours. */
static void fade(const struct stage *stage, struct wanted *cell)
{
	const unsigned n_colors = stage->depth == DEPTH_8 ? 8 : 16;
	struct style style = {
		.fg = color_of(cell->fg), .bg = color_of(cell->bg), .attrs = (uint8_t)cell->attrs};
	style = style_reduce(style, stage->depth);
	assert_in_range(color_number(style.fg) + 1, 0, n_colors);
	assert_in_range(color_number(style.bg) + 1, 0, n_colors);
	cell->fg = color_number(style.fg);
	cell->bg = color_number(style.bg);
	cell->attrs = style.attrs;
}

static void place(struct stage *stage, const char *line)
{
	struct wanted cell = {0};
	int row, col, used = 0;
	int n = sscanf(line, "%d %d %d %d %d %u%n", &row, &col, &cell.cols, &cell.fg, &cell.bg,
		       &cell.attrs, &used);
	assert_int_equal(n, 6);
	if (stage->depth)
		fade(stage, &cell);
	if (cell.fg >= 0 || cell.bg >= 0)
		cell.attrs &= ~stage->plain_only;
	cell.attrs &= stage->attrs;
	snprintf(cell.text, sizeof(cell.text), "%s", line + used + 1);
	if (strcmp(cell.text, " ") == 0)
		cell.text[0] = '\0';
	*at(stage, row, col) = cell;
	if (cell.cols < 2 && stage->is_ascii)
		put_ascii(at(stage, row, col), NULL);
	if (cell.cols < 2)
		return;
	*at(stage, row, col + 1) = (struct wanted){
		.cols = 1, .fg = cell.fg, .bg = cell.bg, .attrs = cell.attrs, .is_tail = true};
	if (stage->is_ascii)
		put_ascii(at(stage, row, col), at(stage, row, col + 1));
	else
		part_flag(at(stage, row, col), at(stage, row, col + 1));
}

static void read_cells(struct stage *stage)
{
	char line[128];
	size_t n = (size_t)stage->rows * (size_t)stage->cols;
	stage->cells = mem_resize(stage->cells, n * sizeof(*stage->cells));
	for (size_t i = 0; i < n; i++)
		stage->cells[i] = (struct wanted){.fg = -1, .bg = -1};
	FILE *file = fopen(in_folder(stage, "cells"), "r");
	assert_non_null(file);
	while (fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\n")] = '\0';
		place(stage, line);
	}
	fclose(file);
}

/* What cannot be seen on a blank is not asked of it; libvterm paints both halves of a wide glyph as
 * it does the first, whatever is noted in the second. */
static bool looks_right(const struct wanted *wanted, const struct vt_cell *got)
{
	int fg = got->fg.kind == VT_COLOR_INDEX ? got->fg.r : -1;
	int bg = got->bg.kind == VT_COLOR_INDEX ? got->bg.r : -1;
	if (wanted->is_tail)
		return true;
	if (bg != wanted->bg || got->is_reverse != !!(wanted->attrs & ATTR_REVERSE) ||
	    got->is_underlined != !!(wanted->attrs & ATTR_UNDERLINE))
		return false;
	return !wanted->text[0] ||
	       (fg == wanted->fg && got->is_bold == !!(wanted->attrs & ATTR_BOLD) &&
		got->is_italic == !!(wanted->attrs & ATTR_ITALIC));
}

static void compare_cell(struct stage *stage, int row, int col)
{
	struct vt_cell got = vt_cell(stage->vt, row, col);
	const struct wanted *wanted = at(stage, row, col);
	const char *text = strcmp(got.text, " ") == 0 ? "" : got.text;
	bool has_cols = got.cols == (wanted->cols ? wanted->cols : 1);
	if (wanted->is_tail ? got.is_tail
			    : has_cols && !got.is_tail && strcmp(text, wanted->text) == 0) {
		if (looks_right(wanted, &got))
			return;
		print_error("the looks differ:\n");
	}
	stage->n_wrong++;
	print_error(
		"row %d column %d: \"%s\" (%d%s, %d on %d, %d%d%d%d) instead of \"%s\" (%d%s, %d "
		"on %d, %u)\n",
		row, col, got.text, got.cols, got.is_tail ? ", tail" : "",
		got.fg.kind == VT_COLOR_INDEX ? got.fg.r : -1,
		got.bg.kind == VT_COLOR_INDEX ? got.bg.r : -1, got.is_bold, got.is_italic,
		got.is_underlined, got.is_reverse, wanted->text, wanted->cols,
		wanted->is_tail ? ", tail" : "", wanted->fg, wanted->bg, wanted->attrs);
}

static void compare(struct stage *stage)
{
	int row, col, wanted_row, wanted_col;
	bool is_visible;
	read_cells(stage);
	for (row = 0; row < stage->rows; row++)
		for (col = 0; col < stage->cols; col++)
			compare_cell(stage, row, col);
	FILE *file = fopen(in_folder(stage, "cursor"), "r");
	assert_non_null(file);
	assert_int_equal(fscanf(file, "%d %d", &wanted_row, &wanted_col), 2);
	fclose(file);
	vt_cursor(stage->vt, &row, &col, &is_visible);
	assert_true(is_visible);
	assert_int_equal(row, wanted_row);
	assert_int_equal(col, wanted_col);
	arena_reset(stage->arena);
}

static void tell(struct stage *stage, const char *line)
{
	assert_int_equal(write(stage->go, line, strlen(line)), strlen(line));
}

static void go_on_as(struct stage *stage, int rows, int cols)
{
	stage->rows = rows;
	stage->cols = cols;
	vt_resize(stage->vt, rows, cols);
	tell(stage, arena_printf(stage->arena, "%d %d\n", rows, cols));
}

/* Lets it draw to the end, and at another size from half-way on. */
static void watch(struct stage *stage)
{
	int status = -1;
	for (int i = SHOWER_PAUSE; i <= SHOWER_STEPS; i += SHOWER_PAUSE) {
		char mark[32];
		snprintf(mark, sizeof(mark), "step %d.", i);
		assert_true(vt_wait_text(stage->vt, mark, 3 * VT_PATIENCE));
		/* The cursor comes last. */
		assert_true(vt_wait_quiet(stage->vt, 20, VT_PATIENCE));
		compare(stage);
		if (stage->n_wrong)
			fail_msg("%d cells differ at step %d", stage->n_wrong, i);
		if (i == SHOWER_STEPS / 2)
			go_on_as(stage, 31, 101);
		else if (i == SHOWER_STEPS * 7 / 10)
			go_on_as(stage, 9, 37);
		else
			tell(stage, "on\n");
	}
	assert_true(vt_wait_exit(stage->vt, VT_PATIENCE, &status));
	assert_int_equal(status, 0);
}

static void xterm_is_drawn_right(void **state)
{
	start(*state, "20260122", "1", "TERM=xterm-256color");
	watch(*state);
}

static void tmux_is_drawn_right(void **state)
{
	start(*state, "3", "1", "TERM=tmux-256color");
	watch(*state);
}

static void screen_is_drawn_right(void **state)
{
	start(*state, "5", "1", "TERM=screen-256color");
	watch(*state);
}

static void eight_colors_are_drawn_right(void **state)
{
	struct stage *stage = *state;
	stage->depth = DEPTH_8;
	start(stage, "11", "1", "TERM=xterm");
	watch(stage);
}

static void the_linux_console_is_drawn_right(void **state)
{
	struct stage *stage = *state;
	stage->depth = DEPTH_8;
	stage->plain_only = ATTR_UNDERLINE | ATTR_DIM;
	start(stage, "17", "1", "TERM=linux");
	watch(stage);
}

static void sixteen_colors_are_drawn_right(void **state)
{
	struct stage *stage = *state;
	stage->depth = DEPTH_16;
	start(stage, "31", "1", "TERM=sulan-16color");
	watch(stage);
}

static void what_colors_exclude_is_left_out(void **state)
{
	struct stage *stage = *state;
	stage->depth = DEPTH_16;
	stage->plain_only = ATTR_BOLD;
	start(stage, "34", "1", "TERM=sulan-16color-thin");
	watch(stage);
}

static void without_utf8_columns_hold(void **state)
{
	struct stage *stage = *state;
	stage->is_ascii = true;
	start(stage, "13", "0", "TERM=xterm-256color");
	watch(stage);
}

/* As foot is asked for one of 256. */
static void colors_with_colons_are_drawn_right(void **state)
{
	struct stage *stage = *state;
	start(stage, "13", "1", "TERM=sulan-colons");
	watch(stage);
	size_t len;
	const char *log = vt_log(stage->vt, &len);
	assert_non_null(memmem(log, len, ":5:", strlen(":5:")));
}

int main(int argc, char **argv)
{
	int status;
	setlocale(LC_CTYPE, "C.UTF-8");
	if (shower_main(argc, argv, &status))
		return status;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(xterm_is_drawn_right, set_up, tear_down),
		cmocka_unit_test_setup_teardown(tmux_is_drawn_right, set_up, tear_down),
		cmocka_unit_test_setup_teardown(screen_is_drawn_right, set_up, tear_down),
		cmocka_unit_test_setup_teardown(without_utf8_columns_hold, set_up, tear_down),
		cmocka_unit_test_setup_teardown(eight_colors_are_drawn_right, set_up, tear_down),
		cmocka_unit_test_setup_teardown(colors_with_colons_are_drawn_right, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(the_linux_console_is_drawn_right, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(sixteen_colors_are_drawn_right, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_colors_exclude_is_left_out, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
