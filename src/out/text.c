/* The lines of a page as plain text. */
#include "forms.h"

#include <sulan/glyph.h>

static void put_line(struct out *out, const struct issue *issue, const struct page_line *line)
{
	size_t start = out->buf.len;
	for (size_t i = 0; i < line->n_runs; i++) {
		const struct run *run = &line->runs[i];
		if (run->block != PAGE_NO_BLOCK && issue->blocks[run->block].is_plain)
			strbuf_put(&out->buf, run->text);
		else
			text_put(&out->buf, run->text, &out->opts->page.wrap.policy);
	}
	while (out->buf.len > start && out->buf.p[out->buf.len - 1] == ' ')
		out->buf.len--;
	strbuf_putc(&out->buf, '\n');
}

void text_issue(struct out *out, const struct issue *issue, size_t index)
{
	if (index)
		strbuf_putc(&out->buf, '\n');
	size_t from = 0, to;
	do { /* once at least: an issue without stories has a heading */
		to = out_part_end(issue, from);
		const struct page *page = page_issue_part(issue, from, to, &out->opts->page);
		for (size_t i = 0; i < page->n_lines; i++)
			put_line(out, issue, &page->lines[i]);
		page_free(page);
		out_flush(out);
		from = to;
	} while (from < issue->n_stories);
}
