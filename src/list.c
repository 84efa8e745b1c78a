/* sulan list: stories by a filter, a line each. */
#include <stdio.h>

#include <sulan/arena.h>

#include "listing.h"
#include "setup.h"

int mode_list(const struct world *world)
{
	struct listing l;
	struct out_opts opts = setup_out(world);
	enum out_list_format format = listing_format(world, OUT_LIST_TABLE);
	opts.has_state = world->args->has_state;
	if (!listing_open(&l, world, "", format == OUT_LIST_JSON, &opts))
		return EXIT_USAGE;
	if (l.n || format == OUT_LIST_JSON) {
		struct str text = out_list(format, world->arena, l.stories, l.n, &opts);
		fwrite(text.p, 1, text.len, stdout);
	}
	return listing_close(&l);
}
