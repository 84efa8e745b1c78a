/* The tree cmark makes, as a flat array of blocks in reading order. */
#include <cmark.h>
#include <string.h>

#include <sulan/arena.h>

#include "build.h"

/* Containers deeper than this are passed through: their content stands in the one above. */
#define DEPTH_MAX 32

struct walker {
	struct build *build;
	size_t open[DEPTH_MAX]; /* blocks of the containers that are open */
	size_t depth, skipped;
	uint32_t line; /* of the file, where the text begins */
};

static struct block block_at(const struct walker *w, cmark_node *node, enum block_kind kind)
{
	int line = cmark_node_get_start_line(node);
	return (struct block){.kind = kind,
			      .depth = (uint8_t)w->depth,
			      .number = -1,
			      .line = w->line + (line > 0 ? (uint32_t)line - 1 : 0)};
}

static void open_container(struct walker *w, cmark_node *node, enum block_kind kind)
{
	if (w->depth == DEPTH_MAX) {
		w->skipped++;
		return;
	}
	struct block block = block_at(w, node, kind);
	if (kind == BLOCK_LIST)
		block.is_tight = cmark_node_get_list_tight(node);
	if (kind == BLOCK_ITEM) {
		cmark_node *list = cmark_node_parent(node);
		if (list && cmark_node_get_list_type(list) == CMARK_ORDERED_LIST) {
			cmark_node *before = cmark_node_previous(node);
			block.number = cmark_node_get_list_start(list);
			/* Counted on from the item before, which has its block already. */
			for (size_t i = w->build->n_blocks; before && i-- > w->open[w->depth - 1];)
				if (w->build->blocks[i].kind == BLOCK_ITEM &&
				    w->build->blocks[i].depth == block.depth) {
					block.number = w->build->blocks[i].number + 1;
					break;
				}
		}
	}
	w->open[w->depth++] = w->build->n_blocks;
	build_block(w->build, block);
}

static void close_container(struct walker *w)
{
	if (w->skipped) {
		w->skipped--;
		return;
	}
	w->build->blocks[w->open[--w->depth]].end = (uint32_t)w->build->n_blocks;
}

static void put_inlines(struct walker *w, cmark_node *node, struct block block)
{
	inline_read(w->build, node, &block);
	if (block.text.len)
		build_block(w->build, block);
}

static void put_code(struct walker *w, cmark_node *node)
{
	struct block block = block_at(w, node, BLOCK_CODE);
	block.text = mend_undo(w->build->arena, str_of(cmark_node_get_literal(node)));
	block.info = mend_undo(w->build->arena, str_of(cmark_node_get_fence_info(node))).p;
	build_block(w->build, block);
}

/* The next of a flat list's items in raw HTML: from byte `*at`, which is moved behind it. */
static bool next_html_item(struct str html, size_t *at, struct str *item)
{
	size_t open = str_find(html, STR("<li"), *at);
	size_t from = open == STR_NOT_FOUND ? open : str_find(html, STR(">"), open);
	if (from == STR_NOT_FOUND)
		return false;
	size_t end = str_find(html, STR("<li"), from);
	struct str inside = str_sub(html, 0, end);
	size_t close = str_find(inside, STR("</li"), from);
	if (close == STR_NOT_FOUND)
		close = str_find(inside, STR("</ul"), from);
	if (close == STR_NOT_FOUND)
		close = str_find(inside, STR("</ol"), from);
	end = close < inside.len ? close : inside.len;
	*item = str_sub(html, from + 1, end - from - 1);
	*at = end;
	return true;
}

/* A list of raw HTML that has no other in it. */
static bool is_flat_list(struct str html)
{
	bool is_list = str_starts(html, "<ul") || str_starts(html, "<ol");
	struct str rest = str_from(html, 3);
	return is_list && str_find(rest, STR("<ul"), 0) == STR_NOT_FOUND &&
	       str_find(rest, STR("<ol"), 0) == STR_NOT_FOUND &&
	       str_find(rest, STR("<li"), 0) != STR_NOT_FOUND &&
	       (str_ends(html, "</ul>") || str_ends(html, "</ol>"));
}

static void put_html_list(struct walker *w, cmark_node *node, struct str html)
{
	struct str item;
	open_container(w, node, BLOCK_LIST);
	for (size_t at = 0; next_html_item(html, &at, &item);) {
		struct block block = block_at(w, node, BLOCK_PARA);
		block.depth += 1;
		inline_read_html(w->build, item, &block);
		if (block.text.len == 0)
			continue;
		open_container(w, node, BLOCK_ITEM);
		block.depth = (uint8_t)w->depth;
		build_block(w->build, block);
		close_container(w);
	}
	close_container(w);
}

/* Raw HTML that is a heading, a paragraph or a list is one. */
static void put_html(struct walker *w, cmark_node *node)
{
	struct str html = str_trim(str_of(cmark_node_get_literal(node)));
	struct block block = block_at(w, node, BLOCK_HTML);
	if (is_flat_list(html)) {
		put_html_list(w, node, html);
		return;
	}
	block.level = html_heading(html);
	if (block.level)
		block.kind = BLOCK_HEADING;
	else if (str_starts(html, "<p>") && str_find(html, STR("</p>"), 0) == html.len - 4)
		block.kind = BLOCK_PARA;
	inline_read_html(w->build, html, &block);
	if (block.text.len)
		build_block(w->build, block);
}

static void enter(struct walker *w, cmark_node *node)
{
	struct block block;
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_BLOCK_QUOTE:
		open_container(w, node, BLOCK_QUOTE);
		break;
	case CMARK_NODE_LIST:
		open_container(w, node, BLOCK_LIST);
		break;
	case CMARK_NODE_ITEM:
		open_container(w, node, BLOCK_ITEM);
		break;
	case CMARK_NODE_HEADING:
		block = block_at(w, node, BLOCK_HEADING);
		block.level = (uint8_t)cmark_node_get_heading_level(node);
		put_inlines(w, node, block);
		break;
	case CMARK_NODE_PARAGRAPH:
		put_inlines(w, node, block_at(w, node, BLOCK_PARA));
		break;
	case CMARK_NODE_CODE_BLOCK:
		put_code(w, node);
		break;
	case CMARK_NODE_HTML_BLOCK:
		put_html(w, node);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		build_block(w->build, block_at(w, node, BLOCK_RULE));
		break;
	default:
		break;
	}
}

void markdown_read(struct build *build, struct str text, uint32_t line)
{
	struct walker w = {.build = build, .line = line};
	build->has_tildes = str_find(text, STR("~~"), 0) != STR_NOT_FOUND;
	cmark_node *document = cmark_parse_document(text.p, text.len, CMARK_OPT_DEFAULT);
	cmark_iter *iter = cmark_iter_new(document);
	for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);
		if (event == CMARK_EVENT_ENTER) {
			enter(&w, node);
			if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING)
				cmark_iter_reset(iter, node, CMARK_EVENT_EXIT);
		} else if (type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_LIST ||
			   type == CMARK_NODE_ITEM) {
			close_container(&w);
		}
	}
	cmark_iter_free(iter);
	cmark_node_free(document);
}
