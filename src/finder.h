/* The library in the reader: brought up to date bit by bit while no key comes, and searched. */
#ifndef FINDER_H
#define FINDER_H

#include <stdbool.h>

#include <sulan/app.h>
#include <sulan/error.h>

#include "catalog.h"
#include "inputs.h"

struct scan;
struct triage;

enum finder_stage { FINDER_CLOSED, FINDER_STALE, FINDER_SCANNING, FINDER_FRESH, FINDER_BROKEN };

struct finder {
	const struct world *world;
	const struct inputs *inputs; /* what they call a file is what it is called */
	struct catalog catalog;
	enum finder_stage stage;
	struct scan *scan;
	bool is_renewed; /* once is enough */
	bool is_touched; /* while it was being scanned: it has to be again */
	/* Told what the reader should know: that the index is made again, or cannot be had. */
	void (*say)(void *self, const struct error *err);
	/* Whether a key waits. */
	bool (*is_awaited)(void *self);
	void *self;
};

/* The functions of the app's options; `finder` is the self. */
bool finder_look_up(struct finder *finder, struct arena *arena, struct str text,
		    const struct lookup_opts *opts, struct lookup *out, struct error *err);
bool finder_census(struct finder *finder, struct triage *triage, struct arena *arena,
		   struct date from, struct date to, struct census *out, struct error *err);
bool finder_work(struct finder *finder, struct app_work *work);

/* The index; NULL with `err`. */
struct index *finder_index(struct finder *finder, struct error *err);

/* What a file of the index was called when it was named. */
struct str finder_name(const struct finder *finder, struct arena *arena, struct str path);

/* Has a file or folder indexed and remembers it. False with `err`. */
bool finder_import(struct finder *finder, const char *path, struct error *err);

/* Something in the folders is another: there is work again. */
void finder_touch(struct finder *finder);

void finder_close(struct finder *finder);

#endif
