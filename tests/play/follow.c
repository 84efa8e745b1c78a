/* Where list and story stand side by side, the list moves at once; the story follows when no key
 * comes for a moment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sulan/app.h>
#include <sulan/arena.h>
#include <sulan/canvas.h>
#include <sulan/config.h>
#include <sulan/issue.h>
#include <sulan/keymap.h>
#include <sulan/port.h>
#include <sulan/theme.h>
#include <sulan/triage.h>

#include <idle.h>

#define FRAMES_MAX 32

struct watcher {
	struct arena *arena;
	const char *keys; /* '.' is a moment without a key */
	struct str frames[FRAMES_MAX];
	size_t n_frames;
};

static bool port_read(void *self, int timeout_ms, struct key *out)
{
	struct watcher *w = self;
	bool is_pause = *w->keys == '.';
	if (timeout_ms == 0 || (timeout_ms > 0 && (is_pause || !*w->keys)))
		return false;
	w->keys += is_pause;
	*out = (struct key){.code = *w->keys ? (uint32_t)*w->keys++ : KEY_CODE_CLOSE};
	return true;
}

static void port_size(void *self, int *rows, int *cols)
{
	(void)self;
	*rows = 20;
	*cols = 120;
}

static void port_show(void *self, const struct canvas *canvas)
{
	struct watcher *w = self;
	assert_true(w->n_frames < FRAMES_MAX);
	w->frames[w->n_frames++] = canvas_text(canvas, w->arena);
}

static const char issue[] = "# 早报 2026-03-05\n\n## 标题一\n\n> **分类：** 甲\n\n正文之一\n\n"
			    "## 标题二\n\n> **分类：** 甲\n\n正文之二\n\n"
			    "## 标题三\n\n> **分类：** 甲\n\n正文之三\n\n"
			    "## 标题四\n\n> **分类：** 甲\n\n正文之四\n";

static void run(struct watcher *w, const char *keys)
{
	const struct port port = {w,         port_read,    port_size,
				  port_show, idle_nothing, idle_nothing,
				  idle_open, idle_copy,    NULL};
	struct theme theme;
	*w = (struct watcher){.arena = arena_new(), .keys = keys};
	assert_true(theme_baked(&theme, "ink"));
	struct app_opts opts = {
		.port = &port,
		.config = config_read(w->arena, STR(""), "x"),
		.keymap = keymap_new(),
		.triage = triage_new(NULL),
		.theme = &theme,
		.policy = TEXT_POLICY_DEFAULT,
	};
	struct app *app = app_new(&opts);
	app_add_issue(app, issue_read(str_of(issue), STR("x.md"), NULL));
	assert_true(app_start(app, NULL));
	app_run(app);
	app_free(app);
	triage_free(opts.triage);
	keymap_free(opts.keymap);
}

static bool has(const struct watcher *w, size_t frame, const char *text)
{
	assert_true(frame < w->n_frames);
	return str_find(w->frames[frame], str_of(text), 0) != STR_NOT_FOUND;
}

static void the_list_moves_before_the_story(void **state)
{
	struct watcher w;
	(void)state;
	run(&w, "j.");
	assert_int_equal(w.n_frames, 3);
	assert_true(has(&w, 0, "正文之一"));
	assert_true(has(&w, 1, "▌● 标题二") && has(&w, 1, "正文之一"));
	assert_true(has(&w, 2, "▌● 标题二") && has(&w, 2, "正文之二"));
	assert_false(has(&w, 2, "正文之一"));
	arena_free(w.arena);
}

/* The first press is answered in full; a held key follows it. */
static void a_story_that_is_passed_is_not_drawn(void **state)
{
	struct watcher w;
	(void)state;
	run(&w, "jjj.");
	assert_true(has(&w, 2, "正文之二"));
	for (size_t i = 0; i < w.n_frames; i++)
		assert_false(has(&w, i, "正文之三"));
	assert_true(has(&w, w.n_frames - 1, "正文之四"));
	arena_free(w.arena);
}

static void what_lay_over_the_story_does_not_stay(void **state)
{
	struct watcher w;
	(void)state;
	run(&w, "?.\033.j.");
	assert_false(has(&w, 1, "正文之"));
	for (size_t i = 2; i < w.n_frames; i++)
		assert_true(has(&w, i, "正文之"));
	assert_true(has(&w, w.n_frames - 1, "正文之二"));
	arena_free(w.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_moves_before_the_story),
		cmocka_unit_test(a_story_that_is_passed_is_not_drawn),
		cmocka_unit_test(what_lay_over_the_story_does_not_stay),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
