/* Questions to terminfo, asked so that no answer ends the process. */
#include "caps.h"

#include <string.h>
#include <curses.h>
#include <term.h>

#include <sulan/str.h>

bool caps_begin(const char *type, int fd)
{
	int status = 0;
	return setupterm(type, fd, &status) == OK;
}

void caps_end(void)
{
	del_curterm(cur_term);
}

bool caps_known(const char *type, int fd, bool *has_screen)
{
	*has_screen = false;
	if (!caps_begin(type, fd))
		return false;
	*has_screen = caps_text("cup") != NULL;
	caps_end();
	return true;
}

const char *caps_text(const char *name)
{
	const char *text = tigetstr(name);
	return text == (char *)-1 ? NULL : text;
}

const char *caps_text_of(const char *name, int number)
{
	const char *pattern = caps_text(name);
	return pattern ? tiparm(pattern, number) : NULL;
}

bool caps_flag(const char *name)
{
	return tigetflag(name) > 0;
}

int caps_number(const char *name)
{
	return tigetnum(name);
}

/* "\e[3", the mark, "200m": what is between; false when that is not how the colour is said. */
static bool color_mark(const char *capability, const char *plane, char mark[CAPS_MARK])
{
	const char *said = caps_text_of(capability, 200);
	struct str text = str_of(said ? said : "");
	if (!str_starts(text, plane) || !str_ends(text, "200m"))
		return false;
	text = str_sub(text, strlen(plane), text.len - strlen(plane) - strlen("200m"));
	if (text.len == 0 || text.len >= CAPS_MARK)
		return false;
	memcpy(mark, text.p, text.len);
	mark[text.len] = '\0';
	return true;
}

bool caps_color_mark(char mark[CAPS_MARK])
{
	char back[CAPS_MARK];
	return color_mark("setaf", "\x1b[3", mark) && color_mark("setab", "\x1b[4", back) &&
	       strcmp(mark, back) == 0;
}

bool caps_has_true_color(void)
{
	/* RGB may be a flag, a number or a text; "Tc" is tmux's, setrgbf that of a few others. */
	return caps_flag("RGB") || caps_number("RGB") > 0 || caps_text("RGB") || caps_flag("Tc") ||
	       caps_text("setrgbf");
}
