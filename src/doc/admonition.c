/* Boxes with a name, which CommonMark does not know: ":::tip Title" up to ":::", and "!!! note"
 * over text that stands four columns in. */
#include <string.h>

#include <sulan/arena.h>

#include "build.h"

static bool is_letter(char c)
{
	return (c | 32) >= 'a' && (c | 32) <= 'z';
}

/* Bytes of the sign a box begins with; 0 for none. */
static size_t sign_len(struct str line)
{
	size_t n = 0;
	while (n < line.len && line.p[n] == ':')
		n++;
	if (n >= 3)
		return n;
	return str_starts(line, "!!! ") || str_starts(line, "???") ? 3 : 0;
}

/* Name and title as a line of their own. */
static struct str title_line(struct arena *arena, struct str title)
{
	struct strbuf out = strbuf_make(arena);
	bool is_plain = title.len && !memchr(title.p, '*', title.len);
	strbuf_puts(&out, is_plain ? "*" : "");
	for (size_t i = 0; i < title.len; i++)
		if (!strchr("\"{}[]", title.p[i]))
			strbuf_putc(&out, title.p[i]);
	strbuf_puts(&out, is_plain ? "*  " : "  ");
	return strbuf_str(&out);
}

struct str admonition_line(struct admonition *a, struct arena *arena, struct str line)
{
	if (a->is_indented && str_starts(line, "    "))
		return str_from(line, 4);
	a->is_indented = a->is_indented && str_trim(line).len == 0;
	size_t sign = sign_len(line);
	if (!sign)
		return line;
	struct str title = str_trim(str_from(line, sign));
	if (title.len == 0 && line.p[0] == ':')
		return (struct str){0};
	if (title.len && title.p[0] == '+')
		title = str_trim(str_from(title, 1));
	if (title.len == 0 || (!is_letter(title.p[0]) && title.p[0] != '{'))
		return line;
	a->is_indented = line.p[0] != ':';
	return title_line(arena, title);
}
