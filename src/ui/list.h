/* Selection and scrolling of any list of rows: no drawing, no content. */
#ifndef LIST_H
#define LIST_H

#include <stddef.h>

struct list {
	size_t n;        /* items */
	size_t selected; /* < n, or 0 */
	size_t top;      /* first item shown */
	size_t room;     /* items that fit */
};

/* New numbers; keeps the selection where it can and in view. */
void list_set(struct list *list, size_t n, size_t room);

void list_select(struct list *list, size_t index); /* clipped */
void list_move(struct list *list, long by);        /* clipped */
/* Scrolls by items; the selection follows when it would leave the view. */
void list_scroll(struct list *list, long by);

#endif
