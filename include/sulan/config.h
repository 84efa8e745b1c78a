/* layer: options
 *
 * The configuration file: INI with the options at the top (or in [options]), and sections: [keys],
 * [keywords], [tags], [views], [open], [sync], [labels], [publication NAME], [profile NAME]. What
 * each may hold is described in sulan(5). What is not understood is a warning with its line, and
 * reading goes on.
 */
#ifndef SULAN_CONFIG_H
#define SULAN_CONFIG_H

#include <stddef.h>

#include <sulan/options.h>
#include <sulan/profile.h>
#include <sulan/str.h>

struct arena;
struct error;

/* One line of [keys]. */
struct config_key {
	struct str keys, command;
	unsigned line;
};

/* A group of [keywords]: `GROUP = word, word|alias|alias, …`, and optionally
 * `GROUP.style = keyword-1..6` and `GROUP.weight = 0..9`. Groups without a style take keyword-1..6
 * in turn; the standard weight is 1. */
struct config_keyword {
	struct str word;  /* what is written and its aliases, one each */
	struct str canon; /* the first of its aliases: what hits are counted under */
	size_t group;
};

struct config_group {
	struct str name;
	int style;  /* 1..6 */
	int weight; /* 0..9 */
};

/* [tags] NAME = keyword-N: what a tag looks like. */
struct config_tag {
	struct str name;
	int style; /* 1..6 */
};

/* Where the issues of a publication come from; see sulan-fetch(1). */
enum config_source { SOURCE_NONE, SOURCE_URL, SOURCE_FEED, SOURCE_GIT, SOURCE_COMMAND };

/* [publication NAME]: `path = DIR`, and at most one of `url =`, `feed =`, `git =`, `command =`. */
struct config_publication {
	struct str name;
	struct str path; /* empty: one of ours, for a source */
	enum config_source source;
	struct str address; /* of the source; the words of a command */
};

/* [views] NAME = FILTER */
struct config_view {
	struct str name, filter;
	unsigned line;
};

/* [sync]: a folder that carries marks between devices, and the commands around that, in their
 * order. {folder} stands for the folder in them; one that begins with "-" may fail. */
struct config_sync {
	struct str folder; /* empty: none */
	const struct str *before, *after;
	size_t n_before, n_after;
};

/* A line of [open]: links to the host, or to one below it, are opened this way (see opener.h); qr
 * and copy are ways too. */
struct config_host {
	struct str host, way;
};

struct config_open {
	struct str command, remote; /* empty: none */
	const struct config_host *hosts;
	size_t n_hosts;
};

struct config {
	struct options options;
	const struct config_key *keys;
	size_t n_keys;
	const struct config_keyword *keywords;
	size_t n_keywords;
	const struct config_group *groups;
	size_t n_groups;
	const struct config_tag *tags;
	size_t n_tags;
	const struct config_publication *publications;
	size_t n_publications;
	const struct config_view *views;
	size_t n_views;
	struct config_sync sync;
	struct config_open open;
	struct profiles profiles; /* [labels] and [profile NAME] */
	const struct error *warnings;
	size_t n_warnings;
};

/* Reads a configuration text over the defaults. Never fails; see warnings. `path` is for messages.
 * Everything is in `arena`. A text without [keywords] gets the groups of the baked sample
 * configuration; an empty [keywords] section turns them off. */
const struct config *config_read(struct arena *arena, struct str text, const char *path);

/* The name of a source in the configuration: "url"; "" for SOURCE_NONE. */
const char *config_source_name(enum config_source source);

/* The style a tag was given, 1..6; 0 when it was given none. */
int config_tag_style(const struct config *config, struct str tag);

/* A view's filter by name; false when there is none. */
bool config_find_view(const struct config *config, struct str name, struct str *filter);

/* The way of the longest host in [open] that is `host` or the end of it behind a dot; empty for
 * none.
 */
struct str config_way_for(const struct config *config, struct str host);

#endif
