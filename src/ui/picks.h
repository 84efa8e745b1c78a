/* What is selected in a list for the next verb, one by one or as a range: no drawing, no content.
 */
#ifndef PICKS_H
#define PICKS_H

#include <stdbool.h>
#include <stdint.h>

#include "list.h"

struct arena;

struct picks {
	bool *is_chosen; /* by item */
	size_t n_items, n_chosen;
	bool has_range; /* from row `range` to the selected one */
	size_t range;
};

/* A list and which item stands in each of its rows; NULL: that of the row's number. */
struct rows {
	const struct list *list;
	const uint32_t *items;
};

/* Nothing is selected of `n_items`; valid as long as the arena. */
struct picks picks_new(struct arena *arena, size_t n_items);

bool picks_has(const struct picks *s, struct rows rows, size_t row);
size_t picks_n(const struct picks *s, struct rows rows);

/* The rows that are selected, else `count` from the one that the list is at, in the arena. */
size_t picks_take(const struct picks *s, struct rows rows, size_t count, struct arena *arena,
		  size_t **out);

/* Gives it up; false when nothing was selected. */
bool picks_clear(struct picks *s, struct rows rows);

void picks_choose(struct picks *s, size_t item, bool is_chosen);

/* Begins a range, or makes one that has been begun part of the selection. */
void picks_range(struct picks *s, struct rows rows);

#endif
