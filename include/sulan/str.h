/* layer: base
 *
 * Borrowed bytes and a builder. A `struct str` never owns what it points at and need not end in
 * NUL; `len` is bytes. A builder grows in an arena.
 */
#ifndef SULAN_STR_H
#define SULAN_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct arena;

struct str {
	const char *p;
	size_t len;
};

#define STR_NOT_FOUND ((size_t)-1)

/* A literal as a str, usable in static tables. */
#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})

static inline bool str_eq(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

bool str_is(struct str a, const char *cstr);
int str_compare(struct str a, struct str b);     /* by bytes, as memcmp */
int str_order(const void *a, const void *b);     /* the same of two by address, for qsort */
bool str_same_ascii(struct str a, struct str b); /* equal but for the case of A-Z */
/* The same for Latin, Greek and Cyrillic letters of two bytes, too. */
bool str_same_letters(struct str a, struct str b);
/* `s` with such letters small: as many bytes, to `out`. Equal for texts that have the same letters.
 */
void str_put_small(struct str s, char *out);

/* NULL gives the empty str. Then: part of `s` from byte `at`, at most `len` bytes; clipped to what
 * is there. The analyzer is not to see that an empty text may be NULL: it would have it for any
 * text. */
#ifdef __clang_analyzer__
struct str str_of(const char *cstr);
struct str str_sub(struct str s, size_t at, size_t len);
#else
static inline struct str str_of(const char *cstr)
{
	return cstr ? (struct str){cstr, strlen(cstr)} : (struct str){NULL, 0};
}

static inline struct str str_sub(struct str s, size_t at, size_t len)
{
	if (at > s.len)
		at = s.len;
	if (len > s.len - at)
		len = s.len - at;
	return (struct str){s.p ? s.p + at : NULL, len};
}
#endif

static inline struct str str_from(struct str s, size_t at)
{
	return str_sub(s, at, s.len);
}

/* In place, as they are asked of every line: with a literal they are a comparison or two. */
static inline bool str_starts(struct str s, const char *prefix)
{
	size_t len = strlen(prefix);
	return s.len >= len && (len == 0 || memcmp(s.p, prefix, len) == 0);
}

static inline bool str_ends(struct str s, const char *suffix)
{
	size_t len = strlen(suffix);
	return s.len >= len && (len == 0 || memcmp(s.p + (s.len - len), suffix, len) == 0);
}

/* Without the ASCII white space, U+3000 and U+00A0 at both ends. */
struct str str_trim(struct str s);

/* Byte where `needle` first occurs at or after `at`, or STR_NOT_FOUND. */
size_t str_find(struct str s, struct str needle, size_t at);

/* Where the line that byte `at` is in ends: at the next LF or VT (which stands for the line feed of
 * a paragraph), or at s.len. */
size_t str_line_end(struct str s, size_t at);

/* Takes the part before the next `separator` off the front of `*rest`. False when `*rest` was
 * used up: `*rest` then is {NULL, 0}. Start with the whole text; "a,,b" gives three parts. */
bool str_cut(struct str *rest, char separator, struct str *part);

/* `s` as a NUL-terminated copy in the arena. */
char *str_dup(struct arena *arena, struct str s);
/* The same as a str. */
struct str str_copy(struct arena *arena, struct str s);

/* Whole of `s` as a decimal number in lo..hi; false otherwise. */
bool str_to_int(struct str s, long lo, long hi, long *out);

/* FNV-1a over the bytes, going on from `seed` (start with STR_HASH_SEED). */
#define STR_HASH_SEED 0xcbf29ce484222325ULL
unsigned long long str_hash(struct str s, unsigned long long seed);

struct strbuf {
	struct arena *arena;
	char *p;
	size_t len, cap;
};

struct strbuf strbuf_make(struct arena *arena);
/* Makes room for `more` bytes that are about to come. */
void strbuf_reserve(struct strbuf *buf, size_t more);
void strbuf_put(struct strbuf *buf, struct str s);
void strbuf_puts(struct strbuf *buf, const char *cstr);
void strbuf_putc(struct strbuf *buf, char c);
void strbuf_put_number(struct strbuf *buf, unsigned long n); /* in decimal */
void strbuf_printf(struct strbuf *buf, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* What has been built; valid until the next put. Always NUL-terminated behind `len`. */
struct str strbuf_str(const struct strbuf *buf);

#endif
