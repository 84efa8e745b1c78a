/* Tags and notes: what is typed to a story. */
#include <string.h>

#include <sulan/arena.h>

#include "commands.h"
#include "marks.h"
#include "prompt.h"

static unsigned make(struct app *app, enum triage_field field, struct str text)
{
	struct mark mark = {.field = field, .value = true};
	struct target *targets;
	size_t n = select_marked(app, app->mark_count, &targets);
	size_t len = text.len < sizeof(mark.text) - 1 ? text.len : sizeof(mark.text) - 1;
	if (len)
		memcpy(mark.text, text.p, len);
	return n ? mark_make(app, &mark, targets, n) : EFFECT_REDRAW;
}

/* Tags may be apart by commas as well, and by the blanks of an input method. */
static struct str spaced(struct app *app, struct str text)
{
	static const char *const separators[] = {",", "，", "、", "　", "#"};
	struct strbuf out = strbuf_make(app->frame);
	for (size_t i = 0, len; i < text.len; i += len) {
		len = 0;
		for (size_t k = 0; k < sizeof(separators) / sizeof(*separators) && !len; k++)
			if (str_starts(str_from(text, i), separators[k]))
				len = strlen(separators[k]);
		if (len)
			strbuf_putc(&out, ' ');
		else
			strbuf_put(&out, str_sub(text, i, len = 1));
	}
	return str_trim(strbuf_str(&out));
}

static unsigned tag_accept(struct app *app, struct str text)
{
	return make(app, TRIAGE_TAG, spaced(app, text));
}

unsigned note_tag(struct app *app, const struct intent *intent)
{
	static const struct prompt_ops ops = {N_("tags (-tag takes one away): "),
					      HISTORY_TAG,
					      PROMPT_TAGS,
					      NULL,
					      tag_accept,
					      NULL};
	struct target *targets;
	if (!select_marked(app, intent->count, &targets))
		return EFFECT_REDRAW;
	app->mark_count = intent->count;
	if (intent->arg.len)
		return tag_accept(app, intent->arg);
	prompt_open(app, &ops, (struct str){0});
	return EFFECT_REDRAW;
}

static unsigned note_accept(struct app *app, struct str text)
{
	return make(app, TRIAGE_NOTE, str_trim(text));
}

unsigned note_write(struct app *app, const struct intent *intent)
{
	static const struct prompt_ops ops = {N_("note: "), HISTORY_NOTE, PROMPT_PLAIN,
					      NULL,         note_accept,  NULL};
	struct target *targets;
	if (!select_marked(app, intent->count, &targets))
		return EFFECT_REDRAW;
	app->mark_count = intent->count;
	if (intent->arg.len)
		return note_accept(app, intent->arg);
	struct str note = triage_state(app->triage, targets[0].id).note;
	if (note.len < PROMPT_BYTES)
		prompt_open(app, &ops, note);
	else /* what does not fit would be lost */
		app_message(app, "%s",
			    app_word(app, N_("this note is too long to be edited here: sulan mark "
					     "note sets another")));
	return EFFECT_REDRAW;
}
