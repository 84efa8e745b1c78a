/* Pipe tables whose rows are stories: where the rows and their cells are in the text of a leaf. */
#include <string.h>

#include <sulan/arena.h>
#include <sulan/pipes.h>

#include "pattern.h"

bool rows_find(const struct build *raw, size_t index, struct pattern *pattern, size_t *cap)
{
	const struct block *leaf = &raw->blocks[index];
	if (leaf->kind != BLOCK_PARA || !pipes_is_table(leaf->text))
		return false;
	size_t end = str_line_end(leaf->text, str_line_end(leaf->text, 0) + 1);
	for (size_t at = end + 1; at < leaf->text.len; at = end + 1) {
		end = pipes_row_end(leaf->text, at);
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
