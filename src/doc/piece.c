/* The stories of a section that holds several: list items, numbered paragraphs, rows of a table.
 * What stands between them is kept as text of its own. */
#include <string.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

#include "pattern.h"
#include "story.h"
#include "title.h"

/* A text longer than this is no category, and no longer than that where all beside it are. */
#define GROUP_BYTES        60
#define GROUP_BESIDE_BYTES 120
/* Lists of groups may stand in each other down to this depth of containers. */
#define GROUPS_DEPTH 4

/* The first link of the story leads to its source, where nothing else says one. */
static void add_first_source(struct growing *g)
{
	const struct build *done = &g->maker->done;
	if (g->story.n_sources)
		return;
	for (size_t b = g->story.block; b < done->n_blocks; b++)
		for (size_t i = 0; i < done->blocks[b].n_spans; i++) {
			struct span span = done->spans[done->blocks[b].span + i];
			if (!span.link || g->maker->raw->links[span.link - 1].is_image)
				continue;
			struct str host = link_host(g->maker->raw->links[span.link - 1].url);
			if (host.len == 0)
				continue;
			growing_add_source(g,
					   (struct source){host, span.link, (uint32_t)b, span.at});
			return;
		}
}

/* The story's first leaf: a title, and what stands behind it in the same paragraph. */
static void put_opening(struct growing *g, size_t leaf, size_t number)
{
	struct maker *maker = g->maker;
	const struct block *raw = &maker->raw->blocks[leaf];
	bool is_wrapped = maker->dialect == DIALECT_ITEMS || maker->dialect == DIALECT_PARAS;
	size_t end = 0;
	if (number < raw->text.len)
		end = title_end(maker->raw, raw, number, is_wrapped);
	if (end == 0) {
		growing_put_paragraph(g, raw, 0);
		struct str rest = str_trim(str_from(raw->text, number));
		if (rest.len)
			g->story.title = story_first_sentence(
				maker->issue->arena, story_line(maker->issue->arena, rest));
		return;
	}
	bool has_rest = str_trim(str_from(raw->text, end)).len > 0;
	size_t shown = has_rest ? title_shown_end(raw->text, 0, end) : end;
	maker_copy_leaf(maker, raw, 0, shown, PART_TITLE, false);
	g->story.title = title_of(maker->issue->arena, maker->raw, raw, number, end);
	if (has_rest)
		growing_put_paragraph(g, raw, shown);
}

static void finish_piece(struct growing *g, struct str category)
{
	const struct build *done = &g->maker->done;
	for (uint32_t i = g->story.block; i < done->n_blocks && g->story.title.len == 0; i++) {
		int number;
		bool is_number =
			number_at(done->blocks[i].text, &number) == done->blocks[i].text.len;
		if (is_number && i + 1 < done->n_blocks)
			continue;
		g->story.title_block = i;
		g->story.title = story_first_sentence(g->maker->issue->arena,
						      str_trim(done->blocks[i].text));
	}
	add_first_source(g);
	growing_finish(g, category);
}

static void story_of_blocks(struct maker *maker, const struct piece *piece, struct str category)
{
	const struct build *raw = maker->raw;
	size_t inner = piece->from, inner_end = piece->end;
	if (raw->blocks[inner].kind == BLOCK_LIST)
		inner++;
	if (raw->blocks[inner].kind == BLOCK_ITEM)
		inner_end = raw->blocks[inner++].end;
	if (inner == inner_end && inner_end == piece->end)
		return;
	struct growing g = growing_start(maker, raw->blocks[piece->from].line);
	maker->lifted = inner < inner_end ? raw->blocks[inner].depth : 0;
	if (inner < inner_end && raw->blocks[inner].kind == BLOCK_PARA)
		put_opening(&g, inner++, piece->number);
	inner = growing_put_meta(&g, inner, inner_end);
	growing_put_body(&g, inner, inner_end);
	maker->lifted = 0;
	growing_put_body(&g, inner_end, piece->end);
	finish_piece(&g, category);
}

/* A link in bytes from..end of a leaf says more than that there is one. */
static bool has_name(const struct build *build, const struct block *leaf, size_t from, size_t end)
{
	for (size_t i = build_span_at(build, leaf, from); i < leaf->span + leaf->n_spans; i++) {
		const struct span *span = &build->spans[i];
		if (span->at >= end)
			break;
		if (span->link && !title_is_pointer(str_sub(leaf->text, span->at, span->len)))
			return true;
	}
	return false;
}

