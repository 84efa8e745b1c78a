/* The rules that are beyond UAX #14, named after the case. */
#include "kinsoku.h"

#include <string.h>
#include <uchar.h>

#include <sulan/utf8.h>

#include "around.h"
#include "cluster.h"

enum { ORDINAL = 0x7B2C }; /* 第 */

/* What a number is told in: not required, but 2026年 reads better whole. */
static bool is_counter(uint32_t cp)
{
	/* in the order of their code points */
	static const char16_t counters[] =
		u"万个人亿代件位余倍元克分千只台号名吨周场块多天套家层岁年度座"
		u"张日时月期本条次款步点版百种秒章篇米类级节行部页项颗";
	size_t lo = 0, hi = sizeof(counters) / sizeof(counters[0]) - 1;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (counters[mid] == cp)
			return true;
		if (counters[mid] < cp)
			lo = mid + 1;
		else
			hi = mid;
	}
	return false;
}

/* 10 GB: the unit that begins at `at`. */
static bool is_unit(const struct line_breaker *b, size_t at)
{
	static const char units[] =
		" GB MB KB TB PB kB km cm mm nm kg mg ms Hz kHz MHz GHz kW MW GW kWh mAh fps px ";
	char unit[6] = " ";
	size_t n = around_word_from(b, at, 4);
	if (n < 2 || n > 3)
		return false;
	memcpy(unit + 1, b->text.p + at, n);
	unit[n + 1] = ' ';
	return strstr(units, unit) != NULL;
}

/* A sign that stands between two things. */
static bool is_infix_sign(uint32_t cp)
{
	switch (cp) {
	case '&':
	case '*':
	case '+':
	case '-':
	case '=':
	case '|':
	case 0x00B7: /* · */
	case 0x00D7: /* × */
	case 0x2013: /* – */
	case 0x2014: /* — */
	case 0x203A: /* › */
	case 0x2192: /* → */
	case 0x2197: /* ↗ */
	case 0xFF5C: /* ｜ */
		return true;
	default:
		return false;
	}
}

/* With a space at either side it ends a line rather than beginning one; -- and => as well. */
static bool is_infix(const struct line_breaker *b, uint32_t cp, size_t end)
{
	if (!is_infix_sign(cp) || is_one(b->before_spaces, NEWLINE))
		return false;
	if (cp < 0x80 && end < b->text.len && (b->text.p[end] == '-' || b->text.p[end] == '>'))
		end++;
	return end == b->text.len || b->text.p[end] == ' ';
}

/* 第 3 */
static bool is_behind_ordinal(const struct line_breaker *b, uint32_t cp, size_t end)
{
	size_t at = around_begin(cp, end);
	while (at > 0 && b->text.p[at - 1] == ' ')
		at--;
	return around_before(b, at) == ORDINAL;
}

bool kinsoku_glues_over_space(const struct line_breaker *b, uint32_t cp, int class, size_t end)
{
	if (class == LB_B2 && b->level == WRAP_STRICT)
		return true;
	if (is_infix(b, cp, end) || (class == LB_NU && is_behind_ordinal(b, cp, end)))
		return true;
	if (b->before_spaces != LB_NU) /* 5 月, 45 %, 10 GB */
		return false;
	return class == LB_PO || is_counter(cp) ||
	       (class == LB_AL && cp < 0x80 && is_unit(b, end - 1));
}

/* 升幅-3.5%, from the digit at `at`: a number that a sign stands before. */
static bool is_signed_number(const struct line_breaker *b, size_t at)
{
	enum { MOST = 12 };
	size_t n = 0;
	uint32_t cp = 0;
	while (n < MOST && (is_digit(cp = around_at(b, at + n)) || cp == '.') && cp < 0x80)
		n++;
	unsigned prop = ucd_of(cp);
	return n > 0 && (cp == 0x5EA6 || ucd_lb(prop) == LB_PO);
}

