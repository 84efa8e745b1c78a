/* From a filter to stories. */
#include "listing.h"

#include <string.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/index.h>
#include <sulan/keywords.h>
#include <sulan/query.h>
#include <sulan/stories.h>
#include <sulan/triage.h>

#include "filter.h"
#include "inputs.h"
#include "setup.h"

static void add(struct listing *l, const struct issue *issue, const struct story *story)
{
	l->stories = arena_more(l->world->arena, l->stories, l->n, &l->cap, sizeof(*l->stories));
	l->stories[l->n++] = (struct out_story){issue, story};
}

static void take_files(struct listing *l, const struct keywords *keywords)
{
	struct inputs inputs;
	inputs_find(&inputs, l->world);
	l->issues = inputs_read_all(&inputs, l->world, false, &l->n_issues);
	l->status = inputs.is_bad ? EXIT_INPUT : EXIT_DONE;
	state_pair(&l->state, l->issues, l->n_issues);
	for (size_t i = 0; i < l->n_issues; i++) {
		for (size_t s = 0; s < l->issues[i]->n_stories; s++) {
			const struct story *story = &l->issues[i]->stories[s];
			struct story_state marks = triage_state(l->state.triage, story->id);
			if ((!marks.is_dismissed || query_names_dismissed(l->query)) &&
			    query_matches(l->query, l->issues[i], story, marks, keywords))
				add(l, l->issues[i], story);
		}
	}
}

/* From their files, where their texts are. */
static void take_whole(struct listing *l, const uint32_t *rows, size_t n)
{
	for (size_t i = 0; i < n; i++)
		wholes_add(&l->wholes, l->world, stories_issue(l->stubs, rows[i])->path,
			   stories_all(l->stubs)->stories[rows[i]].id);
	l->stories = l->wholes.stories;
	l->n = l->wholes.n;
	l->status = l->wholes.is_bad ? EXIT_INPUT : EXIT_DONE;
}

static bool take_stories(struct listing *l, const struct keywords *keywords, bool is_whole,
			 struct error *err)
{
	uint32_t *rows;
	size_t n, n_paired;
	l->stubs = stories_read(l->catalog.index, err);
	if (!l->stubs)
		return false;
	if (l->state.journal)
		stories_pair(l->stubs, l->state.triage, &n_paired, NULL);
	if (!stories_filter(l->stubs, l->catalog.index, l->world->arena, l->query, l->state.triage,
			    keywords, &rows, &n, err))
		return false;
	for (size_t i = 0; !is_whole && i < n; i++)
		add(l, stories_issue(l->stubs, rows[i]), &stories_all(l->stubs)->stories[rows[i]]);
	if (is_whole)
		take_whole(l, rows, n);
	return true;
}

static void take_library(struct listing *l, const struct keywords *keywords, bool is_whole)
{
	struct error err = {0};
	bool ok = catalog_open(&l->catalog, l->world, &err);
	if (ok && !catalog_refresh(&l->catalog, l->world, CATALOG_FULLY, &err)) {
		world_complain(l->world, &err);
		err = (struct error){0};
	}
	if (ok && take_stories(l, keywords, is_whole, &err))
		return;
	world_complain(l->world, &err);
	l->status = EXIT_LIBRARY;
}

/* A file among the words of the filter was most likely meant to be read. */
static void complain_of_files(const struct world *world)
{
	struct error err;
	for (int i = 0; i < world->args->n_filters; i++) {
		if (access(world->args->filters[i], F_OK) != 0)
			continue;
		error_set(&err, ERROR_USAGE,
			  N_("“%s” is taken for a word to look for; files come behind --"),
			  world->args->filters[i]);
		world_complain(world, &err);
	}
}

bool listing_open(struct listing *l, const struct world *world, const char *standard, bool is_whole,
		  struct out_opts *opts)
{
	struct error err;
	*l = (struct listing){.world = world, .query = filter_read(world, standard)};
	if (!l->query)
		return false;
	struct keywords *keywords = setup_keywords(world);
	state_open(&l->state, world, &err);
	if (err.code) /* the rest holds */
		world_complain(world, &err);
	opts->state = state_of_story;
	opts->state_self = &l->state;
	if (catalog_is_meant(world))
		take_library(l, keywords, is_whole);
	else
		take_files(l, keywords);
	if (l->n == 0)
		complain_of_files(world);
	keywords_free(keywords);
	return true;
}

int listing_close(struct listing *l)
{
	for (size_t i = 0; i < l->n_issues; i++)
		issue_free(l->issues[i]);
	wholes_free(&l->wholes);
	stories_free(l->stubs);
	catalog_close(&l->catalog);
	state_close(&l->state, false);
	return l->status != EXIT_DONE ? (int)l->status : l->n ? EXIT_DONE : EXIT_NOTHING;
}

enum out_list_format listing_format(const struct world *world, enum out_list_format standard)
{
	static const char *const names[] = {[OUT_LIST_TABLE] = "table",
					    [OUT_LIST_TSV] = "tsv",
					    [OUT_LIST_JSON] = "json",
					    [OUT_LIST_MARKDOWN] = "md"};
	for (size_t i = 0; world->args->format && i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(world->args->format, names[i]) == 0)
			return (enum out_list_format)i;
	return standard;
}
