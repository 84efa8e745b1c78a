/* Reading files ahead of those who put them into the index. */
#include "ahead.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include <sulan/arena.h>
#include <sulan/file.h>
#include <sulan/issue.h>

#define FILES_MIN  8 /* for fewer a thread is not worth it */
#define ROOM       16
#define BYTES_ROOM ((size_t)4 << 20)

struct item {
	const struct issue *issue;
	struct error err;
	size_t bytes;
};

struct ahead {
	const struct str *paths;
	size_t n;
	const struct profiles *profiles;
	pthread_t thread;
	bool has_thread;
	/* What follows is of both threads, and changes only under the lock. */
	pthread_mutex_t lock;
	pthread_cond_t moved;
	struct item items[ROOM]; /* a ring */
	size_t n_read, n_taken, bytes;
	bool is_stopped;
};

static struct item read_file(const struct ahead *ahead, struct str path)
{
	struct item item = {0};
	struct arena *arena = arena_new();
	struct str bytes;
	if (file_read(path.p, arena, &bytes, &item.err)) {
		item.bytes = bytes.len;
		item.issue = issue_read_with(arena, bytes, path, ahead->profiles, &item.err);
	} else {
		arena_free(arena);
	}
	if (!item.issue)
		error_at(&item.err, path.p, 0);
	return item;
}

static bool has_room(const struct ahead *ahead)
{
	size_t n = ahead->n_read - ahead->n_taken;
	return n == 0 || (n < ROOM && ahead->bytes < BYTES_ROOM);
}

static void *run(void *self)
{
	struct ahead *ahead = self;
	for (size_t i = 0; i < ahead->n; i++) {
		struct item item = read_file(ahead, ahead->paths[i]);
		pthread_mutex_lock(&ahead->lock);
		while (!ahead->is_stopped && !has_room(ahead))
			pthread_cond_wait(&ahead->moved, &ahead->lock);
		bool is_stopped = ahead->is_stopped;
		if (!is_stopped) {
			ahead->items[ahead->n_read++ % ROOM] = item;
			ahead->bytes += item.bytes;
		}
		pthread_cond_signal(&ahead->moved);
		pthread_mutex_unlock(&ahead->lock);
		if (is_stopped) {
			issue_free(item.issue);
			break;
		}
	}
	return NULL;
}

/* Signals are the other threads' business. */
static bool start(struct ahead *ahead)
{
	sigset_t all, old;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	bool ok = pthread_create(&ahead->thread, NULL, run, ahead) == 0;
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return ok;
}

struct ahead *ahead_new(const struct str *paths, size_t n, const struct profiles *profiles)
{
	struct ahead *ahead = mem_new(sizeof(*ahead));
	*ahead = (struct ahead){.paths = paths, .n = n, .profiles = profiles};
	pthread_mutex_init(&ahead->lock, NULL);
	pthread_cond_init(&ahead->moved, NULL);
	ahead->has_thread = n >= FILES_MIN && start(ahead);
	return ahead;
}

static struct item take(struct ahead *ahead)
{
	pthread_mutex_lock(&ahead->lock);
	while (ahead->n_read == ahead->n_taken)
		pthread_cond_wait(&ahead->moved, &ahead->lock);
	struct item item = ahead->items[ahead->n_taken++ % ROOM];
	ahead->bytes -= item.bytes;
	pthread_cond_signal(&ahead->moved);
	pthread_mutex_unlock(&ahead->lock);
	return item;
}

const struct issue *ahead_next(struct ahead *ahead, struct error *err)
{
	struct item item =
		ahead->has_thread ? take(ahead) : read_file(ahead, ahead->paths[ahead->n_taken++]);
	if (!item.issue && err)
		*err = item.err;
	return item.issue;
}

void ahead_free(struct ahead *ahead)
{
	if (ahead->has_thread) {
		pthread_mutex_lock(&ahead->lock);
		ahead->is_stopped = true;
		pthread_cond_signal(&ahead->moved);
		pthread_mutex_unlock(&ahead->lock);
		pthread_join(ahead->thread, NULL);
		for (; ahead->n_taken < ahead->n_read; ahead->n_taken++)
			issue_free(ahead->items[ahead->n_taken % ROOM].issue);
	}
	pthread_cond_destroy(&ahead->moved);
	pthread_mutex_destroy(&ahead->lock);
	free(ahead);
}
