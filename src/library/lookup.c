/* Searching the index: it proposes stories, their texts decide. */
#include <sulan/lookup.h>

#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/fold.h>
#include <sulan/pinyin.h>

#include "matches.h"
#include "terms.h"
#include "titles.h"

#define WORDS_MAX         8 /* that are shown for a pinyin */
#define WHOLE_USED        4 /* of those that read so as a whole, as many are searched */
#define PARTIAL_USED      2 /* of the others */
#define STOP_EVERY_OPS    4000
#define STOP_EVERY_STORY  16
#define STOP_EVERY_TITLES 4096

struct search {
	struct index *index;
	struct arena *arena, *scratch;
	const struct lookup_opts *opts;
	struct terms terms;
	struct lookup *out;
	size_t cap;
	long long *ids; /* hash set of what was found; 0: free */
	size_t n_ids, cap_ids;
	struct error *err;
	bool is_stopped;
};

static int ask_stop(void *self)
{
	struct search *s = self;
	s->is_stopped |= s->opts->is_stopped(s->opts->self);
	return s->is_stopped;
}

/* Asks after every so many. */
static void ask_now_and_then(struct search *s, size_t n, size_t every)
{
	if (n % every == 0 && s->opts->is_stopped)
		ask_stop(s);
}

static bool is_full(const struct search *s)
{
	return s->is_stopped || (s->opts->max && s->out->n >= s->opts->max);
}

/* Notes an id; false when it was there. */
static bool note_id(struct search *s, long long id)
{
	if (s->n_ids * 2 >= s->cap_ids) {
		size_t old_cap = s->cap_ids;
		long long *old = s->ids;
		s->cap_ids = old_cap ? old_cap * 2 : 256;
		s->ids = mem_new(s->cap_ids * sizeof(*s->ids));
		s->n_ids = 0;
		for (size_t i = 0; i < old_cap; i++)
			if (old[i])
				note_id(s, old[i] - 1);
		free(old);
	}
	size_t at = (size_t)((unsigned long long)(id + 1) * 0x9E3779B97F4A7C15ULL >> 20) &
		    (s->cap_ids - 1);
	while (s->ids[at] && s->ids[at] != id + 1)
		at = (at + 1) & (s->cap_ids - 1);
	if (s->ids[at])
		return false;
	s->ids[at] = id + 1;
	s->n_ids++;
	return true;
}

static bool has(const struct subject *subject, struct str word)
{
	return str_find(subject->folded_title, word, 0) != STR_NOT_FOUND ||
	       str_find(subject->fold.text, word, 0) != STR_NOT_FOUND;
}

static bool has_reading(struct search *s, const struct subject *subject, const struct term *term)
{
	struct pinyin_match *match;
	for (size_t i = 0; i < term->n_words; i++)
		if (has(subject, term->words[i]))
			return true;
	return pinyin_find(s->scratch, subject->title, term->typed, 1, &match) > 0;
}

static bool holds(struct search *s, const struct subject *subject, bool with_pinyin)
{
	for (size_t i = 0; i < s->terms.n; i++) {
		const struct term *term = &s->terms.items[i];
		bool is_there = has(subject, term->typed) ||
				(with_pinyin && term->is_pinyin && has_reading(s, subject, term));
		if (is_there == term->is_negated)
			return false;
	}
	return true;
}

struct found found_of(struct arena *arena, sqlite3_stmt *row)
{
	struct str texts[11] = {{0}};
	static const int columns[] = {0, 3, 4, 5, 6, 8, 9, 10};
	for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++)
		texts[columns[i]] = str_copy(arena, index_text(row, columns[i]));
	return (struct found){
		.id = texts[0],
		.kind = sqlite3_column_int(row, 2) == STORY_BRIEF ? STORY_BRIEF : STORY_FULL,
		.title = texts[3],
		.category = texts[4],
		.source = rows_first(texts[5]),
		.url = rows_first(texts[6]),
		.urls = texts[6],
		.date = date_of_day((long)sqlite3_column_int64(row, 7)),
		.publication = texts[8],
		.issue_title = texts[9],
		.path = texts[10],
	};
}

static void add_found(struct search *s, sqlite3_stmt *row, const struct subject *subject,
		      bool with_pinyin)
{
	struct lookup *out = s->out;
	out->items = arena_more(s->arena, out->items, out->n, &s->cap, sizeof(*out->items));
	struct found *found = &out->items[out->n++];
	*found = found_of(s->arena, row);
	found->is_by_pinyin = with_pinyin;
	matches_show(s->arena, s->scratch, &s->terms, subject, s->opts->context_bytes, found);
}

