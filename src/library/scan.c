/* Bringing the index up to date: the folders as they are against the files it knows, then file by
 * file, the newest first. Each step is one transaction, so that a program that dies loses no more
 * than that. */
#include "index.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <sulan/arena.h>
#include <sulan/date.h>
#include <sulan/file.h>
#include <sulan/issue.h>

#include "ahead.h"
#include "titles.h"

/* Steps as large as this come one after another: what each adds to the full-text index is left for
 * later, small steps to merge. */
#define BULK_BYTES ((size_t)256 << 10)
/* How many parts of a size the full-text index gathers before it begins to merge them, some of the
 * work with each step: usually, and while many steps come and somebody may wait for each. Where
 * nobody waits it is SQLite's own limit at which all are merged at once, however long that takes.
 */
#define PARTS_USUAL   4
#define PARTS_AWAITED 8
#define PARTS_ALL     0

struct file {
	struct str path;
	struct file_stamp stamp;
	struct date date; /* from its name */
};

struct scan {
	struct index *index;
	struct arena *arena;
	struct scan_opts opts;
	struct scan_progress progress;
	struct file *files; /* to be read, newest first */
	size_t n, cap;
	/* Those from `now` to `end` are put in together; the first `n_left` of them still are to
	 * be. */
	size_t now, end, n_left;
	struct str *gone;
	size_t n_gone, cap_gone;
	struct str *folders; /* those given and those their files lie in */
	size_t n_folders, cap_folders;
	bool has_changed, is_bulk;
	size_t pairs_due; /* the stories put in at which the counts of pairs are kept */
};

static void complain(const struct scan *scan, const struct error *err)
{
	if (scan->opts.bad)
		scan->opts.bad(scan->opts.self, err);
}

static int newest_first(const void *a, const void *b)
{
	const struct file *x = a, *y = b;
	int order = date_compare(y->date, x->date);
	return order ? order : str_compare(y->path, x->path);
}

struct listing {
	struct str *paths;
	size_t n, cap;
};

/* All files of the folders that can be listed, sorted, each once. A folder that cannot be is left
 * as the index has it: a disk may come back. */
static void list_files(struct scan *scan, struct listing *out, bool *is_listed)
{
	for (size_t i = 0; i < scan->opts.n_paths; i++) {
		struct error err = {0};
		struct file_list list = {0};
		struct str path = scan->opts.paths[i];
		const char *name = str_dup(scan->arena, path);
		is_listed[i] = file_is_dir(name) && file_list_dir(name, scan->arena, &list, &err);
		struct file_stamp stamp;
		if (!is_listed[i] && stamp_file(str_of(name), &stamp) && !file_is_dir(name)) {
			list.paths = arena_alloc(scan->arena, sizeof(*list.paths));
			list.paths[0] = path;
			list.n_paths = 1;
		} else if (!is_listed[i]) {
			if (!err.code)
				file_list_dir(name, scan->arena, &list, &err);
			scan->progress.n_bad++;
			complain(scan, &err);
		}
		for (size_t k = 0; k < list.n_paths; k++) {
			out->paths = arena_more(scan->arena, out->paths, out->n, &out->cap,
						sizeof(*out->paths));
			out->paths[out->n++] = str_copy(scan->arena, list.paths[k]);
		}
	}
	if (out->n)
		qsort(out->paths, out->n, sizeof(*out->paths), str_order);
	size_t n = 0;
	for (size_t i = 0; i < out->n; i++)
		if (n == 0 || !str_eq(out->paths[n - 1], out->paths[i]))
			out->paths[n++] = out->paths[i];
	out->n = n;
}

static void add_folder(struct scan *scan, struct str path)
{
	if (scan->n_folders && str_eq(scan->folders[scan->n_folders - 1], path))
		return;
	scan->folders = arena_more(scan->arena, scan->folders, scan->n_folders, &scan->cap_folders,
				   sizeof(*scan->folders));
	scan->folders[scan->n_folders++] = str_copy(scan->arena, path);
}

static void note_folders(struct scan *scan, const struct listing *list)
{
	for (size_t i = 0; i < scan->opts.n_paths; i++)
		add_folder(scan, scan->opts.paths[i]);
	for (size_t i = 0; i < list->n; i++) {
		const char *slash = strrchr(list->paths[i].p, '/');
		if (slash && slash > list->paths[i].p)
			add_folder(scan,
				   str_sub(list->paths[i], 0, (size_t)(slash - list->paths[i].p)));
	}
}

static bool is_gone(const struct scan *scan, struct str path, const bool *is_listed)
{
	for (size_t i = 0; i < scan->opts.n_paths; i++)
		if (is_listed[i] && path_is_below(path, scan->opts.paths[i]))
			return true;
	return false;
}

