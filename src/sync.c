/* sulan sync: marks of all devices through a folder, with commands before and after. */
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/argv.h>
#include <sulan/error.h>
#include <sulan/journal.h>

#include "modes.h"
#include "state.h"

static bool run(char **argv, struct error *err)
{
	pid_t pid;
	int status;
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

/* One that fails ends them, unless it may. */
static bool run_all(const struct world *world, const struct str *commands, size_t n,
		    const char *folder)
{
	struct argv_mark mark = {STR("{folder}"), str_of(folder)};
	for (size_t i = 0; i < n; i++) {
		struct error err = {0};
		bool may_fail = str_starts(commands[i], "-");
		struct str command = str_from(commands[i], may_fail);
		char **argv = argv_split(world->arena, command);
		if (!argv) {
			error_set(&err, ERROR_CONFIG,
				  N_("no command, or a quote in it that does not end"), NULL);
			error_at(&err, "[sync]", 0);
			return complain(world, &err);
		}
		argv_fill(world->arena, argv, &mark, 1);
		if (!run(argv, &err) && !may_fail)
			return complain(world, &err);
	}
	return true;
}

/* Commands that fail, as without a network, do not keep the folder from being used. */
static bool exchange(const struct world *world, struct state *state, const char *folder)
{
	const struct config_sync *sync = &world->config->sync;
	struct journal_news news = {0};
	struct error err = {0};
	bool ok = run_all(world, sync->before, sync->n_before, folder);
	if (!journal_sync(state->journal, state->triage, folder, &news, &err))
		return complain(world, &err);
	printf(world_word(world,
			  N_("marks changed here: %zu; other devices: %zu; lines sent: %zu\n")),
	       news.n_changed, news.n_devices, news.n_sent);
	fflush(stdout);
	return run_all(world, sync->after, sync->n_after, folder) && ok;
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
