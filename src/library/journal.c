/* Reading all journals, adding lines to one's own. */
#include <sulan/journal.h>

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
#include <sulan/file.h>

#include "journals.h"
#include "triages.h"

static unsigned long long now_ms(void *self)
{
	const struct journal *j = self;
	return j->opts.now_ms ? j->opts.now_ms(j->opts.self) : 0;
}

struct journal *journal_new(const struct journal_opts *opts)
{
	struct journal *j = mem_new(sizeof(*j));
	j->arena = arena_new();
	j->opts = *opts;
	j->opts.home = str_dup(j->arena, str_of(opts->home));
	j->opts.new_name = str_dup(j->arena, str_of(opts->new_name));
	j->opts.cache = opts->cache ? str_dup(j->arena, str_of(opts->cache)) : NULL;
	j->dir = arena_printf(j->arena, "%s/state", opts->home);
	j->fd = -1;
	j->seam = (struct triage_journal){.self = j,
					  .now_ms = now_ms,
					  .begin = journal_begin,
					  .write = journal_write,
					  .end = journal_end,
					  .replay = journal_replay};
	journal_read_device(j);
	return j;
}

void journal_free(struct journal *j)
{
	if (!j)
		return;
	if (j->fd >= 0)
		close(j->fd);
	free(j->files);
	arena_free(j->arena);
	free(j);
}

const struct triage_journal *journal_seam(const struct journal *j)
{
	return &j->seam;
}

const char *journal_dir(const struct journal *j)
{
	return j->dir;
}

/* Known files by name; a name that could be anything else than a journal's is none. */
static struct journal_file *file_of(struct journal *j, const char *name)
{
	struct str file = str_of(name);
	if (file.len <= 8 || file.p[0] == '.' || !str_ends(file, ".journal"))
		return NULL;
	struct str device = str_sub(file, 0, file.len - 8);
	for (size_t i = 0; i < j->n_files; i++)
		if (str_eq(j->files[i].device, device))
			return &j->files[i];
	if (j->n_files == j->cap_files) {
		j->cap_files = j->cap_files ? j->cap_files * 2 : 8;
		j->files = mem_resize(j->files, j->cap_files * sizeof(*j->files));
	}
	j->files[j->n_files] = (struct journal_file){.device = str_copy(j->arena, device)};
	return &j->files[j->n_files++];
}

/* A batch of records on their way from the files into the triage. */
struct batch {
	struct arena *arena;
	struct record *records;
	size_t n, cap;
	size_t n_bad;
	struct str bad_device;
};

static void take_line(struct batch *batch, struct str line, struct journal_file *file)
{
	struct record record;
	if (line.len && line.p[line.len - 1] == '\r')
		line.len--;
	if (line.len == 0)
		return;
	if (!record_read(batch->arena, line, &record)) {
		file->n_bad++;
		batch->n_bad++;
		batch->bad_device = file->device;
		return;
	}
	record.device = file->device;
	batch->records = arena_more(batch->arena, batch->records, batch->n, &batch->cap,
				    sizeof(*batch->records));
	batch->records[batch->n++] = record;
}

/* A file in the place of another goes on from it, or is read from its start. */
static void meet_file(struct journal *j, struct journal_file *file, int fd, const struct stat *st)
{
	bool is_same = st->st_ino == file->inode && (size_t)st->st_size >= file->read;
	if (!is_same && file->read && !journal_starts_same(fd, file->read, file->sum)) {
		*file = (struct journal_file){.device = file->device};
		j->is_mixed = true;
	}
	file->inode = st->st_ino;
	file->size = (size_t)st->st_size;
}

/* The bytes of a file from where it was read to. */
static bool read_rest(struct journal *j, struct batch *batch, struct journal_file *file, int fd,
		      const char *path, struct error *err)
{
	struct stat st;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return journal_fail(err, path, N_("the journal cannot be read: %s"));
	meet_file(j, file, fd, &st);
	if (file->size == file->read)
		return true;
	if (file->size - file->read > FILE_MAX_BYTES) {
		errno = EFBIG;
		return journal_fail(err, path, N_("the journal cannot be read: %s"));
	}
	size_t len = 0, wanted = file->size - file->read;
	char *text = arena_alloc(batch->arena, wanted + 1);
	while (len < wanted) {
		ssize_t n = pread(fd, text + len, wanted - len, (off_t)(file->read + len));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return journal_fail(err, path, N_("the journal cannot be read: %s"));
		if (n == 0)
			break;
		len += (size_t)n;
	}
	/* What is behind the last line feed may still become a line. */
	while (len && text[len - 1] != '\n')
		len--;
	struct str rest = {text, len}, line;
	while (rest.len && str_cut(&rest, '\n', &line))
		take_line(batch, line, file);
	journal_took(j, file, (struct str){text, len});
	return true;
}

