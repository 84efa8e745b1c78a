/* Views of bytes, and a builder that grows in an arena. */
#include <sulan/str.h>

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <sulan/arena.h>

bool str_is(struct str a, const char *cstr)
{
	return str_eq(a, str_of(cstr));
}

int str_compare(struct str a, struct str b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int order = n ? memcmp(a.p, b.p, n) : 0;
	return order ? order : (a.len > b.len) - (a.len < b.len);
}

int str_order(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool str_same_ascii(struct str a, struct str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

/* A letter of one or two bytes; any other byte is a letter of its own. */
static unsigned letter_at(struct str s, size_t at, size_t *len)
{
	unsigned first = (unsigned char)s.p[at];
	bool is_pair = (first & 0xe0) == 0xc0 && at + 1 < s.len;
	*len = is_pair ? 2 : 1;
	if (is_pair)
		return (first & 0x1f) << 6 | ((unsigned char)s.p[at + 1] & 0x3f);
	return first < 0x80 ? first : first << 16;
}

/* The small letter of a code point below U+0800. */
static unsigned small(unsigned cp)
{
	if ((cp >= 'A' && cp <= 'Z') || (cp >= 0xc0 && cp <= 0xde && cp != 0xd7) ||
	    (cp >= 0x391 && cp <= 0x3a9) || (cp >= 0x410 && cp <= 0x42f))
		return cp + 0x20;
	if (cp >= 0x400 && cp <= 0x40f)
		return cp + 0x50;
	bool is_odd = (cp >= 0x139 && cp <= 0x148) || (cp >= 0x179 && cp <= 0x17e);
	bool is_pair = (cp >= 0x100 && cp <= 0x17e) || (cp >= 0x460 && cp <= 0x481) ||
		       (cp >= 0x48a && cp <= 0x4bf);
	return is_pair && (cp % 2 == 1) == is_odd ? cp + 1 : cp;
}

bool str_same_letters(struct str a, struct str b)
{
	if (a.len != b.len)
		return false;
	for (size_t at = 0, len, other; at < a.len; at += len)
		if (small(letter_at(a, at, &len)) != small(letter_at(b, at, &other)) ||
		    len != other)
			return false;
	return true;
}

void str_put_small(struct str s, char *out)
{
	for (size_t at = 0, len; at < s.len; at += len) {
		unsigned letter = letter_at(s, at, &len);
		if (len == 1) {
			out[at] = lower(s.p[at]);
			continue;
		}
		letter = small(letter);
		out[at] = (char)(0xc0 | letter >> 6);
		out[at + 1] = (char)(0x80 | (letter & 0x3f));
	}
}

/* Bytes of a white space character at the front (or, for `is_end`, at the end) of `s`; 0 for none.
 */
static size_t space_len(struct str s, bool is_end)
{
	static const struct str wide[] = {{"\xe3\x80\x80", 3}, {"\xc2\xa0", 2}};
	if (s.len == 0)
		return 0;
	char c = is_end ? s.p[s.len - 1] : s.p[0];
	if (c == ' ' || (c >= '\t' && c <= '\r'))
		return 1;
	for (size_t i = 0; i < sizeof(wide) / sizeof(*wide); i++)
		if (is_end ? str_ends(s, wide[i].p) : str_starts(s, wide[i].p))
			return wide[i].len;
	return 0;
}

/* Letters and most else: a byte that no white space begins or ends with. */
static bool is_solid(char c)
{
	unsigned char byte = (unsigned char)c;
	return byte > ' ' && byte != 0xe3 && byte != 0xc2 && byte != 0x80 && byte != 0xa0;
}

struct str str_trim(struct str s)
{
	size_t n;
	while (s.len && !is_solid(s.p[0]) && (n = space_len(s, false)))
		s = str_from(s, n);
	while (s.len && !is_solid(s.p[s.len - 1]) && (n = space_len(s, true)))
		s.len -= n;
	return s;
}

/* A needle as long as this is worth what memmem prepares. */
#define LONG_NEEDLE 5

static const char *find_short(const char *p, const char *end, struct str needle)
{
	end -= needle.len - 1;
	while (p < end && (p = memchr(p, needle.p[0], (size_t)(end - p)))) {
		if (memcmp(p, needle.p, needle.len) == 0)
			return p;
		p++;
	}
	return NULL;
}

size_t str_find(struct str s, struct str needle, size_t at)
{
	if (at > s.len)
		return STR_NOT_FOUND;
	if (needle.len == 0)
		return at;
	if (needle.len > s.len - at)
		return STR_NOT_FOUND;
	const char *p = needle.len < LONG_NEEDLE
				? find_short(s.p + at, s.p + s.len, needle)
				: memmem(s.p + at, s.len - at, needle.p, needle.len);
	return p ? (size_t)(p - s.p) : STR_NOT_FOUND;
}

/* Looked at for one end, then the other: not further than this, so that many lines with the one
 * stay cheap where the other is far. */
#define LINE_BYTES 512

size_t str_line_end(struct str s, size_t at)
{
	while (at < s.len) {
		const char *p = s.p + at, *soft, *hard;
		size_t n = s.len - at < LINE_BYTES ? s.len - at : LINE_BYTES;
		if ((soft = memchr(p, '\v', n)))
			n = (size_t)(soft - p);
		if ((hard = memchr(p, '\n', n)))
			return (size_t)(hard - s.p);
		at += n;
		if (soft)
			break;
	}
	return at;
}

bool str_cut(struct str *rest, char separator, struct str *part)
{
	if (!rest->p)
		return false;
	const char *p = rest->len ? memchr(rest->p, separator, rest->len) : NULL;
	if (!p) {
		*part = *rest;
		*rest = (struct str){NULL, 0};
		return true;
	}
	*part = str_sub(*rest, 0, (size_t)(p - rest->p));
	*rest = str_from(*rest, part->len + 1);
	return true;
}

char *str_dup(struct arena *arena, struct str s)
{
	return arena_copy(arena, s.p, s.len);
}

struct str str_copy(struct arena *arena, struct str s)
{
	return (struct str){str_dup(arena, s), s.len};
}

bool str_to_int(struct str s, long lo, long hi, long *out)
{
	bool is_negative = s.len && s.p[0] == '-';
	s = str_from(s, is_negative);
	if (s.len == 0 || s.len > 9)
		return false;
	long n = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		n = n * 10 + (s.p[i] - '0');
	}
	n = is_negative ? -n : n;
	if (n < lo || n > hi)
		return false;
	*out = n;
	return true;
}

unsigned long long str_hash(struct str s, unsigned long long seed)
{
	for (size_t i = 0; i < s.len; i++)
		seed = (seed ^ (unsigned char)s.p[i]) * 0x100000001b3ULL;
	return seed;
}

struct strbuf strbuf_make(struct arena *arena)
{
	return (struct strbuf){.arena = arena};
}

static void reserve(struct strbuf *buf, size_t more)
{
	if (buf->cap - buf->len > more)
		return;
	size_t cap = buf->cap ? buf->cap * 2 : 64;
	while (cap - buf->len <= more)
		cap *= 2;
	buf->p = arena_resize(buf->arena, buf->p, buf->cap, cap);
	buf->cap = cap;
}

void strbuf_reserve(struct strbuf *buf, size_t more)
{
	reserve(buf, more);
}

void strbuf_put(struct strbuf *buf, struct str s)
{
	if (s.len == 0)
		return;
	reserve(buf, s.len);
	memcpy(buf->p + buf->len, s.p, s.len);
	buf->len += s.len;
	buf->p[buf->len] = '\0';
}

void strbuf_puts(struct strbuf *buf, const char *cstr)
{
	strbuf_put(buf, str_of(cstr));
}

void strbuf_putc(struct strbuf *buf, char c)
{
	strbuf_put(buf, (struct str){&c, 1});
}

void strbuf_put_number(struct strbuf *buf, unsigned long n)
{
	char digits[24];
	size_t at = sizeof(digits);
	do
		digits[--at] = (char)('0' + n % 10);
	while (n /= 10);
	strbuf_put(buf, (struct str){digits + at, sizeof(digits) - at});
}

void strbuf_printf(struct strbuf *buf, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	assert(len >= 0);
	reserve(buf, (size_t)len);
	vsnprintf(buf->p + buf->len, (size_t)len + 1, format, again);
	va_end(again);
	buf->len += (size_t)len;
}

struct str strbuf_str(const struct strbuf *buf)
{
	return (struct str){buf->p ? buf->p : "", buf->len};
}
