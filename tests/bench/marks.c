/* The journal of a reader who has read most of an archive, on standard output.
 *
 *   marks PERCENT FILE...
 *
 * Each story is marked by itself, as by reading on; of the last file, the first two may be. */
#include <stdio.h>
#include <stdlib.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/identity.h>
#include <sulan/file.h>
#include <sulan/issue.h>
#include <sulan/record.h>

static unsigned long long stamp = 0x19beaecb4e40000ULL;

static void put(struct strbuf *out, struct str id, const char *field, struct str value)
{
	struct record record = {.stamp = stamp, .key = id, .field = str_of(field), .value = value};
	record_put(out, &record);
}

static void mark_file(const char *path, long percent, size_t n_kept)
{
	struct arena *arena = arena_new(), *own = arena_new();
	struct strbuf out = strbuf_make(arena);
	struct str bytes;
	const struct issue *issue = NULL;
	if (file_read(path, own, &bytes, NULL))
		issue = issue_read_own(own, bytes, str_of(path), NULL);
	else
		arena_free(own);
	for (size_t i = 0; issue && i < issue->n_stories; i++) {
		const struct story *story = &issue->stories[i];
		if (i >= n_kept || (long)(str_hash(story->id, STR_HASH_SEED) % 100) >= percent)
			continue;
		stamp += 0x10000;
		put(&out, story->id, RECORD_ABOUT, identity_text(arena, issue, story));
		put(&out, story->id, RECORD_READ, STR("1"));
	}
	fwrite(out.p, 1, out.len, stdout);
	issue_free(issue);
	arena_free(arena);
}

int main(int argc, char **argv)
{
	long percent = argc > 1 ? atol(argv[1]) : 0;
	for (int i = 2; i < argc; i++)
		mark_file(argv[i], percent, i + 1 < argc ? SIZE_MAX : 2);
	return 0;
}
