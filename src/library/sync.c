/* Carrying journals to and from a folder that other programs share between devices. */
#include "journals.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/file.h>

struct exchange {
	struct journal *journal;
	struct arena *arena;
	const char *folder;
	struct journal_news *news;
};

static bool is_prefix(struct str part, struct str whole)
{
	return str_eq(part, str_sub(whole, 0, part.len));
}

static size_t add_lines(struct arena *arena, struct str text, struct str **lines, size_t n,
			size_t *cap)
{
	struct str line;
	struct record record;
	while (str_cut(&text, '\n', &line)) {
		if (!record_read(arena, line, &record))
			continue;
		*lines = arena_more(arena, *lines, n, cap, sizeof(**lines));
		(*lines)[n++] = line;
	}
	return n;
}

/* Both texts' lines, each once, in the order of their stamps, which is how lines begin. */
static struct str unite(struct arena *arena, struct str a, struct str b)
{
	struct str *lines = NULL;
	size_t cap = 0, n = add_lines(arena, a, &lines, 0, &cap);
	struct strbuf out = strbuf_make(arena);
	n = add_lines(arena, b, &lines, n, &cap);
	if (n)
		qsort(lines, n, sizeof(*lines), str_order);
	for (size_t i = 0; i < n; i++) {
		if (i && str_eq(lines[i], lines[i - 1]))
			continue;
		strbuf_put(&out, lines[i]);
		strbuf_putc(&out, '\n');
	}
	return strbuf_str(&out);
}

static size_t count_lines(struct str text)
{
	size_t n = 0;
	for (size_t i = 0; i < text.len; i++)
		n += text.p[i] == '\n';
	return n;
}

/* What both sides should have: the longer where one goes on with the other. */
static struct str merged(struct arena *arena, struct str here, struct str there)
{
	if (is_prefix(there, here))
		return here;
	if (is_prefix(here, there) && there.len && there.p[there.len - 1] == '\n')
		return there;
	return unite(arena, here, there);
}

/* A file that goes on is added to: who has read it needs to read what is new alone. */
static bool put_here(const char *path, struct str here, struct str both, struct error *err)
{
	if (str_eq(both, here))
		return true;
	if (here.len && is_prefix(here, both))
		return journal_add(path, str_from(both, here.len), err);
	return journal_replace(path, both, err);
}

static bool read_if_there(struct arena *arena, const char *path, struct str *out, struct error *err)
{
	struct stat st;
	*out = (struct str){NULL, 0};
	if (stat(path, &st) != 0 && errno == ENOENT)
		return true;
	return file_read(path, arena, out, err);
}

/* One device's journal on both sides; only the own one is written to the folder. */
static bool carry(struct exchange *x, struct str device, struct error *err)
{
	struct str here, there;
	bool is_own = str_eq(device, x->journal->seam.device);
	const char *name = str_dup(x->arena, device);
	const char *local = arena_printf(x->arena, "%s/%s.journal", x->journal->dir, name);
	const char *remote = arena_printf(x->arena, "%s/%s.journal", x->folder, name);
	if (!read_if_there(x->arena, local, &here, err) ||
	    !read_if_there(x->arena, remote, &there, err))
		return false;
	x->news->n_devices += !is_own && there.len > 0;
	struct str both = merged(x->arena, here, there);
	if (!put_here(local, here, both, err))
		return false;
	if (!is_own || str_eq(both, there))
		return true;
	size_t n_both = count_lines(both), n_there = count_lines(there);
	x->news->n_sent = n_both > n_there ? n_both - n_there : 0;
	return journal_replace(remote, both, err);
}

static bool exchange_all(struct exchange *x, struct error *err)
{
	struct str *names, own = x->journal->seam.device;
	size_t n = journal_names(x->arena, x->folder, &names);
	bool ok = carry(x, own, err);
	for (size_t i = 0; i < n; i++)
		if (!str_eq(names[i], own))
			ok = carry(x, names[i], ok ? err : NULL) && ok;
	return ok;
}

bool journal_sync(struct journal *j, struct triage *triage, const char *folder,
		  struct journal_news *news, struct error *err)
{
	struct exchange x = {j, arena_new(), folder, news};
	*news = (struct journal_news){0};
	bool ok = file_is_dir(folder);
	if (!ok) {
		error_set(err, ERROR_LIBRARY, N_("is not a folder to synchronise with"), NULL);
		error_at(err, folder, 0);
	}
	ok = ok && journal_begin(j, triage, err);
	if (ok) {
		ok = exchange_all(&x, err);
		journal_poll(j, triage, &news->n_changed, NULL);
		journal_end(j);
	}
	arena_free(x.arena);
	return ok;
}
