/* Keymap, watchlist and theme from the configuration. */
#include "setup.h"
#include "looks.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <sulan/arena.h>

bool setup_key(const struct world *world, struct keymap *keymap, size_t nth, struct error *err)
{
	const struct config_key *key = &world->config->keys[nth];
	return keymap_bind(keymap, key->keys, key->command, err) ||
	       error_at(err, world->config_path, key->line);
}

struct keymap *setup_keymap(const struct world *world)
{
	struct keymap *keymap = keymap_new();
	struct error err = {0};
	for (size_t i = 0; i < world->config->n_keys; i++)
		if (!setup_key(world, keymap, i, &err))
			world_complain(world, &err);
	return keymap;
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
