/* The command line as values. */
#ifndef ARGS_H
#define ARGS_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/error.h>

enum mode {
	MODE_READ,
	MODE_PRINT,
	MODE_LIST,
	MODE_EXPORT,
	MODE_MARK,
	MODE_SYNC,
	MODE_IMPORT,
	MODE_SEARCH,
	MODE_RELATED,
	MODE_TREND,
	MODE_FETCH,
	MODE_CHECK,
	MODE_DOCTOR,
	MODE_KEYS,
	MODE_OPTIONS,
	MODE_THEMES,
	MODE_HELP,
	MODE_VERSION,
};

struct args {
	enum mode mode;
	const char *config, *library, *theme, *lang; /* NULL when not given */
	const char *profile;                         /* NULL when not given */
	const char *format;                          /* print, list, export; NULL when not given */
	int width;                                   /* print; 0 when not given */
	bool has_state;                              /* list --state */
	bool has_roles;                              /* themes --roles */
	bool is_ranked;                              /* search --rank */
	const char *by;                              /* trend; NULL when not given */
	const char *output;                          /* export; NULL when not given */
	bool is_forced;                              /* export --force */
	bool is_whole;                               /* export --whole */
	char **filters; /* list, export, search, related, trend, mark */
	int n_filters;
	char **paths;
	int n_paths;
};

/* Reads argv, which it may put in another order. False with `err` when it makes no sense. */
bool args_read(int argc, char **argv, struct args *out, struct error *err);

/* The text of --help, marked for translation. */
extern const char *const args_help;

#endif
