/* One story out of the blocks Markdown gave: its title, sections, bullets, and what it is known by.
 */
#include <string.h>

#include <sulan/arena.h>
#include <sulan/glyph.h>
#include <sulan/utf8.h>

#include "story.h"
#include "title.h"

/* Columns of a title made from the first sentence of a text, at the most. */
#define SENTENCE_MAX 96
/* A bullet's opening may be this long before its colon, in code points. */
#define LEAD_MAX 24
/* A caption is no longer than this. */
#define CAPTION_BYTES 400
/* A bold opening says itself that it is one. */
#define BOLD_LEAD_MAX 40

static size_t count_points(struct str text)
{
	size_t n = 0;
	for (size_t i = 0; i < text.len; i++)
		n += ((unsigned char)text.p[i] & 0xc0) != 0x80;
	return n;
}

/* The bullet's opening up to its first colon, when that is short and not all there is. */
static uint32_t lead_of(struct str text)
{
	struct str near = str_sub(text, 0, LEAD_MAX * (size_t)4 + strlen("："));
	size_t wide = str_find(near, STR("："), 0), narrow = str_find(near, STR(": "), 0);
	size_t at = wide < narrow ? wide : narrow;
	if (at == STR_NOT_FOUND || at == 0)
		return 0;
	size_t len = at + (at == wide ? strlen("：") : 1);
	bool is_short = count_points(str_sub(text, 0, at)) <= LEAD_MAX;
	return is_short && str_trim(str_from(text, len)).len ? (uint32_t)len : 0;
}

/* The bullet's bold opening, when that is not all there is. */
static uint32_t bold_lead_of(const struct build *build, const struct block *leaf)
{
	size_t end = 0;
	for (size_t i = leaf->span; i < leaf->span + leaf->n_spans; i++) {
		const struct span *span = &build->spans[i];
		if (!(span->marks & MARK_STRONG) || span->at != end)
			break;
		end += span->len;
	}
	bool is_short = count_points(str_sub(leaf->text, 0, end)) <= BOLD_LEAD_MAX;
	return is_short && str_trim(str_from(leaf->text, end)).len ? (uint32_t)end : 0;
}

/* The first paragraphs of the items of the summary's list. */
static void read_bullets(struct growing *g, size_t list)
{
	struct build *done = &g->maker->done;
	for (size_t i = list + 1; i < done->blocks[list].end; i = done->blocks[i].end) {
		struct block *leaf = &done->blocks[i + 1];
		if (i + 1 >= done->blocks[i].end || build_is_container(leaf))
			continue;
		leaf->lead = lead_of(leaf->text);
		if (leaf->lead == 0)
			leaf->lead = bold_lead_of(done, leaf);
		struct str lead = str_sub(leaf->text, 0, leaf->lead);
		if (str_ends(lead, "："))
			lead.len -= strlen("：");
		else if (str_ends(lead, ":"))
			lead.len--;
		g->bullets = arena_more(g->maker->issue->arena, g->bullets, g->story.n_bullets,
					&g->cap_bullets, sizeof(*g->bullets));
		g->bullets[g->story.n_bullets++] =
			(struct bullet){str_trim(lead), str_trim(str_from(leaf->text, leaf->lead))};
	}
}

static void put_part(struct growing *g, const struct block *raw, size_t from, size_t to,
		     enum block_part part)
{
	if (str_trim(str_sub(raw->text, from, to - from)).len == 0)
		return;
	struct block *block = maker_copy_leaf(g->maker, raw, from, to, part, false);
	if (part != PART_INSIGHT)
		return;
	growing_add_insight(g, block->text);
}

