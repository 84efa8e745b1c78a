/* A page for a browser: one file, nothing loaded from anywhere, no scripts. */
#include "forms.h"

#include <sulan/arena.h>
#include <sulan/pipes.h>

#define MAX_OPEN 256
/* Columns whose alignment is looked for. */
#define MAX_ALIGNED 64

struct html {
	struct out *out;
	struct strbuf *buf;
	const struct issue *issue;
	const char *closing[MAX_OPEN]; /* tags of the open containers */
	uint32_t ends[MAX_OPEN];
	size_t n_open;
};

static const char style[] =
	"body{max-width:42em;margin:2em auto;padding:0 1em;line-height:1.7;color:#222;"
	"background:#fff;font-family:system-ui,sans-serif;overflow-wrap:anywhere}\n"
	"h1{font-size:1.5em}h2{font-size:1.2em;line-height:1.4;margin:2em 0 .3em}"
	"h3,h4,h5,h6{font-size:1em;margin:1.2em 0 .3em}\n"
	".meta{color:#666;font-size:.9em;margin:0}.label{font-weight:bold;margin:1em 0 0}"
	".label+p,.label+ul,.label+ol,li p{margin:0}\n"
	"ul,ol{padding-left:1.4em}blockquote{margin:1em 0;padding-left:1em;border-left:3px solid "
	"#ccc}"
	"pre{overflow-x:auto;background:#f5f5f5;padding:.6em}code{font-size:.9em}\n"
	"a{color:#0645ad;text-decoration:none}a:hover{text-decoration:underline}"
	"hr{border:0;border-top:1px solid #ddd}\n"
	"@media(prefers-color-scheme:dark){body{color:#ddd;background:#1b1b1b}a{color:#8ab4f8}"
	".meta{color:#999}pre{background:#282828}}\n";

