/* Mending before CommonMark reads: strong emphasis next to Chinese punctuation, which the flanking
 * rules leave as stars (CommonMark 0.30 §6.2), and the images and nested containers past a limit,
 * which the parser takes quadratic time for. What is put in is U+2060, taken out again by
 * mend_undo. */
#include <string.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

#include "build.h"

/* Images that one paragraph may have; the rest are links. */
#define IMAGES_MAX 400
/* Stars of one line that are looked at. */
#define STARS_MAX 64
/* What ends a piece of code is looked for so far. */
#define CODE_BYTES 4000
/* Quotes and lists that one line may open, and the column they may begin in. */
#define SIGNS_MAX  64
#define INDENT_MAX 160

/* A part of a long text is at least as long as this. */
#define PART_MIN ((size_t)128 << 10)

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

size_t mend_code_len(struct str line, size_t at)
{
	size_t n = 1, end = line.len - at > CODE_BYTES ? at + CODE_BYTES : line.len;
	while (at + n < line.len && line.p[at + n] == '`')
		n++;
	for (size_t i = at + n; i < end;) {
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
	const bool is_simple = !memchr(line.p, '\\', line.len) && !memchr(line.p, '`', line.len);
	for (size_t i = 0; i < line.len;) {
		if (is_simple && line.p[i] != '*') {
			const char *star = memchr(line.p + i, '*', line.len - i);
			i = star ? (size_t)(star - line.p) : line.len;
		} else if (line.p[i] == '\\')
			i += 2;
		else if (line.p[i] == '`')
			i += mend_code_len(line, i);
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

static void put_stars(struct strbuf *out, struct str line)
{
	size_t stars[STARS_MAX], n, at = 0;
	if (line.len == 0 || !memchr(line.p, '*', line.len)) {
		strbuf_put(out, line);
		return;
	}
	n = find_stars(line, stars);
	if (n % 2)
		n = 0;
	for (size_t i = 0; i < n; i++) {
		bool is_open = i % 2 == 0;
		size_t star = stars[i];
		uint32_t before = cp_before(line, star), after = cp_at(line, star + 2);
		strbuf_put(out, str_sub(line, at, star - at));
		at = star + 2;
		if (!is_open && needs_joiner(before, after))
			strbuf_puts(out, MEND_JOINER);
		strbuf_puts(out, "**");
		if (is_open && needs_joiner(after, before))
			strbuf_puts(out, MEND_JOINER);
		if (!is_open && after == '*')
			strbuf_puts(out, MEND_JOINER);
	}
	strbuf_put(out, str_from(line, at));
}

/* A line that begins a paragraph of its own whatever stands before it. */
static bool is_new_paragraph(struct str line)
{
	size_t at = 0;
	while (at < 3 && at < line.len && line.p[at] == ' ')
		at++;
	return str_trim(line).len == 0 ||
	       (at + 1 < line.len && strchr("-*+", line.p[at]) && line.p[at + 1] == ' ');
}

/* The line with the images past the limit made links: the parser visits all images that are open
 * for each link. */
static struct str limit_images(struct mender *m, struct arena *arena, struct str line)
{
	const struct str opening = STR("![");
	if (is_new_paragraph(line))
		m->n_images = 0;
	if (line.len == 0 || !memchr(line.p, '!', line.len))
		return line;
	size_t at = 0, next = str_find(line, opening, 0);
	struct strbuf out = strbuf_make(arena);
	for (; next != STR_NOT_FOUND; next = str_find(line, opening, next + 1)) {
		if (++m->n_images <= IMAGES_MAX)
			continue;
		strbuf_put(&out, str_sub(line, at, next + 1 - at));
		strbuf_puts(&out, MEND_JOINER);
		at = next + 1;
	}
	if (at == 0)
		return line;
	strbuf_put(&out, str_from(line, at));
	return strbuf_str(&out);
}

/* Bytes of blanks, quote signs and list signs before the text of a line. */
static size_t prefix_len(struct str line, bool *has_quote)
{
	size_t at = 0;
	*has_quote = false;
	while (at < line.len && strchr(" \t>", line.p[at])) {
		*has_quote |= line.p[at] == '>';
		at++;
	}
	return at;
}

/* Follows code fences; true when the line is code or a fence. */
static bool is_code(struct mender *m, struct str line)
{
	bool has_quote;
	size_t n = 0, at = prefix_len(line, &has_quote);
	if (at + 1 < line.len && strchr("-*+", line.p[at]) && line.p[at + 1] == ' ')
		while (++at < line.len && line.p[at] == ' ')
			;
	char c = at < line.len ? line.p[at] : '\0';
	while (at + n < line.len && line.p[at + n] == c)
		n++;
	struct str rest = str_from(line, at + n);
	bool is_fence = (c == '`' || c == '~') && n >= 3;
	if (m->fence && m->is_fence_quoted && !has_quote)
		m->fence = 0;
	if (m->fence) {
		if (is_fence && c == m->fence && n >= m->fence_len && str_trim(rest).len == 0)
			m->fence = 0;
		return true;
	}
	if (!is_fence || (c == '`' && str_find(rest, STR("`"), 0) != STR_NOT_FOUND))
		return false;
	m->fence = c;
	m->fence_len = n;
	m->is_fence_quoted = has_quote;
	return true;
}

/* Nothing but the signs of a thematic break. */
static bool is_rule(struct str line)
{
	size_t n = 0;
	for (size_t i = 0; i < line.len; i++) {
		if (line.p[i] != line.p[0] && line.p[i] != ' ' && line.p[i] != '\t')
			return false;
		n += line.p[i] == line.p[0];
	}
	return n >= 3;
}

/* Bytes of the quote or list sign at `at`, 0 for none. */
static size_t sign_len(struct str line, size_t at)
{
	size_t n = 0;
	if (at < line.len && line.p[at] == '>')
		return 1;
	while (n < 9 && at + n < line.len && line.p[at + n] >= '0' && line.p[at + n] <= '9')
		n++;
	const char *signs = n ? ".)" : "-*+";
	bool is_sign = at + n + 1 < line.len && strchr(signs, line.p[at + n]) &&
		       strchr(" \t", line.p[at + n + 1]);
	return is_sign ? n + 1 : 0;
}

/* Where the containers that a line opens become too many or too far in, or line.len. The parser
 * visits all that are open for each blank line. */
static size_t find_too_deep(struct str line)
{
	size_t n = 0, at = 0, cols = 0;
	for (size_t len;; at += len, cols += len) {
		for (; at < line.len && (line.p[at] == ' ' || line.p[at] == '\t'); at++)
			cols += line.p[at] == '\t' ? 4 : 1;
		len = sign_len(line, at);
		if (len == 0)
			return line.len;
		if (++n > SIGNS_MAX || cols > INDENT_MAX)
			return is_rule(str_from(line, at)) ? line.len : at;
	}
}

/* The line as it is but for a sign of a container too many, which is made text. */
static struct str limit_depth(struct arena *arena, struct str line)
{
	size_t at = find_too_deep(line);
	if (at == line.len)
		return line;
	struct strbuf out = strbuf_make(arena);
	strbuf_put(&out, str_sub(line, 0, at));
	strbuf_puts(&out, MEND_JOINER);
	strbuf_put(&out, str_from(line, at));
	return strbuf_str(&out);
}

struct str mend_undo(struct arena *arena, struct str text)
{
	const struct str joiner = STR(MEND_JOINER);
	size_t at = 0, end = str_find(text, joiner, 0);
	if (end == STR_NOT_FOUND)
		return str_copy(arena, text);
	struct strbuf out = strbuf_make(arena);
	for (; end != STR_NOT_FOUND; end = str_find(text, joiner, at)) {
		strbuf_put(&out, str_sub(text, at, end - at));
		at = end + joiner.len;
	}
	strbuf_put(&out, str_from(text, at));
	return strbuf_str(&out);
}

/* Raw HTML that goes on over headings, at an opening bracket. */
static bool is_lasting_html(struct str html)
{
	static const char *const names[] = {"<!", "<?", "<pre", "<script", "<style", "<textarea"};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_same_ascii(str_sub(html, 0, strlen(names[i])), str_of(names[i])))
			return true;
	return false;
}

/* Definitions of links, too, hold everywhere. */
static bool is_one_piece(struct str text)
{
	for (size_t at = 0; (at = str_find(text, STR("<"), at)) != STR_NOT_FOUND; at++)
		if (is_lasting_html(str_from(text, at)))
			return true;
	return str_find(text, STR("]:"), 0) != STR_NOT_FOUND;
}

struct mender mender_start(struct str text)
{
	return (struct mender){.rest = text,
			       .is_whole = text.len <= PART_MIN || is_one_piece(text)};
}

/* Nothing but a tag of a site's template, or a comment in two of them: it would keep the
 * definitions of links below it from being read as such. */
static bool is_template(struct str line)
{
	line = str_trim(line);
	if (str_starts(line, "{% comment %}") && str_ends(line, "{% endcomment %}"))
		return true;
	/* A shortcode without a value shows nothing itself. */
	if (str_starts(line, "{{<") || str_starts(line, "{{%"))
		return (str_ends(line, ">}}") || str_ends(line, "%}}")) &&
		       !memchr(line.p, '"', line.len) && !memchr(line.p, '=', line.len);
	return str_starts(line, "{%") && str_ends(line, "%}") &&
	       str_find(line, STR("%}"), 0) == line.len - 2;
}

/* Follows code fences as is_code does. One at the very start of a line ends by its own sign only;
 * one within a quote or list ends with that, which is the parser's to know: no parts then. */
static bool is_code_line(struct mender *m, struct str line)
{
	bool was_open = m->fence != 0, is_code_here = is_code(m, line);
	bool is_at_start = line.len && (line.p[0] == '`' || line.p[0] == '~');
	m->is_whole |= was_open != (m->fence != 0) && !is_at_start;
	return is_code_here;
}

/* A footnote whose text is one word would be the definition of a link, and its text lost. */
static struct str mend_footnote(struct arena *arena, struct str line)
{
	size_t end = str_starts(line, "[^") ? str_find(line, STR("]:"), 2) : STR_NOT_FOUND;
	if (end == STR_NOT_FOUND)
		return line;
	struct strbuf out = strbuf_make(arena);
	strbuf_put(&out, str_sub(line, 0, end + 1));
	strbuf_puts(&out, MEND_JOINER);
	strbuf_put(&out, str_from(line, end + 1));
	return strbuf_str(&out);
}

static void put_line(struct mender *m, struct arena *arena, struct strbuf *out, struct str line)
{
	/* The limits hold in what looks like code, too: it may not be. */
	bool is_text = !is_code_line(m, line);
	if (is_text)
		line = mend_math(
			arena, mend_footnote(arena, admonition_line(&m->admonition, arena, line)));
	line = limit_images(m, arena, limit_depth(arena, line));
	if (is_text && is_template(line))
		return;
	if (is_text)
		put_stars(out, line);
	else
		strbuf_put(out, line);
}

struct str mender_next(struct mender *m, struct arena *arena)
{
	struct strbuf out = strbuf_make(arena);
	struct str line;
	size_t len = m->rest.len < PART_MIN ? m->rest.len : PART_MIN;
	strbuf_reserve(&out, len + len / 8);
	while (str_cut(&m->rest, '\n', &line)) {
		put_line(m, arena, &out, line);
		if (m->rest.p)
			strbuf_putc(&out, '\n');
		/* Raw HTML goes on to the next blank line. */
		bool is_border = m->rest.p && str_trim(line).len == 0 && str_starts(m->rest, "## ");
		if (is_border && out.len > PART_MIN && !m->is_whole && !m->fence)
			break;
	}
	return strbuf_str(&out);
}
