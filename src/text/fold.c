/* Search folding: case, width and compatibility forms made one (NFKC and casefold), marks of Latin
 * letters dropped, traditional characters simplified, each folded byte with the way back to its
 * original. */
#include <sulan/fold.h>

#include <assert.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

#include "cluster.h"
#include "variants.h"

enum {
	PART_MAX = 16,     /* a base and its marks; what marks are more than that are dropped */
	PART_BYTES = 2048, /* what they may become: 18 code points each at the worst */
};

struct folder {
	struct arena *arena;
	struct str source;
	char *p;
	uint32_t *at; /* NULL when nobody asks for the way back */
	size_t len, cap;
	bool is_mapped;
	bool is_exact; /* traditional characters stay */
};

static void make_room(struct folder *f, size_t more)
{
	if (f->len + more < f->cap)
		return;
	size_t cap = (f->len + more) * 2;
	char *p = arena_alloc(f->arena, cap);
	memcpy(p, f->p, f->len);
	f->p = p;
	if (f->is_mapped) {
		uint32_t *at = arena_alloc(f->arena, cap * sizeof(at[0]));
		memcpy(at, f->at, f->len * sizeof(at[0]));
		f->at = at;
	}
	f->cap = cap;
}

static void put(struct folder *f, const char *bytes, size_t n, size_t from)
{
	make_room(f, n);
	memcpy(f->p + f->len, bytes, n);
	for (size_t i = 0; f->is_mapped && i < n; i++)
		f->at[f->len + i] = (uint32_t)from;
	f->len += n;
}

static bool is_mark(uint32_t cp)
{
	return cp >= 0x300 && ucd_gcb(ucd_of(cp)) == GCB_EXTEND && !(ucd_of(cp) & UCD_PICTOGRAPH);
}

/* The later part of a Korean syllable. */
static bool is_jamo_rest(uint32_t cp)
{
	enum gcb g = ucd_gcb(ucd_of(cp));
	return g == GCB_V || g == GCB_T;
}

static bool is_hidden(uint32_t cp)
{
	enum gcb g = ucd_gcb(ucd_of(cp));
	return g == GCB_CONTROL_HIDDEN || g == GCB_EXTEND_HIDDEN || g == GCB_ZWJ;
}

static bool is_latin(uint32_t cp)
{
	return (cp | 0x20) - 'a' < 26 || (cp >= 0xC0 && cp < 0x250 && cp != 0xD7 && cp != 0xF7) ||
	       (cp >= 0x1E00 && cp < 0x1F00);
}

/* Without the marks that stand on Latin letters. */
static size_t strip(uint32_t *cps, size_t n)
{
	size_t kept = 0;
	bool on_latin = false;
	for (size_t i = 0; i < n; i++) {
		bool mark = is_mark(cps[i]);
		if (!mark)
			on_latin = is_latin(cps[i]);
		if (!(mark && on_latin))
			cps[kept++] = cps[i];
	}
	return kept;
}

/* The simplified character that a traditional one stands for; itself for any other. */
static uint32_t simplify(uint32_t cp)
{
	size_t lo = 0, hi = variant_count;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (variant_table[mid].from < cp)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < variant_count && variant_table[lo].from == cp ? variant_table[lo].into : cp;
}

static void fold_part(struct folder *f, const uint32_t *part, size_t n, size_t from)
{
	uint32_t wide[PART_BYTES / 4], whole[PART_BYTES / 4];
	size_t n_wide = sizeof(wide) / sizeof(wide[0]), n_whole = n_wide;
	if (u32_casefold(part, n, NULL, UNINORM_NFKD, wide, &n_wide) != wide)
		return;
	n_wide = strip(wide, n_wide);
	if (u32_normalize(UNINORM_NFC, wide, n_wide, whole, &n_whole) != whole)
		return;
	for (size_t i = 0; i < n_whole; i++) {
		char bytes[4];
		size_t len = utf8_put(f->is_exact ? whole[i] : simplify(whole[i]), bytes);
		put(f, bytes, len, from);
	}
}

static void put_han(struct folder *f, uint32_t cp, size_t from)
{
	char bytes[4];
	size_t n = utf8_put(simplify(cp), bytes);
	put(f, bytes, n, from);
}

