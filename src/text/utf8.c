/* UTF-8 by hand, beyond what the header decodes in place. */
#include <sulan/utf8.h>

#include <string.h>
#include <unictype.h>

#include <sulan/arena.h>

enum { REPLACEMENT = 0xFFFD };

/* The lowest and highest second byte after a lead byte (Unicode, table 3-7). */
static void second_range(unsigned char lead, unsigned char *lo, unsigned char *hi)
{
	*lo = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
	*hi = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
}

/* Bytes of the sequence at `p` with `n` bytes to go, its value in `*cp`; false when it is
 * malformed, and the bytes are then those of the maximal subpart. */
static bool decode(const unsigned char *p, size_t n, size_t *len, uint32_t *cp)
{
	unsigned char lead = p[0], lo, hi;
	size_t need = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
	*len = 1;
	if (lead < 0xC2 || lead > 0xF4)
		return false;
	second_range(lead, &lo, &hi);
	*cp = lead & (0x7FU >> need);
	for (size_t i = 1; i < need; i++) {
		if (i >= n || p[i] < lo || p[i] > hi)
			return false;
		*cp = *cp << 6 | (p[i] & 0x3F);
		*len = i + 1;
		lo = 0x80;
		hi = 0xBF;
	}
	return true;
}

size_t utf8_next_any(struct str text, size_t at, uint32_t *cp)
{
	size_t len = 1;
	const unsigned char *p = (const unsigned char *)text.p + at;
	if (p[0] < 0x80)
		*cp = p[0];
	else if (!decode(p, text.len - at, &len, cp))
		*cp = REPLACEMENT;
	return len;
}

size_t utf8_put(uint32_t cp, char out[4])
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xC0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3F));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xE0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
		out[2] = (char)(0x80 | (cp & 0x3F));
		return 3;
	}
	out[0] = (char)(0xF0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
	out[3] = (char)(0x80 | (cp & 0x3F));
	return 4;
}

/* Where ASCII that begins at `p` ends, eight bytes at a time. */
static const unsigned char *skip_ascii(const unsigned char *p, const unsigned char *end)
{
	for (uint64_t word; end - p >= 8; p += 8) {
		memcpy(&word, p, sizeof(word));
		if (word & 0x8080808080808080)
			break;
	}
	while (p < end && *p < 0x80)
		p++;
	return p;
}

/* The byte of the first malformed part at or after `at`, or text.len. */
static size_t find_malformed(struct str text, size_t at)
{
	const unsigned char *start = (const unsigned char *)text.p, *end = start + text.len,
			    *p = start + at;
	while ((p = utf8_skip_han(skip_ascii(p, end), end)) < end) {
		size_t len;
		uint32_t cp;
		if (*p < 0x80)
			continue;
		if (utf8_is_plain_3(p, (size_t)(end - p)))
			p += 3;
		else if (decode(p, (size_t)(end - p), &len, &cp))
			p += len;
		else
			break;
	}
	return (size_t)(p - start);
}

bool utf8_is_valid(struct str text)
{
	return find_malformed(text, 0) == text.len;
}

struct str utf8_cut(struct str text, size_t max)
{
	size_t len = text.len < max ? text.len : max;
	while (len && len < text.len && ((unsigned char)text.p[len] & 0xC0) == 0x80)
		len--;
	return str_sub(text, 0, len);
}

struct str utf8_repair(struct arena *arena, struct str text)
{
	size_t bad = find_malformed(text, 0), done = 0;
	if (bad == text.len)
		return text;
	struct strbuf out = strbuf_make(arena);
	while (bad < text.len) {
		uint32_t cp;
		strbuf_put(&out, str_sub(text, done, bad - done));
		strbuf_puts(&out, "\xEF\xBF\xBD");
		done = bad + utf8_next(text, bad, &cp);
		bad = find_malformed(text, done);
	}
	strbuf_put(&out, str_from(text, done));
	return strbuf_str(&out);
}

struct range {
	uint32_t first, last;
};

static bool is_in(uint32_t cp, const struct range *ranges, size_t n)
{
	for (size_t i = 0; i < n && cp >= ranges[i].first; i++)
		if (cp <= ranges[i].last)
			return true;
	return false;
}

bool codepoint_is_cjk(uint32_t cp)
{
	static const struct range cjk[] = {
		{0x1100, 0x11FF},   {0x2E80, 0x4DBF},   {0x4E00, 0x9FFF},   {0xA960, 0xA97F},
		{0xAC00, 0xD7FF},   {0xF900, 0xFAFF},   {0xFE30, 0xFE4F},   {0xFF01, 0xFFEF},
		{0x16FE0, 0x18DFF}, {0x1AFF0, 0x1B2FF}, {0x1F200, 0x1F2FF}, {0x20000, 0x3FFFD},
	};
	return cp >= 0x1100 && is_in(cp, cjk, sizeof(cjk) / sizeof(cjk[0]));
}

bool codepoint_is_word_any(uint32_t cp)
{
	/* Thai, Lao, Tibetan, Burmese, Khmer and their kin write no spaces between words. */
	static const struct range unspaced[] = {
		{0x0E00, 0x0FFF}, {0x1000, 0x109F}, {0x1780, 0x17FF}, {0x1950, 0x19FF},
		{0x1A20, 0x1AAF}, {0xA9E0, 0xA9FF}, {0xAA60, 0xAADF}, {0x11700, 0x1174F},
	};
	return !codepoint_is_cjk(cp) && uc_is_alnum(cp) &&
	       !is_in(cp, unspaced, sizeof(unspaced) / sizeof(unspaced[0]));
}
