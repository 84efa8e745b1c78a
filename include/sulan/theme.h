/* layer: theme
 *
 * From roles to styles. A theme is an INI text: `name`, `kind = dark|light`, and in [roles] lines
 * `role = [attribute…] [foreground] [on background]`, with attributes bold dim italic underline
 * reverse strike (no- before one takes it away) and colours `default`, the 16 names (red,
 * bright-blue, …), 0..255 or #rrggbb. A role not named takes its parent's style.
 */
#ifndef SULAN_THEME_H
#define SULAN_THEME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sulan/role.h>
#include <sulan/str.h>

struct arena;
struct error;

enum color_kind {
	COLOR_INHERIT, /* what is below shows through */
	COLOR_DEFAULT, /* the terminal's own */
	COLOR_INDEX,   /* r is 0..255 */
	COLOR_RGB,
};

struct color {
	uint8_t kind, r, g, b;
};

static inline bool color_eq(struct color a, struct color b)
{
	return a.kind == b.kind && a.r == b.r && a.g == b.g && a.b == b.b;
}

enum style_attr {
	ATTR_BOLD = 1,
	ATTR_DIM = 2,
	ATTR_ITALIC = 4,
	ATTR_UNDERLINE = 8,
	ATTR_REVERSE = 16,
	ATTR_STRIKE = 32,
};

struct style {
	struct color fg, bg;
	uint8_t attrs;
	uint8_t cleared; /* attributes taken away from what is below */
};

bool style_eq(struct style a, struct style b);

/* `top` laid over `base`. */
struct style style_over(struct style base, struct style top);

enum color_depth { DEPTH_MONO, DEPTH_8, DEPTH_16, DEPTH_256, DEPTH_TRUE };

/* The nearest style a terminal of that depth can show; nothing but attributes for DEPTH_MONO. Where
 * there are eight colours, the bright ones are bold. */
struct style style_reduce(struct style style, enum color_depth depth);

/* "bold #ff8800 on default" to a style. */
bool style_parse(struct str text, struct style *out, struct error *err);

/* The SGR sequence that turns everything off and this style on, for output without curses; returns
 * its bytes (0 for the plain style). `style` is already reduced. */
#define STYLE_SGR_BYTES 64
size_t style_sgr(struct style style, char out[STYLE_SGR_BYTES]);

struct theme {
	char name[32];
	bool is_light;
	struct style styles[ROLE_COUNT];
};

/* Called for each line that is not understood; `err` has file and line. */
typedef void theme_warn(void *self, const struct error *err);

/* Reads a theme; lines that are not understood are reported and skipped, so it always succeeds.
 * `path` is for messages. */
void theme_parse(struct theme *theme, struct str text, const char *path, theme_warn *warn,
		 void *self);

/* A baked theme by name ("ink"). False when there is none. */
bool theme_baked(struct theme *theme, const char *name);

#endif
