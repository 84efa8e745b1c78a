/* Searching the whole library: what is found while it is typed, with the words its pinyin may stand
 * for as an input method shows them. Tab takes one after the other while it is typed, a digit that
 * one when it is done. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/fold.h>
#include <sulan/lookup.h>

#include "commands.h"
#include "detail.h"
#include "found_view.h"
#include "jump.h"
#include "search.h"
#include "threads.h"

#define TYPING_MAX    50
#define FOUND_MAX     500
#define CONTEXT_BYTES 240

static const struct view_ops found_ops;

static struct found_view *find_view(const struct app *app)
{
	for (size_t i = 0; i < app->n_views; i++)
		if (app->views[i]->ops == &found_ops)
			return (struct found_view *)app->views[i];
	return NULL;
}

struct found_view *found_on_top(const struct app *app)
{
	struct view *top = view_top(app);
	return top && top->ops == &found_ops ? (struct found_view *)top : NULL;
}

static size_t find_item(const struct found_view *f, struct str id)
{
	size_t i = 0;
	while (i < f->list.n && !str_eq(f->lookup.items[i].id, id))
		i++;
	return i;
}

bool found_select(struct found_view *f, struct str id)
{
	size_t item = find_item(f, id);
	if (item < f->list.n)
		list_select(&f->list, item);
	return item < f->list.n;
}

static struct rows rows_of(const struct found_view *f)
{
	return (struct rows){&f->list, NULL};
}

static bool has_key(void *self)
{
	return app_has_key(self);
}

/* What is selected, by its ids: numbers change. */
static size_t note_selected(struct app *app, const struct found_view *f, struct str **out)
{
	size_t n = 0;
	*out = arena_alloc(app->frame, (f->list.n + 1) * sizeof(**out));
	for (size_t i = 0; i < f->list.n; i++)
		if (picks_has(&f->picks, rows_of(f), i))
			(*out)[n++] = str_copy(app->frame, f->lookup.items[i].id);
	return n;
}

static void select_again(struct found_view *f, const struct str *ids, size_t n)
{
	f->picks = picks_new(f->arena, f->list.n);
	for (size_t i = 0; i < n; i++) {
		size_t item = find_item(f, ids[i]);
		if (item < f->list.n)
			picks_choose(&f->picks, item, true);
	}
}

/* The same words once more keep what is selected. False when the library could not be searched; the
 * message says why. */
static bool look_up(struct app *app, struct found_view *f, struct str text, size_t max)
{
	struct str *selected = NULL;
	size_t n_selected = str_is(text, f->text) ? note_selected(app, f, &selected) : 0;
	struct error err = {0};
	struct lookup_opts opts = {
		.max = max, .context_bytes = CONTEXT_BYTES, .is_ranked = f->is_ranked};
	/* The next key says more than what this one would find. */
	if (max == TYPING_MAX) {
		opts.is_stopped = has_key;
		opts.self = app;
	}
	size_t len = text.len < sizeof(f->text) - 1 ? text.len : sizeof(f->text) - 1;
	memmove(f->text, text.p ? text.p : "", len);
	f->text[len] = '\0';
	arena_reset(f->arena);
	f->title = NULL;
	f->is_low = false;
	f->lookup = (struct lookup){0};
	f->list = (struct list){.room = 1};
	bool ok = app->opts.look_up(app->opts.self, f->arena, str_of(f->text), &opts, &f->lookup,
				    &err);
	f->list.n = f->lookup.n;
	select_again(f, selected, n_selected);
	if (!ok) {
		app_error(app, &err);
		memcpy(f->trouble, app->message, sizeof(f->trouble)); /* a prompt hides it */
	}
	return ok;
}

bool found_again(struct app *app)
{
	struct found_view *f = find_view(app);
	if (!f || f->title || !f->text[0])
		return false;
	size_t at = f->list.selected;
	struct str id = at < f->list.n ? str_copy(app->frame, f->lookup.items[at].id) : STR("");
	look_up(app, f, str_of(f->text), f->is_typed ? TYPING_MAX : FOUND_MAX);
	if (!found_select(f, id))
		list_select(&f->list, at);
	return true;
}

static void end_choice(struct found_view *f)
{
	arena_free(f->choice.arena);
	f->choice = (struct choice){0};
}

