/* sulan keys, options, themes: the tables in effect, a line each, columns separated by tabs. */
#include <stdio.h>

#include <sulan/command.h>
#include <sulan/keymap.h>
#include <sulan/options.h>
#include <sulan/role.h>
#include <sulan/words.h>

#include "modes.h"
#include "looks.h"
#include "setup.h"

int mode_keys(const struct world *world)
{
	struct keymap *keymap = setup_keymap(world);
	struct binding binding;
	for (size_t i = 0; keymap_at(keymap, i, &binding); i++) {
		struct str arg;
		const struct command *command = command_find(str_of(binding.command), &arg, NULL);
		printf("%s\t%s\t%s\t%s\n", scope_name(binding.scope), binding.keys, binding.command,
		       command ? world_word(world, command->help) : "");
	}
	/* Commands without a key are for the ":" line. */
	for (size_t i = 0; i < command_count; i++) {
		bool is_bound = false;
		for (size_t k = 0; keymap_at(keymap, k, &binding); k++)
			is_bound |= str_starts(str_of(binding.command), command_table[i].name);
		if (!is_bound)
			printf("-\t-\t%s\t%s\n", command_table[i].name,
			       world_word(world, command_table[i].help));
	}
	keymap_free(keymap);
	return EXIT_DONE;
}

int mode_options(const struct world *world)
{
	static const char *const types[] = {"yes|no", "number", "choice", "text"};
	char value[300];
	for (size_t i = 0; i < option_count; i++) {
		const struct option *option = &option_table[i];
		printf("%s\t", option->name);
		if (option->type == OPTION_CHOICE)
			for (size_t c = 0; option->choices[c]; c++)
				printf("%s%s", c ? "|" : "", option->choices[c]);
		else if (option->type == OPTION_INT)
			printf("%ld..%ld", option->lo, option->hi);
		else
			printf("%s", types[option->type]);
		printf("\t%s\t%s\t%s\n",
		       options_show(&world->config->options, option, value, sizeof(value)),
		       option->standard, world_word(world, option->help));
	}
	return EXIT_DONE;
}

int mode_themes(const struct world *world)
{
	if (world->args->has_roles) {
		for (enum role role = 0; role < ROLE_COUNT; role++)
			printf("%s\t%s\n", role_name(role), world_word(world, role_help(role)));
		return EXIT_DONE;
	}
	for (const char *const *name = world->theme_names; *name; name++) {
		struct theme theme;
		if (looks_theme(world, *name, &theme, NULL))
			printf("%s\t%s\n", *name, theme.is_light ? "light" : "dark");
	}
	return EXIT_DONE;
}
