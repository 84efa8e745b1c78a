/* layer: text
 *
 * UTF-8 in and out. Decoding never fails: what is malformed is U+FFFD, one per maximal subpart
 * (Unicode 15 §3.9), so every text can be walked to its end.
 */
#ifndef SULAN_UTF8_H
#define SULAN_UTF8_H

#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <sulan/str.h>

struct arena;

/* Three bytes as most Han and punctuation are, with nothing to look out for. */
static inline bool utf8_is_plain_3(const unsigned char *p, size_t len)
{
	return len >= 3 && p[0] >= 0xE1 && p[0] <= 0xEF && p[0] != 0xED &&
	       ((p[1] ^ 0x80) | (p[2] ^ 0x80)) < 0x40;
}

/* Whether the three bytes at `p` are a Han character, U+4E00..9FFF. */
static inline bool utf8_is_han(const unsigned char *p)
{
	uint32_t bytes = (uint32_t)p[0] << 16 | (uint32_t)p[1] << 8 | p[2];
	return bytes - 0xE4B880 <= 0xE9BFBF - 0xE4B880 && (bytes & 0xC0C0) == 0x8080;
}

/* Where such characters end that begin at `p`, if any do: two of them at a time, as
 * this is gone through by all that looks at every character. */
static inline const unsigned char *utf8_skip_han(const unsigned char *p, const unsigned char *end)
{
	const uint64_t first = 0xE4B880, last = 0xE9BFBF;
	const uint64_t marks = 0x00C0C000C0C00000, wanted = 0x0080800080800000;
	if (p == end || *p < 0xE4)
		return p;
	for (uint64_t word; end - p >= 8; p += 6) {
		memcpy(&word, p, sizeof(word));
		word = be64toh(word);
		if ((word >> 40) - first > last - first ||
		    (word >> 16 & 0xFFFFFF) - first > last - first || (word & marks) != wanted)
			break;
	}
	while (end - p >= 3 && utf8_is_han(p))
		p += 3;
	return p;
}

size_t utf8_next_any(struct str text, size_t at, uint32_t *cp);

/* The code point at byte `at` (at < text.len); returns its bytes, 1..4. What nearly all text is
 * made of is decoded in place: this is asked for every character of every frame. */
static inline size_t utf8_next(struct str text, size_t at, uint32_t *cp)
{
	const unsigned char *p = (const unsigned char *)text.p + at;
	if (p[0] < 0x80) {
		*cp = p[0];
		return 1;
	}
	if (!utf8_is_plain_3(p, text.len - at))
		return utf8_next_any(text, at, cp);
	*cp = (p[0] & 0x0FU) << 12 | (p[1] & 0x3FU) << 6 | (p[2] & 0x3FU);
	return 3;
}

/* Writes `cp` (a scalar value) into up to 4 bytes; returns how many. */
size_t utf8_put(uint32_t cp, char out[4]);

bool utf8_is_valid(struct str text);

/* The first `max` bytes, or fewer where a character would be cut. */
struct str utf8_cut(struct str text, size_t max);

/* The text with every malformed part replaced by U+FFFD: `text` itself when it is valid. */
struct str utf8_repair(struct arena *arena, struct str text);

/* Han, kana, hangul, bopomofo and their full-width forms and punctuation: what is set without
 * spaces between words. */
bool codepoint_is_cjk(uint32_t cp);

bool codepoint_is_word_any(uint32_t cp);

/* A letter or digit of a script that writes words with spaces between them. */
static inline bool codepoint_is_word(uint32_t cp)
{
	if (cp < 0x80)
		return cp - '0' < 10 || (cp | 0x20) - 'a' < 26;
	return codepoint_is_word_any(cp);
}

#endif