/* The line with the word in place of the pinyin it was found for. */
static struct str line_with(struct arena *arena, const struct found_view *f, struct str word)
{
	struct str text = str_of(f->text), pinyin = f->lookup.pinyin;
	size_t at = 0, end;
	for (size_t from = 0; from < text.len; from = end + 1) {
		end = str_find(text, STR(" "), from);
		end = end == STR_NOT_FOUND ? text.len : end;
		if (str_eq(fold_text(arena, str_sub(text, from, end - from)), pinyin))
			at = from;
	}
	end = str_find(text, STR(" "), at);
	struct strbuf line = strbuf_make(arena);
	strbuf_put(&line, str_sub(text, 0, at));
	strbuf_put(&line, word);
	strbuf_put(&line, str_from(text, end == STR_NOT_FOUND ? text.len : end));
	return strbuf_str(&line);
}

static void begin_choice(struct found_view *f)
{
	struct choice *c = &f->choice;
	*c = (struct choice){.arena = arena_new(), .n = f->lookup.n_words};
	c->lines = arena_alloc(c->arena, (c->n + 1) * sizeof(*c->lines));
	c->words = arena_alloc(c->arena, (c->n + 1) * sizeof(*c->words));
	for (size_t i = 0; i < c->n; i++) {
		c->words[i] = str_copy(c->arena, f->lookup.words[i]);
		c->lines[i] = line_with(c->arena, f, c->words[i]);
	}
}

struct str found_choose(struct app *app, struct str text, int direction)
{
	struct found_view *f = find_view(app);
	if (!f || (!f->choice.arena && f->lookup.n_words == 0))
		return text;
	struct choice *c = &f->choice;
	if (c->arena) {
		c->now = (c->now + (direction > 0 ? 1 : c->n - 1)) % c->n;
	} else {
		begin_choice(f);
		c->now = direction > 0 ? 0 : c->n - 1;
	}
	look_up(app, f, c->lines[c->now], TYPING_MAX);
	return c->lines[c->now];
}

static void typed(struct app *app, struct str text)
{
	struct found_view *f = find_view(app);
	if (!f)
		return;
	end_choice(f);
	if (look_up(app, f, text, TYPING_MAX) && f->lookup.n)
		f->trouble[0] = '\0';
}

static unsigned accept(struct app *app, struct str text)
{
	struct found_view *f = find_view(app);
	if (!f)
		return EFFECT_REDRAW;
	f->is_typed = false;
	end_choice(f);
	if (!look_up(app, f, text, FOUND_MAX)) {
		view_pop(app);
	} else if (f->lookup.n) {
		f->trouble[0] = '\0';
	} else {
		if (text.len)
			app_message(app, app_word(app, N_("not found: %s")), f->text);
		view_pop(app);
	}
	return EFFECT_REDRAW;
}

static void cancel(struct app *app)
{
	if (find_view(app))
		view_pop(app);
}

static void ask(struct app *app, struct found_view *f, struct str text)
{
	static const struct prompt_ops ops = {
		N_("search all: "), HISTORY_SEARCH, PROMPT_PINYIN, typed, accept, cancel};
	f->is_typed = true;
	prompt_open(app, &ops, text);
}

/* What is lit in the story: the first of the words that it has. */
static void light(struct app *app, uint32_t story, const struct str *words, size_t n)
{
	struct match match;
	for (size_t i = 0; i < n; i++) {
		search_set(app, words[i], STORIES_EXACTLY);
		if (app->search.block_hits &&
		    search_in_story(app, app->search.block_hits, story, NULL, 1, &match)) {
			app->search.now = match;
			app->search.has_now = true;
			detail_update(app, false);
			detail_show(app, (struct place){match.block, match.at});
			return;
		}
	}
	search_set(app, (struct str){0}, STORIES_HASTILY);
}

static unsigned open_found(struct app *app, struct found_view *f, size_t index)
{
	struct str *needles;
	const struct found *found = &f->lookup.items[index];
	size_t n = lookup_needles(app->frame, str_of(f->text), &f->lookup, &needles);
	struct str id = str_copy(app->frame, found->id), path = str_copy(app->frame, found->path);
	struct str text = f->title ? STR("") : str_copy(app->frame, str_of(f->text));
	bool is_ranked = f->is_ranked, is_left = app_story(app) != NULL;
	for (size_t i = 0; i < n; i++)
		needles[i] = str_copy(app->frame, needles[i]);
	while (app->n_views) /* also what it was opened from */
		view_pop(app);
	if (jump_to(app, path, id)) {
		if (is_left && text.len)
			jump_from_search(app, text, is_ranked, id);
		light(app, app->detail.story, needles, n);
	}
	return EFFECT_REDRAW | EFFECT_RELAYOUT;
}

