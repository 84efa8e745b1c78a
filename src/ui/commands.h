/* The functions behind the command table, by the file they live in. Each returns effect bits. */
#ifndef COMMANDS_H
#define COMMANDS_H

#include <sulan/command.h>

#include "root.h"

/* command.c: runs a command line, first by the view on top, then by the table. */
unsigned command_run(struct app *app, struct str line, unsigned count);

/* moves.c */
unsigned move_next(struct app *app, const struct intent *intent);
unsigned move_prev(struct app *app, const struct intent *intent);
unsigned move_first(struct app *app, const struct intent *intent);
unsigned move_last(struct app *app, const struct intent *intent);
unsigned move_half_down(struct app *app, const struct intent *intent);
unsigned move_half_up(struct app *app, const struct intent *intent);
unsigned move_page_down(struct app *app, const struct intent *intent);
unsigned move_page_up(struct app *app, const struct intent *intent);
unsigned move_read_on(struct app *app, const struct intent *intent);
unsigned move_page_back(struct app *app, const struct intent *intent);
unsigned move_scroll_down(struct app *app, const struct intent *intent);
unsigned move_scroll_up(struct app *app, const struct intent *intent);
unsigned move_enter(struct app *app, const struct intent *intent);
unsigned move_back(struct app *app, const struct intent *intent);
unsigned move_unread_next(struct app *app, const struct intent *intent);
unsigned move_unread_prev(struct app *app, const struct intent *intent);

/* goes.c */
unsigned go_tab_next(struct app *app, const struct intent *intent);
unsigned go_tab_prev(struct app *app, const struct intent *intent);
unsigned go_tab(struct app *app, const struct intent *intent);
unsigned go_issue_next(struct app *app, const struct intent *intent);
unsigned go_issue_prev(struct app *app, const struct intent *intent);
unsigned go_reload(struct app *app, const struct intent *intent);
unsigned go_sources(struct app *app, const struct intent *intent);

/* calendar_view.c */
unsigned go_calendar(struct app *app, const struct intent *intent);

/* stacks.c */
unsigned go_library(struct app *app, const struct intent *intent);

/* marks.c */
unsigned mark_read(struct app *app, const struct intent *intent);
unsigned mark_star(struct app *app, const struct intent *intent);
unsigned mark_later(struct app *app, const struct intent *intent);
unsigned mark_dismiss(struct app *app, const struct intent *intent);
unsigned mark_undo(struct app *app, const struct intent *intent);
unsigned mark_redo(struct app *app, const struct intent *intent);
unsigned mark_repeat(struct app *app, const struct intent *intent);
unsigned mark_rest(struct app *app, const struct intent *intent);
unsigned mark_above(struct app *app, const struct intent *intent);
/* Marks one story read, as reading on does. */
bool mark_story_read(struct app *app, uint32_t story);

/* select.c */
unsigned select_one(struct app *app, const struct intent *intent);
unsigned select_range(struct app *app, const struct intent *intent);

/* notes.c */
unsigned note_tag(struct app *app, const struct intent *intent);
unsigned note_write(struct app *app, const struct intent *intent);

/* links.c */
unsigned link_open(struct app *app, const struct intent *intent);
unsigned link_open_with(struct app *app, const struct intent *intent);
unsigned link_open_all(struct app *app, const struct intent *intent);
unsigned link_qr(struct app *app, const struct intent *intent);
/* For a link of the open story by its index in the issue. */
unsigned link_qr_index(struct app *app, uint32_t link);
unsigned link_pick(struct app *app, const struct intent *intent);
unsigned link_yank(struct app *app, const struct intent *intent);
unsigned link_yank_markdown(struct app *app, const struct intent *intent);
/* The same for one link by its index in the issue. */
unsigned link_open_index(struct app *app, uint32_t link);
unsigned link_open_way(struct app *app, uint32_t link, const char *way);
/* Whatever the link looks like: the reader has seen it. It is one that may be opened. */
unsigned link_open_sure(struct app *app, uint32_t link, const char *way);
unsigned link_yank_index(struct app *app, uint32_t link);

/* finds.c */
unsigned find_search(struct app *app, const struct intent *intent);
unsigned find_next(struct app *app, const struct intent *intent);
unsigned find_prev(struct app *app, const struct intent *intent);
unsigned find_limit(struct app *app, const struct intent *intent);
/* Takes away the search, else the limit; false when there was neither. */
bool find_clear(struct app *app);
unsigned find_hit_next(struct app *app, const struct intent *intent);
unsigned find_hit_prev(struct app *app, const struct intent *intent);
unsigned find_highlight(struct app *app, const struct intent *intent);
/* What the story at hand is about, in a word; empty when nobody can tell. */
struct str find_term(const struct app *app);

/* found_view.c */
unsigned library_search(struct app *app, const struct intent *intent);
unsigned library_import(struct app *app, const struct intent *intent);

/* hands.c */
unsigned hand_export(struct app *app, const struct intent *intent);
unsigned hand_pipe(struct app *app, const struct intent *intent);

/* threads.c */
unsigned thread_related(struct app *app, const struct intent *intent);

/* trend_view.c */
unsigned trend_show(struct app *app, const struct intent *intent);

/* jump.c */
unsigned jump_back(struct app *app, const struct intent *intent);

/* screens.c */
unsigned screen_zoom(struct app *app, const struct intent *intent);
unsigned screen_wider(struct app *app, const struct intent *intent);
unsigned screen_narrower(struct app *app, const struct intent *intent);
unsigned screen_reset(struct app *app, const struct intent *intent);
unsigned screen_help(struct app *app, const struct intent *intent);
unsigned screen_command(struct app *app, const struct intent *intent);
unsigned screen_theme(struct app *app, const struct intent *intent);
unsigned screen_set(struct app *app, const struct intent *intent);
unsigned screen_redraw(struct app *app, const struct intent *intent);
unsigned screen_suspend(struct app *app, const struct intent *intent);
unsigned screen_quit(struct app *app, const struct intent *intent);
unsigned screen_quit_now(struct app *app, const struct intent *intent);

#endif
