/* The command table, and running a line of it. */
#include <sulan/command.h>

#include <stdio.h>

#include <sulan/error.h>

#include "commands.h"
#include "view.h"

const struct command command_table[] = {
	{"next", GROUP_MOVE, COMMAND_NO_ARG, move_next, N_("next story")},
	{"prev", GROUP_MOVE, COMMAND_NO_ARG, move_prev, N_("previous story")},
	{"first", GROUP_MOVE, COMMAND_NO_ARG, move_first, N_("first story; top of the story")},
	{"last", GROUP_MOVE, COMMAND_NO_ARG, move_last,
	 N_("last story, by count that one; end of the story")},
	{"half-down", GROUP_MOVE, COMMAND_NO_ARG, move_half_down, N_("half a page down")},
	{"half-up", GROUP_MOVE, COMMAND_NO_ARG, move_half_up, N_("half a page up")},
	{"page-down", GROUP_MOVE, COMMAND_NO_ARG, move_page_down, N_("a page down")},
	{"page-up", GROUP_MOVE, COMMAND_NO_ARG, move_page_up, N_("a page up")},
	{"read-on", GROUP_MOVE, COMMAND_NO_ARG, move_read_on,
	 N_("read on: a page, then the next unread story")},
	{"page-back", GROUP_MOVE, COMMAND_NO_ARG, move_page_back, N_("a page of the story back")},
	{"scroll-down", GROUP_MOVE, COMMAND_NO_ARG, move_scroll_down, N_("scroll the story down")},
	{"scroll-up", GROUP_MOVE, COMMAND_NO_ARG, move_scroll_up, N_("scroll the story up")},
	{"unread-next", GROUP_MOVE, COMMAND_NO_ARG, move_unread_next, N_("next unread story")},
	{"unread-prev", GROUP_MOVE, COMMAND_NO_ARG, move_unread_prev, N_("previous unread story")},
	{"enter", GROUP_GO, COMMAND_NO_ARG, move_enter, N_("into the story")},
	{"back", GROUP_GO, COMMAND_NO_ARG, move_back,
	 N_("back to the list; then clear search and limit")},
	{"tab-next", GROUP_GO, COMMAND_NO_ARG, go_tab_next, N_("next tab")},
	{"tab-prev", GROUP_GO, COMMAND_NO_ARG, go_tab_prev, N_("previous tab")},
	{"tab", GROUP_GO, COMMAND_NUMBER, go_tab, N_("tab by its number")},
	{"issue-next", GROUP_GO, COMMAND_NO_ARG, go_issue_next, N_("next (newer) issue")},
	{"issue-prev", GROUP_GO, COMMAND_NO_ARG, go_issue_prev, N_("previous (older) issue")},
	{"library", GROUP_GO, COMMAND_VIEW, go_library,
	 N_("all stories, a view or filter; then the issue")},
	{"related", GROUP_GO, COMMAND_NUMBER, thread_related,
	 N_("what came before and after; by count that one")},
	{"return", GROUP_GO, COMMAND_NO_ARG, jump_back,
	 N_("back to the story that was left for this one")},
	{"reload", GROUP_GO, COMMAND_NO_ARG, go_reload,
	 N_("read the file again; have the sources deliver")},
	{"calendar", GROUP_GO, COMMAND_NO_ARG, go_calendar,
	 N_("the calendar of issues, with what is unread")},
	{"sources", GROUP_GO, COMMAND_NO_ARG, go_sources, N_("how the deliveries of issues go")},
	{"read", GROUP_TRIAGE, COMMAND_NO_ARG, mark_read, N_("mark read or unread, and go on")},
	{"star", GROUP_TRIAGE, COMMAND_NO_ARG, mark_star, N_("star, or take the star away")},
	{"later", GROUP_TRIAGE, COMMAND_NO_ARG, mark_later, N_("keep for later, or not")},
	{"dismiss", GROUP_TRIAGE, COMMAND_NO_ARG, mark_dismiss, N_("dismiss (hide), and go on")},
	{"tag", GROUP_TRIAGE, COMMAND_TEXT, note_tag, N_("tag, or take tags away")},
	{"note", GROUP_TRIAGE, COMMAND_TEXT, note_write, N_("write a note to the story")},
	{"select", GROUP_TRIAGE, COMMAND_NO_ARG, select_one, N_("select for the next verb")},
	{"select-range", GROUP_TRIAGE, COMMAND_NO_ARG, select_range,
	 N_("select from here to where you go")},
	{"repeat", GROUP_TRIAGE, COMMAND_NO_ARG, mark_repeat, N_("the last mark again, here")},
	{"read-rest", GROUP_TRIAGE, COMMAND_NO_ARG, mark_rest,
	 N_("mark this and the rest of the tab read")},
	{"read-above", GROUP_TRIAGE, COMMAND_NO_ARG, mark_above, N_("mark all above read")},
	{"undo", GROUP_TRIAGE, COMMAND_NO_ARG, mark_undo, N_("take the last mark back")},
	{"redo", GROUP_TRIAGE, COMMAND_NO_ARG, mark_redo, N_("make it again")},
	{"open", GROUP_LINK, COMMAND_NUMBER, link_open,
	 N_("open the main source, with a count that link")},
	{"open-with", GROUP_LINK, COMMAND_TEXT, link_open_with,
	 N_("by a program, browser, handover, copy or qr")},
	{"open-all", GROUP_LINK, COMMAND_NO_ARG, link_open_all, N_("open all links of the story")},
	{"scan", GROUP_LINK, COMMAND_NUMBER, link_qr, N_("the link as a QR code for a phone")},
	{"links", GROUP_LINK, COMMAND_NO_ARG, link_pick, N_("pick a link by a letter")},
	{"yank", GROUP_LINK, COMMAND_NUMBER, link_yank, N_("copy the link")},
	{"yank-markdown", GROUP_LINK, COMMAND_NUMBER, link_yank_markdown,
	 N_("copy title and link as Markdown")},
	{"export", GROUP_HAND, COMMAND_EXPORT, hand_export,
	 N_("hand stories on: selected, limited or starred")},
	{"pipe", GROUP_HAND, COMMAND_TEXT, hand_pipe, N_("give the story to a program")},
	{"find", GROUP_FIND, COMMAND_TEXT, find_search, N_("search titles and text")},
	{"find-next", GROUP_FIND, COMMAND_NO_ARG, find_next, N_("next match")},
	{"find-prev", GROUP_FIND, COMMAND_NO_ARG, find_prev, N_("previous match")},
	{"search", GROUP_FIND, COMMAND_TEXT, library_search,
	 N_("search the whole library; marks work there")},
	{"import", GROUP_FIND, COMMAND_PATH, library_import,
	 N_("a file or folder into the library from now on")},
	{"trend", GROUP_FIND, COMMAND_KEYWORD, trend_show,
	 N_("how much is written on words or the watchlist")},
	{"limit", GROUP_FIND, COMMAND_FILTER, find_limit, N_("limit the list; empty shows all")},
	{"hit-next", GROUP_FIND, COMMAND_NO_ARG, find_hit_next, N_("next keyword hit")},
	{"hit-prev", GROUP_FIND, COMMAND_NO_ARG, find_hit_prev, N_("previous keyword hit")},
	{"highlight", GROUP_FIND, COMMAND_TEXT, find_highlight,
	 N_("add a keyword to the watchlist")},
	{"zoom", GROUP_SCREEN, COMMAND_NO_ARG, screen_zoom, N_("the story alone, and back")},
	{"split-wider", GROUP_SCREEN, COMMAND_NO_ARG, screen_wider, N_("widen the list")},
	{"split-narrower", GROUP_SCREEN, COMMAND_NO_ARG, screen_narrower, N_("narrow the list")},
	{"split-reset", GROUP_SCREEN, COMMAND_NO_ARG, screen_reset, N_("panes as configured")},
	{"help", GROUP_SCREEN, COMMAND_NO_ARG, screen_help, N_("this help")},
	{"command", GROUP_SCREEN, COMMAND_NO_ARG, screen_command, N_("type a command")},
	{"theme", GROUP_SCREEN, COMMAND_THEME, screen_theme, N_("switch the theme")},
	{"set", GROUP_SCREEN, COMMAND_OPTION, screen_set, N_("set an option, or show it")},
	{"redraw", GROUP_SCREEN, COMMAND_NO_ARG, screen_redraw, N_("draw the screen anew")},
	{"suspend", GROUP_SCREEN, COMMAND_NO_ARG, screen_suspend, N_("suspend; fg comes back")},
	{"quit", GROUP_SCREEN, COMMAND_NO_ARG, screen_quit, N_("close what is on top, else quit")},
	{"quit-now", GROUP_SCREEN, COMMAND_NO_ARG, screen_quit_now, N_("quit at once")},
	{"accept", GROUP_PROMPT, COMMAND_NO_ARG, NULL, N_("take the line as it is")},
	{"cancel", GROUP_PROMPT, COMMAND_NO_ARG, NULL, N_("leave the line")},
	{"complete", GROUP_PROMPT, COMMAND_NO_ARG, NULL, N_("complete the word")},
	{"complete-back", GROUP_PROMPT, COMMAND_NO_ARG, NULL, N_("the completion before")},
	{"history-prev", GROUP_PROMPT, COMMAND_NO_ARG, NULL, N_("the line typed before")},
	{"history-next", GROUP_PROMPT, COMMAND_NO_ARG, NULL, N_("the line typed after")},
	{"left", GROUP_PROMPT, COMMAND_NO_ARG, NULL, N_("one character left")},
	{"right", GROUP_PROMPT, COMMAND_NO_ARG, NULL, N_("one character right")},
	{"line-start", GROUP_PROMPT, COMMAND_NO_ARG, NULL, N_("to the start of the line")},
	{"line-end", GROUP_PROMPT, COMMAND_NO_ARG, NULL, N_("to the end of the line")},
	{"erase-back", GROUP_PROMPT, COMMAND_NO_ARG, NULL, N_("erase the character before")},
	{"erase", GROUP_PROMPT, COMMAND_NO_ARG, NULL, N_("erase the character under the cursor")},
	{"erase-word", GROUP_PROMPT, COMMAND_NO_ARG, NULL, N_("erase the word before")},
	{"erase-start", GROUP_PROMPT, COMMAND_NO_ARG, NULL, N_("erase to the start of the line")},
	{"erase-end", GROUP_PROMPT, COMMAND_NO_ARG, NULL, N_("erase to the end of the line")},
};
const size_t command_count = sizeof(command_table) / sizeof(*command_table);

