/* From a way to the steps to take: who is asked to open a link, in which order. */
#include <sulan/opener.h>

#include <string.h>
#include <sys/stat.h>

#include <sulan/arena.h>
#include <sulan/argv.h>
#include <sulan/error.h>

#include "spawn.h"

struct planner {
	const struct term_opts *opts;
	const struct place *place;
	struct arena *arena;
	struct opener_plan *plan;
};

static bool is_in(const char *file, const char *const *names)
{
	const char *slash = strrchr(file, '/');
	for (; *names; names++)
		if (strcmp(slash ? slash + 1 : file, *names) == 0)
			return true;
	return false;
}

/* They need the terminal that we are in. */
static bool is_text_browser(const char *file)
{
	static const char *const browsers[] = {"w3m",         "lynx",       "links",
					       "links2",      "elinks",     "browsh",
					       "www-browser", "netsurf-vi", NULL};
	return is_in(file, browsers);
}

static void add(struct planner *p, struct opener_step step)
{
	if (p->plan->n < OPENER_STEPS)
		p->plan->steps[p->plan->n++] = step;
}

/* Adds a program of the reader's; false with `err` when it cannot be. */
static bool add_command(struct planner *p, struct str command, bool has_terminal, struct error *err)
{
	char **words = argv_split(p->arena, command);
	if (!words || !words[0])
		return error_set(err, ERROR_TERM,
				 N_("a command for links is empty or has a quote "
				    "that does not end"),
				 NULL);
	for (char **word = words; *word; word++)
		if (argv_is_shell(*word))
			return error_set(err, ERROR_TERM,
					 N_("links are not handed to a shell (%s): it would run "
					    "what is in them"),
					 *word);
	const char *file = spawn_find(p->arena, words[0], p->place->path);
	if (!file)
		return error_set(err, ERROR_TERM, N_("the program %s was not found"), words[0]);
	bool is_text = has_terminal || is_text_browser(words[0]);
	add(p, (struct opener_step){is_text ? OPENER_TERMINAL : OPENER_PROGRAM, words, file});
	return true;
}

/* The first of $BROWSER's commands that is there. */
static bool add_browser(struct planner *p)
{
	struct str rest = str_of(p->place->browser), command;
	while (str_cut(&rest, ':', &command))
		if (add_command(p, command, false, NULL))
			return true;
	return false;
}

/* The desktop's own openers. cmd.exe would cut an address at its "&", explorer.exe at its "?". */
static bool add_openers(struct planner *p)
{
	const struct place *place = p->place;
	const struct {
		struct str command;
		bool is_here;
	} openers[] = {
		{STR("open"), place->is_mac},
		{STR("wslview"), place->is_wsl},
		{STR("rundll32.exe url.dll,FileProtocolHandler"), place->is_wsl},
		{STR("xdg-open"), place->has_display},
		{STR("gio open"), place->has_display},
	};
	size_t before = p->plan->n;
	for (size_t i = 0; i < sizeof(openers) / sizeof(*openers); i++)
		if (openers[i].is_here)
			add_command(p, openers[i].command, false, NULL);
	return p->plan->n > before;
}

/* Whether something is there that a listener may stand behind. */
static bool has_remote(const struct planner *p)
{
	struct stat status;
	const char *path = p->opts->remote;
	return path && *path && stat(path, &status) == 0 &&
	       (S_ISSOCK(status.st_mode) || S_ISFIFO(status.st_mode));
}

static void plan_auto(struct planner *p)
{
	const struct place *place = p->place;
	bool is_elsewhere =
		place->is_ssh || !(place->has_display || place->is_mac || place->is_wsl);
	if (p->opts->command && *p->opts->command)
		add_command(p, str_of(p->opts->command), false, NULL);
	if (is_elsewhere && has_remote(p))
		add(p, (struct opener_step){.kind = OPENER_REMOTE});
	add_browser(p);
	/* A display forwarded by SSH would show a browser of the wrong machine, slowly. */
	if (!place->is_ssh)
		add_openers(p);
	add(p, (struct opener_step){.kind = OPENER_HANDOVER});
}

static bool plan_browser(struct planner *p, struct error *err)
{
	bool has_any = add_browser(p);
	has_any |= add_openers(p);
	return has_any || error_set(err, ERROR_TERM,
				    N_("there is no browser to start: set BROWSER, or command in "
				       "[open]"),
				    NULL);
}

static bool plan_command(struct planner *p, struct error *err)
{
	if (!p->opts->command || !*p->opts->command)
		return error_set(err, ERROR_TERM, N_("there is no command in [open]"), NULL);
	return add_command(p, str_of(p->opts->command), false, err);
}

static bool plan_remote(struct planner *p, struct error *err)
{
	if (!p->opts->remote || !*p->opts->remote)
		return error_set(err, ERROR_TERM, N_("there is no remote in [open]"), NULL);
	add(p, (struct opener_step){.kind = OPENER_REMOTE});
	return true;
}

bool opener_plan(const struct term_opts *opts, const struct place *place, struct arena *arena,
		 const char *way, struct opener_plan *out, struct error *err)
{
	struct planner p = {opts, place, arena, out};
	struct str words = str_trim(str_of(way));
	out->n = 0;
	if (words.len == 0 || str_is(words, "auto")) {
		plan_auto(&p);
		return true;
	}
	if (str_is(words, "browser"))
		return plan_browser(&p, err);
	if (str_is(words, "command"))
		return plan_command(&p, err);
	if (str_is(words, "remote"))
		return plan_remote(&p, err);
	if (str_is(words, "handover")) {
		add(&p, (struct opener_step){.kind = OPENER_HANDOVER});
		return true;
	}
	if (str_starts(words, "terminal "))
		return add_command(&p, str_from(words, 9), true, err);
	return add_command(&p, words, false, err);
}
