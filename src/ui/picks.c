#include "picks.h"

#include <string.h>

#include <sulan/arena.h>

struct picks picks_new(struct arena *arena, size_t n_items)
{
	return (struct picks){.is_chosen = arena_alloc(arena, n_items + 1), .n_items = n_items};
}

static size_t item_of(struct rows rows, size_t row)
{
	return rows.items ? rows.items[row] : row;
}

/* The rows between where a range began and where the reader is. */
static bool is_in_range(const struct picks *s, const struct list *list, size_t row)
{
	if (!s->has_range || !list->n)
		return false;
	size_t from = s->range < list->n ? s->range : list->n - 1, to = list->selected;
	return from < to ? row >= from && row <= to : row >= to && row <= from;
}

bool picks_has(const struct picks *s, struct rows rows, size_t row)
{
	return (s->n_chosen && s->is_chosen[item_of(rows, row)]) || is_in_range(s, rows.list, row);
}

size_t picks_n(const struct picks *s, struct rows rows)
{
	bool may_be = s->n_chosen || s->has_range;
	size_t n = 0;
	for (size_t i = 0; may_be && i < rows.list->n; i++)
		n += picks_has(s, rows, i);
	return n;
}

size_t picks_take(const struct picks *s, struct rows rows, size_t count, struct arena *arena,
		  size_t **out)
{
	bool is_any = picks_n(s, rows) > 0;
	size_t n = 0, from = is_any ? 0 : rows.list->selected, end = rows.list->n;
	if (!is_any && end - from > count)
		end = from + count;
	*out = arena_alloc(arena, (end - from + 1) * sizeof(**out));
	for (size_t i = from; i < end; i++)
		if (!is_any || picks_has(s, rows, i))
			(*out)[n++] = i;
	return n;
}

bool picks_clear(struct picks *s, struct rows rows)
{
	bool was_any = picks_n(s, rows) > 0;
	if (s->n_chosen)
		memset(s->is_chosen, 0, s->n_items * sizeof(*s->is_chosen));
	s->n_chosen = 0;
	s->has_range = false;
	return was_any;
}

void picks_choose(struct picks *s, size_t item, bool is_chosen)
{
	s->n_chosen += (size_t)is_chosen - (size_t)s->is_chosen[item];
	s->is_chosen[item] = is_chosen;
}

void picks_range(struct picks *s, struct rows rows)
{
	if (!s->has_range) {
		s->has_range = rows.list->n > 0;
		s->range = rows.list->selected;
		return;
	}
	for (size_t i = 0; i < rows.list->n; i++)
		if (is_in_range(s, rows.list, i))
			picks_choose(s, item_of(rows, i), true);
	s->has_range = false;
}
