/* Programs by argv, never by a shell: their output is taken within limits, their last words are the
 * error. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

#include "fetch.h"

#define LAST_WORDS 4096

struct child {
	pid_t pid;
	int out, err; /* pipes; -1: at its end */
	struct strbuf text;
	char words[LAST_WORDS]; /* the end of what it complained */
	size_t n_words;
	bool is_late, is_too_large;
};

static long long now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* In a group of its own: what it starts ends with it. */
static int start(struct child *child, const char *const argv[], int out, int err)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t piped;
	sigemptyset(&piped);
	sigaddset(&piped, SIGPIPE);
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attr);
	posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&files, out, 1);
	posix_spawn_file_actions_adddup2(&files, err, 2);
	posix_spawn_file_actions_addclosefrom_np(&files, 3);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigdefault(&attr, &piped);
	posix_spawnattr_setpgroup(&attr, 0);
	int failed = posix_spawnp(&child->pid, argv[0], &files, &attr,
				  (char *const *)(uintptr_t)argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	return failed;
}

static void take_words(struct child *child, struct str bytes)
{
	if (bytes.len > LAST_WORDS / 2)
		bytes = str_from(bytes, bytes.len - LAST_WORDS / 2);
	if (child->n_words + bytes.len > LAST_WORDS) {
		memmove(child->words, child->words + LAST_WORDS / 2,
			child->n_words - LAST_WORDS / 2);
		child->n_words -= LAST_WORDS / 2;
	}
	memcpy(child->words + child->n_words, bytes.p, bytes.len);
	child->n_words += bytes.len;
}

/* Takes what is there; closes the pipe at its end. */
static void take(struct child *child, int *fd, const struct delivery *d)
{
	char bytes[16384];
	ssize_t n = read(*fd, bytes, sizeof(bytes));
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n <= 0) {
		close(*fd);
		*fd = -1;
		return;
	}
	struct str text = {bytes, (size_t)n};
	if (fd == &child->err)
		take_words(child, text);
	else if (text.len > d->max_bytes - child->text.len)
		child->is_too_large = true;
	else
		strbuf_put(&child->text, text);
}

static void listen_to(struct child *child, const struct delivery *d)
{
	const long long end = now_ms() + 1000LL * d->timeout_s;
	while ((child->out >= 0 || child->err >= 0) && !child->is_too_large) {
		struct pollfd fds[] = {{.fd = child->out, .events = POLLIN},
				       {.fd = child->err, .events = POLLIN}};
		long long left = end - now_ms();
		if (left <= 0) {
			child->is_late = true;
			return;
		}
		if (poll(fds, 2, (int)left) <= 0)
			continue;
		if (fds[0].revents)
			take(child, &child->out, d);
		if (fds[1].revents)
			take(child, &child->err, d);
	}
}

/* Waits for its end; one that does not want to come to it is ended, with all that it started. */
static int finish(struct child *child, const struct delivery *d)
{
	int status = 0;
	bool is_asked = child->is_late || child->is_too_large;
	const struct timespec pause = {0, 20000000};
	for (long long end = now_ms() + (is_asked ? 2000 : 1000LL * d->timeout_s);;) {
		if (is_asked)
			kill(-child->pid, SIGTERM);
		pid_t pid = waitpid(child->pid, &status, WNOHANG);
		if (pid != 0 && !(pid < 0 && errno == EINTR))
			break;
		if (now_ms() >= end) {
			child->is_late = true;
			kill(-child->pid, SIGKILL);
		}
		nanosleep(&pause, NULL);
	}
	kill(-child->pid, SIGKILL);
	return status;
}

/* The last line that says anything. */
static const char *last_line(const struct child *child, struct arena *arena)
{
	struct str rest = {child->words, child->n_words}, line, last = STR("");
	while (str_cut(&rest, '\n', &line))
		if (str_trim(line).len)
			last = str_trim(line);
	return str_dup(arena, utf8_repair(arena, str_sub(last, 0, 200)));
}

static bool judge(const struct child *child, int status, struct arena *arena, struct error *err)
{
	const char *words = last_line(child, arena);
	if (child->is_too_large)
		return error_set(err, ERROR_INPUT, N_("what came is too large"), NULL);
	if (child->is_late)
		return error_set(err, ERROR_INPUT, N_("took too long"), NULL);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	if (*words)
		return error_set(err, ERROR_INPUT, N_("did not succeed: %s"), words);
	return error_set(err, ERROR_INPUT, N_("did not succeed and does not say why"), NULL);
}

bool run_program(struct delivery *d, const char *const argv[], struct str *out, struct error *err)
{
	struct child child = {.text = strbuf_make(d->arena)};
	int to_out[2] = {-1, -1}, to_err[2] = {-1, -1}, failed = 0;
	if (pipe2(to_out, O_CLOEXEC) != 0 || pipe2(to_err, O_CLOEXEC) != 0)
		failed = errno;
	if (!failed)
		failed = start(&child, argv, to_out[1], to_err[1]);
	close(to_out[1]);
	close(to_err[1]);
	child.out = to_out[0];
	child.err = to_err[0];
	if (!failed)
		listen_to(&child, d);
	if (child.out >= 0)
		close(child.out);
	if (child.err >= 0)
		close(child.err);
	if (failed) {
		error_set(err, ERROR_INPUT, N_("cannot be started: %s"), strerror(failed));
		return error_at(err, argv[0], 0);
	}
	int status = finish(&child, d);
	if (!judge(&child, status, d->arena, err))
		return error_at(err, argv[0], 0);
	if (out)
		*out = strbuf_str(&child.text);
	return true;
}
