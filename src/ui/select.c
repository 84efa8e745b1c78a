/* Selecting stories for the next verb. */
#include "select.h"

#include <string.h>

#include <sulan/arena.h>

#include "commands.h"

/* The rows between where a range began and where the reader is. */
static bool is_in_range(const struct reading *r, size_t row)
{
	if (!r->has_range || !r->list.n)
		return false;
	size_t from = r->range < r->list.n ? r->range : r->list.n - 1, to = r->list.selected;
	return from < to ? row >= from && row <= to : row >= to && row <= from;
}

bool select_has(const struct app *app, size_t row)
{
	const struct reading *r = &app->reading;
	return r->is_chosen[r->rows[row]] || is_in_range(r, row);
}

size_t select_n(const struct app *app)
{
	const struct reading *r = &app->reading;
	bool may_be = r->n_chosen || r->has_range;
	size_t n = 0;
	for (size_t i = 0; may_be && i < r->list.n; i++)
		n += select_has(app, i);
	return n;
}

bool select_is_any(const struct app *app)
{
	return select_n(app) > 0;
}

bool select_clear(struct app *app)
{
	struct reading *r = &app->reading;
	bool was_any = select_is_any(app);
	if (r->n_chosen)
		memset(r->is_chosen, 0, r->issue->n_stories * sizeof(*r->is_chosen));
	r->n_chosen = 0;
	r->has_range = false;
	return was_any;
}

size_t select_targets(struct app *app, unsigned count, uint32_t **out)
{
	const struct reading *r = &app->reading;
	size_t n = 0, wanted = count ? count : 1;
	bool is_any = select_is_any(app);
	size_t from = is_any ? 0 : r->list.selected, end = r->list.n;
	if (!is_any && end - from > wanted)
		end = from + wanted;
	*out = arena_alloc(app->frame, (end - from + 1) * sizeof(**out));
	for (size_t i = from; i < end; i++)
		if (!is_any || select_has(app, i))
			(*out)[n++] = r->rows[i];
	return n;
}

static void say_selected(struct app *app)
{
	app_message(app, app_word(app, N_("selected: %zu; the next verb takes them")),
		    select_n(app));
}

static void choose(struct reading *r, uint32_t story, bool is_chosen)
{
	r->n_chosen += (size_t)is_chosen - (size_t)r->is_chosen[story];
	r->is_chosen[story] = is_chosen;
}

unsigned select_one(struct app *app, const struct intent *intent)
{
	struct reading *r = &app->reading;
	for (unsigned i = intent->count ? intent->count : 1; i > 0 && r->list.n; i--) {
		bool is_chosen = r->is_chosen[r->rows[r->list.selected]];
		choose(r, r->rows[r->list.selected], !is_chosen);
		if (r->list.selected + 1 == r->list.n)
			break;
		list_move(&r->list, 1);
	}
	say_selected(app);
	return EFFECT_REDRAW;
}

/* Begins a range, or makes one that has been begun part of the selection. */
unsigned select_range(struct app *app, const struct intent *intent)
{
	struct reading *r = &app->reading;
	(void)intent;
	if (!r->has_range) {
		r->has_range = r->list.n > 0;
		r->range = r->list.selected;
	} else {
		for (size_t i = 0; i < r->list.n; i++)
			if (is_in_range(r, i))
				choose(r, r->rows[i], true);
		r->has_range = false;
	}
	say_selected(app);
	return EFFECT_REDRAW;
}
