/* The width of characters as curses sees it. */
#ifndef TERM_WIDTH_H
#define TERM_WIDTH_H

#include <sulan/glyph.h>

/* Makes wcwidth follow this policy. */
void width_use(struct text_policy policy);

#endif
