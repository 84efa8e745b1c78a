/* layer: library
 *
 * Listings of folders in a file: one in which nothing was made, renamed or removed since need not
 * be listed again. It is of this machine alone, and may be deleted.
 */
#ifndef SULAN_LISTINGS_H
#define SULAN_LISTINGS_H

#include <stdbool.h>

struct arena;
struct error;
struct file_list;

/* file_list_dir, from the file `cache` where that is as good; a large folder that was listed is
 * kept there. `cache` may be NULL; `now_ns` is the wall's time. */
bool listings_find(const char *cache, long long now_ns, const char *path, struct arena *arena,
		   struct file_list *out, struct error *err);

#endif