const char *command_group_title(enum command_group group)
{
	static const char *const titles[] = {
		[GROUP_MOVE] = N_("Moving"),
		[GROUP_GO] = N_("Stories, tabs, issues"),
		[GROUP_TRIAGE] = N_("Triage"),
		[GROUP_LINK] = N_("Links"),
		[GROUP_HAND] = N_("Handing on"),
		[GROUP_FIND] = N_("Finding"),
		[GROUP_SCREEN] = N_("Screen and program"),
		[GROUP_PROMPT] = N_("While typing"),
	};
	_Static_assert(sizeof(titles) / sizeof(*titles) == GROUP_COUNT, "a title for each group");
	return titles[group];
}

static bool begins(const struct command *command, struct str name)
{
	return str_eq(str_sub(str_of(command->name), 0, name.len), name);
}

/* The one command a name is the beginning of; of several, the one that all the others begin with,
 * as quit of quit-now. `*n_found` says how many there were. */
static const struct command *find_short(struct str name, size_t *n_found)
{
	const struct command *found = NULL;
	bool is_clear = true;
	*n_found = 0;
	for (size_t i = 0; i < command_count; i++) {
		const struct command *command = &command_table[i];
		if (!begins(command, name))
			continue;
		(*n_found)++;
		if (!found || begins(found, str_of(command->name)))
			found = command;
		else if (!begins(command, str_of(found->name)))
			is_clear = false;
	}
	return is_clear ? found : NULL;
}

