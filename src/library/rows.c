/* An issue into the tables and out of them. */
#include "gist.h"

#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/date.h>
#include <sulan/issue.h>

static void put_hash(struct index *index, struct str word)
{
	size_t at = (size_t)str_hash(word, STR_HASH_SEED) & (index->cap_words - 1);
	while (index->words[at].p)
		at = (at + 1) & (index->cap_words - 1);
	index->words[at] = word;
}

static void grow_words(struct index *index)
{
	size_t old_cap = index->cap_words;
	struct str *old = index->words;
	index->cap_words = old_cap ? old_cap * 2 : 4096;
	index->words = mem_new(index->cap_words * sizeof(*index->words));
	for (size_t i = 0; i < old_cap; i++)
		if (old[i].p)
			put_hash(index, old[i]);
	free(old);
}

void index_met_word(struct index *index, struct str word)
{
	if (index->n_words * 2 >= index->cap_words)
		grow_words(index);
	size_t at = (size_t)str_hash(word, STR_HASH_SEED) & (index->cap_words - 1);
	while (index->words[at].p && !str_eq(index->words[at], word))
		at = (at + 1) & (index->cap_words - 1);
	if (index->words[at].p)
		return;
	word = str_copy(index->words_arena, word);
	index->words[at] = word;
	index->word_list = arena_more(index->words_arena, index->word_list, index->n_words,
				      &index->cap_word_list, sizeof(*index->word_list));
	index->word_list[index->n_words++] = word;
}

bool rows_keep_words(struct index *index, struct error *err)
{
	sqlite3_stmt *s = index_statement(index, STATEMENT_PUT_WORD);
	for (size_t i = index->n_words_kept; i < index->n_words; i++) {
		index_bind(s, 1, index->word_list[i]);
		if (!index_run(index, s, err))
			return false;
	}
	index->n_words_kept = index->n_words;
	return true;
}

static void put_line(struct strbuf *buf, struct str text)
{
	if (buf->len && text.len)
		strbuf_putc(buf, '\n');
	strbuf_put(buf, text);
}

/* What a heading says besides the title: a number, a colon, the address of a link. */
static void put_around(struct strbuf *buf, struct str text, struct str title)
{
	size_t at = str_find(text, title, 0);
	if (at == STR_NOT_FOUND) {
		put_line(buf, text);
		return;
	}
	put_line(buf, str_trim(str_sub(text, 0, at)));
	put_line(buf, str_trim(str_from(text, at + title.len)));
}

/* All its text but the title: what a reader would search. */
static struct str story_body(struct arena *arena, const struct issue *issue,
			     const struct story *story)
{
	struct strbuf buf = strbuf_make(arena);
	for (uint32_t i = story->block; i < story->end; i++) {
		const struct block *b = &issue->blocks[i];
		if (b->part == PART_TITLE)
			put_around(&buf, b->text, story->title);
		else
			put_line(&buf, b->text);
	}
	return strbuf_str(&buf);
}

static void put_joined(struct strbuf *buf, size_t nth, struct str text)
{
	if (nth)
		strbuf_putc(buf, '\t');
	for (size_t i = 0; i < text.len; i++)
		strbuf_putc(buf, text.p[i] == '\t' ? ' ' : text.p[i]);
}

static struct str joined_sources(struct arena *arena, const struct story *story)
{
	struct strbuf buf = strbuf_make(arena);
	for (size_t i = 0; i < story->n_sources; i++)
		put_joined(&buf, i, story->sources[i].name);
	return strbuf_str(&buf);
}

static struct str joined_urls(struct arena *arena, const struct issue *issue,
			      const struct story *story)
{
	struct strbuf buf = strbuf_make(arena);
	for (size_t i = 0; i < story->n_links; i++)
		put_joined(&buf, i, issue->links[story->links[i]].url);
	return strbuf_str(&buf);
}

struct str rows_first(struct str joined)
{
	return str_sub(joined, 0, str_find(joined, STR("\t"), 0));
}

unsigned long long index_sum(unsigned long long sum, struct str text)
{
	size_t at = 0;
	for (uint64_t eight; at + sizeof(eight) <= text.len; at += sizeof(eight)) {
		memcpy(&eight, text.p + at, sizeof(eight));
		sum = (sum ^ eight) * 0x9E3779B97F4A7C15ULL;
		sum ^= sum >> 32;
	}
	return str_hash(str_from(text, at), sum);
}

long long rows_sum(struct str title, struct str text)
{
	return (long long)index_sum(index_sum(STR_HASH_SEED, title), text);
}

struct row {
	struct index *index;
	struct arena *arena;
	const struct issue *issue;
	long long issue_id;
	struct strbuf gists;
};

