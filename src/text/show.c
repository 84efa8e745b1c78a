/* Whole texts as they will be shown: how wide, how much of them fits, and cut to fit. */
#include <sulan/glyph.h>

#include <sulan/arena.h>

#include "cluster.h"

static const char ellipsis[] = "\xE2\x80\xA6";
enum { ELLIPSIS = 0x2026 };

size_t text_cols(struct str text, const struct text_policy *policy)
{
	size_t sum = 0, cols, n_wide;
	for (size_t at = 0; at < text.len;) {
		size_t n = cluster_plain_run(text, at, false, &n_wide);
		at += n;
		sum += n - n_wide; /* of three bytes each, in two columns */
		if (at == text.len)
			break;
		at += glyph_cols(text, at, policy, &cols);
		sum += cols;
	}
	return sum;
}

size_t text_fit(struct str text, size_t cols, const struct text_policy *policy, size_t *used)
{
	size_t at = 0, sum = 0, each, n;
	for (; at < text.len; at += n, sum += each) {
		n = cluster_plain_shown(text, at);
		each = n > 1 ? 2 : 1;
		if (n == 0)
			n = glyph_cols(text, at, policy, &each);
		if (each > cols - sum)
			break;
	}
	if (used)
		*used = sum;
	return at;
}

void text_put(struct strbuf *buf, struct str text, const struct text_policy *policy)
{
	struct glyph glyph;
	size_t from = 0, at = 0, n, n_wide;
	while (at < text.len) {
		if ((n = cluster_plain_run(text, at, true, &n_wide)) ||
		    (n = cluster_shown(text, at))) {
			at += n;
			continue;
		}
		strbuf_put(buf, str_sub(text, from, at - from));
		at += glyph_next(text, at, policy, &glyph);
		strbuf_put(buf, (struct str){glyph.bytes, glyph.len});
		from = at;
	}
	strbuf_put(buf, str_from(text, from));
}

struct str text_show(struct arena *arena, struct str text, const struct text_policy *policy)
{
	struct strbuf buf = strbuf_make(arena);
	text_put(&buf, text, policy);
	return strbuf_str(&buf);
}

/* The head of the text in `head` columns, an ellipsis, and the tail from byte `tail` on. */
static struct str show_cut(struct arena *arena, struct str text, size_t head, size_t tail,
			   const struct text_policy *policy)
{
	struct strbuf buf = strbuf_make(arena);
	text_put(&buf, str_sub(text, 0, text_fit(text, head, policy, NULL)), policy);
	strbuf_puts(&buf, ellipsis);
	text_put(&buf, str_from(text, tail), policy);
	return strbuf_str(&buf);
}

struct str text_cut(struct arena *arena, struct str text, size_t cols,
		    const struct text_policy *policy)
{
	size_t room = (size_t)codepoint_cols(ELLIPSIS, policy);
	if (text_fit(text, cols, policy, NULL) == text.len)
		return text_show(arena, text, policy);
	if (cols < room)
		return (struct str){"", 0};
	return show_cut(arena, text, cols - room, text.len, policy);
}

struct str text_cut_middle(struct arena *arena, struct str text, size_t cols,
			   const struct text_policy *policy)
{
	size_t room = (size_t)codepoint_cols(ELLIPSIS, policy), tail = 0;
	if (text_fit(text, cols, policy, NULL) == text.len)
		return text_show(arena, text, policy);
	if (cols < room)
		return (struct str){"", 0};
	size_t tail_cols = (cols - room) / 2;
	struct glyph glyph;
	for (size_t left = text_cols(text, policy); left > tail_cols; left -= glyph.cols)
		tail += glyph_next(text, tail, policy, &glyph);
	return show_cut(arena, text, cols - room - tail_cols, tail, policy);
}
