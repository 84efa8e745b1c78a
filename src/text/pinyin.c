/* Matching letters with the readings of Han characters: sets of places in what is typed, a bit
 * each, led on character by character. */
#include <sulan/pinyin.h>

#include <assert.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

#include "readings.h"

/* The numbers of a character's readings, up to a 0; `one` is room for a single one. */
static const uint16_t *readings_of(uint32_t cp, uint16_t one[2])
{
	uint16_t unit =
		cp >= READING_FIRST && cp <= READING_LAST ? reading_index[cp - READING_FIRST] : 0;
	if (unit & READING_SEVERAL)
		return &reading_lists[unit - READING_SEVERAL];
	one[0] = unit;
	one[1] = 0;
	return one;
}

bool pinyin_begins(uint32_t cp, char letter)
{
	uint16_t one[2];
	for (const uint16_t *r = readings_of(cp, one); *r; r++)
		if (reading_names[*r][0] == letter)
			return true;
	return false;
}

static bool is_letter(char c)
{
	return c >= 'a' && c <= 'z';
}

bool pinyin_is_typed(struct str typed)
{
	size_t n_letters = 0;
	uint32_t cp;
	if (typed.len > PINYIN_MAX)
		return false;
	for (size_t at = 0; at < typed.len;) {
		at += utf8_next(typed, at, &cp);
		if (cp < 0x80 && is_letter((char)cp))
			n_letters++;
		else if (!(cp >= '0' && cp <= '9') && cp != '\'' &&
			 !(cp >= READING_FIRST && cp <= READING_LAST))
			return false;
	}
	return n_letters >= 2;
}

static uint64_t bit(size_t at)
{
	return UINT64_C(1) << at;
}

static size_t first_place(uint64_t places)
{
	return (size_t)__builtin_ctzll(places);
}

/* ü is typed as v, and as u where no other reading is spelled so: lue, nue. */
static bool is_same(char typed, const char *reading)
{
	return typed == *reading || (typed == 'u' && reading[0] == 'v' && reading[1] == 'e');
}

/* Places that one reading leads to from place `at`. */
static uint64_t step_reading(struct str typed, size_t at, const char *reading, bool is_whole)
{
	size_t len = strlen(reading), left = typed.len - at, same = 0;
	uint64_t into = 0;
	while (same < len && same < left && is_same(typed.p[at + same], reading + same))
		same++;
	if (same == len)
		into |= bit(at + len);
	if (is_whole || same == 0)
		return into;
	into |= bit(at + 1);
	if (same >= 2 && reading[1] == 'h')
		into |= bit(at + 2);
	if (same == left)
		into |= bit(typed.len);
	return into;
}

/* An apostrophe between syllables is passed over. */
static uint64_t skip_marks(struct str typed, uint64_t places)
{
	for (size_t at = 1; at < typed.len; at++)
		if (typed.p[at] == '\'' && places & bit(at))
			places |= bit(at + 1);
	return places;
}

static uint64_t step_plain(struct str typed, uint64_t from, uint32_t cp)
{
	char bytes[4];
	uint64_t into = 0;
	if (cp >= 'A' && cp <= 'Z')
		cp += 'a' - 'A';
	size_t len = utf8_put(cp, bytes);
	for (; from; from &= from - 1) {
		size_t at = first_place(from);
		if (at + len <= typed.len && memcmp(typed.p + at, bytes, len) == 0)
			into |= bit(at + len);
	}
	return into;
}

uint64_t pinyin_step(struct str typed, uint64_t from, uint32_t cp, bool is_whole)
{
	uint16_t one[2];
	uint64_t into = step_plain(typed, from, cp);
	for (const uint16_t *r = readings_of(cp, one); *r; r++) {
		char first = reading_names[*r][0];
		for (uint64_t left = from; left; left &= left - 1) {
			size_t at = first_place(left);
			if (at < typed.len && typed.p[at] == first)
				into |= step_reading(typed, at, reading_names[*r], is_whole);
		}
	}
	return memchr(typed.p, '\'', typed.len) ? skip_marks(typed, into) : into;
}

/* The longest match that begins at byte `at`; 0 for none. */
static size_t match_at(struct str text, size_t at, struct str typed, bool is_whole)
{
	uint64_t places = 1;
	size_t longest = 0, end = at;
	bool has_han = false;
	while (end < text.len) {
		uint32_t cp;
		end += utf8_next(text, end, &cp);
		places = pinyin_step(typed, places, cp, is_whole);
		if (!places)
			break;
		has_han |= cp >= READING_FIRST && cp <= READING_LAST;
		if (has_han && places & bit(typed.len))
			longest = end - at;
	}
	return longest;
}

static bool may_begin(uint32_t cp, struct str typed)
{
	char first = typed.p[0];
	if (cp < 0x80)
		return (cp >= 'A' && cp <= 'Z' ? (char)cp + ('a' - 'A') : (char)cp) == first;
	return cp >= READING_FIRST && cp <= READING_LAST &&
	       (!is_letter(first) || pinyin_begins(cp, first));
}

size_t pinyin_find(struct arena *arena, struct str text, struct str typed, size_t max,
		   struct pinyin_match **out)
{
	size_t n = 0, cap = 0;
	struct pinyin_match *matches = NULL;
	assert(typed.len > 0 && typed.len <= PINYIN_MAX);
	for (size_t at = 0, len; at < text.len && n < max; at += len) {
		uint32_t cp;
		len = utf8_next(text, at, &cp);
		if (!may_begin(cp, typed))
			continue;
		size_t longest = match_at(text, at, typed, false);
		if (!longest)
			continue;
		size_t whole = match_at(text, at, typed, true);
		len = whole ? whole : longest;
		matches = arena_more(arena, matches, n, &cap, sizeof(*matches));
		matches[n++] = (struct pinyin_match){(uint32_t)at, (uint32_t)len, whole > 0};
	}
	*out = matches;
	return n;
}
