/* Overlays and prompts: a view is a const table of verbs and private state behind it. The views
 * stand on a stack above the panes; the top one sees keys and commands first. */
#ifndef VIEW_H
#define VIEW_H

#include <stdbool.h>

#include <sulan/command.h>

#include "root.h"

struct view;

struct view_ops {
	const char *name;
	enum scope scope;
	/* Paints itself over what is on the canvas. */
	void (*draw)(const struct app *app, const struct view *view);
	/* A key before the keymap sees it; true when it was taken. May be NULL. */
	bool (*key)(struct app *app, struct view *view, struct key key, unsigned *effects);
	/* A command before the table's function; true when it was done. May be NULL. */
	bool (*run)(struct app *app, struct view *view, const char *command,
		    const struct intent *intent, unsigned *effects);
	/* Frees the view. */
	void (*close)(struct view *view);
};

struct view {
	const struct view_ops *ops;
};

void view_push(struct app *app, struct view *view);
void view_pop(struct app *app);
struct view *view_top(const struct app *app); /* NULL when there are only the panes */

/* found_view.c, help_view.c, links_view.c, hints_view.c, card_view.c, qr_view.c, done_view.c */
void help_open(struct app *app);
void links_open(struct app *app);
/* Letters over the links on the screen; false when there is none to be seen. */
bool hints_open(struct app *app);
void done_open(struct app *app);
/* In the search of the library, the line with the next (1) or previous (-1) of the words that its
 * pinyin may stand for, and what that finds; valid until the next key. */
struct str found_choose(struct app *app, struct str text, int direction);
/* The index is another: what is on show of it is searched again; false when nothing is. */
bool found_again(struct app *app);
/* A click beside the panes: on a day of the calendar, if that is on top. */
unsigned calendar_click(struct app *app, struct key key);
/* A bit of counting for the calendar, if that is on top; false when there is nothing left. */
bool calendar_work(struct app *app);
/* Stories of the library as a list to open one from, with these words lit. The title is marked for
 * translation; what was found lives as long as the view, in `owner`, which is freed with it, or
 * elsewhere when that is NULL. */
void found_open(struct app *app, const char *title, struct arena *owner,
		const struct lookup *lookup, struct str words);
/* The list of what is found for the words, with the story of this id selected. */
void found_reopen(struct app *app, struct str text, bool is_ranked, struct str id);
/* The QR code of the open story's link `nth` (from 0). */
void qr_open(struct app *app, size_t nth);
/* A link as one line to select, click or copy; `said` is what became of it (English, translated by
 * the card), `tried` what was tried in vain before, NULL or of code 0 for nothing; `way` is how its
 * key to open goes on. */
void card_open(struct app *app, uint32_t link, const char *said, const struct error *tried,
	       const char *way);

#endif