/* A row: its first cell, or the first with a link, is the title. */
static void story_of_row(struct maker *maker, const struct piece *piece, struct str category)
{
	const struct block *raw = &maker->raw->blocks[piece->from];
	size_t at = piece->row, cell, end, title = SIZE_MAX;
	bool is_rank = false; /* the title so far is a number */
	long rank;
	while (rows_next_cell(raw->text, &at, piece->row_end, &cell, &end)) {
		struct str text = str_sub(raw->text, cell, end - cell);
		bool is_name = has_name(maker->raw, raw, cell, end);
		if (is_name || title == SIZE_MAX || is_rank)
			title = cell;
		is_rank = title == cell && str_to_int(str_trim(text), 0, 99999, &rank);
		if (is_name)
			break;
	}
	if (title == SIZE_MAX)
		return;
	uint32_t line = raw->line;
	for (size_t i = 0; i < piece->row; i++)
		line += raw->text.p[i] == SOFT_BREAK;
	struct growing g = growing_start(maker, line);
	at = piece->row;
	while (rows_next_cell(raw->text, &at, piece->row_end, &cell, &end)) {
		bool is_title = cell == title;
		struct block *block = maker_copy_leaf(maker, raw, cell, end,
						      is_title ? PART_TITLE : PART_BODY, false);
		block->line = line;
		if (!is_title)
			continue;
		g.story.title_block = (uint32_t)maker->done.n_blocks - 1;
		g.story.title = title_text(maker->issue->arena,
					   str_sub(block->text, 0, str_line_end(block->text, 0)));
	}
	finish_piece(&g, category);
}

/* The cells of a table's header, without the signs between them. */
static void put_header(struct maker *maker, size_t index)
{
	struct block header = maker->raw->blocks[index];
	size_t len = str_line_end(header.text, 0);
	char *text = arena_copy(maker->issue->arena, header.text.p, len);
	for (size_t i = 0; i < len; i++)
		if (text[i] == '|')
			text[i] = ' ';
	header.text = (struct str){text, len};
	maker_copy_leaf(maker, &header, 0, len, PART_BODY, false);
}

/* All items are single short lines that no bold opening divides. */
static bool is_brief_list(const struct build *raw, size_t list)
{
	for (size_t i = list + 1; i < raw->blocks[list].end; i = raw->blocks[i].end) {
		if (raw->blocks[i].end != i + 2)
			return false;
		const struct block *leaf = &raw->blocks[i + 1];
		if (leaf->kind != BLOCK_PARA || leaf->text.len > TITLE_BYTES)
			return false;
		size_t bold = title_bold_end(raw, leaf, 0);
		if (bold && bold < leaf->text.len)
			return false;
	}
	return true;
}

/* Bytes of text in raw blocks from..end. */
static size_t text_len(const struct build *raw, size_t from, size_t end)
{
	size_t n = 0;
	for (size_t i = from; i < end; i++)
		n += raw->blocks[i].text.len;
	return n;
}

/* A short text over a list of items most of which have links. */
static bool heads_list(const struct build *raw, size_t item)
{
	size_t end = raw->blocks[item].end, list = item + 2, n = 0, n_linked = 0;
	if (list >= end || raw->blocks[item + 1].kind != BLOCK_PARA ||
	    raw->blocks[list].kind != BLOCK_LIST || raw->blocks[list].end != end ||
	    raw->blocks[item + 1].text.len > GROUP_BESIDE_BYTES)
		return false;
	for (size_t i = list + 1; i < end; i = raw->blocks[i].end) {
		n++;
		n_linked += pattern_has_link(raw, i, raw->blocks[i].end);
	}
	return n_linked * 100 >= n * 60;
}

/* Every item of the list does so, with more items below them than they are, and one is no link or
 * what is below them is longer: categories, though they are links themselves. */
static bool is_list_of_groups(const struct build *raw, size_t list)
{
	size_t n = 0, n_linked = 0, n_below = 0, n_heads = 0, n_text = 0;
	for (size_t i = list + 1; i < raw->blocks[list].end; i = raw->blocks[i].end) {
		if (!heads_list(raw, i))
			return false;
		n++;
		n_linked += pattern_has_link(raw, i + 1, i + 2);
		n_heads += raw->blocks[i + 1].text.len;
		n_text += text_len(raw, i + 2, raw->blocks[i].end);
		for (size_t k = i + 3; k < raw->blocks[i].end; k = raw->blocks[k].end)
			n_below++;
	}
	return n >= 2 && n_below > n && (n_linked < n || n_text * n > n_heads * n_below);
}

/* A category, not a story: it has no link itself, or all beside it are such. */
static bool is_group(const struct build *raw, size_t item, bool is_among_groups)
{
	return heads_list(raw, item) &&
	       (is_among_groups || (raw->blocks[item + 1].text.len <= GROUP_BYTES &&
				    !pattern_has_link(raw, item + 1, item + 2)));
}

