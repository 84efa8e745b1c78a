/* The folder of a publication: read, and written so that nobody ever sees half a file. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/file.h>

#include "fetch.h"

static bool fail(struct error *err, const char *file, const char *what)
{
	error_set(err, ERROR_INPUT, what, strerror(errno));
	return error_at(err, file, 0);
}

/* The folder and those above it. */
static bool make_dirs(struct arena *arena, const char *dir)
{
	char *path = str_dup(arena, str_of(dir));
	for (char *p = path + 1; *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (mkdir(path, 0755) != 0 && errno != EEXIST)
			return false;
		*p = '/';
	}
	return mkdir(path, 0755) == 0 || errno == EEXIST;
}

bool place_open(struct delivery *d, struct error *err)
{
	if (make_dirs(d->arena, d->dir))
		d->dir_fd = open(d->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return d->dir_fd >= 0 || fail(err, d->dir, N_("cannot be written: %s"));
}

bool place_has(const struct delivery *d, const char *file)
{
	return faccessat(d->dir_fd, file, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

bool place_read(const struct delivery *d, const char *file, struct str *out)
{
	return file_read(arena_printf(d->arena, "%s/%s", d->dir, file), d->arena, out, NULL);
}

static bool write_all(int fd, struct str text)
{
	while (text.len) {
		ssize_t n = write(fd, text.p, text.len);
		if (n < 0 && errno != EINTR)
			return false;
		text = str_from(text, n < 0 ? 0 : (size_t)n);
	}
	return true;
}

bool place_write(struct delivery *d, const char *file, struct str text, struct error *err)
{
	char temp[64];
	snprintf(temp, sizeof(temp), ".new.%ld", (long)getpid());
	int fd = openat(d->dir_fd, temp, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
			0644);
	if (fd < 0)
		return fail(err, d->dir, N_("cannot be written: %s"));
	bool ok = write_all(fd, text) && fdatasync(fd) == 0;
	ok = close(fd) == 0 && ok;
	ok = ok && renameat(d->dir_fd, temp, d->dir_fd, file) == 0;
	if (!ok) {
		fail(err, d->dir, N_("cannot be written: %s"));
		unlinkat(d->dir_fd, temp, 0);
	}
	return ok;
}

bool place_issue(struct delivery *d, const char *file, struct str text, struct error *err)
{
	struct str there;
	if (place_has(d, file) && place_read(d, file, &there) && str_eq(there, text))
		return true;
	if (!place_write(d, file, text, err))
		return false;
	say_wrote(d, file);
	return true;
}
