/* Painting stories of the library: each with its date, and the text around what was found. */
#include "found_view.h"

#include <sulan/arena.h>

#include "paint.h"

#define VIEW_COLS  110
#define TITLE_COLS 16 /* at the least, beside marks */
#define TAGS_COLS  4  /* at the least, beside the title */

static void put_lit(const struct app *app, int row, int col, int cols, struct str text,
		    const struct hit *hits, size_t n, struct style style)
{
	int used = canvas_put_cut(app->canvas, row, col, cols, text, style);
	paint_hits(app, row, col, used, text, 0, &(struct hits){hits, n}, false, ROLE_MATCH);
}

/* Titles stand below one another, whether their issues have a date or not. */
static bool has_dates(const struct found_view *f)
{
	size_t i = 0;
	while (i < f->lookup.n && !f->lookup.items[i].date.year)
		i++;
	return i < f->lookup.n;
}

/* What has been done with a story, at the right of its row, as far as the title leaves room.
 * Returns its columns. */
static int put_flags(const struct app *app, int row, int right, int room, struct story_state state)
{
	const struct signs *signs = paint_signs(app);
	const struct {
		const char *text;
		enum role role;
	} flags[] = {{state.is_starred ? signs->star : "", ROLE_STAR},
		     {state.is_later ? signs->later : "", ROLE_LATER},
		     {state.is_dismissed ? app_word(app, N_("dismissed")) : "", ROLE_HOST}};
	int used = 0;
	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++) {
		struct str text = str_of(flags[i].text);
		int cols = paint_cols(app, text);
		if (cols == 0 || used + cols > room - TITLE_COLS)
			continue;
		canvas_put(app->canvas, row, right - used - cols, cols, text,
			   style_over(paint_style(app, ROLE_OVERLAY),
				      app->theme.styles[flags[i].role]));
		used += cols + 1;
	}
	return used;
}

/* Tags and note in a row of one line, left of the flags and as far as the title leaves room.
 * Returns their columns. */
static int put_tags_beside(const struct app *app, int row, int right, int room,
			   const struct story_state *state)
{
	struct strbuf text = strbuf_make(app->frame);
	for (size_t i = 0; i < state->n_tags; i++)
		strbuf_printf(&text, "#%.*s ", (int)state->tags[i].len, state->tags[i].p);
	if (state->note.len)
		strbuf_printf(&text, "“%.*s” ", (int)state->note.len, state->note.p);
	int cols = paint_cols(app, strbuf_str(&text));
	cols = cols < room - TITLE_COLS ? cols : room - TITLE_COLS;
	return cols < TAGS_COLS ? 0 : paint_tags(app, row, right - cols, cols, state, ROLE_OVERLAY);
}

/* Number, unread and whether it is selected stand before it. */
static void put_edge(const struct app *app, const struct found_view *f, struct rect *box, int row,
		     size_t index, bool is_unread)
{
	struct style base = paint_style(app, ROLE_OVERLAY);
	if (f->title) {
		size_t nth = index - f->list.top + 1;
		const char *number = nth < 10 ? arena_printf(app->frame, "%zu ", nth) : "  ";
		canvas_put(app->canvas, row, box->col, box->cols, str_of(number),
			   style_over(base, app->theme.styles[ROLE_OVERLAY_KEY]));
		box->col += 2;
		box->cols -= 2;
	}
	if (is_unread)
		canvas_put(app->canvas, row, box->col, box->cols, str_of(paint_signs(app)->unread),
			   style_over(base, app->theme.styles[ROLE_UNREAD]));
	if (picks_has(&f->picks, (struct rows){&f->list, NULL}, index))
		canvas_put(app->canvas, row, box->col + 1, 1, str_of(paint_signs(app)->chosen),
			   style_over(base, app->theme.styles[ROLE_MARKER]));
	box->col += 2;
	box->cols -= 2;
}

/* Where the title alone has what was searched for, there is no text to show around it: then where
 * the story is from. */
static struct str whence(const struct app *app, const struct found *found)
{
	const char *gap = found->publication.len && found->source.len ? "  " : "";
	return str_of(arena_printf(app->frame, "%.*s%s%.*s", (int)found->publication.len,
				   found->publication.p, gap, (int)found->source.len,
				   found->source.p));
}

