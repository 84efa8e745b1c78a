/* Questions to terminfo, asked so that no answer ends the process. */
#include "caps.h"

#include <string.h>
#include <curses.h>
#include <term.h>

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

bool caps_flag(const char *name)
{
	return tigetflag(name) > 0;
}

int caps_number(const char *name)
{
	return tigetnum(name);
}

static bool makes(const char *capability, const char *expected)
{
	const char *pattern = caps_text(capability);
	const char *text = pattern ? tiparm(pattern, 200) : NULL;
	return text && strcmp(text, expected) == 0;
}

bool caps_has_numbered_colors(void)
{
	return makes("setaf", "\x1b[38;5;200m") && makes("setab", "\x1b[48;5;200m");
}
