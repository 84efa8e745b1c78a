/* layer: ui
 *
 * The reader: one mutable root, one loop. It sees the world only through its port.
 */
#ifndef SULAN_APP_H
#define SULAN_APP_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/date.h>
#include <sulan/glyph.h>
#include <sulan/str.h>

struct app;
struct arena;
struct census;
struct config;
struct error;
struct index;
struct issue;
struct keymap;
struct lookup;
struct lookup_opts;
struct port;
struct theme;
struct triage;
struct words;

/* A publication that is delivered, as it is now. */
struct app_source {
	struct str name;
	bool is_running;
	size_t n_done, n_total;  /* of the delivery going on; a total of 0: unknown */
	size_t n_new;            /* issues of the last delivery */
	const struct error *err; /* of the last delivery; NULL: nothing is wrong */
	long retry_s;            /* until a failed one is tried again */
};

/* Work that goes on in bits beside the reading. */
struct app_work {
	size_t n_done, n_total; /* files */
};

struct app_opts {
	const struct port *port;
	const struct config *config;
	struct keymap *keymap; /* owned by the caller, like everything here */
	struct triage *triage;
	const struct theme *theme;
	/* A theme by name, for `:theme`; false with `err`. */
	bool (*load_theme)(void *self, const char *name, struct theme *out, struct error *err);
	/* The theme again, now that the terminal has said what it is like; false when the theme
	 * does not go by that. May be NULL. */
	bool (*renew_theme)(void *self, struct theme *out);
	/* Takes in what other programs did to the state; true when a story is now another.
	 * `is_told` when something outside said so, else it is worth no more than a look. May be
	 * NULL. */
	bool (*refresh)(void *self, bool is_told);
	/* The sources as they are now, valid until the next call. May be NULL: there are none. */
	const struct app_source *(*sources)(void *self, size_t *n);
	/* Has one deliver, beside everything else; SIZE_MAX: all. */
	void (*deliver)(void *self, size_t index);
	/* Searches the library: lookup_find. May be NULL: there is none. */
	bool (*look_up)(void *self, struct arena *arena, struct str text,
			const struct lookup_opts *opts, struct lookup *out, struct error *err);
	/* The issues of some days: census_take. Without `err` being filled, false is for a library
	 * that there is not. May be NULL. */
	bool (*census)(void *self, struct arena *arena, struct date from, struct date to,
		       struct census *out, struct error *err);
	/* What day it is where the reader is. May be NULL: nobody knows. */
	struct date (*today)(void *self);
	/* The index of the library. NULL with `err`; may be NULL itself: there is none. */
	struct index *(*library)(void *self, struct error *err);
	/* What the issue of a path of the index is called, as it may have been named otherwise. May
	 * be NULL. */
	struct str (*name_issue)(void *self, struct arena *arena, struct str path);
	/* Has a file or folder indexed from now on, "~/" before it for the home. May be NULL. */
	bool (*import)(void *self, struct str path, struct error *err);
	/* Has the folders of the library looked through again. May be NULL. */
	void (*rescan)(void *self);
	bool starts_in_library; /* where there are stories in it */
	/* Writes a file, "~/" before it for the home. False with `err` when it cannot be, and,
	 * with the code ERROR_USAGE, when there is one and `may_replace` is not set. May be NULL,
	 * with the next one: then nothing is written. */
	bool (*save)(void *self, struct str path, struct str text, bool may_replace,
		     struct error *err);
	/* The files and folders, those with a slash behind them, whose path begins so. */
	size_t (*paths)(void *self, struct arena *arena, struct str typed, struct str **out);
	/* A bit of work on the library, which ends early when a key comes; false when there is none
	 * to do. May be NULL. */
	bool (*work)(void *self, struct app_work *work);
	void *self;
	struct text_policy policy;
	const struct words *words;      /* language of the interface; NULL for English */
	const char *const *theme_names; /* for completion, NULL-terminated */
};

struct app *app_new(const struct app_opts *opts);
void app_free(struct app *app);

/* Adds an issue by path; it is read when it is shown. */
void app_add_path(struct app *app, struct str path, bool is_named);

/* Adds an issue that is already read; the app owns it from then on. */
void app_add_issue(struct app *app, const struct issue *issue);

/* An issue of a folder is new, or another than it was: it takes its place among the others, and a
 * message says so. What is being read stays as it is until it is reloaded. */
void app_offer(struct app *app, struct str path);

/* The paths of a folder, of which those that are not there yet are new. */
void app_offer_all(struct app *app, const struct str *paths, size_t n);

/* All deliveries have come to their end: says what came of them. */
void app_delivered(struct app *app);

/* Opens the newest issue. False with `err` when none can be read. */
bool app_start(struct app *app, struct error *err);

/* The language it speaks on this terminal; NULL for English. */
const struct words *app_words(const struct app *app);

/* Whether a key waits: long work had better end. */
bool app_has_key(struct app *app);

/* A sentence for the message line of the first screen. */
void app_say(struct app *app, const char *text);

/* Whether an issue that was to be shown could not be read. */
bool app_missed_input(const struct app *app);

/* Runs until the reader quits or the terminal is gone. */
void app_run(struct app *app);

#endif
