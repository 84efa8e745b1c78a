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
	struct strbuf insight;
	struct str category;
};

/* meta.c: a link of the story, each address once; a source, and its link. */
void growing_add_link(struct growing *g, uint32_t link);
void growing_add_source(struct growing *g, struct source source);
/* Whether raw block `index` is a quote of label lines, or a paragraph of known ones. */
bool growing_is_meta(const struct build *raw, size_t index);
/* Takes fields, category and sources from the label lines of a block that has been copied. */
void growing_read_meta(struct growing *g, uint32_t index);
/* Byte where the line that `from` stands in ends. */
size_t story_line_end(struct str text, size_t from);

#endif