static void add_file(struct scan *scan, struct str path, struct file_stamp stamp)
{
	size_t slash = path.len;
	while (slash && path.p[slash - 1] != '/')
		slash--;
	scan->files =
		arena_more(scan->arena, scan->files, scan->n, &scan->cap, sizeof(*scan->files));
	struct file *file = &scan->files[scan->n++];
	*file = (struct file){.path = path, .stamp = stamp};
	date_find(str_from(path, slash), &file->date, NULL, NULL);
}

static void add_gone(struct scan *scan, struct str path)
{
	scan->gone = arena_more(scan->arena, scan->gone, scan->n_gone, &scan->cap_gone,
				sizeof(*scan->gone));
	scan->gone[scan->n_gone++] = str_copy(scan->arena, path);
}

/* Both in the order of their bytes: what the index knows, what is there. */
static bool compare(struct scan *scan, const struct listing *list, const bool *is_listed,
		    struct error *err)
{
	sqlite3_stmt *s = index_prepare(
		scan->index, "SELECT path, mtime, size, ino, sum FROM issue ORDER BY path", err);
	if (!s)
		return false;
	size_t i = 0;
	int result = sqlite3_step(s);
	while (result == SQLITE_ROW || i < list->n) {
		struct str known = result == SQLITE_ROW ? index_text(s, 0) : (struct str){0};
		int order = result != SQLITE_ROW ? 1
			    : i == list->n       ? -1
						 : str_compare(known, list->paths[i]);
		struct file_stamp stamp;
		if (order < 0 && is_gone(scan, known, is_listed))
			add_gone(scan, known);
		if (order >= 0 && stamp_file(list->paths[i], &stamp)) {
			bool is_same = order == 0 && sqlite3_column_int64(s, 1) == stamp.mtime_ns &&
				       sqlite3_column_int64(s, 2) == stamp.size &&
				       sqlite3_column_int64(s, 3) == stamp.ino;
			stamp.sum = order == 0 ? sqlite3_column_int64(s, 4) : 0;
			if (is_same)
				scan->progress.n_same++;
			else
				add_file(scan, list->paths[i], stamp);
		}
		i += order >= 0;
		if (order <= 0)
			result = sqlite3_step(s);
	}
	sqlite3_finalize(s);
	return index_ok(scan->index, result, err);
}

struct scan *scan_new(struct index *index, const struct scan_opts *opts, struct error *err)
{
	struct scan *scan = mem_new(sizeof(*scan));
	struct listing list = {0};
	*scan = (struct scan){.index = index, .arena = arena_new(), .opts = *opts};
	struct str *paths = arena_alloc(scan->arena, (opts->n_paths + 1) * sizeof(*paths));
	for (size_t i = 0; i < opts->n_paths; i++)
		paths[i] = str_copy(scan->arena, opts->paths[i]);
	scan->opts.paths = paths;
	bool *is_listed = arena_alloc(scan->arena, opts->n_paths + 1);
	list_files(scan, &list, is_listed);
	note_folders(scan, &list);
	if (!compare(scan, &list, is_listed, err)) {
		scan_free(scan);
		return NULL;
	}
	if (scan->n)
		qsort(scan->files, scan->n, sizeof(*scan->files), newest_first);
	scan->progress.n_files = scan->n;
	return scan;
}

static bool index_file(struct scan *scan, struct file *file, struct ahead *ahead, struct error *err)
{
	struct ahead_item item = ahead_next(ahead);
	if (stamp_is_dirty(&file->stamp, scan->opts.now_ns))
		file->stamp.size = -1;
	file->stamp.sum = item.sum;
	if (item.is_same)
		return rows_stamp(scan->index, file->path, &file->stamp, err);
	if (!item.issue) {
		scan->progress.n_bad++;
		complain(scan, &item.err);
	}
	/* What cannot be read is remembered too, and not tried again before it has changed. */
	bool ok = rows_put(scan->index, file->path, &file->stamp, item.issue, err);
	scan->progress.n_stories += ok && item.issue ? item.issue->n_stories : 0;
	scan->has_changed = true;
	issue_free(item.issue);
	return ok;
}

static bool drop_gone(struct scan *scan, struct error *err)
{
	for (size_t i = 0; i < scan->n_gone; i++)
		if (!rows_drop(scan->index, scan->gone[i], err))
			return false;
	scan->progress.n_gone += scan->n_gone;
	scan->has_changed |= scan->n_gone > 0;
	scan->n_gone = 0;
	return true;
}

static bool is_waited_for(const struct scan *scan)
{
	return scan->opts.is_stopped && scan->opts.is_stopped(scan->opts.self);
}

