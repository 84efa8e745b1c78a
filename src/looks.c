/* What this run looks like: colours, themes, and what is known of the terminal. */
#include "looks.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/baked.h>
#include <sulan/file.h>

#include "terminals.h"

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void add_name(struct arena *arena, const char ***names, size_t *n, size_t *cap,
		     struct str name)
{
	for (size_t i = 0; i < *n; i++)
		if (str_is(name, (*names)[i]))
			return;
	*names = arena_more(arena, *names, *n, cap, sizeof(**names));
	(*names)[(*n)++] = str_dup(arena, name);
}

/* Names of the themes in the reader's own folder. */
static void add_own_names(const struct world *world, const char ***names, size_t *n, size_t *cap)
{
	glob_t found;
	const char *pattern = world->config_dir ? arena_printf(world->arena, "%s/themes/*.theme",
							       world->config_dir)
						: "";
	if (!*pattern || glob(pattern, 0, NULL, &found) != 0)
		return;
	for (size_t i = 0; i < found.gl_pathc; i++) {
		struct str name = str_of(strrchr(found.gl_pathv[i], '/') + 1);
		add_name(world->arena, names, n, cap,
			 str_sub(name, 0, name.len - strlen(".theme")));
	}
	globfree(&found);
}

/* The baked themes and the reader's own, sorted. */
const char *const *looks_theme_names(const struct world *world)
{
	const char **names = NULL;
	size_t n = 0, cap = 0;
	for (size_t i = 0; i < baked_count; i++) {
		struct str name = str_of(baked_table[i].name);
		if (str_starts(name, "themes/") && str_ends(name, ".theme"))
			add_name(world->arena, &names, &n, &cap, str_sub(name, 7, name.len - 13));
	}
	add_own_names(world, &names, &n, &cap);
	if (n)
		qsort(names, n, sizeof(*names), by_name);
	names = arena_more(world->arena, names, n, &cap, sizeof(*names));
	names[n] = NULL;
	return names;
}

enum color_depth looks_depth(const struct world *world, bool *is_auto)
{
	static const enum color_depth named[] = {DEPTH_MONO, DEPTH_16, DEPTH_256, DEPTH_TRUE};
	int colors = world->config->options.colors;
	*is_auto = colors == 0;
	if (colors)
		return named[colors - 1];
	return *world_env("NO_COLOR") ? DEPTH_MONO : DEPTH_TRUE;
}

/* COLORFGBG is "foreground;background": 7 and 15 are light. */
static enum term_background told_background(void)
{
	const char *last = strrchr(world_env("COLORFGBG"), ';');
	if (!last)
		return BACKGROUND_UNKNOWN;
	return strcmp(last, ";7") == 0 || strcmp(last, ";15") == 0 ? BACKGROUND_LIGHT
								   : BACKGROUND_DARK;
}

static struct term_facts known_facts(const struct world *world)
{
	struct term_facts facts = {.policy = TEXT_POLICY_DEFAULT, .background = told_background()};
	if (isatty(1))
		terminals_recall(world, &facts);
	facts.policy = options_policy(&world->config->options, facts.policy);
	return facts;
}

static void warn_theme(void *self, const struct error *err)
{
	world_complain(self, err);
}

static bool read_theme(const struct world *world, const char *path, struct theme *out,
		       struct error *err)
{
	struct arena *arena = arena_new();
	struct str text;
	bool ok = file_read(path, arena, &text, err);
	if (ok)
		theme_parse(out, text, path, warn_theme, (void *)(uintptr_t)world);
	arena_free(arena);
	return ok;
}

bool looks_theme_on(const struct world *world, const char *name, enum term_background background,
		    struct theme *out, struct error *err)
{
	bool is_auto;
	struct stat st;
	if (strcmp(name, "auto") == 0)
		name = looks_depth(world, &is_auto) == DEPTH_MONO ? "mono"
		       : background == BACKGROUND_LIGHT           ? "paper"
								  : "ink";
	if (strchr(name, '/'))
		return read_theme(world, name, out, err);
	const char *dirs[] = {world->config_dir, SULAN_DATADIR "/sulan"};
	for (size_t i = 0; i < 2; i++) {
		const char *path =
			dirs[i] ? arena_printf(world->arena, "%s/themes/%s.theme", dirs[i], name)
				: "";
		if (*path && stat(path, &st) == 0 && read_theme(world, path, out, NULL))
			return true;
	}
	if (theme_baked(out, name))
		return true;
	return error_set(err, ERROR_USAGE, N_("there is no theme “%s”; “sulan themes” lists them"),
			 name);
}

bool looks_theme(const struct world *world, const char *name, struct theme *out, struct error *err)
{
	return looks_theme_on(world, name, known_facts(world).background, out, err);
}

struct text_policy looks_policy(const struct world *world)
{
	return known_facts(world).policy;
}

/* Linux under Windows says so in its environment, or else in its kernel's name. */
static bool is_wsl(void)
{
	struct utsname name;
	return *world_env("WSL_DISTRO_NAME") ||
	       (uname(&name) == 0 &&
		(strstr(name.release, "microsoft") || strstr(name.release, "Microsoft")));
}

struct term_opts looks_term_opts(const struct world *world)
{
	struct term_opts opts = {
		.fd_in = 0,
		.fd_out = 1,
		.facts = known_facts(world),
		.asks_ambiguous = world->config->options.ambiguous == 0,
		.asks_pictures = world->config->options.emoji == 0,
		.asks_background =
			!world->args->theme && strcmp(world->config->options.theme, "auto") == 0,
		.awaits_utf8 = !world_is_utf8(),
		.has_links = world->config->options.hyperlinks,
		.has_mouse = world->config->options.mouse,
		.term = world_env("TERM"),
		.colorterm = world_env("COLORTERM"),
		.browser = world_env("BROWSER"),
		.display = world_env("DISPLAY"),
		.wayland_display = world_env("WAYLAND_DISPLAY"),
		.ssh_connection = world_env("SSH_CONNECTION"),
		.tmux = world_env("TMUX"),
		.sty = world_env("STY"),
		.path = world_env("PATH"),
		.is_wsl = is_wsl(),
#ifdef __APPLE__
		.is_mac = true,
#endif
		.command = str_dup(world->arena, world->config->open.command),
		.remote = world_path(world, world->config->open.remote),
	};
	opts.depth = looks_depth(world, &opts.is_depth_auto);
	return opts;
}
