/* Keymap, watchlist and theme from the configuration. */
#include "setup.h"

#include <sulan/arena.h>

struct keymap *setup_keymap(const struct world *world)
{
	struct keymap *keymap = keymap_new();
	for (size_t i = 0; i < world->config->n_keys; i++) {
		const struct config_key *key = &world->config->keys[i];
		struct error err = {0};
		if (!keymap_bind(keymap, key->keys, key->command, &err)) {
			error_at(&err, "config.ini", key->line);
			world_complain(world, &err);
		}
	}
	return keymap;
}

struct keywords *setup_keywords(const struct world *world)
{
	const struct config *config = world->config;
	if (!config->options.highlight)
		return NULL;
	struct keyword *words =
		arena_alloc(world->arena, (config->n_keywords + 1) * sizeof(*words));
	for (size_t i = 0; i < config->n_keywords; i++) {
		const struct config_keyword *word = &config->keywords[i];
		const struct config_group *group = &config->groups[word->group];
		words[i] = (struct keyword){word->word, word->canon, group->style, group->weight};
	}
	return keywords_new(words, config->n_keywords);
}

bool setup_theme(const struct world *world, struct theme *out, struct error *err)
{
	const char *name = world->args->theme ? world->args->theme : world->config->options.theme;
	if (world_theme(world, name, out, err))
		return true;
	world_theme(world, "auto", out, NULL);
	return false;
}
