/* The growing arrays of an issue under construction. */
#include "build.h"

#include <sulan/arena.h>

struct block *build_block(struct build *build, struct block block)
{
	build->blocks = arena_more(build->arena, build->blocks, build->n_blocks, &build->cap_blocks,
				   sizeof(*build->blocks));
	struct block *at = &build->blocks[build->n_blocks++];
	*at = block;
	if (at->end == 0)
		at->end = (uint32_t)build->n_blocks;
	return at;
}

void build_span(struct build *build, struct span span)
{
	if (span.len == 0)
		return;
	build->spans = arena_more(build->arena, build->spans, build->n_spans, &build->cap_spans,
				  sizeof(*build->spans));
	build->spans[build->n_spans++] = span;
}

uint32_t build_link(struct build *build, struct link link)
{
	build->links = arena_more(build->arena, build->links, build->n_links, &build->cap_links,
				  sizeof(*build->links));
	build->links[build->n_links++] = link;
	return (uint32_t)build->n_links;
}
