/* What of the frame before may stay: when nothing has changed but where the reader is in the list,
 * its rows are moved on the canvas, and only those are painted that came in or are selected no more
 * or now. Any other change draws everything anew: nobody has to say what he changed. */
#ifndef UI_KEEP_H
#define UI_KEEP_H

#include "frame.h"

/* All but the story has been drawn, with the place in the list up to `hint_col`. */
void keep_note(struct app *app, const struct frame *f, int hint_col);

/* Something has changed, or may have. */
void keep_nothing(struct app *app);

/* Around a key: it has moved in the list when keep_moved was called for it, and else may have done
 * anything. */
void keep_begin_key(struct app *app);
void keep_moved(struct app *app);
void keep_end_key(struct app *app);

/* Makes the canvas of the frame before the one that is due, but for the story; false when all has
 * to be drawn. */
bool keep_draw(struct app *app, const struct frame *f);

#endif
