/* Spacing between Han and Latin, as CLREQ has it: where a page shows an empty column that is in no
 * text. Not within code, and not within an address. */
#include "flow.h"

#include <sulan/arena.h>
#include <sulan/utf8.h>

static bool is_han(uint32_t cp)
{
	return (cp >= 0x3400 && cp <= 0x9FFF && (cp < 0x4DC0 || cp >= 0x4E00)) ||
	       (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x20000 && cp <= 0x3FFFD) || cp == 0x3007;
}

/* A letter or digit; of signs only those that are read with a number. */
static bool is_latin(uint32_t cp, uint32_t sign)
{
	return cp == sign || codepoint_is_word(cp);
}

static bool is_apart(uint32_t before, uint32_t after)
{
	if (is_han(before))
		return !is_han(after) && is_latin(after, '$');
	return is_han(after) && is_latin(before, '%');
}

/* One pass over the flow's text. */
struct scan {
	const struct flow *flow;
	size_t piece;
	bool is_in_address; /* behind a scheme, up to a space or what is no part of it */
	uint32_t last;
	size_t n, cap;
	uint32_t *at;
};

/* Both characters beside byte `at` are of one stretch of code. */
static bool is_in_code(struct scan *s, size_t at)
{
	const struct flow *flow = s->flow;
	while (s->piece + 1 < flow->n_pieces && flow->pieces[s->piece + 1].at <= at)
		s->piece++;
	const struct piece *piece = &flow->pieces[s->piece];
	return piece->role == ROLE_CODE && piece->at < at;
}

static bool is_sign(uint32_t cp)
{
	return cp > ' ' && cp < 0x80 && !codepoint_is_word(cp);
}

/* Han goes on with an address only behind one of its signs: /中文 */
static void note_address(struct scan *s, size_t at, uint32_t cp)
{
	struct str text = s->flow->text;
	bool goes_on = is_han(cp) ? is_han(s->last) || is_sign(s->last) : cp > ' ' && cp < 0x80;
	if (s->is_in_address)
		s->is_in_address = goes_on;
	else if (cp == ':')
		s->is_in_address = str_starts(str_from(text, at), "://");
}

static void look(struct scan *s, size_t at, uint32_t cp)
{
	note_address(s, at, cp);
	if (s->is_in_address || !is_apart(s->last, cp) || is_in_code(s, at))
		return;
	s->at = arena_more(s->flow->sheet->scratch, s->at, s->n, &s->cap, sizeof(*s->at));
	s->at[s->n++] = (uint32_t)at;
}

struct wrap_gaps flow_gaps(const struct flow *flow)
{
	struct scan s = {.flow = flow, .last = ' '};
	size_t n;
	for (size_t at = 0; at < flow->text.len; at += n) {
		uint32_t cp;
		n = utf8_next(flow->text, at, &cp);
		look(&s, at, cp);
		if (cp < 0x300 || cp > 0x36F) /* marks */
			s.last = cp;
	}
	return (struct wrap_gaps){s.at, s.n};
}
