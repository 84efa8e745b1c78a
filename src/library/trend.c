/* Counting the stories that have a word. The full-text index proposes them; where it ignores what
 * stands between the word's characters, the text decides. */
#include <sulan/trend.h>

#include <stdlib.h>

#include <sulan/arena.h>
#include <sulan/fold.h>
#include <sulan/keywords.h>
#include <sulan/lookup.h>

#include "index.h"

#define STEPS_MAX 6        /* as long as looking up takes */
#define LAST_DAY  4000000L /* behind the year 9999 */

struct count {
	struct index *index;
	struct arena *arena, *scratch;
	struct keywords *keywords; /* the word's spellings */
	long long from, to;        /* rows */
	sqlite3_stmt *bodies;      /* stands at row `body`, INT64_MAX behind the last */
	long long body;
	long long *rows; /* that have the word */
	size_t n, cap;
	struct error *err;
};

/* A spelling as the full-text index is asked for it. */
struct ask {
	struct strbuf text, phrase;
	struct str typed;
	size_t n_tokens;
	bool is_whole; /* one token and nothing else: there is nothing to look at */
	bool is_signs; /* Han characters alone */
};

static void end_phrase(struct ask *ask)
{
	if (ask->phrase.len == 0)
		return;
	strbuf_printf(&ask->text, "%s\"%.*s\"", ask->text.len ? " AND " : "", (int)ask->phrase.len,
		      ask->phrase.p);
	ask->phrase.len = 0;
}

static bool put_token(void *self, enum token kind, struct str token, size_t at)
{
	struct ask *ask = self;
	(void)at;
	if (kind == TOKEN_END) {
		end_phrase(ask);
		return true;
	}
	if (ask->phrase.len)
		strbuf_putc(&ask->phrase, ' ');
	strbuf_put(&ask->phrase, token);
	ask->n_tokens++;
	ask->is_whole = ask->n_tokens == 1 && token.len == ask->typed.len;
	ask->is_signs &= kind == TOKEN_SIGN;
	return true;
}

static struct ask ask_make(struct arena *arena, struct str typed)
{
	struct ask ask = {.text = strbuf_make(arena),
			  .phrase = strbuf_make(arena),
			  .typed = typed,
			  .is_signs = true};
	tokens_cut(typed, put_token, &ask);
	end_phrase(&ask);
	return ask;
}

static bool step_body(struct count *c)
{
	int result = sqlite3_step(c->bodies);
	c->body = result == SQLITE_ROW ? sqlite3_column_int64(c->bodies, 0) : INT64_MAX;
	return index_ok(c->index, result, c->err);
}

/* Goes on to the text of a story; from one to another nearby is a step, else it is looked up. */
static bool seek_body(struct count *c, long long row)
{
	bool ok = true;
	for (int i = 0; ok && i < STEPS_MAX && c->body < row; i++)
		ok = step_body(c);
	if (!ok || c->body == row)
		return ok;
	sqlite3_reset(c->bodies);
	sqlite3_bind_int64(c->bodies, 1, row);
	return step_body(c);
}

static bool has_word(struct count *c, struct str text)
{
	struct hit *hits;
	return keywords_scan(c->keywords, c->scratch, text, &hits) > 0;
}

/* Whether a story has it, its title or, if that is not to be seen at once, its text. */
static bool look_closely(struct count *c, const struct ask *ask, long long row, bool *is_hit)
{
	sqlite3_stmt *s = index_statement(c->index, STATEMENT_GET_TEXT);
	sqlite3_bind_int64(s, 1, row);
	int result = sqlite3_step(s);
	if (result == SQLITE_ROW) {
		struct str title = index_text(s, 0);
		*is_hit = (ask->is_signs && str_find(title, ask->typed, 0) != STR_NOT_FOUND) ||
			  has_word(c, title) || has_word(c, index_text(s, 1));
	}
	sqlite3_reset(s);
	arena_reset(c->scratch);
	return index_ok(c->index, result, c->err);
}

