/* The option table: the one place that knows an option's name, range, standard and meaning. */
#include <sulan/error.h>
#include <sulan/options.h>

#define FIELD(member) offsetof(struct options, member), sizeof(((struct options *)0)->member)

static const char *const densities[] = {"comfort", "compact", NULL};
static const char *const selections[] = {"edge", "title", NULL};
static const char *const ambiguities[] = {"auto", "1", "2", NULL};
static const char *const pictures[] = {"auto", "plain", NULL};
static const char *const levels[] = {"basic", "gb", "strict", "none", NULL};
static const char *const depths[] = {"auto", "mono", "16", "256", "true", NULL};

static const char *const starts[] = {"newest", "inbox", NULL};

const struct option option_table[] = {
	{"theme", OPTION_TEXT, FIELD(theme), 0, 0, NULL, "auto", EFFECT_THEME,
	 N_("name of a theme or a file; auto: ink, paper on a light terminal, mono without "
	    "colours")},
	{"lang", OPTION_TEXT, FIELD(lang), 0, 0, NULL, "auto", EFFECT_NONE,
	 N_("language of the interface: auto, zh_CN, en")},
	{"measure", OPTION_INT, FIELD(measure), 20, 200, NULL, "80", EFFECT_RELAYOUT,
	 N_("widest column of text in a story; 80 columns are 40 Han characters")},
	{"density", OPTION_CHOICE, FIELD(density), 0, 0, densities, "comfort", EFFECT_REDRAW,
	 N_("two rows (comfort) or one (compact) for a story in the list")},
	{"selection", OPTION_CHOICE, FIELD(selection), 0, 0, selections, "edge", EFFECT_REDRAW,
	 N_("what of the selected row is marked: its edge, which costs the fewest bytes on a slow "
	    "line, or its title as well")},
	{"split", OPTION_INT, FIELD(split), 20, 80, NULL, "42", EFFECT_RELAYOUT,
	 N_("percent of the width for the list")},
	{"two-panes", OPTION_INT, FIELD(two_panes), 40, 400, NULL, "100", EFFECT_RELAYOUT,
	 N_("columns from which list and story stand side by side")},
	{"ambiguous", OPTION_CHOICE, FIELD(ambiguous), 0, 0, ambiguities, "auto", EFFECT_RELAYOUT,
	 N_("columns of “ ” — … ① on this terminal")},
	{"emoji", OPTION_CHOICE, FIELD(emoji), 0, 0, pictures, "auto", EFFECT_RELAYOUT,
	 N_("sequences and the newest pictures as the terminal shows them, or plain")},
	{"hyperlinks", OPTION_BOOL, FIELD(hyperlinks), 0, 0, NULL, "yes", EFFECT_NONE,
	 N_("links that the terminal itself can open; read at the start")},
	{"kinsoku", OPTION_CHOICE, FIELD(kinsoku), 0, 0, levels, "basic", EFFECT_RELAYOUT,
	 N_("how strictly punctuation is kept off the start and end of lines")},
	{"hanging", OPTION_BOOL, FIELD(hanging), 0, 0, NULL, "no", EFFECT_RELAYOUT,
	 N_("let a comma or full stop hang behind the end of a full line")},
	{"spacing", OPTION_BOOL, FIELD(spacing), 0, 0, NULL, "no", EFFECT_RELAYOUT,
	 N_("show a space between Han and Latin, which is in no copy")},
	{"colors", OPTION_CHOICE, FIELD(colors), 0, 0, depths, "auto", EFFECT_NONE,
	 N_("colours to use; read at the start")},
	{"mouse", OPTION_BOOL, FIELD(mouse), 0, 0, NULL, "yes", EFFECT_NONE,
	 N_("take part in the mouse; read at the start")},
	{"highlight", OPTION_BOOL, FIELD(highlight), 0, 0, NULL, "yes", EFFECT_REDRAW,
	 N_("light the keywords")},
	{"start", OPTION_CHOICE, FIELD(start), 0, 0, starts, "newest", EFFECT_NONE,
	 N_("what is opened when no file is named: the newest issue, or the library with all that "
	    "is unread")},
	{"hints", OPTION_BOOL, FIELD(hints), 0, 0, NULL, "yes", EFFECT_REDRAW,
	 N_("show keys in the bottom row")},
	{"read-on", OPTION_BOOL, FIELD(read_on), 0, 0, NULL, "yes", EFFECT_NONE,
	 N_("going on at the end of a story marks it read")},
	{"read-open", OPTION_BOOL, FIELD(read_open), 0, 0, NULL, "no", EFFECT_NONE,
	 N_("going into a story marks it read")},
	{"read-leave", OPTION_BOOL, FIELD(read_leave), 0, 0, NULL, "no", EFFECT_NONE,
	 N_("leaving a story whose end was seen marks it read")},
	{"open", OPTION_TEXT, FIELD(open), 0, 0, NULL, "auto", EFFECT_NONE,
	 N_("how links are opened: auto, browser, command, remote, handover, copy, qr, or a "
	    "program "
	    "with {url}")},
};
const size_t option_count = sizeof(option_table) / sizeof(*option_table);
