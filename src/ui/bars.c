/* Header, tabs, rules and the hint line. */
#include <stdio.h>
#include <string.h>

#include <sulan/arena.h>

#include "detail.h"
#include "paint.h"
#include "reading.h"
#include "library.h"
#include "sources.h"
#include "select.h"
#include "threads.h"
#include "view.h"

/* Characters read in a minute: an unhurried reader of Chinese prose. */
#define CHARS_A_MINUTE 400

static struct str header_place(const struct app *app)
{
	const struct shelf *shelf = &app->shelf;
	const struct signs *signs = paint_signs(app);
	char older[DATE_TEXT] = "", newer[DATE_TEXT] = "";
	if (app->reading.stories)
		return (struct str){0};
	if (shelf->now + 1 < shelf->n)
		date_text(shelf->entries[shelf->now + 1].date, older);
	if (shelf->now > 0)
		date_text(shelf->entries[shelf->now - 1].date, newer);
	if (shelf->n < 2)
		return (struct str){0};
	bool has_older = shelf->now + 1 < shelf->n, has_newer = shelf->now > 0;
	const char *left = older[0] ? older + 5 : signs->ellipsis;
	const char *right = newer[0] ? newer + 5 : signs->ellipsis;
	if (has_older && has_newer)
		return str_of(arena_printf(app->frame, "%s %s · %s %s", signs->left, left, right,
					   signs->right));
	if (has_older)
		return str_of(arena_printf(app->frame, "%s %s", signs->left, left));
	return str_of(arena_printf(app->frame, "%s %s", right, signs->right));
}

static struct str header_counts(const struct app *app, bool is_full)
{
	const struct tab *all = &app->reading.tabs[0];
	size_t minutes = (app->reading.n_unread_chars + CHARS_A_MINUTE - 1) / CHARS_A_MINUTE;
	const char *unread = arena_printf(app->frame, app_word(app, N_("unread %zu/%zu")),
					  all->n_unread, all->n_stories);
	if (!is_full || minutes == 0)
		return str_of(unread);
	const char *time = arena_printf(app->frame, app_word(app, N_("about %zu min")), minutes);
	return str_of(arena_printf(app->frame, "%s · %s", unread, time));
}

static const char *weekday(const struct app *app, struct date date)
{
	static const char *const names[] = {N_("Sun"), N_("Mon"), N_("Tue"), N_("Wed"),
					    N_("Thu"), N_("Fri"), N_("Sat")};
	return app_word(app, names[date_weekday(date)]);
}

/* What the issue is called: its publication, else its heading, else its file. Without a date only
 * the heading tells it from the others. */
static struct str issue_name(const struct issue *issue)
{
	if (issue->publication.len && (issue->date.year || !issue->title.len))
		return issue->publication;
	if (issue->title.len)
		return issue->title;
	struct str rest = issue->path, name = rest;
	while (str_cut(&rest, '/', &name))
		;
	return str_ends(name, ".md") ? str_sub(name, 0, name.len - strlen(".md")) : name;
}

void paint_header(const struct app *app, const struct frame *f)
{
	struct canvas *canvas = app->canvas;
	const struct issue *issue = app->reading.issue;
	int row = f->header_row, cols = canvas->cols, end = cols - 1;
	canvas_fill(canvas, row, 0, 1, cols, paint_style(app, ROLE_HEADER));
	int col = 1;
	col += paint_word(app, row, col, cols, ROLE_HEADER_NAME, app_word(app, N_("sulan")));
	if (!issue)
		return;
	col += paint_word(app, row, col, cols, ROLE_BORDER,
			  arena_printf(app->frame, " %s ", paint_signs(app)->down));
	char iso[DATE_TEXT];
	date_text(issue->date, iso);
	const char *day =
		iso[0] ? arena_printf(app->frame, "%s %s", iso, weekday(app, issue->date)) : "";
	int day_cols = iso[0] ? paint_cols(app, str_of(day)) + 2 : 0;
	struct str name =
		app->reading.stories ? str_of(app_word(app, N_("Library"))) : issue_name(issue);
	int name_cols = paint_cols(app, name) + day_cols;
	/* The right side gives way: first the neighbours, then the time, then everything. */
	struct str right[] = {header_counts(app, true), header_counts(app, false), {0}};
	struct str place = header_place(app);
	size_t choice = 0;
	while (choice < 2 && col + name_cols + 3 + paint_cols(app, right[choice]) > end)
		choice++;
	int used = paint_cols(app, right[choice]);
	paint_text(app, row, end - used, used, ROLE_HEADER, right[choice]);
	end -= used + 3;
	if (place.len && choice == 0 && col + name_cols + 2 + paint_cols(app, place) <= end) {
		end -= paint_cols(app, place);
		paint_text(app, row, end, cols, ROLE_HEADER_DATE, place);
		end -= 2;
	}
	int room = end - col - day_cols;
	if (room > 8)
		col += paint_text(app, row, col, room, ROLE_HEADER, name);
	if (iso[0] && end > col)
		paint_word(app, row, room > 8 ? col + 2 : col, end - col, ROLE_HEADER_DATE, day);
}

