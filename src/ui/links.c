/* Opening and copying links. Only addresses that link_may_open passes reach the port. */
#include <sulan/arena.h>
#include <sulan/error.h>

#include "commands.h"
#include "view.h"

/* The story's link a count or argument names, from 1; 0 when there is none, with a message. */
static uint32_t chosen_link(struct app *app, const struct intent *intent)
{
	const struct story *story = app_story(app);
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

static const char *shown_host(struct app *app, struct str url)
{
	struct str host = link_host(url);
	return str_dup(app->frame, host.len ? host : url);
}

unsigned link_open_index(struct app *app, uint32_t link)
{
	struct str url = app->reading.issue->links[link].url;
	struct error err = {0};
	if (!link_may_open(url)) {
		app_message(app,
			    app_word(app, N_("not opened: %s (only http, https and mailto are)")),
			    str_dup(app->frame,
				    text_cut_middle(app->frame, url, 60, &app->canvas->policy)));
		app->is_error = true;
		return EFFECT_REDRAW;
	}
	struct str ascii = link_ascii(app->frame, url);
	switch (app->port->open(app->port->self, app->options.open, str_dup(app->frame, ascii),
				&err)) {
	case OPEN_STARTED:
		app_message(app, app_word(app, N_("opened %s")), shown_host(app, url));
		break;
	case OPEN_SENT:
		app_message(app, app_word(app, N_("sent to your terminal's clipboard: %s")),
			    str_dup(app->frame, ascii));
		break;
	case OPEN_FAILED:
		app_error(app, &err);
		break;
	}
	return EFFECT_REDRAW;
}

unsigned link_yank_index(struct app *app, uint32_t link)
{
	struct str url = link_ascii(app->frame, app->reading.issue->links[link].url);
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
	const struct story *story = app_story(app);
	if (!link)
		return EFFECT_REDRAW;
	struct strbuf out = strbuf_make(app->frame);
	strbuf_putc(&out, '[');
	put_escaped(&out, text_show(app->frame, story->title, &app->canvas->policy));
	strbuf_puts(&out, "](");
	strbuf_put(&out, link_ascii(app->frame, app->reading.issue->links[link - 1].url));
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
	const struct story *story = app_story(app);
	if (!story || story->n_links == 0)
		app_message(app, "%s", app_word(app, N_("this story has no link")));
	else
		links_open(app);
	return EFFECT_REDRAW;
}
