/* The inlines under a leaf: text in one piece, with spans for marks and links. */
#include <cmark.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

#include "build.h"

struct inline_reader {
	struct build *build;
	struct block *block;
	uint32_t block_index;
	struct strbuf text;
	unsigned n_strong, n_emph, n_image;
	uint32_t link;     /* index + 1 of the link that is open */
	size_t link_start; /* where its text begins */
};

static uint16_t marks_of(const struct inline_reader *r, uint16_t more)
{
	uint16_t marks = more;
	if (r->n_strong)
		marks |= MARK_STRONG;
	if (r->n_emph)
		marks |= MARK_EMPH;
	if (r->n_image)
		marks |= MARK_IMAGE;
	return marks;
}

/* Bytes of the URL at the front of `s`: up to white space, quotes, brackets or Chinese, without
 * punctuation at its end. */
static size_t url_len(struct str s)
{
	size_t len = 0;
	uint32_t cp;
	for (size_t n; len < s.len; len += n) {
		n = utf8_next(s, len, &cp);
		if (cp <= ' ' || strchr("<>\"`", (int)(cp < 128 ? cp : '<')) != NULL || cp >= 0x80)
			break;
	}
	while (len && strchr(".,;:!?'*_~", s.p[len - 1]))
		len--;
	/* A closing bracket belongs to the URL only when it was opened in it. */
	while (len && s.p[len - 1] == ')' && !memchr(s.p, '(', len))
		len--;
	return len;
}

static void put_plain(struct inline_reader *r, struct str text, uint16_t more, uint32_t link)
{
	struct span span = {.at = (uint32_t)r->text.len,
			    .len = (uint32_t)text.len,
			    .marks = marks_of(r, more),
			    .link = link};
	strbuf_put(&r->text, text);
	if (span.marks || span.link)
		build_span(r->build, span);
}

/* Text with its bare addresses made into links, and without what mending put in. */
static void put_text(struct inline_reader *r, struct str text)
{
	size_t from = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] != 'h' && text.p[i] != MEND_JOINER[0])
			continue;
		struct str rest = str_from(text, i);
		if (str_starts(rest, MEND_JOINER)) {
			put_plain(r, str_sub(text, from, i - from), 0, r->link);
			i += strlen(MEND_JOINER) - 1;
			from = i + 1;
		} else if (!r->link && text.p[i] == 'h' &&
			   (str_starts(rest, "https://") || str_starts(rest, "http://"))) {
			size_t len = url_len(rest);
			if (len < 11)
				continue;
			put_plain(r, str_sub(text, from, i - from), 0, 0);
			struct str url = str_copy(r->build->arena, str_sub(text, i, len));
			uint32_t link = build_link(r->build,
						   (struct link){url, url, r->block_index, false});
			put_plain(r, url, 0, link);
			i += len - 1;
			from = i + 1;
		}
	}
	put_plain(r, str_from(text, from), 0, r->link);
}

static struct str file_name(struct str url)
{
	size_t from = 0, end = url.len;
	for (size_t i = 0; i < url.len; i++) {
		if (url.p[i] == '?' || url.p[i] == '#') {
			end = i;
			break;
		}
		if (url.p[i] == '/')
			from = i + 1;
	}
	return str_sub(url, from, end - from);
}

static void open_link(struct inline_reader *r, const char *url, bool is_image)
{
	struct link link = {.url = str_copy(r->build->arena, str_of(url)),
			    .block = r->block_index,
			    .is_image = is_image};
	r->link = build_link(r->build, link);
	r->link_start = r->text.len;
}

static void close_link(struct inline_reader *r)
{
	if (!r->link)
		return;
	struct link *link = &r->build->links[r->link - 1];
	if (link->is_image && r->text.len == r->link_start)
		put_plain(r, file_name(link->url), MARK_IMAGE, r->link);
	link->text = story_line(r->build->arena, (struct str){r->text.p + r->link_start,
							      r->text.len - r->link_start});
	r->link = 0;
}

static void put_html(struct inline_reader *r, const char *literal)
{
	struct str value, tag = str_of(literal);
	switch (html_tag(r->build->arena, tag, &value)) {
	case HTML_BREAK:
		strbuf_putc(&r->text, '\n');
		break;
	case HTML_IMAGE:
		put_plain(r, value, MARK_IMAGE, r->link);
		break;
	case HTML_LINK:
		close_link(r);
		if (value.len)
			open_link(r, value.p, false);
		break;
	case HTML_LINK_END:
		close_link(r);
		break;
	case HTML_OTHER:
		break;
	}
}

static void enter(struct inline_reader *r, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		put_text(r, str_of(cmark_node_get_literal(node)));
		break;
	case CMARK_NODE_CODE:
		put_plain(r, str_of(cmark_node_get_literal(node)), MARK_CODE, r->link);
		break;
	case CMARK_NODE_SOFTBREAK:
		strbuf_putc(&r->text, SOFT_BREAK);
		break;
	case CMARK_NODE_LINEBREAK:
		strbuf_putc(&r->text, '\n');
		break;
	case CMARK_NODE_HTML_INLINE:
		put_html(r, cmark_node_get_literal(node));
		break;
	case CMARK_NODE_STRONG:
		r->n_strong++;
		break;
	case CMARK_NODE_EMPH:
		r->n_emph++;
		break;
	case CMARK_NODE_LINK:
		close_link(r);
		open_link(r, cmark_node_get_url(node), false);
		break;
	case CMARK_NODE_IMAGE:
		r->n_image++;
		if (!r->link)
			open_link(r, cmark_node_get_url(node), true);
		break;
	default:
		break;
	}
}

static void leave(struct inline_reader *r, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_STRONG:
		r->n_strong--;
		break;
	case CMARK_NODE_EMPH:
		r->n_emph--;
		break;
	case CMARK_NODE_LINK:
		close_link(r);
		break;
	case CMARK_NODE_IMAGE:
		r->n_image--;
		if (r->link && r->build->links[r->link - 1].is_image)
			close_link(r);
		break;
	default:
		break;
	}
}

void inline_read(struct build *build, cmark_node *leaf, struct block *block)
{
	struct inline_reader r = {
		.build = build, .block = block, .block_index = (uint32_t)build->n_blocks};
	r.text = strbuf_make(build->arena);
	block->span = (uint32_t)build->n_spans;
	cmark_iter *iter = cmark_iter_new(leaf);
	for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
		cmark_node *node = cmark_iter_get_node(iter);
		if (node == leaf)
			continue;
		if (event == CMARK_EVENT_ENTER)
			enter(&r, node);
		else
			leave(&r, node);
	}
	cmark_iter_free(iter);
	close_link(&r);
	block->n_spans = (uint32_t)build->n_spans - block->span;
	block->text = strbuf_str(&r.text);
}
