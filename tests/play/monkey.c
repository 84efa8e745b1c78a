/* A monkey at the keyboard: many thousand keys, clicks, pastes and sizes in an order that is the
 * same every time, over tame and hostile issues. Nothing may crash, and no cell may ever hold what
 * must not be sent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include <sulan/app.h>
#include <sulan/arena.h>
#include <sulan/canvas.h>
#include <sulan/config.h>
#include <sulan/error.h>
#include <sulan/index.h>
#include <sulan/issue.h>
#include <sulan/keymap.h>
#include <sulan/port.h>
#include <sulan/theme.h>
#include <sulan/triage.h>
#include <sulan/words.h>

#include "keep.h"

#define N_KEYS 12000

struct monkey {
	struct app *app;
	bool is_mover;
	unsigned seed;
	size_t n_left;
	int rows, cols;
	size_t n_frames;
	struct index *index;
	struct scan *scan;
};

static unsigned pick(struct monkey *m, unsigned n)
{
	m->seed = m->seed * 1664525u + 1013904223u;
	return (m->seed >> 8) % n;
}

/* Up and down a list longer than the screen, and what may come between. */
static struct key next_move(struct monkey *m)
{
	static const char other[] = "lhhGgVVsru5Rjk";
	if (pick(m, 12))
		return (struct key){.code = m->n_left / 50 % 2 ? 'k' : 'j'};
	if (pick(m, 6))
		return (struct key){.code = (unsigned char)other[pick(m, sizeof(other) - 1)]};
	m->rows = 7 + (int)pick(m, 9);
	m->cols = 40 + (int)pick(m, 80);
	return (struct key){.code = KEY_CODE_RESIZE};
}

static struct key next_key(struct monkey *m)
{
	if (m->is_mover)
		return next_move(m);
	static const char typed[] = "jjjkkkJKgGlhb  nN/&:;?zsrwdu}{)(*o3y=<>\t\r\033[]RYxVL";
	static const uint32_t named[] = {
		KEY_CODE_UP,  KEY_CODE_DOWN,    KEY_CODE_LEFT,      KEY_CODE_RIGHT,  KEY_CODE_HOME,
		KEY_CODE_END, KEY_CODE_PAGE_UP, KEY_CODE_PAGE_DOWN, KEY_CODE_DELETE, KEY_CODE_F1,
		127};
	struct key key = {0};
	switch (pick(m, 40)) {
	case 0:
		m->rows = 1 + (int)pick(m, 50);
		m->cols = 1 + (int)pick(m, 160);
		key.code = KEY_CODE_RESIZE;
		break;
	case 1:
	case 2:
		key = (struct key){.code = KEY_CODE_MOUSE, .mouse = (uint8_t)pick(m, 4)};
		key.row = (int)pick(m, 60);
		key.col = (int)pick(m, 180);
		break;
	case 3:
		key = (struct key){.code = KEY_CODE_PASTE, .text = STR("贴\033[2J\n的 text")};
		break;
	case 4:
		key.code = (uint32_t[]){0x5fae, 0xff1f, 0x3002, 0x301, 0x1f916}[pick(m, 5)];
		break;
	case 5:
		key = (struct key){.code = (unsigned char)"dufbrlwaecg"[pick(m, 11)],
				   .mods = KEY_CTRL};
		break;
	case 6:
	case 7:
		key.code = named[pick(m, sizeof(named) / sizeof(*named))];
		break;
	default:
		key.code = (unsigned char)typed[pick(m, sizeof(typed) - 1)];
		break;
	}
	return key;
}

static bool port_read(void *self, int timeout_ms, struct key *out)
{
	struct monkey *m = self;
	if (timeout_ms >= 0 && (m->is_mover ? pick(m, 3) > 0 : pick(m, 3) == 0))
		return false;
	*out = m->n_left-- ? next_key(m) : (struct key){.code = KEY_CODE_CLOSE};
	return true;
}

static void port_size(void *self, int *rows, int *cols)
{
	struct monkey *m = self;
	*rows = m->rows;
	*cols = m->cols;
}

