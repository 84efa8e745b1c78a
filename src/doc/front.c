/* The front matter some publications put before an issue: YAML between two lines of ---, TOML
 * between two of +++, or bare lines "Key: value" up to the first blank one. */
#include <string.h>

#include <sulan/arena.h>

#include "build.h"

static struct str unquoted(struct str value)
{
	if (str_starts(value, "! "))
		value = str_trim(str_from(value, 2));
	if (value.len >= 2 && (value.p[0] == '"' || value.p[0] == '\'') &&
	    value.p[value.len - 1] == value.p[0])
		value = str_sub(value, 1, value.len - 2);
	return value;
}

/* The value of a line "key: value" or "key = value", without quotes; empty when the line has
 * another key. */
static struct str value_of(struct str line, const char *const *keys)
{
	struct str name, rest = line;
	bool is_toml = str_find(line, STR("="), 0) < str_find(line, STR(":"), 0);
	if (!str_cut(&rest, is_toml ? '=' : ':', &name) || !rest.p)
		return (struct str){0};
	for (; *keys; keys++)
		if (str_same_ascii(str_trim(name), str_of(*keys)))
			return unquoted(str_trim(rest));
	return (struct str){0};
}

static const char *const title_keys[] = {"title", "linkTitle", NULL};
static const char *const date_keys[] = {"date", "pubDate", "published", "publishDate", NULL};

/* The value stands on the lines below, which are indented. */
static bool is_folded(struct str value)
{
	return value.len && value.len <= 2 && (value.p[0] == '>' || value.p[0] == '|');
}

/* "Key: value" with a plain word for a key. */
static bool is_bare(struct str line)
{
	size_t at = 0;
	while (at < line.len &&
	       (((line.p[at] | 32) >= 'a' && (line.p[at] | 32) <= 'z') || strchr("-_", line.p[at])))
		at++;
	return at > 0 && at + 1 < line.len && line.p[at] == ':' && line.p[at + 1] == ' ';
}

static void take(struct front *front, struct str line)
{
	struct str title = value_of(line, title_keys), date = value_of(line, date_keys);
	front->title = title.len && front->title.len == 0 ? title : front->title;
	front->date = date.len && front->date.len == 0 ? date : front->date;
}

/* Lines "Key: value" at the start, at least two and one of them the title or date. */
static struct front read_bare(struct str text)
{
	struct front front = {0};
	struct str rest = text, line;
	size_t n = 0;
	while (rest.p && str_cut(&rest, '\n', &line) && is_bare(line)) {
		take(&front, line);
		n++;
	}
	if (n < 2 || !rest.p || str_trim(line).len || (!front.title.len && !front.date.len))
		return (struct front){0};
	front.text = (struct str){text.p, (size_t)(line.p - text.p)};
	front.len = (size_t)(rest.p - text.p);
	front.line = 1;
	return front;
}

struct front front_read(struct str text)
{
	static const char *const ends[][2] = {{"---", "..."}, {"+++", "+++"}};
	struct front front = {.line = 2};
	struct str rest = text, line;
	bool has_key = false, is_title_below = false;
	if (!str_cut(&rest, '\n', &line))
		return front;
	bool is_toml = str_starts(line, "+++");
	if (!str_is(str_trim(line), ends[is_toml][0]) || line.p[0] == ' ')
		return read_bare(text);
	const char *start = rest.p;
	while (rest.p && str_cut(&rest, '\n', &line)) {
		if (str_is(line, ends[is_toml][0]) || str_is(line, ends[is_toml][1])) {
			if (!has_key)
				break;
			front.text = (struct str){start, (size_t)(line.p - start)};
			front.len = rest.p ? (size_t)(rest.p - text.p) : text.len;
			return front;
		}
		has_key |= str_find(line, is_toml ? STR("=") : STR(":"), 0) != STR_NOT_FOUND;
		if (is_title_below && str_starts(line, " "))
			front.title = str_trim(line);
		is_title_below = is_folded(value_of(line, title_keys));
		if (!is_title_below)
			take(&front, line);
	}
	return (struct front){0};
}

/* The lines but for that of the title, which is said elsewhere. */
struct str front_rest(struct arena *arena, const struct front *front, bool without_title)
{
	struct strbuf out = strbuf_make(arena);
	struct str rest = front->text, line;
	while (rest.p && str_cut(&rest, '\n', &line)) {
		if (without_title && str_eq(value_of(line, title_keys), front->title))
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
