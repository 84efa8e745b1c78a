/* What tabs are called, and the tabs behind those of the categories: what there is of marks in the
 * issue. */
#ifndef TABS_H
#define TABS_H

#include "root.h"

/* Gives those that are called by a word of the interface the one of the language in use. */
void tabs_name(struct app *app);

/* Makes them anew: starred, later, each tag, dismissed, where there is any. The one on show stays
 * until the reader goes to another, and stays on show. */
void tabs_of_marks(struct app *app);

#endif
