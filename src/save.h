/* Files that are written for the reader: whole or not at all, and never over another unasked. */
#ifndef SAVE_H
#define SAVE_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/error.h>
#include <sulan/str.h>

struct arena;

/* Puts the text into a new file beside it and gives that the name. False with `err` when a file of
 * that name is there and `may_replace` is not set (ERROR_USAGE), or it cannot be written
 * (ERROR_INPUT); then nothing has changed. Only a regular file is replaced; a symbolic link stays
 * one. */
bool save_file(const char *path, struct str text, bool may_replace, struct error *err);

/* The files and folders whose path begins with `typed`, sorted, folders with a slash behind them;
 * hidden ones only when a dot was typed. `path` is `typed` as the system takes it. */
size_t save_paths(struct arena *arena, const char *path, struct str typed, struct str **out);

#endif
