/* Names for curses, and what they stand for. A name is given to the foreground's colour for a link
 * and a line through the text as well: curses says the foreground anew wherever it changes. */
#include "ink.h"

/* curses has a key_name of its own, which nobody calls. */
#define key_name curses_key_name
#include <curses.h>
#undef key_name
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>

#include "caps.h"

enum { MAX_PAIRS = 1024, N_SLOTS = 256, FIRST_SLOT = 16, CROWD = 200, NONE = -1, FREE = -2 };

struct ink {
	bool is_used, is_kept;
	bool is_struck;
	struct color color;
	uint32_t link_id;
	char *url; /* NULL: no link */
};

struct inks {
	struct ink_opts opts;
	int n_colors; /* whose numbers are the terminal's own: 0, 8, 16 or 256 */
	int max_pairs;
	bool has_names, has_strike;
	char mark[CAPS_MARK];
	struct ink slots[N_SLOTS];
	size_t n_slots;
	struct {
		int fg, bg; /* FREE: none; NONE: the terminal's own */
		bool is_kept;
	} pairs[MAX_PAIRS]; /* from 1: 0 is the terminal's own */
	int n_pairs;
	struct glyph names[INK_NAMES];
	size_t n_names;
	bool is_full;
	/* The last that was asked for. */
	struct style style;
	uint16_t link;
	unsigned links_age;
	struct ink_look look;
	/* What the terminal has been told. */
	bool is_struck;
	const struct ink *linked, *wanted; /* the link that is open, and that of the next text */
};

struct inks *inks_new(const struct ink_opts *opts, int n_colors, int max_pairs)
{
	struct inks *inks = mem_new(sizeof(*inks));
	inks->opts = *opts;
	inks->has_names = n_colors >= N_SLOTS && caps_color_mark(inks->mark);
	inks->has_strike = inks->has_names && caps_text("smxx") && caps_text("rmxx");
	/* Where numbers beyond 8 are colours themselves, none of them is ours. */
	inks->n_colors = n_colors > N_SLOTS ? 8 : n_colors;
	inks->max_pairs = max_pairs < MAX_PAIRS ? max_pairs : MAX_PAIRS;
	inks_forget(inks);
	return inks;
}

static void free_slot(struct inks *inks, struct ink *ink)
{
	if (!ink->is_used)
		return;
	if (inks->wanted == ink)
		inks->wanted = NULL;
	free(ink->url);
	*ink = (struct ink){0};
	inks->n_slots--;
}

void inks_forget(struct inks *inks)
{
	for (size_t i = 0; i < N_SLOTS; i++)
		free_slot(inks, &inks->slots[i]);
	inks->n_pairs = 1;
	inks->n_names = 0;
	inks->is_full = false;
	inks->style = (struct style){0};
	inks->link = 0;
	inks->look = (struct ink_look){0};
}

void inks_free(struct inks *inks)
{
	if (!inks)
		return;
	inks_forget(inks);
	free(inks);
}

bool inks_take_full(struct inks *inks)
{
	bool is_full = inks->is_full;
	inks->is_full = false;
	return is_full;
}

bool inks_are_crowded(const struct inks *inks)
{
	return inks->n_slots > CROWD || inks->n_pairs > inks->max_pairs * 3 / 4;
}

void inks_begin_sweep(struct inks *inks)
{
	for (size_t i = 0; i < N_SLOTS; i++)
		inks->slots[i].is_kept = false;
	for (int i = 1; i < inks->n_pairs; i++)
		inks->pairs[i].is_kept = false;
}

void inks_keep(struct inks *inks, struct ink_look look)
{
	if (look.pair <= 0)
		return;
	int both[] = {inks->pairs[look.pair].fg, inks->pairs[look.pair].bg};
	inks->pairs[look.pair].is_kept = true;
	for (int i = 0; i < 2; i++)
		if (both[i] >= 0 && both[i] < N_SLOTS)
			inks->slots[both[i]].is_kept = true;
}

void inks_sweep(struct inks *inks)
{
	for (size_t i = 0; i < N_SLOTS; i++)
		if (!inks->slots[i].is_kept)
			free_slot(inks, &inks->slots[i]);
	for (int i = 1; i < inks->n_pairs; i++)
		if (!inks->pairs[i].is_kept)
			inks->pairs[i].fg = inks->pairs[i].bg = FREE;
	inks->style = (struct style){0};
	inks->link = 0;
	inks->look = (struct ink_look){0};
}

