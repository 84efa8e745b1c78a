/* Writing to one's own journal: a turn begins with the lock and with what others wrote, and ends
 * with lines that are safe on the disk, or with none. */
#include "journals.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/file.h>

static bool is_name(struct str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_",
			    name.p[i]))
			return false;
	return name.len > 0 && name.len <= 80;
}

void journal_read_device(struct journal *j)
{
	struct arena *arena = arena_new();
	struct str text;
	if (!j->seam.device.len &&
	    file_read(arena_printf(arena, "%s/device", j->opts.home), arena, &text, NULL) &&
	    is_name(str_trim(text)))
		j->seam.device = str_copy(j->arena, str_trim(text));
	arena_free(arena);
}

/* Gives this device its name; the first of two programs that do so at once wins. */
static bool name_device(struct journal *j, struct error *err)
{
	struct arena *arena = arena_new();
	char *path = arena_printf(arena, "%s/device", j->opts.home);
	char *fresh = arena_printf(arena, "%s/device.%ld", j->opts.home, (long)getpid());
	const char *text = arena_printf(arena, "%s\n", j->opts.new_name);
	int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool ok = fd >= 0 && journal_write_all(fd, text, strlen(text)) && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	ok = ok && (link(fresh, path) == 0 || errno == EEXIST);
	if (!ok)
		journal_fail(err, path,
			     N_("marks cannot be kept here: %s; try --library :memory:"));
	unlink(fresh);
	if (ok)
		journal_read_device(j);
	if (ok && !j->seam.device.len) {
		ok = error_set(err, ERROR_LIBRARY,
			       N_("names no device; delete this file, and a new name is found"),
			       NULL);
		error_at(err, path, 0);
	}
	arena_free(arena);
	return ok;
}

/* A turn takes some milliseconds; a program that was stopped in the middle of one must not stop the
 * others for ever. A file system without locks has one writer at a time by its user's care. */
static bool wait_for_lock(int fd)
{
	const struct timespec pause = {.tv_nsec = 5000000};
	for (int i = 0; i < 1000; i++) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return true;
		if (errno != EWOULDBLOCK && errno != EINTR)
			return true;
		nanosleep(&pause, NULL);
	}
	errno = EWOULDBLOCK;
	return false;
}

static bool take_lock(struct journal *j, const char *path, struct error *err)
{
	struct stat st;
	bool is_new = stat(path, &st) != 0;
	for (;;) {
		j->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
		if (j->fd < 0)
			return journal_fail(
				err, path,
				N_("marks cannot be kept here: %s; try --library :memory:"));
		if (!wait_for_lock(j->fd)) {
			journal_fail(err, path, N_("another program keeps this file locked: %s"));
			close(j->fd);
			j->fd = -1;
			return false;
		}
		struct stat own;
		if (stat(path, &st) == 0 && fstat(j->fd, &own) == 0 && st.st_ino == own.st_ino)
			break;
		close(j->fd); /* it was rewritten while we waited */
	}
	if (is_new)
		journal_sync_dir(j->dir);
	return true;
}

bool journal_begin(void *self, struct triage *triage, struct error *err)
{
	struct journal *j = self;
	journal_read_device(j);
	if (!journal_make_dir(j->dir, err) || (!j->seam.device.len && !name_device(j, err)))
		return false;
	struct arena *arena = arena_new();
	char *path = arena_printf(arena, "%s/%.*s.journal", j->dir, (int)j->seam.device.len,
				  j->seam.device.p);
	bool ok = take_lock(j, path, err);
	if (ok)
		journal_poll(j, triage, NULL, NULL);
	arena_free(arena);
	return ok;
}

/* What was just written need not be read again. */
static void skip_own(struct journal *j, size_t size, struct str text)
{
	for (size_t i = 0; i < j->n_files; i++) {
		struct journal_file *file = &j->files[i];
		if (!str_eq(file->device, j->seam.device) || file->read != size)
			continue;
		journal_took(j, file, text);
		file->size = file->read;
	}
}

/* A torn line that a crash left is ended first; what cannot be made safe is taken away again. */
bool journal_write(void *self, const struct record *records, size_t n, struct error *err)
{
	struct journal *j = self;
	struct arena *arena = arena_new();
	struct strbuf text = strbuf_make(arena);
	off_t size = lseek(j->fd, 0, SEEK_END);
	char last = '\n';
	if (size > 0 && pread(j->fd, &last, 1, size - 1) == 1 && last != '\n')
		strbuf_putc(&text, '\n');
	for (size_t i = 0; i < n; i++)
		record_put(&text, &records[i]);
	bool ok = size >= 0 && journal_write_all(j->fd, text.p, text.len) && fdatasync(j->fd) == 0;
	if (ok) {
		skip_own(j, (size_t)size, strbuf_str(&text));
	} else {
		journal_fail(err, j->dir,
			     N_("the mark was not kept, as it could not be written: %s"));
		if (size >= 0 && ftruncate(j->fd, size) != 0)
			error_at(err, j->dir, 0);
	}
	arena_free(arena);
	return ok;
}

void journal_end(void *self)
{
	struct journal *j = self;
	close(j->fd); /* and with it the lock */
	j->fd = -1;
}
