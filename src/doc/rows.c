/* Pipe tables whose rows are stories: where the rows and their cells are in the text of a leaf. */
#include <string.h>

#include <sulan/arena.h>

#include "pattern.h"

/* The line between header and rows: dashes, colons and pipes. */
static bool is_delimiter(struct str line)
{
	bool has_dash = false, has_pipe = false;
	for (size_t i = 0; i < line.len; i++) {
		if (!strchr("|:- \t", line.p[i]))
			return false;
		has_dash |= line.p[i] == '-';
		has_pipe |= line.p[i] == '|';
	}
	return has_dash && has_pipe;
}

static size_t line_end(struct str text, size_t from)
{
	while (from < text.len && text.p[from] != '\n' && text.p[from] != SOFT_BREAK)
		from++;
	return from;
}

/* Where the row ends whose first line begins at `from`: a line break in a cell ends none. */
static size_t row_end(struct str text, size_t from)
{
	const bool has_sign = text.p[0] == '|';
	size_t end = line_end(text, from);
	while (end < text.len && text.p[end] == '\n') {
		size_t next = line_end(text, end + 1);
		struct str line = str_trim(str_sub(text, end + 1, next - end - 1));
		bool is_row = has_sign ? str_starts(line, "|")
				       : str_find(line, STR("|"), 0) != STR_NOT_FOUND;
		if (is_row && line.len > 1)
			break;
		end = next;
	}
	return end;
}

bool rows_find(const struct build *raw, size_t index, struct pattern *pattern, size_t *cap)
{
	const struct block *leaf = &raw->blocks[index];
	if (leaf->kind != BLOCK_PARA)
		return false;
	size_t header = line_end(leaf->text, 0), at = header + 1;
	size_t end = line_end(leaf->text, at);
	struct str second = str_sub(leaf->text, at, end > at ? end - at : 0);
	if (!memchr(leaf->text.p, '|', header) || !is_delimiter(second))
		return false;
	for (at = end + 1; at < leaf->text.len; at = end + 1) {
		end = row_end(leaf->text, at);
		if (str_trim(str_sub(leaf->text, at, end - at)).len == 0)
			continue;
		pattern->pieces = arena_more(raw->arrays, pattern->pieces, pattern->n, cap,
					     sizeof(*pattern->pieces));
		pattern->pieces[pattern->n++] =
			(struct piece){.from = index, .end = index + 1, .row = at, .row_end = end};
	}
	return true;
}

bool rows_next_cell(struct str text, size_t *at, size_t end, size_t *cell, size_t *cell_end)
{
	while (*at < end && strchr(" \t|", text.p[*at]))
		(*at)++;
	*cell = *at;
	while (*at < end && (text.p[*at] != '|' || text.p[*at - 1] == '\\'))
		(*at)++;
	*cell_end = *at;
	return *cell < end;
}
