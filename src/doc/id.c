/* What stories are called by scripts and journals: the same story of the same issue has the same
 * id, wherever the file lies and in whatever order its stories stand. */
#include <sulan/arena.h>
#include <sulan/date.h>
#include <sulan/fold.h>
#include <sulan/utf8.h>

#include "build.h"

/* Where the story is from, without what only points into the page. */
static struct str first_url(const struct issue *issue, const struct story *story)
{
	struct str url = {NULL, 0};
	if (story->n_sources && story->sources[0].link)
		url = issue->links[story->sources[0].link - 1].url;
	else if (story->n_links)
		url = issue->links[story->links[0]].url;
	size_t end = str_find(url, STR("#"), 0);
	return end == STR_NOT_FOUND ? url : str_sub(url, 0, end);
}

/* Letters and digits only: a title with other punctuation or spacing is the same title. */
static struct str bare_title(struct arena *arena, struct str title)
{
	struct str folded = fold_name(arena, title);
	struct strbuf out = strbuf_make(arena);
	uint32_t cp;
	for (size_t at = 0, len; at < folded.len; at += len) {
		len = utf8_next(folded, at, &cp);
		if (codepoint_is_word(cp) || (cp >= 0x3040 && codepoint_is_cjk(cp)))
			strbuf_put(&out, str_sub(folded, at, len));
	}
	return strbuf_str(&out);
}

static unsigned long long hash_part(struct str part, unsigned long long hash)
{
	return str_hash(STR("\n"), str_hash(part, hash));
}

void story_ids(struct maker *maker, struct story *stories, size_t n)
{
	const struct issue *issue = maker->issue;
	struct arena *scratch = arena_new();
	char day[DATE_TEXT];
	date_text(issue->date, day);
	unsigned long long start = hash_part(str_of(day), STR_HASH_SEED);
	start = hash_part(issue->publication, start);
	for (size_t i = 0; i < n; i++) {
		unsigned long long hash = hash_part(first_url(issue, &stories[i]), start);
		hash = hash_part(bare_title(scratch, stories[i].title), hash);
		struct str id = str_of(arena_printf(issue->arena, "%016llx", hash));
		/* The second of the same, the third, … are told apart by their number. */
		uint32_t n_seen = (*names_at(issue->arena, &maker->keys, id))++;
		if (n_seen)
			id = str_of(arena_printf(issue->arena, "%016llx",
						 str_hash(STR("#"), hash + n_seen)));
		stories[i].id = id;
	}
	arena_free(scratch);
}
