/* Snapshots of files and folders. A regular file is read to the size it had when it was opened;
 * only a descriptor handed to us may be a pipe. */
#include <sulan/file.h>

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

static bool fail(struct error *err, const char *name, const char *what)
{
	error_set(err, ERROR_INPUT, what, strerror(errno));
	return error_at(err, name, 0);
}

/* Reads to the end of `fd`, at most `limit` bytes beyond which the input is refused. */
static bool read_all(int fd, size_t limit, const char *name, struct arena *arena, struct str *out,
		     struct error *err)
{
	size_t cap = 1 << 16, len = 0;
	char *buf = arena_resize(arena, NULL, 0, cap);
	for (;;) {
		if (len + 1 == cap) {
			buf = arena_resize(arena, buf, cap, cap * 2);
			cap *= 2;
		}
		ssize_t n = read(fd, buf + len, cap - len - 1);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail(err, name, N_("cannot be read: %s"));
		if (n == 0)
			break;
		len += (size_t)n;
		if (len > limit)
			return fail(err, name, N_("is larger than 64 MiB; split it first"));
	}
	buf[len] = '\0';
	*out = (struct str){buf, len};
	return true;
}

bool file_read_fd(int fd, const char *name, struct arena *arena, struct str *out, struct error *err)
{
	return read_all(fd, FILE_MAX_BYTES, name, arena, out, err);
}

/* The first `size` bytes of a file that may be shorter by now. */
static bool read_size(int fd, size_t size, const char *path, struct arena *arena, struct str *out,
		      struct error *err)
{
	char *buf = arena_resize(arena, NULL, 0, size + 1);
	size_t len = 0;
	while (len < size) {
		ssize_t n = read(fd, buf + len, size - len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail(err, path, N_("cannot be read: %s"));
		if (n == 0)
			break;
		len += (size_t)n;
	}
	buf[len] = '\0';
	*out = (struct str){buf, len};
	return true;
}

bool file_read(const char *path, struct arena *arena, struct str *out, struct error *err)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return fail(err, path, N_("cannot be opened: %s"));
	struct stat st;
	bool ok = false;
	if (fstat(fd, &st) != 0)
		fail(err, path, N_("cannot be read: %s"));
	else if (S_ISDIR(st.st_mode))
		fail(err, path, N_("is a folder, not a file"));
	else if (!S_ISREG(st.st_mode))
		fail(err, path, N_("is not a regular file; pipe it in: cat FILE | sulan"));
	else if ((size_t)st.st_size > FILE_MAX_BYTES)
		fail(err, path, N_("is larger than 64 MiB; split it first"));
	else if (st.st_size == 0) /* files of /proc have no size but a content */
		ok = read_all(fd, FILE_MAX_BYTES, path, arena, out, err);
	else
		ok = read_size(fd, (size_t)st.st_size, path, arena, out, err);
	close(fd);
	return ok;
}

bool file_is_dir(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

struct lister {
	struct arena *arena;
	struct str *paths;
	size_t n, cap;
};

bool file_is_issue_name(struct str name)
{
	if (str_starts(name, ".") || str_starts(name, "#") || str_starts(name, "~"))
		return false;
	return str_ends(name, ".md") || str_ends(name, ".markdown");
}

static void list_into(struct lister *lister, DIR *dir, const char *path, int depth)
{
	const char *slash = path[strlen(path) - 1] == '/' ? "" : "/";
	for (struct dirent *entry; (entry = readdir(dir));) {
		if (entry->d_name[0] == '.')
			continue;
		char *full = arena_printf(lister->arena, "%s%s%s", path, slash, entry->d_name);
		struct stat st;
		if (stat(full, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode) && depth > 0) {
			DIR *sub = opendir(full);
			if (sub) {
				list_into(lister, sub, full, depth - 1);
				closedir(sub);
			}
		} else if (S_ISREG(st.st_mode) && file_is_issue_name(str_of(entry->d_name))) {
			lister->paths = arena_more(lister->arena, lister->paths, lister->n,
						   &lister->cap, sizeof(*lister->paths));
			lister->paths[lister->n++] = str_of(full);
		}
	}
}

static int by_path(const void *a, const void *b)
{
	return str_compare(*(const struct str *)a, *(const struct str *)b);
}

bool file_list_dir(const char *path, struct arena *arena, struct file_list *out, struct error *err)
{
	DIR *dir = opendir(*path ? path : ".");
	if (!dir)
		return fail(err, path, N_("cannot be opened: %s"));
	struct lister lister = {.arena = arena};
	list_into(&lister, dir, *path ? path : ".", 1);
	closedir(dir);
	if (lister.n)
		qsort(lister.paths, lister.n, sizeof(*lister.paths), by_path);
	*out = (struct file_list){lister.paths, lister.n};
	return true;
}
