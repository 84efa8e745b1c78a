/* Mending before CommonMark reads: strong emphasis next to Chinese punctuation, which the flanking
 * rules leave as stars (CommonMark 0.30 §6.2), and runs of brackets that the parser takes quadratic
 * time for. */
#include <string.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

#include "build.h"

/* Opening brackets that one paragraph may have; the rest are text. */
#define BRACKETS_MAX 1000
/* Stars of one line that are looked at. */
#define STARS_MAX 64

struct mender {
	struct arena *arena;
	struct strbuf out;
	char fence; /* the character of the open code fence, 0 for none */
	size_t fence_len;
	size_t n_brackets; /* of the present paragraph */
};

static bool is_space(uint32_t cp)
{
	return cp <= ' ' || cp == 0xa0 || cp == 0x3000;
}

/* Punctuation as CommonMark sees it: ASCII, and the blocks real briefings use. */
static bool is_punct(uint32_t cp)
{
	if (cp < 0x80)
		return (cp > ' ' && cp < '0') || (cp > '9' && cp < 'A') || (cp > 'Z' && cp < 'a') ||
		       cp > 'z';
	return (cp >= 0x2010 && cp < 0x2070) ||
	       (cp >= 0x3001 && cp < 0x3040 && cp != 0x3005 && cp != 0x3007) ||
	       (cp >= 0xff01 && cp < 0xff10) || (cp >= 0xff1a && cp < 0xff21) ||
	       (cp >= 0xff3b && cp < 0xff41) || (cp >= 0xff5b && cp < 0xff66) || cp == 0xb7 ||
	       cp == 0xab || cp == 0xbb || cp == 0xa7;
}

static uint32_t cp_before(struct str s, size_t at)
{
	uint32_t cp = '\n';
	size_t start = at;
	while (start > 0 && at - start < 4) {
		start--;
		if (((unsigned char)s.p[start] & 0xc0) != 0x80)
			break;
	}
	if (start < at)
		utf8_next(s, start, &cp);
	return cp;
}

static uint32_t cp_at(struct str s, size_t at)
{
	uint32_t cp = '\n';
	if (at < s.len)
		utf8_next(s, at, &cp);
	return cp;
}

/* Bytes of the code span that begins at `at` (a backtick), or of its backticks when it never ends.
 */
static size_t code_len(struct str line, size_t at)
{
	size_t n = 1;
	while (at + n < line.len && line.p[at + n] == '`')
		n++;
	for (size_t i = at + n; i < line.len;) {
		size_t m = 0;
		while (i + m < line.len && line.p[i + m] == '`')
			m++;
		if (m == n)
			return i + m - at;
		i += m ? m : 1;
	}
	return n;
}

/* Where the `**` of a line stand, outside code and escapes. */
static size_t find_stars(struct str line, size_t *stars)
{
	size_t n = 0;
	for (size_t i = 0; i < line.len;) {
		if (line.p[i] == '\\')
			i += 2;
		else if (line.p[i] == '`')
			i += code_len(line, i);
		else if (line.p[i] == '*' && i + 1 < line.len && line.p[i + 1] == '*') {
			if (n == STARS_MAX)
				return 0;
			stars[n++] = i;
			i += 2;
		} else
			i++;
	}
	return n;
}

/* A delimiter with punctuation inside and a letter outside needs a joiner inside to count. */
static bool needs_joiner(uint32_t inner, uint32_t outer)
{
	return is_punct(inner) && !is_space(outer) && (!is_punct(outer) || outer == '*');
}

static void put_stars(struct mender *m, struct str line)
{
	size_t stars[STARS_MAX], n, at = 0;
	if (line.len == 0 || !memchr(line.p, '*', line.len)) {
		strbuf_put(&m->out, line);
		return;
	}
	n = find_stars(line, stars);
	if (n % 2)
		n = 0;
	for (size_t i = 0; i < n; i++) {
		bool is_open = i % 2 == 0;
		size_t star = stars[i];
		uint32_t before = cp_before(line, star), after = cp_at(line, star + 2);
		strbuf_put(&m->out, str_sub(line, at, star - at));
		at = star + 2;
		if (!is_open && needs_joiner(before, after))
			strbuf_puts(&m->out, MEND_JOINER);
		strbuf_puts(&m->out, "**");
		if (is_open && needs_joiner(after, before))
			strbuf_puts(&m->out, MEND_JOINER);
		if (!is_open && after == '*')
			strbuf_puts(&m->out, MEND_JOINER);
	}
	strbuf_put(&m->out, str_from(line, at));
}

/* The line with the brackets past the limit escaped. */
static struct str limit_brackets(struct mender *m, struct str line)
{
	size_t n = 0;
	for (const char *p = line.p, *end = p + line.len;
	     p < end && (p = memchr(p, '[', (size_t)(end - p))); p++)
		n++;
	m->n_brackets += n;
	if (m->n_brackets <= BRACKETS_MAX || n == 0)
		return line;
	size_t allowed = m->n_brackets - n < BRACKETS_MAX ? BRACKETS_MAX - (m->n_brackets - n) : 0;
	struct strbuf out = strbuf_make(m->arena);
	for (size_t i = 0; i < line.len; i++) {
		bool is_escaped = i > 0 && line.p[i - 1] == '\\';
		if (line.p[i] == '[' && !is_escaped && allowed-- == 0) {
			allowed = 0;
			strbuf_putc(&out, '\\');
		}
		strbuf_putc(&out, line.p[i]);
	}
	return strbuf_str(&out);
}

/* Follows code fences; true when the line is code or a fence. */
static bool is_code(struct mender *m, struct str line)
{
	size_t indent = 0, n = 0;
	while (indent < line.len && line.p[indent] == ' ')
		indent++;
	char c = indent < line.len ? line.p[indent] : '\0';
	while (indent + n < line.len && line.p[indent + n] == c)
		n++;
	bool is_fence = (c == '`' || c == '~') && n >= 3 && indent < 4;
	if (m->fence) {
		if (is_fence && c == m->fence && n >= m->fence_len &&
		    str_trim(str_from(line, indent + n)).len == 0)
			m->fence = 0;
		return true;
	}
	if (!is_fence)
		return indent >= 4 && m->n_brackets == 0 && str_trim(line).len == 0;
	m->fence = c;
	m->fence_len = n;
	return true;
}

struct str mend_text(struct arena *arena, struct str text)
{
	struct mender m = {.arena = arena, .out = strbuf_make(arena)};
	struct str line;
	while (str_cut(&text, '\n', &line)) {
		if (str_trim(line).len == 0)
			m.n_brackets = 0;
		if (is_code(&m, line))
			strbuf_put(&m.out, line);
		else
			put_stars(&m, limit_brackets(&m, line));
		if (text.p)
			strbuf_putc(&m.out, '\n');
	}
	return strbuf_str(&m.out);
}
