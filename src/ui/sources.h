/* The sources that deliver: how they are, in a line and in a view. */
#ifndef UI_SOURCES_H
#define UI_SOURCES_H

#include "root.h"

size_t sources_count(const struct app *app);

/* How the deliveries that are going on go, in the frame's arena; NULL when there are none. */
const char *sources_status(const struct app *app);

/* Opens the view: a row for each, with what is wrong with it. */
void sources_show(struct app *app);

#endif
