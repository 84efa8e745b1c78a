/* One child a source, its lines taken as they come; failures are tried again after 1, 2, 4 … 64
 * minutes. */
#include "sources.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/inotify.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/words.h>

#define RETRY_MS    60000LL
#define MAX_DOUBLES 6

static long long now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void watch_fd(struct sources *sources, int fd)
{
	struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
	if (sources->poll_fd >= 0 && fd >= 0)
		epoll_ctl(sources->poll_fd, EPOLL_CTL_ADD, fd, &event);
}

/* The folder may come with the first delivery; true when it is watched from now on. */
static bool watch_dir(struct sources *sources, struct delivery *source)
{
	if (source->watch >= 0 || sources->notify_fd < 0)
		return false;
	source->watch = inotify_add_watch(sources->notify_fd, source->dir,
					  IN_CLOSE_WRITE | IN_MOVED_TO | IN_ONLYDIR);
	return source->watch >= 0;
}

void sources_open(struct sources *sources, const struct world *world,
		  const struct sources_ears *ears)
{
	const struct config *config = world->config;
	*sources = (struct sources){.world = world, .poll_fd = -1, .notify_fd = -1, .timer_fd = -1};
	if (ears)
		sources->ears = *ears;
	sources->items =
		arena_alloc(world->arena, (config->n_publications + 1) * sizeof(*sources->items));
	for (size_t i = 0; i < config->n_publications; i++) {
		const struct config_publication *publication = &config->publications[i];
		const char *dir = world_publication_dir(world, publication);
		if (dir)
			sources->items[sources->n++] = (struct delivery){
				.publication = publication, .dir = dir, .fd = -1, .watch = -1};
	}
}

int sources_watch(struct sources *sources, int more_fd)
{
	sources->poll_fd = epoll_create1(EPOLL_CLOEXEC);
	sources->notify_fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	sources->timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	watch_fd(sources, sources->notify_fd);
	watch_fd(sources, sources->timer_fd);
	watch_fd(sources, more_fd > 0 ? more_fd : -1);
	for (size_t i = 0; i < sources->n; i++)
		watch_dir(sources, &sources->items[i]);
	return sources->poll_fd;
}

bool source_is_running(const struct delivery *source)
{
	return source->fd >= 0;
}

long source_retry_s(const struct delivery *source)
{
	long long left = source->retry_ms ? source->retry_ms - now_ms() : 0;
	return left > 0 ? (long)((left + 999) / 1000) : 0;
}

/* Wakes up for the first that is to be tried again. */
static void set_timer(struct sources *sources)
{
	long long first = 0;
	struct itimerspec at = {0};
	for (size_t i = 0; i < sources->n; i++) {
		const struct delivery *source = &sources->items[i];
		if (source->retry_ms && (!first || source->retry_ms < first))
			first = source->retry_ms;
	}
	at.it_value.tv_sec = first / 1000;
	at.it_value.tv_nsec = first % 1000 * 1000000;
	if (sources->timer_fd >= 0)
		timerfd_settime(sources->timer_fd, TFD_TIMER_ABSTIME, &at, NULL);
}

static void finish(struct sources *sources, struct delivery *source)
{
	if (source->err.code) {
		unsigned doubles = source->n_failed < MAX_DOUBLES ? source->n_failed : MAX_DOUBLES;
		source->retry_ms = now_ms() + (RETRY_MS << doubles);
		source->n_failed++;
	} else {
		source->n_failed = 0;
		source->retry_ms = 0;
	}
	if (source->fd >= 0)
		close(source->fd);
	source->fd = -1;
	set_timer(sources);
	if (watch_dir(sources, source) && sources->ears.heard_all)
		sources->ears.heard_all(sources->ears.self, source->dir);
}

static void fail(struct delivery *source, const char *file, const char *what, const char *arg)
{
	error_set(&source->err, ERROR_INPUT, what, arg);
	error_at(&source->err, file, 0);
}

/* The program beside our own, as it was built or installed; else the one of PATH. */
static const char *find_program(struct arena *arena)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);
	path[len > 0 ? len : 0] = '\0';
	char *slash = strrchr(path, '/');
	if (slash) {
		*slash = '\0';
		const char *file = arena_printf(arena, "%s/sulan-fetch", path);
		if (access(file, X_OK) == 0)
			return file;
	}
	return "sulan-fetch";
}

/* sulan-fetch --dir DIR --name NAME KIND WORD… */
static char **make_argv(struct sources *sources, const struct delivery *source)
{
	struct arena *arena = sources->world->arena;
	const struct config_publication *publication = source->publication;
	const char *first[] = {find_program(arena),
			       "--dir",
			       source->dir,
			       "--name",
			       str_dup(arena, publication->name),
			       config_source_name(publication->source)};
	struct str rest = publication->address, word;
	char **argv = NULL;
	size_t n = 0, cap = 0;
	for (size_t i = 0; i < sizeof(first) / sizeof(*first); i++) {
		argv = arena_more(arena, argv, n, &cap, sizeof(*argv));
		argv[n++] = str_dup(arena, str_of(first[i]));
	}
	char separator = publication->source == SOURCE_COMMAND ? ' ' : '\n';
	while (str_cut(&rest, separator, &word)) {
		argv = arena_more(arena, argv, n, &cap, sizeof(*argv));
		if (word.len)
			argv[n++] = str_dup(arena, word);
	}
	argv = arena_more(arena, argv, n, &cap, sizeof(*argv));
	argv[n] = NULL;
	return argv;
}

/* In a session of its own: it has no terminal to write to or be stopped by. */
static int spawn(pid_t *pid, char *const argv[], int out)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attr);
	posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&files, out, 1);
	posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addclosefrom_np(&files, 3);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK |
						POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &all);
	int failed = posix_spawnp(pid, argv[0], &files, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	return failed;
}

