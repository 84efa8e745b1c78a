/* What an issue is called: its publication, date and heading, from where they are said. */
#include <string.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

#include "build.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Where "第 12 期" stands; STR_NOT_FOUND when the name has no such number. */
static size_t find_counted(struct str name)
{
	static const char *const units[] = {"期", "号", "號", "回", "辑", "輯", "호"};
	size_t at = str_find(name, STR("第"), 0);
	if (at == STR_NOT_FOUND)
		return at;
	size_t end = at + strlen("第");
	while (end < name.len && (is_digit(name.p[end]) || name.p[end] == ' '))
		end++;
	struct str digits = str_trim(str_sub(name, at, end - at));
	bool has_number = is_digit(digits.p[digits.len - 1]);
	for (size_t i = 0; has_number && i < sizeof(units) / sizeof(*units); i++)
		if (str_starts(str_from(name, end), units[i]))
			return at;
	return STR_NOT_FOUND;
}

/* The name without the number of the issue, and without what this one is about behind it. */
static struct str without_number(struct str name)
{
	static const char *const words[] = {"#",     "№",     "No.",  "no.", "Nr.",
					    "Issue", "issue", "Vol.", "vol."};
	size_t at = find_counted(name), end = name.len;
	if (at != STR_NOT_FOUND && at > 0)
		return str_trim(str_sub(name, 0, at));
	while (end > 0 && is_digit(name.p[end - 1]))
		end--;
	if (end == name.len || name.len - end > 4 || end == 0)
		return name;
	struct str left = str_trim(str_sub(name, 0, end));
	bool is_word = left.len < end;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (str_ends(left, words[i])) {
			left = str_trim(str_sub(left, 0, left.len - strlen(words[i])));
			is_word = true;
		}
	return is_word && left.len ? left : name;
}

/* The heading without its date and what only decorates it. */
static struct str publication_of(struct arena *arena, struct str title)
{
	static const char *const pairs[][2] = {{"(", ")"}, {"（", "）"}, {"[", "]"}, {"【", "】"}};
	size_t at, len;
	struct date date;
	struct str left = title, right = {0};
	if (date_find(title, &date, &at, &len)) {
		left = str_trim(str_sub(title, 0, at));
		right = str_trim(str_from(title, at + len));
		for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
			if (str_ends(left, pairs[i][0]) && str_starts(right, pairs[i][1])) {
				left.len -= strlen(pairs[i][0]);
				right = str_from(right, strlen(pairs[i][1]));
			}
	}
	struct strbuf out = strbuf_make(arena);
	strbuf_put(&out, left);
	strbuf_puts(&out, left.len && right.len ? " " : "");
	strbuf_put(&out, right);
	struct str name = without_number(str_trim(strbuf_str(&out)));
	uint32_t cp;
	for (size_t n; name.len; name = str_trim(str_from(name, n))) {
		n = utf8_next(name, 0, &cp);
		if (codepoint_is_word(cp) || (codepoint_is_cjk(cp) && cp >= 0x3040 && cp < 0xff00))
			break;
	}
	while (name.len && strchr(" -|,:_/(#", name.p[name.len - 1]))
		name.len--;
	static const char *const tails[] = {"–", "—", "｜", "·", "（", "：", "\xef\xb8\x8f"};
	for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++)
		if (str_ends(name, tails[i]))
			name = str_trim(str_sub(name, 0, name.len - strlen(tails[i])));
	return str_trim(name);
}

void name_issue(struct issue *issue, const struct front *front)
{
	if (issue->title.len == 0)
		issue->title = str_copy(issue->arena, front->title);
	if (!issue->date.year)
		date_find(front->date, &issue->date, NULL, NULL);
	if (!issue->date.year)
		date_find(issue->title, &issue->date, NULL, NULL);
	if (!issue->date.year) {
		size_t slash = issue->path.len;
		while (slash > 0 && issue->path.p[slash - 1] != '/')
			slash--;
		date_find(str_from(issue->path, slash), &issue->date, NULL, NULL);
	}
	issue->publication = publication_of(issue->arena, issue->title);
}

void name_put_front(struct maker *maker, const struct front *front, bool has_heading)
{
	struct build *done = &maker->done;
	bool is_title = !has_heading && front->title.len;
	struct block block = {.part = PART_ISSUE, .number = -1, .line = front->line, .level = 1};
	block.kind = BLOCK_HEADING;
	block.text = str_copy(done->arena, front->title);
	if (is_title)
		build_block(done, block);
	block.kind = BLOCK_CODE;
	block.level = 0;
	block.text = str_trim(front_rest(done->arena, front, is_title));
	if (block.text.len)
		build_block(done, block);
}
