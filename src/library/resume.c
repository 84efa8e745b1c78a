/* Beginning where the last program that read all journals left off: what they add up to is kept in
 * a snapshot, with how far each was read. Only what was added since is read then. */
#include "journals.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/file.h>

#include "pack.h"
#include "snapshot.h"
#include "triages.h"

#define KEEP_BYTES 16384 /* what may be added to journals before a snapshot is worth its while */
#define TAIL_BYTES 256   /* before the place where reading goes on: they must be the same */

/* A file as a snapshot knows it. */
struct known {
	struct str device;
	ino_t inode;
	size_t read, size;
	long long mtime_ns;
	unsigned long long sum, tail_sum;
	size_t n_bad;
};

static long long mtime_of(const struct stat *st)
{
	return (long long)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
}

static int open_journal(const struct journal *j, struct arena *arena, struct str device,
			struct stat *st)
{
	const char *path =
		arena_printf(arena, "%s/%.*s.journal", j->dir, (int)device.len, device.p);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (fd >= 0 && (fstat(fd, st) != 0 || !S_ISREG(st->st_mode))) {
		close(fd);
		return -1;
	}
	return fd;
}

/* The `len` bytes before byte `end`. */
static bool read_before(int fd, struct arena *arena, size_t end, size_t len, struct str *out)
{
	char *bytes = arena_alloc(arena, len + 1);
	*out = (struct str){bytes, len};
	for (size_t at = 0; at < len;) {
		ssize_t n = pread(fd, bytes + at, len - at, (off_t)(end - len + at));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += (size_t)n;
	}
	return true;
}

static unsigned long long tail_sum(int fd, struct arena *arena, size_t end)
{
	struct str tail;
	size_t len = end < TAIL_BYTES ? end : TAIL_BYTES;
	return read_before(fd, arena, end, len, &tail) ? pack_sum(tail, end) : 0;
}

void journal_took(struct journal *j, struct journal_file *file, struct str lines)
{
	struct str line;
	j->n_new += lines.len;
	while (lines.len && str_cut(&lines, '\n', &line)) {
		file->sum = pack_sum(line, file->sum);
		file->read += line.len + 1;
	}
}

bool journal_starts_same(int fd, size_t len, unsigned long long sum)
{
	struct arena *arena = arena_new();
	struct str text, line;
	unsigned long long own = 0;
	bool ok = len <= FILE_MAX_BYTES && read_before(fd, arena, len, len, &text);
	while (ok && text.len && str_cut(&text, '\n', &line))
		own = pack_sum(line, own);
	arena_free(arena);
	return ok && own == sum;
}

/* Whether the file goes on from what the snapshot knows of it. One that has grown in its place is
 * believed to have been added to when the bytes before are the same; of any other all is read. */
static bool goes_on(const struct journal *j, struct arena *arena, const struct known *known)
{
	struct stat st;
	int fd = open_journal(j, arena, known->device, &st);
	if (fd < 0)
		return false;
	size_t size = (size_t)st.st_size;
	bool is_same = st.st_ino == known->inode && size == known->size &&
		       mtime_of(&st) == known->mtime_ns;
	bool has_grown = st.st_ino == known->inode && size > known->size;
	bool ok = size >= known->read && tail_sum(fd, arena, known->read) == known->tail_sum &&
		  (is_same || has_grown || journal_starts_same(fd, known->read, known->sum));
	close(fd);
	return ok;
}

static struct journal_file *file_of(struct journal *j, struct str device)
{
	for (size_t i = 0; i < j->n_files; i++)
		if (str_eq(j->files[i].device, device))
			return &j->files[i];
	return NULL;
}

static struct known unpack_known(struct unpack *from)
{
	struct known known = {.device = unpack_text(from)};
	known.inode = (ino_t)unpack_number(from);
	known.read = (size_t)unpack_number(from);
	known.size = (size_t)unpack_number(from);
	known.mtime_ns = (long long)unpack_number(from);
	known.sum = unpack_number(from);
	known.tail_sum = unpack_number(from);
	known.n_bad = (size_t)unpack_number(from);
	return known;
}

