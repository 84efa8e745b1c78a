/* The list and the story. */
#include <sulan/arena.h>
#include <sulan/fold.h>

#include "detail.h"
#include "paint.h"
#include "reading.h"
#include "select.h"
#include "stacks.h"

/* In less than this only the sources stand. */
#define SERIES_ROOM 20

/* What stands at the right of a row: keyword hits, later, star. Returns its columns. */
static int paint_flags(const struct app *app, int row, int right, uint32_t story)
{
	const struct signs *signs = paint_signs(app);
	struct story_state state = reading_state(app, story);
	uint32_t hits = reading_hits(app, story);
	int used = 0;
	const char *const flags[] = {state.is_starred ? signs->star : NULL,
				     state.is_later ? signs->later : NULL};
	static const enum role roles[] = {ROLE_STAR, ROLE_LATER};
	for (int i = 0; i < 2; i++) {
		if (!flags[i])
			continue;
		int cols = paint_cols(app, str_of(flags[i]));
		used += cols + 1;
		paint_word(app, row, right - used, cols, roles[i], flags[i]);
	}
	if (hits) {
		struct strbuf text = strbuf_make(app->frame);
		strbuf_puts(&text, signs->hit);
		strbuf_put_number(&text, hits);
		int cols = paint_cols(app, strbuf_str(&text));
		used += cols + 1;
		paint_text(app, row, right - used, cols, ROLE_HITS, strbuf_str(&text));
	}
	return used;
}

/* The name of a source says something once: several pages of a host have the same. */
static bool is_named(const struct story *story, size_t source)
{
	for (size_t i = 0; i < source; i++)
		if (str_eq(story->sources[i].name, story->sources[source].name))
			return true;
	return false;
}

/* The names of the sources, or the category and host of a brief. */
static struct str row_meta(const struct app *app, const struct story *story)
{
	const struct issue *issue = app->reading.issue;
	struct strbuf out = strbuf_make(app->frame);
	for (size_t i = 0; i < story->n_sources; i++) {
		if (is_named(story, i))
			continue;
		strbuf_puts(&out, i ? "、" : "");
		strbuf_put(&out, story->sources[i].name);
	}
	if (story->n_sources == 0) {
		strbuf_put(&out, paint_category(issue->categories[story->category]));
		struct str host = {0};
		if (story->n_links)
			host = link_host_shown(app->frame, issue->links[story->links[0]].url);
		strbuf_puts(&out, out.len && host.len ? " · " : "");
		strbuf_put(&out, host);
	}
	return strbuf_str(&out);
}

/* As the configuration says, else one that is always the same for the tag. */
static enum role tag_role(const struct app *app, struct str tag)
{
	int style = config_tag_style(app->config, tag);
	int other = (int)(str_hash(tag, STR_HASH_SEED) % 6);
	return (enum role)(ROLE_KEYWORD_1 + (style ? style - 1 : other));
}

int paint_tags(const struct app *app, int row, int col, int cols, const struct story_state *state,
	       enum role ground)
{
	struct style base = paint_style(app, ground);
	const struct style *styles = app->theme.styles;
	int used = 0;
	for (size_t i = 0; i < state->n_tags && used < cols; i++) {
		struct str tag = state->tags[i];
		const char *text = arena_printf(app->frame, "#%.*s ", (int)tag.len, tag.p);
		used += canvas_put_cut(app->canvas, row, col + used, cols - used, str_of(text),
				       style_over(base, styles[tag_role(app, tag)]));
	}
	if (state->note.len && used < cols) {
		const char *text =
			arena_printf(app->frame, "“%.*s” ", (int)state->note.len, state->note.p);
		used += canvas_put_cut(app->canvas, row, col + used, cols - used, str_of(text),
				       style_over(base, styles[ROLE_LATER]));
	}
	return used;
}

/* In the library, the day of the story's issue. Returns the columns used. */
static int paint_date(const struct app *app, int row, int col, int cols, uint32_t story)
{
	char date[DATE_TEXT];
	if (!app->reading.stories || cols < DATE_TEXT + 8)
		return 0;
	date_text(stacks_issue(app, story)->date, date);
	return date[0] ? paint_word(app, row, col, cols, ROLE_HEADER_DATE, date) + 2 : 0;
}

