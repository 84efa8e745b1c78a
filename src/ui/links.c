/* Opening and copying links. Only addresses that link_may_open passes reach the port. */
#include <string.h>

#include <sulan/arena.h>
#include <sulan/error.h>

#include "commands.h"
#include "view.h"

/* More tabs at once are an accident. */
#define OPEN_ALL_MAX 20

/* The story's link a count or argument names, from 1; 0 when there is none, with a message. */
static uint32_t chosen_link(struct app *app, const struct intent *intent)
{
	const struct story *story = app->detail.whole;
	long number = intent->count ? (long)intent->count : 1;
	if (intent->arg.len && !str_to_int(intent->arg, 1, 99999, &number))
		number = 0;
	if (!story || story->n_links == 0) {
		app_message(app, "%s", app_word(app, N_("this story has no link")));
		return 0;
	}
	if (number < 1 || (size_t)number > story->n_links) {
		app_message(app, app_word(app, N_("this story has %zu links")), story->n_links);
		return 0;
	}
	return story->links[number - 1] + 1;
}

static const char *shown_host(struct app *app, uint32_t link)
{
	struct str url = app->detail.issue->links[link].url;
	struct str host = link_host_shown(app->frame, url);
	return str_dup(app->frame, host.len ? host : url);
}

static unsigned refuse(struct app *app, struct str url)
{
	struct str shown = text_cut_middle(app->frame, url, 60, &app->canvas->policy);
	app_message(app, app_word(app, N_("not opened: %s (only http, https and mailto are)")),
		    str_dup(app->frame, shown));
	app->is_error = true;
	return EFFECT_REDRAW;
}

/* A rule for the host, else the option. */
static const char *way_for(struct app *app, struct str url)
{
	struct str way = config_way_for(app->config, link_host(url));
	return way.len ? str_dup(app->frame, way) : app->options.open;
}

/* What became of it. Where the link cannot be brought to a browser, the reader gets it to see. */
static void say_opened(struct app *app, uint32_t link, const struct opening *opening)
{
	const char *host = shown_host(app, link);
	switch (opening->result) {
	case OPEN_STARTED:
		app_message(app, app_word(app, N_("opened with %s: %s")), opening->program, host);
		break;
	case OPEN_RETURNED:
		app_message(app, app_word(app, N_("back from %s: %s")), opening->program, host);
		break;
	case OPEN_REMOTE:
		app_message(app, app_word(app, N_("sent to your machine: %s")), host);
		break;
	case OPEN_SENT:
		card_open(app, link, N_("sent to your terminal; some ignore it"), &opening->err,
			  "browser");
		break;
	case OPEN_SENT_TMUX:
		card_open(app, link, N_("in tmux's buffer, and sent to your terminal by tmux"),
			  &opening->err, "browser");
		break;
	case OPEN_SHOWN:
		card_open(app, link, N_("no clipboard here; the link is for copying by hand"),
			  &opening->err, "browser");
		break;
	case OPEN_FAILED:
		app_error(app, &opening->err);
		break;
	}
}

unsigned link_open_sure(struct app *app, uint32_t link, const char *way)
{
	struct str url = app->detail.issue->links[link].url;
	struct opening opening;
	const char *ascii = str_dup(app->frame, link_ascii(app->frame, url));
	app->port->open(app->port->self, way, &ascii, 1, &opening);
	say_opened(app, link, &opening);
	return EFFECT_REDRAW;
}

unsigned link_open_way(struct app *app, uint32_t link, const char *way)
{
	struct str url = app->detail.issue->links[link].url;
	if (!link_may_open(url))
		return refuse(app, url);
	if (strcmp(way, "copy") == 0)
		return link_yank_index(app, link);
	if (strcmp(way, "qr") == 0)
		return link_qr_index(app, link);
	bool is_mixed = link_look(app->frame, url).is_mixed;
	if (!is_mixed && !link_text_lies(app->detail.issue->links[link].text, url))
		return link_open_sure(app, link, way);
	card_open(app, link,
		  is_mixed ? N_("not opened yet: letters of several scripts, it may look like "
				"another host")
			   : N_("not opened yet: its text names another host than this"),
		  NULL, way);
	return EFFECT_REDRAW;
}

unsigned link_open_index(struct app *app, uint32_t link)
{
	return link_open_way(app, link, way_for(app, app->detail.issue->links[link].url));
}

unsigned link_yank_index(struct app *app, uint32_t link)
{
	struct str url = link_ascii(app->frame, app->detail.issue->links[link].url);
	bool is_sent = app->port->copy(app->port->self, url);
	app_message(app,
		    app_word(app, is_sent ? N_("sent to the clipboard: %s")
					  : N_("no clipboard here: %s")),
		    str_dup(app->frame, url));
	return EFFECT_REDRAW;
}

