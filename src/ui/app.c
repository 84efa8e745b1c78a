/* The root and its one loop: keys in, effects settled once per burst, a frame out. */
#include "root.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>

#include "commands.h"
#include "counts.h"
#include "detail.h"
#include "jump.h"
#include "keep.h"
#include "library.h"
#include "mouse.h"
#include "paint.h"
#include "reading.h"
#include "shelf.h"
#include "sources.h"
#include "stacks.h"
#include "whole.h"
#include "threads.h"
#include "view.h"

/* How long a sequence that is already bound waits for a longer one. */
#define LATE_MS 300
/* The story beside the list follows at once when no key is waiting; when keys come at the pace of
 * one that is held, only the list moves until none has come for so long. */
#define FOLLOW_MS 40

void app_message(struct app *app, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vsnprintf(app->message, sizeof(app->message), format, args);
	va_end(args);
	app->is_error = false;
}

void app_error(struct app *app, const struct error *err)
{
	error_text(err, app_word(app, err->what), app->message, sizeof(app->message));
	app->is_error = true;
}

void app_say(struct app *app, const char *text)
{
	app_message(app, "%s", text);
}

static void take_watchlist(struct app *app)
{
	const struct config *config = app->config;
	for (size_t i = 0; i < config->n_keywords; i++) {
		const struct config_keyword *word = &config->keywords[i];
		const struct config_group *group = &config->groups[word->group];
		app->watch = arena_more(app->arena, app->watch, app->n_watch, &app->watch_cap,
					sizeof(*app->watch));
		app->watch[app->n_watch++] =
			(struct keyword){word->word, word->canon, group->style, group->weight};
	}
	app->keywords = keywords_new(app->watch, app->n_watch);
}

struct app *app_new(const struct app_opts *opts)
{
	struct app *app = mem_new(sizeof(*app));
	int rows, cols;
	app->arena = arena_new();
	app->frame = arena_new();
	app->shelf.arena = arena_new();
	app->shelf.profiles = &opts->config->profiles;
	app->reading.arena = arena_new();
	app->reading.hits_arena = arena_new();
	app->reading.scratch = arena_new();
	app->search.arena = arena_new();
	app->detail.arena = arena_new();
	app->opts = *opts;
	app->port = opts->port;
	app->config = opts->config;
	app->options = opts->config->options;
	app->keymap = opts->keymap;
	app->triage = opts->triage;
	app->theme = *opts->theme;
	app->words = opts->words;
	app->detail.story = app->detail.entered = UINT32_MAX;
	app->port->size(app->port->self, &rows, &cols);
	app->canvas = canvas_new(rows, cols, opts->policy);
	take_watchlist(app);
	return app;
}

void app_free(struct app *app)
{
	if (!app)
		return;
	while (app->n_views)
		view_pop(app);
	detail_free(&app->detail);
	whole_free(&app->wholes);
	threads_free(&app->threads);
	jump_free(&app->jumps);
	reading_free(&app->reading);
	shelf_free(&app->shelf);
	keywords_free(app->keywords);
	for (size_t kind = 0; kind < HISTORY_KINDS; kind++)
		for (size_t i = 0; i < app->history[kind].n; i++)
			free(app->history[kind].lines[i]);
	canvas_free(app->canvas);
	arena_free(app->limit.arena);
	arena_free(app->search.arena);
	arena_free(app->frame);
	arena_free(app->arena);
	free(app);
}

bool app_start(struct app *app, struct error *err)
{
	shelf_sort(&app->shelf);
	struct error first = {0}, each = {0};
	app->stacks.is_home = app->opts.starts_in_library && stacks_open(app, &each);
	if (app->stacks.is_home)
		return true;
	for (size_t i = 0; i < app->shelf.n; i++) {
		if (reading_open(app, i, &each)) {
			if (first.code)
				app_error(app, &first);
			return true;
		}
		if (!first.code)
			first = each;
	}
	if (err)
		*err = first;
	return false;
}

static void reload(struct app *app)
{
	struct error err = {0};
	if (app->reading.stories) {
		stacks_renew(app);
		app_message(app, "%s", app_word(app, N_("read again")));
		return;
	}
	const struct story *story = app_story(app);
	char id[64] = "";
	if (story)
		snprintf(id, sizeof(id), "%.*s", (int)story->id.len, story->id.p);
	while (app->n_views) /* a view may hold on to the old issue */
		view_pop(app);
	page_free(app->detail.page);
	app->detail.page = NULL;
	if (!shelf_reload(&app->shelf, app->shelf.now, &err)) {
		app_error(app, &err);
		return;
	}
	reading_renew(app, app->shelf.entries[app->shelf.now].issue, str_of(id));
	if (!sources_status(app)) /* which says more */
		app_message(app, "%s", app_word(app, N_("read again")));
}

