/* Commands about the screen and the program. */
#include <stdio.h>
#include <string.h>

#include <sulan/error.h>

#include "commands.h"
#include "counts.h"
#include "prompt.h"
#include "reading.h"
#include "stacks.h"
#include "view.h"

unsigned screen_zoom(struct app *app, const struct intent *intent)
{
	(void)intent;
	if (!app->is_zoomed && !app_story(app))
		return EFFECT_REDRAW;
	app->is_zoomed = !app->is_zoomed;
	app->focus = app->is_zoomed ? FOCUS_DETAIL : FOCUS_LIST;
	return EFFECT_RELAYOUT | EFFECT_REDRAW;
}

static unsigned split(struct app *app, int by)
{
	int percent = app->options.split + by;
	app->options.split = percent < 20 ? 20 : percent > 80 ? 80 : percent;
	return EFFECT_RELAYOUT | EFFECT_REDRAW;
}

unsigned screen_wider(struct app *app, const struct intent *intent)
{
	return split(app, 4 * (intent->count ? (int)intent->count : 1));
}

unsigned screen_narrower(struct app *app, const struct intent *intent)
{
	return split(app, -4 * (intent->count ? (int)intent->count : 1));
}

unsigned screen_reset(struct app *app, const struct intent *intent)
{
	(void)intent;
	app->options.split = app->config->options.split;
	app->is_zoomed = false;
	return EFFECT_RELAYOUT | EFFECT_REDRAW;
}

unsigned screen_help(struct app *app, const struct intent *intent)
{
	(void)intent;
	help_open(app);
	return EFFECT_REDRAW;
}

static unsigned command_accept(struct app *app, struct str text)
{
	return command_run(app, text, 0);
}

static unsigned command_line(struct app *app, struct str text)
{
	static const struct prompt_ops ops = {":",  HISTORY_COMMAND, PROMPT_COMMAND,
					      NULL, command_accept,  NULL};
	prompt_open(app, &ops, text);
	return EFFECT_REDRAW;
}

unsigned screen_command(struct app *app, const struct intent *intent)
{
	(void)intent;
	return command_line(app, (struct str){0});
}

static bool use_theme(struct app *app, const char *name, struct error *err)
{
	struct theme theme;
	if (!app->opts.load_theme || !app->opts.load_theme(app->opts.self, name, &theme, err))
		return false;
	app->theme = theme;
	return true;
}

unsigned screen_theme(struct app *app, const struct intent *intent)
{
	struct error err = {0};
	if (intent->arg.len == 0) {
		app_message(app, app_word(app, N_("theme: %s")), app->theme.name);
		return EFFECT_REDRAW;
	}
	char name[64];
	snprintf(name, sizeof(name), "%.*s", (int)intent->arg.len, intent->arg.p);
	if (use_theme(app, name, &err))
		app_message(app, app_word(app, N_("theme: %s")), app->theme.name);
	else
		app_error(app, &err);
	return EFFECT_REDRAW;
}

/* Options that are not in the plain struct alone. */
static void apply_option(struct app *app, unsigned effects)
{
	struct error err = {0};
	if ((effects & EFFECT_THEME) && !use_theme(app, app->options.theme, &err))
		app_error(app, &err);
	app_take_policy(app);
	reading_scan(app);
	counts_make(app);
}

unsigned screen_set(struct app *app, const struct intent *intent)
{
	struct str value = intent->arg, name;
	char text[300];
	if (value.len == 0) /* to be gone on with, or completed */
		return command_line(app, STR("set "));
	if (!str_cut(&value, ' ', &name))
		name = (struct str){0};
	if (str_find(name, STR("="), 0) != STR_NOT_FOUND) {
		value = intent->arg;
		str_cut(&value, '=', &name);
	}
	name = str_trim(name);
	value = str_trim(value);
	if (str_starts(value, "="))
		value = str_trim(str_from(value, 1));
	const struct option *option = option_find(name);
	struct error err = {0};
	unsigned effects = 0;
	if (option && value.len == 0) {
		app_message(app, "%s = %s", option->name,
			    options_show(&app->options, option, text, sizeof(text)));
		return EFFECT_REDRAW;
	}
	if (!options_set(&app->options, name, value, &effects, &err) || !option) {
		app_error(app, &err);
		return EFFECT_REDRAW;
	}
	app_message(app, "%s = %s", option->name,
		    options_show(&app->options, option, text, sizeof(text)));
	apply_option(app, effects);
	return effects | EFFECT_REDRAW;
}

unsigned screen_redraw(struct app *app, const struct intent *intent)
{
	(void)intent;
	app->port->redraw(app->port->self);
	return EFFECT_REDRAW;
}

unsigned screen_suspend(struct app *app, const struct intent *intent)
{
	(void)intent;
	app->port->suspend(app->port->self);
	app->port->redraw(app->port->self);
	return EFFECT_REDRAW;
}

unsigned screen_quit(struct app *app, const struct intent *intent)
{
	if (app->focus == FOCUS_DETAIL || app->is_zoomed)
		return move_back(app, intent);
	if (stacks_go_home(app))
		return EFFECT_REDRAW | EFFECT_RELAYOUT;
	return EFFECT_QUIT;
}

unsigned screen_quit_now(struct app *app, const struct intent *intent)
{
	(void)app;
	(void)intent;
	return EFFECT_QUIT;
}
