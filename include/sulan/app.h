/* layer: ui
 *
 * The reader: one mutable root, one loop. It sees the world only through its port.
 */
#ifndef SULAN_APP_H
#define SULAN_APP_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/glyph.h>
#include <sulan/str.h>

struct app;
struct arena;
struct config;
struct error;
struct issue;
struct keymap;
struct port;
struct theme;
struct triage;
struct words;

struct app_opts {
	const struct port *port;
	const struct config *config;
	struct keymap *keymap; /* owned by the caller, like everything here */
	struct triage *triage;
	const struct theme *theme;
	/* A theme by name, for `:theme`; false with `err`. */
	bool (*load_theme)(void *self, const char *name, struct theme *out, struct error *err);
	/* Takes in what other programs did to the state; true when a story is now another. `is_told`
	 * when something outside said so, else it is worth no more than a look. May be NULL. */
	bool (*refresh)(void *self, bool is_told);
	void *self;
	struct text_policy policy;
	const struct words *words; /* language of the interface; NULL for English */
	const char *const *theme_names; /* for completion, NULL-terminated */
};

struct app *app_new(const struct app_opts *opts);
void app_free(struct app *app);

/* Adds an issue by path; it is read when it is shown. */
void app_add_path(struct app *app, struct str path, bool is_named);

/* Adds an issue that is already read; the app owns it from then on. */
void app_add_issue(struct app *app, const struct issue *issue);

/* Opens the newest issue. False with `err` when none can be read. */
bool app_start(struct app *app, struct error *err);

/* A sentence for the message line of the first screen. */
void app_say(struct app *app, const char *text);

/* Whether an issue that was to be shown could not be read. */
bool app_missed_input(const struct app *app);

/* Runs until the reader quits or the terminal is gone. */
void app_run(struct app *app);

#endif
