/* Where a line may end, the better places before the worse. */
#include "filler.h"

#include <sulan/utf8.h>

#include "around.h"
#include "cluster.h"

/* What was noted where the line begins is not. */
static bool is_in_line(const struct filler *f, const struct place *p)
{
	return p->at > f->start.next;
}

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
static bool is_worth_breaking_rules(const struct filler *f, const struct place *p)
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
	return n >= 3 && is_closing(cp);
}

const struct place *places_choose(const struct filler *f)
{
	const struct place *p = &f->places[BY_RULE], *anywhere = &f->places[ANYWHERE];
	if (!is_in_line(f, p)) {
		p = &f->places[IN_URL];
		if (!is_in_line(f, p) || used(f, p) * 3 < f->room)
			p = &f->places[IN_WORD];
	}
	if (!is_in_line(f, p))
		return anywhere;
	return is_worth_breaking_rules(f, p) ? anywhere : p;
}

/* 、，。 */
static bool is_hanging_mark(uint32_t cp)
{
	return cp == 0x3001 || cp == 0x3002 || cp == 0xFF0C;
}

bool places_may_hang(const struct filler *f, const struct cluster *c)
{
	uint32_t next = 0;
	if (!f->opts->hangs || !is_hanging_mark(c->cp) || c->cols > WRAP_HANG_COLS ||
	    c->end - f->at > 3 || is_closing(f->last_cp) || f->solid.at != f->at)
		return false;
	if (c->end < f->text.len)
		utf8_next(f->text, c->end, &next);
	return f->n_cols - f->start.next_cols <= f->room && !is_closing(next);
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

void places_note(struct filler *f, const struct cluster *c)
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
