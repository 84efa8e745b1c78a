/* Whether the pen can write a terminal: what its description says has to be what the pen says. */
#include "pen.h"

#include <stdio.h>
#include <string.h>

#include "caps.h"

static bool is_said(const char *name, const char *sequence)
{
	const char *text = caps_text(name);
	return text && strcmp(text, sequence) == 0;
}

/* The attributes that are said as everywhere; false when one is said another way. */
static bool find_attrs(struct pen *pen)
{
	static const struct {
		const char *name, *sequence;
		uint8_t attr;
	} ways[] = {
		{"bold", "\x1b[1m", ATTR_BOLD},   {"dim", "\x1b[2m", ATTR_DIM},
		{"sitm", "\x1b[3m", ATTR_ITALIC}, {"smul", "\x1b[4m", ATTR_UNDERLINE},
		{"rev", "\x1b[7m", ATTR_REVERSE},
	};
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		if (is_said(ways[i].name, ways[i].sequence))
			pen->attrs |= ways[i].attr;
		else if (caps_text(ways[i].name))
			return false;
	}
	if (caps_text("smxx") && caps_text("rmxx"))
		pen->attrs |= ATTR_STRIKE;
	return true;
}

static bool is_color_said(const char *name, int color, int plane)
{
	char wanted[16];
	const char *said = caps_text_of(name, color);
	snprintf(wanted, sizeof(wanted), "\x1b[%dm", pen_color_number(color, plane));
	return said && strcmp(said, wanted) == 0;
}

/* Eight colours, 16 or 256, by the numbers that nearly all terminals have for them. */
static bool find_colors(struct pen *pen)
{
	char mark[CAPS_MARK];
	int n = caps_number("colors");
	if (n >= 256 && caps_color_mark(mark)) {
		pen->between = mark[1];
		return strcmp(mark, "8;5;") == 0 || strcmp(mark, "8:5:") == 0;
	}
	if (n != 8 && n != 16)
		return false;
	for (int i = 0; i < n; i++)
		if (!is_color_said("setaf", i, 30) || !is_color_said("setab", i, 40))
			return false;
	return true;
}

/* The attributes that cannot be shown together with colours; false when it has others of them than
 * can be left out. */
static bool find_plain_only(struct pen *pen)
{
	static const struct {
		int bit; /* of ncv: see terminfo(5) */
		uint8_t attr;
	} bits[] = {{1 << 1, ATTR_UNDERLINE}, {1 << 4, ATTR_DIM}, {1 << 5, ATTR_BOLD}};
	const int unused = 1 << 0 | 1 << 3 | 1 << 6 | 1 << 7 | 1 << 8;
	int left = caps_number("ncv") > 0 ? caps_number("ncv") & ~unused : 0;
	for (size_t i = 0; i < sizeof(bits) / sizeof(*bits); i++)
		if (left & bits[i].bit) {
			pen->plain_only |= bits[i].attr;
			left &= ~bits[i].bit;
		}
	return left == 0;
}

bool pen_init(struct pen *pen, const struct ink_opts *opts)
{
	*pen = (struct pen){.opts = *opts};
	/* In the last column of the last row, the cursor has to wait for more (xenl). */
	if (!is_said("cup", "\x1b[%i%p1%d;%p2%dH") || !is_said("cuf", "\x1b[%p1%dC") ||
	    !is_said("el", "\x1b[K") || !caps_flag("xenl") || !find_plain_only(pen) ||
	    !find_colors(pen))
		return false;
	pen->has_back = caps_flag("bce");
	pen->can_erase = is_said("ech", "\x1b[%p1%dX");
	pen->can_scroll = is_said("csr", "\x1b[%i%p1%d;%p2%dr") && is_said("indn", "\x1b[%p1%dS") &&
			  is_said("rin", "\x1b[%p1%dT");
	return find_attrs(pen);
}
