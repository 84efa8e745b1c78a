/* Lines of a page in the making: indents, blank lines, and the places of lines without text. */
#include "sheet.h"

#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/glyph.h>

/* What marks may hang in is taken from the text only where the measure leaves nothing beside it. */
static void set_width(struct sheet *sheet)
{
	const struct page_opts *opts = sheet->opts;
	size_t cols = opts->cols ? opts->cols : 1;
	sheet->width = opts->measure && opts->measure < cols ? opts->measure : cols;
	sheet->hangs = opts->wrap.hangs && cols >= SHEET_MIN_HANGING;
	if (sheet->hangs && cols - sheet->width < WRAP_HANG_COLS)
		sheet->width = cols - WRAP_HANG_COLS;
	sheet->edge = sheet->width + (sheet->hangs ? WRAP_HANG_COLS : 0);
}

struct sheet *sheet_new(const struct issue *issue, const struct page_opts *opts)
{
	struct arena *arena = arena_new();
	struct sheet *sheet = mem_new(sizeof(*sheet));
	sheet->arena = arena;
	sheet->scratch = arena_new();
	sheet->issue = issue;
	sheet->opts = opts;
	set_width(sheet);
	sheet->story = UINT32_MAX;
	sheet->title = PAGE_NO_BLOCK;
	return sheet;
}

static bool is_behind(struct place a, struct place b)
{
	return a.block != b.block ? a.block > b.block : a.at > b.at;
}

/* A line without text has the place of what follows; places never go back. */
static void settle_places(struct sheet *sheet)
{
	struct place next = {PAGE_NO_BLOCK, 0}, last = {0, 0};
	for (size_t i = sheet->n_lines; i-- > 0;) {
		if (sheet->lines[i].place.block == PAGE_NO_BLOCK)
			sheet->lines[i].place = next;
		next = sheet->lines[i].place;
	}
	for (size_t i = 0; i < sheet->n_lines; i++) {
		struct place *place = &sheet->lines[i].place;
		if (place->block == PAGE_NO_BLOCK || is_behind(last, *place))
			*place = last;
		last = *place;
	}
}

const struct page *sheet_finish(struct sheet *sheet)
{
	settle_places(sheet);
	struct page *page = arena_alloc(sheet->arena, sizeof(*page));
	*page = (struct page){.arena = sheet->arena,
			      .cols = sheet->opts->cols,
			      .lines = sheet->lines,
			      .n_lines = sheet->n_lines,
			      .n_own = sheet->n_own ? sheet->n_own : sheet->n_lines};
	arena_free(sheet->scratch);
	free(sheet);
	return page;
}

const struct text_policy *sheet_policy(const struct sheet *sheet)
{
	return &sheet->opts->wrap.policy;
}

static size_t indent(const struct sheet *sheet)
{
	size_t cols = 0;
	for (size_t i = 0; i < sheet->n_levels; i++)
		cols += sheet->levels[i].cols;
	return cols;
}

size_t sheet_room(const struct sheet *sheet)
{
	return sheet->width - indent(sheet);
}

void sheet_enter(struct sheet *sheet, struct level level)
{
	if (sheet->n_levels == SHEET_MAX_LEVELS)
		return;
	size_t cols = text_cols(level.first, sheet_policy(sheet));
	if (cols + SHEET_MIN_TEXT > sheet_room(sheet)) {
		level.first = level.rest = (struct str){NULL, 0};
		cols = 0;
	}
	level.cols = (uint16_t)cols;
	sheet->levels[sheet->n_levels++] = level;
}

void sheet_leave(struct sheet *sheet, uint32_t block)
{
	while (sheet->n_levels && sheet->levels[sheet->n_levels - 1].end <= block)
		sheet->n_levels--;
}

void sheet_leave_to(struct sheet *sheet, size_t n)
{
	if (n < sheet->n_levels)
		sheet->n_levels = n;
}

