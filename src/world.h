/* What the world around the program says: environment, home, locale. The only reader of the
 * environment. */
#ifndef WORLD_H
#define WORLD_H

#include <stdbool.h>

#include <sulan/config.h>
#include <sulan/date.h>
#include <sulan/error.h>

#include "args.h"

struct arena;
struct words;

struct world {
	struct arena *arena; /* for the whole run */
	const struct args *args;
	const char *config_dir;    /* NULL when there is no home */
	const char *config_path;   /* of the configuration; NULL when there is none */
	const char *data_dir;      /* where state is kept; NULL when nowhere */
	const char *index_path;    /* of the index; ":memory:" when nowhere */
	const char *folders_cache; /* see listings_find; NULL when nowhere */
	const char *state_cache;   /* see journal_opts; NULL when nowhere */
	const struct config *config;
	const struct words *words;      /* NULL for English */
	const char *const *theme_names; /* NULL-terminated */
};

/* Finds out; reads the configuration. False with `err` when a file named on the command line cannot
 * be read or an option of the command line is wrong. */
bool world_open(struct world *world, const struct args *args, struct error *err);
void world_close(struct world *world);

/* A variable of the environment; "" when it is not set. */
const char *world_env(const char *name);

/* The message in the reader's language. */
const char *world_word(const struct world *world, const char *english);

/* "sulan: …" on standard error. */
void world_complain(const struct world *world, const struct error *err);

/* A path of the configuration: "~/" before it is the home. */
const char *world_path(const struct world *world, struct str path);

/* Makes the folders that lead to a file, for the reader's eyes only. */
void world_make_folders(const struct world *world, const char *file);

/* The folder of a publication: its own, or one among our data for a source; NULL when nothing is
 * kept. */
const char *world_publication_dir(const struct world *world,
				  const struct config_publication *publication);

/* The day it is in the local time zone. */
struct date world_today(void);

/* Milliseconds since 1970. */
unsigned long long world_now_ms(void *self);

/* A name for this device that no other has: the host's and some random digits. */
const char *world_device_name(struct arena *arena);

/* Sets LC_CTYPE for a terminal: as the environment says, UTF-8 where it says nothing. */
void world_set_locale(void);
/* Whether the locale of the environment writes UTF-8. */
bool world_is_utf8(void);

#endif
