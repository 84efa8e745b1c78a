/* The executable's own wcwidth, in place of libc's: curses asks it for every character it places,
 * and must count columns as the layout does, or what follows on a line is drawn beside its place.
 */
#include "width.h"

#include <wchar.h>

#include "ink.h"

/* wcwidth takes nothing but the character, so what it goes by cannot be passed in: the one reason
 * for a variable here. Set before curses starts, by the one terminal there is. */
static struct text_policy policy_in_use = {.ambiguous = 1, .pictures = 1};

void width_use(struct text_policy policy)
{
	policy_in_use = policy;
}

int wcwidth(wchar_t wc)
{
	if (wc >= INK_FIRST_NAME && wc < INK_FIRST_NAME + INK_NAMES)
		return 2;
	return wc ? codepoint_cols((uint32_t)wc, &policy_in_use) : 0;
}
