/* Names and what they stand for: ink.c gives them, spell.c spells them out. */
#ifndef TERM_INK_INSIDE_H
#define TERM_INK_INSIDE_H

#include "caps.h"
#include "ink.h"

enum { MAX_PAIRS = 1024, N_SLOTS = 256, FIRST_SLOT = 16, CROWD = 200, NONE = -1, FREE = -2 };

struct ink {
	bool is_used, is_kept;
	bool is_struck;
	struct color color;
	uint32_t link_id;
	char *url; /* NULL: no link */
};

struct inks {
	struct ink_opts opts;
	int n_colors; /* whose numbers are the terminal's own: 0, 8, 16 or 256 */
	int max_pairs;
	bool has_names, has_strike;
	char mark[CAPS_MARK];
	struct ink slots[N_SLOTS];
	size_t n_slots;
	struct {
		int fg, bg; /* FREE: none; NONE: the terminal's own */
		bool is_kept;
	} pairs[MAX_PAIRS]; /* from 1: 0 is the terminal's own */
	int n_pairs;
	struct glyph names[INK_NAMES];
	size_t n_names;
	bool is_full;
	/* The last that was asked for. */
	struct style style;
	uint16_t link;
	unsigned numbers_age;
	struct ink_look look;
	/* What the terminal has been told. */
	bool is_struck, is_fresh;
	char looks[128]; /* not said yet: the middle of "\e[...m" */
	size_t n_looks;
	bool has_looks, is_ended;          /* after all that was said before has been ended */
	const struct ink *linked, *wanted; /* the link that is open, and that of the next text */
};

#endif
