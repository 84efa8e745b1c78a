/* Text with marks and links as inline Markdown. */
#include "forms.h"

#include <string.h>

#include <sulan/utf8.h>

/* How far ahead is looked for where a mark ends. */
#define LOOK_AHEAD 64

enum fence { FENCE_LINK, FENCE_STRONG, FENCE_EMPH, FENCE_STRIKE, N_FENCES };

struct inliner {
	struct strbuf *buf;
	const struct issue *issue;
	const struct block *b;
	bool is_one_line;
	enum fence open[N_FENCES]; /* outermost first */
	size_t n_open;
	uint32_t link; /* of the open FENCE_LINK */
};

static bool is_word_byte(struct str text, size_t at)
{
	if (at >= text.len)
		return false;
	unsigned char c = (unsigned char)text.p[at];
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Bytes of the number at the start of a line that would make it an ordered list. */
static size_t number_len(struct str line)
{
	size_t n = 0;
	while (n < line.len && line.p[n] >= '0' && line.p[n] <= '9')
		n++;
	return n && n < line.len && (line.p[n] == '.' || line.p[n] == ')') ? n : 0;
}

static bool needs_escape(struct str text, size_t at, bool is_line_start)
{
	char c = text.p[at];
	if (strchr("\\`*[]<|", c))
		return true;
	if (c == '_')
		return !(at && is_word_byte(text, at - 1) && is_word_byte(text, at + 1));
	if (c == '~')
		return is_line_start || (at + 1 < text.len && text.p[at + 1] == '~');
	if (c == '&')
		return is_word_byte(text, at + 1) || (at + 1 < text.len && text.p[at + 1] == '#');
	if (c == '#' && at + 1 == text.len) /* it may end a heading */
		return at == 0 || text.p[at - 1] == ' ' || text.p[at - 1] == '#';
	if (c == '!') /* a link may follow */
		return at + 1 == text.len;
	if (c == '{')
		return at + 1 < text.len && strchr("%:{", text.p[at + 1]);
	return is_line_start && strchr("#>-+=:", c);
}

void inline_put_text(struct strbuf *buf, struct str text, bool is_one_line)
{
	size_t done = 0, number = 0;
	bool is_start = buf->len == 0 || buf->p[buf->len - 1] == '\n';
	if (is_start)
		number = number_len(text);
	for (size_t at = 0; at < text.len; at++) {
		char c = text.p[at];
		if (c == '\0')
			continue;
		if (c == '\n') {
			put_safe(buf, str_sub(text, done, at - done), NULL);
			strbuf_puts(buf, is_one_line ? " " : "\\\n");
			while (at + 1 < text.len && text.p[at + 1] == ' ')
				at++;
			done = at + 1;
			is_start = !is_one_line;
			number = is_start ? done + number_len(str_from(text, done)) : 0;
			if (number == done)
				number = 0;
			continue;
		}
		bool is_number = number && at == number;
		if (is_number || needs_escape(text, at, is_start)) {
			put_safe(buf, str_sub(text, done, at - done), NULL);
			strbuf_putc(buf, '\\');
			done = at;
		}
		is_start = is_start && (c == ' ' || c == '\t');
	}
	put_safe(buf, str_from(text, done), NULL);
}

static const char *escape_url(char c)
{
	switch (c) {
	case ' ':
		return "%20";
	case '\n':
		return "%0A";
	case '\t':
		return "%09";
	case '<':
		return "%3C";
	case '>':
		return "%3E";
	case '(':
		return "\\(";
	case ')':
		return "\\)";
	case '\\':
		return "\\\\";
	case '*':
		return "\\*";
	default:
		return NULL;
	}
}

void inline_put_url(struct strbuf *buf, struct str url)
{
	put_safe(buf, url, escape_url);
}

static bool has_fence(const struct span *span, enum fence fence, uint32_t link)
{
	static const unsigned marks[] = {0, MARK_STRONG, MARK_EMPH, MARK_STRIKE};
	return fence == FENCE_LINK ? span->link == link && link != 0 : span->marks & marks[fence];
}

static const char *fence_text(enum fence fence)
{
	static const char *const texts[] = {"[", "**", "*", "~~"};
	return texts[fence];
}

static void close_fence(struct inliner *in)
{
	enum fence fence = in->open[--in->n_open];
	if (fence != FENCE_LINK) {
		strbuf_puts(in->buf, fence_text(fence));
		return;
	}
	strbuf_puts(in->buf, "](");
	inline_put_url(in->buf, in->issue->links[in->link - 1].url);
	strbuf_putc(in->buf, ')');
	in->link = 0;
}

/* Spans from `index` on, without a gap, that a mark of the first goes on over. */
static uint32_t reach(const struct inliner *in, uint32_t index, enum fence fence)
{
	const struct span *first = &in->issue->spans[in->b->span + index];
	uint32_t n = 0;
	for (; index + n < in->b->n_spans && n < LOOK_AHEAD; n++) {
		const struct span *span = first + n;
		if (!has_fence(span, fence, first->link) ||
		    (n && span->at != span[-1].at + span[-1].len))
			break;
	}
	return n;
}

/* True for an address that is its own text. */
static bool is_autolink(const struct inliner *in, const struct span *span)
{
	if (span->link == 0 || span->marks)
		return false;
	struct str url = in->issue->links[span->link - 1].url;
	if (!str_eq(str_sub(in->b->text, span->at, span->len), url) ||
	    !(str_starts(url, "http://") || str_starts(url, "https://")))
		return false;
	for (size_t i = 0; i < url.len; i++)
		if ((unsigned char)url.p[i] <= ' ' || strchr("<>\\\177", url.p[i]))
			return false;
	return true;
}

/* Opens what the span has and is not open, what reaches furthest first. */
static void open_fences(struct inliner *in, uint32_t index)
{
	const struct span *span = &in->issue->spans[in->b->span + index];
	for (;;) {
		uint32_t most = 0;
		enum fence next = N_FENCES;
		for (enum fence fence = 0; fence < N_FENCES; fence++) {
			bool is_open = false;
			for (size_t i = 0; i < in->n_open; i++)
				is_open |= in->open[i] == fence;
			bool is_own = fence == FENCE_LINK &&
				      (span->marks & MARK_IMAGE || is_autolink(in, span));
			uint32_t n = is_open || is_own ? 0 : reach(in, index, fence);
			if (n > most) {
				most = n;
				next = fence;
			}
		}
		if (next == N_FENCES)
			return;
		in->open[in->n_open++] = next;
		if (next == FENCE_LINK)
			in->link = span->link;
		strbuf_puts(in->buf, fence_text(next));
	}
}

static void close_fences(struct inliner *in, const struct span *span)
{
	size_t keep = 0;
	while (span && keep < in->n_open && has_fence(span, in->open[keep], in->link))
		keep++;
	while (in->n_open > keep)
		close_fence(in);
}

static void put_code(struct strbuf *buf, struct str text)
{
	size_t longest = 0, run = 0;
	for (size_t i = 0; i < text.len; i++) {
		run = text.p[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	bool is_padded = text.len && (text.p[0] == '`' || text.p[text.len - 1] == '`');
	for (size_t i = 0; i <= longest; i++)
		strbuf_putc(buf, '`');
	strbuf_puts(buf, is_padded ? " " : "");
	put_safe(buf, text, NULL);
	strbuf_puts(buf, is_padded ? " " : "");
	for (size_t i = 0; i <= longest; i++)
		strbuf_putc(buf, '`');
}

static void put_span(struct inliner *in, const struct span *span, struct str text)
{
	if (is_autolink(in, span)) {
		strbuf_putc(in->buf, '<');
		put_safe(in->buf, text, NULL);
		strbuf_putc(in->buf, '>');
	} else if (span->marks & MARK_IMAGE) {
		strbuf_puts(in->buf, "![");
		inline_put_text(in->buf, text, true);
		strbuf_puts(in->buf, "](");
		if (span->link)
			inline_put_url(in->buf, in->issue->links[span->link - 1].url);
		strbuf_putc(in->buf, ')');
	} else if (span->marks & MARK_CODE) {
		put_code(in->buf, text);
	} else {
		inline_put_text(in->buf, text, in->is_one_line);
	}
}

/* The first of the block's spans that begins at or behind `from`. */
static uint32_t span_from(const struct issue *issue, const struct block *b, uint32_t from)
{
	uint32_t lo = 0, hi = b->n_spans;
	while (lo < hi) {
		uint32_t mid = lo + (hi - lo) / 2;
		if (issue->spans[b->span + mid].at < from)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

void inline_put(struct strbuf *buf, const struct issue *issue, const struct block *b, uint32_t from,
		uint32_t to, bool is_one_line)
{
	struct inliner in = {.buf = buf, .issue = issue, .b = b, .is_one_line = is_one_line};
	uint32_t at = from;
	for (uint32_t i = span_from(issue, b, from); i < b->n_spans; i++) {
		const struct span *span = &issue->spans[b->span + i];
		uint32_t end = span->at + span->len < to ? span->at + span->len : to;
		if (span->at > to || (span->at == to && span->len))
			break;
		if (span->at > at) {
			close_fences(&in, NULL);
			inline_put_text(buf, str_sub(b->text, at, span->at - at), is_one_line);
		}
		close_fences(&in, span);
		open_fences(&in, i);
		put_span(&in, span, str_sub(b->text, span->at, end - span->at));
		at = end;
	}
	close_fences(&in, NULL);
	inline_put_text(buf, str_sub(b->text, at, to - at), is_one_line);
}