/* What stands in the text as it was typed needs no folding: nearly all do. */
static bool look(struct count *c, const struct ask *ask, long long row, bool *is_hit)
{
	if (!ask->is_signs)
		return look_closely(c, ask, row, is_hit);
	if (!seek_body(c, row))
		return false;
	*is_hit = c->body == row &&
		  str_find(index_text(c->bodies, 1), ask->typed, 0) != STR_NOT_FOUND;
	return *is_hit || look_closely(c, ask, row, is_hit);
}

static void add_row(struct count *c, long long row)
{
	c->rows = arena_more(c->arena, c->rows, c->n, &c->cap, sizeof(*c->rows));
	c->rows[c->n++] = row;
}

static bool count_spelling(struct count *c, struct str spelling)
{
	struct ask ask = ask_make(c->arena, fold_text(c->arena, str_trim(spelling)));
	struct str text = strbuf_str(&ask.text);
	if (ask.typed.len == 0)
		return true;
	sqlite3_stmt *s = index_prepare(
		c->index,
		text.len ? "SELECT rowid FROM full WHERE full MATCH ?1 AND rowid BETWEEN ?2 AND ?3"
			   " ORDER BY rowid"
			 : "SELECT id FROM story WHERE ?1 = '' AND id BETWEEN ?2 AND ?3"
			   " ORDER BY id",
		c->err);
	if (!s)
		return false;
	index_bind(s, 1, text.len ? text : STR(""));
	sqlite3_bind_int64(s, 2, c->from);
	sqlite3_bind_int64(s, 3, c->to);
	int result = SQLITE_DONE;
	bool ok = true;
	while (ok && (result = sqlite3_step(s)) == SQLITE_ROW) {
		long long row = sqlite3_column_int64(s, 0);
		bool is_hit = ask.is_whole;
		ok = is_hit || look(c, &ask, row, &is_hit);
		if (is_hit)
			add_row(c, row);
	}
	sqlite3_finalize(s);
	return ok && index_ok(c->index, result, c->err);
}

static int by_row(const void *a, const void *b)
{
	const long long *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

/* Counting in the days from..to; false with `err`. */
static bool count_begin(struct count *c, struct index *index, long from, long to, struct error *err)
{
	*c = (struct count){.index = index,
			    .from = (long long)from << INDEX_DAY_SHIFT,
			    .to = ((long long)(to + 1) << INDEX_DAY_SHIFT) - 1,
			    .body = INT64_MAX,
			    .err = err};
	c->bodies =
		index_prepare(index, "SELECT id, text FROM body WHERE id >= ?1 ORDER BY id", err);
	c->arena = arena_new();
	c->scratch = arena_new();
	return c->bodies != NULL;
}

static void count_end(struct count *c)
{
	sqlite3_finalize(c->bodies);
	arena_free(c->scratch);
	arena_free(c->arena);
}

/* The rows that have the word, each once, in order. */
static bool count_word(struct count *c, const struct trend_word *word)
{
	struct keyword *spelled = arena_alloc(c->arena, (word->n_spellings + 1) * sizeof(*spelled));
	bool ok = true;
	for (size_t i = 0; i < word->n_spellings; i++)
		spelled[i].word = spelled[i].canon = str_trim(word->spellings[i]);
	c->keywords = keywords_new(spelled, word->n_spellings);
	c->rows = NULL;
	c->n = c->cap = 0;
	for (size_t i = 0; ok && i < word->n_spellings; i++)
		ok = count_spelling(c, word->spellings[i]);
	keywords_free(c->keywords);
	if (c->n && word->n_spellings > 1) /* those of one are in order */
		qsort(c->rows, c->n, sizeof(*c->rows), by_row);
	size_t n = 0;
	for (size_t i = 0; i < c->n; i++)
		if (n == 0 || c->rows[n - 1] != c->rows[i])
			c->rows[n++] = c->rows[i];
	c->n = n;
	return ok;
}

/* The days that have issues. */
static bool take_days(struct index *index, struct arena *arena, long from, struct trend *out,
		      struct error *err)
{
	size_t cap = 0;
	int result;
	sqlite3_stmt *s = index_prepare(
		index, "SELECT day, count(*) FROM issue WHERE day >= ?1 GROUP BY day", err);
	if (!s)
		return false;
	sqlite3_bind_int64(s, 1, from);
	while ((result = sqlite3_step(s)) == SQLITE_ROW) {
		long day = (long)sqlite3_column_int64(s, 0);
		out->spans = arena_more(arena, out->spans, out->n_spans, &cap, sizeof(*out->spans));
		out->spans[out->n_spans++] = (struct trend_span){
			.first = day, .last = day, .n_issues = (uint32_t)sqlite3_column_int(s, 1)};
	}
	sqlite3_finalize(s);
	return index_ok(index, result, err);
}

/* The day a row is of; SIZE_MAX for none. */
static size_t day_of(const struct trend *trend, long long row)
{
	long day = (long)(row >> INDEX_DAY_SHIFT);
	size_t lo = 0, hi = trend->n_spans;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (trend->spans[mid].first == day)
			return mid;
		if (trend->spans[mid].first < day)
			lo = mid + 1;
		else
			hi = mid;
	}
	return SIZE_MAX;
}

