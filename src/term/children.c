/* Programs that we started. Whoever waits for one waits for a time that ends. */
#include "children.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sulan/arena.h>

#include "inside.h"
#include "spawn.h"

/* How often the end of a program is looked for: nothing else tells of it where no terminal is. */
enum { LOOK_MS = 5 };

void children_reap(struct term *term)
{
	for (size_t i = 0; i < MAX_CHILDREN; i++)
		if (term->children[i] && waitpid(term->children[i], NULL, WNOHANG) != 0)
			term->children[i] = 0;
}

void children_remember(struct term *term, pid_t pid)
{
	for (size_t i = 0; i < MAX_CHILDREN; i++) {
		if (!term->children[i]) {
			term->children[i] = pid;
			return;
		}
	}
}

bool children_wait(pid_t pid, int ms, int *status)
{
	const long long end = now_ms() + ms;
	for (;;) {
		pid_t ended = waitpid(pid, status, WNOHANG);
		if (ended != 0)
			return ended == pid;
		long long left = end - now_ms();
		if (left <= 0)
			return false;
		poll(NULL, 0, left < LOOK_MS ? (int)left : LOOK_MS);
	}
}

static bool ended_well(int status)
{
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* Reads up to the end of what is written; false when that does not come within the time. */
static bool listen_to(int fd, struct strbuf *out, size_t max, int ms)
{
	const long long end = now_ms() + ms;
	char bytes[4096];
	while (out->len < max) {
		struct pollfd said = {.fd = fd, .events = POLLIN};
		long long left = end - now_ms();
		if (left <= 0 || (poll(&said, 1, (int)left) < 0 && errno != EINTR))
			return false;
		if (!said.revents)
			continue;
		ssize_t n = read(fd, bytes, sizeof(bytes));
		if (n == 0)
			return true;
		if (n > 0)
			strbuf_put(out, (struct str){bytes, (size_t)n});
		else if (errno != EINTR && errno != EAGAIN)
			return false;
	}
	return false;
}

bool children_ask(struct arena *arena, const char *file, char *const *argv, int ms, size_t max,
		  struct str *out)
{
	int ends[2], status = 1;
	struct strbuf buf = strbuf_make(arena);
	if (pipe2(ends, O_CLOEXEC) < 0)
		return false;
	pid_t pid =
		spawn_start(file, argv, &(struct spawn_io){.in = -1, .out = ends[1], .err = -1});
	close(ends[1]);
	bool is_heard = pid && listen_to(ends[0], &buf, max, ms);
	close(ends[0]);
	if (!pid)
		return false;
	if (!children_wait(pid, is_heard ? ms : 0, &status)) {
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
	}
	*out = strbuf_str(&buf);
	return is_heard && ended_well(status);
}

bool children_feed(int fd, struct str text, int ms)
{
	const long long end = now_ms() + ms;
	while (text.len) {
		struct pollfd room = {.fd = fd, .events = POLLOUT};
		long long left = end - now_ms();
		if (left <= 0 || (poll(&room, 1, (int)left) < 0 && errno != EINTR))
			return false;
		ssize_t n = write(fd, text.p, text.len);
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return false;
		text = str_from(text, n > 0 ? (size_t)n : 0);
	}
	return true;
}

bool children_tell(struct term *term, const char *file, char *const *argv, struct str text, int ms)
{
	int ends[2], status = 1;
	if (pipe2(ends, O_CLOEXEC) < 0)
		return false;
	pid_t pid =
		spawn_start(file, argv, &(struct spawn_io){.in = ends[0], .out = -1, .err = -1});
	close(ends[0]);
	fcntl(ends[1], F_SETFL, O_NONBLOCK);
	bool is_fed = pid && children_feed(ends[1], text, ms);
	close(ends[1]);
	if (pid && !children_wait(pid, ms, &status)) {
		children_remember(term, pid);
		return false;
	}
	return is_fed && ended_well(status);
}
