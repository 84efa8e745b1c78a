/* sulan print, check: issues to standard output. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/out.h>

#include "inputs.h"
#include "looks.h"
#include "modes.h"
#include "setup.h"
#include "state.h"

static enum out_format print_format(const struct world *world, bool *is_colored)
{
	static const char *const names[] = {"text", "ansi", "markdown", "html", "json"};
	bool is_auto;
	enum color_depth depth = looks_depth(world, &is_auto);
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

/* With what is known of stories; what is wrong with the journals is said, and the rest holds. */
static void open_state(struct state *state, const struct world *world, struct out_opts *opts)
{
	struct error err;
	state_open(state, world, &err);
	if (err.code)
		world_complain(world, &err);
	opts->state = state_of_story;
	opts->state_self = state;
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
		opts.depth = looks_depth(world, &is_auto);
		if (is_auto && opts.depth == DEPTH_TRUE &&
		    !strstr(looks_term_opts(world).colorterm, "truecolor"))
			opts.depth = DEPTH_256;
		if (!setup_theme(world, &theme, &err))
			world_complain(world, &err);
		opts.theme = &theme;
		opts.keywords = keywords = setup_keywords(world);
		opts.hyperlinks = isatty(1);
	}
	state_pair(&state, issues, n);
	opts.sink = put_piece;
	if (n)
		put(out_issue(format, world->arena, issues, n, &opts));
	keywords_free(keywords);
	free_issues(issues, n);
	state_close(&state, false);
	return inputs.is_bad ? EXIT_INPUT : EXIT_DONE;
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
