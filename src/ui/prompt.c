/* A line being typed on the hint row. */
#include "prompt.h"

#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/glyph.h>
#include <sulan/utf8.h>

#include "complete.h"
#include "paint.h"
#include "view.h"

#define NARROW_COLS 60

struct prompt {
	struct view view;
	const struct prompt_ops *ops;
	char text[PROMPT_BYTES];
	size_t len, at;
	size_t history;          /* lines back from the newest; 0: the line being typed */
	char kept[PROMPT_BYTES]; /* that line while an old one is shown */
	struct completion completion;
	bool has_fault; /* the message is about the text */
};

static struct str text_of(const struct prompt *p)
{
	return (struct str){p->text, p->len};
}

static void set_text(struct prompt *p, struct str text)
{
	p->len = text.len < PROMPT_BYTES - 1 ? text.len : PROMPT_BYTES - 1;
	if (p->len)
		memmove(p->text, text.p, p->len);
	p->text[p->len] = '\0';
	p->at = p->len;
}

static void changed(struct app *app, struct prompt *p)
{
	completion_end(&p->completion);
	if (p->ops->changed)
		p->ops->changed(app, text_of(p));
}

/* Line feeds and other controls of a paste become spaces. */
static void insert(struct prompt *p, struct str text)
{
	for (size_t i = 0, n; i < text.len; i += n) {
		uint32_t cp;
		char bytes[4];
		n = utf8_next(text, i, &cp);
		if (cp < 32 || (cp >= 0x7f && cp < 0xa0))
			cp = ' ';
		size_t len = utf8_put(cp, bytes);
		if (p->len + len >= PROMPT_BYTES)
			return;
		memmove(p->text + p->at + len, p->text + p->at, p->len - p->at + 1);
		memcpy(p->text + p->at, bytes, len);
		p->at += len;
		p->len += len;
	}
}

static void erase(struct prompt *p, size_t from, size_t to)
{
	memmove(p->text + from, p->text + to, p->len - to + 1);
	p->len -= to - from;
	p->at = from;
}

static size_t word_start(const struct prompt *p)
{
	size_t at = p->at;
	while (at && p->text[at - 1] == ' ')
		at--;
	while (at && p->text[at - 1] != ' ')
		at = cluster_before(text_of(p), at);
	return at;
}

static void go_history(struct app *app, struct prompt *p, int by)
{
	const struct history *history = &app->history[p->ops->history];
	size_t to = by > 0 ? p->history + 1 : p->history - 1;
	if ((by < 0 && p->history == 0) || to > history->n)
		return;
	if (p->history == 0)
		memcpy(p->kept, p->text, sizeof(p->kept));
	p->history = to;
	set_text(p, str_of(to ? history->lines[history->n - to] : p->kept));
	changed(app, p);
}

static void remember(struct app *app, enum history_kind kind, struct str text)
{
	struct history *history = &app->history[kind];
	if (text.len == 0 || (history->n && str_is(text, history->lines[history->n - 1])))
		return;
	if (history->n == HISTORY_MAX) {
		free(history->lines[0]);
		memmove(history->lines, history->lines + 1,
			(HISTORY_MAX - 1) * sizeof(*history->lines));
		history->n--;
	}
	char *line = mem_new(text.len + 1);
	memcpy(line, text.p, text.len);
	history->lines[history->n++] = line;
}

/* The prompt is gone before its line is acted on, so that the action may open another. */
static unsigned finish(struct app *app, struct prompt *p, bool is_accepted)
{
	const struct prompt_ops *ops = p->ops;
	struct str text = str_copy(app->frame, text_of(p));
	view_pop(app);
	if (is_accepted) {
		remember(app, ops->history, text);
		return ops->accept(app, text);
	}
	if (ops->cancel)
		ops->cancel(app);
	return EFFECT_NONE;
}

static bool prompt_key(struct app *app, struct view *view, struct key key, unsigned *effects)
{
	struct prompt *p = (struct prompt *)view;
	char bytes[4];
	if (key.code == KEY_CODE_PASTE) {
		insert(p, key.text);
	} else if (key.code >= 32 && key.code != 127 && key.code < KEY_CODE_BASE &&
		   !(key.mods & (KEY_CTRL | KEY_ALT))) {
		insert(p, (struct str){bytes, utf8_put(key.code, bytes)});
	} else {
		return false;
	}
	changed(app, p);
	*effects = EFFECT_REDRAW;
	return true;
}

enum edit {
	EDIT_LEFT,
	EDIT_RIGHT,
	EDIT_START,
	EDIT_END,
	EDIT_ERASE_BACK,
	EDIT_ERASE,
	EDIT_ERASE_WORD,
	EDIT_ERASE_START,
	EDIT_ERASE_END,
	EDIT_COUNT
};

