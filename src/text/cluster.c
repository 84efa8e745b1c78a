/* Grapheme clusters: UAX #29, but that a mark with columns of its own (Thai, Indic) stands alone,
 * since terminals give it a cell of its own. */
#include "cluster.h"

#include <sulan/glyph.h>
#include <sulan/utf8.h>

static bool is_control(enum gcb g)
{
	return g >= GCB_CR && g <= GCB_CONTROL_HIDDEN;
}

static bool is_extend(enum gcb g)
{
	return g == GCB_EXTEND || g == GCB_EXTEND_HIDDEN || g == GCB_ZWJ;
}

static bool is_picture(unsigned prop)
{
	return (prop & UCD_PICTOGRAPH) && ucd_gcb(prop) == GCB_OTHER;
}

static bool hangul_joins(enum gcb a, enum gcb b)
{
	switch (a) {
	case GCB_L:
		return b == GCB_L || b == GCB_V || b == GCB_LV || b == GCB_LVT;
	case GCB_LV:
	case GCB_V:
		return b == GCB_V || b == GCB_T;
	case GCB_LVT:
	case GCB_T:
		return b == GCB_T;
	default:
		return false;
	}
}

/* The rules by the letter, the state left as it is. */
static bool extended_joins(const struct cluster_state *s, unsigned prop)
{
	enum gcb a = s->last, b = ucd_gcb(prop);
	if (is_control(a) || is_control(b))
		return a == GCB_CR && b == GCB_LF;
	if (is_extend(b) || b == GCB_SPACING || a == GCB_PREPEND)
		return true;
	return hangul_joins(a, b) || (s->picture == PICTURE_JOINED && is_picture(prop)) ||
	       (b == GCB_RI && s->is_odd_ri);
}

static bool is_spacing_mark(unsigned prop)
{
	enum gcb g = ucd_gcb(prop);
	return g == GCB_SPACING ||
	       (g == GCB_EXTEND && ucd_width(prop) > 0 && !(prop & UCD_PICTOGRAPH));
}

static bool own_joins(const struct cluster_state *s, unsigned prop)
{
	if (is_spacing_mark(prop) || (s->last == GCB_PREPEND && !is_extend(ucd_gcb(prop))))
		return false;
	return extended_joins(s, prop);
}

static void move_on(struct cluster_state *s, unsigned prop)
{
	enum gcb g = ucd_gcb(prop);
	s->is_odd_ri = g == GCB_RI && !s->is_odd_ri;
	if (is_picture(prop))
		s->picture = PICTURE_SEEN;
	else if (s->picture == PICTURE_SEEN && g == GCB_ZWJ)
		s->picture = PICTURE_JOINED;
	else if (s->picture != PICTURE_SEEN || !is_extend(g))
		s->picture = PICTURE_NONE;
	s->last = g;
}

struct cluster_state cluster_start(unsigned prop)
{
	struct cluster_state s = {GCB_OTHER, PICTURE_NONE, false};
	move_on(&s, prop);
	return s;
}

bool cluster_joins(struct cluster_state *state, unsigned prop)
{
	if (!own_joins(state, prop))
		return false;
	move_on(state, prop);
	return true;
}

bool codepoint_is_spacing_mark(uint32_t cp)
{
	return is_spacing_mark(ucd_of(cp));
}

size_t cluster_len(struct str text, size_t at)
{
	uint32_t cp;
	size_t end = at + utf8_next(text, at, &cp);
	if (cp != '\r' && cluster_is_plain_border(text, end))
		return end - at;
	struct cluster_state state = cluster_start(ucd_of(cp));
	while (end < text.len) {
		size_t n = utf8_next(text, end, &cp);
		if (!cluster_joins(&state, ucd_of(cp)))
			break;
		end += n;
	}
	return end - at;
}

size_t cluster_border_behind(struct str text, size_t at, size_t stop)
{
	if (at < stop && text.p[stop - 1] != '\r' && cluster_is_plain_border(text, stop))
		return stop;
	while (at < stop)
		at += cluster_len(text, at);
	return at;
}

size_t cluster_len_extended(struct str text, size_t at)
{
	uint32_t cp;
	size_t end = at + utf8_next(text, at, &cp);
	struct cluster_state state = cluster_start(ucd_of(cp));
	while (end < text.len) {
		size_t n = utf8_next(text, end, &cp);
		unsigned prop = ucd_of(cp);
		if (!extended_joins(&state, prop))
			break;
		move_on(&state, prop);
		end += n;
	}
	return end - at;
}

/* Where the code point that ends at `end` begins, cut up as utf8_next does it from the front: a
 * lead byte always begins one. */
static size_t codepoint_before(struct str text, size_t end, uint32_t *cp)
{
	size_t at = end - 1;
	for (size_t back = 2; back <= 4 && back <= end; back++)
		if ((unsigned char)text.p[end - back] >= 0xC2 &&
		    utf8_next(text, end - back, cp) == back)
			at = end - back;
	utf8_next(text, at, cp);
	return at;
}

/* A border that holds whatever comes before the first of the two. */
static bool is_sure_border(unsigned before, unsigned after)
{
	struct cluster_state state = {ucd_gcb(before), PICTURE_JOINED, true};
	if (ucd_gcb(before) != GCB_ZWJ)
		state.picture = PICTURE_NONE;
	state.is_odd_ri = ucd_gcb(before) == GCB_RI;
	return !own_joins(&state, after);
}

size_t cluster_before(struct str text, size_t at)
{
	uint32_t cp, earlier;
	size_t start = codepoint_before(text, at, &cp);
	while (start > 0) {
		size_t before = codepoint_before(text, start, &earlier);
		if (is_sure_border(ucd_of(earlier), ucd_of(cp)))
			break;
		start = before;
		cp = earlier;
	}
	for (size_t len; start + (len = cluster_len(text, start)) < at;)
		start += len;
	return start;
}