/* What a cell shows, whatever its numbers are. */
struct sight {
	struct glyph glyph;
	struct style style;
	bool is_tail, has_link;
};

static struct sight sight_at(const struct canvas *canvas, size_t at)
{
	const struct cell *cell = canvas_at(canvas, (int)at / canvas->cols, (int)at % canvas->cols);
	return (struct sight){canvas_glyph(canvas, cell), cell->style, cell_is_tail(cell),
			      cell->link != 0};
}

static bool is_same(const struct sight *a, const struct sight *b)
{
	return memcmp(&a->glyph, &b->glyph, sizeof(a->glyph)) == 0 && a->is_tail == b->is_tail &&
	       style_eq(a->style, b->style) && a->has_link == b->has_link;
}

/* Beside the list, the story before may still be there. */
static bool is_of_story(const struct app *app, const struct frame *f, size_t at)
{
	int row = (int)at / app->canvas->cols, col = (int)at % app->canvas->cols;
	return f->has_detail && col >= f->detail.col && row >= f->detail.row &&
	       row < f->detail.row + f->detail.rows;
}

/* What was kept of the frame before looks as it does when all is drawn. */
static void is_as_drawn_anew(struct app *app)
{
	const struct canvas *canvas = app->canvas;
	size_t n = (size_t)canvas->rows * (size_t)canvas->cols;
	int row = canvas->cursor_row, col = canvas->cursor_col;
	struct kept kept = app->kept;
	struct frame f = frame_of(app);
	struct sight *kept_cells = mem_new(n * sizeof(*kept_cells));
	for (size_t i = 0; i < n; i++)
		kept_cells[i] = sight_at(canvas, i);
	keep_nothing(app);
	app_draw(app);
	for (size_t i = 0; i < n; i++) {
		struct sight fresh = sight_at(canvas, i);
		assert_true(is_of_story(app, &f, i) || is_same(&kept_cells[i], &fresh));
	}
	assert_true(app->focus == FOCUS_DETAIL ||
		    (row == canvas->cursor_row && col == canvas->cursor_col));
	assert_true(kept.top == app->kept.top && kept.selected == app->kept.selected &&
		    kept.hint_col == app->kept.hint_col && app->kept.is_whole);
	free(kept_cells);
}

static void port_show(void *self, const struct canvas *canvas)
{
	struct monkey *m = self;
	m->n_frames++;
	assert_true(canvas->rows == m->rows && canvas->cols == m->cols);
	assert_true(canvas->cursor_row >= 0 && canvas->cursor_row < canvas->rows);
	assert_true(canvas->cursor_col >= 0 && canvas->cursor_col < canvas->cols);
	if (m->app->kept.is_whole)
		is_as_drawn_anew(m->app);
	size_t cols = (size_t)canvas->cols, n = (size_t)canvas->rows * cols;
	for (size_t i = 0; i < n; i++) {
		struct sight it = sight_at(canvas, i);
		for (int b = 0; b < it.glyph.len; b++) {
			unsigned char c = (unsigned char)it.glyph.bytes[b];
			assert_true(c >= 32 && c != 127);
		}
		assert_true(it.glyph.cols < 2 ||
			    ((i + 1) % cols != 0 && sight_at(canvas, i + 1).is_tail));
	}
}

static void port_nothing(void *self)
{
	(void)self;
}

static void port_open(void *self, const char *way, const char *const *urls, size_t n,
		      struct opening *out)
{
	(void)way;
	for (size_t i = 0; i < n; i++)
		assert_true(link_may_open(str_of(urls[i])));
	*out = (struct opening){.result = (enum open_result)pick(self, OPEN_FAILED + 1)};
	if (out->result == OPEN_FAILED)
		error_set(&out->err, ERROR_TERM, "failed", NULL);
}

static bool port_copy(void *self, struct str text)
{
	(void)text;
	return pick(self, 2);
}

/* The library is indexed bit by bit while the monkey is at it. */
static struct index *library(void *self, struct error *err)
{
	(void)err;
	return ((struct monkey *)self)->index;
}

