/* Characters that are of another class in Chinese text, or between digits, than Unicode has them.
 */
#include "around.h"
#include "kinsoku.h"

/* Quotation marks are neutral in UAX #14. Beside Han they open and close. */
static int quote_class(const struct line_breaker *b, bool is_opening, size_t end)
{
	unsigned next;
	if (is_opening)
		return is_east_asian(b->last_prop) || is_one(b->last, OF(B2) | OF(IN) | OF(CL) |
									      OF(OP) | OF(QU_PF))
			       ? LB_OP
			       : LB_QU_PI;
	int class = around_class(b, end, &next);
	return next && (is_east_asian(next) || is_one(class, OF(B2) | OF(OP) | OF(QU_PI)))
		       ? LB_CL
		       : LB_QU_PF;
}

/* A wide mark between two numbers is one of them: １２：３０ ３．５ １，０００ */
static int mark_in_number(const struct line_breaker *b, uint32_t cp, int class, size_t end)
{
	uint32_t next = around_at(b, end);
	if (b->last != LB_NU || !is_digit(next))
		return class;
	if (cp == 0xFF0C && (next < 0xFF10 || b->last_cp < 0xFF10))
		return class;
	return LB_IS;
}

/* Letters, digits and signs of full width are what they are in ASCII. */
static int wide_class(const struct line_breaker *b, uint32_t cp, int class, size_t end)
{
	if (cp >= 0xFF10 && cp <= 0xFF19)
		return LB_NU;
	if ((cp >= 0xFF21 && cp <= 0xFF3A) || (cp >= 0xFF41 && cp <= 0xFF5A))
		return LB_AL;
	switch (cp) {
	case 0xFF03: /* ＃ */
	case 0xFF0B: /* ＋ */
	case 0xFF20: /* ＠ */
		return LB_PR;
	case 0xFF0C: /* ， */
	case 0xFF0E: /* ． */
	case 0xFF1A: /* ： */
		return mark_in_number(b, cp, class, end);
	case 0xFF0D: /* － */
	case 0xFF0F: /* ／ */
	case 0xFF1D: /* ＝ */
	case 0xFF5C: /* ｜ */
	case 0xFF5E: /* ～ */
		return LB_NS;
	default:
		return class;
	}
}

static bool is_hex(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'f');
}

int kinsoku_class(struct line_breaker *b, uint32_t cp, unsigned prop, size_t end)
{
	int class = (int)ucd_lb(prop);
	unsigned next;
	if (cp >= 0xFF00 && cp <= 0xFF5E)
		return wide_class(b, cp, class, end);
	switch (cp) {
	case '"':
		b->is_quote_open = !b->is_quote_open;
		return quote_class(b, b->is_quote_open, end);
	case '%': /* of an address: %E4%B8 */
		return b->is_address && is_hex(around_at(b, end)) && is_hex(around_at(b, end + 1))
			       ? LB_AL
			       : class;
	case '}': /* closes as ) and ] do */
		return LB_CP;
	case 0x00B7: /* · between the parts of a name */
		around_class(b, end, &next);
		return is_east_asian(b->last_prop) || is_east_asian(next) ? LB_NS : class;
	case 0x00D7: /* × */
		return is_east_asian(b->last_prop) ? LB_BA : class;
	case 0x00AE: /* ® */
	case 0x00B2: /* ² */
	case 0x00B3: /* ³ */
	case 0x00B9: /* ¹ */
	case 0x2122: /* ™ */
		return LB_PO;
	case 0x2027: /* ‧ */
	case 0x301C: /* 〜 */
		return LB_NS;
	default:
		if (cp >= 0x2070 && cp <= 0x207B) /* ⁴ ⁻ */
			return LB_PO;
		if (is_one(class, OF(QU_PI) | OF(QU_PF)))
			return quote_class(b, class == LB_QU_PI, end);
		return class;
	}
}
