/* A key through overlays and keymap to its command. */
#include "root.h"

#include "commands.h"
#include "counts.h"
#include "keep.h"
#include "mouse.h"
#include "reading.h"
#include "stacks.h"
#include "tabs.h"
#include "view.h"

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
	app_take_policy(app);
	tabs_name(app);
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
		app_settle_story(app);
	if (is_list && is_move(command_find(str_of(command), &arg, NULL)))
		keep_moved(app);
	else
		keep_nothing(app);
	return command_run(app, str_of(command), count);
}

unsigned app_late_key(struct app *app)
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
		effects = app_late_key(app);
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
		app_settle_story(app);
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