const struct command *command_find(struct str line, struct str *arg, struct error *err)
{
	line = str_trim(line);
	size_t len = 0, n_found = 0;
	while (len < line.len && line.p[len] != ' ')
		len++;
	struct str name = str_sub(line, 0, len);
	*arg = str_trim(str_from(line, len));
	for (size_t i = 0; i < command_count; i++)
		if (str_is(name, command_table[i].name))
			return &command_table[i];
	const struct command *found = name.len ? find_short(name, &n_found) : NULL;
	if (found)
		return found;
	char text[64];
	snprintf(text, sizeof(text), "%.*s", (int)name.len, name.p ? name.p : "");
	error_set(err, ERROR_USAGE,
		  n_found ? N_("several commands begin with “%s”; Tab shows them")
			  : N_("no command “%s”; ? shows them all"),
		  text);
	return NULL;
}

unsigned command_run(struct app *app, struct str line, unsigned count)
{
	long number;
	line = str_trim(line);
	if (line.len == 0)
		return EFFECT_NONE;
	if (str_to_int(line, 1, 999999, &number))
		return move_last(app, &(struct intent){.count = (unsigned)number});
	struct intent intent = {.count = count};
	struct error err;
	const struct command *command = command_find(line, &intent.arg, &err);
	if (!command) {
		app_error(app, &err);
		return EFFECT_REDRAW;
	}
	struct view *top = view_top(app);
	unsigned effects = EFFECT_NONE;
	if (top && top->ops->run && top->ops->run(app, top, command->name, &intent, &effects))
		return effects | EFFECT_REDRAW;
	return command->run ? command->run(app, &intent) | EFFECT_REDRAW : EFFECT_NONE;
}
