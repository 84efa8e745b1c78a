/* The filter of the command line. */
#ifndef FILTER_H
#define FILTER_H

#include <sulan/query.h>

#include "world.h"

/* The words of the command line as one filter, with the views of the configuration; without any
 * words, `standard`. NULL after complaining, with a mark below the place of the fault. */
const struct query *filter_read(const struct world *world, const char *standard);

/* A filter with the views of the configuration. NULL with `err`. */
const struct query *filter_parse(const struct world *world, struct str text, struct error *err);

#endif