/* A base and the marks on it; returns where it ends. */
static size_t fold_slowly(struct folder *f, size_t at)
{
	uint32_t part[PART_MAX], cp;
	size_t n = 0, from = at;
	while (at < f->source.len) {
		size_t len = utf8_next(f->source, at, &cp);
		bool hidden = is_hidden(cp), mark = is_mark(cp);
		bool goes_on = hidden || mark || (is_jamo_rest(cp) && n < PART_MAX);
		if (n > 0 && !goes_on)
			break;
		at += len;
		if (!hidden && n < PART_MAX)
			part[n++] = cp;
	}
	if (n > 0)
		fold_part(f, part, n, from);
	return at;
}

/* Han and its punctuation, which fold to themselves unless a mark follows. */
static bool is_stable(uint32_t cp)
{
	return (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3001 && cp <= 0x3029) || cp == 0x2014 ||
	       (cp >= 0x2018 && cp <= 0x201D);
}

static size_t fold_next(struct folder *f, size_t at)
{
	uint32_t cp;
	size_t end = at + utf8_next(f->source, at, &cp);
	bool is_plain = cluster_is_plain_border(f->source, end);
	char c = (char)cp;
	if (is_plain && !f->is_exact && variant_may_be(cp)) {
		put_han(f, cp, at);
		return end;
	}
	if (is_plain && is_stable(cp)) {
		put(f, f->source.p + at, end - at, at);
		return end;
	}
	if (is_plain && cp >= 0xFF01 && cp <= 0xFF5E) {
		cp -= 0xFF01 - '!';
		c = (char)cp;
	}
	if (is_plain && cp < 0x80) {
		c = c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
		put(f, &c, 1, at);
		return end;
	}
	return fold_slowly(f, at);
}

/* The bulk of all texts, in short: what is a cluster of its own and folds to itself or to its small
 * letter. 0 for anything else, which is left to the long way. */
static size_t fold_plain(struct folder *f, size_t at)
{
	const unsigned char *p = (const unsigned char *)f->source.p + at;
	size_t n = cluster_plain_shown(f->source, at);
	if (n == 0 || f->len + n >= f->cap)
		return 0;
	char *out = f->p + f->len;
	if (n == 1) {
		*out = (char)(p[0] >= 'A' && p[0] <= 'Z' ? p[0] + ('a' - 'A') : p[0]);
	} else {
		uint32_t cp = (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
		if (n != 3 || cp < 0x4E00 || cp > 0x9FFF || (!f->is_exact && variant_may_be(cp)))
			return 0;
		memcpy(out, p, 3);
	}
	for (size_t i = 0; f->is_mapped && i < n; i++)
		f->at[f->len + i] = (uint32_t)at;
	f->len += n;
	return n;
}

static struct folder fold(struct arena *arena, struct str original, bool is_mapped, bool is_exact)
{
	assert(original.len < UINT32_MAX);
	struct folder f = {
		.arena = arena, .source = original, .is_mapped = is_mapped, .is_exact = is_exact};
	f.cap = original.len + 16;
	f.p = arena_alloc(arena, f.cap);
	if (is_mapped)
		f.at = arena_alloc(arena, f.cap * sizeof(f.at[0]));
	for (size_t at = 0; at < original.len;) {
		size_t n = fold_plain(&f, at);
		at = n ? at + n : fold_next(&f, at);
	}
	make_room(&f, 1);
	f.p[f.len] = '\0';
	return f;
}

struct fold fold_make(struct arena *arena, struct str original)
{
	struct folder f = fold(arena, original, true, false);
	f.at[f.len] = (uint32_t)original.len;
	return (struct fold){{f.p, f.len}, f.at};
}

struct str fold_text(struct arena *arena, struct str original)
{
	struct folder f = fold(arena, original, false, false);
	return (struct str){f.p, f.len};
}

struct str fold_name(struct arena *arena, struct str original)
{
	struct folder f = fold(arena, original, false, true);
	return (struct str){f.p, f.len};
}

struct str fold_source(const struct fold *fold, struct str original, size_t from, size_t to)
{
	assert(from <= to && to <= fold->text.len);
	size_t start = fold->at[from], end = to;
	if (from == to)
		return str_sub(original, start, 0);
	while (end < fold->text.len && fold->at[end] == fold->at[to - 1])
		end++;
	return str_sub(original, start, fold->at[end] - start);
}
