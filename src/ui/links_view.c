/* All links of the story as a list: a letter or number opens one, other keys copy it, show its QR
 * code, or open them all. */
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>

#include "commands.h"
#include "hints.h"
#include "paint.h"
#include "view.h"

struct links {
	struct view view;
	const struct story *story;
	struct list list;
};

static unsigned choose(struct app *app, uint32_t link)
{
	view_pop(app);
	return link_open_index(app, link);
}

static bool links_key(struct app *app, struct view *view, struct key key, unsigned *effects)
{
	struct links *l = (struct links *)view;
	if (key.mods || key.code == 0 || key.code > 127)
		return false;
	const char *letter = strchr(hint_letters, (int)key.code);
	size_t index = letter ? l->list.top + (size_t)(letter - hint_letters) : SIZE_MAX;
	if (index >= l->list.n || index >= l->list.top + l->list.room)
		return false;
	*effects = choose(app, l->story->links[index]);
	return true;
}

static bool links_run(struct app *app, struct view *view, const char *command,
		      const struct intent *intent, unsigned *effects)
{
	struct links *l = (struct links *)view;
	struct str name = str_of(command);
	long n = intent->count ? (long)intent->count : 1, room = (long)l->list.room;
	*effects = EFFECT_REDRAW;
	if (str_is(name, "next") || str_is(name, "scroll-down"))
		list_move(&l->list, n);
	else if (str_is(name, "prev") || str_is(name, "scroll-up"))
		list_move(&l->list, -n);
	else if (str_is(name, "page-down") || str_is(name, "half-down") || str_is(name, "read-on"))
		list_move(&l->list, room);
	else if (str_is(name, "page-up") || str_is(name, "half-up") || str_is(name, "page-back"))
		list_move(&l->list, -room);
	else if (str_is(name, "first"))
		list_select(&l->list, 0);
	else if (str_is(name, "last"))
		list_select(&l->list, intent->count ? intent->count - 1 : l->list.n);
	else if (str_is(name, "enter") || str_is(name, "open")) {
		size_t index = intent->count ? intent->count - 1 : l->list.selected;
		if (index < l->list.n)
			*effects = choose(app, l->story->links[index]);
	} else if (str_is(name, "yank")) {
		uint32_t link = l->story->links[l->list.selected];
		view_pop(app);
		*effects = link_yank_index(app, link);
	} else if (str_is(name, "scan")) {
		/* The list stays: the phone takes one after the other. */
		*effects = link_qr_index(app, l->story->links[l->list.selected]);
	} else if (str_is(name, "open-all")) {
		view_pop(app);
		*effects = link_open_all(app, &(struct intent){0});
	} else if (str_is(name, "back") || str_is(name, "quit"))
		view_pop(app);
	else if (!str_is(name, "links")) /* the same key twice is the list, from wherever */
		return !(str_is(name, "suspend") || str_is(name, "redraw") ||
			 str_is(name, "quit-now") || str_is(name, "help"));
	return true;
}

/* What stands behind the host; the whole address where there is none. */
static struct str path_of(const struct app *app, struct str url)
{
	struct str ascii = link_ascii(app->frame, url);
	size_t at = str_find(ascii, STR("://"), 0);
	if (at == STR_NOT_FOUND)
		return ascii;
	for (at += 3; at < ascii.len && !strchr("/?#", ascii.p[at]); at++)
		continue;
	return str_from(ascii, at);
}

static void draw_link(const struct app *app, const struct links *l, struct rect box, int row,
		      size_t index)
{
	const struct link *link = &app->detail.issue->links[l->story->links[index]];
	struct style base = paint_style(app, ROLE_OVERLAY);
	struct style key = style_over(base, app->theme.styles[ROLE_OVERLAY_KEY]);
	struct style dim = style_over(base, app->theme.styles[ROLE_HOST]);
	size_t nth = index - l->list.top;
	const char *label = arena_printf(app->frame, "%c %2zu ",
					 nth < HINT_LETTERS ? hint_letters[nth] : ' ', index + 1);
	int col = box.col + canvas_put(app->canvas, row, box.col, box.cols, str_of(label), key);
	int room = box.col + box.cols - col;
	struct str text = link->text.len ? link->text : link->url;
	int used = canvas_put_cut(app->canvas, row, col, room / 2, text, base);
	if (index == l->list.selected)
		canvas_tint(app->canvas, row, col, used, app->theme.styles[ROLE_ROW_NOW]);
	col += used + 2;
	struct str host = link_host_shown(app->frame, link->url);
	col += canvas_put_cut(app->canvas, row, col, box.col + box.cols - col, host, dim);
	room = box.col + box.cols - col;
	struct str path = text_cut_middle(app->frame, path_of(app, link->url),
					  (size_t)(room > 0 ? room : 0), &app->canvas->policy);
	canvas_put(app->canvas, row, col, room, path, dim);
}

static void links_draw(const struct app *app, const struct view *view)
{
	/* Only the list's room changes here: it is the screen's, not the reader's doing. */
	struct links *l = (struct links *)view;
	struct rect box = paint_box(
		app, (int)l->list.n, 100,
		app_word(app,
			 N_("Links   a letter opens, y copies, Q scans, O opens all, q closes")));
	list_set(&l->list, l->list.n,
		 (size_t)box.rows < HINT_LETTERS ? (size_t)box.rows : HINT_LETTERS);
	for (size_t i = l->list.top; i < l->list.n && i < l->list.top + l->list.room; i++)
		draw_link(app, l, box, box.row + (int)(i - l->list.top), i);
	app->canvas->cursor_row = box.row + (int)(l->list.selected - l->list.top);
	app->canvas->cursor_col = box.col;
}

static void links_close(struct view *view)
{
	free(view);
}

void links_open(struct app *app)
{
	static const struct view_ops ops = {"links",   SCOPE_OVERLAY, links_draw,
					    links_key, links_run,     links_close};
	struct links *l = mem_new(sizeof(*l));
	l->view.ops = &ops;
	l->story = app->detail.whole;
	l->list = (struct list){.n = l->story->n_links, .room = 1};
	view_push(app, &l->view);
}
