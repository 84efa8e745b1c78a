/* Selection and scroll arithmetic. */
#include "list.h"

static void show_selected(struct list *list)
{
	size_t last = list->n > list->room ? list->n - list->room : 0;
	if (list->selected < list->top)
		list->top = list->selected;
	if (list->room && list->selected >= list->top + list->room)
		list->top = list->selected - list->room + 1;
	if (list->top > last)
		list->top = last;
}

void list_set(struct list *list, size_t n, size_t room)
{
	list->n = n;
	list->room = room;
	list_select(list, list->selected);
}

void list_select(struct list *list, size_t index)
{
	list->selected = list->n == 0 ? 0 : index < list->n ? index : list->n - 1;
	show_selected(list);
}

void list_move(struct list *list, long by)
{
	if (by < 0 && (size_t)-by > list->selected)
		list_select(list, 0);
	else
		list_select(list, list->selected + (size_t)by);
}

void list_scroll(struct list *list, long by)
{
	size_t last = list->n > list->room ? list->n - list->room : 0;
	size_t back = by < 0 ? (size_t)-by : 0;
	list->top = back > list->top ? 0 : list->top - back;
	if (by > 0)
		list->top = list->top + (size_t)by < last ? list->top + (size_t)by : last;
	if (list->selected < list->top)
		list->selected = list->top;
	if (list->room && list->selected >= list->top + list->room)
		list->selected = list->top + list->room - 1;
}
