/* sulan fetch: deliveries for scripts and timers, all sources at once. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>

#include <sulan/arena.h>

#include "modes.h"
#include "sources.h"

static bool is_named(const struct world *world, const struct delivery *source)
{
	for (int i = 0; i < world->args->n_paths; i++)
		if (str_is(source->publication->name, world->args->paths[i]))
			return true;
	return world->args->n_paths == 0;
}

/* Whether every name is one of a publication with a source. */
static bool check_names(const struct world *world, const struct sources *sources)
{
	bool ok = true;
	for (int n = 0; n < world->args->n_paths; n++) {
		bool is_found = false;
		for (size_t i = 0; i < sources->n; i++)
			is_found |=
				sources->items[i].publication->source != SOURCE_NONE &&
				str_is(sources->items[i].publication->name, world->args->paths[n]);
		struct error err;
		error_set(&err, ERROR_USAGE, N_("no publication “%s” with a source"),
			  world->args->paths[n]);
		if (!is_found)
			world_complain(world, &err);
		ok &= is_found;
	}
	return ok;
}

static size_t count_running(const struct sources *sources)
{
	size_t n = 0;
	for (size_t i = 0; i < sources->n; i++)
		n += source_is_running(&sources->items[i]);
	return n;
}

/* A line for each, when all are done: the name, how many issues are new. */
static bool report(const struct world *world, const struct sources *sources)
{
	bool ok = true;
	for (size_t i = 0; i < sources->n; i++) {
		const struct delivery *source = &sources->items[i];
		const struct str name = source->publication->name;
		if (source->publication->source == SOURCE_NONE || !is_named(world, source))
			continue;
		ok &= !source->err.code;
		if (source->err.code)
			world_complain(world, &source->err);
		else
			printf("%.*s\t%zu\n", (int)name.len, name.p, source->n_new);
	}
	return ok;
}

int mode_fetch(const struct world *world)
{
	struct sources sources;
	size_t n_started = 0;
	sources_open(&sources, world, NULL);
	if (!check_names(world, &sources))
		return EXIT_USAGE;
	struct pollfd waiting = {.fd = sources_watch(&sources, 0), .events = POLLIN};
	for (size_t i = 0; i < sources.n; i++) {
		struct delivery *source = &sources.items[i];
		if (source->publication->source == SOURCE_NONE || !is_named(world, source))
			continue;
		sources_start(&sources, source);
		n_started++;
	}
	while (count_running(&sources) && (poll(&waiting, 1, -1) >= 0 || errno == EINTR))
		sources_take(&sources);
	bool ok = report(world, &sources);
	sources_close(&sources);
	return !n_started ? EXIT_NOTHING : ok ? EXIT_DONE : EXIT_INPUT;
}
