/* Finding one needle in a text. */
#include <sulan/arena.h>
#include <sulan/fold.h>
#include <sulan/query.h>

size_t find_all(struct arena *arena, struct str text, struct str needle, struct hit **out)
{
	size_t n = 0, cap = 0;
	struct hit *hits = NULL;
	*out = NULL;
	if (needle.len == 0 || text.len == 0)
		return 0;
	struct fold fold = fold_make(arena, text);
	for (size_t at = 0; (at = str_find(fold.text, needle, at)) != STR_NOT_FOUND;
	     at += needle.len) {
		struct str source = fold_source(&fold, text, at, at + needle.len);
		uint32_t from = (uint32_t)(source.p - text.p);
		if (n && from < hits[n - 1].at + hits[n - 1].len)
			continue; /* both f of one ﬀ */
		hits = arena_more(arena, hits, n, &cap, sizeof(*hits));
		hits[n++] = (struct hit){from, (uint32_t)source.len, 0};
	}
	*out = hits;
	return n;
}
