/* sulan sync: marks of all devices through a folder, with commands before and after. */
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/journal.h>

#include "modes.h"
#include "state.h"

/* A word with the folder's path where it says so. */
static char *filled(struct arena *arena, struct str word, const char *folder)
{
	const struct str sign = STR("{folder}");
	struct strbuf out = strbuf_make(arena);
	for (size_t at; (at = str_find(word, sign, 0)) != STR_NOT_FOUND;) {
		strbuf_put(&out, str_sub(word, 0, at));
		strbuf_puts(&out, folder);
		word = str_from(word, at + sign.len);
	}
	strbuf_put(&out, word);
	return str_dup(arena, strbuf_str(&out));
}

/* The words of a command line; no shell looks at them. */
static char **split(struct arena *arena, struct str line, const char *folder)
{
	char **argv = NULL;
	size_t n = 0, cap = 0;
	struct str word;
	while (str_cut(&line, ' ', &word)) {
		if (word.len == 0)
			continue;
		argv = arena_more(arena, argv, n, &cap, sizeof(*argv));
		argv[n++] = filled(arena, word, folder);
	}
	argv = arena_more(arena, argv, n, &cap, sizeof(*argv));
	argv[n] = NULL;
	return argv;
}

static bool run(const struct world *world, struct str line, const char *folder, struct error *err)
{
	pid_t pid;
	int status;
	char **argv = split(world->arena, line, folder);
	if (!argv[0])
		return true;
	int number = posix_spawnp(&pid, argv[0], NULL, NULL, argv, environ);
	if (number) {
		error_set(err, ERROR_LIBRARY, N_("cannot be started: %s"), strerror(number));
		return error_at(err, argv[0], 0);
	}
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	error_set(err, ERROR_LIBRARY, N_("did not succeed; see what it says above"), NULL);
	return error_at(err, argv[0], 0);
}

static bool complain(const struct world *world, const struct error *err)
{
	world_complain(world, err);
	return false;
}

/* A command that fails, as without a network, does not keep the folder from being used. */
static bool exchange(const struct world *world, struct state *state, const char *folder)
{
	struct journal_news news = {0};
	struct error err = {0};
	bool ok = run(world, world->config->sync.before, folder, &err) || complain(world, &err);
	err = (struct error){0};
	if (!journal_sync(state->journal, state->triage, folder, &news, &err))
		return complain(world, &err);
	printf(world_word(world,
			  N_("marks changed here: %zu; other devices: %zu; lines sent: %zu\n")),
	       news.n_changed, news.n_devices, news.n_sent);
	fflush(stdout);
	err = (struct error){0};
	return (run(world, world->config->sync.after, folder, &err) || complain(world, &err)) && ok;
}

int mode_sync(const struct world *world)
{
	struct state state;
	struct error err = {0};
	struct str folder = world->config->sync.folder;
	if (!folder.len || !world->data_dir) {
		error_set(
			&err, ERROR_USAGE,
			N_("no folder to synchronise with; say which in the configuration: [sync] "
			   "folder = DIR"),
			NULL);
		world_complain(world, &err);
		return EXIT_USAGE;
	}
	state_open(&state, world, &err);
	if (err.code)
		world_complain(world, &err);
	bool ok = exchange(world, &state, world_path(world, folder));
	state_close(&state, true);
	return ok ? EXIT_DONE : EXIT_LIBRARY;
}
