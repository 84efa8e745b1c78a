/* Rows and cells of pipe tables, and how their columns are aligned. */
#include <sulan/pipes.h>

#include <string.h>

/* The line between header and rows. */
static bool is_delimiter(struct str line)
{
	bool has_dash = false, has_bar = false;
	for (size_t i = 0; i < line.len; i++) {
		if (!strchr("|:- \t", line.p[i]))
			return false;
		has_dash |= line.p[i] == '-';
		has_bar |= line.p[i] == '|';
	}
	return has_dash && has_bar;
}

static struct str second_line(struct str text)
{
	size_t from = str_line_end(text, 0) + 1, end = str_line_end(text, from);
	return str_sub(text, from, end > from ? end - from : 0);
}

bool pipes_is_table(struct str text)
{
	size_t header = str_line_end(text, 0);
	return header < text.len && memchr(text.p, '|', header) && is_delimiter(second_line(text));
}

size_t pipes_row_end(struct str text, size_t from)
{
	const bool has_sign = str_starts(str_trim(text), "|");
	size_t end = str_line_end(text, from);
	while (end < text.len && text.p[end] == '\n') {
		size_t next = str_line_end(text, end + 1);
		struct str line = str_trim(str_sub(text, end + 1, next - end - 1));
		bool is_row = has_sign ? str_starts(line, "|")
				       : str_find(line, STR("|"), 0) != STR_NOT_FOUND;
		if (is_row && line.len > 1)
			break;
		end = next;
	}
	return end;
}

bool pipes_next_row(struct str text, size_t *at, size_t *from, size_t *end)
{
	while (*at < text.len) {
		*from = *at;
		*end = *from ? pipes_row_end(text, *from) : str_line_end(text, 0);
		*at = *end + 1;
		if (*from == 0)
			*at = str_line_end(text, *at) + 1;
		if (str_trim(str_sub(text, *from, *end - *from)).len)
			return true;
	}
	return false;
}

bool pipes_next_cell(struct str text, size_t *at, size_t end, size_t *cell, size_t *cell_end)
{
	bool is_first = *at == 0 || text.p[*at - 1] == '\n' || text.p[*at - 1] == '\v';
	size_t from = *at, to;
	while (from < end && strchr(" \t", text.p[from]))
		from++;
	if (from < end && is_first && text.p[from] == '|')
		from++;
	if (from >= end)
		return false;
	for (to = from; to < end && (text.p[to] != '|' || text.p[to - 1] == '\\');)
		to++;
	*at = to < end ? to + 1 : end;
	struct str inside = str_trim(str_sub(text, from, to - from));
	*cell = inside.len ? (size_t)(inside.p - text.p) : from;
	*cell_end = *cell + inside.len;
	return true;
}

enum pipes_align pipes_align_of(struct str text, size_t n)
{
	size_t at = str_line_end(text, 0) + 1, end = str_line_end(text, at), cell, cell_end;
	while (pipes_next_cell(text, &at, end, &cell, &cell_end)) {
		if (n-- > 0)
			continue;
		bool is_left = cell < cell_end && text.p[cell] == ':';
		bool is_right = cell < cell_end && text.p[cell_end - 1] == ':';
		return is_right ? is_left ? PIPES_CENTER : PIPES_RIGHT : PIPES_LEFT;
	}
	return PIPES_LEFT;
}
