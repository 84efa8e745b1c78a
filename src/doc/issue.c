/* Reading an issue: the steps in order. */
#include <sulan/issue.h>

#include <sulan/arena.h>
#include <sulan/error.h>

#include "build.h"

static uint32_t count_lines(struct str text)
{
	uint32_t n = 0;
	for (size_t i = 0; i < text.len; i++)
		n += text.p[i] == '\n';
	return n;
}

const struct issue *issue_read(struct str bytes, struct str path, struct error *err)
{
	struct arena *arena = arena_new();
	struct issue *issue = arena_alloc(arena, sizeof(*issue));
	struct decoded decoded;
	issue->arena = arena;
	issue->path = str_copy(arena, path);
	if (!decode_text(arena, bytes, &decoded, err)) {
		error_at(err, issue->path.p, 0);
		arena_free(arena);
		return NULL;
	}
	issue->encoding = decoded.encoding;
	issue->n_repaired = decoded.n_repaired;
	struct front front = front_read(decoded.text);
	struct str head = str_sub(decoded.text, 0, front.len);
	struct build raw = {.arena = arena};
	markdown_read(&raw, mend_text(arena, str_from(decoded.text, front.len)),
		      count_lines(head) + 1);
	if (raw.n_blocks == 0 && front.len) {
		front = (struct front){0};
		markdown_read(&raw, mend_text(arena, decoded.text), 1);
	}
	if (raw.n_blocks == 0) {
		error_set(err, ERROR_INPUT, N_("is empty: there is nothing to read"), NULL);
		error_at(err, issue->path.p, 0);
		arena_free(arena);
		return NULL;
	}
	outline_make(issue, &raw, &front);
	return issue;
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
