/* The index of this run and the folders it is of: those of the configuration and those that were
 * imported. */
#ifndef CATALOG_H
#define CATALOG_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/str.h>

#include "world.h"

struct index;

struct catalog {
	struct index *index;
	struct str *paths; /* absolute */
	size_t n_paths, cap_paths;
	bool is_old; /* it could not be brought up to date */
	/* Told of what is wrong; NULL: it goes to standard error. Both are set before it is opened.
	 */
	void (*complain)(void *self, const struct error *err);
	void *self;
};

/* Whether there are such folders and an index that is kept, and nothing else was named on the
 * command line: then the library is meant, else files are. */
bool catalog_is_meant(const struct world *world);

/* How closely files that it knows are looked at before it is relied on. */
enum catalog_care {
	CATALOG_QUICKLY, /* not at all: the folders tell what came and went */
	CATALOG_NEWEST,  /* those of a year: most of what is edited, at a small part of the cost */
	CATALOG_FULLY,
};

/* Opens the index and finds its folders; what was wrong with it is said. False with `err`. */
bool catalog_open(struct catalog *catalog, const struct world *world, struct error *err);
/* The same with the paths of the command line, brought up to date; that there is nothing in it yet
 * is said. */
bool catalog_open_fresh(struct catalog *catalog, const struct world *world, enum catalog_care care,
			struct error *err);
void catalog_close(struct catalog *catalog);

/* Adds a file or folder, and remembers it for other runs when asked to. False with `err`. */
bool catalog_add(struct catalog *catalog, const struct world *world, const char *path, bool is_kept,
		 struct error *err);

struct catalog_news {
	size_t n_read, n_same, n_gone, n_bad, n_stories;
	int signal; /* that stopped it, or 0 */
};

/* Brings the index up to date with its folders, with a bar on a terminal; what cannot be read is
 * said. When the index turns out to be damaged it is begun anew, once. */
bool catalog_update(struct catalog *catalog, const struct world *world, struct catalog_news *news,
		    struct error *err);

/* The same when a look at the folders, and at files with `care`, says that there is something to
 * do.
 */
bool catalog_refresh(struct catalog *catalog, const struct world *world, enum catalog_care care,
		     struct error *err);

#endif
