/* Where there is more to read: the next issue that has an unread story. */
#ifndef ONWARD_H
#define ONWARD_H

#include "root.h"

enum onward {
	ONWARD_FOUND,
	ONWARD_NONE,
	ONWARD_UNKNOWN, /* as many files were read as one may wait for */
};

struct onward_issue {
	size_t entry;
	size_t n_unread;
};

/* The next issue on the shelf with unread stories: forwards (1) is to the older ones. What the
 * library knows is taken from there; other issues are read. */
enum onward onward_find(struct app *app, int direction, struct onward_issue *out);

#endif
