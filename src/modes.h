/* What the program can do, one function a mode: each returns the exit status. */
#ifndef MODES_H
#define MODES_H

#include "world.h"

enum exit_status { EXIT_DONE, EXIT_NOTHING, EXIT_USAGE, EXIT_INPUT, EXIT_LIBRARY };

/* reader.c */
int mode_read(const struct world *world);

/* print.c */
int mode_print(const struct world *world);
int mode_check(const struct world *world);

/* list.c */
int mode_list(const struct world *world);

/* export.c */
int mode_export(const struct world *world);

/* mark.c */
int mode_mark(const struct world *world);

/* sync.c */
int mode_sync(const struct world *world);

/* import.c */
int mode_import(const struct world *world);

/* search.c */
int mode_search(const struct world *world);
int mode_related(const struct world *world);

/* trend.c */
int mode_trend(const struct world *world);

/* fetching.c */
int mode_fetch(const struct world *world);

/* doctor.c */
int mode_doctor(const struct world *world);

/* tables.c */
int mode_keys(const struct world *world);
int mode_options(const struct world *world);
int mode_themes(const struct world *world);

#endif
