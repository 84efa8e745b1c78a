/* layer: find
 *
 * What is searched for in texts that are at hand: it is found literally (folded), and as pinyin
 * where it can be pinyin. As pinyin it would be found nearly everywhere, so it is only when the
 * texts do not have it as a word of its own, and by its first letters only when nothing in them
 * reads so as a whole. The texts are shown to it first, then searched.
 */
#ifndef SULAN_NEEDLE_H
#define SULAN_NEEDLE_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/keywords.h>
#include <sulan/str.h>

struct arena;

struct needle {
	struct str typed; /* folded, in the arena; empty: nothing is found */
	bool can_read;    /* it can be pinyin */
	bool is_word;     /* of a text it was shown */
	bool is_whole;    /* something it was shown reads so as a whole */
};

struct needle needle_make(struct arena *arena, struct str typed);

/* Shows it a text; the arena is for work only. */
void needle_learn(struct needle *needle, struct arena *arena, struct str text);

/* Its hits in a text, in order and not overlapping. */
size_t needle_find(const struct needle *needle, struct arena *arena, struct str text,
		   struct hit **out);

#endif
