/* An address as one line: curses breaks a text into rows that know nothing of each other, the
 * terminal breaks a line it is given whole. So what stands there already is written once more, past
 * curses, and as a link (OSC 8), where the terminal knows such things. */
#include "inside.h"

#include <sulan/arena.h>
#include <sulan/canvas.h>

/* Terminals take no longer addresses for links: VTE's limit, and the lowest known. */
enum { LINK_MAX = 2083 };

static unsigned long long identity(const struct canvas *canvas)
{
	int place[] = {canvas->line.row, canvas->cols};
	struct str where = {(const char *)place, sizeof(place)};
	return str_hash(canvas->line.text, str_hash(where, STR_HASH_SEED)) | 1;
}

/* Multiplexers pass on or drop what they do not know; of others, those that say they are like
 * xterm.
 */
static bool can_take(const struct term *term)
{
	return term->has_sync || *term->opts.tmux || *term->opts.sty;
}

void line_show(struct term *term, const struct canvas *canvas)
{
	struct str text = canvas->line.text;
	unsigned long long line = text.len ? identity(canvas) : 0;
	bool is_there = line == term->line;
	term->line = line;
	if (is_there || !line || !can_take(term))
		return;
	struct arena *arena = arena_new();
	struct strbuf buf = strbuf_make(arena);
	char sgr[STYLE_SGR_BYTES];
	size_t len = style_sgr(style_reduce(canvas->line.style, term_depth(term)), sgr);
	bool is_link = text.len <= LINK_MAX;
	strbuf_printf(&buf,
		      "\x1b"
		      "7\x1b[%d;1H",
		      canvas->line.row + 1);
	strbuf_put(&buf, len ? (struct str){sgr, len} : STR("\x1b[m"));
	if (is_link) {
		strbuf_puts(&buf, "\x1b]8;id=sulan;");
		strbuf_put(&buf, text);
		strbuf_puts(&buf, "\x1b\\");
	}
	strbuf_put(&buf, text);
	if (is_link)
		strbuf_puts(&buf, "\x1b]8;;\x1b\\");
	strbuf_puts(&buf, "\x1b"
			  "8");
	out_write(term, buf.p, buf.len);
	arena_free(arena);
}
