/* What files and folders look like from outside: whether it is worth looking into them. */
#include "index.h"

#include <sys/stat.h>

/* What changed so shortly before it was read may change again without another stamp. */
#define DIRTY_NS 2000000000LL

static long long ns_of(struct timespec time)
{
	return (long long)time.tv_sec * 1000000000LL + time.tv_nsec;
}

bool stamp_file(struct str path, struct file_stamp *stamp)
{
	struct stat st;
	if (stat(path.p, &st) != 0)
		return false;
	*stamp = (struct file_stamp){ns_of(st.st_mtim), st.st_size, (long long)st.st_ino, 0};
	return true;
}

bool stamp_is_dirty(const struct file_stamp *stamp, long long now_ns)
{
	return now_ns - stamp->mtime_ns < DIRTY_NS;
}

bool path_is_below(struct str path, struct str folder)
{
	return path.len > folder.len + 1 && path.p[folder.len] == '/' &&
	       str_eq(str_sub(path, 0, folder.len), folder);
}

/* The folders' own stamps: as long as they are the same, no file came or went. */
bool folders_keep(struct index *index, const struct str *folders, size_t n, long long now_ns,
		  struct error *err)
{
	sqlite3_stmt *s = index_prepare(
		index, "INSERT OR REPLACE INTO folder(path, mtime) VALUES(?1, ?2)", err);
	bool ok = s != NULL;
	for (size_t i = 0; ok && i < n; i++) {
		struct file_stamp stamp;
		if (!stamp_file(folders[i], &stamp))
			continue;
		index_bind(s, 1, folders[i]);
		sqlite3_bind_int64(s, 2, stamp_is_dirty(&stamp, now_ns) ? -1 : stamp.mtime_ns);
		ok = index_run(index, s, err);
	}
	sqlite3_finalize(s);
	return ok;
}

/* Whether the folder and those in it have the stamps they had; one nothing is known of has not. */
static bool is_folder_fresh(sqlite3_stmt *s, struct str path)
{
	size_t n = 0;
	bool is_same = true;
	index_bind(s, 1, path);
	while (is_same && sqlite3_step(s) == SQLITE_ROW) {
		struct file_stamp stamp;
		is_same = stamp_file(index_text(s, 0), &stamp) &&
			  sqlite3_column_int64(s, 1) == stamp.mtime_ns;
		n++;
	}
	sqlite3_reset(s);
	return is_same && n > 0;
}

bool index_is_fresh(struct index *index, const struct str *paths, size_t n_paths)
{
	sqlite3_stmt *s = index_prepare(index,
					"SELECT path, mtime FROM folder WHERE path = ?1 OR"
					" (path > ?1 || '/' AND path < ?1 || '0')",
					NULL);
	bool is_fresh = s != NULL;
	for (size_t i = 0; is_fresh && i < n_paths; i++)
		is_fresh = is_folder_fresh(s, paths[i]);
	sqlite3_finalize(s);
	return is_fresh;
}

/* A row of path, mtime, size and ino. What cannot be looked at is not known to have been edited. */
static bool is_edited(sqlite3_stmt *row)
{
	struct file_stamp stamp;
	return stamp_file(index_text(row, 0), &stamp) &&
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
	sqlite3_bind_int64(s, 1, max < INT64_MAX ? (long long)max : INT64_MAX);
	while (!has_edits && sqlite3_step(s) == SQLITE_ROW)
		has_edits = is_scanned(index_text(s, 0), paths, n_paths) && is_edited(s);
	sqlite3_finalize(s);
	return has_edits;
}

bool index_is_edited(struct index *index, const struct str *files, size_t n)
{
	bool is_one = false;
	/* As one question: the index is locked for each. */
	sqlite3_stmt *s = index_statement(index, STATEMENT_GET_STAMP);
	if (!s || !index_exec(index, "BEGIN", NULL))
		return false;
	for (size_t i = 0; i < n && !is_one; i++) {
		index_bind(s, 1, files[i]);
		is_one = sqlite3_step(s) == SQLITE_ROW && is_edited(s);
		sqlite3_reset(s);
	}
	index_run(index, index_statement(index, STATEMENT_COMMIT), NULL);
	return is_one;
}