const struct level *sheet_begun(const struct sheet *sheet)
{
	for (size_t i = sheet->n_levels; i-- > 0;)
		if (sheet->levels[i].is_begun)
			return &sheet->levels[i];
	return NULL;
}

void sheet_gap(struct sheet *sheet)
{
	sheet->is_gap_due = sheet->n_lines > 0 || sheet->is_continued;
}

void sheet_put(struct sheet *sheet, struct run run)
{
	const struct text_policy *policy = sheet_policy(sheet);
	size_t room = sheet->edge - sheet->col;
	size_t cols = run.cols ? run.cols : text_cols(run.text, policy);
	if (cols > room)
		run.text.len = text_fit(run.text, room, policy, &cols);
	if (run.text.len == 0)
		return;
	run.col = (uint16_t)sheet->col;
	run.cols = (uint16_t)cols;
	sheet->runs = arena_more(sheet->arena, sheet->runs, sheet->n_runs, &sheet->cap_runs,
				 sizeof(*sheet->runs));
	sheet->runs[sheet->n_runs++] = run;
	sheet->col += cols;
}

struct run sheet_mark(struct str text, enum role role)
{
	return (struct run){.text = text, .block = PAGE_NO_BLOCK, .role = (uint8_t)role};
}

void sheet_end(struct sheet *sheet)
{
	struct page_line line = {
		.story = sheet->story, .mention = sheet->mention, .place = {PAGE_NO_BLOCK, 0}};
	if (sheet->n_runs)
		line.runs = (struct run *)(void *)arena_copy(sheet->arena, sheet->runs,
							     sheet->n_runs * sizeof(struct run));
	line.n_runs = sheet->n_runs;
	if (sheet->is_foot) {
		line.place = sheet->foot;
		sheet->foot.at++;
	}
	for (size_t i = 0; i < line.n_runs && line.place.block == PAGE_NO_BLOCK; i++)
		if (line.runs[i].block != PAGE_NO_BLOCK)
			line.place = (struct place){line.runs[i].block, line.runs[i].at};
	sheet->lines = arena_more(sheet->arena, sheet->lines, sheet->n_lines, &sheet->cap_lines,
				  sizeof(*sheet->lines));
	sheet->lines[sheet->n_lines++] = line;
	sheet->n_runs = 0;
	sheet->col = 0;
}

/* The bars of the containers that go on past a blank line. */
static void set_gap(struct sheet *sheet)
{
	size_t n = 0;
	for (size_t i = 0; i < sheet->n_levels && sheet->levels[i].is_begun; i++)
		if (sheet->levels[i].kind == BLOCK_QUOTE)
			n = i + 1;
	for (size_t i = 0; i < n; i++)
		sheet_put(sheet, sheet_mark(sheet->levels[i].rest, sheet->levels[i].role));
	sheet_end(sheet);
}

void sheet_begin(struct sheet *sheet)
{
	if (sheet->is_gap_due) {
		sheet->is_gap_due = false;
		set_gap(sheet);
	}
	for (size_t i = 0; i < sheet->n_levels; i++) {
		struct level *level = &sheet->levels[i];
		bool is_sign = !level->is_begun || level->kind == BLOCK_QUOTE;
		struct run run = sheet_mark(level->is_begun ? level->rest : level->first,
					    is_sign ? (enum role)level->role : ROLE_TEXT);
		run.cols = level->cols;
		sheet_put(sheet, run);
		level->is_begun = true;
	}
}

struct run sheet_fill(struct sheet *sheet, struct str mark, size_t cols, enum role role)
{
	size_t each = text_cols(mark, sheet_policy(sheet));
	size_t n = each ? cols / each : 0;
	struct strbuf buf = strbuf_make(sheet->arena);
	strbuf_reserve(&buf, n * mark.len);
	for (size_t i = 0; i < n; i++, buf.len += mark.len)
		memcpy(buf.p + buf.len, mark.p, mark.len);
	buf.p[buf.len] = '\0';
	struct run run = sheet_mark(strbuf_str(&buf), role);
	run.cols = (uint16_t)(n * each);
	return run;
}
