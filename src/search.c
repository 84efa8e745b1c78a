/* sulan search and related: the whole library by words, or by a story that others go with. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/index.h>
#include <sulan/lookup.h>
#include <sulan/out.h>
#include <sulan/related.h>
#include <sulan/triage.h>

#include "catalog.h"
#include "looks.h"
#include "modes.h"
#include "setup.h"
#include "state.h"
#include "wholes.h"

#define CONTEXT_BYTES 240
#define RELATED_MAX   20

/* Words of a shell are words of the search; one with blanks in it stands together. */
static struct str joined(const struct world *world)
{
	const struct args *args = world->args;
	struct strbuf text = strbuf_make(world->arena);
	for (int i = 0; i < args->n_filters; i++) {
		bool is_phrase = args->n_filters > 1 && strchr(args->filters[i], ' ') &&
				 !strchr(args->filters[i], '"');
		strbuf_printf(&text, is_phrase ? "%s\"%s\"" : "%s%s", i ? " " : "",
			      args->filters[i]);
	}
	return strbuf_str(&text);
}

/* The stories themselves, from their files: JSON is the same document as everywhere. */
static void put_json(const struct world *world, const struct lookup *lookup,
		     const struct out_opts *plain)
{
	struct out_opts opts = *plain;
	struct state state;
	struct error err;
	struct wholes wholes = {0};
	state_open(&state, world, &err);
	opts.state = state_of_story;
	opts.state_self = &state;
	for (size_t i = 0; i < lookup->n; i++)
		wholes_add(&wholes, world, lookup->items[i].path, lookup->items[i].id);
	struct str text = out_list(OUT_LIST_JSON, world->arena, wholes.stories, wholes.n, &opts);
	fwrite(text.p, 1, text.len, stdout);
	wholes_free(&wholes);
	state_close(&state, false);
}

static void put_found(const struct world *world, const struct lookup *lookup)
{
	const char *format = world->args->format ? world->args->format : "table";
	struct out_opts opts = setup_out(world);
	struct theme theme;
	if (strcmp(format, "json") == 0) {
		put_json(world, lookup, &opts);
		return;
	}
	bool is_auto;
	opts.depth = looks_depth(world, &is_auto);
	if (isatty(1) && opts.depth != DEPTH_MONO && setup_theme(world, &theme, NULL))
		opts.theme = &theme;
	if (is_auto && opts.depth == DEPTH_TRUE)
		opts.depth = DEPTH_256;
	struct str text = out_found(strcmp(format, "table") == 0, world->arena, lookup, &opts);
	fwrite(text.p, 1, text.len, stdout);
}

/* What pinyin was taken for, as an input method shows it. */
static void say_words(const struct world *world, const struct lookup *lookup)
{
	struct str query = joined(world);
	struct strbuf line = strbuf_make(world->arena);
	if (lookup->n_words == 0 || !isatty(2))
		return;
	for (size_t i = 0; i < lookup->n_words; i++)
		strbuf_printf(&line, " %zu %.*s", i + 1, (int)lookup->words[i].len,
			      lookup->words[i].p);
	fprintf(stderr, "%.*s:%s\n", (int)query.len, query.p, strbuf_str(&line).p);
}

/* What is asked of the index, in a form that can be asked again when that was damaged. */
typedef bool asking(const struct world *world, struct index *index, struct lookup *out,
		    struct error *err);

static bool ask_words(const struct world *world, struct index *index, struct lookup *out,
		      struct error *err)
{
	struct lookup_opts opts = {.context_bytes = CONTEXT_BYTES,
				   .is_ranked = world->args->is_ranked};
	return lookup_find(index, world->arena, joined(world), &opts, out, err);
}

static bool ask_related(const struct world *world, struct index *index, struct lookup *out,
			struct error *err)
{
	return related_find(index, world->arena, str_of(world->args->filters[0]), RELATED_MAX, out,
			    err);
}

static bool find(const struct world *world, struct catalog *catalog, asking *ask,
		 struct lookup *lookup, struct error *err)
{
	struct catalog_news news;
	if (ask(world, catalog->index, lookup, err))
		return true;
	if (!index_is_damaged(catalog->index) || !index_renew(catalog->index, err))
		return false;
	world_complain(world, index_notice(catalog->index));
	return catalog_update(catalog, world, &news, err) &&
	       ask(world, catalog->index, lookup, err);
}

static bool names_edited(const struct world *world, const struct catalog *catalog,
			 const struct lookup *lookup)
{
	struct str *files = arena_alloc(world->arena, (lookup->n + 1) * sizeof(*files));
	size_t n = 0;
	for (size_t i = 0; i < lookup->n; i++)
		if (n == 0 || !str_eq(files[n - 1], lookup->items[i].path))
			files[n++] = lookup->items[i].path;
	return index_is_edited(catalog->index, files, n);
}

/* Looking at all files would take as long as the search: those of the answer are looked at, and
 * when one has been edited it is asked for again. */
static bool find_fresh(const struct world *world, struct catalog *catalog, asking *ask,
		       struct lookup *lookup, struct error *err)
{
	struct catalog_news news;
	struct error bad = {0};
	if (!find(world, catalog, ask, lookup, err))
		return false;
	if (catalog->is_old || !names_edited(world, catalog, lookup))
		return true;
	if (catalog_update(catalog, world, &news, &bad))
		return find(world, catalog, ask, lookup, err);
	world_complain(world, &bad);
	return true;
}

static int run(const struct world *world, asking *ask)
{
	struct catalog catalog = {0};
	struct error err = {0};
	struct lookup lookup = {0};
	if (!catalog_open_fresh(&catalog, world, CATALOG_NEWEST, &err)) {
		world_complain(world, &err);
		return EXIT_LIBRARY;
	}
	bool ok = find_fresh(world, &catalog, ask, &lookup, &err);
	if (!ok)
		world_complain(world, &err);
	say_words(world, &lookup);
	if (lookup.n || (world->args->format && strcmp(world->args->format, "json") == 0))
		put_found(world, &lookup);
	catalog_close(&catalog);
	return !ok ? EXIT_LIBRARY : lookup.n ? EXIT_DONE : EXIT_NOTHING;
}

int mode_search(const struct world *world)
{
	return run(world, ask_words);
}

int mode_related(const struct world *world)
{
	return run(world, ask_related);
}
