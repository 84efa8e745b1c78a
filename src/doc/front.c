/* The front matter some publications put before an issue: YAML between two lines of ---. */
#include <sulan/arena.h>

#include "build.h"

/* The value of a line "key: value", without quotes; empty when the line has another key. */
static struct str value_of(struct str line, const char *key)
{
	struct str name;
	struct str rest = line;
	if (!str_cut(&rest, ':', &name) || !rest.p || !str_is(str_trim(name), key))
		return (struct str){0};
	rest = str_trim(rest);
	if (rest.len >= 2 && (rest.p[0] == '"' || rest.p[0] == '\'') &&
	    rest.p[rest.len - 1] == rest.p[0])
		rest = str_sub(rest, 1, rest.len - 2);
	/* A text of several lines stays among the rest. */
	bool is_folded = rest.len && rest.len <= 2 && (rest.p[0] == '>' || rest.p[0] == '|');
	if (is_folded)
		rest.len = 0;
	return rest;
}

struct front front_read(struct str text)
{
	struct front front = {0};
	struct str rest = text, line;
	bool has_key = false;
	if (!str_cut(&rest, '\n', &line) || !str_is(str_trim(line), "---") ||
	    !str_starts(line, "---"))
		return front;
	const char *start = rest.p;
	while (rest.p && str_cut(&rest, '\n', &line)) {
		if (str_is(line, "---") || str_is(line, "...")) {
			if (!has_key)
				break;
			front.text = (struct str){start, (size_t)(line.p - start)};
			front.len = rest.p ? (size_t)(rest.p - text.p) : text.len;
			return front;
		}
		has_key |= str_find(line, STR(":"), 0) != STR_NOT_FOUND;
		struct str title = value_of(line, "title"), date = value_of(line, "date");
		front.title = title.len ? title : front.title;
		front.date = date.len ? date : front.date;
	}
	return (struct front){0};
}

struct str front_rest(struct arena *arena, const struct front *front, bool without_title)
{
	struct strbuf out = strbuf_make(arena);
	struct str rest = front->text, line;
	while (rest.p && str_cut(&rest, '\n', &line)) {
		if (without_title && value_of(line, "title").len)
			continue;
		strbuf_put(&out, line);
		if (rest.p)
			strbuf_putc(&out, '\n');
	}
	return strbuf_str(&out);
}

struct front front_copy(struct arena *arena, const struct front *front)
{
	struct front copy = *front;
	copy.text = str_copy(arena, front->text);
	copy.title = str_copy(arena, front->title);
	copy.date = str_copy(arena, front->date);
	return copy;
}
