/* A temporary file, synced, then a name for it. */
#include "save.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sulan/arena.h>

static bool fail(const char *path, struct error *err)
{
	error_set(err, ERROR_INPUT, N_("cannot be written: %s"), strerror(errno));
	return error_at(err, path, 0);
}

static bool refuse(const char *path, struct error *err)
{
	error_set(err, ERROR_USAGE, N_("is there already; --force replaces it"), NULL);
	return error_at(err, path, 0);
}

static bool write_all(int fd, struct str text)
{
	while (text.len) {
		ssize_t n = write(fd, text.p, text.len);
		if (n < 0 && errno != EINTR)
			return false;
		text = str_from(text, n > 0 ? (size_t)n : 0);
	}
	return fsync(fd) == 0;
}

/* The name only if nobody has it; where the file system has no such rename, by a second link. */
static int name_new(const char *temp, const char *path)
{
	if (renameat2(AT_FDCWD, temp, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
		return 0;
	if (errno != EINVAL && errno != ENOSYS)
		return -1;
	return link(temp, path) == 0 ? unlink(temp) : -1;
}

static bool save_at(const char *path, struct str text, const struct stat *old, struct error *err)
{
	char temp[PATH_MAX];
	const char *slash = strrchr(path, '/');
	int folder_len = slash ? (int)(slash - path + 1) : 0;
	int n = snprintf(temp, sizeof(temp), "%.*s.sulan-%ld.tmp", folder_len, path,
			 (long)getpid());
	if (n < 0 || (size_t)n >= sizeof(temp)) {
		errno = ENAMETOOLONG;
		return fail(path, err);
	}
	unlink(temp); /* of a run that was ended */
	int fd = open(temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	bool ok = fd >= 0 && write_all(fd, text) && (!old || fchmod(fd, old->st_mode & 07777) == 0);
	if (fd >= 0 && close(fd) != 0)
		ok = false;
	if (ok && (old ? rename(temp, path) : name_new(temp, path)) == 0)
		return true;
	int why = errno;
	if (fd >= 0)
		unlink(temp);
	errno = why;
	return !old && why == EEXIST ? refuse(path, err) : fail(path, err);
}

bool save_file(const char *path, struct str text, bool may_replace, struct error *err)
{
	struct stat old;
	bool is_there = stat(path, &old) == 0;
	if (is_there && !S_ISREG(old.st_mode)) {
		error_set(err, ERROR_INPUT, N_("is no regular file"), NULL);
		return error_at(err, path, 0);
	}
	if (is_there && !may_replace)
		return refuse(path, err);
	char *real = is_there ? realpath(path, NULL) : NULL;
	bool ok = save_at(real ? real : path, text, is_there ? &old : NULL, err);
	free(real);
	return ok;
}

static bool is_offered(struct str name, struct str typed)
{
	if (str_is(name, ".") || str_is(name, "..") || (typed.len == 0 && str_starts(name, ".")))
		return false;
	return str_eq(str_sub(name, 0, typed.len), typed);
}

static size_t base_at(struct str path)
{
	size_t at = path.len;
	while (at && path.p[at - 1] != '/')
		at--;
	return at;
}

size_t save_paths(struct arena *arena, const char *path, struct str typed, struct str **out)
{
	size_t n = 0, cap = 0, base = base_at(str_of(path)), shown = base_at(typed);
	const char *folder = base ? arena_copy(arena, path, base) : ".";
	DIR *dir = opendir(folder);
	struct dirent *entry;
	*out = NULL;
	while (dir && (entry = readdir(dir))) {
		struct stat st;
		struct str name = str_of(entry->d_name);
		if (!is_offered(name, str_of(path + base)))
			continue;
		bool is_folder =
			fstatat(dirfd(dir), entry->d_name, &st, 0) == 0 && S_ISDIR(st.st_mode);
		*out = arena_more(arena, *out, n, &cap, sizeof(**out));
		(*out)[n++] = str_of(arena_printf(arena, "%.*s%s%s", (int)shown, typed.p,
						  entry->d_name, is_folder ? "/" : ""));
	}
	if (dir)
		closedir(dir);
	if (n)
		qsort(*out, n, sizeof(**out), str_order);
	return n;
}