struct tab_spot {
	int col, cols;
	struct str name;
	const char *count, *hits;
};

/* Where the tabs stand: with hit counts when all fit so, else without, scrolled so that the one in
 * use is seen. Returns the first that is shown. */
static size_t place_tabs(const struct app *app, struct tab_spot *spots)
{
	const struct reading *r = &app->reading;
	int width = app->canvas->cols - 2, total = 0;
	for (int has_hits = 1; has_hits >= 0; has_hits--) {
		total = 0;
		for (size_t i = 0; i < r->n_tabs; i++) {
			const struct tab *tab = &r->tabs[i];
			struct tab_spot *spot = &spots[i];
			*spot = (struct tab_spot){.name = text_cut(app->frame,
								   paint_category(tab->name), 24,
								   &app->canvas->policy)};
			spot->count = tab->is_uncounted
					      ? ""
					      : arena_printf(app->frame, "%zu", tab->n_unread);
			spot->hits = has_hits && tab->n_hits
					     ? arena_printf(app->frame, "%s%zu",
							    paint_signs(app)->hit, tab->n_hits)
					     : "";
			int hits = paint_cols(app, str_of(spot->hits));
			spot->cols = paint_cols(app, spot->name) + 1 + (int)strlen(spot->count) +
				     (hits ? hits + 1 : 0);
			total += spot->cols + 3;
		}
		if (total - 3 <= width)
			break;
	}
	size_t first = 0;
	for (int used = 0; total - 3 > width && first < r->tab; first++) {
		used = 0;
		for (size_t i = first; i <= r->tab; i++)
			used += spots[i].cols + 3;
		if (used + (first ? 2 : 0) <= width)
			break;
	}
	int col = first ? 3 : 1;
	for (size_t i = first; i < r->n_tabs; i++) {
		spots[i].col = col;
		col += spots[i].cols + 3;
	}
	return first;
}

void paint_tabs(const struct app *app, const struct frame *f)
{
	const struct reading *r = &app->reading;
	if (f->tabs_row < 0 || !r->issue)
		return;
	struct tab_spot *spots = arena_alloc(app->frame, r->n_tabs * sizeof(*spots));
	size_t first = place_tabs(app, spots);
	int end = app->canvas->cols - 1, row = f->tabs_row;
	canvas_fill(app->canvas, row, 0, 1, app->canvas->cols, paint_style(app, ROLE_TAB));
	if (first)
		paint_word(app, row, 1, 1, ROLE_BORDER, paint_signs(app)->left);
	for (size_t i = first; i < r->n_tabs; i++) {
		const struct tab_spot *spot = &spots[i];
		if (spot->col + spot->cols > end) {
			paint_word(app, row, end, 1, ROLE_BORDER, paint_signs(app)->right);
			if (end - spot->col < 6)
				break;
		}
		int col = spot->col;
		enum role role = i == r->tab ? ROLE_TAB_NOW : ROLE_TAB;
		col += paint_text(app, row, col, end - col, role, spot->name) + 1;
		if (col < end)
			col += paint_word(app, row, col, end - col, ROLE_TAB_COUNT, spot->count) +
			       1;
		if (col < end && *spot->hits)
			paint_word(app, row, col, end - col, ROLE_HITS, spot->hits);
	}
}

size_t tabs_at(const struct app *app, int col)
{
	const struct reading *r = &app->reading;
	struct tab_spot *spots = arena_alloc(app->frame, r->n_tabs * sizeof(*spots));
	for (size_t i = place_tabs(app, spots); i < r->n_tabs; i++)
		if (col >= spots[i].col - 1 && col <= spots[i].col + spots[i].cols)
			return i;
	return SIZE_MAX;
}

