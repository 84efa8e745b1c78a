/* What belongs to a story besides its text: label lines with their fields and sources, and links.
 */
#include <string.h>

#include <sulan/arena.h>

#include "story.h"

/* A source is looked for among so many: a bound on the work. */
#define SAME_MAX 64

void growing_add_link(struct growing *g, uint32_t link)
{
	struct arena *arena = g->maker->issue->arena;
	uint32_t now = (uint32_t)g->maker->n_stories + 1;
	uint32_t *last = names_at(arena, &g->maker->urls, g->maker->raw->links[link].url);
	if (*last == now)
		return;
	*last = now;
	g->links = arena_more(arena, g->links, g->story.n_links, &g->cap_links, sizeof(*g->links));
	g->links[g->story.n_links++] = link;
}

/* Whether the story names this source already: in its heading and again below "links", say. */
static bool has_source(const struct growing *g, struct source source)
{
	const struct link *links = g->maker->raw->links;
	for (size_t i = 0; i < g->story.n_sources && i < SAME_MAX; i++) {
		const struct source *other = &g->sources[i];
		if (other->link && source.link && str_eq(other->name, source.name) &&
		    str_eq(links[other->link - 1].url, links[source.link - 1].url))
			return true;
	}
	return false;
}

void growing_add_source(struct growing *g, struct source source)
{
	if (has_source(g, source))
		return;
	g->sources = arena_more(g->maker->issue->arena, g->sources, g->story.n_sources,
				&g->cap_sources, sizeof(*g->sources));
	g->sources[g->story.n_sources++] = source;
	if (source.link)
		growing_add_link(g, source.link - 1);
}

/* The links between bytes from..to of a block as sources; without any, the names that are written.
 */
static void add_sources(struct growing *g, uint32_t index, size_t from, size_t to)
{
	const struct build *done = &g->maker->done;
	const struct block *block = &done->blocks[index];
	uint32_t last = 0;
	for (size_t i = build_span_at(done, block, from); i < block->span + block->n_spans; i++) {
		struct span span = done->spans[i];
		if (span.at >= to)
			break;
		if (!span.link || span.link == last || span.at < from)
			continue;
		last = span.link;
		size_t len = span.len;
		for (size_t k = i + 1;
		     k < block->span + block->n_spans && done->spans[k].link == last; k++)
			len = done->spans[k].at + done->spans[k].len - span.at;
		struct str name = str_sub(block->text, span.at, len);
		struct str host = link_host(g->maker->raw->links[last - 1].url);
		/* An address is known by its host. */
		if (host.len && str_find(name, STR("://"), 0) != STR_NOT_FOUND)
			name = host;
		growing_add_source(g, (struct source){name, last, index, span.at});
	}
	if (last)
		return;
	for (size_t at = from; at < to;) {
		size_t end = at;
		while (end < to && !str_starts(str_from(block->text, end), "、") &&
		       !strchr(",;|", block->text.p[end]))
			end++;
		struct str name = str_trim(str_sub(block->text, at, end - at));
		if (name.len)
			growing_add_source(g, (struct source){name, 0, index,
							      (uint32_t)(name.p - block->text.p)});
		at = end + (end < to && block->text.p[end] < 0 ? 3 : 1);
	}
}

static size_t bar_len(struct str text, size_t at)
{
	struct str rest = str_from(text, at);
	return str_starts(rest, "|")    ? strlen("|")
	       : str_starts(rest, "｜") ? strlen("｜")
	       : str_starts(rest, "·")  ? strlen("·")
					: 0;
}

/* Where the next label of the same line begins, with the bar before it; `to` when there is none. */
static size_t find_bar(const struct build *done, const struct block *block, size_t from, size_t to)
{
	for (; from < to; from++) {
		size_t len = bar_len(block->text, from);
		if (len && label_at(done, block, from + len, to).role != LABEL_NONE)
			return from;
	}
	return to;
}

static void read_label(struct growing *g, uint32_t index, struct label label, size_t to)
{
	const struct block *block = &g->maker->done.blocks[index];
	struct str value = str_trim(str_sub(block->text, label.value, to - label.value));
	g->fields = arena_more(g->maker->issue->arena, g->fields, g->story.n_fields, &g->cap_fields,
			       sizeof(*g->fields));
	g->fields[g->story.n_fields++] = (struct field){label.name, value};
	if (label.role == LABEL_CATEGORY)
		g->category = value;
	else if (label.role == LABEL_SOURCE)
		add_sources(g, index, label.value, to);
}

