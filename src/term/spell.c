/* What curses wrote on the way to the terminal: names are spelled out, and looks are said at once
 * and where something is to be seen of them. */
#include "ink_inside.h"

#include <stdio.h>
#include <string.h>

#include <sulan/arena.h>

/* Looks are said in one sequence, and only before something that can be seen. What ends all of them
 * makes those before it needless. */
static void add_looks(struct inks *inks, struct str says)
{
	struct str part, rest = says;
	bool is_reset = !str_cut(&rest, ';', &part) || part.len == 0 || str_is(part, "0");
	if (is_reset) {
		inks->n_looks = 0;
		inks->is_ended = true;
		says = rest;
	}
	inks->has_looks = true;
	if (says.len == 0 || inks->n_looks + says.len + 1 > sizeof(inks->looks))
		return;
	if (inks->n_looks)
		inks->looks[inks->n_looks++] = ';';
	memcpy(inks->looks + inks->n_looks, says.p, says.len);
	inks->n_looks += says.len;
}

static void add_color(struct inks *inks, struct color c, char plane)
{
	char text[32];
	int len;
	if (c.kind == COLOR_RGB)
		len = snprintf(text, sizeof(text), "%c8;2;%d;%d;%d", plane, c.r, c.g, c.b);
	else if (c.kind == COLOR_INDEX)
		len = snprintf(text, sizeof(text), "%c8;5;%d", plane, c.r);
	else
		len = snprintf(text, sizeof(text), "%c9", plane);
	add_looks(inks, (struct str){text, (size_t)len});
}

static void put_looks(struct inks *inks, struct strbuf *out)
{
	if (!inks->has_looks)
		return;
	strbuf_puts(out, inks->is_ended && inks->n_looks ? "\x1b[0;" : "\x1b[");
	strbuf_put(out, (struct str){inks->looks, inks->n_looks});
	strbuf_putc(out, 'm');
	inks->n_looks = 0;
	inks->has_looks = inks->is_ended = false;
}

static bool same_link(const struct ink *a, const struct ink *b)
{
	return a == b || (a && b && a->link_id == b->link_id && strcmp(a->url, b->url) == 0);
}

/* Before text, and before cells are erased or moved: how they look, the link and the line through
 * it. */
static void settle(struct inks *inks, struct strbuf *out)
{
	const struct ink *ink = inks->wanted, *linked = ink && ink->url ? ink : NULL;
	bool is_struck = ink && ink->is_struck;
	if (is_struck != inks->is_struck)
		add_looks(inks, is_struck ? STR("9") : STR("29"));
	inks->is_struck = is_struck;
	put_looks(inks, out);
	if (!same_link(linked, inks->linked) && linked)
		strbuf_printf(out, "\x1b]8;id=sulan-%u;%s\x1b\\", (unsigned)linked->link_id,
			      linked->url);
	else if (!same_link(linked, inks->linked))
		strbuf_puts(out, "\x1b]8;;\x1b\\");
	inks->linked = linked;
}

/* The number in what says a colour, of plane '3' or '4'; -1 when it says something else. */
static long named(const struct inks *inks, struct str says)
{
	long number;
	if (says.len < 2 || (says.p[0] != '3' && says.p[0] != '4') ||
	    !str_starts(str_from(says, 1), inks->mark) ||
	    !str_to_int(str_from(says, 1 + strlen(inks->mark)), 0, N_SLOTS - 1, &number))
		return -1;
	return inks->slots[number].is_used ? number : -1;
}

/* Whether what a sequence says ends the foreground's colour; all attributes end with it. */
static bool is_plain(struct str says, bool *is_reset)
{
	struct str part;
	bool is_color = says.len == 0;
	*is_reset = says.len == 0;
	while (str_cut(&says, ';', &part)) {
		*is_reset |= part.len == 0 || str_is(part, "0");
		is_color |= part.len == 2 && (part.p[0] == '3' || part.p[0] == '9');
	}
	return is_color || *is_reset;
}

/* "\e[", what is said, "m". */
static void spell_looks(struct inks *inks, struct str sequence)
{
	struct str says = str_sub(sequence, 2, sequence.len - 3);
	long number = named(inks, says);
	bool is_reset;
	if (number >= 0) {
		const struct ink *ink = &inks->slots[number];
		add_color(inks, ink->color, says.p[0]);
		if (says.p[0] == '3')
			inks->wanted = ink;
		return;
	}
	add_looks(inks, says);
	if (is_plain(says, &is_reset))
		inks->wanted = NULL;
	inks->is_struck &= !is_reset;
}

/* Bytes of the control sequence at the front, and what it is: the last byte of a CSI or control
 * character, '(' for a character set, 0 for anything else. ECMA-48 as terminfo uses it. */
static size_t control_len(struct str s, char *what)
{
	size_t at = 2;
	*what = *s.p == '\x1b' ? '\0' : *s.p;
	if (*s.p != '\x1b' || s.len < 2)
		return 1;
	if (s.p[1] == '(' || s.p[1] == ')') {
		*what = '(';
		return s.len < 3 ? s.len : 3;
	}
	if (s.p[1] != '[')
		return 2;
	while (at < s.len && (s.p[at] < '@' || s.p[at] > '~'))
		at++;
	*what = at < s.len ? s.p[at] : '\0';
	return at < s.len ? at + 1 : at;
}

/* The glyph of a name at the front, NULL for anything else. */
static const struct glyph *glyph_named(const struct inks *inks, struct str s)
{
	const unsigned char *p = (const unsigned char *)s.p;
	if (s.len < 4 || p[0] != 0xF3 || p[1] != 0xB0)
		return NULL;
	size_t name = (size_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
	return name < inks->n_names ? &inks->names[name] : NULL;
}

/* One control sequence; returns its bytes. What only moves the cursor looks like nothing. Nothing
 * here ever switches to another character set: back again is said once, in case someone else did.
 */
static size_t spell_control(struct inks *inks, struct strbuf *out, struct str s)
{
	char what;
	size_t len = control_len(s, &what);
	if (what == 'm' && s.p[2] != '>' && s.p[2] != '?') {
		spell_looks(inks, str_sub(s, 0, len));
		return len;
	}
	if (what == '(' && !inks->is_fresh)
		return len;
	if (!what || !strchr("HABCDGdf\r\b(", what))
		settle(inks, out);
	strbuf_put(out, str_sub(s, 0, len));
	return len;
}

/* Text up to the next control sequence; returns its bytes. */
static size_t spell_text(struct inks *inks, struct strbuf *out, struct str s)
{
	const struct glyph *glyph = NULL;
	size_t len = 0;
	settle(inks, out);
	while (len < s.len && (unsigned char)s.p[len] >= ' ' &&
	       !(glyph = glyph_named(inks, str_from(s, len))))
		len++;
	strbuf_put(out, str_sub(s, 0, len));
	if (glyph)
		strbuf_put(out, (struct str){glyph->bytes, glyph->len});
	return glyph ? len + 4 : len;
}

struct str inks_spell(struct inks *inks, struct arena *arena, struct str from)
{
	struct strbuf out = strbuf_make(arena);
	for (size_t at = 0; at < from.len;) {
		struct str rest = str_from(from, at);
		bool is_text = (unsigned char)*rest.p >= ' ';
		at += is_text ? spell_text(inks, &out, rest) : spell_control(inks, &out, rest);
	}
	if (inks->linked)
		inks->wanted = NULL;
	settle(inks, &out);
	inks->is_fresh = false;
	return strbuf_str(&out);
}

void inks_refresh(struct inks *inks)
{
	inks->is_fresh = true;
}
