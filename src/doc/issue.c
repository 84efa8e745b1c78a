/* Reading an issue: the steps in order. */
#include <sulan/issue.h>

#include <string.h>

#include <sulan/arena.h>
#include <sulan/error.h>

#include "build.h"

static uint32_t count_lines(struct str text)
{
	uint32_t n = 0;
	for (const char *p = text.p, *end = p + text.len;
	     p < end && (p = memchr(p, '\n', (size_t)(end - p))); p++)
		n++;
	return n;
}

/* Reads the text, which is in the arena `owner` or in none. What has been read is dropped from it:
 * a large issue then is not in memory twice. */
static void read_parts(struct build *raw, struct str text, uint32_t line, struct arena *owner)
{
	struct arena *part_arena = arena_new();
	struct mender mender = mender_start(text);
	const char *read = text.p;
	while (mender.rest.p) {
		struct str part = mender_next(&mender, part_arena);
		markdown_read(raw, part, line);
		line += count_lines(part);
		arena_reset(part_arena);
		if (raw->n_blocks && mender.rest.p) {
			arena_drop(owner, read, (size_t)(mender.rest.p - read));
			read = mender.rest.p;
		}
	}
	arena_free(part_arena);
}

/* The blocks of the text; none when it holds nothing to read. */
static struct front read_blocks(struct build *raw, struct str text, struct arena *owner)
{
	struct front front = front_read(text);
	struct str head = str_sub(text, 0, front.len);
	read_parts(raw, str_from(text, front.len), count_lines(head) + 1, owner);
	if (raw->n_blocks || front.len == 0)
		return front_copy(raw->arena, &front);
	read_parts(raw, text, 1, owner);
	return (struct front){0};
}

static bool fail(struct issue *issue, struct error *err)
{
	error_at(err, issue->path.p, 0);
	arena_free(issue->arena);
	return false;
}

static bool read_issue(struct issue *issue, struct str bytes, struct arena *owner,
		       const struct profiles *profiles, struct error *err)
{
	struct decoded decoded;
	struct arena *text = owner ? owner : arena_new();
	struct build raw = {.arena = issue->arena,
			    .arrays = arena_new(),
			    .scratch = arena_new(),
			    .profiles = profiles};
	struct front front = {0};
	raw.words = label_words(raw.arrays);
	bool ok = decode_text(text, bytes, &decoded, err);
	if (ok) {
		issue->encoding = decoded.encoding;
		issue->n_repaired = decoded.n_repaired;
		front = read_blocks(&raw, decoded.text, text);
		ok = raw.n_blocks > 0;
		if (!ok)
			error_set(err, ERROR_INPUT, N_("is empty: there is nothing to read"), NULL);
	}
	arena_free(text);
	if (ok) {
		footnotes_place(&raw);
		lines_split(&raw);
		outline_make(issue, &raw, &front);
	}
	arena_free(raw.arrays);
	arena_free(raw.scratch);
	return ok || fail(issue, err);
}

static struct issue *begin(struct str path)
{
	struct arena *arena = arena_new();
	struct issue *issue = arena_alloc(arena, sizeof(*issue));
	issue->arena = arena;
	issue->path = str_copy(arena, path);
	return issue;
}

const struct issue *issue_read(struct str bytes, struct str path, struct error *err)
{
	struct issue *issue = begin(path);
	return read_issue(issue, bytes, NULL, NULL, err) ? issue : NULL;
}

const struct issue *issue_read_own(struct arena *owner, struct str bytes, struct str path,
				   struct error *err)
{
	return issue_read_with(owner, bytes, path, NULL, err);
}

const struct issue *issue_read_with(struct arena *owner, struct str bytes, struct str path,
				    const struct profiles *profiles, struct error *err)
{
	struct issue *issue = begin(path);
	return read_issue(issue, bytes, owner, profiles, err) ? issue : NULL;
}

void issue_free(const struct issue *issue)
{
	if (issue)
		arena_free(issue->arena);
}

struct str story_text(struct arena *arena, const struct issue *issue, const struct story *story)
{
	struct strbuf out = strbuf_make(arena);
	for (uint32_t i = story->block; i < story->end; i++) {
		if (issue->blocks[i].text.len == 0)
			continue;
		strbuf_puts(&out, out.len ? "\n\n" : "");
		strbuf_put(&out, issue->blocks[i].text);
	}
	return strbuf_str(&out);
}
