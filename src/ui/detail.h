/* The story on show: its page, and where in it the reader is. */
#ifndef DETAIL_H
#define DETAIL_H

#include <stdbool.h>
#include <stddef.h>

#include "root.h"

/* Makes the page of the selected story for the room there is, if it is not made already; `is_stale`
 * makes it in any case. The place in the text is kept for the same story. */
void detail_update(struct app *app, bool is_stale);

/* Takes the hits of the story's text anew: those of the watchlist and of the search. */
void detail_scan(struct app *app);
/* Makes the page anew where only what is below the story is another: nothing moves. */
void detail_amend(struct app *app);

/* Scrolls by lines, clipped. False when it could not go any further that way. */
bool detail_scroll(struct app *app, long by);
void detail_top(struct app *app);
void detail_end(struct app *app);

/* Brings a place into view, some lines from the top. */
void detail_show(struct app *app, struct place place);

/* Lines that fit, and whether the story's last one is in view; what is mentioned below it is not
 * counted. */
size_t detail_room(const struct app *app);
bool detail_is_at_end(const struct app *app);

/* 0..100: how much of the story has come into view. */
unsigned detail_percent(const struct app *app);

/* The link under a cell of the screen: index into the links + 1; 0 for none. */
uint32_t detail_link_at(const struct app *app, int row, int col);

/* Which of those mentioned below the story stands there, from 1; 0 for none. */
uint32_t detail_mention_at(const struct app *app, int row, int col);

void detail_free(struct detail *detail);

#endif
