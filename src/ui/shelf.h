/* The issues of this run, newest first, read when they are opened. */
#ifndef SHELF_H
#define SHELF_H

#include <stdbool.h>

#include "root.h"

/* Puts the entries in order: by date, newest first, then by name with its numbers as numbers. */
void shelf_sort(struct shelf *shelf);

/* Reads the entry's issue if that has not been done. NULL with `err` when it cannot be. */
const struct issue *shelf_issue(struct shelf *shelf, size_t index, struct error *err);

/* The issue of a file for the caller to free; NULL with `err` (may be NULL) when it cannot be read.
 */
const struct issue *shelf_read(const struct shelf *shelf, const char *path, struct error *err);

/* Reads it again from its file; the old issue stays when that fails. */
bool shelf_reload(struct shelf *shelf, size_t index, struct error *err);

/* The entry of a file, which is put in when it is not there yet. */
size_t shelf_place(struct app *app, struct str path);

void shelf_free(struct shelf *shelf);

#endif
