/* An issue in the reference format: headings, a quote of labels, sections, rules between stories.
 */
#include "mdblock.h"

#include <sulan/arena.h>

static void put_source(struct md *md, const struct source *source)
{
	strbuf_putc(md->buf, '[');
	inline_put_text(md->buf, source->name, true);
	strbuf_puts(md->buf, "](");
	if (source->link)
		inline_put_url(md->buf, md->issue->links[source->link - 1].url);
	strbuf_putc(md->buf, ')');
}

static bool is_within(struct str part, struct str whole)
{
	uintptr_t p = (uintptr_t)part.p, from = (uintptr_t)whole.p;
	return part.len <= whole.len && p >= from && p - from <= whole.len - part.len;
}

/* A value with its marks and links where it was cut from a block of the story. */
static void put_value(struct md *md, const struct story *story, struct str value)
{
	for (uint32_t i = story->block; i < story->end; i++) {
		const struct block *b = &md->issue->blocks[i];
		if (b->part != PART_META || !is_within(value, b->text))
			continue;
		uint32_t at = (uint32_t)(value.p - b->text.p);
		inline_put(md->buf, md->issue, b, at, at + (uint32_t)value.len, true);
		return;
	}
	inline_put_text(md->buf, value, true);
}

/* True for a source that the title's link or a field tells. Both come in reading order: `*field` is
 * where to look on from. */
static bool is_told(const struct md *md, const struct story *story, const struct source *source,
		    size_t *field)
{
	if (source->block == story->title_block)
		return true;
	struct str name =
		str_sub(md->issue->blocks[source->block].text, source->at, source->name.len);
	for (size_t i = *field; i < story->n_fields; i++)
		if (is_within(name, story->fields[i].value)) {
			*field = i;
			return true;
		}
	return false;
}

static void put_fields(struct md *md, const struct story *story)
{
	struct str category = out_category(md->issue, story);
	bool is_zh = text_is_chinese(md->issue->title) || text_is_chinese(story->title);
	bool has_category = category.len == 0, has_sources = false;
	size_t n = 0, field = 0;
	for (size_t i = 0; i < story->n_fields; i++)
		has_category |= str_eq(story->fields[i].value, category);
	if (!has_category) {
		mdfield_begin(md, &n, is_zh ? STR("分类") : STR("Category"));
		inline_put_text(md->buf, category, true);
		strbuf_putc(md->buf, '\n');
	}
	for (size_t i = 0; i < story->n_fields; i++) {
		mdfield_begin(md, &n, story->fields[i].label);
		put_value(md, story, story->fields[i].value);
		strbuf_putc(md->buf, '\n');
	}
	for (size_t i = 0; i < story->n_sources; i++) {
		if (is_told(md, story, &story->sources[i], &field))
			continue;
		if (has_sources)
			strbuf_puts(md->buf, " 、 ");
		else
			mdfield_begin(md, &n, is_zh ? STR("来源") : STR("Source"));
		put_source(md, &story->sources[i]);
		has_sources = true;
	}
	if (has_sources)
		strbuf_putc(md->buf, '\n');
}

static void put_title(struct md *md, const struct story *story, uint32_t title)
{
	struct strbuf text = strbuf_make(md->scratch);
	if (title == PAGE_NO_BLOCK)
		inline_put_text(&text, story->title, true);
	else
		inline_put(&text, md->issue, &md->issue->blocks[title], 0,
			   (uint32_t)md->issue->blocks[title].text.len, true);
	strbuf_put(md->buf, strbuf_str(&text));
	strbuf_putc(md->buf, '\n');
	arena_reset(md->scratch);
}

static void put_story(struct md *md, const struct story *story)
{
	uint32_t title = page_title_block(md->issue, story);
	strbuf_puts(md->buf, md->buf->len ? "\n## " : "## ");
	put_title(md, story, title);
	put_fields(md, story);
	mdblocks_put(md, story->block, story->end, title);
}

static void put_brief(struct md *md, const struct story *story)
{
	uint32_t title = page_title_block(md->issue, story);
	strbuf_puts(md->buf, "- ");
	put_title(md, story, title);
	md->levels[0] = (struct md_level){.end = UINT32_MAX,
					  .is_begun = true,
					  .is_item = true,
					  .is_tight = true,
					  .rest = "  "};
	md->n_levels = 1;
	mdblocks_put(md, story->block, story->end, title);
	md->n_levels = 0;
}

static void put_heading(struct md *md)
{
	const struct issue *issue = md->issue;
	bool has_title = false;
	for (uint32_t i = 0; i < issue->n_blocks; i++) {
		const struct block *b = &issue->blocks[i];
		if (b->part != PART_ISSUE || b->kind >= BLOCK_QUOTE)
			continue;
		bool is_heading = b->kind == BLOCK_HEADING;
		struct strbuf text = strbuf_make(md->scratch);
		inline_put(&text, issue, b, 0, (uint32_t)b->text.len, is_heading);
		strbuf_puts(md->buf, has_title ? "\n" : "");
		strbuf_puts(md->buf, is_heading ? "# " : "");
		strbuf_put(md->buf, strbuf_str(&text));
		strbuf_putc(md->buf, '\n');
		has_title = true;
	}
	if (has_title || issue->title.len == 0)
		return;
	strbuf_puts(md->buf, "# ");
	inline_put_text(md->buf, issue->title, true);
	strbuf_putc(md->buf, '\n');
}

/* Blocks that stand before a story; headings that are its category are told by its label. */
static void put_between(struct md *md, uint32_t from, const struct story *story)
{
	const struct issue *issue = md->issue;
	struct str category = out_category(issue, story);
	for (uint32_t i = from; i < story->block; i++) {
		const struct block *b = &issue->blocks[i];
		if (b->kind == BLOCK_HEADING && str_find(category, b->text, 0) != STR_NOT_FOUND)
			continue;
		uint32_t end = b->end < story->block ? b->end : story->block;
		mdblocks_put(md, i, end, PAGE_NO_BLOCK);
		i = end - 1;
	}
}

void markdown_issue(struct out *out, const struct issue *issue, size_t index)
{
	struct md *md = arena_alloc(out->arena, sizeof(*md));
	const struct story *before = NULL;
	uint32_t at = 0;
	*md = (struct md){.out = out, .buf = &out->buf, .issue = issue, .scratch = arena_new()};
	if (index)
		strbuf_putc(md->buf, '\n');
	put_heading(md);
	for (size_t i = 0; i < issue->n_stories; i++) {
		const struct story *story = &issue->stories[i];
		bool is_brief = story->kind == STORY_BRIEF;
		bool is_next = is_brief && before && before->kind == STORY_BRIEF &&
			       before->category == story->category;
		if (before && !is_next)
			strbuf_puts(md->buf, "\n---\n");
		put_between(md, at, story);
		if (is_brief && !is_next) {
			strbuf_puts(md->buf, "\n## ");
			inline_put_text(md->buf, out_category(issue, story), true);
			strbuf_puts(md->buf, "\n\n");
		}
		if (is_brief)
			put_brief(md, story);
		else
			put_story(md, story);
		before = story;
		at = story->end;
	}
	mdblocks_put(md, at, (uint32_t)issue->n_blocks, PAGE_NO_BLOCK);
	arena_free(md->scratch);
}