unsigned link_open(struct app *app, const struct intent *intent)
{
	uint32_t link = chosen_link(app, intent);
	return link ? link_open_index(app, link - 1) : EFFECT_REDRAW;
}

/* Whether a link goes out with the others: by the same way, and nothing about it to be seen first.
 */
static bool is_plain(struct app *app, const struct link *link)
{
	struct str url = link->url;
	return link_may_open(url) && !link_text_lies(link->text, url) &&
	       !link_look(app->frame, url).is_mixed &&
	       strcmp(way_for(app, url), app->options.open) == 0;
}

unsigned link_open_all(struct app *app, const struct intent *intent)
{
	const struct story *story = app->detail.whole;
	const char *urls[OPEN_ALL_MAX];
	struct opening opening;
	size_t n = 0;
	(void)intent;
	for (size_t i = 0; story && i < story->n_links && n < OPEN_ALL_MAX; i++) {
		const struct link *link = &app->detail.issue->links[story->links[i]];
		if (is_plain(app, link))
			urls[n++] = str_dup(app->frame, link_ascii(app->frame, link->url));
	}
	if (n == 0) {
		app_message(app, "%s", app_word(app, N_("this story has no link")));
		return EFFECT_REDRAW;
	}
	if (strcmp(app->options.open, "copy") == 0 || strcmp(app->options.open, "qr") == 0) {
		links_open(app);
		return EFFECT_REDRAW;
	}
	app->port->open(app->port->self, app->options.open, urls, n, &opening);
	if (opening.result == OPEN_FAILED)
		app_error(app, &opening.err);
	else if (n < story->n_links)
		app_message(app,
			    app_word(app, N_("%zu of %zu links opened or sent; the others one "
					     "by one")),
			    n, story->n_links);
	else
		app_message(app, app_word(app, N_("%zu links opened or sent")), n);
	return EFFECT_REDRAW;
}

unsigned link_qr_index(struct app *app, uint32_t link)
{
	const struct story *story = app->detail.whole;
	for (size_t i = 0; i < story->n_links; i++)
		if (story->links[i] == link)
			qr_open(app, i);
	return EFFECT_REDRAW;
}

unsigned link_qr(struct app *app, const struct intent *intent)
{
	uint32_t link = chosen_link(app, intent);
	return link ? link_qr_index(app, link - 1) : EFFECT_REDRAW;
}

unsigned link_open_with(struct app *app, const struct intent *intent)
{
	struct intent count = {.count = intent->count};
	uint32_t link = chosen_link(app, &count);
	if (!link)
		return EFFECT_REDRAW;
	if (intent->arg.len == 0)
		return link_open_index(app, link - 1);
	return link_open_way(app, link - 1, str_dup(app->frame, intent->arg));
}

unsigned link_yank(struct app *app, const struct intent *intent)
{
	uint32_t link = chosen_link(app, intent);
	return link ? link_yank_index(app, link - 1) : EFFECT_REDRAW;
}

/* Text inside [ ] of Markdown: brackets and backslashes escaped, controls shown. */
static void put_escaped(struct strbuf *out, struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] == '[' || text.p[i] == ']' || text.p[i] == '\\')
			strbuf_putc(out, '\\');
		strbuf_putc(out, text.p[i]);
	}
}

unsigned link_yank_markdown(struct app *app, const struct intent *intent)
{
	uint32_t link = chosen_link(app, intent);
	const struct story *story = app->detail.whole;
	if (!link)
		return EFFECT_REDRAW;
	struct strbuf out = strbuf_make(app->frame);
	strbuf_putc(&out, '[');
	put_escaped(&out, text_show(app->frame, story->title, &app->canvas->policy));
	strbuf_puts(&out, "](");
	strbuf_put(&out, link_ascii(app->frame, app->detail.issue->links[link - 1].url));
	strbuf_putc(&out, ')');
	bool is_sent = app->port->copy(app->port->self, strbuf_str(&out));
	app_message(app,
		    app_word(app, is_sent ? N_("sent to the clipboard: %s")
					  : N_("no clipboard here: %s")),
		    strbuf_str(&out).p);
	return EFFECT_REDRAW;
}

unsigned link_pick(struct app *app, const struct intent *intent)
{
	if (intent->count)
		return link_open(app, intent);
	const struct story *story = app->detail.whole;
	if (!story || story->n_links == 0)
		app_message(app, "%s", app_word(app, N_("this story has no link")));
	else if (!hints_open(app))
		links_open(app);
	return EFFECT_REDRAW;
}
