/* Letters over the links in the text: one that is typed opens its link. */
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>

#include "commands.h"
#include "detail.h"
#include "hints.h"
#include "paint.h"
#include "view.h"

enum { HINTS_MAX = HINT_LETTERS * HINT_LETTERS };

enum verb { VERB_OPEN, VERB_COPY, VERB_SCAN };

struct hints {
	struct view view;
	uint32_t links[HINTS_MAX]; /* of the issue, in the order of the text, each once */
	size_t n;
	enum verb verb;
	int typed; /* the first of two letters, from 1; 0: none yet */
};

static size_t hint_of(const struct hints *h, uint32_t link)
{
	size_t i = 0;
	while (i < h->n && h->links[i] != link)
		i++;
	return i;
}

/* The lines of the story that are on the screen. */
static size_t last_line(const struct app *app, const struct frame *f)
{
	const struct detail *d = &app->detail;
	size_t end = d->top + (size_t)f->detail.rows;
	return d->page && end > d->page->n_lines ? d->page->n_lines : end;
}

static void collect(const struct app *app, struct hints *h)
{
	const struct detail *d = &app->detail;
	struct frame f = frame_of(app);
	h->n = 0;
	if (!d->page || f.is_too_small || !f.has_detail)
		return;
	for (size_t i = d->top; i < last_line(app, &f); i++) {
		const struct page_line *line = &d->page->lines[i];
		for (size_t r = 0; r < line->n_runs; r++) {
			uint32_t link = line->runs[r].link;
			if (link && h->n < HINTS_MAX && hint_of(h, link - 1) == h->n)
				h->links[h->n++] = link - 1;
		}
	}
}

/* One letter while there are enough of them, else two. */
static bool has_pairs(const struct hints *h)
{
	return h->n > HINT_LETTERS;
}

static const char *label_of(const struct app *app, const struct hints *h, size_t hint)
{
	size_t first = hint / HINT_LETTERS;
	char second = hint_letters[hint % HINT_LETTERS];
	if (!has_pairs(h))
		return arena_printf(app->frame, "%c", second);
	if (!h->typed)
		return arena_printf(app->frame, "%c%c", hint_letters[first], second);
	return first == (size_t)h->typed - 1 ? arena_printf(app->frame, "%c", second) : "";
}

static unsigned choose(struct app *app, uint32_t link, enum verb verb)
{
	view_pop(app);
	switch (verb) {
	case VERB_OPEN:
		break;
	case VERB_COPY:
		return link_yank_index(app, link);
	case VERB_SCAN:
		return link_qr_index(app, link);
	}
	return link_open_index(app, link);
}

static bool hints_key(struct app *app, struct view *view, struct key key, unsigned *effects)
{
	struct hints *h = (struct hints *)view;
	collect(app, h);
	if (key.mods || key.code == 0 || key.code > 127)
		return false;
	const char *at = strchr(hint_letters, (int)key.code);
	if (!at)
		return false;
	size_t letter = (size_t)(at - hint_letters);
	*effects = EFFECT_REDRAW;
	if (has_pairs(h) && !h->typed) {
		h->typed = letter * HINT_LETTERS < h->n ? (int)letter + 1 : 0;
		return true;
	}
	size_t hint = h->typed ? ((size_t)h->typed - 1) * HINT_LETTERS + letter : letter;
	if (hint < h->n)
		*effects = choose(app, h->links[hint], h->verb);
	return true;
}

static bool hints_run(struct app *app, struct view *view, const char *command,
		      const struct intent *intent, unsigned *effects)
{
	struct hints *h = (struct hints *)view;
	struct str name = str_of(command);
	*effects = EFFECT_REDRAW;
	if (str_is(name, "yank"))
		h->verb = VERB_COPY;
	else if (str_is(name, "scan"))
		h->verb = VERB_SCAN;
	else if (str_is(name, "open") && !intent->count)
		h->verb = VERB_OPEN;
	else if (str_is(name, "open") || str_is(name, "open-all")) {
		view_pop(app);
		*effects =
			str_is(name, "open") ? link_open(app, intent) : link_open_all(app, intent);
	} else if (str_is(name, "links")) {
		view_pop(app);
		links_open(app);
	} else if (str_is(name, "next") || str_is(name, "scroll-down"))
		detail_scroll(app, intent->count ? (long)intent->count : 1);
	else if (str_is(name, "prev") || str_is(name, "scroll-up"))
		detail_scroll(app, intent->count ? -(long)intent->count : -1);
	else if (str_is(name, "page-down") || str_is(name, "read-on"))
		detail_scroll(app, (long)detail_room(app));
	else if (str_is(name, "page-up") || str_is(name, "page-back"))
		detail_scroll(app, -(long)detail_room(app));
	else if (str_is(name, "back") || str_is(name, "quit"))
		view_pop(app);
	else
		return !(str_is(name, "suspend") || str_is(name, "redraw") ||
			 str_is(name, "quit-now") || str_is(name, "help"));
	return true;
}

static void draw_hint(const struct app *app, const struct hints *h, int row, int col, int right,
		      uint32_t link)
{
	struct style style =
		style_over(paint_style(app, ROLE_OVERLAY), app->theme.styles[ROLE_OVERLAY_KEY]);
	size_t hint = hint_of(h, link);
	style.attrs |= ATTR_REVERSE;
	if (hint < h->n && col < right)
		canvas_put(app->canvas, row, col, right - col, str_of(label_of(app, h, hint)),
			   style);
}

/* A name and its host behind it are one link: the host is to be read in full. */
static bool is_first_on_line(const struct page_line *line, size_t run)
{
	for (size_t i = 0; i < run; i++)
		if (line->runs[i].link == line->runs[run].link)
			return false;
	return line->runs[run].link != 0;
}

static void say(const struct app *app, int row, const struct hints *h)
{
	static const char *const words[] = {
		N_("a letter opens; y copies, Q scans, ; lists, q closes"),
		N_("a letter copies; o opens, Q scans, ; lists, q closes"),
		N_("a letter shows the QR code; o opens, y copies, ; lists, q closes"),
	};
	canvas_fill(app->canvas, row, 0, 1, app->canvas->cols, paint_style(app, ROLE_OVERLAY));
	paint_word(app, row, 1, app->canvas->cols - 2, ROLE_OVERLAY, app_word(app, words[h->verb]));
}

static void hints_draw(const struct app *app, const struct view *view)
{
	/* What is on the screen changes with its size and place: not the reader's doing. */
	struct hints *h = (struct hints *)view;
	const struct detail *d = &app->detail;
	struct frame f = frame_of(app);
	collect(app, h);
	int right = f.detail.col + f.detail.cols;
	for (size_t i = d->top; h->n && i < last_line(app, &f); i++) {
		const struct page_line *line = &d->page->lines[i];
		for (size_t r = 0; r < line->n_runs; r++)
			if (is_first_on_line(line, r))
				draw_hint(app, h, f.detail.row + (int)(i - d->top),
					  f.text_col + line->runs[r].col, right,
					  line->runs[r].link - 1);
	}
	say(app, app->canvas->rows - 1, h);
}

static void hints_close(struct view *view)
{
	free(view);
}

bool hints_open(struct app *app)
{
	static const struct view_ops ops = {"hints",   SCOPE_OVERLAY, hints_draw,
					    hints_key, hints_run,     hints_close};
	struct hints *h = mem_new(sizeof(*h));
	h->view.ops = &ops;
	collect(app, h);
	if (h->n == 0) {
		free(h);
		return false;
	}
	view_push(app, &h->view);
	return true;
}