/* In a library of several publications, which one the story is of: half of the room at most. */
static int paint_series(const struct app *app, int row, int col, int cols, uint32_t story)
{
	const struct reading *r = &app->reading;
	if (!r->stories || !r->is_mixed || cols < SERIES_ROOM)
		return 0;
	struct str series = issue_series(stacks_issue(app, story));
	return series.len ? paint_text(app, row, col, cols / 2, ROLE_HEADER_DATE, series) + 2 : 0;
}

/* Lays the mark of the selected row over some of it. */
static void mark_row(const struct app *app, int row, int col, int cols)
{
	enum role role = app->focus == FOCUS_LIST ? ROLE_ROW_NOW : ROLE_ROW_HELD;
	canvas_tint(app->canvas, row, col, cols, app->theme.styles[role]);
}

static void paint_title(const struct app *app, int row, int col, int cols, uint32_t index,
			bool is_selected)
{
	const struct story *story = &app->reading.issue->stories[index];
	bool is_read = reading_state(app, index).is_read;
	int used = paint_text(app, row, col, cols, is_read ? ROLE_ROW_READ : ROLE_ROW_TITLE,
			      story->title);
	if (is_selected && app->options.selection == SELECTION_TITLE)
		mark_row(app, row, col, used);
	struct hits hits = reading_title_hits(app, index);
	paint_hits(app, row, col, used, story->title, 0, &hits, true, ROLE_KEYWORD_1);
	if (app->search.is_on) {
		struct hit *items = NULL;
		size_t n = needle_find(&app->search.needle, app->frame, story->title, &items);
		paint_hits(app, row, col, used, story->title, 0, &(struct hits){items, n}, false,
			   ROLE_MATCH);
	}
}

int paint_list_place(const struct app *app, const struct rect *pane, size_t index)
{
	return pane->row + (int)(index - app->reading.list.top) * frame_row_height(app);
}

int paint_list_lines(const struct app *app, const struct rect *pane, size_t index)
{
	int height = frame_row_height(app);
	int room = pane->row + pane->rows - paint_list_place(app, pane, index);
	return room < height ? room : height;
}

void paint_list_edge(const struct app *app, const struct rect *pane, size_t index)
{
	int row = paint_list_place(app, pane, index);
	const struct reading *r = &app->reading;
	const struct signs *signs = paint_signs(app);
	uint32_t story = r->rows[index];
	bool is_selected = index == r->list.selected;
	int n_lines = paint_list_lines(app, pane, index);
	if (is_selected && app->focus == FOCUS_LIST) {
		app->canvas->cursor_row = row;
		app->canvas->cursor_col = pane->col + LIST_EDGE_COLS;
	}
	for (int i = 0; is_selected && i < n_lines; i++)
		paint_word(app, row + i, pane->col, 1, ROLE_MARKER, signs->marker);
	if (select_has(app, index))
		paint_word(app, row, pane->col + 2, 1, ROLE_MARKER, signs->chosen);
	if (!reading_state(app, story).is_read)
		paint_word(app, row, pane->col + 1, 1, ROLE_UNREAD, signs->unread);
	if (is_selected && app->options.selection == SELECTION_EDGE)
		mark_row(app, row, pane->col + 1, 1);
}

void paint_list_line(const struct app *app, const struct rect *pane, size_t index, int line)
{
	int row = paint_list_place(app, pane, index) + line;
	const struct reading *r = &app->reading;
	uint32_t story = r->rows[index];
	int height = frame_row_height(app), right = pane->col + pane->cols;
	int text = pane->col + LIST_EDGE_COLS, room = right - text - 1;
	if (line == height - 1) {
		room -= paint_flags(app, row, right, story);
		int used = paint_date(app, row, text, room, story);
		text += used;
		room -= used;
	}
	if (line == 0) {
		paint_title(app, row, text, room, story, index == r->list.selected);
		return;
	}
	struct story_state state = reading_state(app, story);
	int used = paint_tags(app, row, text, room, &state, ROLE_TEXT);
	used += paint_series(app, row, text + used, room - used, story);
	if (used < room)
		paint_text(app, row, text + used, room - used, ROLE_ROW_META,
			   row_meta(app, &r->issue->stories[story]));
}

static void paint_row(const struct app *app, const struct rect *pane, size_t index)
{
	int n_lines = paint_list_lines(app, pane, index);
	paint_list_edge(app, pane, index);
	for (int line = 0; line < n_lines; line++)
		paint_list_line(app, pane, index, line);
}

