/* sulan import: files and folders into the index. */
#include <signal.h>
#include <stdio.h>

#include <sulan/error.h>
#include <sulan/index.h>

#include "catalog.h"
#include "modes.h"

static int status_of(const struct catalog_news *news, bool ok, bool is_bad)
{
	return !ok ? EXIT_LIBRARY : is_bad || news->n_bad ? EXIT_INPUT : EXIT_DONE;
}

int mode_import(const struct world *world)
{
	struct catalog catalog = {0};
	struct catalog_news news = {0};
	struct error err = {0};
	bool is_bad = false;
	if (!catalog_open(&catalog, world, &err)) {
		world_complain(world, &err);
		return EXIT_LIBRARY;
	}
	for (int i = 0; i < world->args->n_paths; i++) {
		if (!catalog_add(&catalog, world, world->args->paths[i], true, &err)) {
			world_complain(world, &err);
			is_bad = true;
		}
	}
	if (catalog.n_paths == 0 && !is_bad) {
		error_set(&err, ERROR_USAGE,
			  N_("import needs a file or folder, or a [publication] in the "
			     "configuration"),
			  NULL);
		world_complain(world, &err);
		catalog_close(&catalog);
		return EXIT_USAGE;
	}
	bool ok = catalog_update(&catalog, world, &news, &err);
	if (!ok)
		world_complain(world, &err);
	struct index_count count = index_count(catalog.index);
	printf(world_word(world, N_("%zu files read, %zu as before, %zu gone; %zu issues, %zu "
				    "stories in the index\n")),
	       news.n_read, news.n_same, news.n_gone, count.n_issues, count.n_stories);
	catalog_close(&catalog);
	if (news.signal) {
		fflush(stdout);
		fputs(world_word(world, N_("stopped; sulan import goes on from here\n")), stderr);
		signal(news.signal, SIG_DFL);
		raise(news.signal);
	}
	return status_of(&news, ok, is_bad);
}