static void mark_if_unread(struct app *app, uint32_t story)
{
	if (reading_state(app, story).is_read)
		return;
	mark_story_read(app, story);
	keep_nothing(app);
}

void app_leave_story(struct app *app)
{
	const struct detail *d = &app->detail;
	if (app->options.read_leave && d->is_read_through && d->story != UINT32_MAX)
		mark_if_unread(app, d->story);
}

/* Once each time: what is marked unread again while it is open stays so. */
static void enter_story(struct app *app)
{
	struct detail *d = &app->detail;
	uint32_t entered = app->focus == FOCUS_DETAIL ? d->story : UINT32_MAX;
	if (app->options.read_open && entered != UINT32_MAX && entered != d->entered)
		mark_if_unread(app, entered);
	d->entered = entered;
}

/* The list and all that does not need the story set. */
static void settle_list(struct app *app, unsigned effects)
{
	if (effects & ~(unsigned)EFFECT_REDRAW)
		keep_nothing(app);
	if (effects & EFFECT_RELOAD)
		reload(app);
	if (effects & EFFECT_REFILTER) {
		counts_make(app);
		reading_filter(app);
	}
	struct frame f = frame_of(app);
	size_t room = f.is_too_small ? 1 : (size_t)(f.list.rows / frame_row_height(app));
	list_set(&app->reading.list, app->reading.list.n, room ? room : 1);
	const struct story *story = app_story(app);
	if ((effects & EFFECT_QUIT) || !story ||
	    (app->detail.story != UINT32_MAX &&
	     story != &app->reading.issue->stories[app->detail.story]))
		app_leave_story(app);
	app->detail.is_stale |= (effects & (EFFECT_RELAYOUT | EFFECT_RELOAD)) != 0;
	if (effects & EFFECT_QUIT)
		app->is_over = true;
}

/* Sets the selected story, if it is not the one that is set. */
static void settle_story(struct app *app)
{
	detail_update(app, app->detail.is_stale);
	app->detail.is_stale = false;
	enter_story(app);
	if (app->focus == FOCUS_DETAIL && detail_is_at_end(app))
		app->detail.is_read_through = true;
}

void app_settle(struct app *app, unsigned effects)
{
	settle_list(app, effects);
	settle_story(app);
}

static void begin_canvas(struct app *app)
{
	struct canvas *canvas = app->canvas;
	arena_reset(app->frame);
	canvas->has_cursor = false;
	canvas->cursor_row = canvas->cursor_col = 0;
}

static void draw_around(struct app *app, const struct frame *f)
{
	paint_header(app, f);
	paint_tabs(app, f);
	if (f->has_list)
		paint_list(app, f);
}

static void draw_ends(struct app *app, const struct frame *f)
{
	paint_rules(app, f);
	keep_note(app, f, paint_hints(app, f));
}

static struct drawn drawn_now(const struct app *app, const struct frame *f, uint32_t story)
{
	bool is_covered = f->is_too_small || !f->has_detail || app->n_views;
	return (struct drawn){.issue = is_covered ? NULL : app->reading.issue,
			      .story = story,
			      .rows = app->canvas->rows,
			      .cols = app->canvas->cols,
			      .border_col = f->border_col};
}

void app_draw(struct app *app)
{
	struct canvas *canvas = app->canvas;
	struct frame f = frame_of(app);
	begin_canvas(app);
	if (!f.has_detail && keep_draw(app, &f))
		return;
	canvas_clear(canvas, app->theme.styles[ROLE_TEXT]);
	keep_nothing(app);
	app->drawn = drawn_now(app, &f, app->detail.story);
	if (f.is_too_small) {
		paint_word(app, 0, 0, canvas->cols, ROLE_MESSAGE,
			   app_word(app, N_("too small: 20x5")));
		return;
	}
	draw_around(app, &f);
	if (f.has_detail)
		paint_detail(app, &f);
	draw_ends(app, &f);
	for (size_t i = 0; i < app->n_views; i++)
		app->views[i]->ops->draw(app, app->views[i]);
}

/* Draws everything but the story beside the list, which stays as it was; false when there is
 * nothing of it that could stay. */
