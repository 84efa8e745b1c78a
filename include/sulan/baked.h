/* layer: base
 *
 * Texts that are files in the repository and also part of the program, so that it runs uninstalled:
 * the themes, the sample configuration, the sample issue, the translations. The table is made by
 * the Makefile.
 */
#ifndef SULAN_BAKED_H
#define SULAN_BAKED_H

#include <stddef.h>

#include <sulan/str.h>

struct baked {
	const char *name; /* path in the repository: "themes/ink.theme" */
	struct str text;
};

extern const struct baked baked_table[];
extern const size_t baked_count;

/* The text of that name, or {NULL, 0}. */
struct str baked_find(const char *name);

#endif
