/* layer: theme
 *
 * What a piece of the screen is. Layout and views speak in roles; a theme says what a role looks
 * like. The table in role.c has a name, a parent to inherit from and a line of help for each.
 */
#ifndef SULAN_ROLE_H
#define SULAN_ROLE_H

#include <stdbool.h>

#include <sulan/str.h>

enum role {
	ROLE_TEXT,
	/* the story */
	ROLE_TITLE,
	ROLE_META,
	ROLE_LABEL,
	ROLE_LEAD,
	ROLE_HEADING,
	ROLE_QUOTE,
	ROLE_CODE,
	ROLE_LINK,
	ROLE_IMAGE,
	ROLE_BULLET,
	ROLE_RULE,
	ROLE_SOURCE,
	ROLE_SOURCE_NUMBER,
	ROLE_HOST,
	/* marks laid over text */
	ROLE_MATCH,
	ROLE_MATCH_NOW,
	ROLE_KEYWORD_1,
	ROLE_KEYWORD_2,
	ROLE_KEYWORD_3,
	ROLE_KEYWORD_4,
	ROLE_KEYWORD_5,
	ROLE_KEYWORD_6,
	/* the frame */
	ROLE_HEADER,
	ROLE_HEADER_NAME,
	ROLE_HEADER_DATE,
	ROLE_TAB,
	ROLE_TAB_NOW,
	ROLE_TAB_COUNT,
	ROLE_BORDER,
	ROLE_SCROLL,
	ROLE_HINT,
	ROLE_HINT_KEY,
	ROLE_MESSAGE,
	ROLE_ERROR,
	ROLE_PROMPT,
	ROLE_OVERLAY,
	ROLE_OVERLAY_TITLE,
	ROLE_OVERLAY_KEY,
	/* the list */
	ROLE_ROW_TITLE,
	ROLE_ROW_READ,
	ROLE_ROW_META,
	ROLE_ROW_NOW,  /* laid over the selected row: its edge, or its title */
	ROLE_ROW_HELD, /* the same while the focus is elsewhere */
	ROLE_MARKER,
	ROLE_UNREAD,
	ROLE_STAR,
	ROLE_LATER,
	ROLE_HITS,
	/* days of the calendar, by how much of them is unread */
	ROLE_HEAT_0,
	ROLE_HEAT_1,
	ROLE_HEAT_2,
	ROLE_HEAT_3,
	ROLE_HEAT_4,
	ROLE_COUNT
};

/* "row-title" and the like; never NULL. */
const char *role_name(enum role role);
const char *role_help(enum role role);
/* The role whose style it starts from; ROLE_TEXT is its own parent. */
enum role role_parent(enum role role);
bool role_find(struct str name, enum role *out);

#endif