static bool put_story(struct row *row, size_t nth, long long id, struct error *err)
{
	const struct story *story = &row->issue->stories[nth];
	struct str body = story_body(row->arena, row->issue, story);
	struct str urls = joined_urls(row->arena, row->issue, story);
	sqlite3_stmt *s = index_statement(row->index, STATEMENT_PUT_STORY);
	sqlite3_bind_int64(s, 1, id);
	sqlite3_bind_int64(s, 2, row->issue_id);
	index_bind(s, 3, story->id);
	sqlite3_bind_int64(s, 4, (long long)nth);
	sqlite3_bind_int(s, 5, (int)story->kind);
	index_bind(s, 6, story->title);
	index_bind(s, 7, row->issue->categories[story->category]);
	index_bind(s, 8, joined_sources(row->arena, story));
	index_bind(s, 9, urls);
	if (!index_run(row->index, s, err))
		return false;
	s = index_statement(row->index, STATEMENT_PUT_BODY);
	sqlite3_bind_int64(s, 1, id);
	index_bind(s, 2, body);
	sqlite3_bind_int64(s, 3, rows_sum(story->title, body));
	if (!index_run(row->index, s, err))
		return false;
	s = index_statement(row->index, STATEMENT_PUT_FULL);
	sqlite3_bind_int64(s, 1, id);
	index_bind(s, 2, story->title);
	index_bind(s, 3, body);
	/* What only announces the others is related to all of them. */
	if (story->dialect != DIALECT_OVERVIEW) {
		struct gist gist;
		gist_make(row->index->gister, row->arena, story->title, body, rows_first(urls),
			  &gist);
		gist_add(&row->gists, id, story->id, &gist);
	}
	return index_run(row->index, s, err);
}

/* The first free id of a day; the last story of an issue has the least. */
static bool first_id(struct index *index, long day, long long *id, struct error *err)
{
	sqlite3_stmt *s = index_statement(index, STATEMENT_LAST_ID);
	long long first = (long long)day << INDEX_DAY_SHIFT;
	sqlite3_bind_int64(s, 1, first);
	sqlite3_bind_int64(s, 2, first + (1 << INDEX_DAY_SHIFT) - 1);
	int result = sqlite3_step(s);
	bool has_any = result == SQLITE_ROW && sqlite3_column_type(s, 0) != SQLITE_NULL;
	*id = has_any ? sqlite3_column_int64(s, 0) + 1 : first;
	sqlite3_reset(s);
	return index_ok(index, result, err);
}

static bool put_issue(struct row *row, struct str path, const struct file_stamp *stamp, long day,
		      struct error *err)
{
	const struct issue *issue = row->issue;
	sqlite3_stmt *s = index_statement(row->index, STATEMENT_PUT_ISSUE);
	index_bind(s, 1, path);
	sqlite3_bind_int64(s, 2, stamp->mtime_ns);
	sqlite3_bind_int64(s, 3, stamp->size);
	sqlite3_bind_int64(s, 4, stamp->ino);
	sqlite3_bind_int64(s, 5, day);
	index_bind(s, 6, issue ? issue->publication : STR(""));
	index_bind(s, 7, issue ? issue->title : STR(""));
	sqlite3_bind_int64(s, 8, stamp->sum);
	if (!index_run(row->index, s, err))
		return false;
	row->issue_id = sqlite3_last_insert_rowid(row->index->db);
	return true;
}

bool rows_put(struct index *index, struct str path, const struct file_stamp *stamp,
	      const struct issue *issue, struct error *err)
{
	long day = issue ? date_day(issue->date) : 0;
	size_t n = issue ? issue->n_stories : 0;
	long long id = 0;
	if (!rows_drop(index, path, err))
		return false;
	struct row row = {.index = index, .arena = arena_new(), .issue = issue};
	row.gists = strbuf_make(row.arena);
	bool ok = put_issue(&row, path, stamp, day, err) && first_id(index, day, &id, err);
	long long end = ((long long)day + 1) << INDEX_DAY_SHIFT;
	for (size_t i = n; ok && i > 0 && id < end; i--)
		ok = put_story(&row, i - 1, id++, err);
	ok = ok && gist_keep(index, row.issue_id, strbuf_str(&row.gists), err);
	arena_free(row.arena);
	return ok;
}

bool rows_stamp(struct index *index, struct str path, const struct file_stamp *stamp,
		struct error *err)
{
	sqlite3_stmt *s = index_statement(index, STATEMENT_STAMP_ISSUE);
	index_bind(s, 1, path);
	sqlite3_bind_int64(s, 2, stamp->mtime_ns);
	sqlite3_bind_int64(s, 3, stamp->size);
	sqlite3_bind_int64(s, 4, stamp->ino);
	return index_run(index, s, err);
}

static bool drop_issue(struct index *index, long long id, struct error *err)
{
	static const enum statement order[] = {STATEMENT_DROP_FULL, STATEMENT_DROP_BODIES,
					       STATEMENT_DROP_STORIES, STATEMENT_DROP_GIST,
					       STATEMENT_DROP_ISSUE};
	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++) {
		sqlite3_stmt *s = index_statement(index, order[i]);
		sqlite3_bind_int64(s, 1, id);
		if (!index_run(index, s, err))
			return false;
	}
	return true;
}

bool rows_drop(struct index *index, struct str path, struct error *err)
{
	sqlite3_stmt *s = index_statement(index, STATEMENT_FIND_ISSUE);
	index_bind(s, 1, path);
	int result = sqlite3_step(s);
	long long id = result == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
	sqlite3_reset(s);
	if (result != SQLITE_ROW)
		return index_ok(index, result, err);
	index->is_dropping = true;
	bool ok = drop_issue(index, id, err);
	index->is_dropping = false;
	return ok;
}
