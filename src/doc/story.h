/* A story while it grows, shared by story.c and meta.c. */
#ifndef STORY_H
#define STORY_H

#include "build.h"

/* A story while it grows. */
struct growing {
	struct maker *maker;
	struct story story;
	struct source *sources;
	size_t cap_sources;
	struct field *fields;
	size_t cap_fields;
	struct bullet *bullets;
	size_t cap_bullets;
	uint32_t *links;
	size_t cap_links;
	struct strbuf insights; /* one below the other, where there are several */
	struct str category;
};

/* story.c: a story begins where the blocks made so far end, and takes all that are made until it is
 * finished. */
struct growing growing_start(struct maker *maker, uint32_t line);
void growing_finish(struct growing *g, struct str category);
/* Raw blocks at..end as its text; a paragraph of it, from byte `from`. */
void growing_put_body(struct growing *g, size_t at, size_t end);
void growing_put_paragraph(struct growing *g, const struct block *raw, size_t from);
/* Label blocks from `at` on; returns the raw block behind them. */
size_t growing_put_meta(struct growing *g, size_t at, size_t end);
/* The first sentence or line; a long one is cut, between words where there are words. */
struct str story_first_sentence(struct arena *arena, struct str text);

/* meta.c: a link of the story, each address once; a source, and its link. */
void growing_add_link(struct growing *g, uint32_t link);
void growing_add_source(struct growing *g, struct source source);
/* Takes what a list of labels among the body says; nothing from any other list. */
void growing_read_list(struct growing *g, uint32_t list);
/* Takes the links of a list that has been copied for sources. */
void growing_read_sources(struct growing *g, uint32_t list);
/* Whether a raw paragraph is of label lines that begin with a source or category; `is_heading`: its
 * value stands in the block below. */
bool growing_is_source_line(const struct build *raw, size_t index, bool *is_heading);
/* Whether raw block `index` is a quote of label lines, or a paragraph or list of known ones. */
bool growing_is_meta(const struct build *raw, size_t index);
/* Adds a text of the issue to the story's insight, on a line of its own. */
void growing_add_insight(struct growing *g, struct str text);
/* Takes fields, category and sources from the label lines of a block that has been copied. */
void growing_read_meta(struct growing *g, uint32_t index);

/* What reading time is counted in: words, and Han characters. Notes in the block whether its text
 * is plain. */
uint32_t block_count_chars(struct block *block);

#endif
