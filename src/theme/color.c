/* Colours and styles: reading them, laying one over the other, and the nearest a terminal can show.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sulan/error.h>
#include <sulan/theme.h>

/* The sixteen names, and what xterm draws for them. */
static const struct {
	const char *name;
	uint8_t r, g, b;
} named[] = {
	{"black", 0, 0, 0},
	{"red", 205, 0, 0},
	{"green", 0, 205, 0},
	{"yellow", 205, 205, 0},
	{"blue", 0, 0, 238},
	{"magenta", 205, 0, 205},
	{"cyan", 0, 205, 205},
	{"white", 229, 229, 229},
	{"bright-black", 127, 127, 127},
	{"bright-red", 255, 0, 0},
	{"bright-green", 0, 255, 0},
	{"bright-yellow", 255, 255, 0},
	{"bright-blue", 92, 92, 255},
	{"bright-magenta", 255, 0, 255},
	{"bright-cyan", 0, 255, 255},
	{"bright-white", 255, 255, 255},
};

static const struct {
	const char *name;
	uint8_t attr;
	const char *sgr;
} attrs[] = {
	{"bold", ATTR_BOLD, "1"},       {"dim", ATTR_DIM, "2"},
	{"italic", ATTR_ITALIC, "3"},   {"underline", ATTR_UNDERLINE, "4"},
	{"reverse", ATTR_REVERSE, "7"}, {"strike", ATTR_STRIKE, "9"},
};

bool style_eq(struct style a, struct style b)
{
	return color_eq(a.fg, b.fg) && color_eq(a.bg, b.bg) && a.attrs == b.attrs &&
	       a.cleared == b.cleared;
}

struct style style_over(struct style base, struct style top)
{
	if (top.fg.kind != COLOR_INHERIT)
		base.fg = top.fg;
	if (top.bg.kind != COLOR_INHERIT)
		base.bg = top.bg;
	base.attrs = (uint8_t)((base.attrs & ~top.cleared) | top.attrs);
	return base;
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9'                 ? c - '0'
	       : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10
						    : -1;
}

static bool parse_color(struct str word, struct color *out)
{
	long index;
	if (str_is(word, "default")) {
		*out = (struct color){.kind = COLOR_DEFAULT};
		return true;
	}
	if (word.len == 7 && word.p[0] == '#') {
		uint8_t parts[3];
		for (size_t i = 0; i < 3; i++) {
			int high = hex_digit(word.p[1 + 2 * i]), low = hex_digit(word.p[2 + 2 * i]);
			if (high < 0 || low < 0)
				return false;
			parts[i] = (uint8_t)(high * 16 + low);
		}
		*out = (struct color){COLOR_RGB, parts[0], parts[1], parts[2]};
		return true;
	}
	for (size_t i = 0; i < 16; i++) {
		if (str_is(word, named[i].name)) {
			*out = (struct color){.kind = COLOR_INDEX, .r = (uint8_t)i};
			return true;
		}
	}
	if (!str_to_int(word, 0, 255, &index))
		return false;
	*out = (struct color){.kind = COLOR_INDEX, .r = (uint8_t)index};
	return true;
}

static bool parse_attr(struct str word, struct style *style)
{
	bool is_off = str_starts(word, "no-");
	if (is_off)
		word = str_from(word, 3);
	for (size_t i = 0; i < sizeof(attrs) / sizeof(*attrs); i++) {
		if (!str_is(word, attrs[i].name))
			continue;
		if (is_off)
			style->cleared |= attrs[i].attr;
		else
			style->attrs |= attrs[i].attr;
		return true;
	}
	return false;
}

static bool next_word(struct str *rest, struct str *word)
{
	size_t len = 0;
	*rest = str_trim(*rest);
	while (len < rest->len && rest->p[len] != ' ' && rest->p[len] != '\t')
		len++;
	*word = str_sub(*rest, 0, len);
	*rest = str_from(*rest, len);
	return len > 0;
}

bool style_parse(struct str text, struct style *out, struct error *err)
{
	struct style style = {0};
	struct color *next = &style.fg;
	struct str rest = text, word;
	while (next_word(&rest, &word)) {
		if (parse_attr(word, &style))
			continue;
		if (str_is(word, "on")) {
			next = &style.bg;
			continue;
		}
		if (!parse_color(word, next)) {
			char name[64];
			snprintf(name, sizeof(name), "%.*s", (int)word.len, word.p);
			return error_set(err, ERROR_CONFIG,
					 N_("“%s” is no attribute and no colour: bold, red, "
					    "0..255, #rrggbb"),
					 name);
		}
	}
	*out = style;
	return true;
}

