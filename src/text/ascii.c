/* Glyphs in ASCII, for a terminal that shows nothing else. */
#include <sulan/glyph.h>

#include <string.h>
#include <uninorm.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

/* What compatibility forms do not lead to; the characters of a row are shown by its sign. */
static const struct {
	const char *chars;
	char sign;
} signs[] = {
	{"“”„«»「」『』", '"'},
	{"‘’‚‹›′", '\''},
	{"‐–—―─━═", '-'},
	{"│┃║▏▎", '|'},
	{"┌┐└┘├┤┬┴┼╭╮╰╯", '+'},
	{"▌█▓▒░■▇▆▅▄▃▂▁", '#'},
	{"•·●○・◦▪★☆", '*'},
	{"。", '.'},
	{"、", ','},
	{"《〈", '<'},
	{"》〉→", '>'},
	{"【〔", '['},
	{"】〕", ']'},
	{"×", 'x'},
	{"←", '<'},
	{"↑", '^'},
	{"↓", 'v'},
	{"øØ°", 'o'},
	{"łŁ", 'l'},
	{"đĐ", 'd'},
	{"ß", 's'},
	{"æÆ", 'a'},
	{"œŒ", 'o'},
	{"ı", 'i'},
	{"−", '-'},
};

static bool is_ascii(uint8_t c)
{
	return c >= ' ' && c <= '~';
}

static bool is_letter(uint8_t c)
{
	return (uint8_t)((c | 0x20) - 'a') < 26 || (uint8_t)(c - '0') < 10;
}

static char sign_of(struct str bytes)
{
	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++)
		if (str_find(str_of(signs[i].chars), bytes, 0) != STR_NOT_FOUND)
			return signs[i].sign;
	return '?';
}

void glyph_ascii(const struct glyph *glyph, char out[2])
{
	enum { EXPANSION = 11 }; /* of UTF-8 by NFKD, at most */
	uint8_t parts[GLYPH_BYTES * EXPANSION];
	size_t len = sizeof(parts), n = 0;
	struct str bytes = {glyph->bytes, glyph->len};
	uint32_t first;
	out[0] = out[1] = ' ';
	if (glyph->len == 0)
		return;
	if (u8_normalize(UNINORM_NFKD, (const uint8_t *)glyph->bytes, glyph->len, parts, &len) !=
	    parts)
		len = 0;
	while (n < len && is_ascii(parts[n]))
		n++;
	if ((n == len && n > 0) || (n > 0 && is_letter(parts[0])))
		memcpy(out, parts, n < glyph->cols ? n : glyph->cols);
	else
		out[0] = sign_of(str_sub(bytes, 0, utf8_next(bytes, 0, &first)));
}

struct str text_ascii(struct arena *arena, struct str text, const struct text_policy *policy)
{
	struct strbuf buf = strbuf_make(arena);
	for (size_t at = 0; at < text.len;) {
		struct glyph glyph;
		char ascii[2];
		at += glyph_next(text, at, policy, &glyph);
		glyph_ascii(&glyph, ascii);
		strbuf_put(&buf, (struct str){ascii, glyph.cols});
	}
	return strbuf_str(&buf);
}
