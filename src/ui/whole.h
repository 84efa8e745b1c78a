/* Stories of the library as their files have them, read when they are shown. */
#ifndef WHOLE_H
#define WHOLE_H

#include "root.h"

/* The selected story `index` of the library with its text. A file that is gone or does not have the
 * story any more gives a stand-in that says so, with what the index knows of it. Both are valid
 * until some other stories have been asked for. */
const struct story *whole_get(struct app *app, uint32_t index, const struct issue **issue);

/* Forgets all files. */
void whole_free(struct whole_cache *cache);

#endif
