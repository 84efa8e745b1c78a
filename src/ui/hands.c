/* Handing stories on: into a file, to the clipboard, to a program. */
#include "hands.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/argv.h>
#include <sulan/error.h>
#include <sulan/out.h>

#include "commands.h"
#include "parcel.h"
#include "prompt.h"
#include "reading.h"
#include "select.h"

static const struct form {
	const char *name, *end; /* of the names of its files */
	enum out_list_format format;
} forms[] = {
	{"md", ".md", OUT_LIST_MARKDOWN},
	{"json", ".json", OUT_LIST_JSON},
	{"tsv", ".tsv", OUT_LIST_TSV},
	{"text", ".txt", OUT_LIST_TEXT},
};
#define N_FORMS (sizeof(forms) / sizeof(*forms))

const char *hand_form(size_t index)
{
	return index < N_FORMS ? forms[index].name : NULL;
}

static void keep(char to[HANDING_BYTES], struct str text)
{
	size_t len = text.len < HANDING_BYTES - 1 ? text.len : HANDING_BYTES - 1;
	if (len)
		memmove(to, text.p, len);
	to[len] = '\0';
}

/* Takes the name of a form off the front; NULL when none stands there. */
static const struct form *take_form(struct str *line)
{
	struct str rest = str_trim(*line), word = str_sub(rest, 0, str_find(rest, STR(" "), 0));
	for (size_t i = 0; i < N_FORMS; i++) {
		if (!str_is(word, forms[i].name))
			continue;
		*line = str_trim(str_from(rest, word.len));
		return &forms[i];
	}
	return NULL;
}

/* The form that the name of a file asks for; NULL when it says nothing. */
static const struct form *form_of_file(struct str path)
{
	for (size_t i = 0; i < N_FORMS; i++)
		if (str_ends(path, forms[i].end))
			return &forms[i];
	return NULL;
}

static unsigned say_error(struct app *app, const struct error *err)
{
	app_error(app, err);
	return EFFECT_REDRAW;
}

static unsigned copy(struct app *app, const struct parcel *parcel, struct str text)
{
	if (text.len > PORT_COPY_MAX) {
		app_message(app,
			    app_word(app, N_("too much for a clipboard: %zu KiB; a file takes it")),
			    text.len >> 10);
		app->is_error = true;
	} else if (app->port->copy(app->port->self, text)) {
		app_message(app, app_word(app, N_("%zu stories sent to the clipboard")), parcel->n);
		select_clear(app);
	} else {
		app_message(app, "%s", app_word(app, N_("there is no clipboard here")));
		app->is_error = true;
	}
	return EFFECT_REDRAW;
}

/* The program's words with what is known of the first story in its places. */
static void fill_in(struct app *app, char **argv, const struct out_story *first)
{
	const struct issue *issue = first->issue;
	struct str url = {0};
	char date[DATE_TEXT];
	date_text(issue->date, date);
	if (first->story->n_links && link_may_open(issue->links[first->story->links[0]].url))
		url = link_ascii(app->frame, issue->links[first->story->links[0]].url);
	const struct argv_mark marks[] = {
		{STR("{title}"), text_show(app->frame, first->story->title, &app->canvas->policy)},
		{STR("{url}"), url},
		{STR("{date}"), str_of(date)},
		{STR("{id}"), first->story->id},
	};
	argv_fill(app->frame, argv, marks, sizeof(marks) / sizeof(*marks));
}

/* A command, with "&" before it for one that needs no terminal. */
static unsigned run(struct app *app, const struct parcel *parcel, struct str command,
		    struct str text)
{
	struct error err = {0};
	assert(parcel->n);
	command = str_trim(command);
	bool is_behind = str_starts(command, "&");
	char **argv = argv_split(app->frame, str_from(command, is_behind));
	if (!argv || !argv[0][0]) {
		error_set(&err, ERROR_USAGE, N_("no command, or a quote in it that does not end"),
			  NULL);
		return say_error(app, &err);
	}
	fill_in(app, argv, &parcel->stories[0]);
	const struct piping piping = {
		.argv = argv,
		.text = text,
		.waiting =
			is_behind ? NULL : app_word(app, N_("-- any key goes back to sulan --"))};
	if (!app->port->pipe(app->port->self, &piping, &err))
		return say_error(app, &err);
	if (is_behind)
		app_message(app, app_word(app, N_("%s runs in the background")), argv[0]);
	else
		app_message(app, app_word(app, N_("back from %s")), argv[0]);
	select_clear(app);
	return EFFECT_REDRAW;
}

static unsigned where_accept(struct app *app, struct str text);

/* Up to its last slash. */
static struct str folder_of(struct str path)
{
	while (path.len && path.p[path.len - 1] != '/')
		path.len--;
	return path;
}

static unsigned save(struct app *app, const struct parcel *parcel, struct str path, struct str text)
{
	static const struct prompt_ops again = {
		N_("is there; Enter replaces it, or another name: "),
		HISTORY_EXPORT,
		PROMPT_PATHS,
		NULL,
		where_accept,
		NULL};
	struct handing *h = &app->handing;
	struct error err = {0};
	bool may_replace = str_is(path, h->refused);
	if (!app->opts.save)
		return EFFECT_REDRAW;
	if (app->opts.save(app->opts.self, path, text, may_replace, &err)) {
		app_message(app, app_word(app, N_("%zu stories written to %s")), parcel->n,
			    str_dup(app->frame, path));
		keep(h->folder, folder_of(path));
		select_clear(app);
		return EFFECT_REDRAW;
	}
	if (err.code != ERROR_USAGE)
		return say_error(app, &err);
	keep(h->refused, path);
	prompt_open(app, &again, path);
	return EFFECT_REDRAW;
}

