/* Issues from literals and pages as text, for tests of pages and outputs. */
#ifndef TESTS_PAGES_H
#define TESTS_PAGES_H

#include <stdio.h>
#include <stdlib.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/glyph.h>
#include <sulan/issue.h>
#include <sulan/page.h>

static inline struct page_opts pages_opts(unsigned cols)
{
	return (struct page_opts){
		.cols = (uint16_t)cols,
		.measure = 80,
		.wrap = {.policy = TEXT_POLICY_DEFAULT},
		.source_label = STR("Sources"),
	};
}

static inline const struct issue *pages_issue(const char *markdown)
{
	struct error err = {0};
	const struct issue *issue = issue_read(str_of(markdown), STR("test.md"), &err);
	if (!issue) {
		fprintf(stderr, "issue_read: %s\n", err.what);
		abort();
	}
	return issue;
}

/* One line without trailing blanks. */
static inline void pages_put_line(struct strbuf *buf, const struct page_line *line)
{
	size_t start = buf->len;
	for (size_t i = 0; i < line->n_runs; i++)
		strbuf_put(buf, line->runs[i].text);
	while (buf->len > start && buf->p[buf->len - 1] == ' ')
		buf->len--;
	strbuf_putc(buf, '\n');
}

/* The page's text in the page's own arena, ending in NUL. */
static inline const char *pages_text(const struct page *page)
{
	struct strbuf buf = strbuf_make(page->arena);
	for (size_t i = 0; i < page->n_lines; i++)
		pages_put_line(&buf, &page->lines[i]);
	strbuf_putc(&buf, '\0');
	return buf.p;
}

/* The columns of a line's text as it is shown, counted apart from what its runs say. */
static inline size_t pages_line_cols(const struct page_line *line, const struct text_policy *policy)
{
	size_t cols = 0;
	for (size_t i = 0; i < line->n_runs; i++)
		cols += text_cols(line->runs[i].text, policy);
	return cols;
}

/* The first run whose text is, or begins with, this; NULL when there is none. */
static inline const struct run *pages_run(const struct page *page, const char *text)
{
	for (size_t i = 0; i < page->n_lines; i++)
		for (size_t r = 0; r < page->lines[i].n_runs; r++)
			if (str_starts(page->lines[i].runs[r].text, text))
				return &page->lines[i].runs[r];
	return NULL;
}

#endif
