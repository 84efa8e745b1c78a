/* sulan export: stories handed on, to standard output or a file. */
#include <stdio.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/error.h>

#include "listing.h"
#include "save.h"
#include "setup.h"

/* To where the command line says. */
static int put_export(const struct world *world, struct str text)
{
	const struct args *args = world->args;
	struct error err = {0};
	if (!args->output || strcmp(args->output, "-") == 0) {
		fwrite(text.p, 1, text.len, stdout);
		return EXIT_DONE;
	}
	if (save_file(args->output, text, args->is_forced, &err))
		return EXIT_DONE;
	world_complain(world, &err);
	return err.code == ERROR_USAGE ? EXIT_USAGE : EXIT_INPUT;
}

int mode_export(const struct world *world)
{
	struct listing l;
	struct out_opts opts = setup_out(world);
	struct error err;
	enum out_list_format format = listing_format(world, OUT_LIST_MARKDOWN);
	int put_status = EXIT_DONE;
	opts.has_state = true;
	opts.is_whole = world->args->is_whole;
	if (!listing_open(&l, world, "star", format != OUT_LIST_TSV, &opts))
		return EXIT_USAGE;
	if (l.n || (format == OUT_LIST_JSON && !world->args->output))
		put_status =
			put_export(world, out_list(format, world->arena, l.stories, l.n, &opts));
	if (l.n == 0) {
		error_set(&err, ERROR_USAGE,
			  world->args->n_filters ? N_("no story is let through by the filter")
						 : N_("no story is starred"),
			  NULL);
		world_complain(world, &err);
	}
	int status = listing_close(&l);
	return put_status == EXIT_DONE ? status : put_status;
}
