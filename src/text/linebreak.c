/* UAX #14 rule by rule, in their order; what Chinese asks for beyond them is in kinsoku.c.
 * LineBreakTest.txt passes in whole at WRAP_NONE. */
#include <sulan/linebreak.h>

#include <sulan/utf8.h>

#include "around.h"
#include "kinsoku.h"

enum { NO_NUMBER, IN_NUMBER, AFTER_NUMBER }; /* digits; a bracket that closes behind digits */

enum { KINSOKU_COLS = 8 };

struct line_breaker line_breaker_start(struct str text, enum wrap_level level, size_t cols)
{
	return (struct line_breaker){
		.text = text,
		.level = level,
		.is_free = level != WRAP_NONE && cols < KINSOKU_COLS,
		.last = LB_BK,
		.before_spaces = LB_BK,
	};
}

/* No other class in Chinese text than elsewhere; all but a few are. */
static bool is_itself(const struct line_breaker *b, uint32_t cp)
{
	if (cp < 0x80)
		return cp != '"' && cp != '}' && cp != '%';
	return (cp >= 0x3001 && cp < 0xFF00 && cp != 0x301C) ||
	       (b->last != LB_NU && (cp == 0xFF0C || cp == 0xFF1A));
}

static int class_of(struct line_breaker *b, uint32_t cp, unsigned prop, size_t end)
{
	int class = (int)ucd_lb(prop);
	if (b->level == WRAP_NONE)
		return class;
	if (b->is_free && (is_east_asian(prop) || (cp >= 0x2010 && cp != 0x2019)) &&
	    is_one(class, OF(CL) | OF(OP) | OF(NS) | OF(EX) | OF(IN) | OF(B2) | QUOTE))
		return LB_ID;
	return is_itself(b, cp) ? class : kinsoku_class(b, cp, prop, end);
}

/* Rules about numbers, LB25, in the form of a regular expression. */
static bool is_in_number(const struct line_breaker *b, int class, size_t end)
{
	if (class == LB_NU)
		return b->number == IN_NUMBER || is_one(b->last, OF(PR) | OF(PO) | OF(OP) | OF(HY));
	if (is_one(class, OF(PR) | OF(PO)) && b->number != NO_NUMBER)
		return true;
	return is_one(class, OF(OP) | OF(HY)) && is_one(b->last, OF(PR) | OF(PO)) &&
	       around_class(b, end, NULL) == LB_NU;
}

/* LB26, LB27 */
static bool is_in_syllable(int last, int class)
{
	if (class == LB_PO)
		return is_one(last, HANGUL);
	if (last == LB_PR)
		return is_one(class, HANGUL);
	if (last == LB_JL)
		return is_one(class, OF(JL) | OF(JV) | OF(H2) | OF(H3));
	if (is_one(last, OF(JV) | OF(H2)))
		return is_one(class, OF(JV) | OF(JT));
	return is_one(last, OF(JT) | OF(H3)) && class == LB_JT;
}

/* LB28 to LB30: a word and its brackets. */
static bool is_in_word(const struct line_breaker *b, int class, unsigned prop)
{
	int last = b->last;
	if (is_one(class, ALPHA) && is_one(last, ALPHA | OF(IS)))
		return true;
	if (class == LB_OP && !is_east_asian(prop))
		return is_one(last, ALPHA | OF(NU));
	return last == LB_CP && !is_east_asian(b->last_prop) && is_one(class, ALPHA | OF(NU));
}

/* LB21 to LB30b; true is no break. */
static bool is_glued(const struct line_breaker *b, int class, unsigned prop, size_t end)
{
	int last = b->last;
	if (is_one(class, OF(BA) | OF(HY) | OF(NS) | OF(IN)) || last == LB_BB || b->is_hebrew)
		return true;
	if (last == LB_SY && class == LB_HL)
		return true;
	if ((is_one(last, ALPHA) && is_one(class, OF(NU) | OF(PR) | OF(PO))) ||
	    (is_one(last, OF(NU) | OF(PR) | OF(PO)) && is_one(class, ALPHA)))
		return true;
	if ((last == LB_PR && is_one(class, IDEO)) || (is_one(last, IDEO) && class == LB_PO))
		return true;
	if (class == LB_RI && last == LB_RI)
		return b->is_odd_ri;
	if (class == LB_EM && is_one(last, OF(EB) | OF(ID_RESERVED)))
		return true;
	return is_in_number(b, class, end) || is_in_syllable(last, class) ||
	       is_in_word(b, class, prop);
}