static void paint_across(const struct app *app, int row, int joint, const char *sign)
{
	struct style style = paint_style(app, ROLE_BORDER);
	canvas_repeat(app->canvas, row, 0, app->canvas->cols, str_of(paint_signs(app)->across),
		      style);
	if (joint >= 0)
		canvas_put(app->canvas, row, joint, 1, str_of(sign), style);
}

/* What has been done with the story on show, on the rule below it, up to a column. */
static void paint_marks(const struct app *app, const struct frame *f, int end)
{
	uint32_t story = app->detail.story;
	struct story_state state = reading_state(app, story);
	int col = f->detail.col + 2;
	const char *const signs[] = {state.is_starred ? paint_signs(app)->star : NULL,
				     state.is_later ? paint_signs(app)->later : NULL};
	static const enum role roles[] = {ROLE_STAR, ROLE_LATER};
	for (int i = 0; i < 2; i++) {
		if (!signs[i] || col + 3 > end)
			continue;
		const char *text = arena_printf(app->frame, " %s ", signs[i]);
		col += paint_word(app, f->bottom_rule, col, end - col, roles[i], text);
	}
	if ((state.n_tags || state.note.len) && col < end)
		paint_tags(app, f->bottom_rule, col, end - col, &state, ROLE_TEXT);
}

void paint_rules(const struct app *app, const struct frame *f)
{
	const struct signs *signs = paint_signs(app);
	if (f->top_rule >= 0)
		paint_across(app, f->top_rule, f->border_col, signs->tee);
	if (f->bottom_rule >= 0)
		paint_across(app, f->bottom_rule, f->border_col, signs->foot);
	for (int r = f->detail.row; f->border_col >= 0 && r < f->detail.row + f->detail.rows; r++)
		paint_word(app, r, f->border_col, 1, ROLE_BORDER, signs->down);
	if (f->bottom_rule >= 0 && f->has_detail && app->detail.page) {
		unsigned percent = detail_percent(app);
		bool is_whole = app->detail.top == 0 && percent == 100;
		const char *text = is_whole ? app_word(app, N_("all"))
					    : arena_printf(app->frame, "%u%%", percent);
		const struct page_mention *mentions;
		size_t n = threads_mentions(app, &mentions);
		if (n)
			text = arena_printf(app->frame, app_word(app, N_("%zu related · %s")), n,
					    text);
		text = arena_printf(app->frame, " %s ", text);
		int cols = paint_cols(app, str_of(text));
		int col = app->canvas->cols - cols - 2;
		paint_marks(app, f, col - 1);
		paint_word(app, f->bottom_rule, col, cols, ROLE_SCROLL, text);
	}
}

/* The keys worth knowing, as they are bound now. */
struct hint {
	const char *commands[2];
	const char *words;
};
static const struct hint list_hints[] = {
	{{"next", "prev"}, N_("move")}, {{"read-on"}, N_("read on")}, {{"enter"}, N_("into")},
	{{"open"}, N_("open source")},  {{"star"}, N_("star")},       {{"later"}, N_("later")},
	{{"dismiss"}, N_("dismiss")},   {{"undo"}, N_("undo")},       {{"find"}, N_("search")},
	{{"tab-next"}, N_("tabs")},     {{"help"}, N_("help")},       {{"quit"}, N_("quit")},
};
static const struct hint detail_hints[] = {
	{{"scroll-down", "scroll-up"}, N_("scroll")},
	{{"read-on"}, N_("read on")},
	{{"back"}, N_("list")},
	{{"open"}, N_("open source")},
	{{"links"}, N_("links")},
	{{"star"}, N_("star")},
	{{"later"}, N_("later")},
	{{"dismiss"}, N_("dismiss")},
	{{"undo"}, N_("undo")},
	{{"hit-next"}, N_("next keyword")},
	{{"find"}, N_("search")},
	{{"help"}, N_("help")},
	{{"quit"}, N_("quit")},
};