/* What xterm draws for one of the 256. */
static void rgb_of(unsigned index, int *r, int *g, int *b)
{
	static const int steps[] = {0, 95, 135, 175, 215, 255};
	if (index < 16) {
		*r = named[index].r;
		*g = named[index].g;
		*b = named[index].b;
	} else if (index < 232) {
		*r = steps[(index - 16) / 36];
		*g = steps[(index - 16) / 6 % 6];
		*b = steps[(index - 16) % 6];
	} else {
		*r = *g = *b = 8 + 10 * (int)(index - 232);
	}
}

/* How far apart two colours are to the eye, by its weights for red, green and blue. */
static long distance(int r, int g, int b, unsigned index)
{
	int x, y, z;
	rgb_of(index, &x, &y, &z);
	long mean = (r + x) / 2, dr = r - x, dg = g - y, db = b - z;
	return (512 + mean) * dr * dr / 256 + 4 * dg * dg + (767 - mean) * db * db / 256;
}

static uint8_t nearest_16(int r, int g, int b)
{
	unsigned best = 0;
	for (unsigned i = 1; i < 16; i++)
		if (distance(r, g, b, i) < distance(r, g, b, best))
			best = i;
	return (uint8_t)best;
}

/* In degrees; `range` is from the least to the most of the three, and not 0. */
static int hue_of(int r, int g, int b, int range)
{
	if (r >= g && r >= b)
		return (60 * (g - b) / range + 360) % 360;
	return g >= b ? 120 + 60 * (b - r) / range : 240 + 60 * (r - g) / range;
}

/* For text whose plain nearest of the sixteen is a grey, as that of a soft colour is: groups told
 * apart by their colours would look alike. Only a colour about as light will do, and green, yellow
 * and cyan have no dark one: else -1. */
static int nearest_hue(int r, int g, int b)
{
	enum { GREY_RANGE = 40, NEAR_DEGREES = 40, LIGHT = 128 };
	static const struct {
		int hue, light, dark;
	} hues[] = {{0, 9, 1},     {60, 11, -1}, {120, 10, -1},
		    {180, 14, -1}, {240, 12, 4}, {300, 13, 5}};
	int most = r > g ? r : g, least = r < g ? r : g;
	most = most > b ? most : b;
	least = least < b ? least : b;
	if (most - least < GREY_RANGE)
		return -1;
	bool is_light = (2126 * r + 7152 * g + 722 * b) / 10000 >= LIGHT;
	int hue = hue_of(r, g, b, most - least), best = -1, apart = NEAR_DEGREES;
	for (size_t i = 0; i < sizeof(hues) / sizeof(*hues); i++) {
		int candidate = is_light ? hues[i].light : hues[i].dark;
		int degrees = abs(hue - hues[i].hue);
		degrees = degrees > 180 ? 360 - degrees : degrees;
		if (candidate >= 0 && degrees < apart) {
			apart = degrees;
			best = candidate;
		}
	}
	return best;
}

/* The step of the cube below or at a value: 0, 95, 135, 175, 215, 255. */
static unsigned step_below(int value)
{
	return value < 95 ? 0 : (unsigned)(value - 55) / 40;
}

/* Of the colour cube and the greys; the sixteen named ones are the reader's own and left alone.
 * What has a hue keeps it: a grey would be near, but would say nothing. */
static uint8_t nearest_256(int r, int g, int b)
{
	int most = r > g ? r : g, least = r < g ? r : g;
	most = most > b ? most : b;
	least = least < b ? least : b;
	bool has_hue = most - least >= 32;
	int mean = (r + g + b) / 3;
	unsigned best = mean < 8 ? 232 : mean > 238 ? 255 : 232 + (unsigned)(mean - 3) / 10;
	bool is_set = !has_hue;
	for (unsigned corner = 0; corner < 8; corner++) {
		unsigned x = step_below(r) + (corner & 1), y = step_below(g) + (corner >> 1 & 1),
			 z = step_below(b) + (corner >> 2);
		if (x > 5 || y > 5 || z > 5 || (has_hue && x == y && y == z))
			continue;
		unsigned cube = 16 + 36 * x + 6 * y + z;
		if (!is_set || distance(r, g, b, cube) < distance(r, g, b, best))
			best = cube;
		is_set = true;
	}
	return (uint8_t)best;
}

