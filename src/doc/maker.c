/* Copying what Markdown gave into the issue: the text of a leaf with its soft breaks settled, and
 * its spans and links brought along. */
#include <string.h>

#include <sulan/arena.h>
#include <sulan/pipes.h>
#include <sulan/utf8.h>

#include "build.h"

uint32_t maker_category(struct maker *maker, struct str name)
{
	struct arena *arena = maker->issue->arena;
	uint32_t *number = names_at(arena, &maker->category_names, name);
	if (*number)
		return *number - 1;
	maker->categories = arena_more(arena, maker->categories, maker->n_categories,
				       &maker->cap_categories, sizeof(*maker->categories));
	maker->categories[maker->n_categories++] = name;
	*number = (uint32_t)maker->n_categories;
	return *number - 1;
}

static bool is_cjk_beside(struct str text, size_t at)
{
	uint32_t before = 0, after = 0;
	size_t start = at;
	while (start > 0 && ((unsigned char)text.p[start - 1] & 0xc0) == 0x80)
		start--;
	if (start > 0)
		utf8_next(text, start - 1, &before);
	if (at + 1 < text.len)
		utf8_next(text, at + 1, &after);
	return codepoint_is_cjk(before) && codepoint_is_cjk(after);
}

/* Signs before an address in a line of its own are no more than this. */
#define SIGNS_BYTES 16

/* The line that begins at byte `at` is an address and nothing else, but for signs before it. */
static bool is_url_line(struct str text, size_t at)
{
	size_t url = at, len;
	while (url < text.len && url - at < SIGNS_BYTES && (text.p[url] < 0 || text.p[url] == ' '))
		url++;
	if (url >= text.len || (text.p[url] | 32) != 'h')
		return false;
	len = url_len(text, url);
	url += len;
	while (url < text.len && text.p[url] == ' ')
		url++;
	return len && (url == text.len || text.p[url] == SOFT_BREAK || text.p[url] == '\n');
}

/* Bytes from..to of the leaf's text with its soft breaks settled. `place` is where each byte of it
 * is in the result; NULL when there is none to settle, and the text then is the leaf's own. */
static struct str settle(struct maker *maker, const struct block *raw, size_t from, size_t to,
			 bool keeps_lines, uint32_t **place)
{
	struct str part = str_sub(raw->text, from, to - from);
	*place = NULL;
	if (raw->kind == BLOCK_CODE || part.len == 0 || !memchr(part.p, SOFT_BREAK, part.len))
		return part;
	keeps_lines |= pipes_is_table(part);
	char *text = arena_alloc(maker->done.arena, part.len + 1);
	*place = arena_alloc(maker->done.scratch, (part.len + 1) * sizeof(**place));
	size_t len = 0;
	/* An address that has a line keeps it. */
	bool is_url = is_url_line(raw->text, from), was_url = false;
	for (size_t i = from; i < to; i++) {
		char c = raw->text.p[i];
		(*place)[i - from] = (uint32_t)len;
		if (c == SOFT_BREAK || c == '\n') {
			was_url = is_url;
			is_url = is_url_line(raw->text, i + 1);
		}
		if (c != SOFT_BREAK)
			text[len++] = c;
		else if (keeps_lines || is_url || was_url)
			text[len++] = '\n';
		else if (!is_cjk_beside(raw->text, i))
			text[len++] = ' ';
	}
	(*place)[part.len] = (uint32_t)len;
	return (struct str){text, len};
}

/* The spans of bytes from..to, moved to where their text is now. */
static void copy_spans(struct maker *maker, const struct block *raw, size_t from, size_t to,
		       const uint32_t *place)
{
	for (size_t i = build_span_at(maker->raw, raw, from); i < raw->span + raw->n_spans; i++) {
		struct span span = maker->raw->spans[i];
		size_t start = span.at > from ? span.at : from, end = span.at + span.len;
		end = end < to ? end : to;
		if (start >= end)
			break;
		start -= from;
		end -= from;
		span.at = place ? place[start] : (uint32_t)start;
		span.len = (place ? place[end] : (uint32_t)end) - span.at;
		build_span(&maker->done, span);
		if (span.link)
			maker->raw->links[span.link - 1].block = (uint32_t)maker->done.n_blocks;
	}
}

struct block *maker_copy_leaf(struct maker *maker, const struct block *raw, size_t from, size_t to,
			      enum block_part part, bool keeps_lines)
{
	struct build *done = &maker->done;
	struct block block = *raw;
	bool is_code = raw->kind == BLOCK_CODE;
	uint32_t *place;
	while (!is_code && from < to && strchr(" \n\v", raw->text.p[from]))
		from++;
	while (!is_code && to > from && strchr(" \n\v", raw->text.p[to - 1]))
		to--;
	block.text = settle(maker, raw, from, to, keeps_lines, &place);
	block.part = part;
	block.depth = (uint8_t)(raw->depth - maker->lifted);
	block.end = 0;
	block.span = (uint32_t)done->n_spans;
	copy_spans(maker, raw, from, to, place);
	block.n_spans = (uint32_t)done->n_spans - block.span;
	arena_reset(done->scratch);
	return build_block(done, block);
}

void maker_copy(struct maker *maker, size_t from, size_t to, enum block_part part)
{
	size_t base = maker->done.n_blocks;
	for (size_t i = from; i < to; i++) {
		const struct block *raw = &maker->raw->blocks[i];
		if (!build_is_container(raw)) {
			maker_copy_leaf(maker, raw, 0, raw->text.len, part, part == PART_META);
			continue;
		}
		struct block block = *raw;
		block.part = part;
		block.depth = (uint8_t)(raw->depth - maker->lifted);
		block.end = (uint32_t)(raw->end - from + base);
		build_block(&maker->done, block);
	}
}

struct str story_line(struct arena *arena, struct str text)
{
	char *line = arena_copy(arena, text.p, text.len);
	for (size_t i = 0; i < text.len; i++)
		if (line[i] == '\n' || line[i] == SOFT_BREAK || line[i] == '\t')
			line[i] = ' ';
	return str_trim((struct str){line, text.len});
}

size_t story_cols(struct str text)
{
	size_t cols = 0;
	uint32_t cp;
	for (size_t i = 0, len; i < text.len; i += len) {
		len = utf8_next(text, i, &cp);
		cols += codepoint_is_cjk(cp) ? 2 : 1;
	}
	return cols;
}