static bool same_color(struct color a, struct color b)
{
	return a.kind == b.kind && a.r == b.r && a.g == b.g && a.b == b.b;
}

static bool same_ink(const struct ink *a, const struct ink *b)
{
	return same_color(a->color, b->color) && a->is_struck == b->is_struck &&
	       a->link_id == b->link_id && !a->url == !b->url &&
	       (!a->url || strcmp(a->url, b->url) == 0);
}

static char *copy_text(const char *text)
{
	size_t size = strlen(text) + 1;
	return memcpy(mem_new(size), text, size);
}

/* The number that stands for the ink from now on. */
static int slot_of(struct inks *inks, const struct ink *ink)
{
	int free_at = 0;
	for (int i = FIRST_SLOT; i < N_SLOTS; i++) {
		if (inks->slots[i].is_used && same_ink(&inks->slots[i], ink))
			return i;
		if (!free_at && !inks->slots[i].is_used)
			free_at = i;
	}
	if (!free_at) {
		inks->is_full = true;
		return NONE;
	}
	struct ink *slot = &inks->slots[free_at];
	*slot = *ink;
	slot->is_used = true;
	slot->url = ink->url ? copy_text(ink->url) : NULL;
	inks->n_slots++;
	return free_at;
}

/* A colour by the numbers the terminal has; bold is how the bright ones shine where there are
 * eight, but for grey: bold black is black on many terminals. */
static int plain_number(const struct inks *inks, struct color color, unsigned long *attrs)
{
	if (color.kind != COLOR_INDEX)
		return NONE;
	if (color.r >= 8 && inks->n_colors == 8) {
		*attrs |= color.r == 8 ? A_DIM : A_BOLD;
		return color.r == 8 ? NONE : color.r - 8;
	}
	return color.r < inks->n_colors ? color.r : NONE;
}

static int number_of(struct inks *inks, const struct ink *ink, unsigned long *attrs)
{
	bool is_beyond = ink->color.kind == COLOR_RGB ||
			 (ink->color.kind == COLOR_INDEX && ink->color.r >= FIRST_SLOT);
	if (inks->has_names && (is_beyond || ink->is_struck || ink->url))
		return slot_of(inks, ink);
	return plain_number(inks, ink->color, attrs);
}

static int pair_of(struct inks *inks, int fg, int bg)
{
	int at = inks->n_pairs;
	if (fg < 0 && bg < 0)
		return 0;
	for (int i = inks->n_pairs - 1; i > 0; i--) {
		if (inks->pairs[i].fg == fg && inks->pairs[i].bg == bg)
			return i;
		if (inks->pairs[i].fg == FREE)
			at = i;
	}
	if (at >= inks->max_pairs) {
		inks->is_full = true;
		return 0;
	}
	if (init_extended_pair(at, fg, bg) != OK)
		return 0;
	inks->pairs[at].fg = fg;
	inks->pairs[at].bg = bg;
	inks->n_pairs += at == inks->n_pairs;
	return at;
}

static unsigned long attrs_of(const struct inks *inks, uint8_t attrs)
{
	static const struct {
		uint8_t ours;
		attr_t theirs;
	} same[] = {
		{ATTR_BOLD, A_BOLD},           {ATTR_DIM, A_DIM},         {ATTR_ITALIC, A_ITALIC},
		{ATTR_UNDERLINE, A_UNDERLINE}, {ATTR_REVERSE, A_REVERSE},
	};
	unsigned long result = A_NORMAL;
	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++)
		if (attrs & same[i].ours)
			result |= same[i].theirs;
	if ((attrs & ATTR_STRIKE) && !inks->has_strike)
		result |= A_DIM;
	return result;
}

static struct ink_look make_look(struct inks *inks, struct style style,
				 const struct canvas_link *link)
{
	style = style_reduce(style, inks->opts.depth);
	struct ink_look look = {.attrs = attrs_of(inks, style.attrs)};
	struct ink fg = {.color = style.fg}, bg = {.color = style.bg};
	unsigned long ignored = A_NORMAL;
	fg.is_struck = inks->has_strike && (style.attrs & ATTR_STRIKE);
	if (link) {
		fg.link_id = link->id;
		fg.url = (char *)link->url;
	}
	if (inks->opts.depth != DEPTH_MONO || inks->has_names) {
		int fg_number = number_of(inks, &fg, &look.attrs);
		look.pair = pair_of(inks, fg_number, number_of(inks, &bg, &ignored));
	}
	return look;
}