/* Whether the row is as it was put in; what is not is damage like any other. */
static bool is_sound(struct search *s, sqlite3_stmt *row, const struct subject *subject)
{
	return rows_sum(subject->title, subject->text) == sqlite3_column_int64(row, 12) ||
	       index_ok(s->index, SQLITE_CORRUPT, s->err);
}

/* Takes the story if it is what was asked for. False with `err`. */
static bool try_story(struct search *s, long long id, bool with_pinyin)
{
	sqlite3_stmt *row = index_statement(s->index, STATEMENT_GET_STORY);
	sqlite3_bind_int64(row, 1, id);
	int result = sqlite3_step(row);
	bool ok = true;
	if (result == SQLITE_ROW) {
		struct subject subject = {.title = index_text(row, 3), .text = index_text(row, 11)};
		subject.folded_title = fold_text(s->scratch, subject.title);
		subject.fold = fold_make(s->scratch, subject.text);
		ok = is_sound(s, row, &subject);
		if (ok && holds(s, &subject, with_pinyin) && note_id(s, id))
			add_found(s, row, &subject, with_pinyin);
	}
	sqlite3_reset(row);
	arena_reset(s->scratch);
	return ok && index_ok(s->index, result, s->err);
}

/* The expression for all terms; empty when only a scan can tell. With pinyin each term is what it
 * is or what it stands for. */
static struct str whole_ask(struct search *s, bool with_pinyin)
{
	struct strbuf buf = strbuf_make(s->arena);
	for (size_t i = 0; i < s->terms.n; i++) {
		const struct term *term = &s->terms.items[i];
		bool has_words = with_pinyin && term->n_words;
		bool has_own = term->ask.len && !term->is_nowhere;
		if (term->is_negated || (!has_own && !(term->is_nowhere && has_words)))
			continue;
		strbuf_puts(&buf, buf.len ? " AND (" : "(");
		if (has_own)
			strbuf_put(&buf, term->ask);
		for (size_t w = 0; has_words && w < term->n_words; w++) {
			strbuf_puts(&buf, has_own || w ? " OR " : "");
			strbuf_put(&buf, terms_phrase(s->arena, term->words[w]));
		}
		strbuf_putc(&buf, ')');
	}
	return strbuf_str(&buf);
}

static bool run_pass(struct search *s, bool with_pinyin)
{
	struct str ask = whole_ask(s, with_pinyin);
	const char *sql =
		!ask.len ? "SELECT id FROM story ORDER BY id DESC"
		: s->opts->is_ranked
			? "SELECT rowid FROM full WHERE full MATCH ?1"
			  " ORDER BY bm25(full, 8.0, 1.0)"
			: "SELECT rowid FROM full WHERE full MATCH ?1 ORDER BY rowid DESC";
	sqlite3_stmt *statement = index_prepare(s->index, sql, s->err);
	if (!statement)
		return false;
	if (ask.len)
		index_bind(statement, 1, ask);
	int result = SQLITE_DONE;
	bool ok = true;
	for (size_t n = 1; ok && !is_full(s) && (result = sqlite3_step(statement)) == SQLITE_ROW;
	     n++) {
		ok = try_story(s, sqlite3_column_int64(statement, 0), with_pinyin);
		ask_now_and_then(s, n, STOP_EVERY_STORY);
	}
	s->out->is_cut |= ok && result == SQLITE_ROW;
	sqlite3_finalize(statement);
	if (s->is_stopped)
		return true;
	return ok && index_ok(s->index, result, s->err);
}

/* Titles that read so: 2 as whole readings, 1 in parts, 0 not. */
static int title_reads(struct search *s, struct str title)
{
	int how = 2;
	for (size_t i = 0; i < s->terms.n; i++) {
		const struct term *term = &s->terms.items[i];
		struct pinyin_match *match;
		if (term->is_negated || !term->is_pinyin)
			continue;
		if (pinyin_find(s->scratch, title, term->typed, 1, &match) == 0)
			return 0;
		how = match->is_whole ? how : 1;
	}
	return how;
}

