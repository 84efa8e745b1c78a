/* A snapshot without parcels: for each folder, what it was like, then the names in it. */
#include <sulan/listings.h>

#include <string.h>

#include <sulan/arena.h>
#include <sulan/file.h>

#include "journals.h"
#include "pack.h"
#include "snapshot.h"

#define WORTH_KEEPING 256 /* issues; fewer are listed as quickly */
#define FOLDERS_MAX   32  /* the ones listed last */

/* A folder whose time is that of the listing may change once more without another time. */
#define SETTLED_NS 2000000000LL

static bool is_same(const struct file_folder *a, const struct file_folder *b)
{
	return a->dev == b->dev && a->ino == b->ino && a->mtime_ns == b->mtime_ns;
}

/* Of a folder in the file: all bytes, and its names; paths go on from the folder's own. */
struct kept {
	struct str bytes;
	struct file_folder root;
	struct str names; /* a NUL behind each */
	size_t n_names;
	bool is_fresh;
};

/* `path` is the folder's that is asked for, to see whether it is fresh; or NULL. */
static struct kept next_kept(struct unpack *from, struct arena *arena, const char *path)
{
	struct kept kept = {.bytes = from->rest, .is_fresh = path != NULL};
	size_t n = unpack_count(from);
	for (size_t i = 0; i < n; i++) {
		struct str name = unpack_text(from);
		struct file_folder was = {.dev = unpack_number(from)}, now;
		was.ino = unpack_number(from);
		was.mtime_ns = (long long)unpack_number(from);
		if (i == 0)
			kept.root = was;
		kept.is_fresh =
			kept.is_fresh &&
			file_folder_now(arena_printf(arena, "%s/%.*s", path, (int)name.len, name.p),
					&now) &&
			is_same(&was, &now);
	}
	kept.n_names = (size_t)unpack_number(from);
	kept.names = unpack_text(from);
	kept.bytes.len -= from->rest.len;
	return kept;
}

static void take_names(const struct kept *kept, struct arena *arena, const char *path,
		       struct file_list *out)
{
	size_t len = strlen(path), n = kept->n_names;
	size_t n_slash = len && path[len - 1] != '/';
	char *to = arena_alloc(arena, kept->names.len + n * (len + n_slash) + 1);
	struct str rest = kept->names;
	*out = (struct file_list){.paths = arena_alloc(arena, (n + 1) * sizeof(*out->paths))};
	while (out->n_paths < n && rest.len) {
		size_t name_len = strnlen(rest.p, rest.len - 1);
		char *start = to;
		to = mempcpy(to, path, len);
		*to = '/';
		to = mempcpy(to + n_slash, rest.p, name_len + 1);
		out->paths[out->n_paths++] = (struct str){start, (size_t)(to - start) - 1};
		rest = str_from(rest, name_len + 1);
	}
}

static void pack_list(struct strbuf *buf, const struct file_list *list, struct arena *arena)
{
	struct strbuf names = strbuf_make(arena);
	size_t len = list->folders[0].path.len;
	len += list->folders[0].path.p[len - 1] != '/';
	pack_number(buf, list->n_folders);
	for (size_t i = 0; i < list->n_folders; i++) {
		pack_text(buf, str_from(list->folders[i].path, len));
		pack_number(buf, list->folders[i].dev);
		pack_number(buf, list->folders[i].ino);
		pack_number(buf, (unsigned long long)list->folders[i].mtime_ns);
	}
	for (size_t i = 0; i < list->n_paths; i++) {
		strbuf_put(&names, str_from(list->paths[i], len));
		strbuf_putc(&names, '\0');
	}
	pack_number(buf, list->n_paths);
	pack_text(buf, strbuf_str(&names));
}

static bool is_worth_keeping(const struct file_list *list, long long now_ns)
{
	bool is_settled = list->n_folders > 0 && !list->has_links;
	for (size_t i = 0; i < list->n_folders; i++)
		is_settled = is_settled && list->folders[i].mtime_ns + SETTLED_NS < now_ns;
	return is_settled && list->n_paths >= WORTH_KEEPING;
}

/* The new listing before the others that are still of use. */
static void keep(const char *cache, const struct file_list *list, const struct snapshot *old,
		 struct arena *arena)
{
	struct strbuf buf = strbuf_make(arena);
	struct unpack from = {old ? snapshot_front(old) : (struct str){NULL, 0}, false};
	const char *slash = strrchr(cache, '/');
	struct str dir = {cache, slash ? (size_t)(slash - cache) : 0};
	pack_list(&buf, list, arena);
	for (size_t n = 1; n < FOLDERS_MAX && from.rest.len; n++) {
		struct kept kept = next_kept(&from, arena, NULL);
		bool is_other = kept.root.dev != list->folders[0].dev ||
				kept.root.ino != list->folders[0].ino;
		if (!from.is_bad && is_other)
			strbuf_put(&buf, kept.bytes);
	}
	if (!journal_make_dir(str_dup(arena, dir), NULL))
		return;
	struct snapshot_draft *draft = snapshot_begin(cache, 0, NULL);
	if (draft)
		snapshot_end(draft, strbuf_str(&buf), true, NULL);
}

static bool find_kept(const struct snapshot *snapshot, const char *path, struct arena *arena,
		      struct file_list *out)
{
	struct file_folder now;
	struct unpack from = {snapshot_front(snapshot), false};
	if (!file_folder_now(path, &now))
		return false;
	while (from.rest.len) {
		struct unpack before = from;
		struct kept kept = next_kept(&from, arena, NULL);
		if (from.is_bad || !is_same(&kept.root, &now))
			continue;
		kept = next_kept(&before, arena, path);
		if (kept.is_fresh)
			take_names(&kept, arena, path, out);
		return kept.is_fresh;
	}
	return false;
}

bool listings_find(const char *cache, long long now_ns, const char *path, struct arena *arena,
		   struct file_list *out, struct error *err)
{
	struct arena *scratch = arena_new();
	struct snapshot *snapshot = cache ? snapshot_open(cache) : NULL;
	const char *root = *path ? path : ".";
	bool ok = snapshot && find_kept(snapshot, root, arena, out);
	if (!ok) {
		ok = file_list_dir(path, arena, out, err);
		if (ok && cache && is_worth_keeping(out, now_ns))
			keep(cache, out, snapshot, scratch);
	}
	snapshot_free(snapshot);
	arena_free(scratch);
	return ok;
}
