/* What the cells of a canvas have numbers for: the addresses of links, and glyphs of more than one
 * character. The same has the same number until all are forgotten. */
#ifndef SCREEN_NUMBERS_H
#define SCREEN_NUMBERS_H

#include <sulan/canvas.h>

/* The number of a link, 0 when there are more than numbers. */
uint16_t numbers_link(struct canvas *canvas, uint32_t id, struct str url);

/* What stands for the glyph in a cell. */
uint32_t numbers_glyph(struct canvas *canvas, const struct glyph *glyph);

/* So many that it is time to begin anew, before the next frame. */
bool numbers_are_many(const struct canvas *canvas);

/* No cell may have one any more. */
void numbers_forget(struct canvas *canvas);
void numbers_free(struct canvas *canvas);

#endif
