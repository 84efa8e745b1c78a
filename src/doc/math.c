/* Formulas between dollar signs: their stars, underscores and backslashes are no marks of Markdown.
 * As Pandoc's tex_math_dollars has it, the opening sign has no blank behind it, the closing one
 * none before it and no digit behind: "$5 and $10" is none. */
#include <string.h>

#include <sulan/arena.h>

#include "build.h"

/* A formula in a line is no longer than this. */
#define FORMULA_BYTES 400

static bool is_blank_at(struct str line, size_t at)
{
	return at >= line.len || line.p[at] == ' ' || line.p[at] == '\t';
}

/* Where the formula that opens at `at` ends, its closing signs with it; 0 when it is none. */
static size_t formula_end(struct str line, size_t at)
{
	size_t n = at + 1 < line.len && line.p[at + 1] == '$' ? 2 : 1;
	size_t limit = line.len - at > FORMULA_BYTES ? at + FORMULA_BYTES : line.len;
	if (is_blank_at(line, at + n))
		return 0;
	for (size_t i = at + n; i < limit; i++) {
		if (line.p[i] == '`')
			return 0;
		if (line.p[i] != '$' || line.p[i - 1] == '\\')
			continue;
		size_t end = i + n;
		if (n == 2 && (end > line.len || line.p[i + 1] != '$'))
			return 0;
		bool is_digit = end < line.len && line.p[end] >= '0' && line.p[end] <= '9';
		return is_blank_at(line, i - 1) || is_digit || i == at + n ? 0 : end;
	}
	return 0;
}

struct str mend_math(struct arena *arena, struct str line)
{
	size_t done = 0;
	struct strbuf out = strbuf_make(arena);
	if (line.len == 0 || !memchr(line.p, '$', line.len))
		return line;
	for (size_t at = 0; at < line.len;) {
		size_t end = line.p[at] == '$' ? formula_end(line, at) : 0;
		if (line.p[at] == '`' || line.p[at] == '\\')
			at += line.p[at] == '`' ? mend_code_len(line, at) : 2;
		else if (end == 0)
			at++;
		for (; at < end; at++) {
			if (!strchr("*_\\<[]~", line.p[at]))
				continue;
			strbuf_put(&out, str_sub(line, done, at - done));
			strbuf_putc(&out, '\\');
			done = at;
		}
	}
	if (done == 0)
		return line;
	strbuf_put(&out, str_from(line, done));
	return strbuf_str(&out);
}
