/* Raw HTML to the text it shows: tags go, breaks and descriptions stay. */
#include <string.h>

#include <sulan/arena.h>

#include "build.h"

static struct str tag_name(struct str tag)
{
	size_t at = tag.len > 1 && tag.p[1] == '/' ? 2 : 1, len = 0;
	while (at + len < tag.len &&
	       ((tag.p[at + len] | 32) >= 'a' && (tag.p[at + len] | 32) <= 'z'))
		len++;
	if (len && at + len < tag.len && tag.p[at + len] >= '1' && tag.p[at + len] <= '6')
		len++;
	return str_sub(tag, at, len);
}

static bool is_tag(struct str name, const char *const *names)
{
	for (; *names; names++)
		if (str_same_ascii(name, str_of(*names)))
			return true;
	return false;
}

/* The value of an attribute, without its quotes; entities stay as they are. */
static struct str attribute(struct str tag, const char *name)
{
	size_t len = strlen(name);
	for (size_t i = 1; i + len < tag.len; i++) {
		char before = tag.p[i - 1];
		if ((before != ' ' && before != '\n' && before != '"' && before != '\'' &&
		     before != '\t') ||
		    !str_same_ascii(str_sub(tag, i, len), str_of(name)))
			continue;
		size_t at = i + len;
		while (at < tag.len && tag.p[at] == ' ')
			at++;
		if (at >= tag.len || tag.p[at] != '=')
			continue;
		at++;
		while (at < tag.len && tag.p[at] == ' ')
			at++;
		char quote = at < tag.len ? tag.p[at] : ' ';
		bool is_quoted = quote == '"' || quote == '\'';
		size_t from = at + is_quoted, end = from;
		while (end < tag.len &&
		       (is_quoted ? tag.p[end] != quote : !strchr(" >\n", tag.p[end])))
			end++;
		return str_sub(tag, from, end - from);
	}
	return (struct str){0};
}

enum html_kind html_tag(struct arena *arena, struct str tag, struct str *value)
{
	struct str name = tag_name(tag);
	bool is_end = str_starts(tag, "</");
	*value = (struct str){0};
	if (str_same_ascii(name, STR("br")))
		return HTML_BREAK;
	if (str_same_ascii(name, STR("img"))) {
		*value = str_copy(arena, attribute(tag, "alt"));
		return HTML_IMAGE;
	}
	if (str_same_ascii(name, STR("a"))) {
		*value = str_copy(arena, attribute(tag, "href"));
		return is_end ? HTML_LINK_END : HTML_LINK;
	}
	return HTML_OTHER;
}

/* The end of the tag or comment at `at`; text.len when it never ends. */
static size_t tag_end(struct str html, size_t at)
{
	if (str_starts(str_from(html, at), "<!--")) {
		size_t end = str_find(html, STR("-->"), at + 4);
		return end == STR_NOT_FOUND ? html.len : end + 3;
	}
	const char *p = memchr(html.p + at, '>', html.len - at);
	return p ? (size_t)(p - html.p) + 1 : html.len;
}

/* Past the end of a script or style that begins with this tag. */
static size_t skip_raw(struct str html, struct str name, size_t at)
{
	static const char *const raw[] = {"script", "style", NULL};
	if (!is_tag(name, raw))
		return at;
	for (size_t i = at; (i = str_find(html, STR("</"), i)) != STR_NOT_FOUND; i += 2)
		if (str_same_ascii(str_sub(html, i + 2, name.len), name))
			return tag_end(html, i);
	return html.len;
}

static void put_break(struct strbuf *out)
{
	while (out->len && out->p[out->len - 1] == ' ')
		out->len--;
	if (out->len && out->p[out->len - 1] != '\n')
		strbuf_putc(out, '\n');
}

struct str html_text(struct arena *arena, struct str html)
{
	static const char *const breaks[] = {
		"br",         "p",   "li", "tr", "div", "ul", "ol",      "table",
		"h1",         "h2",  "h3", "h4", "h5",  "h6", "summary", "details",
		"blockquote", "pre", "dt", "dd", "hr",  NULL};
	struct strbuf out = strbuf_make(arena);
	for (size_t at = 0; at < html.len;) {
		char c = html.p[at];
		bool is_markup = c == '<' && at + 1 < html.len &&
				 (strchr("/!?", html.p[at + 1]) ||
				  ((html.p[at + 1] | 32) >= 'a' && (html.p[at + 1] | 32) <= 'z'));
		if (!is_markup) {
			if (c == '\n')
				c = ' ';
			if (c != ' ' ||
			    (out.len && out.p[out.len - 1] != ' ' && out.p[out.len - 1] != '\n'))
				strbuf_putc(&out, c);
			at++;
			continue;
		}
		size_t end = tag_end(html, at);
		struct str tag = str_sub(html, at, end - at), name = tag_name(tag), value;
		if (html_tag(arena, tag, &value) == HTML_IMAGE)
			strbuf_put(&out, value);
		if (is_tag(name, breaks))
			put_break(&out);
		at = skip_raw(html, name, end);
	}
	return str_trim(strbuf_str(&out));
}
