/* Bytes to the terminal. A terminal that takes none must not keep the program from ending. */
#include "inside.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include <sulan/arena.h>

#include "caps.h"
#include "signals.h"

enum { LAST_MS = 500, SYNC_FROM = 1024 };

/* True when the terminal takes bytes; false when it is gone, or stuck while the program is to end.
 */
static bool wait_for_room(struct term *term)
{
	struct pollfd fds[] = {{.fd = term->opts.fd_out, .events = POLLOUT},
			       {.fd = term->wake_fd, .events = POLLIN}};
	for (;;) {
		bool is_ending = signals_ended() != 0;
		int n = poll(fds, is_ending ? 1 : 2, is_ending ? LAST_MS : -1);
		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0 && fds[0].revents)
			return fds[0].revents & POLLOUT;
		if (is_ending && n == 0)
			return false;
		/* Woken by a signal: the flags stay for the loop. */
		if (n > 0)
			signals_drain();
	}
}

int out_open(int fd)
{
	char name[128];
	if (ttyname_r(fd, name, sizeof(name)) != 0)
		return -1;
	return open(name, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

/* Nearly always a terminal takes at once what it is sent, and need not be asked before. */
void out_write(struct term *term, const void *bytes, size_t len)
{
	const char *p = bytes;
	bool may_hang = term->own_fd < 0, must_wait = may_hang;
	int fd = may_hang ? term->opts.fd_out : term->own_fd;
	while (len > 0 && !term->is_gone) {
		if (must_wait && !wait_for_room(term)) {
			term->is_gone = true;
			return;
		}
		ssize_t n = write(fd, p, len);
		must_wait = may_hang || n < 0;
		if (n > 0) {
			p += n;
			len -= (size_t)n;
		} else if (n < 0 && errno != EINTR && errno != EAGAIN) {
			term->is_gone = true;
		}
	}
}

/* The sink keeps its size: what was written is known by how far. */
void out_forget(struct term *term)
{
	if (lseek(fileno(term->sink), 0, SEEK_SET) < 0)
		term->is_gone = true;
}

/* The frame with the questions to the terminal right behind the switch to our screen, which the
 * frame then clears; as it was when there is none. None is left when the answer makes it another
 * one. */
static struct str ask(struct term *term, struct str frame, struct arena *arena)
{
	const char *enter = caps_text("smcup");
	size_t at = enter && *enter ? str_find(frame, str_of(enter), 0) : STR_NOT_FOUND;
	if (at == STR_NOT_FOUND)
		return frame;
	at += strlen(enter);
	const struct str none = {0};
	struct strbuf buf = strbuf_make(arena);
	strbuf_put(&buf, str_sub(frame, 0, at));
	probe_ask(&term->probe, &buf, term->rows, now_ms());
	frame = str_from(frame, at);
	if (term->opts.awaits_utf8 && !term->opts.facts.policy.is_ascii) {
		out_write(term, strbuf_str(&buf).p, strbuf_str(&buf).len);
		input_await_answers(term);
		return term->is_measured ? none : frame;
	}
	strbuf_put(&buf, frame);
	return strbuf_str(&buf);
}

/* The frame without the resets of the palette that curses puts in: the colours behind the numbers
 * are the user's, and nothing here changes them. */
static struct str keep_palette(struct str frame, struct arena *arena)
{
	const char *text = caps_text("oc");
	struct str reset = str_of(text ? text : "");
	size_t from = 0, at = reset.len ? str_find(frame, reset, 0) : STR_NOT_FOUND;
	if (at == STR_NOT_FOUND)
		return frame;
	struct strbuf buf = strbuf_make(arena);
	for (; at != STR_NOT_FOUND; at = str_find(frame, reset, from)) {
		strbuf_put(&buf, str_sub(frame, from, at - from));
		from = at + reset.len;
	}
	strbuf_put(&buf, str_from(frame, from));
	return strbuf_str(&buf);
}

void out_cells(struct term *term, struct str frame)
{
	if (!term->has_sync || frame.len < SYNC_FROM) {
		out_write(term, frame.p, frame.len);
		return;
	}
	struct arena *arena = arena_new();
	struct strbuf buf = strbuf_make(arena);
	strbuf_puts(&buf, "\x1b[?2026h");
	strbuf_put(&buf, frame);
	strbuf_puts(&buf, "\x1b[?2026l");
	out_write(term, buf.p, buf.len);
	arena_free(arena);
}

void out_frame(struct term *term)
{
	int fd = fileno(term->sink);
	off_t size = lseek(fd, 0, SEEK_CUR);
	if (size <= 0)
		return;
	struct arena *arena = arena_new();
	struct str frame = {arena_alloc(arena, (size_t)size), (size_t)size};
	ssize_t n = pread(fd, (char *)frame.p, frame.len, 0);
	frame.len = n < 0 ? 0 : (size_t)n;
	out_forget(term);
	frame = paint_spell(term->paint, arena, keep_palette(frame, arena));
	if (term->probe.is_due)
		frame = ask(term, frame, arena);
	out_cells(term, frame);
	arena_free(arena);
}