/* All journals of the snapshot are there and go on from it; what is new may be beside them. */
static bool read_known(struct journal *j, struct arena *arena, struct unpack *from)
{
	bool ok = str_eq(unpack_text(from), j->seam.device);
	j->dense = (size_t)unpack_number(from);
	for (size_t n = unpack_count(from); n > 0 && ok; n--) {
		struct known known = unpack_known(from);
		struct journal_file *file = file_of(j, known.device);
		ok = file && goes_on(j, arena, &known);
		if (!ok)
			break;
		file->inode = known.inode;
		file->read = known.read;
		file->sum = known.sum;
		file->n_bad = known.n_bad;
		j->n_bad_before += known.n_bad;
	}
	return ok && !from->is_bad;
}

static void forget(struct journal *j)
{
	for (size_t i = 0; i < j->n_files; i++)
		j->files[i] = (struct journal_file){.device = j->files[i].device};
	j->is_mixed = false;
	j->n_new = j->n_bad_before = j->dense = 0;
}

void journal_resume(struct journal *j, struct triage *triage)
{
	struct snapshot *snapshot = j->opts.cache ? snapshot_open(j->opts.cache) : NULL;
	if (!snapshot)
		return;
	struct arena *arena = arena_new();
	struct unpack from = {snapshot_front(snapshot), false};
	if (!read_known(j, arena, &from)) {
		forget(j);
		snapshot_free(snapshot);
	} else if (!triage_resume(triage, snapshot, &from)) {
		triage_replay(triage);
	}
	arena_free(arena);
}

void journal_replay(void *self, struct triage *triage, bool is_damaged)
{
	struct journal *j = self;
	if (is_damaged)
		snapshot_set_aside(j->opts.cache);
	forget(j);
	j->n_files = 0; /* some may be gone */
	journal_poll(j, triage, NULL, NULL);
}

/* Whether the journals say what is in effect: one may be gone, or have been edited in its place. */
static bool is_true(const struct journal *j, struct arena *arena)
{
	bool ok = !j->is_mixed;
	for (size_t i = 0; i < j->n_files && ok; i++) {
		const struct journal_file *file = &j->files[i];
		struct stat st;
		int fd = open_journal(j, arena, file->device, &st);
		ok = fd >= 0 && st.st_ino == file->inode &&
		     journal_starts_same(fd, file->read, file->sum);
		if (fd >= 0)
			close(fd);
	}
	return ok;
}

static bool pack_known(const struct journal *j, struct arena *arena, struct strbuf *out)
{
	pack_text(out, j->seam.device);
	pack_number(out, j->dense);
	pack_number(out, j->n_files);
	for (size_t i = 0; i < j->n_files; i++) {
		const struct journal_file *file = &j->files[i];
		struct stat st;
		int fd = open_journal(j, arena, file->device, &st);
		if (fd < 0)
			return false;
		pack_text(out, file->device);
		pack_number(out, file->inode);
		pack_number(out, file->read);
		pack_number(out, (unsigned long long)st.st_size);
		pack_number(out, (unsigned long long)mtime_of(&st));
		pack_number(out, file->sum);
		pack_number(out, tail_sum(fd, arena, file->read));
		pack_number(out, file->n_bad);
		close(fd);
	}
	return true;
}

void journal_note_dense(struct journal *j, size_t size)
{
	j->dense = size;
	j->has_news = true;
}

bool journal_is_worth_keeping(const struct journal *j)
{
	return j->opts.cache && (j->n_new > KEEP_BYTES || j->is_mixed || j->has_news);
}

static bool keep(struct journal *j, struct arena *arena, struct triage *triage, struct error *err)
{
	struct strbuf front = strbuf_make(arena);
	return pack_known(j, arena, &front) &&
	       triage_save(triage, j->opts.cache, strbuf_str(&front), err);
}

bool journal_keep(struct journal *j, struct triage *triage, struct error *err)
{
	struct arena *arena = arena_new();
	const char *path = j->opts.cache, *slash = strrchr(path, '/');
	const char *dir = str_dup(arena, (struct str){path, slash ? (size_t)(slash - path) : 0});
	if (!is_true(j, arena))
		triage_replay(triage);
	bool ok = journal_make_dir(dir, err) && keep(j, arena, triage, err);
	if (!ok && triage_is_damaged(triage)) {
		triage_replay(triage);
		ok = keep(j, arena, triage, err);
	}
	if (ok) {
		j->n_new = 0;
		j->has_news = false;
	}
	arena_free(arena);
	return ok;
}