/* A paragraph in which labels may open sections; returns the part that what follows belongs to. */
static enum block_part put_paragraph(struct growing *g, const struct block *raw, size_t start,
				     enum block_part part)
{
	for (size_t from = start, to; from < raw->text.len; from = to + 1) {
		to = str_line_end(raw->text, from);
		struct label label = label_at(g->maker->raw, raw, from, to);
		if (label.role != LABEL_INSIGHT && label.role != LABEL_SUMMARY)
			continue;
		put_part(g, raw, start, from, part);
		size_t name = (size_t)(label.name.p - raw->text.p);
		maker_copy_leaf(g->maker, raw, name, name + label.name.len, PART_LABEL, false)
			->n_spans = 0;
		part = label.role == LABEL_INSIGHT ? PART_INSIGHT : PART_SUMMARY;
		start = label.value;
	}
	put_part(g, raw, start, raw->text.len, part);
	return part;
}

void growing_put_paragraph(struct growing *g, const struct block *raw, size_t from)
{
	put_paragraph(g, raw, from, PART_BODY);
}

/* A heading inside a story, which may be one of the section labels. */
static enum block_part put_heading(struct growing *g, const struct block *raw)
{
	struct label label = label_of_heading(g->maker->raw, raw->text);
	if (label.role == LABEL_NONE) {
		maker_copy_leaf(g->maker, raw, 0, raw->text.len, PART_BODY, false);
		return PART_BODY;
	}
	size_t name = (size_t)(label.name.p - raw->text.p);
	maker_copy_leaf(g->maker, raw, name, name + label.name.len, PART_LABEL, false);
	return label.role == LABEL_INSIGHT ? PART_INSIGHT : PART_SUMMARY;
}

/* A list, quote, code or HTML. */
static void put_other(struct growing *g, size_t at, enum block_part part, bool are_sources)
{
	const struct block *block = &g->maker->raw->blocks[at];
	size_t copy = g->maker->done.n_blocks;
	maker_copy(g->maker, at, block->end, part);
	if (block->kind != BLOCK_LIST)
		return;
	if (are_sources)
		growing_read_sources(g, (uint32_t)copy);
	else if (part == PART_SUMMARY)
		read_bullets(g, copy);
	else
		growing_read_list(g, (uint32_t)copy);
}

void growing_put_body(struct growing *g, size_t at, size_t end)
{
	const struct build *raw = g->maker->raw;
	enum block_part part = PART_BODY;
	size_t last = end;
	while (last > at && raw->blocks[last - 1].kind == BLOCK_RULE &&
	       raw->blocks[last - 1].depth == 0)
		last--;
	bool is_heading = false, are_sources = false;
	for (size_t next; at < end; at = next) {
		const struct block *block = &raw->blocks[at];
		next = block->end;
		if (at >= last) {
			maker_copy(g->maker, at, next, PART_SPLIT);
		} else if (block->kind == BLOCK_PARA) {
			bool is_line = growing_is_source_line(raw, at, &is_heading);
			are_sources = is_line && is_heading;
			if (is_line && !is_heading)
				growing_put_meta(g, at, next);
			else
				part = put_paragraph(g, block, 0, part);
			continue;
		} else if (block->kind == BLOCK_HEADING) {
			part = put_heading(g, block);
		} else {
			put_other(g, at, part, are_sources);
		}
		are_sources = false;
	}
}

/* A title in one line of a list needs neither the signs of footnotes nor those of references whose
 * definition is elsewhere: "[x][y]" is x. */
static struct str without_references(struct arena *arena, struct str title)
{
	struct strbuf out = strbuf_make(arena);
	size_t at = 0, open = 0;
	if (str_find(title, STR("]["), 0) == STR_NOT_FOUND &&
	    str_find(title, STR("[^"), 0) == STR_NOT_FOUND)
		return title;
	while ((open = str_find(title, STR("["), open)) != STR_NOT_FOUND) {
		size_t close = str_find(title, STR("]"), open), end = close;
		bool is_note = str_starts(str_from(title, open), "[^");
		if (close == STR_NOT_FOUND)
			break;
		if (!is_note && str_starts(str_from(title, close), "][")) {
			end = str_find(title, STR("]"), close + 1);
			if (end == STR_NOT_FOUND && str_ends(title, "…")) /* cut within it */
				end = title.len - strlen("…") - 1;
		}
		if (end == STR_NOT_FOUND || (end == close && !is_note)) {
			open = close;
			continue;
		}
		strbuf_put(&out, str_sub(title, at, open - at));
		if (!is_note)
			strbuf_put(&out, str_sub(title, open + 1, close - open - 1));
		at = open = end + 1;
	}
	strbuf_put(&out, str_from(title, at));
	struct str left = str_trim(strbuf_str(&out));
	return left.len ? left : title;
}

