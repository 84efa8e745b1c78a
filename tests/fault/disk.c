#include "disk.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <random.h>

#define SECTOR    512
#define FILES_MAX 64

/* A write that is not flushed yet, and what was there before. */
struct undo {
	struct undo *next; /* the one before */
	off_t at;
	size_t len;
	char old[];
};

struct disk_file {
	int fd; /* of our own */
	dev_t device;
	ino_t inode;
	off_t safe_size;
	struct undo *undo;
};

static struct {
	enum disk_end end;
	long nth, n_events;
	uint32_t seed;
	struct disk_file files[FILES_MAX];
	size_t n_files;
} disk;

/* The functions of libc behind ours. */
#define REAL(name)                                                                                 \
	static __typeof__(name) *real;                                                             \
	if (!real)                                                                                 \
	*(void **)&real = dlsym(RTLD_NEXT, #name)

static ssize_t real_pwrite(int fd, const void *p, size_t len, off_t at)
{
	REAL(pwrite);
	return real(fd, p, len, at);
}

static int real_ftruncate(int fd, off_t size)
{
	REAL(ftruncate);
	return real(fd, size);
}

void disk_arm(enum disk_end end, long nth, uint32_t seed)
{
	disk.end = end;
	disk.nth = nth;
	disk.seed = seed;
	disk.n_events = 0;
}

long disk_events(void)
{
	return disk.n_events;
}

static bool is_file(int fd, struct stat *st)
{
	return fstat(fd, st) == 0 && S_ISREG(st->st_mode);
}

static struct disk_file *file_of(int fd, const struct stat *st)
{
	char name[64];
	for (size_t i = 0; i < disk.n_files; i++)
		if (disk.files[i].inode == st->st_ino && disk.files[i].device == st->st_dev)
			return &disk.files[i];
	if (disk.n_files == FILES_MAX)
		abort();
	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	struct disk_file *file = &disk.files[disk.n_files++];
	*file = (struct disk_file){.fd = open(name, O_RDWR | O_CLOEXEC),
				   .device = st->st_dev,
				   .inode = st->st_ino,
				   .safe_size = st->st_size};
	return file;
}

static void note_write(int fd, const struct stat *st, off_t at, size_t len)
{
	if (disk.end != DISK_CUT)
		return;
	struct disk_file *file = file_of(fd, st);
	struct undo *undo = calloc(1, sizeof(*undo) + len);
	*undo = (struct undo){.next = file->undo, .at = at, .len = len};
	if (pread(file->fd, undo->old, len, at) < 0)
		abort();
	file->undo = undo;
}

static void note_flush(int fd, const struct stat *st)
{
	if (disk.end != DISK_CUT)
		return;
	struct disk_file *file = file_of(fd, st);
	for (struct undo *next; file->undo; file->undo = next) {
		next = file->undo->next;
		free(file->undo);
	}
	file->safe_size = st->st_size;
}

static void lose(struct disk_file *file, const struct undo *undo)
{
	for (size_t at = 0, len; at < undo->len; at += len) {
		off_t place = undo->at + (off_t)at;
		len = SECTOR - (size_t)(place % SECTOR);
		len = len < undo->len - at ? len : undo->len - at;
		if (random_next(&disk.seed) % 2)
			real_pwrite(file->fd, undo->old + at, len, place);
	}
}

/* The size of a file that grew may have grown with the data, or not, or in part. */
static void lose_size(struct disk_file *file)
{
	struct stat st;
	if (fstat(file->fd, &st) != 0 || st.st_size <= file->safe_size)
		return;
	off_t more = st.st_size - file->safe_size, kept = more;
	switch (random_next(&disk.seed) % 3) {
	case 0:
		kept = 0;
		break;
	case 1:
		kept = (off_t)(random_next(&disk.seed) % (uint32_t)more);
		break;
	default:
		break;
	}
	if (real_ftruncate(file->fd, file->safe_size + kept) != 0)
		abort();
}

static void cut_power(void)
{
	for (size_t i = 0; i < disk.n_files; i++) {
		for (const struct undo *u = disk.files[i].undo; u; u = u->next)
			lose(&disk.files[i], u);
		lose_size(&disk.files[i]);
	}
}

/* Counts an event; true when it is the one, or one after it on a full disk. */
static bool is_time(void)
{
	disk.n_events++;
	return disk.end == DISK_FULL ? disk.n_events >= disk.nth
				     : disk.end != DISK_SOUND && disk.n_events == disk.nth;
}

static void die(void)
{
	if (disk.end == DISK_CUT)
		cut_power();
	raise(SIGKILL);
}

/* The write that the process does not survive is done in part. */
static ssize_t put(int fd, const void *p, size_t len, off_t at, const struct stat *st)
{
	note_write(fd, st, at, len);
	if (!is_time())
		return real_pwrite(fd, p, len, at);
	size_t part = len ? random_next(&disk.seed) % len : 0;
	if (part && disk.n_events == disk.nth)
		real_pwrite(fd, p, part, at);
	if (disk.end != DISK_FULL)
		die();
	if (part && disk.n_events == disk.nth)
		return (ssize_t)part;
	errno = ENOSPC;
	return -1;
}

ssize_t pwrite(int fd, const void *p, size_t len, off_t at)
{
	struct stat st;
	return is_file(fd, &st) ? put(fd, p, len, at, &st) : real_pwrite(fd, p, len, at);
}

ssize_t pwrite64(int fd, const void *p, size_t len, off_t at)
{
	return pwrite(fd, p, len, at);
}

ssize_t write(int fd, const void *p, size_t len)
{
	struct stat st;
	REAL(write);
	if (disk.end == DISK_SOUND || !is_file(fd, &st)) {
		disk.n_events += disk.end == DISK_SOUND && is_file(fd, &st);
		return real(fd, p, len);
	}
	bool is_append = fcntl(fd, F_GETFL) & O_APPEND;
	off_t at = is_append ? st.st_size : lseek(fd, 0, SEEK_CUR);
	/* What is appended goes to the end whatever place it is given. */
	ssize_t n = put(fd, p, len, at, &st);
	if (n > 0)
		lseek(fd, at + n, SEEK_SET);
	return n;
}

int ftruncate(int fd, off_t size)
{
	struct stat st;
	if (!is_file(fd, &st))
		return real_ftruncate(fd, size);
	if (is_time() && disk.end != DISK_FULL)
		die();
	if (disk.end == DISK_FULL && disk.n_events >= disk.nth && size > st.st_size) {
		errno = ENOSPC;
		return -1;
	}
	if (size < st.st_size)
		note_write(fd, &st, size, (size_t)(st.st_size - size));
	return real_ftruncate(fd, size);
}

int ftruncate64(int fd, off_t size)
{
	return ftruncate(fd, size);
}

/* The real one is not needed on a disk that only pretends to fail. */
static int flush(int fd)
{
	struct stat st;
	if (!is_file(fd, &st))
		return 0;
	if (is_time() && disk.end != DISK_FULL)
		die();
	note_flush(fd, &st);
	return 0;
}

int fsync(int fd)
{
	return flush(fd);
}

int fdatasync(int fd)
{
	return flush(fd);
}

int rename(const char *from, const char *to)
{
	REAL(rename);
	if (is_time() && disk.end != DISK_FULL)
		die();
	return real(from, to);
}

int unlink(const char *path)
{
	REAL(unlink);
	if (is_time() && disk.end != DISK_FULL)
		die();
	return real(path);
}
