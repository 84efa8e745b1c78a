/* layer: base
 *
 * Reading files and folders as snapshots. Paths are given, never guessed; nothing here blocks on a
 * FIFO or device, maps a file, follows a file that grows, or writes.
 */
#ifndef SULAN_FILE_H
#define SULAN_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/str.h>

struct arena;
struct error;

/* A larger input is refused with a message. */
#define FILE_MAX_BYTES ((size_t)64 << 20)

/* The bytes of a regular file as it is now, in the arena with a NUL behind them. */
bool file_read(const char *path, struct arena *arena, struct str *out, struct error *err);

/* The same of an open descriptor that may be a pipe, to its end. `name` is for messages. */
bool file_read_fd(int fd, const char *name, struct arena *arena, struct str *out,
		  struct error *err);

bool file_is_dir(const char *path);

/* Whether a name in a folder is one of an issue: see file_list_dir. */
bool file_is_issue_name(struct str name);

/* A folder as it was just before it was listed: it is another one when something in it was made,
 * renamed or removed. */
struct file_folder {
	struct str path; /* NUL-terminated */
	long long mtime_ns;
	unsigned long long dev, ino;
};

bool file_folder_now(const char *path, struct file_folder *out);

struct file_list {
	struct str *paths; /* NUL-terminated each */
	size_t n_paths;
	struct file_folder *folders; /* what was listed, the folder itself first */
	size_t n_folders;
	bool has_links; /* what they lead to may be another file without notice */
};

/* The Markdown files of a folder (*.md, *.markdown; no hidden files, backups or editor litter;
 * sub-folders one level down are looked into too), sorted by path. An empty folder is not an error.
 */
bool file_list_dir(const char *path, struct arena *arena, struct file_list *out, struct error *err);

#endif
