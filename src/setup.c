/* Keymap, watchlist and theme from the configuration, and what is wrong in it. */
#include "setup.h"
#include "filter.h"
#include "looks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/words.h>

/* The nth of the configuration's own keys. False with `err`, which says where it stands. */
static bool bind_key(const struct world *world, struct keymap *keymap, size_t nth,
		     struct error *err)
{
	const struct config_key *key = &world->config->keys[nth];
	return keymap_bind(keymap, key->keys, key->command, err) ||
	       error_at(err, world->config_path, key->line);
}

struct keymap *setup_keymap(const struct world *world)
{
	struct keymap *keymap = keymap_new();
	for (size_t i = 0; i < world->config->n_keys; i++)
		bind_key(world, keymap, i, NULL);
	return keymap;
}

/* Faults of lines, as they are found. */
struct finds {
	const struct world *world;
	struct error *items;
	size_t n, cap;
};

static void add_fault(struct finds *f, const struct error *err)
{
	f->items = arena_more(f->world->arena, f->items, f->n, &f->cap, sizeof(*f->items));
	f->items[f->n++] = *err;
}

static void try_keys(struct finds *f)
{
	const struct config *config = f->world->config;
	struct keymap *keymap = config->n_keys ? keymap_new() : NULL;
	struct error err = {0};
	for (size_t i = 0; i < config->n_keys; i++)
		if (!bind_key(f->world, keymap, i, &err))
			add_fault(f, &err);
	keymap_free(keymap);
}

static void try_views(struct finds *f)
{
	const struct config *config = f->world->config;
	for (size_t i = 0; i < config->n_views; i++) {
		struct error err = {0};
		if (filter_parse(f->world, config->views[i].filter, &err))
			continue;
		error_at(&err, f->world->config_path, config->views[i].line);
		add_fault(f, &err);
	}
}

static int by_line(const void *a, const void *b)
{
	unsigned x = ((const struct error *)a)->line, y = ((const struct error *)b)->line;
	return (x > y) - (x < y);
}

size_t setup_faults(const struct world *world, const struct error **out)
{
	struct finds f = {.world = world};
	for (size_t i = 0; i < world->config->n_warnings; i++)
		add_fault(&f, &world->config->warnings[i]);
	try_keys(&f);
	try_views(&f);
	if (f.n)
		qsort(f.items, f.n, sizeof(*f.items), by_line);
	*out = f.items;
	return f.n;
}

void setup_complain(const struct world *world)
{
	const struct error *faults;
	size_t n = setup_faults(world, &faults);
	for (size_t i = 0; i < n; i++)
		world_complain(world, &faults[i]);
}

const char *setup_faults_line(const struct world *world, const struct words *words)
{
	const struct error *faults;
	char text[sizeof(faults->file) + sizeof(faults->arg)];
	size_t n = setup_faults(world, &faults);
	if (n == 0)
		return NULL;
	/* Without its folders: the line is short, and which file is meant is plain. */
	struct error first = faults[0];
	const char *slash = strrchr(faults[0].file, '/');
	snprintf(first.file, sizeof(first.file), "%s", slash ? slash + 1 : faults[0].file);
	error_text(&first, words_get(words, first.what), text, sizeof(text));
	if (n == 1)
		return arena_printf(world->arena, "%s", text);
	return arena_printf(world->arena,
			    words_get(words, N_("%zu lines not understood (sulan doctor): %s")), n,
			    text);
}

size_t setup_watchlist(const struct world *world, struct keyword **out)
{
	const struct config *config = world->config;
	struct keyword *words =
		arena_alloc(world->arena, (config->n_keywords + 1) * sizeof(*words));
	for (size_t i = 0; i < config->n_keywords; i++) {
		const struct config_keyword *word = &config->keywords[i];
		const struct config_group *group = &config->groups[word->group];
		words[i] = (struct keyword){word->word, word->canon, group->style, group->weight};
	}
	*out = words;
	return config->n_keywords;
}

struct keywords *setup_keywords(const struct world *world)
{
	struct keyword *words;
	if (!world->config->options.highlight)
		return NULL;
	size_t n = setup_watchlist(world, &words);
	return keywords_new(words, n);
}

bool setup_theme(const struct world *world, struct theme *out, struct error *err)
{
	const char *name = world->args->theme ? world->args->theme : world->config->options.theme;
	if (looks_theme(world, name, out, err))
		return true;
	looks_theme(world, "auto", out, NULL);
	return false;
}

static int output_cols(const struct world *world)
{
	struct winsize size;
	if (world->args->width)
		return world->args->width;
	if (isatty(1) && ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return 80;
}

static const char *word(const void *self, const char *english)
{
	return world_word(self, english);
}

struct out_opts setup_out(const struct world *world)
{
	const struct options *options = &world->config->options;
	return (struct out_opts){
		.page =
			{
				.cols = (uint16_t)output_cols(world),
				/* A width that is asked for is the measure. */
				.measure = (uint16_t)(world->args->width ? 0 : options->measure),
				.wrap = {.policy = looks_policy(world),
					 .level = (enum wrap_level)options->kinsoku,
					 .hangs = options->hanging},
				.is_spaced = options->spacing,
				.source_label = str_of(world_word(world, N_("Sources"))),
			},
		.word = word,
		.word_self = world,
	};
}
