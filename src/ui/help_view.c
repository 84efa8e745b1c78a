/* The help: every command with its keys as they are bound now, by group, narrowed by a search. */
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/fold.h>

#include "paint.h"
#include "prompt.h"
#include "view.h"

struct help_line {
	struct str keys;  /* empty with is_title */
	const char *text; /* translated */
	const char *name; /* of the command */
	bool is_title;
};

struct help {
	struct view view;
	struct arena *arena;
	struct help_line *lines;
	size_t n, cap;
	struct list list;
	char filter[PROMPT_BYTES];
};

#define KEYS_COLS 18
#define HELP_COLS 72

static bool is_wanted(const struct help *h, const struct help_line *line)
{
	if (!h->filter[0])
		return true;
	struct str needle = fold_text(h->arena, str_of(h->filter));
	const struct str texts[] = {line->keys, str_of(line->text), str_of(line->name)};
	for (size_t i = 0; i < 3; i++)
		if (str_find(fold_text(h->arena, texts[i]), needle, 0) != STR_NOT_FOUND)
			return true;
	return str_eq(line->keys, str_of(h->filter));
}

static void add_line(struct help *h, struct help_line line)
{
	h->lines = arena_more(h->arena, h->lines, h->n, &h->cap, sizeof(*h->lines));
	h->lines[h->n++] = line;
}

/* The command's keys in a scope, and those that hold everywhere when `is_all`. */
static struct str keys_of(const struct app *app, struct help *h, const char *name, enum scope scope,
			  bool is_all)
{
	struct strbuf out = strbuf_make(h->arena);
	struct binding binding;
	for (size_t i = 0; keymap_at(app->keymap, i, &binding); i++) {
		struct str command = str_of(binding.command), first;
		str_cut(&command, ' ', &first);
		if (!str_is(first, name) ||
		    (binding.scope != scope && !(is_all && binding.scope == SCOPE_ALL)))
			continue;
		if (out.len)
			strbuf_putc(&out, ' ');
		strbuf_puts(&out, binding.keys);
	}
	return strbuf_str(&out);
}

/* A heading goes before the first line of its group that is wanted. */
static void add_under(const struct app *app, struct help *h, struct help_line line,
		      const char *title, bool *has_title)
{
	if (!is_wanted(h, &line))
		return;
	if (!*has_title && h->n)
		add_line(h, (struct help_line){.text = "", .name = "", .is_title = true});
	if (!*has_title)
		add_line(h, (struct help_line){
				    .text = app_word(app, title), .name = "", .is_title = true});
	*has_title = true;
	add_line(h, line);
}

static void fill_group(const struct app *app, struct help *h, enum command_group group)
{
	bool has_title = false;
	enum scope scope = group == GROUP_PROMPT ? SCOPE_PROMPT : SCOPE_LIST;
	for (size_t i = 0; i < command_count; i++) {
		const struct command *command = &command_table[i];
		if (command->group != group)
			continue;
		struct help_line line = {keys_of(app, h, command->name, scope, scope == SCOPE_LIST),
					 app_word(app, command->help), command->name, false};
		add_under(app, h, line, command_group_title(group), &has_title);
	}
}

/* Keys that mean something else while the story has the focus. */
static void fill_detail(const struct app *app, struct help *h)
{
	bool has_title = false;
	for (size_t i = 0; i < command_count; i++) {
		const struct command *command = &command_table[i];
		struct str keys = keys_of(app, h, command->name, SCOPE_DETAIL, false);
		struct help_line line = {keys, app_word(app, command->help), command->name, false};
		if (keys.len)
			add_under(app, h, line, N_("In the story"), &has_title);
	}
}

static void fill(const struct app *app, struct help *h)
{
	arena_reset(h->arena);
	h->lines = NULL;
	h->n = h->cap = 0;
	for (enum command_group group = 0; group < GROUP_COUNT; group++) {
		fill_group(app, h, group);
		if (group == GROUP_MOVE)
			fill_detail(app, h);
	}
	list_set(&h->list, h->n, h->list.room);
}

static struct help *help_of(const struct app *app)
{
	struct view *top = view_top(app);
	return top && strcmp(top->ops->name, "help") == 0 ? (struct help *)top : NULL;
}

static void set_filter(struct app *app, struct help *h, struct str text)
{
	size_t len = text.len < sizeof(h->filter) - 1 ? text.len : sizeof(h->filter) - 1;
	if (len)
		memcpy(h->filter, text.p, len);
	h->filter[len] = '\0';
	h->list = (struct list){.room = h->list.room};
	fill(app, h);
}

