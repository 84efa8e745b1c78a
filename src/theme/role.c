/* The roles: names, what each starts from, and what it is. */
#include <sulan/role.h>

#include <sulan/error.h>

struct row {
	const char *name;
	enum role parent;
	const char *help;
};

static const struct row table[] = {
	[ROLE_TEXT] = {"text", ROLE_TEXT, N_("everything else starts from it")},
	[ROLE_TITLE] = {"title", ROLE_TEXT, N_("the title of the story")},
	[ROLE_META] = {"meta", ROLE_TEXT,
		       N_("the line under the title: category, sources, fields")},
	[ROLE_LABEL] = {"label", ROLE_TEXT, N_("section labels, as 核心洞察")},
	[ROLE_LEAD] = {"lead", ROLE_TEXT, N_("the opening of a bullet up to its colon")},
	[ROLE_HEADING] = {"heading", ROLE_TITLE, N_("headings inside a story")},
	[ROLE_QUOTE] = {"quote", ROLE_TEXT, N_("quoted text")},
	[ROLE_CODE] = {"code", ROLE_TEXT, N_("code")},
	[ROLE_LINK] = {"link", ROLE_TEXT, N_("text of a link")},
	[ROLE_IMAGE] = {"image", ROLE_META, N_("the description of an image")},
	[ROLE_BULLET] = {"bullet", ROLE_LABEL, N_("signs and numbers in front of list items")},
	[ROLE_RULE] = {"rule", ROLE_META, N_("thematic breaks")},
	[ROLE_SOURCE] = {"source", ROLE_LINK, N_("names of sources")},
	[ROLE_SOURCE_NUMBER] = {"source-number", ROLE_META, N_("numbers of links")},
	[ROLE_HOST] = {"host", ROLE_META, N_("hosts of links")},
	[ROLE_MATCH] = {"match", ROLE_TEXT, N_("matches of a search")},
	[ROLE_MATCH_NOW] = {"match-now", ROLE_MATCH, N_("the match just gone to")},
	[ROLE_KEYWORD_1] = {"keyword-1", ROLE_TEXT, N_("the first group of keywords")},
	[ROLE_KEYWORD_2] = {"keyword-2", ROLE_KEYWORD_1, N_("the second group of keywords")},
	[ROLE_KEYWORD_3] = {"keyword-3", ROLE_KEYWORD_1, N_("the third group of keywords")},
	[ROLE_KEYWORD_4] = {"keyword-4", ROLE_KEYWORD_1, N_("the fourth group of keywords")},
	[ROLE_KEYWORD_5] = {"keyword-5", ROLE_KEYWORD_1, N_("the fifth group of keywords")},
	[ROLE_KEYWORD_6] = {"keyword-6", ROLE_KEYWORD_1, N_("the sixth group of keywords")},
	[ROLE_HEADER] = {"header", ROLE_TEXT, N_("the top row")},
	[ROLE_HEADER_NAME] = {"header-name", ROLE_HEADER, N_("the name of the program")},
	[ROLE_HEADER_DATE] = {"header-date", ROLE_HEADER, N_("dates in the top row")},
	[ROLE_TAB] = {"tab", ROLE_TEXT, N_("tabs")},
	[ROLE_TAB_NOW] = {"tab-now", ROLE_TAB, N_("the tab on show")},
	[ROLE_TAB_COUNT] = {"tab-count", ROLE_META, N_("numbers of unread stories")},
	[ROLE_BORDER] = {"border", ROLE_META, N_("lines between the panes")},
	[ROLE_SCROLL] = {"scroll", ROLE_META, N_("how far the story has been read")},
	[ROLE_HINT] = {"hint", ROLE_META, N_("the bottom row")},
	[ROLE_HINT_KEY] = {"hint-key", ROLE_LABEL, N_("keys in the bottom row")},
	[ROLE_MESSAGE] = {"message", ROLE_TEXT, N_("messages")},
	[ROLE_ERROR] = {"error", ROLE_TEXT, N_("messages of what went wrong")},
	[ROLE_PROMPT] = {"prompt", ROLE_TEXT, N_("the line being typed")},
	[ROLE_OVERLAY] = {"overlay", ROLE_TEXT, N_("help and pickers")},
	[ROLE_OVERLAY_TITLE] = {"overlay-title", ROLE_LABEL, N_("titles in help and pickers")},
	[ROLE_OVERLAY_KEY] = {"overlay-key", ROLE_LABEL,
			      N_("keys and letters in help and pickers")},
	[ROLE_ROW_TITLE] = {"row-title", ROLE_TEXT, N_("titles in the list")},
	[ROLE_ROW_READ] = {"row-read", ROLE_META, N_("titles that have been read")},
	[ROLE_ROW_META] = {"row-meta", ROLE_META, N_("the second line of a row")},
	[ROLE_ROW_NOW] = {"row-now", ROLE_TEXT,
			  N_("laid over the selected row: its edge, or its title")},
	[ROLE_ROW_HELD] = {"row-held", ROLE_TEXT, N_("the same while the story has the focus")},
	[ROLE_MARKER] = {"marker", ROLE_LABEL, N_("the bar before the selected row")},
	[ROLE_UNREAD] = {"unread", ROLE_LABEL, N_("the dot before an unread story")},
	[ROLE_STAR] = {"star", ROLE_LABEL, N_("the sign of a starred story")},
	[ROLE_LATER] = {"later", ROLE_LABEL, N_("the sign of a story kept for later")},
	[ROLE_HITS] = {"hits", ROLE_KEYWORD_1, N_("numbers of keyword hits")},
	[ROLE_HEAT_0] = {"heat-0", ROLE_META, N_("days with nothing unread")},
	[ROLE_HEAT_1] = {"heat-1", ROLE_TEXT, N_("days with a little unread")},
	[ROLE_HEAT_2] = {"heat-2", ROLE_HEAT_1, N_("days with some unread")},
	[ROLE_HEAT_3] = {"heat-3", ROLE_HEAT_2, N_("days with much unread")},
	[ROLE_HEAT_4] = {"heat-4", ROLE_HEAT_3, N_("days with very much unread")},
};
_Static_assert(sizeof(table) / sizeof(*table) == ROLE_COUNT, "a row for each role");

const char *role_name(enum role role)
{
	return table[role].name;
}

const char *role_help(enum role role)
{
	return table[role].help;
}

enum role role_parent(enum role role)
{
	return table[role].parent;
}

bool role_find(struct str name, enum role *out)
{
	for (enum role role = 0; role < ROLE_COUNT; role++) {
		if (str_is(name, table[role].name)) {
			*out = role;
			return true;
		}
	}
	return false;
}
