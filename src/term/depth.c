/* How many colours the terminal can be asked for. */
#include "inside.h"

#include <string.h>

#include "caps.h"

static bool says_true_color(const struct term_opts *opts)
{
	const char *colorterm = opts->colorterm ? opts->colorterm : "";
	bool is_tmux = opts->tmux && *opts->tmux, is_screen = opts->sty && *opts->sty;
	if (is_tmux || is_screen) /* tmux takes any colour, and shows what it can */
		return is_tmux;
	return strcmp(colorterm, "truecolor") == 0 || strcmp(colorterm, "24bit") == 0 ||
	       caps_has_true_color();
}

enum color_depth terminal_depth(const struct term_opts *opts, int n_colors)
{
	enum color_depth most = DEPTH_MONO;
	char mark[CAPS_MARK];
	if (n_colors >= 8)
		most = DEPTH_8;
	if (n_colors >= 16)
		most = DEPTH_16;
	if (n_colors >= 256)
		most = DEPTH_256;
	if (most == DEPTH_256 && caps_color_mark(mark) &&
	    (says_true_color(opts) || !opts->is_depth_auto))
		most = DEPTH_TRUE;
	return opts->depth < most ? opts->depth : most;
}
