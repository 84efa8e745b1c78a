/* Candidates for a command line: commands, then what their argument may be. */
#include "complete.h"

#include <sulan/arena.h>
#include <sulan/command.h>
#include <sulan/options.h>

#include "commands.h"
#include "hands.h"
#include "paint.h"
#include "stacks.h"

void completion_offer(struct completion *c, struct str before, const char *word)
{
	struct strbuf line = strbuf_make(c->arena);
	strbuf_put(&line, before);
	strbuf_puts(&line, word);
	c->lines = arena_more(c->arena, c->lines, c->n, &c->cap, sizeof(*c->lines));
	c->words = arena_more(c->arena, c->words, c->n, &c->word_cap, sizeof(*c->words));
	c->lines[c->n] = strbuf_str(&line);
	c->words[c->n++] = word;
}

static void offer(struct completion *c, struct str before, struct str typed, const char *word)
{
	if (str_eq(str_sub(str_of(word), 0, typed.len), typed))
		completion_offer(c, before, word);
}

/* Of the library, the tabs that have a name of their own in commands. */
static void offer_tabs(const struct app *app, struct completion *c, struct str line, size_t at)
{
	for (const char *const *name = stacks_tab_names(); *name; name++)
		offer(c, str_sub(line, 0, at), str_from(line, at), *name);
	for (size_t i = 0; i < app->config->n_views; i++)
		offer(c, str_sub(line, 0, at), str_from(line, at),
		      str_dup(c->arena, app->config->views[i].name));
}

static void offer_option(struct completion *c, struct str line, size_t at)
{
	struct str rest = str_from(line, at);
	size_t space = str_find(rest, STR(" "), 0);
	if (space == STR_NOT_FOUND) {
		for (size_t i = 0; i < option_count; i++)
			offer(c, str_sub(line, 0, at), rest, option_table[i].name);
		return;
	}
	static const char *const booleans[] = {"yes", "no", NULL};
	const struct option *option = option_find(str_sub(rest, 0, space));
	const char *const *choices = !option                         ? NULL
				     : option->type == OPTION_BOOL   ? booleans
				     : option->type == OPTION_CHOICE ? option->choices
								     : NULL;
	for (; choices && *choices; choices++)
		offer(c, str_sub(line, 0, at + space + 1), str_from(rest, space + 1), *choices);
}

/* The last word of the line, as a tag in use; "-" before it stays. */
static void offer_tags(const struct app *app, struct completion *c, struct str line)
{
	struct str *tags;
	size_t at = line.len, n = triage_tags(app->triage, c->arena, &tags);
	while (at && line.p[at - 1] != ' ' && line.p[at - 1] != ',')
		at--;
	at += at < line.len && line.p[at] == '-';
	for (size_t i = 0; i < n; i++)
		offer(c, str_sub(line, 0, at), str_from(line, at), str_dup(c->arena, tags[i]));
}

/* Files and folders whose path begins as the line does from `at` on; their names alone are shown.
 */
static void offer_paths(const struct app *app, struct completion *c, struct str line, size_t at)
{
	struct str *paths, typed = str_from(line, at);
	if (!app->opts.paths)
		return;
	size_t n = app->opts.paths(app->opts.self, c->arena, typed, &paths), name = line.len;
	while (name > at && line.p[name - 1] != '/')
		name--;
	for (size_t i = 0; i < n; i++)
		offer(c, str_sub(line, 0, name), str_from(line, name),
		      str_dup(c->arena, str_from(paths[i], name - at)));
}

static void offer_export(const struct app *app, struct completion *c, struct str line, size_t at)
{
	size_t word = line.len;
	while (word > at && line.p[word - 1] != ' ')
		word--;
	for (size_t i = 0; word == at && hand_form(i); i++)
		offer(c, str_sub(line, 0, at), str_from(line, at), hand_form(i));
	offer_paths(app, c, line, word);
}