/* LB11 to LB17: what holds even over spaces. */
static bool is_held(const struct line_breaker *b, int class)
{
	int last = b->last, far = b->before_spaces;
	if (class == LB_WJ || last == LB_WJ || last == LB_GL)
		return true;
	if (class == LB_GL && !is_one(last, OF(SP) | OF(BA) | OF(HY)))
		return true;
	if (is_one(class, OF(CL) | OF(CP) | OF(EX) | OF(IS) | OF(SY)) || far == LB_OP)
		return true;
	return (is_one(far, QUOTE) && class == LB_OP) ||
	       (is_one(far, OF(CL) | OF(CP)) && class == LB_NS) || (far == LB_B2 && class == LB_B2);
}

/* What kinsoku_breaks may find a break before. */
#define MAY_NEED_BREAK (OF(IS) | OF(SY) | OF(HY) | OF(OP) | OF(QU_PI) | IDEO)

/* The decision for a character that is no mark of the one before. */
static bool may_break(const struct line_breaker *b, uint32_t cp, int class, unsigned prop,
		      size_t end)
{
	int last = b->last;
	bool is_chinese = b->level != WRAP_NONE;
	if (is_one(class, NEWLINE | OF(SP) | OF(ZW)))
		return false;
	if (b->before_spaces == LB_ZW)
		return true;
	if (b->is_zwj)
		return false;
	if (is_chinese && is_one(class, MAY_NEED_BREAK) && kinsoku_breaks(b, class, end))
		return true;
	if (is_held(b, class))
		return false;
	if (last == LB_SP)
		return !is_chinese || !kinsoku_glues_over_space(b, cp, class, end);
	if (is_one(class, QUOTE) || is_one(last, QUOTE))
		return false;
	if (class == LB_CB || last == LB_CB)
		return true;
	if (is_chinese && kinsoku_glues(b, cp, class, end))
		return false;
	return !is_glued(b, class, prop, end);
}

/* Even in need, no line begins with one of these or ends with one of those. */
static bool is_forbidden(const struct line_breaker *b, int class)
{
	return is_one(class, OF(CL) | OF(CP) | OF(EX) | OF(IS) | OF(SY) | OF(NS) | OF(IN) |
				     OF(QU_PF) | OF(PO) | OF(BA) | OF(HY)) ||
	       is_one(b->last, OF(OP) | OF(QU_PI) | OF(PR)) || (b->last == LB_B2 && class == LB_B2);
}

static int number_after(const struct line_breaker *b, int class, unsigned prop)
{
	if (class == LB_NU)
		return IN_NUMBER;
	if (b->number != IN_NUMBER)
		return NO_NUMBER;
	if (is_one(class, OF(SY) | OF(IS)))
		return IN_NUMBER;
	if (!is_one(class, OF(CL) | OF(CP)) || (b->level != WRAP_NONE && is_east_asian(prop)))
		return NO_NUMBER;
	return AFTER_NUMBER;
}

/* What a sign of ASCII says of what follows it. */
static void note_sign(struct line_breaker *b, uint32_t cp, size_t end)
{
	b->is_prefix = kinsoku_begins_word(b, cp);
	b->is_scheme = cp == '/' && b->last == LB_SY;
	if (cp == '/' && b->level != WRAP_NONE)
		b->is_address = kinsoku_is_in_address(b, end);
}

/* Classes after which a line may end before Han and before a word, but for the inside of one. */
#define OPEN (OF(ID) | OF(AL) | OF(CL) | OF(EX))

static bool is_open_behind(const struct line_breaker *b, int class)
{
	return is_one(class == LB_SP ? b->before_spaces : class, OPEN) && !b->is_prefix &&
	       !b->is_label;
}

static void move_on(struct line_breaker *b, uint32_t cp, int class, unsigned prop, size_t end)
{
	b->number = (uint8_t)number_after(b, class, prop);
	b->is_hebrew = b->last == LB_HL && is_one(class, OF(HY) | OF(BA));
	b->is_odd_ri = class == LB_RI && !(b->last == LB_RI && b->is_odd_ri);
	b->is_zwj = false;
	b->is_label = b->last == LB_NU && is_one(class, OF(CL) | OF(CP) | OF(IS)) &&
		      kinsoku_is_label(b, cp, end);
	if (cp == '/' || cp == '-' || cp == '#' || cp == '@')
		note_sign(b, cp, end);
	else
		b->is_prefix = b->is_scheme = false;
	if (is_one(class, NEWLINE))
		b->is_quote_open = false;
	if (class == LB_SP)
		b->is_address = false;
	else
		b->before_spaces = class;
	b->last = class;
	b->last_prop = prop;
	b->last_cp = cp;
	b->is_started = true;
	b->is_open = is_open_behind(b, class);
}