static unsigned hand_to(struct app *app, const struct parcel *parcel, struct str where)
{
	const struct handing *h = &app->handing;
	bool is_copy = str_is(where, "-"), is_piped = str_starts(where, "|");
	const struct form *form = is_copy || is_piped ? NULL : form_of_file(where);
	form = h->form ? h->form : form ? form : &forms[0];
	struct str text = parcel_text(parcel, app, form->format, false);
	if (is_copy)
		return copy(app, parcel, text);
	if (is_piped)
		return run(app, parcel, str_from(where, 1), text);
	return save(app, parcel, where, text);
}

/* Behind what was said. */
static void say_lost(struct app *app, const struct parcel *parcel)
{
	size_t len = strlen(app->message);
	if (parcel->n_lost && len)
		snprintf(app->message + len, sizeof(app->message) - len,
			 app_word(app, N_(" · no longer there: %zu")), parcel->n_lost);
}

/* "-" the clipboard, "|" a command, else a file. */
static unsigned where_accept(struct app *app, struct str where)
{
	struct parcel parcel = {0};
	struct error err = {0};
	unsigned effects = EFFECT_REDRAW;
	where = str_trim(where);
	if (where.len == 0)
		return EFFECT_REDRAW;
	if (!parcel_fill(&parcel, app, str_of(app->handing.filter), &err)) {
		app_error(app, &err);
	} else {
		effects = hand_to(app, &parcel, where);
		say_lost(app, &parcel);
	}
	parcel_free(&parcel);
	return effects;
}

/* A name that no file has yet, with the day of the issue, in the folder that was written to last.
 */
static struct str free_name(struct app *app)
{
	const struct handing *h = &app->handing;
	const char *end = h->form ? h->form->end : forms[0].end, *name = "";
	char date[DATE_TEXT];
	struct str *found;
	bool is_there = true;
	struct date day = app->reading.issue->date;
	if (!day.year && app->opts.today)
		day = app->opts.today(app->opts.self);
	date_text(day, date);
	for (int i = 1; i < 100 && is_there; i++) {
		const char *nth = i > 1 ? arena_printf(app->frame, "-%d", i) : "";
		name = arena_printf(app->frame, "%ssulan%s%s%s%s", h->folder, *date ? "-" : "",
				    date, nth, end);
		size_t n = app->opts.paths(app->opts.self, app->frame, str_of(name), &found);
		is_there = false;
		for (size_t k = 0; k < n; k++)
			is_there |= str_is(found[k], name);
	}
	return str_of(name);
}

static void ask_where(struct app *app)
{
	static const struct prompt_ops ops = {N_("export to (file, - clipboard, | command): "),
					      HISTORY_EXPORT,
					      PROMPT_PATHS,
					      NULL,
					      where_accept,
					      NULL};
	prompt_open(app, &ops, app->opts.save ? free_name(app) : STR("-"));
}

/* Whether a word of the command line can be nothing but a place; a filter may have a slash behind
 * its colon. */
static bool is_place(struct str word)
{
	size_t slash = str_find(word, STR("/"), 0), colon = str_find(word, STR(":"), 0);
	return str_is(word, "-") || form_of_file(word) || (slash != STR_NOT_FOUND && slash < colon);
}

/* [FORM] [WHERE] [FILTER] */
static struct str take_line(struct handing *h, struct str line)
{
	struct str where = {0};
	h->form = take_form(&line);
	if (str_starts(line, "|"))
		return line;
	struct str word = str_sub(line, 0, str_find(line, STR(" "), 0));
	if (is_place(word)) {
		where = word;
		line = str_trim(str_from(line, word.len));
	}
	keep(h->filter, line);
	return where;
}

unsigned hand_export(struct app *app, const struct intent *intent)
{
	struct handing *h = &app->handing;
	struct parcel parcel = {0};
	struct error err = {0};
	h->filter[0] = h->refused[0] = '\0';
	struct str where = take_line(h, intent->arg);
	if (where.len)
		return where_accept(app, str_copy(app->frame, where));
	bool has_any = parcel_fill(&parcel, app, str_of(h->filter), &err);
	parcel_free(&parcel);
	if (!has_any)
		return say_error(app, &err);
	ask_where(app);
	return EFFECT_REDRAW;
}

static unsigned pipe_accept(struct app *app, struct str line)
{
	struct parcel parcel = {0};
	unsigned effects = EFFECT_REDRAW;
	const struct form *form = take_form(&line);
	enum out_list_format format = form ? form->format : OUT_LIST_MARKDOWN;
	if (str_trim(line).len && parcel_fill_targets(&parcel, app, app->mark_count))
		effects = run(app, &parcel, line, parcel_text(&parcel, app, format, true));
	parcel_free(&parcel);
	return effects;
}

unsigned hand_pipe(struct app *app, const struct intent *intent)
{
	static const struct prompt_ops ops = {"|",  HISTORY_PIPE, PROMPT_PLAIN,
					      NULL, pipe_accept,  NULL};
	if (!app_story(app))
		return EFFECT_REDRAW;
	app->mark_count = intent->count;
	if (intent->arg.len)
		return pipe_accept(app, str_copy(app->frame, intent->arg));
	prompt_open(app, &ops, (struct str){0});
	return EFFECT_REDRAW;
}
