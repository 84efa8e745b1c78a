/* The inlines under a leaf: text in one piece, with spans for marks and links. */
#include <cmark.h>
#include <string.h>

#include <sulan/arena.h>

#include "build.h"

struct inline_reader {
	struct build *build;
	uint32_t block_index;
	struct strbuf text;
	unsigned n_strong, n_emph, n_image;
	uint32_t link;          /* index + 1 of the link that is open */
	size_t link_start;      /* where its text begins */
	size_t image_start;     /* where the description of the image that is open begins */
	const char *is_sign;    /* of each "~~" of the leaf: whether it opens or closes */
	size_t n_signs;         /* that have been passed */
	bool is_struck;         /* between two of them */
	bool is_item, is_quote; /* the leaf is the first of one */
	bool is_named;          /* the quote has had its name, which is a line of its own */
	bool has_blank;         /* raw HTML: a blank is due before the next text */
};

static uint16_t marks_of(const struct inline_reader *r, uint16_t more)
{
	uint16_t marks = more;
	if (r->n_strong)
		marks |= MARK_STRONG;
	if (r->n_emph)
		marks |= MARK_EMPH;
	if (r->is_struck)
		marks |= MARK_STRIKE;
	if (r->n_image)
		marks |= MARK_IMAGE;
	return marks;
}

/* Nothing stands before, or one of these characters. */
static bool ends_in(const struct inline_reader *r, const char *set)
{
	return r->text.len == 0 || strchr(set, r->text.p[r->text.len - 1]);
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

/* Two tildes, no more and no less. */
static bool is_tildes(struct str text, size_t at)
{
	return text.p[at] == '~' && at + 1 < text.len && text.p[at + 1] == '~' &&
	       (at + 2 >= text.len || text.p[at + 2] != '~') && (at == 0 || text.p[at - 1] != '~');
}

static bool is_blank_at(struct str text, size_t at)
{
	return at < text.len && strchr(" \t\n", text.p[at]);
}

/* Pairs of "~~" with text right inside them: which of all those of a leaf they are. */
struct tildes {
	struct arena *arena;
	char *is_sign;
	size_t n, cap, open; /* open: index + 1 of the one that waits for its other */
};

static void add_tildes(struct tildes *t, struct str text)
{
	for (size_t at = 0; (at = str_find(text, STR("~~"), at)) != STR_NOT_FOUND; at++) {
		if (!is_tildes(text, at))
			continue;
		t->is_sign = arena_more(t->arena, t->is_sign, t->n, &t->cap, 1);
		t->is_sign[t->n++] = 0;
		if (t->open && (at == 0 || !is_blank_at(text, at - 1))) {
			t->is_sign[t->open - 1] = t->is_sign[t->n - 1] = 1;
			t->open = 0;
		} else if (!is_blank_at(text, at + 2)) {
			t->open = t->n;
		}
	}
}

static const char *find_tildes(struct arena *arena, cmark_node *leaf)
{
	struct tildes t = {.arena = arena};
	cmark_iter *iter = cmark_iter_new(leaf);
	while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		if (cmark_node_get_type(node) == CMARK_NODE_TEXT)
			add_tildes(&t, str_of(cmark_node_get_literal(node)));
	}
	cmark_iter_free(iter);
	return t.is_sign;
}

static size_t sign_len(struct inline_reader *r, struct str text, size_t at)
{
	if (!is_tildes(text, at) || !r->is_sign)
		return 0;
	return r->is_sign[r->n_signs++] ? 2 : 0;
}

static void put_url(struct inline_reader *r, struct str text, size_t at, size_t len)
{
	for (size_t i = at; i < at + len && r->is_sign; i++)
		r->n_signs += is_tildes(text, i);
	struct str url = str_copy(r->build->arena, str_sub(text, at, len));
	uint32_t link = build_link(r->build, (struct link){url, url, r->block_index, false});
	put_plain(r, url, 0, link);
}

/* Most text is nothing else: it has none of what an address, an emoji's name, two tildes or a
 * joiner has. */
static bool is_plain(struct str text)
{
	return text.len == 0 || (!memchr(text.p, ':', text.len) && !memchr(text.p, '~', text.len) &&
				 str_find(text, STR(MEND_JOINER), 0) == STR_NOT_FOUND);
}

