/* layer: text
 *
 * One paragraph into lines of a width. Break opportunities are UAX #14 with the Chinese rules of
 * CLREQ (no closing punctuation at a line start, no opening one at a line end, dashes and ellipses
 * whole, numbers kept with their units); long URLs break after / ? & = and the like; where nothing
 * else helps a line breaks at a cluster border. Greedy fill, linear in the text.
 */
#ifndef SULAN_WRAP_H
#define SULAN_WRAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sulan/glyph.h>
#include <sulan/str.h>

/* CLREQ, line-start and line-end prohibition. */
enum wrap_level {
	WRAP_BASIC,  /* what most publications do */
	WRAP_GB,     /* and no solidus at a line end */
	WRAP_STRICT, /* and no dash or ellipsis at a line start */
	WRAP_NONE,   /* UAX #14 as it is */
};

struct wrap_opts {
	struct text_policy policy;
	enum wrap_level level;
	bool hangs; /* one of 、，。 that the line has no room for may stand behind its end */
};

/* Columns a hanging mark takes behind the end of a line. */
#define WRAP_HANG_COLS 2

/* Places with an empty column that is not in the text: bytes, in ascending order, each the first of
 * a cluster. A line that begins or ends there does without. */
struct wrap_gaps {
	const uint32_t *at;
	size_t n;
};

struct wrap_line {
	uint32_t at, len; /* bytes of the paragraph; spaces at the break are outside */
	uint16_t cols;    /* columns those bytes and the gaps between them take */
	bool is_forced;   /* ended by a line feed of the text, or by its end */
};

/* Breaks `text` (a line feed or its kin forces a break; the one at the very end opens no further
 * line) into lines of at most `cols` columns, the first of at most `first_cols` (both >= 1;
 * UINT16_MAX is the most that counts). At least one line, possibly empty. A cluster wider than the
 * line stands alone in it; but for it, and for the hanging mark at its end, no line is wider.
 * Returns the count; the lines are in `arena`.
 */
size_t wrap_lines(struct arena *arena, struct str text, size_t first_cols, size_t cols,
		  const struct wrap_opts *opts, struct wrap_line **out);

/* The same with gaps. */
size_t wrap_lines_apart(struct arena *arena, struct str text, struct wrap_gaps gaps,
			size_t first_cols, size_t cols, const struct wrap_opts *opts,
			struct wrap_line **out);

#endif