static struct str path_to(struct maker *maker, struct str category, struct str text)
{
	struct strbuf path = strbuf_make(maker->issue->arena);
	strbuf_put(&path, category);
	strbuf_puts(&path, category.len ? " › " : "");
	strbuf_put(&path, title_text(maker->issue->arena, text));
	return strbuf_str(&path);
}

static void list_stories(struct maker *maker, size_t list, struct str category)
{
	const struct build *raw = maker->raw;
	size_t end = raw->blocks[list].end;
	if (is_brief_list(raw, list)) {
		maker->lifted = raw->blocks[list].depth;
		story_briefs(maker, list, end, category);
		maker->lifted = 0;
		return;
	}
	const bool has_groups = is_list_of_groups(raw, list);
	for (size_t i = list + 1; i < end; i = raw->blocks[i].end) {
		struct piece piece = {.from = i, .end = raw->blocks[i].end};
		if (raw->blocks[list].depth > GROUPS_DEPTH || !is_group(raw, i, has_groups)) {
			story_of_blocks(maker, &piece, category);
			continue;
		}
		maker->lifted = raw->blocks[i + 1].depth;
		maker_copy(maker, i + 1, i + 2, PART_BODY);
		maker->lifted = 0;
		list_stories(maker, i + 2, path_to(maker, category, raw->blocks[i + 1].text));
	}
}

static void item_stories(struct maker *maker, size_t from, size_t end, struct str category);

/* What stands between stories: a list of others, text of its own, or what only separates them. */
static void put_between(struct maker *maker, size_t from, size_t end, struct str category)
{
	const struct str none = {0};
	const struct votes votes = {.n_asked = 0};
	enum dialect dialect = maker->dialect;
	bool has_content = false;
	for (size_t i = from; i < end; i++)
		has_content |= maker->raw->blocks[i].kind != BLOCK_RULE;
	struct pattern pattern = {.dialect = DIALECT_OUTLINE};
	if (dialect == DIALECT_BOLD)
		pattern = pattern_find(maker->raw, none, from, end, &votes);
	if (pattern.dialect == DIALECT_ITEMS) {
		maker->dialect = DIALECT_ITEMS;
		item_stories(maker, from, end, category);
		maker->dialect = dialect;
		return;
	}
	maker->dialect = DIALECT_DOCUMENT;
	if (has_content)
		story_of_text(maker, from, end, none, category);
	else
		maker_copy(maker, from, end, PART_SPLIT);
	maker->dialect = dialect;
}

/* Lists, each under the category that a bold line before it names. */
static void item_stories(struct maker *maker, size_t from, size_t end, struct str category)
{
	const struct build *raw = maker->raw;
	struct str topic = category;
	size_t at = from;
	for (size_t i = from; i < end; i = raw->blocks[i].end) {
		const struct block *block = &raw->blocks[i];
		bool is_topic = pattern_is_topic(raw, i, end);
		if (block->kind != BLOCK_LIST && !is_topic)
			continue;
		if (at < i)
			put_between(maker, at, i, category);
		at = block->end;
		if (block->kind == BLOCK_LIST) {
			list_stories(maker, i, topic);
			continue;
		}
		maker_copy(maker, i, at, PART_BODY);
		topic = path_to(maker, category, block->text);
	}
	if (at < end)
		put_between(maker, at, end, category);
}

/* The block before a piece, at `at` or behind it, is a line that heads this and others. */
static bool has_head(const struct build *raw, enum dialect dialect, size_t at, size_t from)
{
	size_t head = from - 1;
	if (at >= from || raw->blocks[head].depth != raw->blocks[from].depth)
		return false;
	return (dialect == DIALECT_NUMBERS && pattern_heads_numbers(raw, head, raw->n_blocks)) ||
	       (dialect == DIALECT_BOLD && pattern_heads_bold(raw, head, raw->n_blocks));
}

void piece_stories(struct maker *maker, const struct pattern *pattern, size_t from, size_t end,
		   struct str category)
{
	size_t at = from;
	struct str topic = category;
	maker->dialect = pattern->dialect;
	if (pattern->dialect == DIALECT_ITEMS) {
		item_stories(maker, from, end, category);
		return;
	}
	for (size_t i = 0; i < pattern->n; i++) {
		const struct piece *piece = &pattern->pieces[i];
		size_t head = piece->from - has_head(maker->raw, pattern->dialect, at, piece->from);
		if (at < head)
			put_between(maker, at, head, category);
		if (head < piece->from) {
			maker_copy(maker, head, piece->from, PART_BODY);
			topic = path_to(maker, category, maker->raw->blocks[head].text);
		}
		if (!piece->row_end)
			story_of_blocks(maker, piece, topic);
		else if (at <= piece->from)
			put_header(maker, piece->from);
		if (piece->row_end)
			story_of_row(maker, piece, category);
		at = piece->end;
	}
	if (at < end)
		put_between(maker, at, end, category);
}