/* Oldest first: rows in ascending order are what the full-text index takes in best. */
static bool put_files(struct scan *scan, struct error *err)
{
	struct arena *arena = arena_new();
	size_t n = scan->n_left;
	struct file *first = n ? &scan->files[scan->now] : NULL;
	struct ahead_file *files = arena_alloc(arena, (n + 1) * sizeof(*files));
	for (size_t i = 0; i < n; i++)
		files[i] = (struct ahead_file){first[n - 1 - i].path, first[n - 1 - i].stamp.sum};
	struct ahead *ahead = ahead_new(files, n, scan->opts.profiles);
	bool ok = true;
	for (size_t i = 0; ok && i < n && (i == 0 || !is_waited_for(scan)); i++) {
		ok = index_file(scan, &first[n - 1 - i], ahead, err);
		scan->n_left -= ok;
	}
	ahead_free(ahead);
	arena_free(arena);
	return ok;
}

static void choose_files(struct scan *scan, size_t max_bytes)
{
	size_t end = scan->end, bytes = 0;
	while (end < scan->n && (end == scan->end || bytes < max_bytes))
		bytes += (size_t)scan->files[end++].stamp.size;
	scan->now = scan->end;
	scan->end = end;
	scan->n_left = end - scan->now;
}

static bool is_done(const struct scan *scan)
{
	return scan->end == scan->n && scan->n_left == 0;
}

static bool index_files(struct scan *scan, struct error *err)
{
	return put_files(scan, err) &&
	       (!is_done(scan) ||
		folders_keep(scan->index, scan->folders, scan->n_folders, scan->opts.now_ns, err));
}

static bool set_merging(struct index *index, int n_parts, struct error *err)
{
	char sql[64];
	snprintf(sql, sizeof(sql), "INSERT INTO full(full, rank) VALUES('automerge', %d)", n_parts);
	return index_exec(index, sql, err);
}

/* Whoever waits may type pinyin: what that stands for is counted together with the stories, and
 * kept whenever there are twice as many. */
static bool keep_pairs(struct scan *scan, struct error *err)
{
	size_t n = scan->progress.n_stories;
	if (!scan->is_bulk || n < scan->pairs_due || is_waited_for(scan))
		return true;
	scan->pairs_due = 2 * n;
	return pairs_keep(scan->index, err);
}

static bool begin_bulk(struct scan *scan, struct error *err)
{
	scan->is_bulk = true;
	scan->pairs_due = scan->opts.is_stopped ? index_count(scan->index).n_stories : SIZE_MAX;
	return set_merging(scan->index, scan->opts.is_stopped ? PARTS_AWAITED : PARTS_ALL, err);
}

bool scan_step(struct scan *scan, size_t max_bytes, struct error *err)
{
	struct index *index = scan->index;
	bool is_idle = scan->n == 0 && scan->n_gone == 0 &&
		       index_is_fresh(index, scan->opts.paths, scan->opts.n_paths);
	if (is_idle || (scan->n && is_done(scan)))
		return false;
	if (scan->n_left == 0)
		choose_files(scan, max_bytes);
	struct scan_progress before = scan->progress;
	size_t n_left = scan->n_left;
	if (!index_run(index, index_statement(index, STATEMENT_BEGIN), err))
		return false;
	bool is_bulk = max_bytes >= BULK_BYTES && !scan->is_bulk;
	bool ok = (!is_bulk || begin_bulk(scan, err)) && drop_gone(scan, err) &&
		  index_files(scan, err) && rows_keep_words(index, err) && keep_pairs(scan, err) &&
		  index_run(index, index_statement(index, STATEMENT_COMMIT), err);
	if (!ok) {
		index_run(index, index_statement(index, STATEMENT_ROLLBACK), NULL);
		index->n_words_kept = 0;
		scan->progress = before;
		scan->n_left = n_left;
		return false;
	}
	scan->progress.n_done = scan->end - scan->n_left;
	titles_free(index->titles);
	index->titles = NULL;
	return !is_done(scan);
}

const struct scan_progress *scan_progress(const struct scan *scan)
{
	return &scan->progress;
}

/* What SQLite knows of its tables is found out anew when they are no longer what they were. */
static void analyse(const struct scan *scan)
{
	struct index *index = scan->index;
	size_t n = scan->progress.n_done + scan->progress.n_gone;
	sqlite3_stmt *s = index_prepare(index, "SELECT 1 FROM sqlite_stat1", NULL);
	if (!s || n * 10 >= index_count(index).n_issues)
		index_exec(index, "PRAGMA analysis_limit=1000; ANALYZE", NULL);
	sqlite3_finalize(s);
}

void scan_free(struct scan *scan)
{
	if (!scan)
		return;
	struct index *index = scan->index;
	if (scan->has_changed && !index->is_damaged) {
		if (index_run(index, index_statement(index, STATEMENT_BEGIN), NULL)) {
			bool ok = set_merging(index, PARTS_USUAL, NULL) && pairs_keep(index, NULL);
			index_run(
				index,
				index_statement(index, ok ? STATEMENT_COMMIT : STATEMENT_ROLLBACK),
				NULL);
		}
		analyse(scan);
	}
	arena_free(scan->arena);
	free(scan);
}
