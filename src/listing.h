/* The stories a command is about: those of the library, or of files, that a filter lets through. */
#ifndef LISTING_H
#define LISTING_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/out.h>

#include "catalog.h"
#include "modes.h"
#include "state.h"
#include "wholes.h"
#include "world.h"

struct listing {
	const struct world *world;
	const struct query *query;
	struct state state;
	struct out_story *stories; /* newest issue first */
	size_t n, cap;
	/* What they live in. */
	struct catalog catalog;
	struct stories *stubs; /* of the library; NULL: of files */
	struct wholes wholes;
	const struct issue **issues;
	size_t n_issues;
	enum exit_status status; /* but for whether there is any */
};

/* Filters by the words of the command line, by `standard` without any; `opts` learns what is known
 * of stories. The library is meant where catalog_is_meant says so; its stories come with their text
 * only where `is_whole`. False when the filter cannot be understood. What is wrong is said. */
bool listing_open(struct listing *listing, const struct world *world, const char *standard,
		  bool is_whole, struct out_opts *opts);

/* Returns the exit status. */
int listing_close(struct listing *listing);

/* The format of the command line, or the standard one. */
enum out_list_format listing_format(const struct world *world, enum out_list_format standard);

#endif
