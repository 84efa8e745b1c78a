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

struct str bare_letters(struct arena *arena, struct str text)
{
	struct strbuf out = strbuf_make(arena);
	size_t from = 0, at = 0, len;
	uint32_t cp;
	for (; at < text.len; at += len) {
		len = utf8_next(text, at, &cp);
		if (codepoint_is_word(cp) || (cp >= 0x3040 && codepoint_is_cjk(cp)))
			continue;
		strbuf_put(&out, str_sub(text, from, at - from));
		from = at + len;
	}
	strbuf_put(&out, str_sub(text, from, at - from));
	return strbuf_str(&out);
}

/* As 16 hexadecimal digits. */
static struct str hex(struct arena *arena, unsigned long long hash)
{
	char digits[16];
	for (size_t i = sizeof(digits); i-- > 0; hash >>= 4)
		digits[i] = "0123456789abcdef"[hash & 15];
	return str_copy(arena, (struct str){digits, sizeof(digits)});
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
		hash = hash_part(bare_letters(scratch, fold_name(scratch, stories[i].title)), hash);
		arena_reset(scratch);
		struct str id = hex(issue->arena, hash);
		/* The second of the same, the third, … are told apart by their number. */
		uint32_t n_seen = (*names_at(issue->arena, &maker->keys, id))++;
		if (n_seen)
			id = hex(issue->arena, str_hash(STR("#"), hash + n_seen));
		stories[i].id = id;
	}
	arena_free(scratch);
}
