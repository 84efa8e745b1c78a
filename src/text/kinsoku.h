/* layer: text, private
 *
 * What Chinese typesetting (CLREQ) and technical prose ask of a line's ends beyond UAX #14: asked
 * by the line breaker at every level but WRAP_NONE. All of it looks no further than a few bytes
 * around a character, but that the segment before a solidus is read once.
 */
#ifndef SULAN_TEXT_KINSOKU_H
#define SULAN_TEXT_KINSOKU_H

#include <sulan/linebreak.h>

#include "ucd.h"

/* A set of classes. */
#define OF(c)   (1ULL << LB_##c)
#define ALPHA   (OF(AL) | OF(HL))
#define NEWLINE (OF(BK) | OF(CR) | OF(LF) | OF(NL))
#define IDEO    (OF(ID) | OF(ID_RESERVED) | OF(EB) | OF(EM))
#define QUOTE   (OF(QU) | OF(QU_PI) | OF(QU_PF))
#define HANGUL  (OF(JL) | OF(JV) | OF(JT) | OF(H2) | OF(H3))

static inline bool is_one(int class, unsigned long long set)
{
	return (set >> class & 1) != 0;
}

static inline bool is_east_asian(unsigned prop)
{
	return (prop & UCD_EAST_ASIAN) != 0;
}

/* In these `cp` is the character that ends at `end`, of class `class`, behind b->last. */

/* The class it has in Chinese text. */
int kinsoku_class(struct line_breaker *b, uint32_t cp, unsigned prop, size_t end);

/* Whether a line may end before it where UAX #14 sees no break; where it does, whether not; the
 * same when spaces stand between. */
bool kinsoku_breaks(const struct line_breaker *b, int class, size_t end);
bool kinsoku_glues(const struct line_breaker *b, uint32_t cp, int class, size_t end);
bool kinsoku_glues_over_space(const struct line_breaker *b, uint32_t cp, int class, size_t end);

/* The same as kinsoku_glues for a letter or digit behind Han or closing punctuation, and for Han
 * behind a digit. */
bool kinsoku_glues_simple(const struct line_breaker *b, uint32_t cp, int class);

/* Whether the sign (# @ - /) begins a word: #tag @name --flag /etc */
bool kinsoku_begins_word(const struct line_breaker *b, uint32_t cp);

/* Whether the mark, which ends at `end` behind a digit, closes the number of an enumeration. */
bool kinsoku_is_label(const struct line_breaker *b, uint32_t cp, size_t end);

/* Whether the solidus, which ends at `end`, stands in a URL or a path. */
bool kinsoku_is_in_address(const struct line_breaker *b, size_t end);

#endif