static bool draw_list_first(struct app *app)
{
	struct canvas *canvas = app->canvas;
	struct frame f = frame_of(app);
	const struct story *story = app_story(app);
	uint32_t index = story ? (uint32_t)(story - app->reading.issue->stories) : UINT32_MAX;
	struct drawn now = drawn_now(app, &f, index), *last = &app->drawn;
	bool is_same_frame = now.issue && now.issue == last->issue && now.rows == last->rows &&
			     now.cols == last->cols && now.border_col == last->border_col;
	if (!is_same_frame || !f.has_list || now.story == last->story)
		return false;
	struct style style = app->theme.styles[ROLE_TEXT];
	int below = f.detail.row + f.detail.rows;
	begin_canvas(app);
	if (keep_draw(app, &f))
		return true;
	canvas_fill(canvas, 0, 0, f.detail.row, canvas->cols, style);
	canvas_fill(canvas, f.detail.row, 0, f.detail.rows, f.detail.col, style);
	canvas_fill(canvas, below, 0, canvas->rows - below, canvas->cols, style);
	draw_around(app, &f);
	draw_ends(app, &f);
	return true;
}

static enum scope scope_of(const struct app *app)
{
	const struct view *top = view_top(app);
	if (top)
		return top->ops->scope;
	return app->focus == FOCUS_LIST ? SCOPE_LIST : SCOPE_DETAIL;
}

/* What another program marked is shown at once. */
static unsigned refresh(struct app *app, bool is_told)
{
	if (!app->opts.refresh || !app->opts.refresh(app->opts.self, is_told))
		return EFFECT_NONE;
	return EFFECT_REFILTER | EFFECT_REDRAW;
}

/* The terminal has said what it is like. */
static unsigned take_measures(struct app *app, struct text_policy policy)
{
	struct theme theme;
	app->opts.policy = policy;
	app->canvas->policy = options_policy(&app->options, policy);
	if (strcmp(app->options.theme, "auto") == 0 && app->opts.renew_theme &&
	    app->opts.renew_theme(app->opts.self, &theme))
		app->theme = theme;
	return EFFECT_RELAYOUT | EFFECT_REDRAW;
}

static unsigned special_key(struct app *app, struct key key)
{
	int rows, cols;
	switch (key.code) {
	case KEY_CODE_RESIZE:
	case KEY_CODE_RESUME:
		app->port->size(app->port->self, &rows, &cols);
		if (rows != app->canvas->rows || cols != app->canvas->cols)
			canvas_resize(app->canvas, rows, cols);
		if (key.code == KEY_CODE_RESUME)
			app->port->redraw(app->port->self);
		return EFFECT_REDRAW;
	case KEY_CODE_MEASURED:
		return take_measures(app, key.policy);
	case KEY_CODE_CHANGED:
		return refresh(app, true);
	case KEY_CODE_FAILED:
		app_message(app, app_word(app, N_("failed in the background: %s")),
			    str_dup(app->frame, key.text));
		app->is_error = true;
		return EFFECT_REDRAW;
	case KEY_CODE_CLOSE:
		app->is_over = true;
		return EFFECT_QUIT;
	default:
		return EFFECT_NONE;
	}
}

static bool is_move(const struct command *command)
{
	return command->run == move_next || command->run == move_prev;
}

/* What is done to the list alone needs no story set: of a hundred presses in one go, the last one's
 * is. */
static bool is_of_list(const struct app *app, const char *command)
{
	struct str arg;
	const struct command *found = command_find(str_of(command), &arg, NULL);
	if (!found || view_top(app) || app->focus != FOCUS_LIST)
		return false;
	return found->group == GROUP_TRIAGE || is_move(found);
}

static unsigned run(struct app *app, const char *command, unsigned count)
{
	struct str arg;
	bool is_list = is_of_list(app, command);
	if (!is_list)
		settle_story(app);
	if (is_list && is_move(command_find(str_of(command), &arg, NULL)))
		keep_moved(app);
	else
		keep_nothing(app);
	return command_run(app, str_of(command), count);
}

static unsigned late_key(struct app *app)
{
	const char *command;
	unsigned count;
	if (keymap_late(app->keymap, &app->keys, scope_of(app), &command, &count) != FEED_FOUND)
		return EFFECT_NONE;
	return run(app, command, count) | EFFECT_REDRAW;
}

/* A key that does not go on with the sequence typed so far ends it: what that is bound to is done,
 * and the key begins anew. */
