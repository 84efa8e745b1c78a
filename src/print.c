/* sulan print, list, check: issues to standard output. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/identity.h>
#include <sulan/out.h>
#include <sulan/query.h>
#include <sulan/triage.h>

#include "inputs.h"
#include "modes.h"
#include "setup.h"
#include "state.h"

static enum out_format print_format(const struct world *world, bool *is_colored)
{
	static const char *const names[] = {"text", "ansi", "markdown", "html", "json"};
	bool is_auto;
	enum color_depth depth = world_depth(world, &is_auto);
	*is_colored = isatty(1) && depth != DEPTH_MONO;
	if (!world->args->format)
		return *is_colored ? OUT_ANSI : OUT_TEXT;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(world->args->format, names[i]) == 0)
			return (enum out_format)i;
	return OUT_TEXT;
}

static void put(struct str text)
{
	fwrite(text.p, 1, text.len, stdout);
}

static void put_piece(void *self, struct str piece)
{
	(void)self;
	put(piece);
}

static void free_issues(const struct issue **issues, size_t n)
{
	for (size_t i = 0; i < n; i++)
		issue_free(issues[i]);
}

static struct story_state story_state(const void *self, struct str id)
{
	return triage_state(self, id);
}

/* With what is known of stories; what is wrong with the journals is said, and the rest holds. */
static void open_state(struct state *state, const struct world *world, struct out_opts *opts)
{
	struct error err;
	state_open(state, world, &err);
	if (err.code)
		world_complain(world, &err);
	opts->state = story_state;
	opts->state_self = state->triage;
}

/* State of stories that have been edited since goes to what they have become; where that cannot be
 * written down it is found again the next time. */
static void pair_state(const struct state *state, const struct issue *const *issues, size_t n)
{
	size_t n_paired;
	for (size_t i = 0; state->journal && i < n; i++)
		if (!identity_pair(state->triage, issues[i], &n_paired, NULL))
			break;
}

int mode_print(const struct world *world)
{
	struct inputs inputs;
	struct error err = {0};
	bool is_colored;
	size_t n;
	struct theme theme;
	struct out_opts opts = setup_out(world);
	struct state state = {0};
	enum out_format format = print_format(world, &is_colored);
	if (format == OUT_JSON)
		open_state(&state, world, &opts);
	inputs_find(&inputs, world);
	const struct issue **issues = inputs_read_all(&inputs, world, true, &n);
	struct keywords *keywords = NULL;
	if (format == OUT_ANSI) {
		bool is_auto;
		opts.depth = world_depth(world, &is_auto);
		if (is_auto && opts.depth == DEPTH_TRUE &&
		    !strstr(world_term_opts(world).colorterm, "truecolor"))
			opts.depth = DEPTH_256;
		if (!setup_theme(world, &theme, &err))
			world_complain(world, &err);
		opts.theme = &theme;
		opts.keywords = keywords = setup_keywords(world);
		opts.hyperlinks = isatty(1);
	}
	if (state.triage)
		pair_state(&state, issues, n);
	opts.sink = put_piece;
	if (n)
		put(out_issue(format, world->arena, issues, n, &opts));
	keywords_free(keywords);
	free_issues(issues, n);
	state_close(&state, false);
	return inputs.is_bad ? EXIT_INPUT : EXIT_DONE;
}

static bool find_view(const void *self, struct str name, struct str *filter)
{
	return config_find_view(self, name, filter);
}

/* The filter's words as one text, for the parser. */
static const struct query *list_query(const struct world *world, struct error *err)
{
	struct strbuf text = strbuf_make(world->arena);
	for (int i = 0; i < world->args->n_filters; i++) {
		if (i)
			strbuf_putc(&text, ' ');
		strbuf_puts(&text, world->args->filters[i]);
	}
	const struct query_views views = {world->config, find_view};
	return query_parse_with(world->arena, strbuf_str(&text), &views, err);
}

static enum out_list_format list_format(const struct world *world)
{
	const char *format = world->args->format ? world->args->format : "table";
	return strcmp(format, "tsv") == 0    ? OUT_LIST_TSV
	       : strcmp(format, "json") == 0 ? OUT_LIST_JSON
					     : OUT_LIST_TABLE;
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

int mode_list(const struct world *world)
{
	struct inputs inputs;
	struct error err = {0};
	struct out_story *stories = NULL;
	size_t n_issues, n = 0, cap = 0;
	const struct query *query = list_query(world, &err);
	if (!query) {
		world_complain(world, &err);
		return EXIT_USAGE;
	}
	struct out_opts opts = setup_out(world);
	struct keywords *keywords = setup_keywords(world);
	struct state state;
	open_state(&state, world, &opts);
	opts.has_state = world->args->has_state;
	inputs_find(&inputs, world);
	const struct issue **issues = inputs_read_all(&inputs, world, false, &n_issues);
	pair_state(&state, issues, n_issues);
	for (size_t i = 0; i < n_issues; i++) {
		for (size_t s = 0; s < issues[i]->n_stories; s++) {
			const struct story *story = &issues[i]->stories[s];
			struct story_state marks = triage_state(state.triage, story->id);
			if ((marks.is_dismissed && !query_names_dismissed(query)) ||
			    !query_matches(query, issues[i], story, marks, keywords))
				continue;
			stories = arena_more(world->arena, stories, n, &cap, sizeof(*stories));
			stories[n++] = (struct out_story){issues[i], story};
		}
	}
	if (n || list_format(world) == OUT_LIST_JSON)
		put(out_list(list_format(world), world->arena, stories, n, &opts));
	if (n == 0)
		complain_of_files(world);
	keywords_free(keywords);
	free_issues(issues, n_issues);
	state_close(&state, false);
	return inputs.is_bad ? EXIT_INPUT : n ? EXIT_DONE : EXIT_NOTHING;
}

int mode_check(const struct world *world)
{
	struct inputs inputs;
	struct out_opts opts = setup_out(world);
	inputs_find(&inputs, world);
	for (size_t i = 0; i < inputs.n; i++) {
		const struct issue *issue = inputs_read(&inputs, world, i);
		if (!issue)
			continue;
		put(out_check(world->arena, issue, &opts));
		issue_free(issue);
	}
	return inputs.is_bad ? EXIT_INPUT : EXIT_DONE;
}
