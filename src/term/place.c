/* Where the program runs: the environment it was started in, put right by what tmux knows. */
#include <sulan/opener.h>

#include <string.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/argv.h>

#include "children.h"
#include "spawn.h"

enum { ASK_MS = 1000, ASK_BYTES = 64 << 10 };

static bool is_set(const char *text)
{
	return text && *text;
}

/* The index of the entry for `name`, or `n`. */
static size_t entry_of(const char *const *env, size_t n, struct str name)
{
	size_t i = 0;
	for (; i < n; i++) {
		struct str entry = str_of(env[i]);
		if (entry.len > name.len && entry.p[name.len] == '=' &&
		    str_eq(str_sub(entry, 0, name.len), name))
			break;
	}
	return i;
}

/* A line of tmux's: NAME=VALUE, or -NAME for what is gone. */
static void take_line(struct arena *arena, struct str line, const char **env, size_t *n)
{
	bool is_gone = str_starts(line, "-");
	struct str rest = is_gone ? str_from(line, 1) : line, name;
	str_cut(&rest, '=', &name);
	if (name.len == 0)
		return;
	size_t at = entry_of(env, *n, name);
	if (!is_gone && at == *n)
		(*n)++;
	if (!is_gone)
		env[at] = str_dup(arena, line);
	else if (at < *n)
		env[at] = env[--*n];
}

/* Our environment with the lines laid over it, NULL-terminated. */
static const char *const *merge(struct arena *arena, struct str lines)
{
	size_t n = 0, n_lines = 1;
	for (size_t i = 0; i < lines.len; i++)
		n_lines += lines.p[i] == '\n';
	while (environ[n])
		n++;
	const char **env = arena_alloc(arena, (n + n_lines + 1) * sizeof(*env));
	memcpy(env, environ, n * sizeof(*env));
	struct str line;
	while (str_cut(&lines, '\n', &line))
		take_line(arena, line, env, &n);
	env[n] = NULL;
	return env;
}

static const char *value_of(const char *const *env, const char *name)
{
	size_t n = 0;
	while (env[n])
		n++;
	size_t at = entry_of(env, n, str_of(name));
	return at < n ? env[at] + strlen(name) + 1 : "";
}

static struct str ask_tmux(const struct term_opts *opts, struct arena *arena)
{
	struct str words = {NULL, 0};
	const char *file = spawn_find(arena, "tmux", opts->path ? opts->path : "");
	char **argv = argv_split(arena, STR("tmux show-environment"));
	if (file)
		children_ask(arena, file, argv, ASK_MS, ASK_BYTES, &words);
	return words;
}

struct place place_find(const struct term_opts *opts, struct arena *arena)
{
	const char *display = opts->display, *wayland = opts->wayland_display;
	const char *ssh = opts->ssh_connection;
	struct place place = {
		.is_tmux = is_set(opts->tmux),
		.is_screen = is_set(opts->sty) && !is_set(opts->tmux),
		.is_console = opts->term && strcmp(opts->term, "linux") == 0,
		.is_wsl = opts->is_wsl,
		.is_mac = opts->is_mac,
		.env = (const char *const *)environ,
		.browser = opts->browser ? opts->browser : "",
		.path = opts->path ? opts->path : "",
	};
	struct str lines = place.is_tmux ? ask_tmux(opts, arena) : (struct str){NULL, 0};
	if (lines.len) {
		place.env = merge(arena, lines);
		display = value_of(place.env, "DISPLAY");
		wayland = value_of(place.env, "WAYLAND_DISPLAY");
		ssh = value_of(place.env, "SSH_CONNECTION");
	}
	place.is_ssh = is_set(ssh);
	place.has_display = is_set(display) || is_set(wayland);
	return place;
}
