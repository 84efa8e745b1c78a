/* layer: base
 *
 * Commands as argument vectors: there is no shell anywhere near.
 */
#ifndef SULAN_ARGV_H
#define SULAN_ARGV_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/str.h>

struct arena;

/* The words of a command, apart at blanks that stand in no quotes ('…' or "…", nothing in them
 * means anything); NULL-terminated. NULL when a quote does not end or there is no word. */
char **argv_split(struct arena *arena, struct str command);

/* A mark and what stands in its place. */
struct argv_mark {
	struct str mark, value;
};

/* Puts values in the place of marks in all words but the first, which is the program. A word that a
 * value would make begin with a minus, and so an option, gets a blank before it. */
void argv_fill(struct arena *arena, char **argv, const struct argv_mark *marks, size_t n);

/* Whether a program of that name or path would take what it is given for commands. */
bool argv_is_shell(const char *file);

#endif
