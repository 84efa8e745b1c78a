/* The clipboard of the reader's own terminal, by OSC 52 or by tmux's own command. Nothing ever
 * answers: what is sent may be ignored. */
#include "inside.h"

#include <string.h>

#include <sulan/arena.h>
#include <sulan/argv.h>

#include "children.h"
#include "spawn.h"

enum {
	CHUNK = 240, /* of what GNU screen passes on at once */
	TMUX_MS = 1000,
};

static struct str base64(struct arena *arena, struct str from)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	struct strbuf buf = strbuf_make(arena);
	for (size_t at = 0; at < from.len; at += 3) {
		size_t n = from.len - at < 3 ? from.len - at : 3;
		unsigned bits = 0;
		for (size_t i = 0; i < 3; i++)
			bits = bits << 8 | (i < n ? (unsigned char)from.p[at + i] : 0u);
		for (size_t i = 0; i < 4; i++)
			strbuf_putc(&buf, i <= n ? digits[bits >> (18 - 6 * i) & 63] : '=');
	}
	return strbuf_str(&buf);
}

static void send_osc52(struct term *term, struct arena *arena, struct str text)
{
	struct strbuf sequence = strbuf_make(arena), buf = strbuf_make(arena);
	bool is_screen = *term->opts.sty && !*term->opts.tmux;
	strbuf_puts(&sequence, "\x1b]52;c;");
	strbuf_put(&sequence, base64(arena, text));
	strbuf_putc(&sequence, '\a');
	struct str rest = strbuf_str(&sequence);
	if (!is_screen) {
		out_write(term, rest.p, rest.len);
		return;
	}
	for (; rest.len; rest = str_from(rest, CHUNK)) {
		strbuf_puts(&buf, "\x1bP");
		strbuf_put(&buf, str_sub(rest, 0, CHUNK));
		strbuf_puts(&buf, "\x1b\\");
	}
	out_write(term, buf.p, buf.len);
}

/* tmux takes no clipboard sequence from us as it is set up by default, but its own command does it.
 */
static bool send_tmux(struct term *term, struct arena *arena, struct str text)
{
	const char *file = *term->opts.tmux ? spawn_find(arena, "tmux", term->opts.path) : NULL;
	char **argv = argv_split(arena, STR("tmux load-buffer -w -"));
	return file && children_tell(term, file, argv, text, TMUX_MS);
}

enum open_result clip_copy(struct term *term, struct str text)
{
	bool is_console = strcmp(term->opts.term, "linux") == 0;
	enum open_result result = OPEN_SHOWN;
	children_reap(term);
	if (text.len > PORT_COPY_MAX || term->is_gone)
		return OPEN_SHOWN;
	struct arena *arena = arena_new();
	if (send_tmux(term, arena, text)) {
		result = OPEN_SENT_TMUX;
	} else if (!is_console) {
		send_osc52(term, arena, text);
		result = OPEN_SENT;
	}
	arena_free(arena);
	return result;
}
