/* The mouse: wheel, and clicks on rows, tabs, links and days. */
#ifndef MOUSE_H
#define MOUSE_H

#include "root.h"

unsigned mouse_key(struct app *app, struct key key);

#endif
