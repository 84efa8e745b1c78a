/* What an issue is called: its publication, date and heading, from where they are said. */
#include <string.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

#include "build.h"

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
	struct str name = str_trim(strbuf_str(&out));
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
	struct block block = {.part = PART_ISSUE, .number = -1, .line = 2, .level = 1};
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