static bool work(void *self, struct app_work *out)
{
	struct monkey *m = self;
	bool is_left = m->scan && scan_step(m->scan, 1, NULL);
	*out = (struct app_work){0};
	if (m->scan && !is_left) {
		scan_free(m->scan);
		m->scan = NULL;
	}
	return is_left;
}

static bool port_pipe(void *self, const struct piping *piping, struct error *err)
{
	(void)piping;
	return pick(self, 2) || error_set(err, ERROR_TERM, N_("it failed: %s"), "no");
}

static bool take_save(void *self, struct str path, struct str text, bool may_replace,
		      struct error *err)
{
	(void)path;
	(void)text;
	return may_replace || pick(self, 2) || error_set(err, ERROR_USAGE, N_("is there"), NULL);
}

static size_t take_paths(void *self, struct arena *arena, struct str typed, struct str **out)
{
	(void)self;
	*out = arena_alloc(arena, sizeof(**out));
	**out = str_copy(arena, typed);
	return 1;
}

static void play(unsigned seed, uint8_t ambiguous, bool is_mover, const char *line)
{
	static const struct str folder = {"tests/data", sizeof("tests/data") - 1};
	const struct scan_opts scan_opts = {.paths = &folder, .n_paths = 1};
	struct monkey m = {.is_mover = is_mover,
			   .seed = seed,
			   .n_left = N_KEYS,
			   .rows = is_mover ? 14 : 24,
			   .cols = 80};
	const struct port port = {&m,           port_read, port_size, port_show, port_nothing,
				  port_nothing, port_open, port_copy, port_pipe};
	static const char *const paths[] = {"tests/data/reference.md",  "tests/data/hostile.md",
					    "tests/data/commonmark.md", "tests/data/odd.md",
					    "tests/data/outline.md",    "man/sample.md"};
	/* The monkey may not leave before it is done. */
	static const struct str none = {"none", 4};
	struct arena *arena = arena_new();
	const char *text = arena_printf(arena, "read-leave = yes\n%s[views]\nnew = unread\n", line);
	struct theme theme;
	assert_true(theme_baked(&theme, "ink"));
	m.index = index_open(":memory:", NULL);
	m.scan = scan_new(m.index, &scan_opts, NULL);
	struct app_opts opts = {
		.port = &port,
		.config = config_read(arena, str_of(text), "x"),
		.keymap = keymap_new(),
		.triage = triage_new(NULL),
		.theme = &theme,
		.library = library,
		.work = work,
		.self = &m,
		.policy = {.ambiguous = ambiguous, .pictures = 1},
		.words = words_for(arena, "zh_CN"),
		.save = take_save,
		.paths = take_paths,
	};
	assert_true(keymap_bind(opts.keymap, STR("q"), none, NULL));
	assert_true(keymap_bind(opts.keymap, STR("<C-c>"), none, NULL));
	assert_true(keymap_bind(opts.keymap, STR("L"), STR("library"), NULL));
	struct app *app = app_new(&opts);
	size_t n_paths = sizeof(paths) / sizeof(*paths);
	for (size_t i = is_mover ? n_paths - 1 : 0; i < n_paths; i++)
		app_add_path(app, str_of(paths[i]), true);
	m.app = app;
	assert_true(app_start(app, NULL));
	app_run(app);
	assert_true(m.n_frames > 100);
	app_free(app);
	scan_free(m.scan);
	index_close(m.index);
	triage_free(opts.triage);
	keymap_free(opts.keymap);
	arena_free(arena);
}

static void nothing_breaks_under_any_keys(void **state)
{
	(void)state;
	for (unsigned seed = 1; seed <= 4; seed++)
		play(seed, 1, false, "");
}

static void nor_where_ambiguous_characters_are_wide(void **state)
{
	(void)state;
	play(99, 2, false, "");
}

static void a_moved_list_is_the_list_drawn_anew(void **state)
{
	(void)state;
	play(7, 1, true, "");
	play(8, 1, true, "selection = title\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_breaks_under_any_keys),
		cmocka_unit_test(nor_where_ambiguous_characters_are_wide),
		cmocka_unit_test(a_moved_list_is_the_list_drawn_anew),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
