/* Which files were edited in their place since they were indexed. */
#include "index.h"

#include <fcntl.h>
#include <unistd.h>

#include <sulan/arena.h>

/* The folder that was looked into last: from it a file is found without walking all of its path. */
struct folder {
	struct arena *arena;
	struct str path; /* with a slash behind it */
	int fd;          /* -1 when there is none */
};

static void folder_close(struct folder *folder)
{
	if (folder->fd >= 0)
		close(folder->fd);
	folder->fd = -1;
}

static bool stamp_in(struct folder *folder, struct str path, struct file_stamp *stamp)
{
	size_t slash = path.len;
	while (slash && path.p[slash - 1] != '/')
		slash--;
	struct str dir = str_sub(path, 0, slash);
	if (!str_eq(dir, folder->path)) {
		folder_close(folder);
		folder->path = str_copy(folder->arena, dir);
		folder->fd = open(folder->path.p, O_PATH | O_DIRECTORY | O_CLOEXEC);
	}
	return folder->fd >= 0 && stamp_file_at(folder->fd, path.p + slash, stamp);
}

/* A row of path, mtime, size and ino. What cannot be looked at is not known to have been edited. */
static bool is_edited(sqlite3_stmt *row, struct folder *folder)
{
	struct file_stamp stamp;
	return stamp_in(folder, index_text(row, 0), &stamp) &&
	       (sqlite3_column_int64(row, 1) != stamp.mtime_ns ||
		sqlite3_column_int64(row, 2) != stamp.size ||
		sqlite3_column_int64(row, 3) != stamp.ino);
}

/* What a scan of these folders and files would come upon: the index may know others, too. */
static bool is_scanned(struct str path, const struct str *paths, size_t n_paths)
{
	size_t i = 0;
	while (i < n_paths && !str_eq(path, paths[i]) && !path_is_below(path, paths[i]))
		i++;
	return i < n_paths;
}

bool index_has_edits(struct index *index, const struct str *paths, size_t n_paths, size_t max)
{
	sqlite3_stmt *s = index_prepare(
		index, "SELECT path, mtime, size, ino FROM issue ORDER BY day DESC LIMIT ?1", NULL);
	bool has_edits = false;
	if (!s)
		return false;
	struct folder folder = {.arena = arena_new(), .fd = -1};
	sqlite3_bind_int64(s, 1, max < INT64_MAX ? (long long)max : INT64_MAX);
	while (!has_edits && sqlite3_step(s) == SQLITE_ROW)
		has_edits = is_scanned(index_text(s, 0), paths, n_paths) && is_edited(s, &folder);
	sqlite3_finalize(s);
	folder_close(&folder);
	arena_free(folder.arena);
	return has_edits;
}

bool index_is_edited(struct index *index, const struct str *files, size_t n)
{
	bool is_one = false;
	/* As one question: the index is locked for each. */
	sqlite3_stmt *s = index_statement(index, STATEMENT_GET_STAMP);
	if (!s || !index_exec(index, "BEGIN", NULL))
		return false;
	struct folder folder = {.arena = arena_new(), .fd = -1};
	for (size_t i = 0; i < n && !is_one; i++) {
		index_bind(s, 1, files[i]);
		is_one = sqlite3_step(s) == SQLITE_ROW && is_edited(s, &folder);
		sqlite3_reset(s);
	}
	folder_close(&folder);
	arena_free(folder.arena);
	index_run(index, index_statement(index, STATEMENT_COMMIT), NULL);
	return is_one;
}