void sources_start(struct sources *sources, struct delivery *source)
{
	int ends[2];
	if (source->publication->source == SOURCE_NONE || source_is_running(source))
		return;
	source->err = (struct error){0};
	source->len = source->n_done = source->n_total = source->n_new = 0;
	source->retry_ms = 0;
	char **argv = make_argv(sources, source);
	int failed = pipe2(ends, O_CLOEXEC) != 0 ? errno : 0;
	if (!failed) {
		failed = spawn(&source->pid, argv, ends[1]);
		close(ends[1]);
		fcntl(ends[0], F_SETFL, O_NONBLOCK);
		source->fd = ends[0];
	}
	if (failed) {
		fail(source, argv[0], N_("cannot be started: %s"), strerror(failed));
		finish(sources, source);
		return;
	}
	watch_fd(sources, source->fd);
	fail(source, argv[0], N_("ended before it was done"), NULL); /* until it says more */
}

/* "FILE TAB MESSAGE TAB WHAT STANDS IN IT". A message that is not one of the words is shown as it
 * is. */
static void take_error(struct delivery *source, struct arena *arena, struct str text)
{
	struct str file = {0}, what = {0};
	str_cut(&text, '\t', &file);
	str_cut(&text, '\t', &what);
	source->err = (struct error){0};
	fail(source, str_dup(arena, file), str_dup(arena, what), str_dup(arena, text));
}

static void take_line(struct sources *sources, struct delivery *source, struct str line)
{
	struct str word;
	long n = 0, total = 0;
	struct str rest = line;
	str_cut(&rest, ' ', &word);
	if (str_is(word, "progress")) {
		struct str first = {0};
		str_cut(&rest, ' ', &first);
		if (str_to_int(first, 0, LONG_MAX, &n) && str_to_int(rest, 0, LONG_MAX, &total)) {
			source->n_done = (size_t)n;
			source->n_total = (size_t)total;
		}
	} else if (str_is(word, "wrote")) {
		source->n_new++;
		if (str_is(rest, ".") && sources->ears.heard_all)
			sources->ears.heard_all(sources->ears.self, source->dir);
	} else if (str_is(word, "done")) {
		source->err = (struct error){0};
	} else if (str_is(word, "error")) {
		take_error(source, sources->world->arena, rest);
	}
}

/* The whole lines of what has come. */
static void take_lines(struct sources *sources, struct delivery *source)
{
	for (char *end; (end = memchr(source->line, '\n', source->len));) {
		size_t used = (size_t)(end - source->line) + 1;
		take_line(sources, source, (struct str){source->line, used - 1});
		memmove(source->line, source->line + used, source->len - used);
		source->len -= used;
	}
	if (source->len == sizeof(source->line)) /* longer than any it tells */
		source->len = 0;
}

static bool listen_to(struct sources *sources, struct delivery *source)
{
	bool is_news = false;
	while (source_is_running(source)) {
		ssize_t n = read(source->fd, source->line + source->len,
				 sizeof(source->line) - source->len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			break;
		is_news = true;
		if (n <= 0) {
			finish(sources, source);
			break;
		}
		source->len += (size_t)n;
		take_lines(sources, source);
	}
	return is_news;
}

static void hear(struct sources *sources, const struct inotify_event *event)
{
	const struct sources_ears *ears = &sources->ears;
	for (size_t i = 0; i < sources->n; i++) {
		struct delivery *source = &sources->items[i];
		if (event->mask & IN_Q_OVERFLOW) {
			if (ears->heard_all)
				ears->heard_all(ears->self, source->dir);
		} else if (event->wd == source->watch && (event->mask & IN_IGNORED)) {
			source->watch = -1; /* the folder is gone */
		} else if (event->wd == source->watch && event->len && ears->heard) {
			ears->heard(ears->self, arena_printf(sources->world->arena, "%s/%s",
							     source->dir, event->name));
		}
	}
}

static bool hear_folders(struct sources *sources)
{
	_Alignas(struct inotify_event) char bytes[8192];
	bool is_news = false;
	for (ssize_t n;
	     sources->notify_fd >= 0 && (n = read(sources->notify_fd, bytes, sizeof(bytes))) > 0;) {
		is_news = true;
		for (char *p = bytes; p < bytes + n;) {
			const struct inotify_event *event = (const void *)p;
			hear(sources, event);
			p += sizeof(*event) + event->len;
		}
	}
	return is_news;
}

/* Children are waited for one by one: the terminal's have others to wait for them. */
static void reap(struct delivery *source)
{
	if (source->pid > 0 && waitpid(source->pid, NULL, WNOHANG) != 0)
		source->pid = 0;
}

bool sources_take(struct sources *sources)
{
	bool is_news = false;
	unsigned long long ticks;
	bool is_time = sources->timer_fd >= 0 &&
		       read(sources->timer_fd, &ticks, sizeof(ticks)) == sizeof(ticks);
	for (size_t i = 0; i < sources->n; i++) {
		struct delivery *source = &sources->items[i];
		is_news |= listen_to(sources, source);
		reap(source);
		if (is_time && source->retry_ms && source->retry_ms <= now_ms()) {
			sources_start(sources, source);
			is_news = true;
		}
	}
	return hear_folders(sources) || is_news;
}

void sources_close(struct sources *sources)
{
	int *const fds[] = {&sources->poll_fd, &sources->notify_fd, &sources->timer_fd};
	for (size_t i = 0; i < sources->n; i++)
		if (sources->items[i].fd >= 0)
			close(sources->items[i].fd);
	for (size_t i = 0; i < 3; i++) {
		if (*fds[i] >= 0)
			close(*fds[i]);
		*fds[i] = -1;
	}
}
