/* layer: library
 *
 * What reading and writing journals share.
 */
#ifndef JOURNALS_H
#define JOURNALS_H

#include <sulan/journal.h>

#include <sys/types.h>

struct journal_file {
	struct str device; /* its name without ".journal" */
	ino_t inode;
	size_t read; /* bytes taken in, whole lines */
	size_t size; /* when it was last read */
};

struct journal {
	struct arena *arena;
	struct journal_opts opts;
	struct triage_journal seam; /* `device` is empty as long as this one has no name */
	const char *dir;
	struct journal_file *files;
	size_t n_files, cap_files;
	int fd; /* the own journal while it is this program's turn; -1 */
};

/* turn.c */
bool journal_begin(void *self, struct triage *triage, struct error *err);
bool journal_write(void *self, const struct record *records, size_t n, struct error *err);
void journal_end(void *self);
/* Finds out what this device is called, if it is called anything. */
void journal_read_device(struct journal *journal);

/* files.c: a whole text takes the place of a file, or nothing happens. */
bool journal_replace(const char *path, struct str text, struct error *err);
/* The names of the journals in a folder without ".journal", sorted; none when it is not there. */
size_t journal_names(struct arena *arena, const char *dir, struct str **out);
bool journal_make_dir(const char *path, struct error *err);
bool journal_sync_dir(const char *path);
bool journal_write_all(int fd, const char *p, size_t len);

/* An ERROR_LIBRARY with errno's text; false. */
bool journal_fail(struct error *err, const char *path, const char *what);

#endif