static bool run_titles(struct search *s)
{
	const struct titles *titles = titles_get(s->index, s->err);
	if (!titles)
		return false;
	struct arena *kept = arena_new();
	char *how = arena_alloc(kept, titles->n + 1);
	bool ok = true;
	for (size_t i = 0; i < titles->n && !s->is_stopped; i++) {
		how[i] = (char)title_reads(s, titles->items[i].text);
		ask_now_and_then(s, i, STOP_EVERY_TITLES);
	}
	arena_reset(s->scratch);
	for (int wanted = 2; ok && wanted > 0; wanted--)
		for (size_t i = 0; ok && i < titles->n && !is_full(s); i++)
			if (how[i] == wanted)
				ok = try_story(s, titles->items[i].id, true);
	s->out->is_cut |= is_full(s);
	arena_free(kept);
	return ok;
}

static bool is_word(struct index *index, struct str word)
{
	sqlite3_stmt *s = index_prepare(index, "SELECT 1 FROM word WHERE text = ?1", NULL);
	index_bind(s, 1, word);
	bool is_there = s && sqlite3_step(s) == SQLITE_ROW;
	sqlite3_finalize(s);
	return is_there;
}

/* How many of the words are searched: those of several characters that read so as a whole; where
 * there is none, the likeliest one that does, or those that may be meant by their first letters. */
static size_t words_used(const struct str *words, size_t n, size_t n_whole)
{
	size_t used = 0;
	while (used < n_whole && used < WHOLE_USED && words[used].len > 3)
		used++;
	if (used == 0)
		used = n_whole ? 1 : PARTIAL_USED;
	return used < n ? used : n;
}

/* Terms that may be pinyin get the words they stand for; true when there is one. */
static bool take_readings(struct search *s)
{
	bool has_any = false;
	for (size_t i = 0; i < s->terms.n; i++) {
		struct term *term = &s->terms.items[i];
		size_t n_whole;
		if (term->is_quoted || term->is_negated || !pinyin_is_typed(term->typed) ||
		    is_word(s->index, term->typed))
			continue;
		has_any = term->is_pinyin = true;
		size_t n = candidates_find(s->index, s->arena, term->typed, WORDS_MAX, &term->words,
					   &n_whole);
		if (n) {
			s->out->words = term->words;
			s->out->n_words = n;
			s->out->pinyin = term->typed;
		}
		term->n_words = words_used(term->words, n, n_whole);
	}
	return has_any;
}

static bool run(struct search *s)
{
	bool is_nowhere = false, has_any = false;
	for (size_t i = 0; i < s->terms.n; i++) {
		struct term *term = &s->terms.items[i];
		if (term->is_negated)
			continue;
		if (!terms_ask(s->index, s->arena, term, s->err))
			return false;
		has_any = true;
		is_nowhere |= term->is_nowhere;
	}
	if (!has_any)
		return true;
	if (!is_nowhere && !run_pass(s, false))
		return false;
	if (s->is_stopped || !take_readings(s) || is_full(s))
		return true;
	if (!run_titles(s))
		return false;
	bool can_ask = true;
	for (size_t i = 0; i < s->terms.n; i++)
		can_ask &= !s->terms.items[i].is_nowhere || s->terms.items[i].n_words;
	return is_full(s) || !can_ask || run_pass(s, true);
}

bool lookup_find(struct index *index, struct arena *arena, struct str text,
		 const struct lookup_opts *opts, struct lookup *out, struct error *err)
{
	*out = (struct lookup){0};
	struct search s = {.index = index,
			   .arena = arena,
			   .scratch = arena_new(),
			   .opts = opts,
			   .out = out,
			   .err = err};
	s.terms = terms_parse(arena, text);
	if (opts->is_stopped)
		sqlite3_progress_handler(index->db, STOP_EVERY_OPS, ask_stop, &s);
	bool ok = run(&s);
	sqlite3_progress_handler(index->db, 0, NULL, NULL);
	out->is_cut |= s.is_stopped;
	arena_free(s.scratch);
	free(s.ids);
	return ok || s.is_stopped;
}

size_t lookup_needles(struct arena *arena, struct str text, const struct lookup *lookup,
		      struct str **out)
{
	struct terms terms = terms_parse(arena, text);
	size_t n = 0;
	*out = arena_alloc(arena, (terms.n + lookup->n_words + 1) * sizeof(**out));
	for (size_t i = 0; i < terms.n; i++)
		if (!terms.items[i].is_negated)
			(*out)[n++] = terms.items[i].typed;
	for (size_t i = 0; i < lookup->n_words; i++)
		(*out)[n++] = lookup->words[i];
	return n;
}
