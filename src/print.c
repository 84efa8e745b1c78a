/* sulan print, list, export, check: issues to standard output. */
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
#include "save.h"
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

/* The filter's words as one text, for the parser; without words, `standard`. */
static const struct query *list_query(const struct world *world, const char *standard,
				      struct error *err)
{
	struct strbuf text = strbuf_make(world->arena);
	for (int i = 0; i < world->args->n_filters; i++) {
		if (i)
			strbuf_putc(&text, ' ');
		strbuf_puts(&text, world->args->filters[i]);
	}
	if (world->args->n_filters == 0)
		strbuf_puts(&text, standard);
	const struct query_views views = {world->config, find_view};
	return query_parse_with(world->arena, strbuf_str(&text), &views, err);
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

/* Stories that a filter lets through, newest issue first, and what they live in. */
struct listing {
	const struct query *query;
	struct out_story *stories;
	size_t n, cap;
	const struct issue **issues;
	size_t n_issues;
	struct state state;
	bool is_bad; /* an input could not be read */
};

static void add_stories(struct listing *l, const struct world *world, const struct issue *issue,
			const struct keywords *keywords)
{
	for (size_t s = 0; s < issue->n_stories; s++) {
		const struct story *story = &issue->stories[s];
		struct story_state marks = triage_state(l->state.triage, story->id);
		if ((marks.is_dismissed && !query_names_dismissed(l->query)) ||
		    !query_matches(l->query, issue, story, marks, keywords))
			continue;
		l->stories =
			arena_more(world->arena, l->stories, l->n, &l->cap, sizeof(*l->stories));
		l->stories[l->n++] = (struct out_story){issue, story};
	}
}

/* False when the filter cannot be understood; what is wrong is said. */
static bool listing_open(struct listing *l, const struct world *world, const char *standard,
			 struct out_opts *opts)
{
	struct inputs inputs;
	struct error err = {0};
	*l = (struct listing){.query = list_query(world, standard, &err)};
	if (!l->query) {
		world_complain(world, &err);
		return false;
	}
	struct keywords *keywords = setup_keywords(world);
	open_state(&l->state, world, opts);
	inputs_find(&inputs, world);
	l->issues = inputs_read_all(&inputs, world, false, &l->n_issues);
	l->is_bad = inputs.is_bad;
	pair_state(&l->state, l->issues, l->n_issues);
	for (size_t i = 0; i < l->n_issues; i++)
		add_stories(l, world, l->issues[i], keywords);
	if (l->n == 0)
		complain_of_files(world);
	keywords_free(keywords);
	return true;
}

static int listing_close(struct listing *l)
{
	free_issues(l->issues, l->n_issues);
	state_close(&l->state, false);
	return l->is_bad ? EXIT_INPUT : l->n ? EXIT_DONE : EXIT_NOTHING;
}

static enum out_list_format list_format(const struct world *world, enum out_list_format standard)
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

int mode_list(const struct world *world)
{
	struct listing l;
	struct out_opts opts = setup_out(world);
	enum out_list_format format = list_format(world, OUT_LIST_TABLE);
	opts.has_state = world->args->has_state;
	if (!listing_open(&l, world, "", &opts))
		return EXIT_USAGE;
	if (l.n || format == OUT_LIST_JSON)
		put(out_list(format, world->arena, l.stories, l.n, &opts));
	return listing_close(&l);
}

/* To where the command line says. */
static int put_export(const struct world *world, struct str text)
{
	const struct args *args = world->args;
	struct error err = {0};
	if (!args->output || strcmp(args->output, "-") == 0) {
		put(text);
		return EXIT_DONE;
	}
	if (save_file(args->output, text, args->is_forced, &err))
		return EXIT_DONE;
	world_complain(world, &err);
	return err.code == ERROR_USAGE ? EXIT_USAGE : EXIT_INPUT;
}

int mode_export(const struct world *world)
{
	struct listing l;
	struct out_opts opts = setup_out(world);
	struct error err;
	enum out_list_format format = list_format(world, OUT_LIST_MARKDOWN);
	int put_status = EXIT_DONE;
	opts.has_state = true;
	opts.is_whole = world->args->is_whole;
	if (!listing_open(&l, world, "star", &opts))
		return EXIT_USAGE;
	if (l.n || (format == OUT_LIST_JSON && !world->args->output))
		put_status =
			put_export(world, out_list(format, world->arena, l.stories, l.n, &opts));
	if (l.n == 0) {
		error_set(&err, ERROR_USAGE,
			  world->args->n_filters ? N_("no story is let through by the filter")
						 : N_("no story is starred"),
			  NULL);
		world_complain(world, &err);
	}
	int status = listing_close(&l);
	return put_status == EXIT_DONE ? status : put_status;
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
