/* The titles of stories without a heading, shared by title.c, piece.c and story.c. */
#ifndef TITLE_H
#define TITLE_H

#include "build.h"

/* A line up to this many bytes is a title as it is; a list of such items is one of briefs. */
#define TITLE_BYTES 200

/* Bytes of the leaf that are the title: a bold or linked opening, or a short line; 0 for none.
 * `is_wrapped`: soft breaks only wrap the text. */
size_t title_end(const struct build *raw, const struct block *leaf, size_t from, bool is_wrapped);
/* Where a bold opening ends that is a title; 0 when it only begins a sentence. */
size_t title_bold_end(const struct build *raw, const struct block *leaf, size_t from);
/* Where a title of bytes from..end ends without the dashes that part it from the text behind. */
size_t title_shown_end(struct str text, size_t from, size_t end);
/* One line, without what parts it from the text behind, and without a task's box. */
struct str title_text(struct arena *arena, struct str text);
/* The same of bytes from..end of a leaf, without links at its end that say only "link" or "more".
 */
struct str title_of(struct arena *arena, const struct build *raw, const struct block *leaf,
		    size_t from, size_t end);

/* The words of a link that say nothing but that there is one: "more", "详情". */
bool title_is_pointer(struct str text);

#endif
