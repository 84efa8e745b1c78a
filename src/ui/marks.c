/* Triage: marking stories, and taking it back. */
#include <stdio.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/identity.h>

#include "commands.h"
#include "counts.h"
#include "found_view.h"
#include "marks.h"
#include "reading.h"
#include "select.h"
#include "stacks.h"
#include "threads.h"

/* How a verb behaves; its words are messages for the reader. */
struct verb {
	enum triage_field field;
	bool goes_on; /* to the next story */
	const char *on, *off;
};

static const struct verb verbs[] = {
	[TRIAGE_READ] = {TRIAGE_READ, true, N_("read"), N_("unread again")},
	[TRIAGE_STAR] = {TRIAGE_STAR, false, N_("starred"), N_("star taken away")},
	[TRIAGE_LATER] = {TRIAGE_LATER, false, N_("kept for later"), N_("no longer for later")},
	[TRIAGE_DISMISSED] = {TRIAGE_DISMISSED, true, N_("dismissed"), N_("no longer dismissed")},
	[TRIAGE_TAG] = {TRIAGE_TAG, false, N_("tagged"), N_("tag taken away")},
	[TRIAGE_NOTE] = {TRIAGE_NOTE, false, N_("noted"), N_("note taken away")},
};

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

static struct target target_of(const struct app *app, uint32_t story, size_t row)
{
	return (struct target){
		.id = app->reading.issue->stories[story].id, .row = row, .story = story};
}

static struct str about_of(struct app *app, const struct target *target)
{
	if (target->found)
		return identity_of_found(app->frame, target->found);
	const struct story *story = &app->reading.issue->stories[target->story];
	return identity_text(app->frame, stacks_issue(app, target->story), story);
}

static void say_done(struct app *app, const char *what, size_t n)
{
	struct str key = keymap_keys_of(app->keymap, app->frame, SCOPE_LIST, "undo", 1);
	if (n == 0) /* undoing would take back what was made before */
		app_message(app, "%s", app_word(app, N_("that is so already")));
	else if (n > 1)
		app_message(app, app_word(app, N_("%zu stories: %s · %.*s undoes")), n,
			    app_word(app, what), (int)key.len, key.p);
	else
		app_message(app, app_word(app, N_("%s · %.*s undoes")), app_word(app, what),
			    (int)key.len, key.p);
}

/* What the last verb made, for ".". */
static void remember(struct app *app, const struct mark *mark)
{
	struct mark *last = &app->last_mark;
	*last = *mark;
	last->has_any = true;
}

/* Every word of `text` a tag, one with "-" before it taken away; a note as it is. */
static size_t steps_of(struct app *app, const struct mark *mark, const struct target *targets,
		       size_t n, struct triage_step **out)
{
	struct str rest = str_of(mark->text), word;
	struct str *abouts = arena_alloc(app->frame, (n + 1) * sizeof(*abouts));
	for (size_t i = 0; i < n; i++)
		abouts[i] = about_of(app, &targets[i]);
	size_t n_steps = 0, cap = 0;
	*out = NULL;
	do {
		if (mark->field == TRIAGE_TAG && !str_cut(&rest, ' ', &word))
			break;
		bool is_tag = mark->field == TRIAGE_TAG;
		bool is_off = is_tag && str_starts(word, "-");
		if (is_tag && word.len == is_off)
			continue;
		for (size_t i = 0; i < n; i++) {
			*out = arena_more(app->frame, *out, n_steps, &cap, sizeof(**out));
			(*out)[n_steps++] = (struct triage_step){
				.id = targets[i].id,
				.field = mark->field,
				.value = is_tag ? !is_off : mark->value,
				.text = is_tag ? str_from(word, is_off) : str_of(mark->text),
				.about = abouts[i]};
		}
	} while (mark->field == TRIAGE_TAG);
	return n_steps;
}

/* What has changed elsewhere is seen in the list, too, where that has the story. */
static void mend_list(struct app *app, struct str id)
{
	uint32_t story = reading_find(app, id);
	if (story == UINT32_MAX)
		return;
	counts_mend(app, &story, 1);
	reading_mend_row(app, story);
}

/* The list of the open issue stays where it is. */
static void mend_found(struct app *app, enum triage_field field, const struct target *targets,
		       size_t n)
{
	for (size_t i = 0; i < n; i++)
		mend_list(app, targets[i].id);
	if (field == TRIAGE_DISMISSED)
		threads_forget(app);
}

static void mend_issue(struct app *app, enum triage_field field, const struct target *targets,
		       size_t n)
{
	uint32_t *stories = arena_alloc(app->frame, n * sizeof(*stories));
	for (size_t i = 0; i < n; i++)
		stories[i] = targets[i].story;
	counts_mend(app, stories, n);
	if (field == TRIAGE_DISMISSED)
		reading_narrow(app);
}

unsigned mark_make(struct app *app, const struct mark *mark, const struct target *targets, size_t n)
{
	const struct verb *verb = &verbs[mark->field];
	struct triage_step *steps;
	struct error err;
	size_t n_changed = 0, n_steps = steps_of(app, mark, targets, n, &steps);
	if (n_steps == 0)
		return EFFECT_REDRAW;
	if (!triage_change(app->triage, steps, n_steps, &n_changed, &err)) {
		app_error(app, &err);
		return EFFECT_REDRAW;
	}
	bool is_on = mark->field == TRIAGE_NOTE ? mark->text[0] != '\0' : steps[0].value;
	/* Of several tags each is a change. */
	say_done(app, is_on ? verb->on : verb->off, n_changed < n ? n_changed : n);
	remember(app, mark);
	select_use_up(app);
	if (verb->goes_on)
		list_select(select_list(app), targets[n - 1].row + 1);
	(targets[0].found ? mend_found : mend_issue)(app, verb->field, targets, n);
	return EFFECT_REDRAW;
}

