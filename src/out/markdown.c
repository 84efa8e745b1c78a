/* An issue in the reference format: headings, a quote of labels, sections, rules between stories.
 */
#include "forms.h"

#include <string.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

#define MAX_LEVELS 256

/* A container: what its first line and its other lines begin with. */
struct level {
	uint32_t end;
	bool is_begun, is_tight, is_item;
	char sign; /* list */
	char first[16], rest[16];
};

struct md {
	struct out *out;
	struct strbuf *buf;
	const struct issue *issue;
	struct arena *scratch;
	struct level levels[MAX_LEVELS];
	size_t n_levels;
	bool is_label;      /* the last leaf was a label that its text goes on behind */
	uint32_t last_list; /* end of the list that was closed last */
	char last_sign;
};

static bool is_chinese(struct str text)
{
	for (size_t at = 0, len; at < text.len; at += len) {
		uint32_t cp;
		len = utf8_next(text, at, &cp);
		if (codepoint_is_cjk(cp))
			return true;
	}
	return false;
}

static void blank_line(struct md *md)
{
	if (md->buf->len == 0)
		return;
	size_t start = md->buf->len;
	for (size_t i = 0; i < md->n_levels && md->levels[i].is_begun; i++)
		strbuf_puts(md->buf, md->levels[i].rest);
	while (md->buf->len > start && md->buf->p[md->buf->len - 1] == ' ')
		md->buf->len--;
	strbuf_putc(md->buf, '\n');
}

/* Puts lines, each behind the signs of the containers. */
static void put_lines(struct md *md, struct str text)
{
	struct str line;
	while (str_cut(&text, '\n', &line)) {
		size_t start = md->buf->len;
		for (size_t i = 0; i < md->n_levels; i++) {
			struct level *level = &md->levels[i];
			strbuf_puts(md->buf, level->is_begun ? level->rest : level->first);
			level->is_begun = true;
		}
		strbuf_put(md->buf, line);
		if (line.len == 0)
			while (md->buf->len > start && md->buf->p[md->buf->len - 1] == ' ')
				md->buf->len--;
		strbuf_putc(md->buf, '\n');
	}
}

static const struct level *innermost_begun(const struct md *md)
{
	for (size_t i = md->n_levels; i-- > 0;)
		if (md->levels[i].is_begun)
			return &md->levels[i];
	return NULL;
}

/* In a tight list only what may interrupt a paragraph goes without a blank line. */
static bool wants_blank(const struct md *md, const struct block *b)
{
	const struct level *around = innermost_begun(md);
	if (!around || !around->is_tight)
		return true;
	if (!around->is_item)
		return false;
	const struct level *top = &md->levels[md->n_levels - 1];
	return top == around ? b->kind != BLOCK_CODE
			     : top->is_item && strchr(top->first, '.') != NULL;
}

