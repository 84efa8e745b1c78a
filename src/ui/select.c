/* Selecting stories for the next verb. */
#include "select.h"

#include <sulan/arena.h>

#include "commands.h"
#include "found_view.h"

static struct rows rows_of_issue(const struct app *app)
{
	return (struct rows){&app->reading.list, app->reading.rows};
}

bool select_has(const struct app *app, size_t row)
{
	return picks_has(&app->reading.picks, rows_of_issue(app), row);
}

size_t select_n(const struct app *app)
{
	return picks_n(&app->reading.picks, rows_of_issue(app));
}

bool select_is_any(const struct app *app)
{
	return select_n(app) > 0;
}

bool select_clear(struct app *app)
{
	return picks_clear(&app->reading.picks, rows_of_issue(app));
}

size_t select_targets(struct app *app, unsigned count, uint32_t **out)
{
	const struct reading *r = &app->reading;
	size_t *rows,
		n = picks_take(&r->picks, rows_of_issue(app), count ? count : 1, app->frame, &rows);
	*out = arena_alloc(app->frame, (n + 1) * sizeof(**out));
	for (size_t i = 0; i < n; i++)
		(*out)[i] = r->rows[rows[i]];
	return n;
}

/* The list that verbs work on, which item stands in each row, and what is selected there. */
struct at_hand {
	struct list *list;
	struct rows rows;
	struct picks *picks;
};

static struct at_hand at_hand(struct app *app)
{
	struct found_view *found = found_on_top(app);
	if (found)
		return (struct at_hand){&found->list, {&found->list, NULL}, &found->picks};
	return (struct at_hand){&app->reading.list, rows_of_issue(app), &app->reading.picks};
}

size_t select_marked(struct app *app, unsigned count, struct target **out)
{
	const struct reading *r = &app->reading;
	const struct found_view *found = found_on_top(app);
	struct at_hand hand = at_hand(app);
	size_t *rows, n = picks_take(hand.picks, hand.rows, count ? count : 1, app->frame, &rows);
	*out = arena_alloc(app->frame, (n + 1) * sizeof(**out));
	for (size_t i = 0; i < n; i++) {
		struct target *target = &(*out)[i];
		target->row = rows[i];
		target->found = found ? &found->lookup.items[rows[i]] : NULL;
		target->story = found ? UINT32_MAX : r->rows[rows[i]];
		target->id = found ? target->found->id : r->issue->stories[target->story].id;
	}
	return n;
}

struct list *select_list(struct app *app)
{
	return at_hand(app).list;
}

void select_use_up(struct app *app)
{
	struct at_hand hand = at_hand(app);
	picks_clear(hand.picks, hand.rows);
}

static void say_selected(struct app *app, const struct at_hand *hand)
{
	app_message(app, app_word(app, N_("selected: %zu; the next verb takes them")),
		    picks_n(hand->picks, hand->rows));
}

unsigned select_one(struct app *app, const struct intent *intent)
{
	struct at_hand hand = at_hand(app);
	struct list *list = hand.list;
	for (unsigned i = intent->count ? intent->count : 1; i > 0 && list->n; i--) {
		size_t row = list->selected, item = hand.rows.items ? hand.rows.items[row] : row;
		picks_choose(hand.picks, item, !hand.picks->is_chosen[item]);
		if (row + 1 == list->n)
			break;
		list_move(list, 1);
	}
	say_selected(app, &hand);
	return EFFECT_REDRAW;
}

unsigned select_range(struct app *app, const struct intent *intent)
{
	struct at_hand hand = at_hand(app);
	(void)intent;
	picks_range(hand.picks, hand.rows);
	say_selected(app, &hand);
	return EFFECT_REDRAW;
}
