/* Greedy fill in one pass: while a line grows, the last place of each kind where it could end is
 * kept; when it overflows, the best of them ends it and the rest is carried over. */
#include <sulan/wrap.h>

#include <assert.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/linebreak.h>
#include <sulan/utf8.h>

#include "cluster.h"
#include "filler.h"

/* A space, and alone: what carries a mark is no space. */
static bool is_space(uint32_t cp, size_t len)
{
	return ((cp == ' ' || cp == '\t') && len == 1) || (cp == 0x3000 && len == 3);
}

static bool is_newline(uint32_t cp)
{
	return (cp >= '\n' && cp <= '\r') || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
}

static void begin_line(struct filler *f, uint32_t next, uint32_t next_cols)
{
	f->start.next = next;
	f->start.next_cols = next_cols;
	if (f->solid.at < next) {
		f->solid.at = next;
		f->solid.cols = next_cols;
	}
}

static void emit(struct filler *f, uint32_t at, uint32_t cols, bool is_forced)
{
	f->lines = arena_more(f->arena, f->lines, f->n_lines, &f->cap, sizeof(f->lines[0]));
	f->lines[f->n_lines++] = (struct wrap_line){
		.at = f->start.next,
		.len = at - f->start.next,
		.cols = (uint16_t)(cols - f->start.next_cols),
		.is_forced = is_forced,
	};
	f->room = f->cols;
}

/* The first line may be longer than the others, so that what is carried over from it can hold more
 * than a line: fill again from there. */
static void go_back(struct filler *f, uint32_t to, uint32_t cols)
{
	f->breaker = line_breaker_start(f->text, f->opts->level, f->cols);
	memset(f->places, 0, sizeof(f->places));
	for (size_t at = 0; at < to;) {
		at += utf8_next(f->text, at, &f->last_cp);
		line_breaker_next(&f->breaker, f->last_cp, at);
	}
	f->at = f->solid.at = to;
	f->n_cols = f->solid.cols = cols;
	f->n_closing = 0;
	while (f->gap > 0 && f->gaps.at[f->gap - 1] > to)
		f->gap--;
}

/* False when the cluster has to be looked at again. */
static bool make_room(struct filler *f, const struct cluster *c)
{
	if (f->n_cols + c->cols - f->start.next_cols > f->room && places_may_hang(f, c))
		return true;
	while (f->n_cols + c->cols - f->start.next_cols > f->room &&
	       f->n_cols > f->start.next_cols) {
		if (f->solid.cols ==
		    f->start.next_cols) { /* nothing but spaces: an indent too wide */
			begin_line(f, f->at, f->n_cols);
			return true;
		}
		bool was_longer = f->room > f->cols;
		struct place p = *places_choose(f);
		emit(f, p.at, p.cols, false);
		begin_line(f, p.next, p.next_cols);
		if (was_longer && f->n_cols - p.next_cols > f->room) {
			go_back(f, p.next, p.next_cols);
			return false;
		}
	}
	return true;
}

/* The cluster at f->at, as the breaker sees it. */
static struct cluster look(struct filler *f)
{
	struct cluster c;
	size_t at = f->at + utf8_next(f->text, f->at, &c.cp);
	c.border = line_breaker_next(&f->breaker, c.cp, at);
	if (cluster_plain_shown(f->text, f->at)) {
		c.end = (uint32_t)at;
		c.cols = c.cp < 0x80 ? 1 : 2;
		return c;
	}
	size_t cols;
	c.end = f->at + (uint32_t)glyph_cols(f->text, f->at, &f->opts->policy, &cols);
	c.cols = (uint32_t)cols;
	while (at < c.end) {
		uint32_t cp;
		at += utf8_next(f->text, at, &cp);
		line_breaker_next(&f->breaker, cp, at);
	}
	return c;
}

/* Takes the gap before what comes next. */
static void take_gap(struct filler *f)
{
	if (f->gap == f->gaps.n || f->gaps.at[f->gap] != f->at)
		return;
	f->gap++;
	if (f->at > f->start.next)
		f->n_cols++;
}

static void step(struct filler *f)
{
	take_gap(f);
	struct cluster c = look(f);
	if (is_newline(c.cp)) {
		emit(f, f->solid.at, f->solid.cols, true);
		begin_line(f, c.end, f->n_cols);
		f->solid = (struct place){.at = c.end, .cols = f->n_cols};
	} else if (is_space(c.cp, c.end - f->at)) {
		f->n_cols += c.cols;
	} else {
		places_note(f, &c);
		if (!make_room(f, &c))
			return;
		f->n_cols += c.cols;
		f->solid = (struct place){.at = c.end, .cols = f->n_cols};
	}
	f->n_closing = is_one(f->breaker.last, CLOSING) ? f->n_closing + 1 : 0;
	f->last_cp = c.cp;
	f->at = c.end;
}