void growing_finish(struct growing *g, struct str category)
{
	struct maker *maker = g->maker;
	struct story *story = &g->story;
	const struct build *done = &maker->done;
	story->end = (uint32_t)done->n_blocks;
	for (int is_image = 0; is_image < 2; is_image++)
		for (size_t b = story->block; b < story->end; b++)
			for (size_t i = 0; i < done->blocks[b].n_spans; i++) {
				uint32_t link = done->spans[done->blocks[b].span + i].link;
				if (link && maker->raw->links[link - 1].is_image == (is_image == 1))
					growing_add_link(g, link - 1);
			}
	story->category = maker_category(maker, g->category.len ? g->category : category);
	story->title = without_references(maker->issue->arena, story->title);
	story->sources = g->sources;
	story->fields = g->fields;
	story->bullets = g->bullets;
	story->links = g->links;
	for (size_t b = story->block; b < story->end; b++)
		if (done->blocks[b].text.len)
			story->n_chars += block_count_chars(&done->blocks[b]);
	maker->stories = arena_more(maker->issue->arena, maker->stories, maker->n_stories,
				    &maker->cap_stories, sizeof(*maker->stories));
	maker->stories[maker->n_stories++] = *story;
}

struct growing growing_start(struct maker *maker, uint32_t line)
{
	struct growing g = {.maker = maker, .insights = strbuf_make(maker->issue->arena)};
	g.story.insight = STR("");
	g.story.block = g.story.title_block = (uint32_t)maker->done.n_blocks;
	g.story.line = line;
	g.story.dialect = maker->dialect;
	return g;
}

size_t growing_put_meta(struct growing *g, size_t at, size_t end)
{
	struct maker *maker = g->maker;
	while (at < end && growing_is_meta(maker->raw, at)) {
		uint32_t from = (uint32_t)maker->done.n_blocks;
		maker_copy(maker, at, maker->raw->blocks[at].end, PART_META);
		for (uint32_t i = from; i < maker->done.n_blocks; i++)
			if (!build_is_container(&maker->done.blocks[i]))
				growing_read_meta(g, i);
		at = maker->raw->blocks[at].end;
	}
	return at;
}

void story_with_heading(struct maker *maker, size_t heading, size_t end, struct str category)
{
	const struct block *raw = &maker->raw->blocks[heading];
	struct growing g = growing_start(maker, raw->line);
	maker_copy(maker, heading, heading + 1, PART_TITLE);
	const struct block *title = &maker->done.blocks[g.story.title_block];
	g.story.title = story_line(maker->issue->arena, title->text);
	if (title->n_spans && maker->done.spans[title->span].link) {
		uint32_t link = maker->done.spans[title->span].link;
		struct str host = link_host(maker->raw->links[link - 1].url);
		if (host.len)
			growing_add_source(&g, (struct source){host, link, g.story.title_block, 0});
	}
	size_t at = growing_put_meta(&g, heading + 1, end);
	growing_put_body(&g, at, end);
	growing_finish(&g, category);
}