/* Text with its bare addresses made into links, and without what mending put in. */
static void put_text(struct inline_reader *r, struct str text)
{
	size_t from = 0, end = is_plain(text) ? 0 : text.len;
	for (size_t i = 0; i < end; i++) {
		char c = text.p[i];
		bool is_joiner = c == MEND_JOINER[0] && str_starts(str_from(text, i), MEND_JOINER);
		struct str emoji = {0};
		size_t len = is_joiner                     ? strlen(MEND_JOINER)
			     : c == '~'                    ? sign_len(r, text, i)
			     : c == ':'                    ? emoji_at(text, i, &emoji)
			     : (c | 32) == 'h' && !r->link ? url_len(text, i)
							   : 0;
		if (len == 0)
			continue;
		put_plain(r, str_sub(text, from, i - from), 0, r->link);
		if (c == '~')
			r->is_struck = !r->is_struck;
		else if (emoji.len)
			put_plain(r, emoji, 0, r->link);
		else if (!is_joiner)
			put_url(r, text, i, len);
		i += len - 1;
		from = i + 1;
	}
	put_plain(r, str_from(text, from), 0, r->link);
}

static void open_link(struct inline_reader *r, struct str url, bool is_image)
{
	struct link link = {.url = mend_undo(r->build->arena, url),
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
	link->text = story_line(r->build->arena, (struct str){r->text.p + r->link_start,
							      r->text.len - r->link_start});
	r->link = 0;
}

static void open_image(struct inline_reader *r, struct str url)
{
	if (r->n_image++)
		return;
	if (!r->link)
		open_link(r, url, true);
	r->image_start = r->text.len;
}

/* An image without a description is shown by the name of its file. */
static void close_image(struct inline_reader *r, struct str url)
{
	if (r->n_image == 1 && r->text.len == r->image_start)
		put_plain(r, url_file_name(mend_undo(r->build->arena, url)), 0, r->link);
	r->n_image--;
	if (r->n_image == 0 && r->link && r->build->links[r->link - 1].is_image)
		close_link(r);
}

static void put_piece(struct inline_reader *r, struct html_piece piece)
{
	switch (piece.kind) {
	case HTML_BREAK:
		strbuf_putc(&r->text, '\n');
		break;
	case HTML_IMAGE:
		if (piece.text.len == 0 && piece.url.len == 0)
			break;
		open_image(r, piece.url);
		put_plain(r, story_line(r->build->arena, piece.text), 0, r->link);
		close_image(r, piece.url);
		break;
	case HTML_LINK:
		close_link(r);
		if (piece.url.len)
			open_link(r, piece.url, false);
		break;
	case HTML_LINK_END:
		close_link(r);
		break;
	case HTML_BLOCK:
	case HTML_CELL:
		r->has_blank = true;
		break;
	default:
		break;
	}
}

/* The blank that is due: none at the start of a line, and never two. */
static void put_blank(struct inline_reader *r)
{
	bool is_before_link = r->link && r->text.len == r->link_start;
	if (r->has_blank && !ends_in(r, "\n\v "))
		put_plain(r, STR(" "), 0, is_before_link ? 0 : r->link);
	if (is_before_link)
		r->link_start = r->text.len;
	r->has_blank = false;
}

/* The blank that is due unless the text has it already. */
static void put_blank_before(struct inline_reader *r, const char *text)
{
	if (*text != ' ')
		put_blank(r);
	r->has_blank = false;
}

/* What a leaf begins with that CommonMark leaves as it is: the box of a task, and the name of what
 * a quote is. Returns the text behind it. */
static const char *put_opening(struct inline_reader *r, const char *text)
{
	static const char *const names[] = {"[!NOTE]", "[!TIP]", "[!IMPORTANT]", "[!WARNING]",
					    "[!CAUTION]"};
	bool is_done = strncmp(text, "[x] ", 4) == 0 || strncmp(text, "[X] ", 4) == 0;
	if (r->is_item && (is_done || strncmp(text, "[ ] ", 4) == 0)) {
		put_plain(r, is_done ? STR("☑ ") : STR("☐ "), 0, 0);
		return text + 4;
	}
	for (size_t i = 0; r->is_quote && i < sizeof(names) / sizeof(*names); i++) {
		struct str name = str_of(names[i]);
		if (!str_same_ascii(str_sub(str_of(text), 0, name.len), name))
			continue;
		put_plain(r, (struct str){text + 2, name.len - 3}, MARK_STRONG, 0);
		r->is_named = true;
		return text + name.len;
	}
	return text;
}

static void enter(struct inline_reader *r, cmark_node *node)
{
	const char *text;
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		text = cmark_node_get_literal(node);
		if (r->text.len == 0)
			text = put_opening(r, text);
		put_blank_before(r, text);
		put_text(r, str_of(text));
		break;
	case CMARK_NODE_CODE:
		put_blank(r);
		put_plain(r, mend_undo(r->build->arena, str_of(cmark_node_get_literal(node))),
			  MARK_CODE, r->link);
		break;
	case CMARK_NODE_SOFTBREAK:
		strbuf_putc(&r->text, r->is_named ? '\n' : SOFT_BREAK);
		r->is_named = false;
		break;
	case CMARK_NODE_LINEBREAK:
		strbuf_putc(&r->text, '\n');
		break;
	case CMARK_NODE_HTML_INLINE:
		put_piece(r, html_tag(r->build->arena, str_of(cmark_node_get_literal(node))));
		break;
	case CMARK_NODE_STRONG:
		r->n_strong++;
		break;
	case CMARK_NODE_EMPH:
		r->n_emph++;
		break;
	case CMARK_NODE_LINK:
		close_link(r);
		open_link(r, str_of(cmark_node_get_url(node)), false);
		break;
	case CMARK_NODE_IMAGE:
		open_image(r, str_of(cmark_node_get_url(node)));
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
		close_image(r, str_of(cmark_node_get_url(node)));
		break;
	default:
		break;
	}
}

