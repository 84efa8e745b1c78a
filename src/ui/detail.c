/* The page of the selected story and scrolling in it. */
#include "detail.h"

#include <sulan/arena.h>

#include "frame.h"
#include "threads.h"
#include "whole.h"

/* Lines kept above a place that is brought into view. */
#define SHOW_MARGIN 3

static struct page_opts page_opts(const struct app *app, int cols)
{
	return (struct page_opts){
		.cols = (uint16_t)cols,
		.measure = (uint16_t)app->options.measure,
		.wrap = {.policy = app->canvas->policy,
			 .level = (enum wrap_level)app->options.kinsoku,
			 .hangs = app->options.hanging},
		.is_spaced = app->options.spacing,
		.source_label = str_of(app_word(app, N_("Sources"))),
	};
}

size_t detail_room(const struct app *app)
{
	struct frame f = frame_of(app);
	return f.is_too_small || f.detail.rows < 1 ? 1 : (size_t)f.detail.rows;
}

static size_t last_top(const struct app *app)
{
	const struct page *page = app->detail.page;
	size_t room = detail_room(app);
	return page && page->n_lines > room ? page->n_lines - room : 0;
}

static void set_top(struct app *app, size_t top)
{
	struct detail *d = &app->detail;
	size_t last = last_top(app);
	d->top = top < last ? top : last;
	if (d->page && d->page->n_lines)
		d->place = d->page->lines[d->top].place;
}

static struct hits scan_keywords(const struct app *app, struct arena *arena, struct str text)
{
	struct hit *items = NULL;
	size_t n = 0;
	if (app->options.highlight)
		n = keywords_scan(app->keywords, arena, text, &items);
	return (struct hits){items, n};
}

static struct hits scan_search(const struct app *app, struct arena *arena, struct str text)
{
	struct hit *items = NULL;
	size_t n = needle_find(&app->search.needle, arena, text, &items);
	return (struct hits){items, n};
}

/* Of a story of the library, whose issue is not the one that is open. */
static void scan_whole(struct app *app)
{
	struct detail *d = &app->detail;
	arena_reset(d->arena);
	struct hits *keywords = arena_alloc(d->arena, d->issue->n_blocks * sizeof(*keywords));
	struct hits *matches = arena_alloc(d->arena, d->issue->n_blocks * sizeof(*matches));
	for (uint32_t i = d->whole->block; i < d->whole->end; i++) {
		struct str text = d->issue->blocks[i].text;
		keywords[i] = scan_keywords(app, d->arena, text);
		if (app->search.is_on)
			matches[i] = scan_search(app, d->arena, text);
	}
	d->block_hits = keywords;
	d->match_hits = app->search.is_on ? matches : NULL;
}

void detail_scan(struct app *app)
{
	if (app->reading.stories) {
		if (app->detail.story != UINT32_MAX)
			scan_whole(app);
		return;
	}
	app->detail.block_hits = app->reading.block_hits;
	app->detail.match_hits = app->search.block_hits;
}

void detail_update(struct app *app, bool is_stale)
{
	struct detail *d = &app->detail;
	const struct story *story = app_story(app);
	struct frame f = frame_of(app);
	int cols = f.is_too_small ? FRAME_MIN_COLS : f.page_cols;
	uint32_t index = story ? (uint32_t)(story - app->reading.issue->stories) : UINT32_MAX;
	if (!is_stale && d->page && story && d->story == index && d->cols == cols)
		return;
	bool is_same = d->story == index && d->page;
	page_free(d->page);
	d->page = NULL;
	d->issue = app->reading.issue;
	d->whole = story;
	if (story && app->reading.stories)
		d->whole = whole_get(app, index, &d->issue);
	d->is_read_through &= is_same;
	d->story = index;
	d->cols = cols;
	if (!story)
		return;
	struct page_opts opts = page_opts(app, cols);
	detail_scan(app);
	opts.n_mentions = threads_mentions(app, &opts.mentions);
	d->page = page_story(d->issue, d->whole, &opts);
	/* A place at the top of the story stays the top, whatever lines stand before it. */
	bool is_top = !is_same || d->top == 0;
	d->top = is_top ? 0 : page_line_of(d->page, d->place);
	size_t last = last_top(app);
	if (d->top > last)
		d->top = last;
	if (is_top && d->page->n_lines)
		d->place = d->page->lines[0].place;
}

void detail_amend(struct app *app)
{
	struct detail *d = &app->detail;
	size_t top = d->top;
	struct place place = d->place;
	detail_update(app, true);
	if (top <= last_top(app)) {
		d->top = top;
		d->place = place;
	}
}

bool detail_scroll(struct app *app, long by)
{
	struct detail *d = &app->detail;
	size_t before = d->top;
	if (by < 0)
		set_top(app, (size_t)-by > before ? 0 : before - (size_t)-by);
	else
		set_top(app, before + (size_t)by);
	return d->top != before;
}

void detail_top(struct app *app)
{
	set_top(app, 0);
}

void detail_end(struct app *app)
{
	set_top(app, SIZE_MAX);
}

void detail_show(struct app *app, struct place place)
{
	struct detail *d = &app->detail;
	if (!d->page || d->page->n_lines == 0)
		return;
	size_t line = page_line_of(d->page, place);
	if (line >= d->top && line < d->top + detail_room(app))
		return;
	set_top(app, line > SHOW_MARGIN ? line - SHOW_MARGIN : 0);
}

bool detail_is_at_end(const struct app *app)
{
	const struct detail *d = &app->detail;
	return !d->page || d->top + detail_room(app) >= d->page->n_own;
}

unsigned detail_percent(const struct app *app)
{
	const struct detail *d = &app->detail;
	if (!d->page || detail_is_at_end(app))
		return 100;
	return (unsigned)((d->top + detail_room(app)) * 100 / d->page->n_own);
}

/* The line in a row of the screen; NULL where there is none. */
static const struct page_line *line_at(const struct app *app, const struct frame *f, int row)
{
	const struct detail *d = &app->detail;
	if (!d->page || f->is_too_small || !f->has_detail || row < f->detail.row)
		return NULL;
	size_t index = d->top + (size_t)(row - f->detail.row);
	if (row >= f->detail.row + f->detail.rows || index >= d->page->n_lines)
		return NULL;
	return &d->page->lines[index];
}

uint32_t detail_mention_at(const struct app *app, int row, int col)
{
	struct frame f = frame_of(app);
	const struct page_line *line = line_at(app, &f, row);
	return line && col >= f.text_col && col < f.text_col + f.text_cols ? line->mention : 0;
}

uint32_t detail_link_at(const struct app *app, int row, int col)
{
	struct frame f = frame_of(app);
	const struct page_line *line = line_at(app, &f, row);
	for (size_t i = 0; line && i < line->n_runs; i++) {
		const struct run *run = &line->runs[i];
		int at = f.text_col + run->col;
		if (run->link && col >= at && col < at + run->cols)
			return run->link;
	}
	return 0;
}

void detail_free(struct detail *detail)
{
	page_free(detail->page);
	arena_free(detail->arena);
}
