/* HTML of feeds to Markdown, by libxml2's parser, walked without recursion. What could be taken for
 * markup of an issue is escaped or written otherwise: a heading becomes a bold line. */
#include <stdint.h>
#include <string.h>

#include <libxml/HTMLparser.h>
#include <libxml/HTMLtree.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

#include "fetch.h"

#define MAX_INDENT 4

enum way {
	WAY_INLINE,
	WAY_BLOCK,
	WAY_LINK,
	WAY_ITEM,
	WAY_HEADING,
	WAY_QUOTE,
	WAY_PRE,
	WAY_BREAK,
	WAY_PICTURE,
	WAY_CELL,
	WAY_SKIP
};

static const struct {
	const char *tag;
	enum way way;
} tags[] = {
	{"p", WAY_BLOCK},          {"div", WAY_BLOCK},     {"section", WAY_BLOCK},
	{"article", WAY_BLOCK},    {"ul", WAY_BLOCK},      {"ol", WAY_BLOCK},
	{"table", WAY_BLOCK},      {"tr", WAY_BLOCK},      {"dl", WAY_BLOCK},
	{"dt", WAY_BLOCK},         {"dd", WAY_BLOCK},      {"figure", WAY_BLOCK},
	{"figcaption", WAY_BLOCK}, {"details", WAY_BLOCK}, {"summary", WAY_BLOCK},
	{"header", WAY_BLOCK},     {"footer", WAY_BLOCK},  {"center", WAY_BLOCK},
	{"hr", WAY_BLOCK},         {"a", WAY_LINK},        {"li", WAY_ITEM},
	{"h1", WAY_HEADING},       {"h2", WAY_HEADING},    {"h3", WAY_HEADING},
	{"h4", WAY_HEADING},       {"h5", WAY_HEADING},    {"h6", WAY_HEADING},
	{"blockquote", WAY_QUOTE}, {"pre", WAY_PRE},       {"br", WAY_BREAK},
	{"img", WAY_PICTURE},      {"td", WAY_CELL},       {"th", WAY_CELL},
	{"script", WAY_SKIP},      {"style", WAY_SKIP},    {"template", WAY_SKIP},
};

/* What is due comes out with the next text that shows: nothing empty is ever written. */
struct writer {
	struct arena *arena;
	struct strbuf out;
	int n_quotes, n_items, n_pre; /* how deep in each */
	bool is_block_due, is_space_due, is_item_due;
	const char *due;      /* a sign before the next text: of a link or a heading */
	const xmlNode *open;  /* what it is of */
	bool is_at_start;     /* of a line: more signs mean something there */
	bool is_after_digits; /* and only digits have come */
};

static enum way way_of(const xmlNode *node)
{
	for (size_t i = 0; i < sizeof(tags) / sizeof(*tags); i++)
		if (strcmp((const char *)node->name, tags[i].tag) == 0)
			return tags[i].way;
	return WAY_INLINE;
}

static void begin_line(struct writer *w)
{
	for (int i = 0; i < w->n_quotes && i < MAX_INDENT; i++)
		strbuf_puts(&w->out, "> ");
	for (int i = 0; i < w->n_items - w->is_item_due && i < MAX_INDENT; i++)
		strbuf_puts(&w->out, "  ");
	if (w->is_item_due)
		strbuf_puts(&w->out, "- ");
	w->is_item_due = false;
	w->is_at_start = true;
	w->is_after_digits = false;
}

static void ready(struct writer *w)
{
	if (w->out.len == 0 || w->is_block_due) {
		if (w->out.len)
			strbuf_puts(&w->out, "\n\n");
		begin_line(w);
	} else if (w->is_space_due) {
		strbuf_putc(&w->out, ' ');
	}
	w->is_block_due = w->is_space_due = false;
	if (w->due) {
		strbuf_puts(&w->out, w->due);
		w->due = NULL;
		w->is_at_start = false;
	}
}

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool is_control(uint32_t cp)
{
	return cp < ' ' || (cp >= 0x7f && cp < 0xa0);
}

