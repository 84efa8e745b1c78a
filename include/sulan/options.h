/* layer: options
 *
 * The option table and the configuration file. Options are plain values in `struct options`,
 * changed only through options_set, which says what the change makes stale.
 */
#ifndef SULAN_OPTIONS_H
#define SULAN_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/glyph.h>
#include <sulan/str.h>

struct arena;
struct error;

/* What a command or an option makes stale; settled once per burst of keys, in this order. */
enum effect {
	EFFECT_NONE = 0,
	EFFECT_REDRAW = 1,
	EFFECT_RELAYOUT = 2, /* the pages at the present widths */
	EFFECT_REFILTER = 4, /* rows, counts, hits */
	EFFECT_RELOAD = 8,   /* the file */
	EFFECT_THEME = 16,
	EFFECT_QUIT = 32,
};

enum density { DENSITY_COMFORT, DENSITY_COMPACT }; /* two rows or one for a story */

enum start { START_NEWEST, START_INBOX }; /* what is opened when nothing is named */

enum selection { SELECTION_EDGE, SELECTION_TITLE }; /* what of the selected row is laid over */

struct options {
	char theme[64];
	char lang[16];  /* auto, zh_CN, en */
	int measure;    /* widest text column of the detail pane, in columns */
	int density;    /* enum density */
	int selection;  /* enum selection */
	int split;      /* percent of the width for the list */
	int two_panes;  /* columns from which list and detail stand side by side */
	int ambiguous;  /* 0 auto, 1, 2 */
	int emoji;      /* 0 auto, 1 plain */
	int hyperlinks; /* bool: links as links of the terminal */
	int kinsoku;    /* enum wrap_level */
	int hanging;    /* bool: one of 、，。 may stand behind the end of a line */
	int spacing;    /* bool: an empty column between Han and Latin */
	int colors;     /* 0 auto, else 1 mono, 2 16, 3 256, 4 true */
	int mouse;      /* bool */
	int highlight;  /* bool: keywords are lit */
	int start;      /* enum start */
	int hints;      /* bool: the hint line */
	int read_on;    /* bool: reading on at the end of a story marks it read */
	int read_open;  /* bool: going into a story marks it read */
	int read_leave; /* bool: leaving a story after its end was seen marks it read */
	char open[256]; /* auto, or the words of a command with {url} */
};

enum option_type { OPTION_BOOL, OPTION_INT, OPTION_CHOICE, OPTION_TEXT };

struct option {
	const char *name;
	enum option_type type;
	size_t offset, size;        /* in struct options; size of a text */
	long lo, hi;                /* OPTION_INT */
	const char *const *choices; /* OPTION_CHOICE: NULL-terminated; the value is the index */
	const char *standard;       /* default, as one would write it */
	unsigned effects;
	const char *help; /* one line, marked for translation */
};

extern const struct option option_table[];
extern const size_t option_count;

/* All options at their defaults, set by options_set from the table's texts. */
void options_init(struct options *options);

/* What they say of how text is measured, over what is known of the terminal. */
struct text_policy options_policy(const struct options *options, struct text_policy known);

const struct option *option_find(struct str name);

/* Sets one option from text; `*effects` (may be NULL) gets the bits it makes stale. False with
 * `err` when there is no such option or the value is out of range: the message says what is
 * allowed. */
bool options_set(struct options *options, struct str name, struct str value, unsigned *effects,
		 struct error *err);

/* The present value as it would be written; returns `buf`. */
const char *options_show(const struct options *options, const struct option *option, char *buf,
			 size_t size);

#endif