struct ink_look inks_look(struct inks *inks, const struct cell *cell, const struct canvas *canvas)
{
	uint16_t link = inks->opts.has_links && inks->has_names ? cell->link : 0;
	if (link == inks->link && canvas->links_age == inks->links_age &&
	    style_eq(cell->style, inks->style))
		return inks->look;
	inks->look = make_look(inks, cell->style, link ? &canvas->links[link - 1] : NULL);
	inks->style = cell->style;
	inks->link = link;
	inks->links_age = canvas->links_age;
	return inks->look;
}

wchar_t inks_name(struct inks *inks, const struct glyph *glyph)
{
	for (size_t i = 0; i < inks->n_names; i++)
		if (inks->names[i].len == glyph->len &&
		    memcmp(inks->names[i].bytes, glyph->bytes, glyph->len) == 0)
			return (wchar_t)(INK_FIRST_NAME + i);
	if (inks->n_names == INK_NAMES) {
		inks->is_full = true;
		return L'\xfffd';
	}
	inks->names[inks->n_names] = *glyph;
	return (wchar_t)(INK_FIRST_NAME + inks->n_names++);
}

static void say_color(struct strbuf *out, struct color c, char plane)
{
	if (c.kind == COLOR_RGB)
		strbuf_printf(out, "\x1b[%c8;2;%d;%d;%dm", plane, c.r, c.g, c.b);
	else if (c.kind == COLOR_INDEX)
		strbuf_printf(out, "\x1b[%c8;5;%dm", plane, c.r);
	else
		strbuf_printf(out, "\x1b[%c9m", plane);
}

static bool same_link(const struct ink *a, const struct ink *b)
{
	return a == b || (a && b && a->link_id == b->link_id && strcmp(a->url, b->url) == 0);
}

/* Before text, and before cells are erased or moved: the link and the line through it. */
static void settle(struct inks *inks, struct strbuf *out)
{
	const struct ink *ink = inks->wanted, *linked = ink && ink->url ? ink : NULL;
	bool is_struck = ink && ink->is_struck;
	if (is_struck != inks->is_struck)
		strbuf_puts(out, is_struck ? "\x1b[9m" : "\x1b[29m");
	inks->is_struck = is_struck;
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
static void spell_looks(struct inks *inks, struct strbuf *out, struct str sequence)
{
	struct str says = str_sub(sequence, 2, sequence.len - 3);
	long number = named(inks, says);
	bool is_reset;
	if (number >= 0) {
		const struct ink *ink = &inks->slots[number];
		say_color(out, ink->color, says.p[0]);
		if (says.p[0] == '3')
			inks->wanted = ink;
		return;
	}
	strbuf_put(out, sequence);
	if (is_plain(says, &is_reset))
		inks->wanted = NULL;
	inks->is_struck &= !is_reset;
}

/* Bytes of the control sequence at the front, and its last one: ECMA-48 as terminfo uses it. */
static size_t control_len(struct str s, char *final)
{
	size_t at = 2;
	*final = '\0';
	if ((unsigned char)*s.p < ' ')
		*final = *s.p;
	if (*s.p != '\x1b' || s.len < 2)
		return 1;
	if (s.p[1] == '(' || s.p[1] == ')')
		return s.len < 3 ? s.len : 3;
	if (s.p[1] != '[')
		return 2;
	while (at < s.len && (s.p[at] < '@' || s.p[at] > '~'))
		at++;
	*final = at < s.len ? s.p[at] : '\0';
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

/* One control sequence; returns its bytes. */
static size_t spell_control(struct inks *inks, struct strbuf *out, struct str s)
{
	char final;
	size_t len = control_len(s, &final);
	if (final == 'm') {
		spell_looks(inks, out, str_sub(s, 0, len));
		return len;
	}
	if (final && strchr("KJX@PLMb", final))
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
	if (inks->n_slots == 0 && inks->n_names == 0)
		return from;
	struct strbuf out = strbuf_make(arena);
	for (size_t at = 0; at < from.len;) {
		struct str rest = str_from(from, at);
		bool is_text = (unsigned char)*rest.p >= ' ';
		at += is_text ? spell_text(inks, &out, rest) : spell_control(inks, &out, rest);
	}
	if (inks->linked) {
		inks->wanted = NULL;
		settle(inks, &out);
	}
	return strbuf_str(&out);
}