static void draw_found(const struct app *app, const struct found_view *f, struct rect box, int row,
		       size_t index)
{
	const struct found *found = &f->lookup.items[index];
	struct style base = paint_style(app, ROLE_OVERLAY);
	struct style dim = style_over(base, app->theme.styles[ROLE_HOST]);
	struct story_state state = triage_state(app->triage, found->id);
	char date[DATE_TEXT];
	date_text(found->date, date);
	put_edge(app, f, &box, row, index, !state.is_read);
	int indent = has_dates(f) ? DATE_TEXT - 1 + 2 : 0, room = box.cols - indent;
	int flags = put_flags(app, row, box.col + box.cols, room, state);
	if (f->is_low)
		flags +=
			put_tags_beside(app, row, box.col + box.cols - flags, room - flags, &state);
	canvas_put_cut(app->canvas, row, box.col, box.cols, str_of(date), dim);
	put_lit(app, row, box.col + indent, room - flags, found->title, found->title_hits,
		found->n_title_hits,
		state.is_read ? style_over(base, app->theme.styles[ROLE_ROW_READ]) : base);
	if (index == f->list.selected)
		canvas_tint(app->canvas, row, box.col, box.cols, app->theme.styles[ROLE_ROW_NOW]);
	if (f->is_low || row + 1 >= box.row + box.rows)
		return;
	int used = paint_tags(app, row + 1, box.col + indent, room, &state, ROLE_OVERLAY);
	put_lit(app, row + 1, box.col + indent + used, room - used,
		found->context.len ? found->context : whence(app, found), found->context_hits,
		found->n_context_hits, dim);
}

/* How much was found and in which order, and the words that the pinyin may stand for. */
static const char *head_line(const struct app *app, const struct found_view *f)
{
	const struct choice *c = &f->choice;
	const struct str *words = c->arena ? c->words : f->lookup.words;
	size_t n = c->arena ? c->n : f->lookup.n_words;
	size_t n_selected = picks_n(&f->picks, (struct rows){&f->list, NULL});
	struct strbuf line = strbuf_make(app->frame);
	if (f->trouble[0])
		return f->trouble;
	if (f->text[0]) {
		strbuf_printf(&line, app_word(app, N_("%zu found")), f->lookup.n);
		strbuf_puts(&line, f->lookup.is_cut ? "+" : "");
		strbuf_printf(&line, " · %s",
			      f->is_ranked ? app_word(app, N_("best first"))
					   : app_word(app, N_("newest first")));
	}
	if (n_selected)
		strbuf_printf(&line, app_word(app, N_(" · %zu selected")), n_selected);
	for (size_t i = 0; i < n; i++) {
		bool is_now = c->arena && i == c->now;
		strbuf_printf(&line, is_now ? "  [%zu %.*s]" : "  %zu %.*s", i + 1,
			      (int)words[i].len, words[i].p);
	}
	return strbuf_str(&line).p ? strbuf_str(&line).p : "";
}

static const char *box_title(const struct app *app, const struct found_view *f)
{
	return f->is_typed
		       ? app_word(app,
				  N_("Library   Tab takes a word of the pinyin, Enter the list"))
		       : app_word(app,
				  N_("Library   Enter opens, Tab sorts, / asks again, q closes"));
}

void found_draw(const struct app *app, const struct view *view)
{
	/* Only the list's room changes here: it is the screen's, not the reader's doing. */
	struct found_view *f = (struct found_view *)view;
	const char *title = f->title ? app_word(app, f->title) : box_title(app, f);
	int tall = f->is_low ? 1 : 2;
	int rows = f->title ? (int)f->lookup.n * tall : app->canvas->rows;
	struct rect box = paint_box(app, rows, VIEW_COLS, title);
	int head = f->title ? 0 : 1;
	size_t room = box.rows >= head + tall ? (size_t)((box.rows - head) / tall) : 1;
	list_set(&f->list, f->lookup.n, room);
	if (!f->title)
		canvas_put_cut(app->canvas, box.row, box.col, box.cols, str_of(head_line(app, f)),
			       style_over(paint_style(app, ROLE_OVERLAY),
					  app->theme.styles[ROLE_OVERLAY_KEY]));
	for (size_t i = f->list.top; i < f->list.n && i < f->list.top + room; i++)
		draw_found(app, f, box, box.row + head + tall * (int)(i - f->list.top), i);
	app->canvas->cursor_row = box.row + head + tall * (int)(f->list.selected - f->list.top);
	app->canvas->cursor_col = box.col;
}
