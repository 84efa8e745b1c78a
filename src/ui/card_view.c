/* The card of a link that no browser here can show: its address over whole rows from the left edge,
 * so that the terminal selects and clicks it as one, what became of it, and what else can be done.
 */
#include <stdio.h>
#include <stdlib.h>

#include <sulan/arena.h>

#include "commands.h"
#include "paint.h"
#include "view.h"

struct card {
	struct view view;
	uint32_t link;
	const char *said;
	struct error tried;
	char way[256];
};

#define CARD_LINES 4

struct card_line {
	struct str text;
	enum role role;
};

static struct str keys_line(const struct app *app)
{
	static const char *const commands[] = {"yank", "scan", "open", "quit"};
	static const char *const words[] = {N_("copy"), N_("QR code"), N_("open anyway"),
					    N_("close")};
	struct strbuf buf = strbuf_make(app->frame);
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		struct str keys =
			keymap_keys_of(app->keymap, app->frame, SCOPE_OVERLAY, commands[i], 1);
		if (keys.len == 0)
			continue;
		strbuf_puts(&buf, buf.len ? "   " : "");
		strbuf_put(&buf, keys);
		strbuf_puts(&buf, " ");
		strbuf_puts(&buf, app_word(app, words[i]));
	}
	return strbuf_str(&buf);
}

/* What stands above the address, the most important last. */
static size_t lines_of(const struct app *app, const struct card *card, struct str url,
		       struct card_line lines[CARD_LINES])
{
	size_t n = 0;
	if (card->tried.code) {
		char *text = arena_alloc(app->frame, 512);
		error_text(&card->tried, app_word(app, card->tried.what), text, 512);
		lines[n++] = (struct card_line){str_of(text), ROLE_OVERLAY};
	}
	lines[n++] = (struct card_line){str_of(app_word(app, card->said)), ROLE_OVERLAY_TITLE};
	struct str host = link_host_shown(app->frame, url);
	if (host.len)
		lines[n++] = (struct card_line){host, ROLE_OVERLAY_KEY};
	return n;
}

static void draw_text(const struct app *app, int row, struct card_line line)
{
	struct style base = paint_style(app, ROLE_OVERLAY);
	canvas_put_cut(app->canvas, row, 1, app->canvas->cols - 2, line.text,
		       style_over(base, app->theme.styles[line.role]));
}

static void draw_rule(const struct app *app, int row)
{
	for (int col = 0; col < app->canvas->cols; col++)
		paint_word(app, row, col, 1, ROLE_BORDER, paint_signs(app)->across);
}

static void card_draw(const struct app *app, const struct view *view)
{
	const struct card *card = (const struct card *)view;
	struct canvas *canvas = app->canvas;
	struct str url = app->detail.issue->links[card->link].url;
	struct str ascii = link_ascii(app->frame, url);
	struct card_line lines[CARD_LINES];
	struct style base = paint_style(app, ROLE_OVERLAY);
	int n_lines = (int)lines_of(app, card, url, lines), first = 0;
	int room = canvas->rows - 1;
	int n_url = (int)((ascii.len + (size_t)canvas->cols - 1) / (size_t)canvas->cols);
	if (n_url > room)
		n_url = room;
	/* A blank row before and behind the address, then the keys, while there is room. */
	int n_keys = n_url + 3 <= room ? 3 : 0;
	while (first < n_lines && n_lines - first + n_url + n_keys > room)
		first++;
	int row = room - (n_lines - first) - n_url - n_keys;
	canvas_fill(canvas, row, 0, room - row, canvas->cols, base);
	if (row > 0)
		draw_rule(app, row - 1);
	for (; first < n_lines; first++)
		draw_text(app, row++, lines[first]);
	row += n_keys ? 1 : 0;
	canvas->cursor_row = row;
	canvas->cursor_col = 0;
	row += canvas_put_line(canvas, row, n_url, ascii, base);
	if (n_keys)
		draw_text(app, row + 1, (struct card_line){keys_line(app), ROLE_OVERLAY});
}

/* Whatever the reader goes on with closes the card. */
static bool card_run(struct app *app, struct view *view, const char *command,
		     const struct intent *intent, unsigned *effects)
{
	struct str name = str_of(command);
	struct card card = *(struct card *)view;
	(void)intent;
	if (str_is(name, "suspend") || str_is(name, "redraw") || str_is(name, "help"))
		return false;
	if (str_is(name, "yank")) { /* the card stays: what is sent may be ignored */
		*effects = link_yank_index(app, card.link);
		return true;
	}
	if (str_is(name, "scan")) {
		*effects = link_qr_index(app, card.link);
		return true;
	}
	view_pop(app);
	if (str_is(name, "open")) {
		*effects = link_open_sure(app, card.link, card.way);
		return true;
	}
	return str_is(name, "back") || str_is(name, "quit") || str_is(name, "enter");
}

static void card_close(struct view *view)
{
	free(view);
}

void card_open(struct app *app, uint32_t link, const char *said, const struct error *tried,
	       const char *way)
{
	static const struct view_ops ops = {"card", SCOPE_OVERLAY, card_draw,
					    NULL,   card_run,      card_close};
	struct card *card = mem_new(sizeof(*card));
	card->view.ops = &ops;
	card->link = link;
	card->said = said;
	if (tried)
		card->tried = *tried;
	snprintf(card->way, sizeof(card->way), "%s", way);
	view_push(app, &card->view);
}
