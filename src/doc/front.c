/* The front matter some publications put before an issue: YAML between two lines of ---. */
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
