/* The tabs behind those of the categories: what there is of marks in the issue. */
#ifndef TABS_H
#define TABS_H

#include "root.h"

/* Makes them anew: starred, later, each tag, dismissed, where there is any. The one on show stays
 * until the reader goes to another, and stays on show. */
void tabs_of_marks(struct app *app);

#endif
