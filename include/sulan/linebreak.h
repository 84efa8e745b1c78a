/* layer: text
 *
 * Where a line may break: UAX #14 (Unicode 15) as a state machine fed with one code point after the
 * other, with the Chinese rules of CLREQ on top.
 */
#ifndef SULAN_LINEBREAK_H
#define SULAN_LINEBREAK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sulan/str.h>
#include <sulan/wrap.h>

enum line_break {
	LINE_BREAK_NEVER, /* punctuation that must not begin, or end, a line */
	LINE_BREAK_NO,    /* the inside of a word: only where nothing else helps */
	LINE_BREAK_MAY,
	LINE_BREAK_MUST,
};

struct line_breaker {
	struct str text; /* to look ahead in */
	enum wrap_level level;
	int last;           /* class of the last character, marks apart */
	int before_spaces;  /* the same, spaces apart */
	unsigned last_prop; /* of the last character, marks apart */
	uint32_t last_cp;
	bool is_free; /* too narrow for rules about Chinese punctuation */
	bool is_started;
	bool is_open;       /* before a Han or a Latin letter only `last` counts */
	bool is_quote_open; /* an odd number of straight double quotes so far */
	bool is_address;    /* the last solidus stands in a URL or a path */
	/* Of what came last: */
	bool is_zwj;    /* the last code point was a joiner */
	bool is_odd_ri; /* the first half of a flag */
	bool is_hebrew; /* a hyphen after a Hebrew letter */
	bool is_prefix; /* a # @ - or / that begins a word */
	bool is_scheme; /* the second stroke of :// */
	bool is_label;  /* the end of 1. 2、 （3） before what it counts */
	uint8_t number; /* how far into a number we are */
};

/* In less than 8 columns the rules about Chinese punctuation are given up. */
struct line_breaker line_breaker_start(struct str text, enum wrap_level level, size_t cols);

/* Whether a line may end before `cp`, the next code point of the text; its bytes end at `end`. */
enum line_break line_breaker_next(struct line_breaker *breaker, uint32_t cp, size_t end);

/* Passes over Han and Latin letters, up to and with `cp`, when it is open. */
void line_breaker_skip(struct line_breaker *breaker, uint32_t cp);

#endif