static struct str hint_keys(const struct app *app, const struct hint *hint)
{
	enum scope scope = app->focus == FOCUS_LIST ? SCOPE_LIST : SCOPE_DETAIL;
	struct strbuf out = strbuf_make(app->frame);
	for (int i = 0; i < 2 && hint->commands[i]; i++) {
		struct str keys =
			keymap_keys_of(app->keymap, app->frame, scope, hint->commands[i], 1);
		if (str_is(keys, "<Space>"))
			keys = str_of(app_word(app, N_("Space")));
		else if (keys.len > 3 && str_starts(keys, "<") && str_ends(keys, ">"))
			keys = str_sub(keys, 1, keys.len - 2);
		if (out.len && keys.len)
			strbuf_putc(&out, '/');
		strbuf_put(&out, keys);
	}
	return strbuf_str(&out);
}

/* "3/23 All", what the list is limited to, and how many of it are selected. */
int paint_position(const struct app *app, int row)
{
	const struct reading *r = &app->reading;
	const struct tab *tab = &r->tabs[r->tab];
	size_t nth = r->list.n ? r->list.selected + 1 : 0;
	struct str name = paint_category(tab->name);
	struct strbuf where = strbuf_make(app->frame);
	strbuf_put_number(&where, nth);
	strbuf_putc(&where, '/');
	strbuf_put_number(&where, r->list.n);
	strbuf_putc(&where, ' ');
	strbuf_put(&where, name);
	const char *text;
	int col = 1;
	col += paint_text(app, row, col, app->canvas->cols - 2, ROLE_HINT, strbuf_str(&where));
	if (app->limit.query) {
		text = arena_printf(app->frame, " & %s", app->limit.text);
		col += paint_word(app, row, col, app->canvas->cols - col - 1, ROLE_HITS, text);
	}
	size_t n_selected = select_n(app);
	if (n_selected) {
		text = arena_printf(app->frame, app_word(app, N_(" · %zu selected")), n_selected);
		col += paint_word(app, row, col, app->canvas->cols - col - 1, ROLE_HITS, text);
	}
	return col;
}

/* What is to be said before anything else; NULL when there is nothing. */
static const char *news(const struct app *app)
{
	const char *message = app->message[0] ? app->message : sources_status(app);
	return message ? message : library_status(app);
}

void paint_keys(const struct app *app, struct str keys)
{
	int row = app->canvas->rows - 1, cols = app->canvas->cols;
	if (news(app) || !app->options.hints)
		return;
	canvas_fill(app->canvas, row, 0, 1, cols, paint_style(app, ROLE_HINT));
	canvas_put_cut(app->canvas, row, 1, cols - 2, keys, paint_style(app, ROLE_HINT));
}

int paint_hints(const struct app *app, const struct frame *f)
{
	int row = f->hint_row, end = app->canvas->cols - 1;
	canvas_fill(app->canvas, row, 0, 1, app->canvas->cols, paint_style(app, ROLE_HINT));
	const char *message = news(app);
	if (message) {
		bool is_error = app->message[0] && app->is_error;
		paint_word(app, row, 1, end - 1, is_error ? ROLE_ERROR : ROLE_MESSAGE, message);
		return 0;
	}
	if (!app->reading.issue)
		return 0;
	int place = paint_position(app, row), col = place + 3;
	/* Under an overlay these keys do something else, or nothing. */
	if (!app->options.hints || view_top(app))
		return place;
	bool is_list = app->focus == FOCUS_LIST;
	const struct hint *hints = is_list ? list_hints : detail_hints;
	size_t n = is_list ? sizeof(list_hints) / sizeof(*hints)
			   : sizeof(detail_hints) / sizeof(*hints);
	/* Help stays, whatever else there is no room for. */
	const struct hint help = {{"help"}, N_("help")};
	struct str help_keys = hint_keys(app, &help);
	int help_cols =
		paint_cols(app, help_keys) + 1 + paint_cols(app, str_of(app_word(app, help.words)));
	for (size_t i = 0; i < n; i++) {
		struct str keys = hint_keys(app, &hints[i]);
		struct str words = str_of(app_word(app, hints[i].words));
		bool is_help = strcmp(hints[i].commands[0], "help") == 0;
		int cols = paint_cols(app, keys) + 1 + paint_cols(app, words);
		if (keys.len == 0 || col + cols + (is_help ? 0 : help_cols + 2) > end)
			continue;
		col += paint_text(app, row, col, cols, ROLE_HINT_KEY, keys) + 1;
		col += paint_text(app, row, col, cols, ROLE_HINT, words) + 2;
		if (is_help)
			help_cols = -2;
	}
	return place;
}