/* No NUL, which is a control. */
static bool is_markup(const struct writer *w, char c)
{
	return strchr("\\`*_[]<>|&~$", c) || (w->is_at_start && strchr("#-+=:!", c)) ||
	       (w->is_after_digits && (c == '.' || c == ')'));
}

static void put_words(struct writer *w, struct str text)
{
	for (size_t i = 0, n; i < text.len; i += n) {
		uint32_t cp;
		char c = text.p[i];
		n = utf8_next(text, i, &cp);
		if (is_space(c)) {
			w->is_space_due = true;
			continue;
		}
		if (is_control(cp))
			continue;
		ready(w);
		if (is_markup(w, c))
			strbuf_putc(&w->out, '\\');
		strbuf_put(&w->out, str_sub(text, i, n));
		w->is_after_digits = (w->is_at_start || w->is_after_digits) && c >= '0' && c <= '9';
		w->is_at_start = false;
	}
}

/* Lines of a <pre>, each as it is behind the four columns of a code block. */
static void put_lines(struct writer *w, struct str text)
{
	struct str line;
	while (str_cut(&text, '\n', &line)) {
		if (w->out.len)
			strbuf_putc(&w->out, '\n');
		if (w->is_block_due && w->out.len)
			strbuf_putc(&w->out, '\n');
		w->is_block_due = false;
		begin_line(w);
		strbuf_puts(&w->out, "    ");
		for (size_t i = 0; i < line.len; i++)
			if ((unsigned char)line.p[i] >= ' ' || line.p[i] == '\t')
				strbuf_putc(&w->out, line.p[i]);
	}
}

static struct str attribute(struct writer *w, const xmlNode *node, const char *name)
{
	xmlChar *value = xmlGetProp((xmlNode *)(uintptr_t)node, (const xmlChar *)name);
	struct str copy = str_copy(w->arena, str_of((const char *)value));
	xmlFree(value);
	return copy;
}

/* The node behind this one, in its tree up to `root`; NULL at its end. */
static const xmlNode *next_of(const xmlNode *node, const xmlNode *root)
{
	if (node->children)
		return node->children;
	while (node != root && !node->next)
		node = node->parent;
	return node == root ? NULL : node->next;
}

/* Whether a sign may stand before and behind all that is in it. Much is not looked through. */
static bool is_one_line(const xmlNode *root)
{
	int n = 0;
	for (const xmlNode *node = root; (node = next_of(node, root)); n++) {
		enum way way = node->type == XML_ELEMENT_NODE ? way_of(node) : WAY_INLINE;
		if (n > 50 || (way != WAY_INLINE && way != WAY_PICTURE))
			return false;
	}
	return n > 0;
}

/* A sign before what is in the node, if it may have one. */
static void open_sign(struct writer *w, const xmlNode *node, const char *sign)
{
	if (w->open || w->n_pre || !is_one_line(node))
		return;
	w->open = node;
	w->due = sign;
}

/* The sign behind it; false when none stands before. */
static bool close_sign(struct writer *w, const xmlNode *node, const char *sign)
{
	bool is_open = w->open == node && !w->due;
	if (w->open == node) {
		w->open = NULL;
		w->due = NULL;
	}
	if (is_open)
		strbuf_puts(&w->out, sign);
	return is_open;
}

static void enter(struct writer *w, const xmlNode *node, enum way way)
{
	switch (way) {
	case WAY_QUOTE:
		w->n_quotes++;
		w->is_block_due = true;
		break;
	case WAY_PRE:
		w->n_pre++;
		w->is_block_due = true;
		break;
	case WAY_ITEM:
		w->n_items++;
		w->is_item_due = w->is_block_due = true;
		break;
	case WAY_HEADING:
		w->is_block_due = true;
		open_sign(w, node, "**");
		break;
	case WAY_BLOCK:
		w->is_block_due |= !w->is_item_due;
		break;
	case WAY_LINK:
		if (markdown_url(w->arena, attribute(w, node, "href")).len)
			open_sign(w, node, "[");
		break;
	case WAY_PICTURE:
		put_words(w, attribute(w, node, "alt"));
		break;
	case WAY_BREAK:
		if (w->out.len && !w->is_block_due && !w->n_pre) {
			strbuf_puts(&w->out, "\\\n");
			begin_line(w);
			w->is_space_due = false;
		}
		break;
	default:
		break;
	}
}

