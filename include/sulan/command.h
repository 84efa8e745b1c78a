/* layer: ui
 *
 * The command table: everything the reader can be told to do, by key or on the ":" line. Help,
 * completion, `sulan keys` and the manual are made from it or checked against it.
 */
#ifndef SULAN_COMMAND_H
#define SULAN_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/str.h>

struct app;
struct error;

/* What is typed behind a command, for completion. */
enum command_arg {
	COMMAND_NO_ARG,
	COMMAND_TEXT,
	COMMAND_NUMBER,
	COMMAND_THEME,
	COMMAND_KEYWORD, /* words, those of the watchlist to begin with */
	COMMAND_OPTION,  /* an option's name and its value */
	COMMAND_EXPORT,  /* a form, then a file */
	COMMAND_PATH,
	COMMAND_FILTER,
	COMMAND_VIEW, /* a tab of the library or a filter */
};

/* Under which heading of the help it stands. */
enum command_group {
	GROUP_MOVE,
	GROUP_GO,
	GROUP_TRIAGE,
	GROUP_LINK,
	GROUP_HAND,
	GROUP_FIND,
	GROUP_SCREEN,
	GROUP_PROMPT, /* done by the line being typed or the overlay on top; nothing elsewhere */
	GROUP_COUNT
};

struct intent {
	unsigned count; /* typed before the keys; 0 none */
	struct str arg;
};

struct command {
	const char *name;
	enum command_group group;
	enum command_arg arg;
	unsigned (*run)(struct app *app,
			const struct intent *intent); /* effect bits; NULL: GROUP_PROMPT */
	const char *help;                             /* one line, marked for translation */
};

extern const struct command command_table[];
extern const size_t command_count;

const char *command_group_title(enum command_group group); /* marked for translation */

/* The command a line names: its whole name, or the only one that begins so. The rest of the line,
 * trimmed, goes to `*arg`. NULL with `err` when there is none. */
const struct command *command_find(struct str line, struct str *arg, struct error *err);

#endif
