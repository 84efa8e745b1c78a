/* sulan trend: how much the library has about some words, day by day. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/index.h>
#include <sulan/out.h>
#include <sulan/trend.h>

#include "catalog.h"
#include "modes.h"
#include "setup.h"

#define WATCH_SPANS 12 /* of the watchlist, up to the latest issue */

struct asked {
	struct trend_word *words;
	size_t n;
	bool is_watchlist;
	enum trend_by by;
	bool has_by;
};

/* Each word of the command line is one to count; without any, those of the watchlist are. */
static struct asked ask(const struct world *world)
{
	static const char *const names[] = {
		[TREND_DAY] = "day", [TREND_WEEK] = "week", [TREND_MONTH] = "month"};
	const struct args *args = world->args;
	struct asked asked = {.is_watchlist = args->n_filters == 0, .by = TREND_WEEK};
	for (int i = 0; args->by && i < 3; i++)
		if (strcmp(args->by, names[i]) == 0) {
			asked.by = (enum trend_by)i;
			asked.has_by = true;
		}
	if (asked.is_watchlist) {
		struct keyword *keywords;
		size_t n = setup_watchlist(world, &keywords);
		asked.n = trend_of_keywords(world->arena, keywords, n, &asked.words);
		return asked;
	}
	asked.n = (size_t)args->n_filters;
	asked.words = arena_alloc(world->arena, asked.n * sizeof(*asked.words));
	struct str *spellings = arena_alloc(world->arena, asked.n * sizeof(*spellings));
	for (size_t i = 0; i < asked.n; i++) {
		spellings[i] = str_of(args->filters[i]);
		asked.words[i] = (struct trend_word){spellings[i], &spellings[i], 1};
	}
	return asked;
}

static bool take(const struct world *world, struct index *index, const struct asked *asked,
		 struct trend *out, struct error *err)
{
	const struct trend_asked trend = {.words = asked->words,
					  .n_words = asked->n,
					  .n_spans = asked->is_watchlist ? WATCH_SPANS : 0,
					  .by = asked->by};
	return trend_take(index, world->arena, &trend, out, err);
}

static bool has_hits(const struct trend *days)
{
	size_t sum = 0;
	for (size_t i = 0; i < days->n_words && sum == 0; i++)
		trend_peak(days, i, &sum);
	return sum > 0;
}

static void put(const struct world *world, const struct asked *asked, const struct trend *days)
{
	const char *format = world->args->format ? world->args->format : "table";
	struct out_opts opts = setup_out(world);
	struct out_trend trend = {.words = asked->words, .days = days, .by = asked->by};
	const struct text_policy *policy = &opts.page.wrap.policy;
	trend.is_ascii = policy->ambiguous == 2 || policy->is_ascii || !world_is_utf8();
	if (!asked->has_by && !asked->is_watchlist)
		trend.by = trend_fit(days, opts.page.cols > 8 ? opts.page.cols - 8 : 1);
	struct str text = out_trend(strcmp(format, "tsv") == 0    ? OUT_LIST_TSV
				    : strcmp(format, "json") == 0 ? OUT_LIST_JSON
								  : OUT_LIST_TABLE,
				    world->arena, &trend, &opts);
	fwrite(text.p, 1, text.len, stdout);
}

static bool count(const struct world *world, struct catalog *catalog, const struct asked *asked,
		  struct trend *days, struct error *err)
{
	struct catalog_news news;
	if (take(world, catalog->index, asked, days, err))
		return true;
	if (!index_is_damaged(catalog->index) || !index_renew(catalog->index, err))
		return false;
	world_complain(world, index_notice(catalog->index));
	return catalog_update(catalog, world, &news, err) &&
	       take(world, catalog->index, asked, days, err);
}

int mode_trend(const struct world *world)
{
	struct catalog catalog = {0};
	struct error err = {0};
	struct trend days = {0};
	struct asked asked = ask(world);
	if (!catalog_open_fresh(&catalog, world, CATALOG_FULLY, &err)) {
		world_complain(world, &err);
		return EXIT_LIBRARY;
	}
	bool ok = count(world, &catalog, &asked, &days, &err);
	if (!ok)
		world_complain(world, &err);
	if (ok && asked.is_watchlist)
		asked.n = trend_sort(asked.words, &days);
	bool is_any = ok && has_hits(&days);
	if (is_any || (ok && world->args->format && strcmp(world->args->format, "json") == 0))
		put(world, &asked, &days);
	if (ok && days.n_undated && isatty(2)) {
		error_set(&err, ERROR_INPUT, N_("%s stories have no date and are not counted"),
			  arena_printf(world->arena, "%zu", days.n_undated));
		world_complain(world, &err);
	}
	catalog_close(&catalog);
	return !ok ? EXIT_LIBRARY : is_any ? EXIT_DONE : EXIT_NOTHING;
}
