/* Whole texts as they will be shown: how wide, how much of them fits, and cut to fit. */
#include <sulan/glyph.h>

#include <sulan/arena.h>

static const char ellipsis[] = "\xE2\x80\xA6";
enum { ELLIPSIS = 0x2026 };

size_t text_cols(struct str text, const struct text_policy *policy)
{
	size_t cols = 0;
	struct glyph glyph;
	for (size_t at = 0; at < text.len; cols += glyph.cols)
		at += glyph_next(text, at, policy, &glyph);
	return cols;
}

size_t text_fit(struct str text, size_t cols, const struct text_policy *policy, size_t *used)
{
	size_t at = 0, sum = 0;
	struct glyph glyph;
	while (at < text.len) {
		size_t n = glyph_next(text, at, policy, &glyph);
		if (glyph.cols > cols - sum)
			break;
		sum += glyph.cols;
		at += n;
	}
	if (used)
		*used = sum;
	return at;
}

static void show(struct strbuf *buf, struct str text, const struct text_policy *policy)
{
	struct glyph glyph;
	for (size_t at = 0; at < text.len;) {
		at += glyph_next(text, at, policy, &glyph);
		strbuf_put(buf, (struct str){glyph.bytes, glyph.len});
	}
}

struct str text_show(struct arena *arena, struct str text, const struct text_policy *policy)
{
	struct strbuf buf = strbuf_make(arena);
	show(&buf, text, policy);
	return strbuf_str(&buf);
}

/* The head of the text in `head` columns, an ellipsis, and the tail from byte `tail` on. */
static struct str show_cut(struct arena *arena, struct str text, size_t head, size_t tail,
			   const struct text_policy *policy)
{
	struct strbuf buf = strbuf_make(arena);
	show(&buf, str_sub(text, 0, text_fit(text, head, policy, NULL)), policy);
	strbuf_puts(&buf, ellipsis);
	show(&buf, str_from(text, tail), policy);
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
