/* UAX #14 rule by rule, in their order; what CLREQ asks for beyond them is in the functions named
 * after the case. LineBreakTest.txt passes in whole at WRAP_NONE. */
#include <sulan/linebreak.h>

#include <sulan/utf8.h>

#include "ucd.h"

enum { NO_NUMBER, IN_NUMBER, AFTER_NUMBER }; /* digits; a bracket that closes behind digits */

enum { KINSOKU_COLS = 8 };

/* A set of classes. */
#define OF(c)   (1ULL << LB_##c)
#define ALPHA   (OF(AL) | OF(HL))
#define NEWLINE (OF(BK) | OF(CR) | OF(LF) | OF(NL))
#define IDEO    (OF(ID) | OF(ID_RESERVED) | OF(EB) | OF(EM))
#define QUOTE   (OF(QU) | OF(QU_PI) | OF(QU_PF))
#define HANGUL  (OF(JL) | OF(JV) | OF(JT) | OF(H2) | OF(H3))

static bool is_one(int class, unsigned long long set)
{
	return (set >> class & 1) != 0;
}

static bool is_east_asian(unsigned prop)
{
	return (prop & UCD_EAST_ASIAN) != 0;
}

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

/* The property of the character behind byte `end`, marks skipped; 0 at the end of the text. */
static unsigned peek(const struct line_breaker *b, size_t end)
{
	while (end < b->text.len) {
		uint32_t cp;
		end += utf8_next(b->text, end, &cp);
		unsigned prop = ucd_of(cp);
		if (!is_one((int)ucd_lb(prop), OF(CM) | OF(ZWJ)))
			return prop;
	}
	return 0;
}

/* A class the text's end has, and that no rule asks for. */
static int peek_class(const struct line_breaker *b, size_t end)
{
	unsigned prop = peek(b, end);
	return prop ? (int)ucd_lb(prop) : LB_BK;
}

/* Quotation marks are neutral in UAX #14. Beside Han they open and close. */
static int quote_class(const struct line_breaker *b, bool is_opening, size_t end)
{
	if (is_opening)
		return is_east_asian(b->last_prop) || is_one(b->last, OF(B2) | OF(IN) | OF(CL) |
									      OF(OP) | OF(QU_PF))
			       ? LB_OP
			       : LB_QU_PI;
	unsigned next = peek(b, end);
	return next && (is_east_asian(next) ||
			is_one((int)ucd_lb(next), OF(B2) | OF(OP) | OF(QU_PI)))
		       ? LB_CL
		       : LB_QU_PF;
}

static int chinese_class(struct line_breaker *b, uint32_t cp, unsigned prop, size_t end)
{
	int class = (int)ucd_lb(prop);
	switch (cp) {
	case '"':
		b->is_quote_open = !b->is_quote_open;
		return quote_class(b, b->is_quote_open, end);
	case 0x00B7: /* · between the parts of a name */
		return is_east_asian(b->last_prop) || is_east_asian(peek(b, end)) ? LB_NS : class;
	case 0x2027: /* ‧ */
	case 0x301C: /* 〜 */
	case 0xFF0D: /* － */
	case 0xFF0F: /* ／ */
	case 0xFF5E: /* ～ */
		return LB_NS;
	default:
		if (is_one(class, OF(QU_PI) | OF(QU_PF)))
			return quote_class(b, class == LB_QU_PI, end);
		return class;
	}
}

static int class_of(struct line_breaker *b, uint32_t cp, unsigned prop, size_t end)
{
	int class = (int)ucd_lb(prop);
	if (b->level == WRAP_NONE)
		return class;
	if (b->is_free && (is_east_asian(prop) || (cp >= 0x2010 && cp != 0x2019)) &&
	    is_one(class, OF(CL) | OF(OP) | OF(NS) | OF(EX) | OF(IN) | OF(B2) | QUOTE))
		return LB_ID;
	return chinese_class(b, cp, prop, end);
}

