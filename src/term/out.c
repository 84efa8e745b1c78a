/* Bytes to the terminal. A terminal that takes none must not keep the program from ending. */
#include "inside.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sulan/arena.h>

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

void out_write(struct term *term, const void *bytes, size_t len)
{
	const char *p = bytes;
	while (len > 0 && !term->is_gone) {
		if (!wait_for_room(term)) {
			term->is_gone = true;
			return;
		}
		ssize_t n = write(term->opts.fd_out, p, len);
		if (n > 0) {
			p += n;
			len -= (size_t)n;
		} else if (n < 0 && errno != EINTR && errno != EAGAIN) {
			term->is_gone = true;
		}
	}
}

void out_forget(struct term *term)
{
	int fd = fileno(term->sink);
	if (lseek(fd, 0, SEEK_SET) < 0 || ftruncate(fd, 0) < 0)
		term->is_gone = true;
}

void out_frame(struct term *term)
{
	int fd = fileno(term->sink);
	struct stat status;
	if (fstat(fd, &status) < 0 || status.st_size <= 0)
		return;
	struct arena *arena = arena_new();
	struct str frame = {arena_alloc(arena, (size_t)status.st_size), (size_t)status.st_size};
	ssize_t n = pread(fd, (char *)frame.p, frame.len, 0);
	frame.len = n < 0 ? 0 : (size_t)n;
	out_forget(term);
	frame = paint_true(term->paint, frame);
	if (term->has_sync && frame.len >= SYNC_FROM) {
		struct strbuf buf = strbuf_make(arena);
		strbuf_puts(&buf, "\x1b[?2026h");
		strbuf_put(&buf, frame);
		strbuf_puts(&buf, "\x1b[?2026l");
		frame = strbuf_str(&buf);
	}
	out_write(term, frame.p, frame.len);
	arena_free(arena);
}
