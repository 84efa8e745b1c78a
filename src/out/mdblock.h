/* layer: out
 *
 * Blocks as Markdown: containers become signs before their lines.
 */
#ifndef MDBLOCK_H
#define MDBLOCK_H

#include "forms.h"

#define MD_MAX_LEVELS 256

/* A container: what its first line and its other lines begin with. */
struct md_level {
	uint32_t end;
	bool is_begun, is_tight, is_item;
	char sign; /* list */
	char first[16], rest[16];
};

struct md {
	struct out *out;
	struct strbuf *buf;
	const struct issue *issue;
	struct arena *scratch;
	struct md_level levels[MD_MAX_LEVELS];
	size_t n_levels;
	bool is_label;      /* the last leaf was a label that its text goes on behind */
	bool is_insight;    /* the last leaf was a paragraph of the insight */
	uint32_t last_list; /* end of the list that was closed last */
	char last_sign;
};

/* Puts the blocks from..to but for the title and what is put elsewhere: labels, splits, the issue's
 * heading. */
void mdblocks_put(struct md *md, uint32_t from, uint32_t to, uint32_t title);

/* The line a label and its value stand on; the first, of `*n` 0, opens the quote. */
void mdfield_begin(struct md *md, size_t *n, struct str label);

#endif
