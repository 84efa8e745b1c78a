/* The one mutable root of the reader, and what its parts are. Everything in src/ui works on it; a
 * part changes only what is its own: shelf.c the issues, reading.c the open one, search.c the
 * searches, view.c the stack of overlays. */
#ifndef ROOT_H
#define ROOT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sulan/app.h>
#include <sulan/canvas.h>
#include <sulan/config.h>
#include <sulan/date.h>
#include <sulan/error.h>
#include <sulan/issue.h>
#include <sulan/keymap.h>
#include <sulan/keywords.h>
#include <sulan/lookup.h>
#include <sulan/needle.h>
#include <sulan/options.h>
#include <sulan/page.h>
#include <sulan/port.h>
#include <sulan/query.h>
#include <sulan/stories.h>
#include <sulan/theme.h>
#include <sulan/triage.h>
#include <sulan/words.h>

#include "list.h"
#include "picks.h"

/* One issue the reader can go to. */
struct shelf_entry {
	const char *path;          /* NULL for an issue that was handed over already read */
	struct date date;          /* from its name or heading; of no date when unknown */
	const struct issue *issue; /* when it has been read */
	bool is_bad;               /* it could not be read */
};

struct shelf {
	struct arena *arena;
	struct shelf_entry *entries; /* newest first once app_start has run */
	size_t n, cap, now;
	const struct profiles *profiles; /* of the configuration */
};

/* Above every category's index: what stands beside the categories. */
#define TAB_ALL       UINT32_MAX
#define TAB_STARRED   (UINT32_MAX - 1)
#define TAB_LATER     (UINT32_MAX - 2)
#define TAB_DISMISSED (UINT32_MAX - 3)
#define TAB_TAG       (UINT32_MAX - 4) /* `name` is the tag */
#define TAB_INBOX     (UINT32_MAX - 5) /* of the library: what is unread */
#define TAB_VIEW      (UINT32_MAX - 6) /* of the library: `name` is a view of the configuration */

struct tab {
	struct str name;
	uint32_t category; /* index, or one of the above; those of the library come after TAB_TAG */
	bool is_uncounted;
	size_t n_stories, n_unread, n_hits;
};

struct hits {
	const struct hit *items;
	size_t n;
};

/* What counts and rows depend on, so that a key in a long list asks no story but those it is for.
 */
enum state_bit {
	STATE_READ = 1,
	STATE_STARRED = 2,
	STATE_LATER = 4,
	STATE_DISMISSED = 8,
	STATE_TAGGED = 16,
	STATE_NOTED = 32,
};

/* Which stories are to be seen. */
struct limit {
	struct arena *arena;
	char text[256];
	const struct query *query;  /* NULL when all are */
	struct stories_texts texts; /* of the library: what it asks of texts, answered */
};

/* The open issue and what is derived from it; of the library, all stories as one issue. */
struct reading {
	struct arena *arena; /* tabs, rows, hits: all made anew with the issue or its filter */
	struct arena *hits_arena;
	const struct issue *issue;
	struct stories *stories;  /* the library's, while it is open instead of an issue */
	unsigned long long stamp; /* of the index they were read from */
	bool is_mixed;            /* they are of several publications */
	struct arena *scratch;    /* of one match */
	struct limit view;        /* of the library: that of the tab, where it is a saved view */
	struct tab *tabs;
	size_t n_tabs, tab;
	size_t n_own_tabs,
		cap_tabs;      /* all and the categories; behind them what there is of marks */
	uint8_t *states;       /* enum state_bit, by story: as they were counted last */
	size_t n_unread_chars; /* characters and Latin words: what the reading time is made of */
	struct tab starred, later, dismissed; /* the counts of these tabs, shown or not */
	struct picks picks;                   /* by story */
	size_t n_tagged;                      /* stories that have a tag and are not dismissed */
	uint32_t *rows;                       /* story indexes that tab and limit let through */
	uint32_t stay; /* the story to be near to when rows are made anew, none of them selected */
	struct list list;
	struct hits *block_hits; /* keywords, by block */
	struct hits *title_hits; /* keywords in the one-line title, by story */
	uint32_t *story_hits;    /* their weights added up, by story */
};

enum focus { FOCUS_LIST, FOCUS_DETAIL };

/* Files that stories of the library were read from, the latest first. */
#define WHOLE_FILES 4
struct whole_stamp {
	long long sec, nsec, size;
};
struct whole_file {
	const struct issue *issue;
	struct whole_stamp stamp;
};
struct whole_cache {
	struct whole_file files[WHOLE_FILES];
};

/* Where the library was left. */
struct stacks_place {
	bool is_home;   /* the reader began there: there is no issue beneath */
	size_t n_files; /* that had been indexed when they were last read, while that goes on */
	uint32_t category;
	char tab[128], story[64];
};

/* The story on show. */
struct detail {
	struct arena *arena;           /* hits of a story of the library */
	const struct page *page;       /* NULL when there is no story */
	const struct issue *issue;     /* that has its text: links, blocks and hits count in it */
	const struct story *whole;     /* the story there */
	const struct hits *block_hits; /* keywords, by block of that issue */
	const struct hits *match_hits; /* of the search, by block; NULL when there is none */
	uint32_t story;                /* of the open issue */
	size_t top;                    /* first line shown */
	struct place place;            /* of that line: kept over a resize */
	int cols;                      /* what the page was made for */
	uint32_t entered;              /* the story, while it has the focus; UINT32_MAX */
	bool is_read_through;          /* its end was seen while the story had the focus */
	bool is_stale;                 /* the page has to be made anew */
};