static const char *escape_html(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

static void put(struct html *html, struct str text)
{
	put_safe(html->buf, text, escape_html);
}

/* Opens an anchor when the address is one that may be opened. */
static bool begin_link(struct html *html, uint32_t link)
{
	if (link == 0 || !link_may_open(html->issue->links[link - 1].url))
		return false;
	strbuf_puts(html->buf, "<a rel=\"noreferrer\" href=\"");
	put(html, link_ascii(html->out->arena, html->issue->links[link - 1].url));
	strbuf_puts(html->buf, "\">");
	return true;
}

/* Text whose line feeds are hard breaks. */
static void put_lines(struct html *html, struct str text)
{
	struct str line;
	for (bool is_first = true; str_cut(&text, '\n', &line); is_first = false) {
		if (!is_first)
			strbuf_puts(html->buf, "<br>\n");
		put(html, line);
	}
}

static void put_part(struct html *html, const struct block *b, const struct part *part,
		     bool has_leads)
{
	static const struct {
		unsigned mark;
		const char *open, *close;
	} tags[] = {
		{MARK_STRONG, "<strong>", "</strong>"},
		{MARK_EMPH, "<em>", "</em>"},
		{MARK_STRIKE, "<del>", "</del>"},
		{MARK_CODE, "<code>", "</code>"},
	};
	unsigned marks = part->span ? part->span->marks : 0;
	if (part->is_lead && has_leads)
		marks |= MARK_STRONG;
	bool is_link = part->span && begin_link(html, part->span->link);
	const size_t n_tags = sizeof(tags) / sizeof(*tags);
	for (size_t i = 0; i < n_tags; i++)
		if (marks & tags[i].mark)
			strbuf_puts(html->buf, tags[i].open);
	if (marks & MARK_IMAGE && part->span->at == part->from)
		strbuf_puts(html->buf, part->to > part->from ? "▣ " : "▣");
	put_lines(html, str_sub(b->text, part->from, part->to - part->from));
	for (size_t i = n_tags; i-- > 0;)
		if (marks & tags[i].mark)
			strbuf_puts(html->buf, tags[i].close);
	if (is_link)
		strbuf_puts(html->buf, "</a>");
}

static void put_inline(struct html *html, uint32_t block, bool has_leads)
{
	const struct block *b = &html->issue->blocks[block];
	struct parts parts = {0};
	struct part part;
	while (part_next(html->issue, b, &parts, &part))
		put_part(html, b, &part, has_leads);
}

/* A leaf's parts while it is put cell by cell. */
struct cells {
	struct parts parts;
	struct part part;
	bool has_part;
};

static void put_cell(struct html *html, const struct block *b, struct cells *c, size_t from,
		     size_t end)
{
	while (c->has_part && c->part.to <= from && c->part.from < from)
		c->has_part = part_next(html->issue, b, &c->parts, &c->part);
	while (c->has_part && c->part.from < end) {
		struct part part = c->part;
		part.from = part.from > from ? part.from : (uint32_t)from;
		part.to = part.to < end ? part.to : (uint32_t)end;
		put_part(html, b, &part, false);
		if (c->part.to > end)
			break;
		c->has_part = part_next(html->issue, b, &c->parts, &c->part);
	}
}

static void put_table(struct html *html, const struct block *b)
{
	static const char *const styles[] = {
		[PIPES_LEFT] = "",
		[PIPES_RIGHT] = " style=\"text-align:right\"",
		[PIPES_CENTER] = " style=\"text-align:center\"",
	};
	struct cells c = {.has_part = false};
	size_t at = 0, from, end, cell, cell_end;
	c.has_part = part_next(html->issue, b, &c.parts, &c.part);
	strbuf_puts(html->buf, "<table>\n");
	while (pipes_next_row(b->text, &at, &from, &end)) {
		const char *tag = from == 0 ? "th" : "td";
		strbuf_puts(html->buf, "<tr>");
		for (size_t n = 0; pipes_next_cell(b->text, &from, end, &cell, &cell_end); n++) {
			strbuf_printf(
				html->buf, "<%s%s>", tag,
				styles[n < MAX_ALIGNED ? pipes_align_of(b->text, n) : PIPES_LEFT]);
			put_cell(html, b, &c, cell, cell_end);
			strbuf_printf(html->buf, "</%s>", tag);
		}
		strbuf_puts(html->buf, "</tr>\n");
	}
	strbuf_puts(html->buf, "</table>\n");
}

static void put_leaf(struct html *html, uint32_t block)
{
	const struct block *b = &html->issue->blocks[block];
	int level = b->level < 3 ? 3 : b->level > 6 ? 6 : b->level;
	if (b->kind == BLOCK_RULE) {
		strbuf_puts(html->buf, "<hr>\n");
	} else if (b->kind == BLOCK_CODE) {
		strbuf_puts(html->buf, "<pre><code>");
		put(html, b->text);
		strbuf_puts(html->buf, "</code></pre>\n");
	} else if (b->kind == BLOCK_HEADING) {
		strbuf_printf(html->buf, "<h%d>", level);
		put_inline(html, block, false);
		strbuf_printf(html->buf, "</h%d>\n", level);
	} else if (b->kind == BLOCK_PARA && pipes_is_table(b->text)) {
		put_table(html, b);
	} else {
		strbuf_puts(html->buf, b->part == PART_LABEL ? "<p class=\"label\">" : "<p>");
		put_inline(html, block, true);
		strbuf_puts(html->buf, "</p>\n");
	}
}

static void close_to(struct html *html, uint32_t block)
{
	while (html->n_open && html->ends[html->n_open - 1] <= block)
		strbuf_puts(html->buf, html->closing[--html->n_open]);
}

static void open_container(struct html *html, uint32_t block)
{
	const struct block *b = &html->issue->blocks[block], *item = b + 1;
	const char *closing = "</blockquote>\n";
	if (html->n_open == MAX_OPEN)
		return;
	if (b->kind == BLOCK_QUOTE) {
		strbuf_puts(html->buf, "<blockquote>\n");
	} else if (b->kind == BLOCK_ITEM) {
		strbuf_puts(html->buf, "<li>");
		closing = "</li>\n";
	} else if (b->end > block + 1 && item->number >= 0) {
		strbuf_puts(html->buf, "<ol");
		if (item->number != 1)
			strbuf_printf(html->buf, " start=\"%d\"", (int)item->number);
		strbuf_puts(html->buf, ">\n");
		closing = "</ol>\n";
	} else {
		strbuf_puts(html->buf, "<ul>\n");
		closing = "</ul>\n";
	}
	html->ends[html->n_open] = b->end;
	html->closing[html->n_open++] = closing;
}

static bool is_set_elsewhere(const struct block *b)
{
	return b->part == PART_META || b->part == PART_SPLIT;
}

/* True for a container with nothing of its own to show. */
static bool is_bare(const struct issue *issue, uint32_t block, uint32_t title)
{
	for (uint32_t i = block + 1; i < issue->blocks[block].end; i++)
		if (issue->blocks[i].kind < BLOCK_QUOTE && i != title &&
		    !is_set_elsewhere(&issue->blocks[i]))
			return false;
	return true;
}

static void put_blocks(struct html *html, uint32_t from, uint32_t to, uint32_t title)
{
	const struct issue *issue = html->issue;
	for (uint32_t i = from; i < to; i++) {
		const struct block *b = &issue->blocks[i];
		close_to(html, i);
		if (b->kind < BLOCK_QUOTE) {
			if (i != title && !is_set_elsewhere(b) && b->part != PART_ISSUE)
				put_leaf(html, i);
		} else if (b->end <= to && !(b->kind == BLOCK_ITEM && i == from)) {
			if (is_bare(issue, i, title))
				i = b->end - 1;
			else
				open_container(html, i);
		}
	}
	close_to(html, UINT32_MAX);
}

/* The label lines as they were written, or the category a story has without them. */
static void put_meta(struct html *html, const struct story *story)
{
	struct str category = out_category(html->issue, story);
	for (size_t i = 0; i < story->n_fields; i++)
		if (str_eq(story->fields[i].value, category))
			category.len = 0;
	if (category.len) {
		strbuf_puts(html->buf, "<p class=\"meta\">");
		put(html, category);
		strbuf_puts(html->buf, "</p>\n");
	}
	for (uint32_t i = story->block; i < story->end; i++) {
		const struct block *b = &html->issue->blocks[i];
		if (b->part != PART_META || b->kind >= BLOCK_QUOTE)
			continue;
		strbuf_puts(html->buf, "<p class=\"meta\">");
		put_inline(html, i, false);
		strbuf_puts(html->buf, "</p>\n");
	}
}

static void put_story(struct html *html, const struct story *story)
{
	uint32_t title = page_title_block(html->issue, story);
	const char *tag = story->kind == STORY_BRIEF ? "p" : "h2";
	strbuf_puts(html->buf, "<article id=\"s-");
	put(html, story->id);
	strbuf_printf(html->buf, "\">\n<%s>", tag);
	if (title == PAGE_NO_BLOCK)
		put(html, story->title);
	else
		put_inline(html, title, false);
	strbuf_printf(html->buf, "</%s>\n", tag);
	if (story->kind == STORY_FULL)
		put_meta(html, story);
	put_blocks(html, story->block, story->end, title);
	strbuf_puts(html->buf, "</article>\n");
}

void html_begin(struct out *out, const struct issue *const *issues, size_t n)
{
	struct str title = n ? issues[0]->title : STR("sulan");
	bool is_zh = n && (text_is_chinese(title) ||
			   (issues[0]->n_stories && text_is_chinese(issues[0]->stories[0].title)));
	strbuf_printf(&out->buf, "<!DOCTYPE html>\n<html lang=\"%s\">\n", is_zh ? "zh-CN" : "en");
	strbuf_puts(&out->buf, "<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
			       "content=\"width=device-width\">\n<title>");
	put_safe(&out->buf, title.len ? title : STR("sulan"), escape_html);
	strbuf_puts(&out->buf, "</title>\n<style>\n");
	strbuf_puts(&out->buf, style);
	strbuf_puts(&out->buf, "</style>\n</head>\n<body>\n");
}

/* The issue's own heading: its blocks, or its title when that is not in the text. */
static void put_heading(struct html *html)
{
	const struct issue *issue = html->issue;
	bool has_title = false;
	for (uint32_t i = 0; i < issue->n_blocks; i++) {
		const struct block *b = &issue->blocks[i];
		if (b->part != PART_ISSUE || b->kind >= BLOCK_QUOTE)
			continue;
		bool is_title = !has_title && b->kind == BLOCK_HEADING;
		strbuf_puts(html->buf, is_title ? "<h1>" : "<p>");
		put_inline(html, i, false);
		strbuf_puts(html->buf, is_title ? "</h1>\n" : "</p>\n");
		has_title |= is_title;
	}
	if (has_title || issue->title.len == 0)
		return;
	strbuf_puts(html->buf, "<h1>");
	put(html, issue->title);
	strbuf_puts(html->buf, "</h1>\n");
}

void html_issue(struct out *out, const struct issue *issue, size_t index)
{
	struct html html = {.out = out, .buf = &out->buf, .issue = issue};
	uint32_t at = 0;
	(void)index;
	strbuf_puts(html.buf, "<main>\n");
	put_heading(&html);
	for (size_t i = 0; i < issue->n_stories; i++) {
		const struct story *story = &issue->stories[i];
		put_blocks(&html, at, story->block, PAGE_NO_BLOCK);
		put_story(&html, story);
		at = story->end;
	}
	put_blocks(&html, at, (uint32_t)issue->n_blocks, PAGE_NO_BLOCK);
	strbuf_puts(html.buf, "</main>\n");
}

void html_end(struct out *out)
{
	strbuf_puts(&out->buf, "</body>\n</html>\n");
}
