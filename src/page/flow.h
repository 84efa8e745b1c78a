/* layer: page
 *
 * One paragraph: its text in pieces that look alike, wrapped and put on the sheet.
 */
#ifndef FLOW_H
#define FLOW_H

#include "sheet.h"

/* From byte `at` of the flow's text to the next piece. */
struct piece {
	uint32_t at;
	uint32_t block, block_at; /* where it stands in the issue; PAGE_NO_BLOCK for decoration */
	uint32_t link;
	uint8_t role, marks;
};

struct flow {
	struct sheet *sheet;
	struct str text; /* borrowed from the issue while it is one stretch of it, else `made` */
	struct strbuf made;
	bool is_made;
	struct piece *pieces;
	size_t n_pieces, cap_pieces;
	struct wrap_gaps gaps; /* between Han and Latin */
	size_t gap;            /* the next one to put */
};

struct flow flow_make(struct sheet *sheet);

/* Adds text; `piece.at` is filled in. */
void flow_add(struct flow *flow, struct str text, struct piece piece);
void flow_add_mark(struct flow *flow, struct str text, enum role role);

/* Adds bytes from..to of a leaf with its marks and links. Roles that set a whole line apart (title,
 * label, heading, source) are kept throughout; under others links, code and leads have their own.
 */
void flow_add_leaf(struct flow *flow, uint32_t block, uint32_t from, uint32_t to, enum role base);

/* The flow's lines at a width, none with a hanging mark, in the sheet's scratch memory; 0 for an
 * empty flow. */
size_t flow_wrap(struct flow *flow, size_t cols, struct wrap_line **lines);
/* Puts one of them on the line at hand, one after the other. `piece` is 0 for the first and kept
 * from line to line. */
void flow_put(struct flow *flow, const struct wrap_line *line, size_t *piece);

/* Puts the lines on the sheet; none for an empty flow. Pieces are forgotten. */
void flow_set(struct flow *flow);

/* Where the flow's text is set apart; in the sheet's scratch memory. In gaps.c. */
struct wrap_gaps flow_gaps(const struct flow *flow);

#endif
