/* One step of the index after another, between keys, and what is searched for meanwhile. */
#include "finder.h"

#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/census.h>
#include <sulan/index.h>
#include <sulan/lookup.h>

/* The newest issues are there at once. Later steps end when a key comes; what a step has read is
 * kept before the key is looked at, which takes some 20 ms for as much as this. */
#define FIRST_BYTES ((size_t)64 << 10)
#define STEP_BYTES  ((size_t)256 << 10)
/* Another program that imports is let go first: the keys are waiting here. */
#define WAIT_MS 50

static void note(void *self, const struct error *err)
{
	const struct finder *finder = self;
	if (err->code == ERROR_LIBRARY)
		finder->say(finder->self, err);
}

/* Files that cannot be read say so when they are opened. */
static void ignore(void *self, const struct error *err)
{
	(void)self;
	(void)err;
}

static bool is_awaited(void *self)
{
	const struct finder *finder = self;
	return finder->is_awaited(finder->self);
}

static void go_stale(struct finder *finder)
{
	bool has_work = finder->catalog.n_paths && !index_is_read_only(finder->catalog.index);
	finder->stage = has_work ? FINDER_STALE : FINDER_FRESH;
}

static bool open_once(struct finder *finder, struct error *err)
{
	if (finder->stage != FINDER_CLOSED)
		return finder->catalog.index != NULL;
	finder->catalog.complain = note;
	finder->catalog.self = finder;
	finder->stage = FINDER_BROKEN;
	if (!catalog_open(&finder->catalog, finder->world, err))
		return false;
	index_wait(finder->catalog.index, WAIT_MS);
	go_stale(finder);
	return true;
}

/* Who deletes the index while it is open wants a new one. */
static void find_again(struct finder *finder)
{
	struct error err = {0};
	struct index *index = finder->catalog.index;
	if (!index || !index_is_lost(index))
		return;
	scan_free(finder->scan);
	finder->scan = NULL;
	if (index_reopen(index, &err)) {
		go_stale(finder);
		return;
	}
	note(finder, &err);
	finder->stage = FINDER_BROKEN;
}

/* A damaged index is set aside and begun anew, once. */
static void mend(struct finder *finder)
{
	struct index *index = finder->catalog.index;
	struct error err = {0};
	bool is_damaged = index_is_damaged(index);
	scan_free(finder->scan);
	finder->scan = NULL;
	finder->stage = FINDER_FRESH;
	if (finder->is_touched)
		go_stale(finder);
	if (!is_damaged || finder->is_renewed)
		return;
	finder->is_renewed = true;
	if (!index_renew(index, &err)) {
		note(finder, &err);
		return;
	}
	note(finder, index_notice(index));
	finder->stage = FINDER_STALE;
}

static void begin(struct finder *finder)
{
	struct error err = {0};
	struct scan_opts opts = {.paths = finder->catalog.paths,
				 .n_paths = finder->catalog.n_paths,
				 .profiles = &finder->world->config->profiles,
				 .now_ns = (long long)world_now_ms(NULL) * 1000000,
				 .bad = ignore,
				 .is_stopped = is_awaited,
				 .self = finder};
	finder->is_touched = false;
	finder->scan = scan_new(finder->catalog.index, &opts, &err);
	finder->stage = FINDER_SCANNING;
	if (!finder->scan)
		mend(finder);
}

static void step(struct finder *finder)
{
	struct error err = {0};
	bool is_first = scan_progress(finder->scan)->n_done == 0;
	if (scan_step(finder->scan, is_first ? FIRST_BYTES : STEP_BYTES, &err))
		return;
	if (err.code && !index_is_damaged(finder->catalog.index))
		note(finder, &err);
	mend(finder);
}

bool finder_work(struct finder *finder, struct app_work *work)
{
	struct error err = {0};
	if (finder->stage != FINDER_BROKEN)
		find_again(finder);
	if (finder->stage == FINDER_CLOSED && !open_once(finder, &err))
		note(finder, &err);
	else if (finder->stage == FINDER_STALE)
		begin(finder);
	else if (finder->stage == FINDER_SCANNING)
		step(finder);
	*work = (struct app_work){0};
	if (finder->scan) {
		const struct scan_progress *p = scan_progress(finder->scan);
		*work = (struct app_work){p->n_done, p->n_files};
	}
	return finder->stage == FINDER_STALE || finder->stage == FINDER_SCANNING;
}

struct str finder_name(const struct finder *finder, struct arena *arena, struct str path)
{
	for (size_t i = 0; i < finder->inputs->n; i++) {
		struct str given = finder->inputs->paths[i];
		size_t slash = given.len;
		if (given.len == 0 || given.p[0] == '/') /* named as it is */
			continue;
		while (slash && given.p[slash - 1] != '/')
			slash--;
		struct str name = str_from(given, slash);
		if (path.len < name.len || !str_eq(str_from(path, path.len - name.len), name))
			continue;
		char *full = realpath(given.p, NULL);
		bool is_same = full && str_is(path, full);
		free(full);
		if (is_same)
			return str_copy(arena, given);
	}
	return str_copy(arena, path);
}

struct index *finder_index(struct finder *finder, struct error *err)
{
	if (open_once(finder, err)) {
		find_again(finder);
		if (index_is_damaged(finder->catalog.index)) /* as an answer was read */
			mend(finder);
		return finder->catalog.index;
	}
	if (err && !err->code)
		error_set(err, ERROR_LIBRARY, N_("there is no index"), NULL);
	return NULL;
}

bool finder_look_up(struct finder *finder, struct arena *arena, struct str text,
		    const struct lookup_opts *opts, struct lookup *out, struct error *err)
{
	*out = (struct lookup){0};
	if (!finder_index(finder, err))
		return false;
	if (finder->catalog.n_paths == 0)
		return error_set(err, ERROR_INPUT,
				 N_("nothing has been indexed yet; sulan import FOLDER, or "
				    ":import in the reader"),
				 NULL);
	if (!lookup_find(finder->catalog.index, arena, text, opts, out, err)) {
		mend(finder);
		if (finder->stage == FINDER_STALE)
			*err = *index_notice(finder->catalog.index);
		return false;
	}
	for (size_t i = 0; i < out->n; i++)
		out->items[i].path = finder_name(finder, arena, out->items[i].path);
	return true;
}

bool finder_census(struct finder *finder, struct triage *triage, struct arena *arena,
		   struct date from, struct date to, struct census *out, struct error *err)
{
	*out = (struct census){0};
	if (!open_once(finder, err) || finder->catalog.n_paths == 0)
		return false;
	if (!census_take(finder->catalog.index, triage, arena, from, to, out, err)) {
		mend(finder);
		if (finder->stage == FINDER_STALE)
			*err = *index_notice(finder->catalog.index);
		return false;
	}
	for (size_t i = 0; i < out->n; i++)
		out->items[i].path = finder_name(finder, arena, out->items[i].path);
	return true;
}

void finder_touch(struct finder *finder)
{
	if (finder->stage == FINDER_FRESH && finder->catalog.index)
		go_stale(finder);
	else
		finder->is_touched = true;
}

bool finder_import(struct finder *finder, const char *path, struct error *err)
{
	if (!finder_index(finder, err) ||
	    !catalog_add(&finder->catalog, finder->world, path, true, err))
		return false;
	finder_touch(finder);
	return true;
}

void finder_close(struct finder *finder)
{
	scan_free(finder->scan);
	if (finder->catalog.index)
		catalog_close(&finder->catalog);
}
