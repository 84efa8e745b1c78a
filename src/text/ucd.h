/* layer: text, private
 *
 * What the Unicode database says of a code point, packed into 16 bits. The table is generated from
 * this header and the database by ucd_gen.awk: the order of the enums is the order of the values.
 */
#ifndef SULAN_TEXT_UCD_H
#define SULAN_TEXT_UCD_H

#include <stdbool.h>
#include <stdint.h>

/* Line-break classes after rule LB1 (AI, SG, XX and SA are AL, CJ is NS), with three of them told
 * apart further: quotation marks that open or close by their category, and code points that are
 * reserved for pictographs. */
enum lb {
	LB_AL,
	LB_ID,
	LB_SP,
	LB_CM,
	LB_ZWJ,
	LB_CL,
	LB_CP,
	LB_OP,
	LB_QU,
	LB_QU_PI,
	LB_QU_PF,
	LB_NS,
	LB_EX,
	LB_IS,
	LB_SY,
	LB_IN,
	LB_NU,
	LB_PR,
	LB_PO,
	LB_HY,
	LB_BA,
	LB_BB,
	LB_B2,
	LB_GL,
	LB_WJ,
	LB_ZW,
	LB_HL,
	LB_H2,
	LB_H3,
	LB_JL,
	LB_JV,
	LB_JT,
	LB_RI,
	LB_EB,
	LB_EM,
	LB_ID_RESERVED,
	LB_CB,
	LB_BK,
	LB_CR,
	LB_LF,
	LB_NL,
	LB_COUNT
};

/* Grapheme-break classes, with what is never shown told apart: default ignorable code points and
 * the enclosing keycap. */
enum gcb {
	GCB_OTHER,
	GCB_CR,
	GCB_LF,
	GCB_CONTROL,
	GCB_CONTROL_HIDDEN,
	GCB_EXTEND,
	GCB_EXTEND_HIDDEN,
	GCB_ZWJ,
	GCB_RI,
	GCB_PREPEND,
	GCB_SPACING,
	GCB_L,
	GCB_V,
	GCB_T,
	GCB_LV,
	GCB_LVT,
	GCB_COUNT
};

enum { UCD_AMBIGUOUS = 3 }; /* as a width: East Asian Ambiguous */

/* Bits of a property: lb 0..5, gcb 6..9, width 10..11, and these. */
enum {
	UCD_PICTOGRAPH = 1 << 12,   /* Extended_Pictographic, or a skin tone */
	UCD_EAST_ASIAN = 1 << 13,   /* East_Asian_Width F, W or H */
	UCD_TEXT_PICTURE = 1 << 14, /* one column wide unless asked for as emoji */
	UCD_UNSURE = 1 << 15 /* no two terminals agree on it: unassigned, private or too new */
};

#define UCD_SHIFT 7

extern const uint16_t ucd_blocks[][1 << UCD_SHIFT];
extern const uint16_t ucd_index[];

/* `cp` must be at most U+10FFFF. */
static inline unsigned ucd_of(uint32_t cp)
{
	return ucd_blocks[ucd_index[cp >> UCD_SHIFT]][cp & ((1U << UCD_SHIFT) - 1)];
}

static inline enum lb ucd_lb(unsigned prop)
{
	return (enum lb)(prop & 63);
}

static inline enum gcb ucd_gcb(unsigned prop)
{
	return (enum gcb)(prop >> 6 & 15);
}

/* 0, 1, 2 or UCD_AMBIGUOUS */
static inline unsigned ucd_width(unsigned prop)
{
	return prop >> 10 & 3;
}

#endif
