/* layer: text, private
 *
 * What stands around a character of a paragraph, for the rules that look further than its
 * neighbours' classes.
 */
#ifndef SULAN_TEXT_AROUND_H
#define SULAN_TEXT_AROUND_H

#include <sulan/linebreak.h>

static inline bool is_digit(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || (cp >= 0xFF10 && cp <= 0xFF19);
}

static inline bool is_alnum(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z');
}

static inline bool is_han(uint32_t cp)
{
	return cp >= 0x4E00 && cp <= 0x9FFF;
}

/* The class of the character behind byte `end`, marks skipped; one that no rule asks for at the end
 * of the text. `prop` (may be NULL) is its property, 0 there. */
int around_class(const struct line_breaker *b, size_t end, unsigned *prop);

/* The code point at `at`, and the one that ends at `end`; 0 where there is none. What is no UTF-8
 * may come out as anything. */
uint32_t around_at(const struct line_breaker *b, size_t at);
uint32_t around_before(const struct line_breaker *b, size_t end);

/* Where `cp`, which ends at `end`, begins; where the character before it begins. */
size_t around_begin(uint32_t cp, size_t end);
size_t around_last(const struct line_breaker *b, uint32_t cp, size_t end);

/* ASCII letters and digits in a row before or from `at`, up to `most`. */
size_t around_word_before(const struct line_breaker *b, size_t at, size_t most);
size_t around_word_from(const struct line_breaker *b, size_t at, size_t most);

#endif
