/* What the sections of a configuration take of its lines. */
#ifndef SECTIONS_H
#define SECTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/config.h>
#include <sulan/str.h>

#include "profiles.h"

struct arena;
struct error;

/* The configuration while it is read: its arrays, growing. */
struct sections {
	struct arena *arena;
	struct config *config;
	const char *path; /* for messages */
	struct config_key *keys;
	struct config_keyword *words;
	struct config_group *groups;
	struct config_tag *tags;
	struct config_publication *publications;
	struct config_view *views;
	struct config_host *hosts;
	struct error *warnings;
	size_t cap_keys, cap_words, cap_groups, cap_tags, cap_publications, cap_views, cap_hosts,
		cap_before, cap_after, cap_warnings;
	struct profiles_reader profiles;
};

/* `name = value` of a section, all of them in the arena. */
struct entry {
	struct str section, name, value;
	unsigned line;
};

/* Takes it in; what is wrong with it becomes a warning. */
void sections_take(struct sections *sections, const struct entry *entry);

/* A warning about a line, with the text that the message quotes. */
void sections_warn(struct sections *sections, unsigned line, const char *what, struct str arg);

#endif