bool kinsoku_breaks(const struct line_breaker *b, int class, size_t end)
{
	int last = b->last;
	bool is_point = is_one(class, OF(IS) | OF(SY));
	/* 用 .NET, open /etc; 、.NET, 。/goal */
	if (is_point && last == LB_SP)
		return is_one(around_class(b, end, NULL), ALPHA | OF(NU));
	if (is_point && is_east_asian(b->last_prop) && is_one(last, OF(CL) | OF(NS) | OF(EX)))
		return is_one(around_class(b, end, NULL), ALPHA);
	/* a minus is no hyphen */
	if (class == LB_HY && is_one(last, IDEO) && !is_counter(b->last_cp))
		return is_signed_number(b, end);
	/* ”“ between two that are quoted, C++语言, 版＋版 */
	if (last == LB_QU_PF && is_one(class, OF(OP) | OF(QU_PI)))
		return true;
	return (b->last_cp == '+' || b->last_cp == 0xFF0B) && is_one(class, IDEO);
}

/* Of the Han characters at both sides, and of the words, none is so short that it were a unit
 * (元/月) or half of a term (A/B, km/h). */
static bool is_between_words(const struct line_breaker *b, uint32_t cp, size_t end)
{
	enum { LONG = 4 };
	size_t solidus = around_last(b, cp, end), next = around_begin(cp, end);
	uint32_t before = around_before(b, solidus);
	if (is_han(before) && is_han(cp))
		return before != 0x5143 && is_han(around_at(b, end)) &&
		       is_han(around_before(b, around_begin(before, solidus)));
	return around_word_before(b, solidus, LONG) == LONG &&
	       around_word_from(b, next, LONG) == LONG;
}

/* Behind a solidus, of either width. */
static bool glues_at_solidus(const struct line_breaker *b, uint32_t cp, size_t end)
{
	if (b->is_scheme)
		return true;
	if (b->is_address)
		return !is_alnum(cp) && cp != '_' && cp != '@' && cp != '%' && cp < 0x2000;
	return b->level != WRAP_BASIC || !is_between_words(b, cp, end);
}

/* A hyphen leaves no single letter (e-mail, k-means), and no term as short as Wi-Fi is parted. */
static bool glues_at_hyphen(const struct line_breaker *b, uint32_t cp, size_t end)
{
	size_t before = around_word_before(b, around_last(b, cp, end), 3);
	if (cp >= 0x80)
		return false;
	if (!is_alnum(cp))
		return cp > ' ' && before > 0;
	size_t after = around_word_from(b, end - 1, 3);
	return before == 1 || (before > 0 && after == 1) || (before == 2 && after == 2);
}

/* [12] */
static bool is_note(const struct line_breaker *b, size_t at)
{
	size_t n = 0;
	while (n < 4 && at + n < b->text.len && b->text.p[at + n] >= '0' &&
	       b->text.p[at + n] <= '9')
		n++;
	return n > 0 && n < 4 && around_at(b, at + n) == ']';
}

/* What a range goes from, before the connecting mark that was the last character. */
static bool is_range(const struct line_breaker *b, uint32_t cp, size_t end)
{
	if (b->last_cp < 0x2010)
		return false;
	if (b->last_cp <= 0x2013)
		return true;
	if (b->last_cp != 0x2014 && b->last_cp != 0x301C && b->last_cp != 0xFF0D &&
	    b->last_cp != 0xFF5E)
		return false;
	uint32_t before = around_before(b, around_last(b, cp, end));
	return is_digit(before) || ucd_lb(ucd_of(before)) == LB_PO;
}

static bool glues_number(const struct line_breaker *b, uint32_t cp, size_t end)
{
	switch (b->last) {
	case LB_IS: /* beta.3 */
		return b->last_cp != ',' && b->last_cp != ';';
	case LB_BA: /* 1–2 5～9 */
	case LB_NS:
	case LB_B2:
		return is_range(b, cp, end);
	default:
		return false;
	}
}

bool kinsoku_glues_simple(const struct line_breaker *b, uint32_t cp, int class)
{
	if (class == LB_ID)
		return is_counter(cp);
	if (class == LB_NU && b->last_cp == ORDINAL) /* 第3 */
		return true;
	/* != #! */
	return b->last == LB_EX && b->last_cp < 0x80 && cp < 0x80 && !is_alnum(cp);
}