static bool found_key(struct app *app, struct view *view, struct key key, unsigned *effects)
{
	struct found_view *f = (struct found_view *)view;
	size_t nth = key.code - '1';
	if (key.mods)
		return false;
	if (key.code == '\t' && !f->title) {
		f->is_ranked = !f->is_ranked;
		*effects = accept(app, str_copy(app->frame, str_of(f->text)));
		return true;
	}
	if (key.code < '1' || key.code > '9')
		return false;
	if (f->title && f->list.top + nth < f->list.n) {
		*effects = open_found(app, f, f->list.top + nth);
		return true;
	}
	if (nth >= f->lookup.n_words)
		return false;
	*effects = accept(app, line_with(app->frame, f, f->lookup.words[nth]));
	return true;
}

/* Commands that do here what they do elsewhere; the marks work on the list on top. */
static bool is_passed_on(struct str name)
{
	static const char *const names[] = {"suspend", "redraw", "quit-now",     "help",   "read",
					    "star",    "later",  "dismiss",      "tag",    "note",
					    "undo",    "select", "select-range", "repeat", "redo"};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_is(name, names[i]))
			return true;
	return false;
}

static bool found_run(struct app *app, struct view *view, const char *command,
		      const struct intent *intent, unsigned *effects)
{
	struct found_view *f = (struct found_view *)view;
	struct str name = str_of(command);
	long n = intent->count ? (long)intent->count : 1, room = (long)f->list.room;
	*effects = EFFECT_REDRAW;
	if (str_is(name, "next") || str_is(name, "scroll-down"))
		list_move(&f->list, n);
	else if (str_is(name, "prev") || str_is(name, "scroll-up"))
		list_move(&f->list, -n);
	else if (str_is(name, "page-down") || str_is(name, "half-down") || str_is(name, "read-on"))
		list_move(&f->list, room);
	else if (str_is(name, "page-up") || str_is(name, "half-up") || str_is(name, "page-back"))
		list_move(&f->list, -room);
	else if (str_is(name, "first"))
		list_select(&f->list, 0);
	else if (str_is(name, "last"))
		list_select(&f->list, f->list.n);
	else if (str_is(name, "enter") && f->list.n)
		*effects = open_found(app, f, f->list.selected);
	else if (str_is(name, "find") || str_is(name, "search"))
		ask(app, f, str_of(f->text));
	else if (str_is(name, "back") && picks_clear(&f->picks, rows_of(f)))
		return true;
	else if (str_is(name, "back") || str_is(name, "quit"))
		view_pop(app);
	else
		return !is_passed_on(name);
	return true;
}

static void found_close(struct view *view)
{
	struct found_view *f = (struct found_view *)view;
	end_choice(f);
	arena_free(f->arena);
	free(f);
}

static const struct view_ops found_ops = {"found",   SCOPE_OVERLAY, found_draw,
					  found_key, found_run,     found_close};

static struct found_view *push(struct app *app, struct arena *arena)
{
	struct found_view *f = mem_new(sizeof(*f));
	f->view.ops = &found_ops;
	f->arena = arena;
	f->picks = picks_new(arena, 0);
	f->list.room = 1;
	view_push(app, &f->view);
	return f;
}

void found_open(struct app *app, const char *title, struct arena *owner,
		const struct lookup *lookup, struct str words)
{
	struct found_view *f = push(app, owner ? owner : arena_new());
	f->title = title;
	f->lookup = *lookup;
	f->list.n = lookup->n;
	f->picks = picks_new(f->arena, lookup->n);
	f->is_low = true;
	for (size_t i = 0; i < lookup->n; i++)
		f->is_low &= lookup->items[i].context.len == 0;
	snprintf(f->text, sizeof(f->text), "%.*s", (int)words.len, words.p ? words.p : "");
}

void found_reopen(struct app *app, struct str text, bool is_ranked, struct str id)
{
	struct found_view *f = push(app, arena_new());
	f->is_ranked = is_ranked;
	accept(app, text);
	if (found_on_top(app) == f)
		found_select(f, id);
}

unsigned library_search(struct app *app, const struct intent *intent)
{
	if (!app->opts.look_up) {
		app_message(app, "%s", app_word(app, N_("there is no library here")));
		return EFFECT_REDRAW;
	}
	struct found_view *f = push(app, arena_new());
	if (intent->arg.len)
		return accept(app, str_copy(app->frame, intent->arg));
	ask(app, f, (struct str){0});
	return EFFECT_REDRAW;
}
