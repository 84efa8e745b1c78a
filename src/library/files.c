/* Folders and whole files of the state. */
#include "journals.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/error.h>

bool journal_fail(struct error *err, const char *path, const char *what)
{
	error_set(err, ERROR_LIBRARY, what, strerror(errno));
	return error_at(err, path, 0);
}

/* With everything above it; for the reader's eyes only. */
bool journal_make_dir(const char *path, struct error *err)
{
	struct arena *arena = arena_new();
	char *part = str_dup(arena, str_of(path));
	bool ok = true;
	for (char *p = part + 1; ok && *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		ok = mkdir(part, 0700) == 0 || errno == EEXIST || errno == EROFS || errno == EACCES;
		*p = '/';
	}
	ok = ok && (mkdir(part, 0700) == 0 || errno == EEXIST);
	if (!ok)
		journal_fail(err, path,
			     N_("marks cannot be kept here: %s; try --library :memory:"));
	arena_free(arena);
	return ok;
}

bool journal_sync_dir(const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = fd >= 0 && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	return ok;
}

bool journal_write_all(int fd, const char *p, size_t len)
{
	while (len) {
		ssize_t n = write(fd, p, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		p += n;
		len -= (size_t)n;
	}
	return true;
}

bool journal_replace(const char *path, struct str text, struct error *err)
{
	struct arena *arena = arena_new();
	const char *slash = strrchr(path, '/');
	char *dir = str_dup(arena, str_sub(str_of(path), 0, slash ? (size_t)(slash - path) : 0));
	char *fresh = arena_printf(arena, "%s/.%s.%ld.new", dir, slash ? slash + 1 : path,
				   (long)getpid());
	int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool ok = fd >= 0 && journal_write_all(fd, text.p, text.len) && fsync(fd) == 0;
	if (fd >= 0)
		close(fd);
	ok = ok && rename(fresh, path) == 0;
	if (!ok) {
		journal_fail(err, path, N_("cannot be written: %s"));
		unlink(fresh);
	}
	journal_sync_dir(dir);
	arena_free(arena);
	return ok;
}

bool journal_add(const char *path, struct str lines, struct error *err)
{
	int fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
	off_t size = fd >= 0 ? lseek(fd, 0, SEEK_END) : -1;
	bool ok = size >= 0 && journal_write_all(fd, lines.p, lines.len) && fdatasync(fd) == 0;
	if (!ok) {
		journal_fail(err, path, N_("cannot be written: %s"));
		if (size >= 0 && ftruncate(fd, size) != 0)
			error_at(err, path, 0);
	}
	if (fd >= 0)
		close(fd);
	return ok;
}

size_t journal_names(struct arena *arena, const char *path, struct str **out)
{
	size_t n = 0, cap = 0;
	DIR *dir = opendir(path);
	*out = NULL;
	if (!dir)
		return 0;
	for (struct dirent *entry; (entry = readdir(dir));) {
		struct str name = str_of(entry->d_name);
		if (name.p[0] == '.' || name.len <= 8 || !str_ends(name, ".journal"))
			continue;
		*out = arena_more(arena, *out, n, &cap, sizeof(**out));
		(*out)[n++] = str_copy(arena, str_sub(name, 0, name.len - 8));
	}
	closedir(dir);
	if (n)
		qsort(*out, n, sizeof(**out), str_order);
	return n;
}
