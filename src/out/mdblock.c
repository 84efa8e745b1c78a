/* Leaves and containers as Markdown that reads back as the same blocks. */
#include "mdblock.h"

#include <string.h>

#include <sulan/arena.h>
#include <sulan/pipes.h>

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
			struct md_level *level = &md->levels[i];
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

static const struct md_level *innermost_begun(const struct md *md)
{
	for (size_t i = md->n_levels; i-- > 0;)
		if (md->levels[i].is_begun)
			return &md->levels[i];
	return NULL;
}

/* In a tight list only what may interrupt a paragraph goes without a blank line; and the reference
 * format has none between the insight and the label behind it. */
static bool wants_blank(const struct md *md, const struct block *b)
{
	const struct md_level *around = innermost_begun(md);
	if (md->is_insight && b->part == PART_LABEL && md->n_levels == 0)
		return false;
	if (!around || !around->is_tight)
		return true;
	if (!around->is_item)
		return false;
	const struct md_level *top = &md->levels[md->n_levels - 1];
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
	if (b->info && !strchr(b->info, '`'))
		inline_put_text(buf, str_of(b->info), true);
	strbuf_putc(buf, '\n');
	put_safe(buf, b->text, NULL);
	if (b->text.len && !str_ends(b->text, "\n"))
		strbuf_putc(buf, '\n');
	strbuf_put(buf, strbuf_str(&fence));
}

/* "**label：** ", with the colon it was written with or one that suits it. */
static void put_label(struct strbuf *buf, struct str label)
{
	label = str_trim(label);
	strbuf_puts(buf, "**");
	inline_put_text(buf, label, true);
	if (!str_ends(label, "：") && !str_ends(label, ":"))
		strbuf_puts(buf, text_is_chinese(label) ? "：" : ":");
	strbuf_puts(buf, "** ");
}

void mdfield_begin(struct md *md, size_t *n, struct str label)
{
	if ((*n)++ == 0)
		strbuf_putc(md->buf, '\n');
	strbuf_puts(md->buf, "> ");
	put_label(md->buf, label);
}

static bool goes_on_behind_label(const struct md *md, uint32_t block)
{
	const struct block *next = &md->issue->blocks[block];
	return md->is_label && md->n_levels == 0 && next->kind == BLOCK_PARA &&
	       (next->part == PART_INSIGHT || next->part == PART_SUMMARY);
}

/* A cell is one line: its breaks are written as HTML. */
static void put_cell(struct strbuf *text, const struct issue *issue, const struct block *b,
		     size_t from, size_t end)
{
	strbuf_puts(text, " ");
	while (from < end) {
		size_t to = from;
		while (to < end && b->text.p[to] != '\n')
			to++;
		inline_put(text, issue, b, (uint32_t)from, (uint32_t)to, true);
		strbuf_puts(text, to < end ? "<br>" : "");
		from = to + 1;
	}
	strbuf_puts(text, " |");
}

static void put_table(struct strbuf *text, const struct issue *issue, const struct block *b)
{
	size_t at = 0, from, end, cell, cell_end;
	while (pipes_next_row(b->text, &at, &from, &end)) {
		bool is_header = from == 0;
		strbuf_puts(text, "|");
		while (pipes_next_cell(b->text, &from, end, &cell, &cell_end))
			put_cell(text, issue, b, cell, cell_end);
		strbuf_puts(text, "\n");
		if (!is_header)
			continue;
		size_t line = str_line_end(b->text, 0) + 1;
		strbuf_put(text, str_sub(b->text, line, str_line_end(b->text, line) - line));
		strbuf_puts(text, "\n");
	}
	text->len--;
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
		md->is_insight = b->part == PART_INSIGHT;
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
	} else if (b->kind == BLOCK_PARA && pipes_is_table(b->text)) {
		put_table(&text, issue, b);
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
	md->is_insight = b->part == PART_INSIGHT && b->kind == BLOCK_PARA && md->n_levels == 0;
	arena_reset(md->scratch);
}

static void enter(struct md *md, uint32_t block)
{
	const struct block *b = &md->issue->blocks[block];
	if (md->n_levels == MD_MAX_LEVELS)
		return;
	const struct md_level *up = md->n_levels ? &md->levels[md->n_levels - 1] : NULL;
	struct md_level *level = &md->levels[md->n_levels++];
	*level = (struct md_level){.end = b->end};
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
		const struct md_level *level = &md->levels[--md->n_levels];
		if (level->sign) {
			md->last_list = level->end;
			md->last_sign = level->sign;
		}
	}
}

void mdblocks_put(struct md *md, uint32_t from, uint32_t to, uint32_t title)
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
	md->is_label = md->is_insight = false;
}