static bool read_file(struct journal *j, struct batch *batch, struct journal_file *file,
		      struct error *err)
{
	char *path = arena_printf(batch->arena, "%s/%.*s.journal", j->dir, (int)file->device.len,
				  file->device.p);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd < 0) /* gone since: its records stay */
		return errno == ENOENT ||
		       journal_fail(err, path, N_("the journal cannot be read: %s"));
	bool ok = read_rest(j, batch, file, fd, path, err);
	close(fd);
	return ok;
}

static bool find_files(struct journal *j, struct error *err)
{
	DIR *dir = opendir(j->dir);
	if (!dir)
		return errno == ENOENT ||
		       journal_fail(err, j->dir, N_("the journals cannot be read: %s"));
	for (struct dirent *entry; (entry = readdir(dir));)
		file_of(j, entry->d_name);
	closedir(dir);
	return true;
}

/* By stamp and device; of one change in the order of its file, where the line that says what it is
 * comes first. */
static int by_stamp(const void *a, const void *b)
{
	const struct record *x = *(const struct record *const *)a;
	const struct record *y = *(const struct record *const *)b;
	if (x->stamp != y->stamp || !str_eq(x->device, y->device))
		return record_compare(x, y);
	return x < y ? -1 : x > y;
}

/* Aliases first, so that what came before them is put where it belongs. */
static size_t merge(struct journal *j, struct triage *triage, struct batch *batch)
{
	size_t n_changed = 0;
	struct record **order = arena_alloc(batch->arena, (batch->n + 1) * sizeof(*order));
	for (size_t i = 0; i < batch->n; i++)
		order[i] = &batch->records[i];
	if (batch->n)
		qsort(order, batch->n, sizeof(*order), by_stamp);
	for (size_t i = 0; i < batch->n; i++)
		if (str_is(order[i]->field, RECORD_ALIAS))
			triage_merge(triage, order[i], false);
	for (size_t i = 0; i < batch->n; i++)
		n_changed += triage_merge(triage, order[i],
					  j->seam.device.len &&
						  str_eq(order[i]->device, j->seam.device));
	return n_changed;
}

bool journal_poll(struct journal *j, struct triage *triage, size_t *n_changed, struct error *err)
{
	struct batch batch = {.arena = arena_new()};
	bool ok = find_files(j, err);
	journal_read_device(j);
	if (!j->is_begun) {
		j->is_begun = true;
		journal_resume(j, triage);
	}
	batch.n_bad = j->n_bad_before;
	for (size_t i = 0; batch.n_bad && i < j->n_files; i++)
		if (j->files[i].n_bad)
			batch.bad_device = j->files[i].device;
	j->n_bad_before = 0;
	for (size_t i = 0; i < j->n_files; i++)
		ok = read_file(j, &batch, &j->files[i], ok ? err : NULL) && ok;
	size_t n = merge(j, triage, &batch);
	if (triage_is_damaged(triage)) {
		triage_replay(triage);
		n++;
	}
	if (n_changed)
		*n_changed = n;
	if (ok && batch.n_bad) {
		error_set(err, ERROR_LIBRARY,
			  N_("%s damaged lines were passed over; the rest is read"),
			  arena_printf(batch.arena, "%zu", batch.n_bad));
		ok = error_at(err,
			      arena_printf(batch.arena, "%s/%.*s.journal", j->dir,
					   (int)batch.bad_device.len, batch.bad_device.p),
			      0);
	}
	arena_free(batch.arena);
	return ok;
}

bool journal_is_stale(const struct journal *j)
{
	struct stat st;
	char path[4096];
	for (size_t i = 0; i < j->n_files; i++) {
		const struct journal_file *file = &j->files[i];
		snprintf(path, sizeof(path), "%s/%.*s.journal", j->dir, (int)file->device.len,
			 file->device.p);
		if (stat(path, &st) == 0 &&
		    (st.st_ino != file->inode || (size_t)st.st_size != file->size))
			return true;
	}
	return false;
}