/* The last word of the line: what the story at hand is about, then the watchlist. */
static void offer_keywords(const struct app *app, struct completion *c, struct str line,
			   size_t from)
{
	size_t at = line.len;
	while (at > from && line.p[at - 1] != ' ')
		at--;
	struct str before = str_sub(line, 0, at), typed = str_from(line, at);
	struct str term = find_term(app);
	if (term.len)
		offer(c, before, typed, str_dup(c->arena, term));
	for (size_t i = 0; i < app->n_watch; i++)
		if (str_eq(app->watch[i].word, app->watch[i].canon) &&
		    !str_eq(app->watch[i].word, term))
			offer(c, before, typed, str_dup(c->arena, app->watch[i].word));
}

static void collect(const struct app *app, struct completion *c, struct str line)
{
	if (c->words_of == PROMPT_TAGS) {
		offer_tags(app, c, line);
		return;
	}
	if (c->words_of == PROMPT_PATHS) {
		offer_paths(app, c, line, 0);
		return;
	}
	if (c->words_of == PROMPT_FILTER) {
		complete_filter(app, c, line, 0);
		return;
	}
	size_t space = str_find(line, STR(" "), 0);
	if (space == STR_NOT_FOUND) {
		for (size_t i = 0; i < command_count; i++)
			if (command_table[i].group != GROUP_PROMPT)
				offer(c, (struct str){0}, line, command_table[i].name);
		return;
	}
	struct str arg;
	const struct command *command = command_find(line, &arg, NULL);
	if (command && command->arg == COMMAND_THEME)
		for (const char *const *name = app->opts.theme_names; name && *name; name++)
			offer(c, str_sub(line, 0, space + 1), str_from(line, space + 1), *name);
	if (command && command->arg == COMMAND_EXPORT)
		offer_export(app, c, line, space + 1);
	if (command && command->arg == COMMAND_PATH)
		offer_paths(app, c, line, space + 1);
	if (command && command->arg == COMMAND_KEYWORD)
		offer_keywords(app, c, line, space + 1);
	if (command && command->arg == COMMAND_OPTION)
		offer_option(c, line, space + 1);
	if (command && command->arg == COMMAND_VIEW)
		offer_tabs(app, c, line, space + 1);
	if (command && (command->arg == COMMAND_VIEW || command->arg == COMMAND_FILTER))
		complete_filter(app, c, line, space + 1);
}

struct str completion_step(const struct app *app, struct completion *c, struct str line,
			   int direction)
{
	if (c->arena && c->n > 1) {
		c->now = (c->now + (direction > 0 ? 1 : c->n - 1)) % c->n;
		return c->lines[c->now];
	}
	completion_end(c);
	c->arena = arena_new();
	collect(app, c, str_copy(c->arena, line));
	if (c->n == 0)
		return line;
	c->now = direction > 0 ? 0 : c->n - 1;
	return c->lines[c->now];
}

void completion_end(struct completion *c)
{
	arena_free(c->arena);
	*c = (struct completion){.words_of = c->words_of};
}

void completion_draw(const struct app *app, const struct completion *c, int row)
{
	if (c->n < 2 || row < 0)
		return;
	int cols = app->canvas->cols, col = 1;
	canvas_fill(app->canvas, row, 0, 1, cols, paint_style(app, ROLE_OVERLAY));
	size_t first = 0;
	for (size_t i = 0; i <= c->now; i++) { /* a page of candidates that holds the present one */
		int used = paint_cols(app, str_of(c->words[i])) + 2;
		if (col + used >= cols && i > first) {
			first = i;
			col = 1;
		}
		col += used;
	}
	col = 1;
	for (size_t i = first; i < c->n; i++) {
		int used = paint_cols(app, str_of(c->words[i]));
		if (col + used >= cols)
			break;
		enum role role = i == c->now ? ROLE_ROW_NOW : ROLE_OVERLAY;
		canvas_put(app->canvas, row, col, used, str_of(c->words[i]),
			   style_over(paint_style(app, ROLE_OVERLAY), app->theme.styles[role]));
		col += used + 2;
	}
}