/* Classes that, one after another, ask for nothing but the two of them. */
#define SIMPLE (OF(ID) | OF(AL) | OF(NU) | OF(CL) | OF(EX))

static bool is_simple(const struct line_breaker *b, int class)
{
	return is_one(b->last, SIMPLE) && is_one(class, SIMPLE | OF(SP)) && b->is_started &&
	       !b->is_zwj && !b->is_prefix && !b->is_hebrew && !b->is_label;
}

/* The same as the general way, for a simple pair. */
static enum line_break decide_simple(const struct line_breaker *b, uint32_t cp, int class)
{
	if (is_one(class, OF(CL) | OF(EX)))
		return LINE_BREAK_NEVER;
	if (class == LB_SP)
		return LINE_BREAK_NO;
	bool is_word = class != LB_ID && is_one(b->last, OF(AL) | OF(NU));
	bool is_rare = class != LB_ID || b->last == LB_NU;
	return is_word || (is_rare && b->level != WRAP_NONE && kinsoku_glues_simple(b, cp, class))
		       ? LINE_BREAK_NO
		       : LINE_BREAK_MAY;
}

static enum line_break decide(struct line_breaker *b, uint32_t cp, int class, unsigned prop,
			      size_t end)
{
	if (is_simple(b, class))
		return decide_simple(b, cp, class);
	if (!b->is_started)
		return LINE_BREAK_NEVER;
	if (is_one(b->last, NEWLINE))
		return b->last == LB_CR && class == LB_LF ? LINE_BREAK_NEVER : LINE_BREAK_MUST;
	if (may_break(b, cp, class, prop, end))
		return LINE_BREAK_MAY;
	return is_forbidden(b, class) ? LINE_BREAK_NEVER : LINE_BREAK_NO;
}

static bool is_plain(uint32_t cp)
{
	return (cp >= 0x4E00 && cp <= 0x9FFF) || ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z');
}

/* Whether of what came before only `last` counts for the character. */
static bool is_easy(const struct line_breaker *b, uint32_t cp, int class)
{
	if (is_plain(cp) || class == LB_SP)
		return b->is_open;
	return b->is_open && is_one(class, OF(AL) | OF(CL) | OF(EX)) && is_itself(b, cp) &&
	       !is_one(b->last, OF(SP) | OF(EX)) && cp != '#' && cp != '@' && !b->is_free;
}

/* The same as the general way, for an easy one. */
static enum line_break next_easy(struct line_breaker *b, uint32_t cp, int class, unsigned prop)
{
	int last = b->last;
	if (class == LB_SP)
		b->is_address = false;
	else
		b->before_spaces = class;
	b->last = class;
	b->last_prop = prop;
	b->last_cp = cp;
	b->is_zwj = b->is_odd_ri = b->is_hebrew = b->is_prefix = b->is_scheme = b->is_label = false;
	b->number = NO_NUMBER;
	if (is_one(class, OF(CL) | OF(EX)))
		return LINE_BREAK_NEVER;
	return class == LB_SP || (class == LB_AL && last == LB_AL) ? LINE_BREAK_NO : LINE_BREAK_MAY;
}

void line_breaker_skip(struct line_breaker *breaker, uint32_t cp)
{
	unsigned prop = ucd_of(cp);
	next_easy(breaker, cp, (int)ucd_lb(prop), prop);
}

/* LB9, LB10 */
static enum line_break next_mark(struct line_breaker *b, uint32_t cp, unsigned prop, size_t end)
{
	bool is_joined = b->is_started && !is_one(b->last, NEWLINE | OF(SP) | OF(ZW));
	enum line_break found = LINE_BREAK_NEVER;
	if (!is_joined) {
		found = decide(b, cp, LB_AL, prop, end);
		move_on(b, cp, LB_AL, prop, end);
	}
	b->is_zwj = ucd_lb(prop) == LB_ZWJ;
	b->is_open = false;
	return found;
}

enum line_break line_breaker_next(struct line_breaker *breaker, uint32_t cp, size_t end)
{
	unsigned prop = ucd_of(cp);
	int class = (int)ucd_lb(prop);
	if (is_easy(breaker, cp, class))
		return next_easy(breaker, cp, class, prop);
	class = class_of(breaker, cp, prop, end);
	if (is_one(class, OF(CM) | OF(ZWJ)))
		return next_mark(breaker, cp, prop, end);
	enum line_break found = decide(breaker, cp, class, prop, end);
	move_on(breaker, cp, class, prop, end);
	return found;
}