/* The first sentence or line; a long one is cut, between words where there are words. */
struct str story_first_sentence(struct arena *arena, struct str text)
{
	size_t at = 0, n = 0, space = 0;
	uint32_t cp;
	bool is_whole = false;
	while (at < text.len && n < SENTENCE_MAX && !is_whole) {
		size_t len = utf8_next(text, at, &cp);
		is_whole = cp == '\n' || cp == 0x3002 || cp == 0xff01 || cp == 0xff1f ||
			   cp == '!' || cp == '?' ||
			   (cp == '.' && str_starts(str_from(text, at), ". ") && at > 0 &&
			    !(text.p[at - 1] >= '0' && text.p[at - 1] <= '9'));
		space = cp == ' ' ? at : space;
		at += cp == '\n' ? 0 : len;
		n += codepoint_is_cjk(cp) ? 2 : 1;
	}
	struct str sentence = str_trim(str_sub(text, 0, at));
	if (is_whole || at == text.len)
		return sentence;
	if (space > at / 2)
		sentence = str_sub(text, 0, space);
	return str_of(arena_printf(arena, "%.*s…", (int)sentence.len, sentence.p));
}

/* A line below a picture says what is on it, where the text only comes after something else. */
static bool is_caption(const struct build *done, uint32_t at, uint32_t from)
{
	const struct block *block = &done->blocks[at], *next = block + 1;
	if (at == from || at + 1 >= done->n_blocks || block->text.len > CAPTION_BYTES ||
	    build_is_container(block - 1) || build_has_words(done, block - 1))
		return false;
	while (next + 1 < done->blocks + done->n_blocks &&
	       (next->kind != BLOCK_PARA || next->depth > 0))
		next++;
	return next > block + 1 && next->kind == BLOCK_PARA && next->depth == 0;
}

/* The leaf the story is titled by: the first with words that are no caption, and no motto before
 * the text begins. */
static uint32_t find_title(const struct build *done, uint32_t from)
{
	uint32_t first = UINT32_MAX, words = UINT32_MAX;
	for (uint32_t i = from; i < done->n_blocks; i++) {
		const struct block *block = &done->blocks[i];
		if (first == UINT32_MAX && block->text.len)
			first = i;
		if (!build_has_words(done, block) || build_is_container(block))
			continue;
		words = words == UINT32_MAX ? i : words;
		bool is_text = block->depth == 0 && block->kind != BLOCK_HTML;
		if (is_text && !is_caption(done, i, from))
			return words == i || is_caption(done, words, from) ? i : words;
	}
	return words != UINT32_MAX ? words : first == UINT32_MAX ? from : first;
}

void story_of_text(struct maker *maker, size_t from, size_t end, struct str title,
		   struct str category)
{
	struct growing g = growing_start(maker, maker->raw->blocks[from].line);
	growing_put_body(&g, from, end);
	g.story.title_block = find_title(&maker->done, g.story.block);
	g.story.title = title;
	if (title.len == 0)
		g.story.title = story_first_sentence(maker->issue->arena,
						     maker->done.blocks[g.story.title_block].text);
	growing_finish(&g, category);
}

void story_briefs(struct maker *maker, size_t from, size_t end, struct str category)
{
	size_t base = maker->done.n_blocks;
	maker_copy(maker, from, end, PART_BODY);
	for (size_t i = base; i < base + (end - from); i++) {
		struct block *item = &maker->done.blocks[i];
		if (item->kind == BLOCK_RULE)
			item->part = PART_SPLIT;
		if (item->kind != BLOCK_ITEM || item->depth != 1)
			continue;
		struct growing g = growing_start(maker, item->line);
		struct block *leaf = item + 1;
		g.story.kind = STORY_BRIEF;
		g.story.block = (uint32_t)i;
		g.story.title_block = (uint32_t)i + 1;
		leaf->part = PART_TITLE;
		g.story.title =
			title_of(maker->issue->arena, &maker->done, leaf, 0, leaf->text.len);
		uint32_t whole = (uint32_t)maker->done.n_blocks;
		maker->done.n_blocks = item->end;
		growing_finish(&g, category);
		maker->done.n_blocks = whole;
	}
}
