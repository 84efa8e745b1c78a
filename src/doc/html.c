/* Raw HTML as pieces: the text it shows, where it breaks lines, its images and links. */
#include <cmark.h>
#include <string.h>

#include <sulan/arena.h>

#include "build.h"

/* A ">" in quotes is looked over in a tag up to this long. */
#define TAG_MAX 4096
/* An entity's name is no longer than this. */
#define ENTITY_MAX 34

static bool is_letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Bytes of the entity at `at` (an ampersand), 0 when it is none. */
static size_t entity_len(struct str text, size_t at)
{
	size_t len = 1;
	while (len < ENTITY_MAX && at + len < text.len &&
	       (is_letter(text.p[at + len]) || is_digit(text.p[at + len]) ||
		text.p[at + len] == '#'))
		len++;
	return len > 2 && at + len < text.len && text.p[at + len] == ';' ? len + 1 : 0;
}

/* cmark knows them all: it reads the entity as a paragraph of its own. */
static void put_entity(struct strbuf *out, struct str entity)
{
	cmark_node *document = cmark_parse_document(entity.p, entity.len, CMARK_OPT_DEFAULT);
	cmark_node *paragraph = cmark_node_first_child(document);
	cmark_node *text = paragraph ? cmark_node_first_child(paragraph) : NULL;
	const char *literal = text ? cmark_node_get_literal(text) : NULL;
	strbuf_put(out, literal && *literal ? str_of(literal) : entity);
	cmark_node_free(document);
}

/* The text with its entities decoded. */
static struct str decode(struct arena *arena, struct str text)
{
	struct strbuf out = strbuf_make(arena);
	size_t from = 0;
	for (size_t at = 0, len; (at = str_find(text, STR("&"), at)) != STR_NOT_FOUND; at += len) {
		len = entity_len(text, at);
		if (len == 0) {
			len = 1;
			continue;
		}
		strbuf_put(&out, str_sub(text, from, at - from));
		put_entity(&out, str_sub(text, at, len));
		from = at + len;
	}
	strbuf_put(&out, str_from(text, from));
	return mend_undo(arena, strbuf_str(&out));
}

static struct str tag_name(struct str tag)
{
	size_t at = tag.len > 1 && tag.p[1] == '/' ? 2 : 1, len = 0;
	while (at + len < tag.len && (is_letter(tag.p[at + len]) || is_digit(tag.p[at + len])))
		len++;
	return str_sub(tag, at, len);
}

static bool is_one_of(struct str name, const char *const *names)
{
	for (; *names; names++)
		if (str_same_ascii(name, str_of(*names)))
			return true;
	return false;
}

static size_t skip_blanks(struct str tag, size_t at)
{
	while (at < tag.len && is_blank(tag.p[at]))
		at++;
	return at;
}

/* Takes the attribute at `*at`, which is left behind it: its name, and its value as written. */
static struct str next_attribute(struct str tag, size_t *at, struct str *value)
{
	size_t from = *at, end = from;
	*value = (struct str){0};
	while (end < tag.len && !is_blank(tag.p[end]) && !strchr("=>/", tag.p[end]))
		end++;
	struct str name = str_sub(tag, from, end - from);
	size_t next = skip_blanks(tag, end);
	*at = end > from ? end : end + 1;
	if (next >= tag.len || tag.p[next] != '=')
		return name;
	from = skip_blanks(tag, next + 1);
	char quote = from < tag.len ? tag.p[from] : '\0';
	bool is_quoted = quote == '"' || quote == '\'';
	from += is_quoted;
	end = from;
	while (end < tag.len &&
	       (is_quoted ? tag.p[end] != quote : !is_blank(tag.p[end]) && tag.p[end] != '>'))
		end++;
	*value = str_sub(tag, from, end - from);
	*at = end + is_quoted;
	return name;
}

static struct str attribute(struct arena *arena, struct str tag, const char *wanted)
{
	struct str value;
	size_t at = 1 + tag_name(tag).len;
	while ((at = skip_blanks(tag, at)) < tag.len)
		if (str_same_ascii(next_attribute(tag, &at, &value), str_of(wanted)))
			return decode(arena, value);
	return (struct str){0};
}