/* A position of a search: a hit in a block of a story. */
struct match {
	uint32_t story, block, at, len;
};

struct search {
	struct arena *arena;
	char text[256];
	struct needle needle; /* of it */
	bool is_on;
	struct hits *block_hits; /* by block of the open issue; NULL when there is no search */
	const char *has;         /* of the library: by story, whether it is there; else NULL */
	bool has_now;
	struct match now;
};

enum history_kind {
	HISTORY_SEARCH,
	HISTORY_LIMIT,
	HISTORY_COMMAND,
	HISTORY_KEYWORD,
	HISTORY_TAG,
	HISTORY_NOTE,
	HISTORY_EXPORT,
	HISTORY_PIPE,
	HISTORY_KINDS
};
#define HISTORY_MAX 50

/* A mark that can be made again on other stories. */
struct mark {
	bool has_any;
	enum triage_field field;
	bool value;
	char text[256]; /* tags with blanks between them, or a note */
};

/* Stories on their way out, between the question where to and its answer. */
#define HANDING_BYTES 256
struct form;
struct handing {
	const struct form *form;     /* NULL: what the name of the file says */
	char filter[HANDING_BYTES];  /* what is handed on; "" for what is selected or starred */
	char refused[HANDING_BYTES]; /* a file that is there: the same answer again replaces it */
	char folder[HANDING_BYTES];  /* that was written to last, with its slash */
};

struct history {
	char *lines[HISTORY_MAX]; /* newest last; each from malloc */
	size_t n;
};

/* The stories of the library that go with one of these issues. */
struct threads {
	struct arena *arena;
	char id[64]; /* of the story they go with; empty: of none */
	struct lookup lookup;
	struct page_mention *mentions; /* the same for its page */
};

/* A story that was left for another, and where in it the reader was. */
struct jump {
	bool is_in_library; /* where all stories are one list */
	char *path;         /* else of its issue; from malloc */
	char id[64];
	char *search; /* words whose list the other one was opened from; from malloc; NULL: none */
	bool is_ranked;
	char found[64]; /* the other one */
	size_t top;
	enum focus focus;
};
#define JUMPS_MAX 32

struct jumps {
	struct jump items[JUMPS_MAX]; /* the last one last */
	size_t n;
};

#define VIEW_DEPTH 4
struct view;

/* The frame that was drawn last: what of it may stay when the next one is drawn. */
struct drawn {
	const struct issue *issue; /* NULL: something lay over it */
	uint32_t story;            /* in the detail pane */
	int rows, cols, border_col;
};

/* See keep.h. */
struct kept {
	bool is_whole;  /* the canvas shows how things are, but for the place in the list */
	bool has_moved; /* the last key did no more than that */
	size_t top, selected;
	int hint_col;
};

struct app {
	struct arena *arena; /* for the whole run */
	struct arena *frame; /* reset before each frame */
	const struct port *port;
	const struct config *config;
	struct options options;
	struct keymap *keymap;
	struct keystate keys;
	struct triage *triage;
	struct theme theme;
	struct app_opts opts;
	const struct words *words;
	struct canvas *canvas;
	struct drawn drawn;
	struct kept kept;
	struct shelf shelf;
	struct reading reading;
	struct detail detail;
	struct threads threads;
	struct jumps jumps;
	struct search search;
	struct limit limit;
	struct whole_cache wholes;
	struct stacks_place stacks;
	struct keyword *watch; /* the configuration's words and those added in this run */
	size_t n_watch, watch_cap;
	struct keywords *keywords;
	enum focus focus;
	bool is_zoomed;       /* the story alone, whatever the width */
	bool is_rushing;      /* keys come faster than the story is to follow */
	struct app_work work; /* on the index */
	struct view *views[VIEW_DEPTH];
	size_t n_views;
	struct history history[HISTORY_KINDS];
	struct mark last_mark;
	struct handing handing;
	unsigned mark_count; /* typed before the prompt for tags, a note or a command was opened */
	struct key ahead;    /* read before its time, by who asked whether there is one */
	bool has_ahead;
	char message[512];
	bool is_error;
	bool is_over;
};

/* The message in the reader's language. */
static inline const char *app_word(const struct app *app, const char *english)
{
	return words_get(app->words, english);
}

/* Puts a sentence on the message line until the next key; printf's rules, the format translated. */
void app_message(struct app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));
void app_error(struct app *app, const struct error *err);

/* A story that was gone into and read to its end is read when the reader goes elsewhere, where the
 * options say so; one that was only looked at beside the list is not. Before the story or its issue
 * is another. */
void app_leave_story(struct app *app);

/* The story on show or selected; NULL when the list is empty. */
const struct story *app_story(const struct app *app);

/* Measures and speaks as the terminal and the options say: where only ASCII is shown, no language
 * but English can be read, and that is said once. */
void app_take_policy(struct app *app);

/* Takes in effect bits, once per burst of keys: reload, filter, lay out; drawing is the loop's. The
 * list at once, the story when it is to be seen. */
void app_settle_list(struct app *app, unsigned effects);
void app_settle_story(struct app *app);

/* One key through views and keymap. Returns effect bits. */
unsigned app_key(struct app *app, struct key key);

/* A sequence that waited for a longer one is done as it is. Returns effect bits. */
unsigned app_late_key(struct app *app);

/* Paints everything on the canvas. */
void app_draw(struct app *app);

/* Draws everything but the story beside the list, which stays as it was; false when there is
 * nothing of it that could stay. */
bool app_draw_list(struct app *app);

#endif
