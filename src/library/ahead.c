/* Reading files ahead of those who put them into the index. */
#include "ahead.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include <sulan/arena.h>
#include <sulan/file.h>
#include <sulan/issue.h>

#include "index.h"

#define FILES_MIN  4 /* for fewer a thread is not worth it */
#define ROOM       16
#define BYTES_ROOM ((size_t)4 << 20)

struct item {
	struct ahead_item of;
	size_t bytes;
};

struct ahead {
	const struct ahead_file *files;
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

static struct item read_file(const struct ahead *ahead, const struct ahead_file *file)
{
	struct item item = {0};
	struct arena *arena = arena_new();
	struct str bytes;
	bool is_read = file_read(file->path.p, arena, &bytes, &item.of.err);
	if (is_read) {
		item.bytes = bytes.len;
		item.of.sum = (long long)index_sum(STR_HASH_SEED, bytes);
		item.of.is_same = item.of.sum == file->sum;
	}
	if (!is_read || item.of.is_same)
		arena_free(arena);
	else
		item.of.issue =
			issue_read_with(arena, bytes, file->path, ahead->profiles, &item.of.err);
	if (!item.of.issue && !item.of.is_same)
		error_at(&item.of.err, file->path.p, 0);
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
		struct item item = read_file(ahead, &ahead->files[i]);
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
			issue_free(item.of.issue);
			break;
		}
	}
	return NULL;
}

/* Signals are the other threads' business, but for those of a crash: blocked ones would end the
 * program without the handler that gives the terminal back. */
static bool start(struct ahead *ahead)
{
	static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
	sigset_t others, old;
	sigfillset(&others);
	for (size_t i = 0; i < sizeof(crashes) / sizeof(*crashes); i++)
		sigdelset(&others, crashes[i]);
	pthread_sigmask(SIG_SETMASK, &others, &old);
	bool ok = pthread_create(&ahead->thread, NULL, run, ahead) == 0;
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return ok;
}

struct ahead *ahead_new(const struct ahead_file *files, size_t n, const struct profiles *profiles)
{
	struct ahead *ahead = mem_new(sizeof(*ahead));
	*ahead = (struct ahead){.files = files, .n = n, .profiles = profiles};
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

struct ahead_item ahead_next(struct ahead *ahead)
{
	struct item item =
		ahead->has_thread ? take(ahead) : read_file(ahead, &ahead->files[ahead->n_taken++]);
	return item.of;
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
			issue_free(ahead->items[ahead->n_taken % ROOM].of.issue);
	}
	pthread_cond_destroy(&ahead->moved);
	pthread_mutex_destroy(&ahead->lock);
	free(ahead);
}