static struct color reduce(struct color color, enum color_depth depth, bool is_text)
{
	int r = color.r, g = color.g, b = color.b;
	if (color.kind == COLOR_INHERIT || color.kind == COLOR_DEFAULT)
		return color;
	if (depth == DEPTH_MONO)
		return (struct color){.kind = COLOR_DEFAULT};
	if (color.kind == COLOR_RGB && depth == DEPTH_256)
		return (struct color){.kind = COLOR_INDEX, .r = nearest_256(r, g, b)};
	if (depth > DEPTH_16 || (color.kind == COLOR_INDEX && color.r < 16))
		return color;
	if (color.kind == COLOR_INDEX)
		rgb_of(color.r, &r, &g, &b);
	int near = nearest_16(r, g, b);
	bool is_grey = near % 8 == 0 || near % 8 == 7;
	int hue = is_text && is_grey ? nearest_hue(r, g, b) : -1;
	return (struct color){.kind = COLOR_INDEX, .r = (uint8_t)(hue >= 0 ? hue : near)};
}

/* Terminals that show bold text in the bright colours make grey of bold black. On the terminal's
 * own background, which is light then, its own text colour is as dark; on another, black is, with a
 * line under it instead. */
static struct style keep_black(struct style style)
{
	bool is_black = style.fg.kind == COLOR_INDEX && style.fg.r == 0;
	if (!is_black || !(style.attrs & ATTR_BOLD))
		return style;
	if (style.bg.kind == COLOR_INDEX)
		style.attrs = (uint8_t)((style.attrs & ~ATTR_BOLD) | ATTR_UNDERLINE);
	else
		style.fg = (struct color){.kind = COLOR_DEFAULT};
	return style;
}

/* One of eight; none for grey: bold black is black on many terminals. */
static struct color dull(struct color color)
{
	if (color.kind != COLOR_INDEX || color.r < 8)
		return color;
	if (color.r == 8)
		return (struct color){.kind = COLOR_DEFAULT};
	return (struct color){.kind = COLOR_INDEX, .r = color.r - 8};
}

static struct style in_eight(struct style style)
{
	if (style.fg.kind == COLOR_INDEX && style.fg.r >= 8)
		style.attrs |= style.fg.r == 8 ? ATTR_DIM : ATTR_BOLD;
	style.fg = dull(style.fg);
	style.bg = dull(style.bg);
	return style;
}

struct style style_reduce(struct style style, enum color_depth depth)
{
	struct style out = style;
	out.fg = reduce(style.fg, depth, true);
	out.bg = reduce(style.bg, depth, false);
	if (depth == DEPTH_8)
		out = in_eight(out);
	bool is_lost = out.fg.kind == COLOR_INDEX && color_eq(out.fg, out.bg) &&
		       !color_eq(style.fg, style.bg);
	if (is_lost) /* two near colours fell together: the text must stay visible */
		out.bg = (struct color){.kind = COLOR_DEFAULT};
	return depth == DEPTH_8 || depth == DEPTH_16 ? keep_black(out) : out;
}

static int put_color(char *out, size_t size, struct color color, int base)
{
	if (color.kind == COLOR_RGB)
		return snprintf(out, size, ";%d;2;%d;%d;%d", base + 8, color.r, color.g, color.b);
	if (color.kind != COLOR_INDEX)
		return 0;
	if (color.r < 8)
		return snprintf(out, size, ";%d", base + color.r);
	if (color.r < 16)
		return snprintf(out, size, ";%d", base + 60 + color.r - 8);
	return snprintf(out, size, ";%d;5;%d", base + 8, color.r);
}

size_t style_sgr(struct style style, char out[STYLE_SGR_BYTES])
{
	size_t at = (size_t)snprintf(out, STYLE_SGR_BYTES, "\033[0");
	size_t start = at;
	for (size_t i = 0; i < sizeof(attrs) / sizeof(*attrs); i++)
		if (style.attrs & attrs[i].attr)
			at += (size_t)snprintf(out + at, STYLE_SGR_BYTES - at, ";%s", attrs[i].sgr);
	at += (size_t)put_color(out + at, STYLE_SGR_BYTES - at, style.fg, 30);
	at += (size_t)put_color(out + at, STYLE_SGR_BYTES - at, style.bg, 40);
	if (at == start)
		return 0;
	at += (size_t)snprintf(out + at, STYLE_SGR_BYTES - at, "m");
	return at;
}
