/* Folding for search, cluster by cluster: ASCII and Han by hand, the rest by libunistring. */
#include <sulan/fold.h>

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>

#include <sulan/arena.h>
#include <sulan/glyph.h>
#include <sulan/utf8.h>

/* Bytes of one cluster that are folded together; what is longer is folded in pieces. */
#define CLUSTER_MAX 64

struct folder {
	struct arena *arena;
	char *text;
	uint32_t *at;
	size_t len, cap;
};

static void put(struct folder *f, const char *bytes, size_t len, size_t at)
{
	if (f->len + len > f->cap) {
		size_t cap = f->cap * 2 + len;
		char *text = arena_alloc(f->arena, cap);
		uint32_t *places = arena_alloc(f->arena, (cap + 1) * sizeof(*places));
		memcpy(text, f->text, f->len);
		memcpy(places, f->at, f->len * sizeof(*places));
		f->text = text;
		f->at = places;
		f->cap = cap;
	}
	memcpy(f->text + f->len, bytes, len);
	for (size_t i = 0; i < len; i++)
		f->at[f->len + i] = (uint32_t)at;
	f->len += len;
}

static bool is_latin(uint32_t cp)
{
	return cp < 0x250 || (cp >= 0x1e00 && cp < 0x1f00) || (cp >= 0x370 && cp < 0x400);
}

/* Puts what is left of decomposed Latin once its marks (U+0300..036F) are gone. */
static void put_without_marks(struct folder *f, struct str text, size_t at)
{
	uint32_t cp;
	for (size_t i = 0, n; i < text.len; i += n) {
		n = utf8_next(text, i, &cp);
		if (cp < 0x300 || cp > 0x36f)
			put(f, text.p + i, n, at);
	}
}

static void put_cluster(struct folder *f, struct str cluster, size_t at)
{
	uint8_t buf[CLUSTER_MAX * 4];
	size_t len = sizeof(buf);
	uint32_t cp;
	utf8_next(cluster, 0, &cp);
	bool strips = is_latin(cp);
	uint8_t *folded = u8_casefold((const uint8_t *)cluster.p, cluster.len, NULL,
				      strips ? UNINORM_NFKD : UNINORM_NFKC, buf, &len);
	if (!folded) { /* malformed text is compared as it is */
		put(f, cluster.p, cluster.len, at);
		return;
	}
	struct str text = {(const char *)folded, len};
	if (strips)
		put_without_marks(f, text, at);
	else
		put(f, text.p, text.len, at);
	if (folded != buf)
		free(folded);
}

/* What begins at `at` cannot go on with the character before: the end, ASCII, Han, or the
 * punctuation and full-width forms of Chinese, of which none is a mark or a selector. */
static bool is_border(struct str text, size_t at)
{
	unsigned char c = at < text.len ? (unsigned char)text.p[at] : 0;
	if (c < 0x80 || (c >= 0xe4 && c <= 0xe9))
		return true;
	unsigned char next = at + 1 < text.len ? (unsigned char)text.p[at + 1] : 0;
	unsigned char last = at + 2 < text.len ? (unsigned char)text.p[at + 2] : 0;
	return (c == 0xe3 && next == 0x80 && last < 0xaa) || (c == 0xef && next == 0xbc);
}

/* The folded form of the Chinese character at `at` when it needs no table: Han and its punctuation
 * are themselves, full-width ASCII is its half-width self. Returns its bytes, 0 for anything else.
 */
static size_t fold_plain(struct str text, size_t at, char *out)
{
	unsigned char c = (unsigned char)text.p[at];
	if (text.len - at < 3 || !is_border(text, at + 3))
		return 0;
	unsigned char middle = (unsigned char)text.p[at + 1], last = (unsigned char)text.p[at + 2];
	bool is_han = c > 0xe4 ? c <= 0xe9 : c == 0xe4 && middle >= 0xb8;
	bool is_punct = c == 0xe3 && middle == 0x80 && last > 0x80 && last < 0xaa;
	if (is_han || is_punct) {
		memcpy(out, text.p + at, 3);
		return 3;
	}
	if (c != 0xef || middle != 0xbc || last < 0x81 || last > 0xba) /* U+FF01..FF3A */
		return 0;
	*out = (char)(last - 0x81 + '!');
	if (*out >= 'A' && *out <= 'Z')
		*out = (char)(*out + 32);
	return 1;
}

struct fold fold_make(struct arena *arena, struct str original)
{
	struct folder f = {.arena = arena, .cap = original.len + 16};
	f.text = arena_alloc(arena, f.cap);
	f.at = arena_alloc(arena, (f.cap + 1) * sizeof(*f.at));
	for (size_t at = 0; at < original.len;) {
		unsigned char c = (unsigned char)original.p[at];
		char plain[3];
		size_t len = 1, n;
		if (c < 0x80 && is_border(original, at + 1)) {
			plain[0] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : (char)c;
			put(&f, plain, 1, at);
		} else if (c >= 0x80 && (n = fold_plain(original, at, plain)) > 0) {
			len = 3;
			put(&f, plain, n, at);
		} else {
			len = cluster_len_extended(original, at);
			while (len > CLUSTER_MAX ||
			       (at + len < original.len && len > 1 &&
				((unsigned char)original.p[at + len] & 0xc0) == 0x80))
				len--;
			put_cluster(&f, str_sub(original, at, len), at);
		}
		at += len;
	}
	f.at[f.len] = (uint32_t)original.len;
	return (struct fold){{f.text, f.len}, f.at};
}

struct str fold_text(struct arena *arena, struct str original)
{
	return fold_make(arena, original).text;
}

struct str fold_source(const struct fold *fold, struct str original, size_t from, size_t to)
{
	size_t end = to;
	while (end < fold->text.len && end > 0 && fold->at[end] == fold->at[end - 1])
		end++;
	size_t start = fold->at[from];
	return str_sub(original, start, (to > from ? fold->at[end] : start) - start);
}