static void put_code(struct strbuf *buf, const struct block *b)
{
	size_t longest = 2, run = 0;
	for (size_t i = 0; i < b->text.len; i++) {
		run = b->text.p[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	struct strbuf fence = strbuf_make(buf->arena);
	for (size_t i = 0; i <= longest; i++)
		strbuf_putc(&fence, '`');
	strbuf_put(buf, strbuf_str(&fence));
	if (str_find(b->info, STR("`"), 0) == STR_NOT_FOUND)
		inline_put_text(buf, b->info, true);
	strbuf_putc(buf, '\n');
	put_safe(buf, b->text, NULL);
	if (b->text.len && !str_ends(b->text, "\n"))
		strbuf_putc(buf, '\n');
	strbuf_put(buf, strbuf_str(&fence));
}

/* A label with the colon it was written with, or one that suits it. */
static void put_label(struct strbuf *buf, struct str label)
{
	label = str_trim(label);
	strbuf_puts(buf, "**");
	inline_put_text(buf, label, true);
	if (!str_ends(label, "：") && !str_ends(label, ":"))
		strbuf_puts(buf, is_chinese(label) ? "：" : ":");
	strbuf_puts(buf, "** ");
}

static bool goes_on_behind_label(const struct md *md, uint32_t block)
{
	const struct block *next = &md->issue->blocks[block];
	return md->is_label && next->kind == BLOCK_PARA &&
	       (next->part == PART_INSIGHT || next->part == PART_SUMMARY);
}

static void put_leaf(struct md *md, uint32_t block)
{
	const struct issue *issue = md->issue;
	const struct block *b = &issue->blocks[block];
	struct strbuf text = strbuf_make(md->scratch);
	uint32_t len = (uint32_t)b->text.len;
	if (goes_on_behind_label(md, block)) {
		md->buf->len--;
		strbuf_putc(md->buf, ' ');
		inline_put(md->buf, issue, b, 0, len, false);
		strbuf_putc(md->buf, '\n');
		md->is_label = false;
		return;
	}
	if (b->kind == BLOCK_RULE) {
		strbuf_puts(&text, "***");
	} else if (b->kind == BLOCK_CODE) {
		put_code(&text, b);
	} else if (b->kind == BLOCK_HEADING) {
		inline_put(&text, issue, b, 0, len, true);
		struct strbuf line = strbuf_make(md->scratch);
		for (int i = 0; i < (b->level < 3 ? 3 : b->level); i++)
			strbuf_putc(&line, '#');
		strbuf_putc(&line, ' ');
		strbuf_put(&line, strbuf_str(&text));
		text = line;
	} else if (b->part == PART_LABEL) {
		put_label(&text, b->text);
		text.len--;
	} else {
		inline_put(&text, issue, b, 0, len, false);
	}
	if (wants_blank(md, b))
		blank_line(md);
	put_lines(md, strbuf_str(&text));
	md->is_label = b->part == PART_LABEL && md->n_levels == 0;
	arena_reset(md->scratch);
}

static void enter(struct md *md, uint32_t block)
{
	const struct block *b = &md->issue->blocks[block];
	if (md->n_levels == MAX_LEVELS)
		return;
	const struct level *up = md->n_levels ? &md->levels[md->n_levels - 1] : NULL;
	struct level *level = &md->levels[md->n_levels++];
	*level = (struct level){.end = b->end};
	if (b->kind == BLOCK_QUOTE) {
		memcpy(level->first, "> ", 3);
		memcpy(level->rest, "> ", 3);
	} else if (b->kind == BLOCK_LIST) {
		/* Two lists in a row stay two. */
		bool is_second = md->last_list == block;
		level->is_tight = b->is_tight;
		level->sign = is_second && md->last_sign == '-' ? '+' : '-';
	} else {
		level->is_item = true;
		level->is_tight = up && up->is_tight;
		struct strbuf first = strbuf_make(md->scratch);
		if (b->number >= 0)
			strbuf_printf(&first, "%d%c ", (int)b->number,
				      up && up->sign == '+' ? ')' : '.');
		else
			strbuf_printf(&first, "%c ", up && up->sign ? up->sign : '-');
		memcpy(level->first, first.p, first.len + 1);
		memset(level->rest, ' ', first.len);
	}
}

static void leave(struct md *md, uint32_t block)
{
	while (md->n_levels && md->levels[md->n_levels - 1].end <= block) {
		const struct level *level = &md->levels[--md->n_levels];
		if (level->sign) {
			md->last_list = level->end;
			md->last_sign = level->sign;
		}
	}
}

static void put_blocks(struct md *md, uint32_t from, uint32_t to, uint32_t title)
{
	size_t base = md->n_levels;
	for (uint32_t i = from; i < to; i++) {
		const struct block *b = &md->issue->blocks[i];
		leave(md, i);
		if (b->kind >= BLOCK_QUOTE) {
			if (b->end <= to && !(b->kind == BLOCK_ITEM && i == from))
				enter(md, i);
		} else if (i != title && b->part != PART_META && b->part != PART_SPLIT &&
			   b->part != PART_ISSUE) {
			put_leaf(md, i);
		}
	}
	leave(md, to);
	md->n_levels = base;
	md->is_label = false;
}

/* The line a label and its value stand on; the first opens the quote. */
static void begin_field(struct md *md, size_t *n, struct str label)
{
	if ((*n)++ == 0)
		strbuf_putc(md->buf, '\n');
	strbuf_puts(md->buf, "> ");
	put_label(md->buf, label);
}

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

static bool is_in_fields(const struct md *md, const struct story *story,
			 const struct source *source)
{
	struct str name =
		str_sub(md->issue->blocks[source->block].text, source->at, source->name.len);
	for (size_t i = 0; i < story->n_fields; i++)
		if (is_within(name, story->fields[i].value))
			return true;
	return false;
}

static void put_fields(struct md *md, const struct story *story)
{
	struct str category = out_category(md->issue, story);
	bool is_zh = is_chinese(md->issue->title) || is_chinese(story->title);
	bool has_category = category.len == 0, has_sources = false;
	size_t n = 0;
	for (size_t i = 0; i < story->n_fields; i++)
		has_category |= str_eq(story->fields[i].value, category);
	if (!has_category) {
		begin_field(md, &n, is_zh ? STR("分类") : STR("Category"));
		inline_put_text(md->buf, category, true);
		strbuf_putc(md->buf, '\n');
	}
	for (size_t i = 0; i < story->n_fields; i++) {
		begin_field(md, &n, story->fields[i].label);
		put_value(md, story, story->fields[i].value);
		strbuf_putc(md->buf, '\n');
	}
	for (size_t i = 0; i < story->n_sources; i++) {
		if (is_in_fields(md, story, &story->sources[i]))
			continue;
		if (has_sources)
			strbuf_puts(md->buf, " 、 ");
		else
			begin_field(md, &n, is_zh ? STR("来源") : STR("Source"));
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
	uint32_t title = out_title_leaf(md->issue, story);
	strbuf_puts(md->buf, "\n## ");
	put_title(md, story, title);
	put_fields(md, story);
	put_blocks(md, story->block, story->end, title);
}

static void put_brief(struct md *md, const struct story *story)
{
	uint32_t title = out_title_leaf(md->issue, story);
	strbuf_puts(md->buf, "- ");
	put_title(md, story, title);
	md->levels[0] = (struct level){.end = UINT32_MAX,
				       .is_begun = true,
				       .is_item = true,
				       .is_tight = true,
				       .rest = "  "};
	md->n_levels = 1;
	put_blocks(md, story->block, story->end, title);
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
		struct strbuf text = strbuf_make(md->scratch);
		strbuf_puts(&text, has_title ? "\n" : "# ");
		inline_put(&text, issue, b, 0, (uint32_t)b->text.len, !has_title);
		strbuf_putc(&text, '\n');
		strbuf_put(md->buf, strbuf_str(&text));
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
		if (b->kind == BLOCK_HEADING && str_eq(str_trim(b->text), category))
			continue;
		uint32_t end = b->end < story->block ? b->end : story->block;
		put_blocks(md, i, end, PAGE_NO_BLOCK);
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
	put_blocks(md, at, (uint32_t)issue->n_blocks, PAGE_NO_BLOCK);
	arena_free(md->scratch);
}