static bool glues_sign(const struct line_breaker *b, uint32_t cp, int class, size_t end)
{
	int last = b->last;
	bool is_behind_word =
		is_one(last, IDEO | ALPHA | OF(NU) | OF(CL) | OF(CP) | OF(EX) | OF(PO));
	if (class == LB_OP && cp < 0x80)
		return (is_one(last, OF(IS) | OF(EX)) && b->last_cp < 0x80) ||
		       (cp == '[' && is_behind_word && is_note(b, end));
	if (class != LB_PR)
		return false;
	if (last == LB_PR) /* C++ */
		return b->last_cp < 0x80 && cp < 0x80;
	return (cp == '+' || cp == 0xFF0B) && is_one(last, IDEO | OF(CL) | OF(CP)) &&
	       !is_digit(around_at(b, end));
}

bool kinsoku_glues(const struct line_breaker *b, uint32_t cp, int class, size_t end)
{
	int last = b->last;
	if (class == LB_B2 && last != LB_SP) /* one dash joins, a long one may begin a line */
		return b->level == WRAP_STRICT || around_class(b, end, NULL) != LB_B2;
	if (b->is_label && is_one(class, ALPHA | IDEO | OF(OP)))
		return true;
	if (b->is_prefix && is_one(class, ALPHA | OF(NU))) /* --flag /etc */
		return true;
	if (b->is_prefix && (b->last_cp == '#' || b->last_cp == '@')) /* #标签 @用户 */
		return class != LB_SP;
	if (b->last_cp == '/' || b->last_cp == 0xFF0F)
		return glues_at_solidus(b, cp, end);
	if (last == LB_HY && glues_at_hyphen(b, cp, end))
		return true;
	if (class == LB_NU)
		return glues_number(b, cp, end) || kinsoku_glues_simple(b, cp, class);
	if (is_one(class, OF(OP) | OF(PR)))
		return glues_sign(b, cp, class, end);
	return (last == LB_NU && is_counter(cp)) ||
	       (last == LB_EX && kinsoku_glues_simple(b, cp, LB_AL));
}

bool kinsoku_begins_word(const struct line_breaker *b, uint32_t cp)
{
	if (!b->is_started || is_one(b->last, NEWLINE | OF(SP) | OF(OP)) || b->is_prefix)
		return true;
	if (!is_east_asian(b->last_prop))
		return false;
	return cp == '#' || cp == '@' || (cp == '/' && is_one(b->last, OF(CL) | OF(EX) | OF(NS)));
}

/* 1. 2、 （3） at the beginning, or behind a space or the end of a clause. */
bool kinsoku_is_label(const struct line_breaker *b, uint32_t cp, size_t end)
{
	size_t at = around_begin(cp, end), n = around_word_before(b, at, 3);
	bool is_bracket = cp == ')' || cp == 0xFF09;
	if ((!is_bracket && cp != '.' && cp != 0x3001) || n == 0 || n > 2 ||
	    !is_digit((unsigned char)b->text.p[at - n]))
		return false;
	at -= n;
	uint32_t before = around_before(b, at);
	if (is_bracket && (before == '(' || before == 0xFF08))
		before = around_before(b, around_begin(before, at));
	switch (before) {
	case 0:
	case ' ':
	case '\n':
	case 0x3002: /* 。 */
	case 0xFF0C: /* ， */
	case 0xFF1A: /* ： */
	case 0xFF1B: /* ； */
		return true;
	default:
		return false;
	}
}

/* The segment up to the first solidus of a word: https: example.com ~ .. or none */
static bool begins_address(const struct line_breaker *b, size_t at, size_t end)
{
	const char *p = b->text.p;
	if (at == end)
		return kinsoku_begins_word(b, '/');
	if (p[end - 1] == ':')
		return around_at(b, end + 1) == '/';
	if (end - at <= 2 && (p[at] == '~' || p[at] == '.') && (p[end - 1] == p[at]))
		return true;
	for (size_t i = at + 1; i + 1 < end; i++)
		if (p[i] == '.' && is_alnum((unsigned char)p[i - 1]) &&
		    cluster_is_letter((unsigned char)p[i + 1]))
			return true;
	return false;
}

bool kinsoku_is_in_address(const struct line_breaker *b, size_t end)
{
	size_t solidus = end - 1, at = solidus;
	while (at > 0) {
		char c = b->text.p[at - 1];
		if (c == '/')
			return b->is_address;
		if ((unsigned char)c <= ' ' || (unsigned char)c >= 0x80 ||
		    strchr("<>()[]{}\"'`", c))
			break;
		at--;
	}
	return begins_address(b, at, solidus);
}