/* The verb on the selection or on `count` rows; what the first is not yet, all become. */
static unsigned mark(struct app *app, enum triage_field field, unsigned count)
{
	struct target *targets;
	size_t n = select_marked(app, count, &targets);
	if (n == 0)
		return EFFECT_REDRAW;
	struct mark what = {.field = field};
	what.value = !field_of(triage_state(app->triage, targets[0].id), field);
	return mark_make(app, &what, targets, n);
}

unsigned mark_read(struct app *app, const struct intent *intent)
{
	return mark(app, TRIAGE_READ, intent->count);
}

unsigned mark_star(struct app *app, const struct intent *intent)
{
	return mark(app, TRIAGE_STAR, intent->count);
}

unsigned mark_later(struct app *app, const struct intent *intent)
{
	return mark(app, TRIAGE_LATER, intent->count);
}

unsigned mark_dismiss(struct app *app, const struct intent *intent)
{
	return mark(app, TRIAGE_DISMISSED, intent->count);
}

unsigned mark_repeat(struct app *app, const struct intent *intent)
{
	struct mark last = app->last_mark;
	struct target *targets;
	size_t n = select_marked(app, intent->count, &targets);
	if (!last.has_any) {
		app_message(app, "%s", app_word(app, N_("no mark yet to repeat")));
		return EFFECT_REDRAW;
	}
	return n ? mark_make(app, &last, targets, n) : EFFECT_REDRAW;
}

/* Rows from..to of the list are read; what "." repeats stays what it was. */
static unsigned mark_rows(struct app *app, size_t from, size_t to)
{
	const struct reading *r = &app->reading;
	const struct mark read = {.field = TRIAGE_READ, .value = true};
	struct mark last = app->last_mark;
	size_t selected = r->list.selected;
	if (from >= to)
		return EFFECT_REDRAW;
	struct target *targets = arena_alloc(app->frame, (to - from) * sizeof(*targets));
	for (size_t row = from; row < to; row++)
		targets[row - from] = target_of(app, r->rows[row], row);
	unsigned effects = mark_make(app, &read, targets, to - from);
	app->last_mark = last;
	list_select(&app->reading.list, selected);
	return effects;
}

unsigned mark_rest(struct app *app, const struct intent *intent)
{
	(void)intent;
	return mark_rows(app, app->reading.list.selected, app->reading.list.n);
}

unsigned mark_above(struct app *app, const struct intent *intent)
{
	(void)intent;
	return mark_rows(app, 0, app->reading.list.selected);
}

bool mark_story_read(struct app *app, uint32_t story)
{
	struct target target = target_of(app, story, 0);
	struct triage_step step = {.id = target.id,
				   .field = TRIAGE_READ,
				   .value = true,
				   .about = about_of(app, &target)};
	struct error err;
	if (!triage_change(app->triage, &step, 1, NULL, &err)) {
		app_error(app, &err);
		return false;
	}
	counts_mend(app, &story, 1);
	return true;
}

/* Of a story of another issue: which one it is. */
static void say_place(struct app *app, struct str id)
{
	struct str about = triage_about(app->triage, id), day, title;
	size_t len = strlen(app->message);
	if (!str_cut(&about, '\t', &day) || !str_cut(&about, '\t', &title) ||
	    !str_cut(&about, '\t', &title))
		return;
	title = text_cut(app->frame, title, 40, &app->canvas->policy);
	snprintf(app->message + len, sizeof(app->message) - len, " · %.*s %.*s", (int)day.len,
		 day.p, (int)title.len, title.p);
}

/* Undo or redo, and says so. */
static size_t take_back(struct app *app, bool is_again, struct str *id)
{
	static const char *const done[] = {N_("taken back: %zu"), N_("made again: %zu")};
	static const char *const nothing[] = {N_("nothing to take back"),
					      N_("nothing to make again")};
	struct error err = {0};
	size_t n = 0;
	if (!(is_again ? triage_redo : triage_undo)(app->triage, &n, id, &err))
		app_error(app, &err);
	else if (n == 0)
		app_message(app, "%s", app_word(app, nothing[is_again]));
	else
		app_message(app, app_word(app, done[is_again]), n);
	return n;
}

/* The story, where it is in the list on top; false when it is not. */
static bool show_story(struct app *app, struct str id)
{
	struct found_view *found = found_on_top(app);
	if (found) {
		threads_forget(app); /* it may have been dismissed */
		return found_select(found, id);
	}
	uint32_t story = reading_find(app, id);
	if (story != UINT32_MAX)
		reading_select(app, story);
	return story != UINT32_MAX;
}

/* Shows what happened where it happened. */
static unsigned take_back_here(struct app *app, bool is_again)
{
	struct str id = {0};
	size_t n = take_back(app, is_again, &id);
	if (n == 0)
		return EFFECT_REDRAW;
	if (n == 1 && reading_find(app, id) != UINT32_MAX) {
		mend_list(app, id);
	} else {
		counts_make(app);
		reading_filter(app);
	}
	if (!show_story(app, id))
		say_place(app, id);
	return EFFECT_REDRAW;
}

unsigned mark_undo(struct app *app, const struct intent *intent)
{
	(void)intent;
	return take_back_here(app, false);
}

unsigned mark_redo(struct app *app, const struct intent *intent)
{
	(void)intent;
	return take_back_here(app, true);
}