struct html_piece html_tag(struct arena *arena, struct str tag)
{
	static const char *const breaks[] = {
		"p",       "li",      "tr",         "div", "ul", "ol", "table",
		"h1",      "h2",      "h3",         "h4",  "h5", "h6", "dt",
		"summary", "details", "blockquote", "pre", "dd", "hr", NULL};
	static const char *const cells[] = {"td", "th", NULL};
	struct html_piece piece = {.kind = HTML_OTHER};
	struct str name = tag_name(tag);
	bool is_end = str_starts(tag, "</");
	if (str_same_ascii(name, STR("br"))) {
		piece.kind = HTML_BREAK;
	} else if (str_same_ascii(name, STR("img"))) {
		piece.kind = HTML_IMAGE;
		piece.text = attribute(arena, tag, "alt");
		piece.url = attribute(arena, tag, "src");
	} else if (str_same_ascii(name, STR("a"))) {
		piece.kind = is_end ? HTML_LINK_END : HTML_LINK;
		piece.url = attribute(arena, tag, "href");
	} else if (is_one_of(name, breaks)) {
		piece.kind = HTML_BLOCK;
	} else if (is_one_of(name, cells)) {
		piece.kind = HTML_CELL;
	}
	return piece;
}

/* The end of the tag or comment at `at`; html.len when it never ends. */
static size_t tag_end(struct str html, size_t at)
{
	if (str_starts(str_from(html, at), "<!--")) {
		size_t end = str_find(html, STR("-->"), at + 4);
		return end == STR_NOT_FOUND ? html.len : end + 3;
	}
	char quote = '\0';
	for (size_t i = at; i < html.len && i < at + TAG_MAX; i++) {
		char c = html.p[i];
		if (c == '>' && !quote)
			return i + 1;
		if (c == quote)
			quote = '\0';
		else if (!quote && (c == '"' || c == '\''))
			quote = c;
	}
	size_t end = str_find(html, STR(">"), at);
	return end == STR_NOT_FOUND ? html.len : end + 1;
}

/* Past the end of a script or style that begins with this tag. */
static size_t skip_raw(struct str html, struct str name, size_t at)
{
	static const char *const raw[] = {"script", "style", NULL};
	if (!is_one_of(name, raw))
		return at;
	for (size_t i = at; (i = str_find(html, STR("</"), i)) != STR_NOT_FOUND; i += 2)
		if (str_same_ascii(str_sub(html, i + 2, name.len), name))
			return tag_end(html, i);
	return html.len;
}

static bool is_markup(struct str html, size_t at)
{
	if (html.p[at] != '<' || at + 1 >= html.len)
		return false;
	char c = html.p[at + 1];
	return c == '/' || c == '!' || c == '?' || is_letter(c);
}

bool html_next(struct arena *arena, struct str html, size_t *at, struct html_piece *piece)
{
	size_t from = *at, end = from;
	if (from >= html.len)
		return false;
	if (is_markup(html, from)) {
		end = tag_end(html, from);
		struct str tag = str_sub(html, from, end - from);
		*piece = html_tag(arena, tag);
		*at = str_starts(tag, "</") ? end : skip_raw(html, tag_name(tag), end);
		return true;
	}
	while (end < html.len && !is_markup(html, end))
		end++;
	*piece = (struct html_piece){.kind = HTML_TEXT,
				     .text = decode(arena, str_sub(html, from, end - from))};
	*at = end;
	return true;
}

uint8_t html_heading(struct str html)
{
	if (html.len < 9 || html.p[0] != '<' || (html.p[1] | 32) != 'h' || html.p[2] < '1' ||
	    html.p[2] > '6' || (html.p[3] != '>' && !is_blank(html.p[3])))
		return 0;
	const char end[] = {'<', '/', 'h', html.p[2], '>'};
	struct str tail = {end, sizeof(end)};
	bool is_whole = str_same_ascii(str_from(html, html.len - tail.len), tail);
	return is_whole && str_find(html, STR("</h"), 0) == html.len - tail.len
		       ? (uint8_t)(html.p[2] - '0')
		       : 0;
}
