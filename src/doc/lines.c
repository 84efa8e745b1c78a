/* Paragraphs whose lines count up: "1、…" under "2、…" without a blank line between them. Each line
 * is a paragraph of its own then, and so is what stands above the first. */
#include <sulan/arena.h>

#include "pattern.h"

/* Where the line behind byte `at` begins that goes on counting; text.len when there is none. */
static size_t next_number(struct str text, size_t at, int *value)
{
	int found;
	for (at = str_line_end(text, at); at < text.len; at = str_line_end(text, at + 1))
		if (number_at(str_from(text, at + 1), &found) &&
		    (*value < 0 || found == *value + 1)) {
			*value = found;
			return at + 1;
		}
	return text.len;
}

/* Two lines at least count up, from the first or the second on; one will do below a topic. */
static bool is_counted(const struct block *block)
{
	int value = -1;
	if (block->kind != BLOCK_PARA || block->depth ||
	    str_line_end(block->text, 0) == block->text.len)
		return false;
	if (!number_at(block->text, &value)) {
		value = -1;
		size_t at = next_number(block->text, 0, &value);
		if (at != str_line_end(block->text, 0) + 1)
			return false;
		return pattern_has_topic_sign(block->text) ||
		       next_number(block->text, at, &value) < block->text.len;
	}
	return next_number(block->text, 0, &value) < block->text.len;
}

static void split(struct build *build, struct build *out, const struct block *leaf)
{
	int value = -1;
	size_t from = 0;
	uint32_t line = leaf->line;
	if (!number_at(leaf->text, &value))
		value = -1;
	while (from < leaf->text.len) {
		size_t next = next_number(leaf->text, from, &value);
		size_t to = next < leaf->text.len ? next - 1 : next;
		struct block part = build_part(build, leaf, from, to);
		part.line = line;
		part.end = 0;
		build_block(out, part);
		for (size_t i = from; i < next; i++)
			line += leaf->text.p[i] == SOFT_BREAK || leaf->text.p[i] == '\n';
		from = next;
	}
}

void lines_split(struct build *build)
{
	struct build out = {.arrays = build->arrays};
	const size_t n = build->n_blocks;
	bool has_any = false;
	for (size_t i = 0; i < n && !has_any; i++)
		has_any = is_counted(&build->blocks[i]);
	if (!has_any)
		return;
	/* Only what stands at the top is split, so containers keep their sizes. */
	for (size_t i = 0; i < n; i++) {
		struct block block = build->blocks[i];
		size_t shift = out.n_blocks - i;
		if (is_counted(&block)) {
			split(build, &out, &block);
			continue;
		}
		block.end += (uint32_t)shift;
		build_block(&out, block);
	}
	build->blocks = out.blocks;
	build->n_blocks = out.n_blocks;
	build->cap_blocks = out.cap_blocks;
}