static void leave(struct writer *w, const xmlNode *node, enum way way)
{
	switch (way) {
	case WAY_QUOTE:
		w->n_quotes--;
		w->is_block_due = true;
		break;
	case WAY_PRE:
		w->n_pre--;
		w->is_block_due = true;
		break;
	case WAY_ITEM:
		w->n_items--;
		w->is_item_due = false;
		w->is_block_due = true;
		break;
	case WAY_HEADING:
		close_sign(w, node, "**");
		w->is_block_due = true;
		break;
	case WAY_BLOCK:
		w->is_block_due |= !w->is_item_due;
		break;
	case WAY_CELL:
		w->is_space_due = true;
		break;
	case WAY_LINK:
		if (close_sign(w, node, "](")) {
			strbuf_put(&w->out, markdown_url(w->arena, attribute(w, node, "href")));
			strbuf_putc(&w->out, ')');
		}
		break;
	default:
		break;
	}
}

static void see_text(struct writer *w, const xmlNode *node)
{
	struct str text = str_of((const char *)node->content);
	if (w->n_pre)
		put_lines(w, text);
	else
		put_words(w, text);
}

/* From node to node by its links: the depth of a page costs nothing. */
static void walk(struct writer *w, const xmlNode *root)
{
	for (const xmlNode *node = root; node;) {
		enum way way = WAY_INLINE;
		if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE)
			see_text(w, node);
		else if (node->type == XML_ELEMENT_NODE)
			enter(w, node, way = way_of(node));
		if (node->type == XML_ELEMENT_NODE && node->children && way != WAY_SKIP) {
			node = node->children;
			continue;
		}
		for (;;) {
			if (node->type == XML_ELEMENT_NODE)
				leave(w, node, way_of(node));
			if (node == root)
				return;
			if (node->next)
				break;
			node = node->parent;
		}
		node = node->next;
	}
}

struct str html_markdown(struct arena *arena, struct str html)
{
	const int flags = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
			  HTML_PARSE_NONET | HTML_PARSE_COMPACT;
	struct writer w = {.arena = arena, .out = strbuf_make(arena)};
	if (memchr(html.p ? html.p : "", '<', html.len) == NULL &&
	    memchr(html.p ? html.p : "", '&', html.len) == NULL) {
		put_words(&w, html);
		return strbuf_str(&w.out);
	}
	htmlDocPtr doc = htmlReadMemory(html.p, (int)html.len, NULL, "UTF-8", flags);
	const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
	if (root)
		walk(&w, root);
	else
		put_words(&w, html);
	xmlFreeDoc(doc);
	return strbuf_str(&w.out);
}

struct str markdown_line(struct arena *arena, struct str text)
{
	struct writer w = {.arena = arena, .out = strbuf_make(arena)};
	put_words(&w, text);
	return strbuf_str(&w.out);
}

struct str markdown_url(struct arena *arena, struct str url)
{
	struct strbuf out = strbuf_make(arena);
	url = str_trim(url);
	if (!str_same_ascii(str_sub(url, 0, 7), STR("http://")) &&
	    !str_same_ascii(str_sub(url, 0, 8), STR("https://")))
		return (struct str){0};
	for (size_t i = 0; i < url.len && i < 4096; i++) {
		unsigned char c = (unsigned char)url.p[i];
		if (c <= ' ' || c == 0x7f || strchr("<>()[]\\\"`*_|", c))
			strbuf_printf(&out, "%%%02X", c);
		else
			strbuf_putc(&out, (char)c);
	}
	return strbuf_str(&out);
}
