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
	size_t read;            /* bytes taken in, whole lines */
	size_t size;            /* when it was last read */
	unsigned long long sum; /* of the lines taken in */
	size_t n_bad;           /* of them, damaged ones */
};

struct journal {
	struct arena *arena;
	struct journal_opts opts;
	struct triage_journal seam; /* `device` is empty as long as this one has no name */
	const char *dir;
	struct journal_file *files;
	size_t n_files, cap_files;
	int fd; /* the own journal while it is this program's turn; -1 */
	bool is_begun;
	bool has_news;       /* the snapshot does not know all it should */
	bool is_mixed;       /* a file was replaced: what it said before is still in effect */
	size_t n_new;        /* bytes taken in since the snapshot */
	size_t dense;        /* size at which the own journal could not be shortened */
	size_t n_bad_before; /* damaged lines that the snapshot knows of, to be told */
};

/* turn.c */
bool journal_begin(void *self, struct triage *triage, struct error *err);
bool journal_write(void *self, const struct record *records, size_t n, struct error *err);
void journal_end(void *self);
/* Finds out what this device is called, if it is called anything. */
void journal_read_device(struct journal *journal);

/* resume.c: notes that whole lines were taken in. */
void journal_took(struct journal *journal, struct journal_file *file, struct str lines);

/* Begins from the snapshot, if there is one and the journals go on from it. */
void journal_resume(struct journal *journal, struct triage *triage);
/* Whether the lines up to byte `len` are those of `sum`. */
bool journal_starts_same(int fd, size_t len, unsigned long long sum);
/* Reads everything anew; a snapshot that `is_damaged` is set aside. */
void journal_replay(void *self, struct triage *triage, bool is_damaged);
/* Notes that the own journal of this size cannot be shortened. */
void journal_note_dense(struct journal *journal, size_t size);
bool journal_is_worth_keeping(const struct journal *journal);
/* Writes a snapshot; the turn is this program's. */
bool journal_keep(struct journal *journal, struct triage *triage, struct error *err);

/* files.c: a whole text takes the place of a file, or nothing happens. */
bool journal_replace(const char *path, struct str text, struct error *err);
/* Adds lines to a file; one that cannot be added whole is taken away again. */
bool journal_add(const char *path, struct str lines, struct error *err);
/* The names of the journals in a folder without ".journal", sorted; none when it is not there. */
size_t journal_names(struct arena *arena, const char *dir, struct str **out);
bool journal_make_dir(const char *path, struct error *err);
bool journal_sync_dir(const char *path);
bool journal_write_all(int fd, const char *p, size_t len);

/* An ERROR_LIBRARY with errno's text; false. */
bool journal_fail(struct error *err, const char *path, const char *what);

#endif
