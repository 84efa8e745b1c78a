/* The lines of a page with the theme's colours, lit keywords and links, for a terminal. */
#include "forms.h"

#include <sulan/arena.h>
#include <sulan/glyph.h>
#include <sulan/keywords.h>

struct pen {
	struct out *out;
	const struct issue *issue;
	struct style style; /* in force */
	uint32_t link;      /* open; 0 none */
	uint32_t block;     /* whose hits these are */
	struct hit *hits;
	size_t n_hits, hit;
};

static void set_style(struct pen *pen, struct style style)
{
	char sgr[STYLE_SGR_BYTES];
	style = style_reduce(style, pen->out->opts->depth);
	size_t len = style_sgr(style, sgr);
	if (len == 0)
		style = (struct style){0};
	if (style_eq(style, pen->style))
		return;
	if (len)
		strbuf_put(&pen->out->buf, (struct str){sgr, len});
	else
		strbuf_puts(&pen->out->buf, "\033[0m");
	pen->style = style;
}

static void set_link(struct pen *pen, uint32_t link)
{
	struct strbuf *buf = &pen->out->buf;
	if (link &&
	    (!pen->out->opts->hyperlinks || !link_may_open(pen->issue->links[link - 1].url)))
		link = 0;
	if (link == pen->link)
		return;
	if (link) {
		strbuf_printf(buf, "\033]8;id=sulan-%u;", (unsigned)link);
		strbuf_put(buf, link_ascii(pen->out->arena, pen->issue->links[link - 1].url));
		strbuf_puts(buf, "\033\\");
	} else {
		strbuf_puts(buf, "\033]8;;\033\\");
	}
	pen->link = link;
}

static struct style run_style(const struct pen *pen, const struct run *run)
{
	const struct theme *theme = pen->out->opts->theme;
	struct style style = style_over(theme->styles[ROLE_TEXT], theme->styles[run->role]);
	if (run->marks & MARK_STRONG)
		style.attrs |= ATTR_BOLD;
	if (run->marks & MARK_EMPH)
		style.attrs |= ATTR_ITALIC;
	if (run->marks & MARK_STRIKE)
		style.attrs |= ATTR_STRIKE;
	return style;
}

static void find_hits(struct pen *pen, uint32_t block)
{
	if (block == pen->block)
		return;
	pen->block = block;
	pen->hit = 0;
	pen->n_hits = keywords_scan(pen->out->opts->keywords, pen->out->arena,
				    pen->issue->blocks[block].text, &pen->hits);
}

static void put_part(struct pen *pen, const struct run *run, size_t from, size_t to,
		     struct style style)
{
	set_style(pen, style);
	struct str part = str_sub(run->text, from, to - from);
	text_put(&pen->out->buf, part, &pen->out->opts->page.wrap.policy);
}

/* The cluster border at or behind `at`. */
static size_t border_behind(struct str text, size_t at)
{
	size_t border = 0;
	while (border < at && border < text.len)
		border += cluster_len(text, border);
	return border;
}

/* Where in the run a byte of its block is. */
static size_t in_run(const struct run *run, size_t at)
{
	return border_behind(run->text, at > run->at ? at - run->at : 0);
}

/* Puts the run up to its last hit, and returns how far that is. Runs of a block come in the order
 * of its text. */
static size_t put_hits(struct pen *pen, const struct run *run, struct style style)
{
	const struct out_opts *opts = pen->out->opts;
	size_t at = 0, end = run->at + run->text.len;
	find_hits(pen, run->block);
	for (; pen->hit < pen->n_hits; pen->hit++) {
		const struct hit *hit = &pen->hits[pen->hit];
		if (hit->at >= end)
			break;
		size_t from = in_run(run, hit->at), to = in_run(run, hit->at + hit->len);
		if (from > at)
			put_part(pen, run, at, from, style);
		int lit = ROLE_KEYWORD_1 - 1 + keywords_at(opts->keywords, hit->keyword)->style;
		if (to > from)
			put_part(pen, run, from, to, style_over(style, opts->theme->styles[lit]));
		at = to > at ? to : at;
		if (hit->at + hit->len > end)
			break;
	}
	return at;
}

/* A gap in a text that is lit on both sides as one is lit, too: `hit` is the first that ends behind
 * what has been put. */
static struct style gap_style(struct pen *pen, struct place place, struct style style)
{
	const struct out_opts *opts = pen->out->opts;
	find_hits(pen, place.block);
	if (pen->hit == pen->n_hits)
		return style;
	const struct hit *hit = &pen->hits[pen->hit];
	if (hit->at >= place.at || hit->at + hit->len <= place.at)
		return style;
	int lit = ROLE_KEYWORD_1 - 1 + keywords_at(opts->keywords, hit->keyword)->style;
	return style_over(style, opts->theme->styles[lit]);
}

static void put_run(struct pen *pen, const struct page_line *line, size_t nth)
{
	const struct run *run = &line->runs[nth];
	struct style style = run_style(pen, run);
	struct place place;
	size_t at = 0;
	set_link(pen, run->link);
	if (pen->out->opts->keywords && run->block != PAGE_NO_BLOCK)
		at = put_hits(pen, run, style);
	else if (pen->out->opts->keywords && page_is_between(line, nth, &place))
		style = gap_style(pen, place, style);
	if (at < run->text.len)
		put_part(pen, run, at, run->text.len, style);
}

static void put_line(struct pen *pen, const struct page_line *line)
{
	size_t n = line->n_runs;
	while (n && line->runs[n - 1].block == PAGE_NO_BLOCK &&
	       str_trim(line->runs[n - 1].text).len == 0)
		n--;
	for (size_t i = 0; i < n; i++)
		put_run(pen, line, i);
	set_link(pen, 0);
	set_style(pen, (struct style){0});
	strbuf_putc(&pen->out->buf, '\n');
}

void ansi_issue(struct out *out, const struct issue *issue, size_t index)
{
	struct pen pen = {.out = out, .issue = issue, .block = PAGE_NO_BLOCK};
	if (index)
		strbuf_putc(&out->buf, '\n');
	size_t from = 0, to;
	do { /* once at least: an issue without stories has a heading */
		to = out_part_end(issue, from);
		const struct page *page = page_issue_part(issue, from, to, &out->opts->page);
		for (size_t i = 0; i < page->n_lines; i++)
			put_line(&pen, &page->lines[i]);
		page_free(page);
		out_flush(out);
		from = to;
	} while (from < issue->n_stories);
}