void paint_list(const struct app *app, const struct frame *f)
{
	const struct reading *r = &app->reading;
	if (r->list.n == 0) {
		const char *why = app->limit.query ? N_("nothing matches; Esc shows all again")
						   : N_("nothing here");
		paint_word(app, f->list.row + 1, f->list.col + 3, f->list.cols - 4, ROLE_META,
			   app_word(app, why));
		app->canvas->cursor_row = f->list.row + 1;
		app->canvas->cursor_col = f->list.col + 3;
		return;
	}
	for (size_t i = r->list.top; i < r->list.n; i++) {
		if (paint_list_place(app, &f->list, i) >= f->list.row + f->list.rows)
			break;
		paint_row(app, &f->list, i);
	}
}

static struct style run_style(const struct app *app, const struct run *run)
{
	struct style style = paint_style(app, (enum role)run->role);
	if (run->marks & MARK_STRONG)
		style.attrs |= ATTR_BOLD;
	if (run->marks & MARK_EMPH)
		style.attrs |= ATTR_ITALIC;
	if (run->marks & MARK_STRIKE)
		style.attrs |= ATTR_STRIKE;
	return style;
}

/* Links that may be opened can be so by the terminal itself. */
static void link_cells(const struct app *app, int row, int col, int cols, uint32_t link)
{
	struct str url = app->detail.issue->links[link - 1].url;
	if (link_may_open(url))
		canvas_link(app->canvas, row, col, cols, link, link_ascii(app->frame, url));
}

/* The text, or what is shown in it where a hit goes on. */
struct lit {
	struct str text;
	struct place place;
	bool is_between;
};

static void lay_hits(const struct app *app, int row, int col, int cols, const struct lit *lit,
		     struct hits hits, bool is_keyword, enum role role)
{
	uint32_t at = lit->place.at;
	for (size_t i = 0; lit->is_between && i < hits.n; i++) {
		struct hit hit = hits.items[i];
		if (hit.at >= at || hit.at + hit.len <= at)
			continue;
		hit = (struct hit){at, (uint32_t)lit->text.len, hit.keyword};
		paint_hits(app, row, col, cols, lit->text, at, &(struct hits){&hit, 1}, is_keyword,
			   role);
	}
	if (!lit->is_between)
		paint_hits(app, row, col, cols, lit->text, at, &hits, is_keyword, role);
}

static void paint_lit(const struct app *app, int row, int col, int cols, const struct lit *lit)
{
	const struct detail *d = &app->detail;
	uint32_t block = lit->place.block;
	lay_hits(app, row, col, cols, lit, d->block_hits[block], true, ROLE_KEYWORD_1);
	if (!d->match_hits)
		return;
	lay_hits(app, row, col, cols, lit, d->match_hits[block], false, ROLE_MATCH);
	const struct match *now = &app->search.now;
	if (app->search.has_now && now->block == block) {
		struct hit hit = {now->at, now->len, 0};
		lay_hits(app, row, col, cols, lit, (struct hits){&hit, 1}, false, ROLE_MATCH_NOW);
	}
}

static void paint_run(const struct app *app, int row, int left, int cols,
		      const struct page_line *line, size_t nth)
{
	const struct run *run = &line->runs[nth];
	int col = left + run->col, room = cols - run->col;
	struct lit lit = {run->text, {run->block, run->at}, false};
	if (room <= 0)
		return;
	int used = canvas_put(app->canvas, row, col, room, run->text, run_style(app, run));
	if (run->link && app->options.hyperlinks)
		link_cells(app, row, col, used, run->link);
	if (run->block == PAGE_NO_BLOCK)
		lit.is_between = page_is_between(line, nth, &lit.place);
	if (run->block != PAGE_NO_BLOCK || lit.is_between)
		paint_lit(app, row, col, room, &lit);
}

void paint_detail(const struct app *app, const struct frame *f)
{
	const struct detail *d = &app->detail;
	if (app->focus == FOCUS_DETAIL) {
		app->canvas->cursor_row = f->detail.row;
		app->canvas->cursor_col = f->text_col;
	}
	if (!d->page)
		return;
	int cols = f->detail.col + f->detail.cols - f->text_col;
	for (int i = 0; i < f->detail.rows && d->top + (size_t)i < d->page->n_lines; i++) {
		const struct page_line *line = &d->page->lines[d->top + (size_t)i];
		for (size_t r = 0; r < line->n_runs; r++)
			paint_run(app, f->detail.row + i, f->text_col, cols, line, r);
	}
}
