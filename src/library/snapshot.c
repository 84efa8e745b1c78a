/* A head of fixed size, the parcels, where each begins, the front. */
#include "snapshot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/error.h>

#include "journals.h"
#include "pack.h"

/* Another number whenever another form is written; a machine of another byte order reads another.
 */
#define MAGIC 0x73756c616e303031ULL

struct head {
	uint64_t magic;
	uint64_t n_parcels;
	uint64_t table_at; /* n_parcels + 1 offsets, then the front up to the end of the file */
	uint64_t size;
	uint64_t sum; /* of all the others, the table and the front */
};

struct snapshot {
	struct arena *arena;
	int fd;
	size_t n_parcels;
	const uint32_t *offsets;
	struct str front;
};

static bool read_at(int fd, void *out, size_t len, uint64_t at)
{
	for (char *p = out; len;) {
		ssize_t n = pread(fd, p, len, (off_t)at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		p += n;
		at += (uint64_t)n;
		len -= (size_t)n;
	}
	return true;
}

static uint64_t sum_of(const struct head *head, struct str table_and_front)
{
	return pack_sum(
		table_and_front,
		pack_sum((struct str){(const char *)head, offsetof(struct head, sum)}, MAGIC));
}

/* Offsets go up, and stay within the parcels. */
static bool is_in_order(const struct snapshot *s, const struct head *head)
{
	for (size_t i = 0; i < s->n_parcels; i++)
		if ((size_t)s->offsets[i] + sizeof(uint64_t) > s->offsets[i + 1])
			return false;
	return s->offsets[0] == sizeof(*head) && s->offsets[s->n_parcels] == head->table_at;
}

static bool read_front(struct snapshot *s)
{
	struct head head;
	struct stat st;
	if (fstat(s->fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    !read_at(s->fd, &head, sizeof(head), 0) || head.magic != MAGIC ||
	    head.size != (uint64_t)st.st_size || head.table_at > head.size)
		return false;
	size_t len = (size_t)(head.size - head.table_at);
	if (head.n_parcels >= len / sizeof(uint32_t))
		return false;
	char *bytes = arena_alloc(s->arena, len);
	if (!read_at(s->fd, bytes, len, head.table_at) ||
	    sum_of(&head, (struct str){bytes, len}) != head.sum)
		return false;
	s->n_parcels = (size_t)head.n_parcels;
	s->offsets = (const uint32_t *)(const void *)bytes;
	s->front = str_from((struct str){bytes, len}, (s->n_parcels + 1) * sizeof(*s->offsets));
	return is_in_order(s, &head);
}

/* One of another version is worth nothing, and is written over by and by. */
static bool is_of_this_version(int fd)
{
	uint64_t magic;
	return read_at(fd, &magic, sizeof(magic), 0) && magic == MAGIC;
}

struct snapshot *snapshot_open(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	if (fd < 0)
		return NULL;
	struct snapshot *s = mem_new(sizeof(*s));
	s->arena = arena_new();
	s->fd = fd;
	if (read_front(s))
		return s;
	bool is_damaged = is_of_this_version(fd);
	snapshot_free(s);
	if (is_damaged)
		snapshot_set_aside(path);
	return NULL;
}

void snapshot_free(struct snapshot *s)
{
	if (!s)
		return;
	close(s->fd);
	arena_free(s->arena);
	free(s);
}

void snapshot_set_aside(const char *path)
{
	struct arena *arena = arena_new();
	if (rename(path, arena_printf(arena, "%s.bad", path)) != 0)
		unlink(path);
	arena_free(arena);
}

struct str snapshot_front(const struct snapshot *s)
{
	return s->front;
}

size_t snapshot_size(const struct snapshot *s)
{
	return s->n_parcels;
}

bool snapshot_read(const struct snapshot *s, size_t nth, struct arena *arena, struct str *out)
{
	uint64_t sum, at = s->offsets[nth];
	size_t len = (size_t)(s->offsets[nth + 1] - at);
	char *bytes = arena_alloc(arena, len);
	if (!read_at(s->fd, bytes, len, at))
		return false;
	memcpy(&sum, bytes, sizeof(sum));
	*out = str_from((struct str){bytes, len}, sizeof(sum));
	return sum == pack_sum(*out, nth);
}

/* What is written goes to the disk in pieces of so many bytes. */
#define PIECE_BYTES ((size_t)256 << 10)

struct snapshot_draft {
	struct arena *arena;
	const char *path, *fresh;
	int fd;
	struct strbuf buf;
	uint32_t *offsets;
	size_t n_parcels, n;
	bool is_bad; /* the disk is full, or offsets would have more than 32 bits */
};

static void write_out(struct snapshot_draft *draft)
{
	if (draft->buf.len)
		draft->is_bad |= !journal_write_all(draft->fd, draft->buf.p, draft->buf.len);
	draft->buf.len = 0;
}

static void put(struct snapshot_draft *draft, const void *bytes, size_t len)
{
	strbuf_put(&draft->buf, (struct str){bytes, len});
	if (draft->buf.len >= PIECE_BYTES)
		write_out(draft);
}

struct snapshot_draft *snapshot_begin(const char *path, size_t n_parcels, struct error *err)
{
	struct arena *arena = arena_new();
	struct snapshot_draft *draft = arena_alloc(arena, sizeof(*draft));
	struct head head = {0};
	*draft = (struct snapshot_draft){.arena = arena, .n_parcels = n_parcels};
	draft->buf = strbuf_make(arena);
	draft->path = str_dup(arena, str_of(path));
	draft->fresh = arena_printf(arena, "%s.new", path);
	draft->offsets = arena_alloc(arena, (n_parcels + 1) * sizeof(*draft->offsets));
	draft->offsets[0] = sizeof(head);
	draft->fd = open(draft->fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (draft->fd < 0) {
		journal_fail(err, path, N_("cannot be written: %s"));
		arena_free(arena);
		return NULL;
	}
	put(draft, &head, sizeof(head));
	return draft;
}

void snapshot_put(struct snapshot_draft *draft, struct str parcel)
{
	uint64_t sum = pack_sum(parcel, draft->n);
	size_t end = draft->offsets[draft->n] + sizeof(sum) + parcel.len;
	put(draft, &sum, sizeof(sum));
	put(draft, parcel.p, parcel.len);
	draft->is_bad |= end > UINT32_MAX;
	draft->offsets[++draft->n] = (uint32_t)end;
}

static void put_front(struct snapshot_draft *draft, struct str front)
{
	struct strbuf buf = strbuf_make(draft->arena);
	struct head head = {.magic = MAGIC,
			    .n_parcels = draft->n_parcels,
			    .table_at = draft->offsets[draft->n_parcels]};
	strbuf_put(&buf, (struct str){(const char *)draft->offsets,
				      (draft->n_parcels + 1) * sizeof(*draft->offsets)});
	strbuf_put(&buf, front);
	head.size = head.table_at + buf.len;
	head.sum = sum_of(&head, strbuf_str(&buf));
	put(draft, buf.p, buf.len);
	write_out(draft);
	draft->is_bad |= pwrite(draft->fd, &head, sizeof(head), 0) != sizeof(head);
}

bool snapshot_end(struct snapshot_draft *draft, struct str front, bool is_good, struct error *err)
{
	put_front(draft, front);
	bool ok = close(draft->fd) == 0 && !draft->is_bad && is_good &&
		  rename(draft->fresh, draft->path) == 0;
	if (!ok) {
		journal_fail(err, draft->path, N_("cannot be written: %s"));
		unlink(draft->fresh);
	}
	arena_free(draft->arena);
	return ok;
}