/* Moves or erases; true when the text has changed. */
static bool edit_line(struct prompt *p, enum edit edit)
{
	size_t before = p->at ? cluster_before(text_of(p), p->at) : 0;
	size_t after = p->at < p->len ? p->at + cluster_len(text_of(p), p->at) : p->len;
	size_t len = p->len;
	switch (edit) {
	case EDIT_LEFT:
		p->at = before;
		break;
	case EDIT_RIGHT:
		p->at = after;
		break;
	case EDIT_START:
		p->at = 0;
		break;
	case EDIT_END:
		p->at = p->len;
		break;
	case EDIT_ERASE_BACK:
		erase(p, before, p->at);
		break;
	case EDIT_ERASE:
		erase(p, p->at, after);
		break;
	case EDIT_ERASE_WORD:
		erase(p, word_start(p), p->at);
		break;
	case EDIT_ERASE_START:
		erase(p, 0, p->at);
		break;
	case EDIT_ERASE_END:
		erase(p, p->at, p->len);
		break;
	case EDIT_COUNT:
		break;
	}
	return p->len != len;
}

static void complete(struct app *app, struct prompt *p, int direction)
{
	enum prompt_words words = p->completion.words_of = p->ops->words;
	if (words == PROMPT_PINYIN)
		set_text(p, found_choose(app, text_of(p), direction));
	else if (words != PROMPT_PLAIN)
		set_text(p, completion_step(app, &p->completion, text_of(p), direction));
	if (words == PROMPT_FILTER && p->ops->changed)
		p->ops->changed(app, text_of(p));
}

static bool prompt_run(struct app *app, struct view *view, const char *command,
		       const struct intent *intent, unsigned *effects)
{
	static const char *const edits[] = {
		[EDIT_LEFT] = "left",
		[EDIT_RIGHT] = "right",
		[EDIT_START] = "line-start",
		[EDIT_END] = "line-end",
		[EDIT_ERASE_BACK] = "erase-back",
		[EDIT_ERASE] = "erase",
		[EDIT_ERASE_WORD] = "erase-word",
		[EDIT_ERASE_START] = "erase-start",
		[EDIT_ERASE_END] = "erase-end",
	};
	struct prompt *p = (struct prompt *)view;
	struct str name = str_of(command);
	(void)intent;
	if (str_is(name, "accept") || str_is(name, "cancel")) {
		*effects = finish(app, p, str_is(name, "accept"));
		return true;
	}
	if (str_is(name, "erase-back") && p->len == 0) {
		*effects = finish(app, p, false);
		return true;
	}
	for (enum edit edit = 0; edit < EDIT_COUNT; edit++) {
		if (!str_is(name, edits[edit]))
			continue;
		if (edit_line(p, edit))
			changed(app, p);
		return true;
	}
	if (str_is(name, "history-prev") || str_is(name, "history-next"))
		go_history(app, p, str_is(name, "history-prev") ? 1 : -1);
	else if (str_is(name, "complete") || str_is(name, "complete-back"))
		complete(app, p, str_is(name, "complete") ? 1 : -1);
	else
		return false;
	return true;
}

static void prompt_draw(const struct app *app, const struct view *view)
{
	const struct prompt *p = (const struct prompt *)view;
	struct canvas *canvas = app->canvas;
	int row = canvas->rows - 1, cols = canvas->cols - 1;
	canvas_fill(canvas, row, 0, 1, canvas->cols, paint_style(app, ROLE_PROMPT));
	int room = cols < NARROW_COLS ? cols / 2 : cols; /* what is typed has the other half */
	int col = paint_word(app, row, 0, room, ROLE_PROMPT, app_word(app, p->ops->label));
	/* Scrolled so that the cursor and what is before it are in view. */
	size_t from = 0;
	struct str text = text_of(p);
	while (from < p->at && col + paint_cols(app, str_sub(text, from, p->at - from)) >= cols)
		from += cluster_len(text, from);
	canvas_put(canvas, row, col, cols - col, str_from(text, from),
		   paint_style(app, ROLE_PROMPT));
	canvas->cursor_row = row;
	canvas->cursor_col = col + paint_cols(app, str_sub(text, from, p->at - from));
	canvas->has_cursor = true;
	completion_draw(app, &p->completion, row - 1);
	if (p->has_fault && app->message[0] && row > 0) {
		canvas_fill(canvas, row - 1, 0, 1, canvas->cols, paint_style(app, ROLE_OVERLAY));
		paint_word(app, row - 1, 1, cols - 1, ROLE_ERROR, app->message);
	}
}

static void prompt_close(struct view *view)
{
	completion_end(&((struct prompt *)view)->completion);
	free(view);
}

static struct prompt *open_prompt(struct app *app, const struct prompt_ops *ops, struct str text)
{
	static const struct view_ops view_ops = {"prompt",   SCOPE_PROMPT, prompt_draw,
						 prompt_key, prompt_run,   prompt_close};
	struct prompt *p = mem_new(sizeof(*p));
	p->view.ops = &view_ops;
	p->ops = ops;
	set_text(p, text);
	view_push(app, &p->view);
	return p;
}

void prompt_open(struct app *app, const struct prompt_ops *ops, struct str text)
{
	open_prompt(app, ops, text);
}

void prompt_open_at(struct app *app, const struct prompt_ops *ops, struct str text, size_t at)
{
	struct prompt *p = open_prompt(app, ops, text);
	p->at = at < p->len ? at : p->len;
	p->has_fault = true;
}
