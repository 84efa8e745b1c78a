/* layer: text, private
 *
 * Where one grapheme cluster ends and the next begins, code point by code point.
 */
#ifndef SULAN_TEXT_CLUSTER_H
#define SULAN_TEXT_CLUSTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sulan/str.h>
#include <sulan/utf8.h>

#include "ucd.h"

struct cluster_state {
	enum gcb last;
	enum { PICTURE_NONE, PICTURE_SEEN, PICTURE_JOINED } picture; /* GB11 */
	bool is_odd_ri; /* the last is the first half of a flag */
};

/* The state after the first code point of a cluster. */
struct cluster_state cluster_start(unsigned prop);

/* Whether the code point goes on with the cluster; the state moves on if it does. */
bool cluster_joins(struct cluster_state *state, unsigned prop);

/* Whether, after a code point other than CR, what begins at `at` surely starts a cluster: the end
 * of the text, ASCII, Han, box lines, or the punctuation U+2010..2027, U+3000..3029 and
 * U+FF00..FF3F. Sorts out nearly all text without a look at the table. */
static inline bool cluster_is_plain_border(struct str text, size_t at)
{
	unsigned char lead = at < text.len ? (unsigned char)text.p[at] : 0;
	if (lead < 0x80 || (lead >= 0xE4 && lead <= 0xE9))
		return true;
	if ((lead != 0xE2 && lead != 0xE3 && lead != 0xEF) || text.len - at < 3)
		return false;
	unsigned char second = (unsigned char)text.p[at + 1], third = (unsigned char)text.p[at + 2];
	if (lead == 0xE2)
		return (second == 0x80 && third >= 0x90 && third <= 0xA7) || second == 0x94 ||
		       second == 0x95;
	return lead == 0xEF ? second == 0xBC : second == 0x80 && third < 0xAA;
}

static inline bool cluster_is_letter(unsigned char byte)
{
	return (unsigned)((byte | 0x20) - 'a') < 26;
}

/* How many Han characters, or Latin letters, stand in a row at `at` that are clusters; `most` are
 * enough. */
static inline size_t cluster_han_run(struct str text, size_t at, size_t most)
{
	const unsigned char *p = (const unsigned char *)text.p + at;
	size_t room = (text.len - at) / 3;
	most = most < room ? most : room;
	size_t n = (size_t)(utf8_skip_han(p, p + most * 3) - p) / 3;
	return n && !cluster_is_plain_border(text, at + n * 3) ? n - 1 : n;
}

static inline size_t cluster_letter_run(struct str text, size_t at, size_t most)
{
	const unsigned char *p = (const unsigned char *)text.p + at;
	size_t n = 0, room = text.len - at;
	most = most < room ? most : room;
	while (n < most && cluster_is_letter(p[n]))
		n++;
	return n && !cluster_is_plain_border(text, at + n) ? n - 1 : n;
}

/* Whether the three bytes at `p` are Han, or punctuation named above that is two columns wide. */
static inline bool cluster_is_plain_wide(const unsigned char *p)
{
	if (p[0] == 0xE3)
		return p[1] == 0x80 && p[2] >= 0x80 && p[2] < 0xAA;
	if (p[0] == 0xEF)
		return p[1] == 0xBC && p[2] > 0x80 && p[2] < 0xC0;
	return utf8_is_han(p);
}

/* Bytes of the character at `at` that is shown as it is by any policy, 0 for one that may not be:
 * printable ASCII in one column; Han and the punctuation named above in two. */
static inline size_t cluster_plain_shown(struct str text, size_t at)
{
	const unsigned char *p = (const unsigned char *)text.p + at;
	if (at >= text.len)
		return 0;
	if (p[0] >= 0x20 && p[0] < 0x7F)
		return cluster_is_plain_border(text, at + 1) ? 1 : 0;
	bool is_wide = text.len - at >= 3 && cluster_is_plain_wide(p);
	return is_wide && cluster_is_plain_border(text, at + 3) ? 3 : 0;
}

/* The same for U+2010..2027 and the lines of boxes, which are as wide as the policy has them. */
static inline bool cluster_is_plain_sign(const unsigned char *p)
{
	return p[0] == 0xE2 && ((p[1] == 0x80 && p[2] >= 0x90 && p[2] <= 0xA7) ||
				((p[1] == 0x94 || p[1] == 0x95) && (p[2] & 0xC0) == 0x80));
}

/* How many bytes from `at` are characters that are shown as they are by any policy, one after the
 * other: printable ASCII and wide ones (of which there are `*n_wide`), and signs `with_signs`. */
static inline size_t cluster_plain_run(struct str text, size_t at, bool with_signs, size_t *n_wide)
{
	const unsigned char *start = (const unsigned char *)text.p + at, *p = start,
			    *end = start + (text.len - at);
	size_t n = 0, last = 0;
	while (p < end) {
		const unsigned char *from = p;
		while (p < end && *p >= 0x20 && *p < 0x7F)
			p++;
		const unsigned char *han = p;
		p = utf8_skip_han(p, end);
		n += (size_t)(p - han) / 3;
		if (p > from)
			continue;
		if (end - p < 3)
			break;
		if (cluster_is_plain_wide(p))
			n++;
		else if (!with_signs || !cluster_is_plain_sign(p))
			break;
		p += 3;
	}
	/* What stopped it may join the last. */
	if (p > start && p < end && !cluster_is_plain_border(text, at + (size_t)(p - start))) {
		last = p[-1] < 0x80 ? 1 : 3;
		n -= last > 1 && cluster_is_plain_wide(p - 3);
	}
	*n_wide = n;
	return (size_t)(p - start) - last;
}

/* Bytes of any character at `at` that is shown as it is, 0 for one that may not be; in glyph.c. */
size_t cluster_shown(struct str text, size_t at);

#endif
