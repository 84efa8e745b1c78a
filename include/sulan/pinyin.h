/* layer: text
 *
 * Chinese found by the letters of its pinyin, without an input method: `weiruan`, `wruan` and `wr`
 * find 微软. Each character takes a whole reading (toneless, ü typed as v; lue and nue too), its
 * first letter or zh, ch, sh, or, at the end, the beginning of a reading; all readings of a
 * character hold, and nothing has to be cut into syllables: `xian` finds 西安 and 先. Other
 * characters of what is typed stand for themselves.
 */
#ifndef SULAN_PINYIN_H
#define SULAN_PINYIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sulan/str.h>

struct arena;

/* The longest text that can be typed, in bytes. */
#define PINYIN_MAX 63

struct pinyin_match {
	uint32_t at, len; /* bytes of the text */
	bool is_whole;    /* of whole readings only */
};

/* Whether `typed` (folded) can be pinyin: at least two letters, nothing but letters, digits, Han
 * and apostrophes between syllables, and no longer than PINYIN_MAX. */
bool pinyin_is_typed(struct str typed);

/* Where `typed` matches in `text`, in order, not overlapping, the longest at each place; at least
 * one Han character is in each. At most `max`. What is typed has 1 to PINYIN_MAX bytes. */
size_t pinyin_find(struct arena *arena, struct str text, struct str typed, size_t max,
		   struct pinyin_match **out);

/* One character on the way through `typed`: `from` is a set of places in it, a bit each from bit 0
 * for its start; the result those that `cp` leads to. With `is_whole` only whole readings lead on.
 * `typed` is done where bit typed.len is set. */
uint64_t pinyin_step(struct str typed, uint64_t from, uint32_t cp, bool is_whole);

/* Whether the letter can begin a reading of the character. */
bool pinyin_begins(uint32_t cp, char letter);

#endif
