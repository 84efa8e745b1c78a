/* The root and its one loop: keys in, effects settled once per burst, a frame out. */
#include "root.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <sulan/arena.h>

#include "detail.h"
#include "jump.h"
#include "keep.h"
#include "library.h"
#include "reading.h"
#include "shelf.h"
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

void app_take_policy(struct app *app)
{
	bool was_ascii = app->canvas->policy.is_ascii;
	app->canvas->policy = options_policy(&app->options, app->opts.policy);
	bool is_ascii = app->canvas->policy.is_ascii;
	app->words = is_ascii ? NULL : app->opts.words;
	if (is_ascii == was_ascii)
		return;
	app->message[0] = '\0';
	if (!is_ascii)
		return;
	app_say(app,
		"This terminal reads no UTF-8: only ASCII. Try LC_ALL=C.UTF-8 xterm, screen -U");
	app->is_error = true;
}

const struct words *app_words(const struct app *app)
{
	return app->words;
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
	app->detail.story = app->detail.entered = UINT32_MAX;
	app->port->size(app->port->self, &rows, &cols);
	app->canvas = canvas_new(rows, cols, TEXT_POLICY_DEFAULT);
	app_take_policy(app);
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
		app_settle_story(app);
	app_draw(app);
	app->port->show(app->port->self, app->canvas);
}

/* Shows the app, the list before the story beside it; true when a key came meanwhile. */
static bool show(struct app *app, struct key *key)
{
	const struct port *port = app->port;
	bool is_list_first = app_draw_list(app);
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
		app_settle_list(app, effects);
		if (app->is_over)
			break;
		bool has_key = show(app, &key), is_pending = app->keys.n_keys > 0;
		if (!has_key && !wait_key(app, is_pending ? LATE_MS : -1, &key)) {
			effects = app_late_key(app);
			keep_nothing(app);
			continue;
		}
		/* Keys that are already there are taken together and drawn once. */
		effects = app_key(app, key);
		while (!app->is_over && !(effects & EFFECT_QUIT) && read_key(app, 0, &key)) {
			app_settle_list(app, effects);
			effects = app_key(app, key);
		}
	}
}