static bool take_stories(struct index *index, struct trend *out, struct error *err)
{
	int result;
	size_t now = 0;
	sqlite3_stmt *s = index_prepare(index, "SELECT id FROM story", err);
	if (!s)
		return false;
	while ((result = sqlite3_step(s)) == SQLITE_ROW) {
		long long row = sqlite3_column_int64(s, 0);
		long day = (long)(row >> INDEX_DAY_SHIFT);
		if (now >= out->n_spans || out->spans[now].first != day)
			now = day_of(out, row);
		if (now < out->n_spans)
			out->spans[now].n_stories++;
		else if (day == 0)
			out->n_undated++;
	}
	sqlite3_finalize(s);
	return index_ok(index, result, err);
}

/* The day of the latest issue; 0 when there is none that has one. */
static bool last_day(struct index *index, long *day, struct error *err)
{
	sqlite3_stmt *s = index_prepare(index, "SELECT max(day) FROM issue", err);
	int result = s ? sqlite3_step(s) : SQLITE_ERROR;
	*day = result == SQLITE_ROW ? (long)sqlite3_column_int64(s, 0) : 0;
	sqlite3_finalize(s);
	return s && index_ok(index, result, err);
}

bool trend_take(struct index *index, struct arena *arena, const struct trend_asked *asked,
		struct trend *out, struct error *err)
{
	size_t n = asked->n_words;
	long from = 0;
	*out = (struct trend){.n_words = n};
	if (asked->n_spans && !last_day(index, &from, err))
		return false;
	if (asked->n_spans)
		from = trend_before(from, asked->by, asked->n_spans - 1);
	from = from > 0 ? from : 1;
	if (!take_days(index, arena, from, out, err) || !take_stories(index, out, err))
		return false;
	out->hits = arena_alloc(arena, (n + 1) * sizeof(*out->hits));
	struct count c;
	bool ok = count_begin(&c, index, from, LAST_DAY, err);
	for (size_t w = 0; ok && w < n; w++) {
		out->hits[w] = arena_alloc(arena, (out->n_spans + 1) * sizeof(**out->hits));
		ok = count_word(&c, &asked->words[w]);
		for (size_t i = 0; i < c.n; i++) {
			size_t day = day_of(out, c.rows[i]);
			if (day < out->n_spans)
				out->hits[w][day]++;
		}
		arena_reset(c.arena);
	}
	count_end(&c);
	return ok;
}

bool trend_hits(struct index *index, struct arena *arena, const struct trend_word *word, long from,
		long to, size_t max, struct lookup *out, struct error *err)
{
	struct count c;
	*out = (struct lookup){0};
	bool ok = count_begin(&c, index, from, to, err) && count_word(&c, word);
	size_t n = c.n < max ? c.n : max;
	out->is_cut = c.n > max;
	out->items = arena_alloc(arena, (n + 1) * sizeof(*out->items));
	for (size_t i = 0; ok && i < n; i++) {
		sqlite3_stmt *row = index_statement(index, STATEMENT_GET_STORY);
		sqlite3_bind_int64(row, 1, c.rows[c.n - 1 - i]);
		int result = sqlite3_step(row);
		if (result == SQLITE_ROW)
			out->items[out->n++] = found_of(arena, row);
		sqlite3_reset(row);
		ok = index_ok(index, result, err);
	}
	count_end(&c);
	return ok;
}
