/* What files and folders look like from outside: whether it is worth looking into them. */
#include "index.h"

#include <fcntl.h>
#include <sys/stat.h>

/* What changed so shortly before it was read may change again without another stamp. */
#define DIRTY_NS 2000000000LL

static long long ns_of(struct timespec time)
{
	return (long long)time.tv_sec * 1000000000LL + time.tv_nsec;
}

bool stamp_file_at(int folder, const char *path, struct file_stamp *stamp)
{
	struct stat st;
	if (fstatat(folder, path, &st, 0) != 0)
		return false;
	*stamp = (struct file_stamp){ns_of(st.st_mtim), st.st_size, (long long)st.st_ino, 0};
	return true;
}

bool stamp_file(struct str path, struct file_stamp *stamp)
{
	return stamp_file_at(AT_FDCWD, path.p, stamp);
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
