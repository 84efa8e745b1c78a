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

bool file_is_issue_name(struct str name)
{
	char first = name.len ? name.p[0] : '.';
	return first != '.' && first != '#' && first != '~' &&
	       (str_ends(name, ".md") || str_ends(name, ".markdown"));
}

/* A path and the first bytes of it that others may not have, as numbers: comparing these settles
 * nearly every comparison. */
struct listed {
	unsigned long long first, then;
	const char *path;
};

struct lister {
	struct arena *arena;
	size_t n_shared; /* bytes that all paths begin with */
	struct listed **items;
	size_t n, cap;
	struct file_list *list;
	size_t cap_folders;
};

bool file_folder_now(const char *path, struct file_folder *out)
{
	struct stat st;
	if (stat(path, &st) != 0 || !S_ISDIR(st.st_mode))
		return false;
	*out = (struct file_folder){
		.path = str_of(path),
		.mtime_ns = (long long)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec,
		.dev = st.st_dev,
		.ino = st.st_ino,
	};
	return true;
}

static void add_folder(struct lister *lister, const char *path)
{
	struct file_list *list = lister->list;
	list->folders = arena_more(lister->arena, list->folders, list->n_folders,
				   &lister->cap_folders, sizeof(*list->folders));
	if (file_folder_now(path, &list->folders[list->n_folders]))
		list->n_folders++;
	else
		list->has_links = true;
}

static unsigned long long eight_bytes(struct str s)
{
	unsigned long long number = 0;
	for (size_t i = 0; i < 8; i++)
		number = number << 8 | (i < s.len ? (unsigned char)s.p[i] : 0);
	return number;
}

static void add_listed(struct lister *lister, const char *path, size_t len)
{
	struct str rest = str_from((struct str){path, len}, lister->n_shared);
	struct listed *item = arena_alloc(lister->arena, sizeof(*item));
	*item = (struct listed){eight_bytes(rest), eight_bytes(str_from(rest, 8)), path};
	lister->items = arena_more(lister->arena, lister->items, lister->n, &lister->cap,
				   sizeof(struct listed *));
	lister->items[lister->n++] = item;
}

/* What the folder says an entry is, without looking at it where that suffices. */
static mode_t kind_of(const struct dirent *entry, const char *path)
{
	struct stat st;
	if (entry->d_type == DT_REG)
		return S_IFREG;
	if (entry->d_type == DT_DIR)
		return S_IFDIR;
	if (entry->d_type != DT_UNKNOWN && entry->d_type != DT_LNK)
		return 0;
	return stat(path, &st) == 0 ? st.st_mode & S_IFMT : 0;
}

static void list_into(struct lister *lister, DIR *dir, const char *path, int depth)
{
	size_t len = strlen(path);
	size_t n_slash = path[len - 1] != '/';
	add_folder(lister, path);
	for (struct dirent *entry; (entry = readdir(dir));) {
		struct str name = str_of(entry->d_name);
		bool is_issue = file_is_issue_name(name);
		if (name.p[0] == '.' || (!is_issue && entry->d_type == DT_REG))
			continue;
		char *full = arena_alloc(lister->arena, len + name.len + 2);
		char *end = mempcpy(full, path, len);
		*end = '/';
		memcpy(end + n_slash, name.p, name.len + 1);
		mode_t kind = kind_of(entry, full);
		lister->list->has_links |= entry->d_type == DT_LNK;
		if (kind == S_IFDIR && depth > 0) {
			DIR *sub = opendir(full);
			if (sub) {
				list_into(lister, sub, full, depth - 1);
				closedir(sub);
			}
		} else if (kind == S_IFREG && is_issue) {
			add_listed(lister, full, len + n_slash + name.len);
		}
	}
}

static int by_path(const void *a, const void *b)
{
	const struct listed *x = *(struct listed *const *)a, *y = *(struct listed *const *)b;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	if (x->then != y->then)
		return x->then < y->then ? -1 : 1;
	return strcmp(x->path, y->path);
}

bool file_list_dir(const char *path, struct arena *arena, struct file_list *out, struct error *err)
{
	DIR *dir = opendir(*path ? path : ".");
	if (!dir)
		return fail(err, path, N_("cannot be opened: %s"));
	char *root = arena_copy(arena, *path ? path : ".", *path ? strlen(path) : 1);
	*out = (struct file_list){0};
	struct lister lister = {.arena = arena, .n_shared = strlen(root), .list = out};
	list_into(&lister, dir, root, 1);
	closedir(dir);
	if (lister.n)
		qsort(lister.items, lister.n, sizeof(struct listed *), by_path);
	out->paths = arena_alloc(arena, (lister.n + 1) * sizeof(*out->paths));
	out->n_paths = lister.n;
	for (size_t i = 0; i < lister.n; i++)
		out->paths[i] = str_of(lister.items[i]->path);
	return true;
}