/* The node behind one that has been entered, in reading order, NULL at the end of the leaf; leaves
 * those it does not stand in. */
static cmark_node *leave_to_next(struct inline_reader *r, cmark_node *node, cmark_node *leaf)
{
	cmark_node *next = cmark_node_first_child(node);
	for (; !next && node != leaf; node = next ? node : cmark_node_parent(node)) {
		leave(r, node);
		next = cmark_node_next(node);
	}
	return next;
}

static struct inline_reader begin(struct build *build, struct block *block)
{
	block->span = (uint32_t)build->n_spans;
	return (struct inline_reader){.build = build,
				      .block_index = (uint32_t)build->n_blocks,
				      .text = strbuf_make(build->scratch)};
}

static void finish(struct inline_reader *r, struct block *block)
{
	close_link(r);
	block->n_spans = (uint32_t)r->build->n_spans - block->span;
	block->text = str_copy(r->build->arena, strbuf_str(&r->text));
	arena_reset(r->build->scratch);
}

void inline_read(struct build *build, cmark_node *leaf, struct block *block)
{
	struct inline_reader r = begin(build, block);
	cmark_node *parent = cmark_node_parent(leaf);
	bool is_first = parent && cmark_node_first_child(parent) == leaf;
	r.is_item = is_first && cmark_node_get_type(parent) == CMARK_NODE_ITEM;
	r.is_quote = is_first && cmark_node_get_type(parent) == CMARK_NODE_BLOCK_QUOTE;
	if (build->has_tildes)
		r.is_sign = find_tildes(build->scratch, leaf);
	for (cmark_node *node = cmark_node_first_child(leaf); node;
	     node = leave_to_next(&r, node, leaf))
		enter(&r, node);
	finish(&r, block);
}

static void put_html_text(struct inline_reader *r, struct str text)
{
	for (size_t at = 0, end; at < text.len; at = end) {
		for (end = at; end < text.len && is_blank_at(text, end); end++)
			r->has_blank = true;
		if (end > at)
			continue;
		while (end < text.len && !is_blank_at(text, end))
			end++;
		put_blank(r);
		put_text(r, str_sub(text, at, end - at));
	}
}

void inline_read_html(struct build *build, struct str html, struct block *block)
{
	struct inline_reader r = begin(build, block);
	struct html_piece piece;
	for (size_t at = 0; html_next(build->arena, html, &at, &piece);) {
		if (piece.kind == HTML_LINK || piece.kind == HTML_IMAGE)
			put_blank(&r);
		if (piece.kind == HTML_TEXT) {
			put_html_text(&r, piece.text);
		} else if (piece.kind == HTML_BLOCK || piece.kind == HTML_BREAK) {
			if (!ends_in(&r, "\n"))
				strbuf_putc(&r.text, '\n');
			r.has_blank = false;
		} else if (piece.kind == HTML_CELL) {
			r.has_blank = true;
		} else {
			put_piece(&r, piece);
		}
	}
	finish(&r, block);
}
