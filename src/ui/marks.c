/* Triage: marking stories, and taking it back. */
#include <string.h>

#include <sulan/arena.h>
#include <sulan/identity.h>

#include "commands.h"
#include "reading.h"

/* How a verb behaves; its words are messages for the reader. */
struct verb {
	enum triage_field field;
	bool goes_on; /* to the next story */
	const char *on, *off;
};

static const struct verb verb_read = {TRIAGE_READ, true, N_("read"), N_("unread again")};
static const struct verb verb_star = {TRIAGE_STAR, false, N_("starred"), N_("star taken away")};
static const struct verb verb_later = {TRIAGE_LATER, false, N_("kept for later"),
				       N_("no longer for later")};
static const struct verb verb_dismiss = {TRIAGE_DISMISSED, true, N_("dismissed"),
					 N_("no longer dismissed")};

static bool field_of(struct story_state state, enum triage_field field)
{
	switch (field) {
	case TRIAGE_READ:
		return state.is_read;
	case TRIAGE_STAR:
		return state.is_starred;
	case TRIAGE_LATER:
		return state.is_later;
	case TRIAGE_DISMISSED:
		return state.is_dismissed;
	case TRIAGE_TAG:
	case TRIAGE_NOTE:
		break;
	}
	return false;
}

static struct triage_step step_of(struct app *app, uint32_t index, enum triage_field field,
				  bool value)
{
	const struct issue *issue = app->reading.issue;
	const struct story *story = &issue->stories[index];
	return (struct triage_step){.id = story->id,
				    .field = field,
				    .value = value,
				    .about = identity_text(app->frame, issue, story)};
}

static void say_done(struct app *app, const char *what, size_t n)
{
	struct str key = keymap_keys_of(app->keymap, app->frame, SCOPE_LIST, "undo", 1);
	if (n > 1)
		app_message(app, app_word(app, N_("%zu stories: %s · %.*s undoes")), n,
			    app_word(app, what), (int)key.len, key.p);
	else
		app_message(app, app_word(app, N_("%s · %.*s undoes")), app_word(app, what),
			    (int)key.len, key.p);
}

/* The verb on `count` rows from the selected one; what the first is not yet, all become. */
static unsigned mark(struct app *app, const struct verb *verb, unsigned count)
{
	struct reading *r = &app->reading;
	if (r->list.n == 0)
		return EFFECT_REDRAW;
	size_t first = r->list.selected, n = count ? count : 1, n_changed = 0;
	if (n > r->list.n - first)
		n = r->list.n - first;
	bool value = !field_of(reading_state(app, r->rows[first]), verb->field);
	struct triage_step *steps = arena_alloc(app->frame, n * sizeof(*steps));
	for (size_t i = 0; i < n; i++)
		steps[i] = step_of(app, r->rows[first + i], verb->field, value);
	struct error err;
	if (!triage_change(app->triage, steps, n, &n_changed, &err)) {
		app_error(app, &err);
		return EFFECT_REDRAW;
	}
	say_done(app, value ? verb->on : verb->off, n_changed);
	if (verb->field == TRIAGE_DISMISSED)
		return EFFECT_REFILTER;
	reading_count(app);
	if (verb->goes_on)
		list_move(&r->list, (long)n);
	return EFFECT_REDRAW;
}

unsigned mark_read(struct app *app, const struct intent *intent)
{
	return mark(app, &verb_read, intent->count);
}

unsigned mark_star(struct app *app, const struct intent *intent)
{
	return mark(app, &verb_star, intent->count);
}

unsigned mark_later(struct app *app, const struct intent *intent)
{
	return mark(app, &verb_later, intent->count);
}

unsigned mark_dismiss(struct app *app, const struct intent *intent)
{
	return mark(app, &verb_dismiss, intent->count);
}

bool mark_story_read(struct app *app, uint32_t story)
{
	struct triage_step step = step_of(app, story, TRIAGE_READ, true);
	struct error err;
	if (!triage_change(app->triage, &step, 1, NULL, &err)) {
		app_error(app, &err);
		return false;
	}
	reading_count(app);
	return true;
}

/* After undo and redo: show what happened where it happened. */
static unsigned show_change(struct app *app, size_t n, struct str id, const char *done,
			    const char *nothing)
{
	if (n == 0) {
		app_message(app, "%s", app_word(app, nothing));
		return EFFECT_REDRAW;
	}
	reading_filter(app);
	const struct issue *issue = app->reading.issue;
	for (uint32_t i = 0; i < issue->n_stories; i++)
		if (str_eq(issue->stories[i].id, id))
			reading_select(app, i);
	app_message(app, app_word(app, done), n);
	return EFFECT_REDRAW;
}

unsigned mark_undo(struct app *app, const struct intent *intent)
{
	size_t n = 0;
	struct str id = {0};
	struct error err;
	(void)intent;
	if (!triage_undo(app->triage, &n, &id, &err)) {
		app_error(app, &err);
		return EFFECT_REDRAW;
	}
	return show_change(app, n, id, N_("taken back: %zu"), N_("nothing to take back"));
}

unsigned mark_redo(struct app *app, const struct intent *intent)
{
	size_t n = 0;
	struct str id = {0};
	struct error err;
	(void)intent;
	if (!triage_redo(app->triage, &n, &id, &err)) {
		app_error(app, &err);
		return EFFECT_REDRAW;
	}
	return show_change(app, n, id, N_("made again: %zu"), N_("nothing to make again"));
}