/* Bytes up to the next gap. */
static size_t until_gap(const struct filler *f)
{
	return f->gap < f->gaps.n ? f->gaps.at[f->gap] - f->at : SIZE_MAX;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Over Han characters that fit the line: one may end before each of them. */
static void skip_han(struct filler *f, size_t room)
{
	uint32_t n = (uint32_t)cluster_han_run(f->text, f->at, least(room / 2, until_gap(f) / 3));
	if (n == 0)
		return;
	struct place last = place_here(f);
	if (n > 1) {
		last.at = last.next = f->at + 3 * (n - 1);
		last.cols = last.next_cols = f->n_cols + 2 * (n - 1);
	}
	f->places[BY_RULE] = f->places[IN_WORD] = f->places[ANYWHERE] = last;
	f->at += 3 * n;
	f->n_cols += 2 * n;
}

/* Over Latin letters that fit the line: it may end before the first but not inside of a word. */
static void skip_letters(struct filler *f, size_t room)
{
	uint32_t n = (uint32_t)cluster_letter_run(f->text, f->at, least(room, until_gap(f)));
	if (n == 0)
		return;
	struct place last = place_here(f);
	if (f->breaker.last != LB_AL)
		f->places[BY_RULE] = last;
	else if (is_url_joint(f->last_cp))
		f->places[IN_URL] = last;
	if (n > 1) {
		last.at = last.next = f->at + n - 1;
		last.cols = last.next_cols = f->n_cols + n - 1;
	}
	f->places[IN_WORD] = f->places[ANYWHERE] = last;
	f->at += n;
	f->n_cols += n;
}

/* The same as one step after the other, over Han and Latin letters that fit the line: most of what
 * there is. */
static void skip_plain(struct filler *f)
{
	size_t end = (size_t)f->start.next_cols + f->room;
	while (true) {
		take_gap(f);
		if (f->n_cols >= end)
			return;
		size_t from = f->at;
		skip_han(f, end - f->n_cols);
		if (f->at == from)
			skip_letters(f, end - f->n_cols);
		if (f->at == from)
			return;
		bool is_letter = cluster_is_letter((unsigned char)f->text.p[f->at - 1]);
		utf8_next(f->text, f->at - (is_letter ? 1 : 3), &f->last_cp);
		line_breaker_skip(&f->breaker, f->last_cp);
		f->solid = (struct place){.at = f->at, .cols = f->n_cols};
		f->n_closing = 0;
	}
}

static uint32_t clamp(size_t cols)
{
	return cols < 1 ? 1 : cols > UINT16_MAX - 2 ? UINT16_MAX - 2 : (uint32_t)cols;
}

/* Columns of the text when all of it fits the first line, as what is short does; SIZE_MAX when it
 * does not, or asks for a closer look. */
static size_t cols_of_one_line(const struct filler *f)
{
	const struct str text = f->text;
	size_t sum = 0, cols, n_wide;
	if (f->gaps.n || text.len > f->room + f->room / 2 || str_ends(text, " ") ||
	    str_ends(text, "\xE3\x80\x80"))
		return SIZE_MAX;
	for (size_t at = 0; at < text.len; sum += cols) {
		uint32_t cp;
		size_t n = cluster_plain_run(text, at, false, &n_wide);
		at += n;
		sum += n - n_wide; /* of three bytes each, in two columns */
		if (at == text.len)
			break;
		utf8_next(text, at, &cp);
		if (is_newline(cp) || cp == '\t')
			return SIZE_MAX;
		at += glyph_cols(text, at, &f->opts->policy, &cols);
	}
	return sum <= f->room ? sum : SIZE_MAX;
}

static void fill(struct filler *f)
{
	while (f->at < f->text.len) {
		step(f);
		if (f->breaker.is_open)
			skip_plain(f);
	}
}

size_t wrap_lines_apart(struct arena *arena, struct str text, struct wrap_gaps gaps,
			size_t first_cols, size_t cols, const struct wrap_opts *opts,
			struct wrap_line **out)
{
	assert(text.len <= UINT32_MAX);
	struct filler f = {
		.arena = arena,
		.text = text,
		.opts = opts,
		.cols = clamp(cols),
		.room = clamp(first_cols),
		.breaker = line_breaker_start(text, opts->level, clamp(cols)),
		.gaps = gaps,
	};
	size_t whole = cols_of_one_line(&f);
	if (whole != SIZE_MAX)
		f.solid = (struct place){.at = (uint32_t)text.len, .cols = (uint32_t)whole};
	else
		fill(&f);
	if (f.n_lines == 0 || f.start.next < text.len)
		emit(&f, f.solid.at, f.solid.cols, true);
	*out = f.lines;
	return f.n_lines;
}

size_t wrap_lines(struct arena *arena, struct str text, size_t first_cols, size_t cols,
		  const struct wrap_opts *opts, struct wrap_line **out)
{
	struct wrap_gaps none = {NULL, 0};
	return wrap_lines_apart(arena, text, none, first_cols, cols, opts, out);
}