static unsigned feed_key(struct app *app, struct key key)
{
	const char *command;
	unsigned count, effects = EFFECT_NONE;
	struct keystate before = app->keys;
	enum feed feed = keymap_feed(app->keymap, &app->keys, scope_of(app), key, &command, &count);
	if (feed == FEED_NONE && before.n_keys) {
		app->keys = before;
		effects = late_key(app);
		app->keys = (struct keystate){0};
		feed = keymap_feed(app->keymap, &app->keys, scope_of(app), key, &command, &count);
	}
	if (feed == FEED_FOUND)
		effects |= run(app, command, count);
	return effects;
}

static unsigned take_key(struct app *app, struct key key)
{
	unsigned effects = EFFECT_NONE;
	if (key.code == KEY_CODE_RESIZE || key.code == KEY_CODE_RESUME ||
	    key.code == KEY_CODE_CHANGED || key.code == KEY_CODE_MEASURED ||
	    key.code == KEY_CODE_FAILED || key.code == KEY_CODE_CLOSE)
		return special_key(app, key);
	app->message[0] = '\0';
	if (refresh(app, false)) {
		counts_make(app);
		reading_filter(app);
		keep_nothing(app);
	}
	if (stacks_follow(app))
		keep_nothing(app);
	struct view *top = view_top(app);
	if (top || key.code == KEY_CODE_MOUSE)
		settle_story(app);
	if (key.code == KEY_CODE_MOUSE)
		return mouse_key(app, key);
	bool is_fresh = app->keys.n_keys == 0 && app->keys.count == 0;
	if (top && top->ops->key && is_fresh && top->ops->key(app, top, key, &effects))
		return effects | EFFECT_REDRAW;
	if (key.code == KEY_CODE_PASTE) /* pasted text is never taken for commands */
		return EFFECT_REDRAW;
	if (!top || top->ops->scope != SCOPE_PROMPT)
		key = key_from_ime(key);
	return feed_key(app, key) | EFFECT_REDRAW;
}

unsigned app_key(struct app *app, struct key key)
{
	keep_begin_key(app);
	unsigned effects = take_key(app, key);
	keep_end_key(app);
	return effects;
}

bool app_has_key(struct app *app)
{
	if (!app->has_ahead)
		app->has_ahead = app->port->read(app->port->self, 0, &app->ahead);
	return app->has_ahead;
}

static bool read_key(struct app *app, int timeout_ms, struct key *key)
{
	if (!app->has_ahead)
		return app->port->read(app->port->self, timeout_ms, key);
	*key = app->ahead;
	app->has_ahead = false;
	return true;
}

static void show_all(struct app *app)
{
	if (frame_of(app).has_detail)
		settle_story(app);
	app_draw(app);
	app->port->show(app->port->self, app->canvas);
}

/* Shows the app, the list before the story beside it; true when a key came meanwhile. */
static bool show(struct app *app, struct key *key)
{
	const struct port *port = app->port;
	bool is_list_first = draw_list_first(app);
	if (is_list_first) {
		port->show(port->self, app->canvas);
		app->is_rushing = read_key(app, app->is_rushing ? FOLLOW_MS : 0, key);
		if (app->is_rushing)
			return true;
	}
	show_all(app);
	if (!is_list_first)
		return false;
	return app->is_rushing = read_key(app, FOLLOW_MS, key);
}

/* Waits for a key; what there is to do for the library is done in the meantime, in bits. */
static bool wait_key(struct app *app, int timeout_ms, struct key *key)
{
	bool is_seen, has_work = timeout_ms < 0;
	while (has_work) {
		if (read_key(app, 0, key))
			return true;
		has_work = library_work(app, &is_seen);
		is_seen |= stacks_follow(app);
		if (!is_seen)
			continue;
		keep_nothing(app);
		show_all(app);
	}
	return read_key(app, timeout_ms, key);
}

void app_run(struct app *app)
{
	unsigned effects = EFFECT_RELAYOUT | EFFECT_REDRAW;
	struct key key;
	while (!app->is_over) {
		settle_list(app, effects);
		if (app->is_over)
			break;
		bool has_key = show(app, &key), is_pending = app->keys.n_keys > 0;
		if (!has_key && !wait_key(app, is_pending ? LATE_MS : -1, &key)) {
			effects = late_key(app);
			keep_nothing(app);
			continue;
		}
		/* Keys that are already there are taken together and drawn once. */
		effects = app_key(app, key);
		while (!app->is_over && !(effects & EFFECT_QUIT) && read_key(app, 0, &key)) {
			settle_list(app, effects);
			effects = app_key(app, key);
		}
	}
}