void growing_read_meta(struct growing *g, uint32_t index)
{
	const struct build *done = &g->maker->done;
	const struct block *block = &done->blocks[index];
	for (size_t from = 0, to; from < block->text.len; from = to + 1) {
		to = str_line_end(block->text, from);
		while (from < to) {
			struct label label = label_at(done, block, from, to);
			if (label.role == LABEL_NONE)
				break;
			size_t bar = find_bar(done, block, label.value, to);
			read_label(g, index, label, bar);
			from = bar + bar_len(block->text, bar);
		}
	}
}

/* Every line of the raw leaf is a label line of metadata. */
static bool is_meta_leaf(const struct build *raw, const struct block *block)
{
	for (size_t from = 0, to; from < block->text.len; from = to + 1) {
		to = str_line_end(block->text, from);
		enum label_role role = label_at(raw, block, from, to).role;
		if (role == LABEL_NONE || role == LABEL_INSIGHT || role == LABEL_SUMMARY)
			return false;
	}
	return block->text.len > 0;
}

/* The role of the label an item of a list begins with, if that is all one paragraph. */
static enum label_role item_role(const struct build *build, size_t item)
{
	const struct block *leaf = &build->blocks[item + 1];
	if (build->blocks[item].end != item + 2 || leaf->kind != BLOCK_PARA)
		return LABEL_NONE;
	return label_at(build, leaf, 0, str_line_end(leaf->text, 0)).role;
}

/* Items that are lines of known labels, or of unknown ones among them, and nothing else. */
static bool is_meta_list(const struct build *raw, size_t list)
{
	bool is_sure = false;
	for (size_t i = list + 1; i < raw->blocks[list].end; i = raw->blocks[i].end) {
		enum label_role role = item_role(raw, i);
		if (role == LABEL_NONE || !is_meta_leaf(raw, &raw->blocks[i + 1]))
			return false;
		is_sure |= role == LABEL_CATEGORY || role == LABEL_SOURCE;
	}
	return is_sure;
}

void growing_add_insight(struct growing *g, struct str text)
{
	struct str *insight = &g->story.insight;
	if (insight->len == 0) {
		*insight = text;
		return;
	}
	if (g->insights.len == 0)
		strbuf_put(&g->insights, *insight);
	strbuf_putc(&g->insights, '\n');
	strbuf_put(&g->insights, text);
	*insight = strbuf_str(&g->insights);
}

void growing_read_list(struct growing *g, uint32_t list)
{
	const struct build *done = &g->maker->done;
	size_t n = 0, n_known = 0;
	for (size_t i = list + 1; i < done->blocks[list].end; i = done->blocks[i].end, n++) {
		enum label_role role = item_role(done, i);
		n_known += role != LABEL_NONE && role != LABEL_FIELD;
	}
	if (n_known * 100 < n * 60)
		return;
	for (size_t i = list + 1; i < done->blocks[list].end; i = done->blocks[i].end) {
		enum label_role role = item_role(done, i);
		if (role == LABEL_CATEGORY || role == LABEL_SOURCE || role == LABEL_META)
			growing_read_meta(g, (uint32_t)i + 1);
		if (role != LABEL_INSIGHT)
			continue;
		struct str text = done->blocks[i + 1].text;
		size_t value = label_at(done, &done->blocks[i + 1], 0, text.len).value;
		growing_add_insight(g, str_trim(str_from(text, value)));
	}
}

void growing_read_sources(struct growing *g, uint32_t list)
{
	const struct build *done = &g->maker->done;
	for (uint32_t i = list + 1; i < done->blocks[list].end; i++)
		if (done->blocks[i].kind == BLOCK_PARA && done->blocks[i].n_spans)
			add_sources(g, i, 0, done->blocks[i].text.len);
}

bool growing_is_source_line(const struct build *raw, size_t index, bool *is_heading)
{
	const struct block *block = &raw->blocks[index];
	struct label label = label_at(raw, block, 0, str_line_end(block->text, 0));
	*is_heading = str_trim(str_from(block->text, label.value)).len == 0;
	return (label.role == LABEL_SOURCE || label.role == LABEL_CATEGORY) &&
	       is_meta_leaf(raw, block);
}

/* A quote of label lines, or a paragraph or list of known ones: the quote may have labels nobody
 * knows. */
bool growing_is_meta(const struct build *raw, size_t index)
{
	const struct block *block = &raw->blocks[index];
	if (block->kind == BLOCK_LIST)
		return is_meta_list(raw, index);
	if (block->kind == BLOCK_PARA) {
		enum label_role role = label_at(raw, block, 0, str_line_end(block->text, 0)).role;
		return role != LABEL_FIELD && is_meta_leaf(raw, block);
	}
	if (block->kind != BLOCK_QUOTE)
		return false;
	for (size_t i = index + 1; i < block->end; i++)
		if (raw->blocks[i].kind != BLOCK_PARA || !is_meta_leaf(raw, &raw->blocks[i]))
			return false;
	return block->end > index + 1;
}