/* The help stands below the prompt while its search is typed, and on top once it is accepted. */
static void filter_changed(struct app *app, struct str text)
{
	if (app->n_views >= 2)
		set_filter(app, (struct help *)app->views[app->n_views - 2], text);
}

static unsigned filter_accept(struct app *app, struct str text)
{
	struct help *h = help_of(app);
	if (h)
		set_filter(app, h, text);
	return EFFECT_REDRAW;
}

static void filter_cancel(struct app *app)
{
	filter_accept(app, (struct str){0});
}

static bool help_run(struct app *app, struct view *view, const char *command,
		     const struct intent *intent, unsigned *effects)
{
	static const struct prompt_ops ops = {
		"/", HISTORY_SEARCH, PROMPT_PLAIN, filter_changed, filter_accept, filter_cancel};
	struct help *h = (struct help *)view;
	struct str name = str_of(command);
	long n = intent->count ? (long)intent->count : 1, room = (long)h->list.room;
	*effects = EFFECT_REDRAW;
	if (str_is(name, "next") || str_is(name, "scroll-down"))
		list_scroll(&h->list, n);
	else if (str_is(name, "prev") || str_is(name, "scroll-up"))
		list_scroll(&h->list, -n);
	else if (str_is(name, "half-down"))
		list_scroll(&h->list, room / 2);
	else if (str_is(name, "half-up"))
		list_scroll(&h->list, -room / 2);
	else if (str_is(name, "page-down") || str_is(name, "read-on"))
		list_scroll(&h->list, room - 1);
	else if (str_is(name, "page-up") || str_is(name, "page-back"))
		list_scroll(&h->list, 1 - room);
	else if (str_is(name, "first"))
		list_scroll(&h->list, -(long)h->n);
	else if (str_is(name, "last"))
		list_scroll(&h->list, (long)h->n);
	else if (str_is(name, "find"))
		prompt_open(app, &ops, (struct str){0});
	else if (str_is(name, "back") && h->filter[0])
		set_filter(app, h, (struct str){0});
	else if (str_is(name, "back") || str_is(name, "quit") || str_is(name, "help") ||
		 str_is(name, "enter"))
		view_pop(app);
	else
		return str_is(name, "suspend") || str_is(name, "redraw") ||
				       str_is(name, "quit-now") || str_is(name, "command")
			       ? false
			       : true;
	return true;
}

static void draw_line(const struct app *app, struct rect box, int row, const struct help_line *line)
{
	struct style base = paint_style(app, ROLE_OVERLAY);
	struct style key = style_over(base, app->theme.styles[ROLE_OVERLAY_KEY]);
	struct style title = style_over(base, app->theme.styles[ROLE_OVERLAY_TITLE]);
	struct style dim = style_over(base, app->theme.styles[ROLE_META]);
	if (line->is_title) {
		canvas_put_cut(app->canvas, row, box.col, box.cols, str_of(line->text), title);
		return;
	}
	int keys = box.cols > 40 ? KEYS_COLS : box.cols / 2 - 2;
	canvas_put_cut(app->canvas, row, box.col, keys, line->keys, key);
	int col = box.col + keys + 1, room = box.cols - keys - 1;
	int used = canvas_put_cut(app->canvas, row, col, room, str_of(line->text), base);
	int name = paint_cols(app, str_of(line->name));
	if (used + 2 + name <= room)
		canvas_put(app->canvas, row, box.col + box.cols - name, name, str_of(line->name),
			   dim);
}

static void help_draw(const struct app *app, const struct view *view)
{
	/* Only the list's room changes here: it is the screen's, not the reader's doing. */
	struct help *h = (struct help *)view;
	const char *title = h->filter[0] ? arena_printf(app->frame, "%s /%s",
							app_word(app, N_("Keys")), h->filter)
					 : app_word(app, N_("Keys   / searches   q closes"));
	struct rect box = paint_box(app, (int)h->n, HELP_COLS, title);
	list_set(&h->list, h->n, (size_t)box.rows);
	for (int i = 0; i < box.rows && h->list.top + (size_t)i < h->n; i++)
		draw_line(app, box, box.row + i, &h->lines[h->list.top + (size_t)i]);
	app->canvas->cursor_row = box.row;
	app->canvas->cursor_col = box.col;
}

static void help_close(struct view *view)
{
	arena_free(((struct help *)view)->arena);
	free(view);
}

void help_open(struct app *app)
{
	static const struct view_ops ops = {"help", SCOPE_OVERLAY, help_draw,
					    NULL,   help_run,      help_close};
	struct help *h = mem_new(sizeof(*h));
	h->view.ops = &ops;
	h->arena = arena_new();
	h->list.room = 1;
	fill(app, h);
	view_push(app, &h->view);
}
