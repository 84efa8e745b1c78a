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
 * of the text, ASCII, Han, or the punctuation U+3000..3029 and U+FF00..FF3F. Sorts out nearly all
 * text without a look at the table. */
static inline bool cluster_is_plain_border(struct str text, size_t at)
{
	unsigned char lead = at < text.len ? (unsigned char)text.p[at] : 0;
	if (lead < 0x80 || (lead >= 0xE4 && lead <= 0xE9))
		return true;
	if ((lead != 0xE3 && lead != 0xEF) || text.len - at < 3)
		return false;
	unsigned char second = (unsigned char)text.p[at + 1], third = (unsigned char)text.p[at + 2];
	return lead == 0xEF ? second == 0xBC : second == 0x80 && third < 0xAA;
}

#endif
