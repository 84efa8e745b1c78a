/* Greedy fill in one pass: while a line grows, the last place of each kind where it could end is
 * kept; when it overflows, the best of them ends it and the rest is carried over. */
#include <sulan/wrap.h>

#include <assert.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/linebreak.h>
#include <sulan/utf8.h>

#include "around.h"
#include "cluster.h"
#include "kinsoku.h"

/* A place where a line may end: its text up to `at`, the next line from `next`, spaces between them
 * dropped. Columns are counted from the beginning of the text. */
struct place {
	uint32_t at, next, cols, next_cols;
};

enum {
	BY_RULE, /* where UAX #14 and CLREQ allow it */
	IN_URL,  /* behind / ? & = . - _ : and before %E4 */
	IN_WORD, /* between clusters, but for forbidden punctuation */
	ANYWHERE,
	N_PLACES,
};

struct filler {
	struct arena *arena;
	struct str text;
	const struct wrap_opts *opts;
	uint32_t cols;
	struct line_breaker breaker;
	uint32_t at, n_cols; /* how far we are; no text has more columns than bytes */
	uint32_t room;       /* columns of the present line */
	struct place start;  /* where it began: next, next_cols */
	struct place solid;  /* the end of what is no space in it: at, cols */
	struct place places[N_PLACES];
	struct wrap_gaps gaps;
	size_t gap; /* the next one */
	uint32_t last_cp;
	size_t n_closing; /* closing marks in a row up to here */
	struct wrap_line *lines;
	size_t n_lines, cap;
};

struct cluster {
	uint32_t cp, end, cols;
	enum line_break border;
};

/* A space, and alone: what carries a mark is no space. */
static bool is_space(uint32_t cp, size_t len)
{
	return ((cp == ' ' || cp == '\t') && len == 1) || (cp == 0x3000 && len == 3);
}

static bool is_newline(uint32_t cp)
{
	return (cp >= '\n' && cp <= '\r') || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
}

#define BIT(c) (1ULL << ((c) - ' '))

static bool is_url_joint(uint32_t cp)
{
	const uint64_t joints = BIT('/') | BIT('?') | BIT('&') | BIT('=') | BIT('.') | BIT('-') |
				BIT('_') | BIT(':') | BIT('\\');
	return cp >= ' ' && cp <= '_' && (joints >> (cp - ' ') & 1) != 0;
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

static bool is_in_line(const struct filler *f, const struct place *p)
{
	return p->at > f->start.next;
}

/* 。』」 and the like */
#define CLOSING (OF(CL) | OF(CP) | OF(EX) | OF(QU_PF))

static bool is_closing(uint32_t cp)
{
	return is_one((int)ucd_lb(ucd_of(cp)), CLOSING);
}

static size_t used(const struct filler *f, const struct place *p)
{
	return p->cols - f->start.next_cols;
}

/* Three closing marks in a row need not stay with the word before them when that would leave a
 * third of the line empty. */
static bool is_worth_breaking_rules(const struct filler *f, const struct place *p, size_t end)
{
	size_t n = f->n_closing;
	uint32_t cp = 0;
	if ((f->room - used(f, p)) * 3 <= f->room || f->opts->level == WRAP_NONE)
		return false;
	for (size_t i = f->at; n < 3 && i < f->text.len; n++, i += cluster_len(f->text, i)) {
		utf8_next(f->text, i, &cp);
		if (!is_closing(cp))
			return false;
	}
	utf8_next(f->text, f->at, &cp);
	return n >= 3 && end > f->at && is_closing(cp);
}

/* The place to end the line that the cluster up to `end` would overflow. */
static const struct place *choose(const struct filler *f, size_t end)
{
	const struct place *p = &f->places[BY_RULE], *anywhere = &f->places[ANYWHERE];
	if (!is_in_line(f, p)) {
		p = &f->places[IN_URL];
		if (!is_in_line(f, p) || used(f, p) * 3 < f->room)
			p = &f->places[IN_WORD];
	}
	if (!is_in_line(f, p))
		return anywhere;
	return is_worth_breaking_rules(f, p, end) ? anywhere : p;
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

/* 、，。 */
static bool is_hanging_mark(uint32_t cp)
{
	return cp == 0x3001 || cp == 0x3002 || cp == 0xFF0C;
}

/* Whether the cluster, which does not fit, may stand behind the end of the line: one mark that is
 * in no row of them. */
static bool may_hang(const struct filler *f, const struct cluster *c)
{
	uint32_t next = 0;
	if (!f->opts->hangs || !is_hanging_mark(c->cp) || c->cols > WRAP_HANG_COLS ||
	    c->end - f->at > 3 || is_closing(f->last_cp) || f->solid.at != f->at)
		return false;
	if (c->end < f->text.len)
		utf8_next(f->text, c->end, &next);
	return f->n_cols - f->start.next_cols <= f->room && !is_closing(next);
}

/* False when the cluster has to be looked at again. */
static bool make_room(struct filler *f, const struct cluster *c)
{
	if (f->n_cols + c->cols - f->start.next_cols > f->room && may_hang(f, c))
		return true;
	while (f->n_cols + c->cols - f->start.next_cols > f->room &&
	       f->n_cols > f->start.next_cols) {
		if (f->solid.cols ==
		    f->start.next_cols) { /* nothing but spaces: an indent too wide */
			begin_line(f, f->at, f->n_cols);
			return true;
		}
		bool was_longer = f->room > f->cols;
		struct place p = *choose(f, c->end);
		emit(f, p.at, p.cols, false);
		begin_line(f, p.next, p.next_cols);
		if (was_longer && f->n_cols - p.next_cols > f->room) {
			go_back(f, p.next, p.next_cols);
			return false;
		}
	}
	return true;
}

/* The place before the next character, which is no space. */
static struct place place_here(const struct filler *f)
{
	return (struct place){f->solid.at, f->at, f->solid.cols, f->n_cols};
}

/* A joint and a digit behind it: 1,299.00 2026/01/22 */
static bool is_in_number(const struct filler *f, const struct cluster *c)
{
	return is_digit(c->cp) &&
	       (f->last_cp == '.' || (f->at > 1 && is_digit((unsigned char)f->text.p[f->at - 2])));
}

/* Before a byte of an address, the breaker tells it from a percentage; or behind a joint. */
static bool is_joined(const struct filler *f, const struct cluster *c)
{
	if (c->cp == '%')
		return true;
	return is_url_joint(f->last_cp) && !is_url_joint(c->cp) && !is_in_number(f, c);
}

static void note_places(struct filler *f, const struct cluster *c)
{
	struct place here = place_here(f);
	f->places[ANYWHERE] = here;
	if (c->border == LINE_BREAK_NEVER)
		return;
	f->places[IN_WORD] = here;
	if (c->border == LINE_BREAK_MAY)
		f->places[BY_RULE] = here;
	else if (is_joined(f, c))
		f->places[IN_URL] = here;
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
		if (f->at > f->start.next)
			note_places(f, &c);
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
	if (f->at > f->start.next || n > 1)
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
	if (f->at > f->start.next && f->breaker.last != LB_AL)
		f->places[BY_RULE] = last;
	if (f->at > f->start.next && f->breaker.last == LB_AL && is_url_joint(f->last_cp))
		f->places[IN_URL] = last;
	if (n > 1) {
		last.at = last.next = f->at + n - 1;
		last.cols = last.next_cols = f->n_cols + n - 1;
	}
	if (f->at > f->start.next || n > 1)
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
	while (f.at < text.len) {
		step(&f);
		if (f.breaker.is_open)
			skip_plain(&f);
	}
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
