/* sulan list: stories by a filter, a line each. */
#include <stdio.h>

#include <sulan/arena.h>

#include "listing.h"
#include "setup.h"

static void put(void *self, struct str piece)
{
	(void)self;
	fwrite(piece.p, 1, piece.len, stdout);
}

/* JSON has the texts of stories: those of the library are read file by file. */
static bool get_whole(void *self, const struct out_story *stub, struct out_story *out)
{
	struct listing *l = self;
	return wholes_get(&l->wholes, l->world, stub->issue->path, stub->story->id, out);
}

int mode_list(const struct world *world)
{
	struct listing l;
	struct out_opts opts = setup_out(world);
	enum out_list_format format = listing_format(world, OUT_LIST_TABLE);
	opts.has_state = world->args->has_state;
	if (!listing_open(&l, world, "", false, &opts))
		return EXIT_USAGE;
	opts.sink = put;
	if (l.stubs) {
		l.wholes.is_fleeting = true;
		opts.whole = get_whole;
		opts.whole_self = &l;
	}
	if (l.n || format == OUT_LIST_JSON)
		put(NULL, out_list(format, world->arena, l.stories, l.n, &opts));
	if (l.wholes.is_bad)
		l.status = EXIT_INPUT;
	return listing_close(&l);
}
