/* From the bytes of a file to text: encodings, line ends, and what is no text at all. */
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/utf8.h>

#include "build.h"

static bool convert(struct arena *arena, struct str bytes, const char *encoding, struct str *out)
{
	iconv_t to = iconv_open("UTF-8", encoding);
	if (to == (iconv_t)-1)
		return false;
	size_t room = bytes.len * 3 + 16, in_left = bytes.len, out_left = room;
	char *text = arena_alloc(arena, room), *in = (char *)(uintptr_t)bytes.p, *end = text;
	bool ok = iconv(to, &in, &in_left, &end, &out_left) != (size_t)-1;
	iconv_close(to);
	*out = (struct str){text, (size_t)(end - text)};
	return ok;
}

static struct str lf_ends(struct arena *arena, struct str text)
{
	if (text.len == 0 || !memchr(text.p, '\r', text.len))
		return text;
	char *out = arena_alloc(arena, text.len + 1);
	size_t len = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] != '\r')
			out[len++] = text.p[i];
		else if (i + 1 >= text.len || text.p[i + 1] != '\n')
			out[len++] = '\n';
	}
	return (struct str){out, len};
}

/* Files that are something else, by how they begin or by their NUL bytes. */
static bool is_binary(struct str bytes)
{
	static const struct str magics[] = {
		{"\x7f"
		 "ELF",
		 4},
		{"\x1f\x8b", 2},
		{"\x89PNG", 4},
		{"%PDF-", 5},
		{"PK\x03\x04", 4},
		{"\xff\xd8\xff", 3},
		{"GIF8", 4},
		{"SQLite format 3", 15},
	};
	for (size_t i = 0; i < sizeof(magics) / sizeof(*magics); i++)
		if (str_eq(str_sub(bytes, 0, magics[i].len), magics[i]))
			return true;
	size_t n = 0;
	for (const char *p = bytes.p, *end = p + bytes.len;
	     p < end && (p = memchr(p, '\0', (size_t)(end - p))); p++)
		n++;
	return n * 20 > bytes.len;
}

static size_t count_repairs(struct str text)
{
	size_t n = 0;
	uint32_t cp;
	for (size_t at = 0, len; at < text.len; at += len) {
		len = utf8_next(text, at, &cp);
		n += cp == 0xfffd && !str_starts(str_from(text, at), "\xef\xbf\xbd");
	}
	return n;
}

/* Text of another encoding that was taken for GB18030 rarely is Chinese. */
static bool looks_chinese(struct str text)
{
	size_t n_common = 0, n_other = 0;
	uint32_t cp;
	for (size_t at = 0, len; at < text.len; at += len) {
		len = utf8_next(text, at, &cp);
		if (cp < 0x80)
			continue;
		bool is_common = (cp >= 0x4e00 && cp < 0xa000) || (cp >= 0x3000 && cp < 0x3040) ||
				 (cp >= 0xff00 && cp < 0xff60) || (cp >= 0x2010 && cp < 0x2040);
		n_common += is_common;
		n_other += !is_common;
	}
	return n_common > 0 && n_common >= n_other * 9;
}

static bool decode_unicode_16(struct arena *arena, struct str bytes, struct decoded *out)
{
	static const struct {
		struct str mark;
		const char *name;
	} marks[] = {
		{{"\xff\xfe\0\0", 4}, "UTF-32LE"},
		{{"\0\0\xfe\xff", 4}, "UTF-32BE"},
		{{"\xff\xfe", 2}, "UTF-16LE"},
		{{"\xfe\xff", 2}, "UTF-16BE"},
	};
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		if (!str_eq(str_sub(bytes, 0, marks[i].mark.len), marks[i].mark))
			continue;
		out->encoding = marks[i].name;
		return convert(arena, str_from(bytes, marks[i].mark.len), marks[i].name,
			       &out->text);
	}
	return false;
}

static bool decode_8(struct arena *arena, struct str bytes, struct decoded *out)
{
	if (str_starts(bytes, "\xef\xbb\xbf"))
		bytes = str_from(bytes, 3);
	out->encoding = "UTF-8";
	out->text = bytes;
	if (utf8_is_valid(bytes))
		return true;
	struct str chinese;
	if (convert(arena, bytes, "GB18030", &chinese) && looks_chinese(chinese)) {
		out->encoding = "GB18030";
		out->text = chinese;
		return true;
	}
	out->n_repaired = count_repairs(bytes);
	out->text = utf8_repair(arena, bytes);
	return out->n_repaired * 2 < bytes.len;
}

bool decode_text(struct arena *arena, struct str bytes, struct decoded *out, struct error *err)
{
	*out = (struct decoded){0};
	if (!decode_unicode_16(arena, bytes, out) &&
	    (is_binary(bytes) || !decode_8(arena, bytes, out)))
		return error_set(err, ERROR_INPUT,
				 N_("is not text that can be read; convert it to UTF-8 first"),
				 NULL);
	out->text = lf_ends(arena, out->text);
	if (str_trim(out->text).len == 0)
		return error_set(err, ERROR_INPUT, N_("is empty: there is nothing to read"), NULL);
	return true;
}