/* Rules about numbers, LB25, in the form of a regular expression. */
static bool is_in_number(const struct line_breaker *b, int class, size_t end)
{
	if (class == LB_NU)
		return b->number == IN_NUMBER || is_one(b->last, OF(PR) | OF(PO) | OF(OP) | OF(HY));
	if (is_one(class, OF(PR) | OF(PO)) && b->number != NO_NUMBER)
		return true;
	return is_one(class, OF(OP) | OF(HY)) && is_one(b->last, OF(PR) | OF(PO)) &&
	       peek_class(b, end) == LB_NU;
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

/* A character that a number is told in: not required, but 2026年 reads better whole. */
static bool is_counter(uint32_t cp)
{
	switch (cp) {
	case 0x5E74: /* 年 */
	case 0x6708: /* 月 */
	case 0x65E5: /* 日 */
	case 0x65F6: /* 时 */
	case 0x70B9: /* 点 */
	case 0x5206: /* 分 */
	case 0x79D2: /* 秒 */
	case 0x5929: /* 天 */
	case 0x4E07: /* 万 */
	case 0x4EBF: /* 亿 */
	case 0x5143: /* 元 */
	case 0x500D: /* 倍 */
	case 0x4E2A: /* 个 */
	case 0x6B21: /* 次 */
	case 0x6B3E: /* 款 */
	case 0x5C81: /* 岁 */
		return true;
	default:
		return false;
	}
}

/* Breaks UAX #14 does not have. */
static bool is_chinese_break(const struct line_breaker *b, int class, size_t end)
{
	int last = b->last;
	/* 用 .NET, 、.NET, open /etc */
	if (class == LB_IS && last == LB_SP)
		return is_one(peek_class(b, end), ALPHA | OF(NU));
	if (class == LB_IS && is_east_asian(b->last_prop) && is_one(last, OF(CL) | OF(NS) | OF(EX)))
		return is_one(peek_class(b, end), ALPHA);
	if (class == LB_SY && last == LB_SP)
		return is_one(peek_class(b, end), ALPHA | OF(NU));
	/* ”“ between two that are quoted, C++语言 */
	if (last == LB_QU_PF && is_one(class, OF(OP) | OF(QU_PI)))
		return true;
	return b->last_cp == '+' && is_one(class, IDEO);
}

/* Places where UAX #14 would break but no Chinese or technical text should. */
static bool is_chinese_glue(const struct line_breaker *b, uint32_t cp, int class, size_t end)
{
	int last = b->last;
	if (class == LB_B2 && last != LB_SP) /* one dash joins, a long one may begin a line */
		return b->level == WRAP_STRICT || peek_class(b, end) != LB_B2;
	if (b->is_prefix && is_one(class, ALPHA | OF(NU))) /* --flag /etc */
		return true;
	if (b->is_prefix && (b->last_cp == '#' || b->last_cp == '@')) /* #标签 @用户 */
		return class != LB_SP;
	if (b->level != WRAP_BASIC && (b->last_cp == '/' || b->last_cp == 0xFF0F))
		return true;
	if (b->is_scheme)
		return true;
	if (last == LB_PR && class == LB_PR) /* C++ */
		return b->last_cp < 0x80 && cp < 0x80;
	if (last == LB_BA && class == LB_NU) /* 1–2 */
		return b->last_cp >= 0x2010 && b->last_cp <= 0x2013;
	return last == LB_NU && is_counter(cp);
}

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
	if (is_chinese && is_chinese_break(b, class, end))
		return true;
	if (is_held(b, class))
		return false;
	if (last == LB_SP)
		return !(b->level == WRAP_STRICT && class == LB_B2);
	if (is_one(class, QUOTE) || is_one(last, QUOTE))
		return false;
	if (class == LB_CB || last == LB_CB)
		return true;
	if (is_chinese && is_chinese_glue(b, cp, class, end))
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

static bool begins_word(const struct line_breaker *b, uint32_t cp)
{
	if (cp != '#' && cp != '@' && cp != '-' && cp != '/')
		return false;
	if (!b->is_started || is_one(b->last, NEWLINE | OF(SP) | OF(OP)) || b->is_prefix)
		return true;
	return (cp == '#' || cp == '@') && is_east_asian(b->last_prop);
}

static void move_on(struct line_breaker *b, uint32_t cp, int class, unsigned prop)
{
	b->is_hebrew = b->last == LB_HL && is_one(class, OF(HY) | OF(BA));
	b->is_odd_ri = class == LB_RI && !(b->last == LB_RI && b->is_odd_ri);
	b->is_prefix = begins_word(b, cp);
	b->is_scheme = class == LB_SY && b->last == LB_SY;
	b->number = number_after(b, class, prop);
	if (is_one(class, NEWLINE))
		b->is_quote_open = false;
	if (class != LB_SP)
		b->before_spaces = class;
	b->last = class;
	b->last_prop = prop;
	b->last_cp = cp;
	b->is_zwj = false;
	b->is_started = true;
}

/* Classes that, one after another, ask for nothing but the two of them. */
#define SIMPLE (OF(ID) | OF(AL) | OF(NU) | OF(CL) | OF(EX))

static bool is_simple(const struct line_breaker *b, int class)
{
	return is_one(b->last, SIMPLE) && is_one(class, SIMPLE | OF(SP)) && b->is_started &&
	       !b->is_zwj && !b->is_prefix && !b->is_hebrew;
}

/* The same as the general way, for a simple pair. */
static enum line_break decide_simple(const struct line_breaker *b, uint32_t cp, int class)
{
	if (is_one(class, OF(CL) | OF(EX)))
		return LINE_BREAK_NEVER;
	if (class == LB_SP)
		return LINE_BREAK_NO;
	if (class == LB_ID)
		return b->last == LB_NU && b->level != WRAP_NONE && is_counter(cp) ? LINE_BREAK_NO
										   : LINE_BREAK_MAY;
	return is_one(b->last, OF(AL) | OF(NU)) ? LINE_BREAK_NO : LINE_BREAK_MAY;
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

/* A Han character or Latin letter, on which no rule looks twice. */
static bool is_plain(uint32_t cp)
{
	return (cp >= 0x4E00 && cp <= 0x9FFF) || ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z');
}

/* The same as the general way, for one plain character after another. */
static enum line_break next_plain(struct line_breaker *b, uint32_t cp, unsigned prop)
{
	int class = (int)ucd_lb(prop);
	bool is_word = class == LB_AL && b->last == LB_AL;
	b->last = b->before_spaces = class;
	b->last_prop = prop;
	b->last_cp = cp;
	return is_word ? LINE_BREAK_NO : LINE_BREAK_MAY;
}

void line_breaker_skip(struct line_breaker *breaker, uint32_t cp)
{
	next_plain(breaker, cp, ucd_of(cp));
}

enum line_break line_breaker_next(struct line_breaker *breaker, uint32_t cp, size_t end)
{
	unsigned prop = ucd_of(cp);
	bool was_plain = breaker->is_plain;
	breaker->is_plain = is_plain(cp);
	if (was_plain && breaker->is_plain)
		return next_plain(breaker, cp, prop);
	int class = class_of(breaker, cp, prop, end);
	if (is_one(class, OF(CM) | OF(ZWJ))) { /* LB9, LB10 */
		bool is_joiner = class == LB_ZWJ;
		if (breaker->is_started && !is_one(breaker->last, NEWLINE | OF(SP) | OF(ZW))) {
			breaker->is_zwj = is_joiner;
			return LINE_BREAK_NEVER;
		}
		enum line_break alone = decide(breaker, cp, LB_AL, prop, end);
		move_on(breaker, cp, LB_AL, prop);
		breaker->is_zwj = is_joiner;
		return alone;
	}
	enum line_break found = decide(breaker, cp, class, prop, end);
	move_on(breaker, cp, class, prop);
	return found;
}

bool line_break_is_closing(uint32_t cp)
{
	return is_one((int)ucd_lb(ucd_of(cp)), OF(CL) | OF(CP) | OF(EX) | OF(QU_PF));
}
