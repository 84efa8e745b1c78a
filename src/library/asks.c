/* Filters held against all stories of the index. */
#include <stdlib.h>

#include <sulan/arena.h>
#include <sulan/fold.h>
#include <sulan/keywords.h>
#include <sulan/triage.h>

#include "stories.h"
#include "terms.h"

/* One text that is asked for, and who has it. */
struct ask {
	const struct stories *stories;
	struct index *index;
	struct arena *arena, *scratch;
	const struct query_text *text;
	const struct keywords *keywords;
	bool is_hasty;
	char *has;
	struct error *err;
};

/* Line by line: nothing that is looked for goes beyond a block. */
static bool is_in_text(const struct ask *a, struct str text)
{
	struct str line;
	while (str_cut(&text, '\n', &line))
		if (query_text_in(a->text, a->scratch, line, a->keywords))
			return true;
	return false;
}

/* Looks into the story that the index proposes. */
static bool look_into(const struct ask *a, long long row, size_t nth)
{
	sqlite3_stmt *s = index_statement(a->index, STATEMENT_GET_TEXT);
	sqlite3_bind_int64(s, 1, row);
	int result = sqlite3_step(s);
	if (result == SQLITE_ROW)
		a->has[nth] = query_text_in(a->text, a->scratch, index_text(s, 0), a->keywords) ||
			      is_in_text(a, index_text(s, 1));
	sqlite3_reset(s);
	arena_reset(a->scratch);
	return index_ok(a->index, result, a->err);
}

static bool count_token(void *self, enum token kind, struct str token, size_t at)
{
	(void)at;
	size_t *len = self;
	*len = kind == TOKEN_END || *len ? SIZE_MAX : token.len;
	return true;
}

/* Of a single token the index knows all there is to know. */
static bool is_exact(const struct ask *a, const struct term *term)
{
	size_t len = 0;
	tokens_cut(term->typed, count_token, &len);
	return !a->text->is_keyword && term->ask.len && len == term->typed.len;
}

static void look_into_titles(const struct ask *a)
{
	const struct issue *all = &a->stories->all;
	for (size_t i = 0; i < all->n_stories; i++) {
		a->has[i] |= query_text_in(a->text, a->scratch, all->stories[i].title, a->keywords);
		arena_reset(a->scratch);
	}
}

/* Who has a word, added to who has the others. */
static bool ask_word(const struct ask *a, struct str word)
{
	struct term term = {.typed = word};
	if (!terms_ask(a->index, a->arena, &term, a->err))
		return false;
	if (term.is_nowhere)
		return true;
	if (!term.ask.len && a->is_hasty) {
		look_into_titles(a);
		return true;
	}
	bool needs_look = !a->is_hasty && !is_exact(a, &term), ok = true;
	sqlite3_stmt *s = index_prepare(a->index,
					term.ask.len ? "SELECT rowid FROM full WHERE full MATCH ?1"
						     : "SELECT id FROM story",
					a->err);
	if (!s)
		return false;
	if (term.ask.len)
		index_bind(s, 1, term.ask);
	int result = SQLITE_DONE;
	while (ok && (result = sqlite3_step(s)) == SQLITE_ROW) {
		long long row = sqlite3_column_int64(s, 0);
		size_t nth = stories_of_row(a->stories, row);
		if (nth == SIZE_MAX || a->has[nth])
			continue;
		if (needs_look)
			ok = look_into(a, row, nth);
		else
			a->has[nth] = true;
	}
	sqlite3_finalize(s);
	return ok && index_ok(a->index, result, a->err);
}

static bool ask_text(const struct ask *a)
{
	bool ok = true;
	if (!a->text->is_keyword)
		return ask_word(a, a->text->needle);
	for (size_t i = 0; ok && i < keywords_count(a->keywords); i++) {
		const struct keyword *keyword = keywords_at(a->keywords, i);
		if (query_means(a->text, a->scratch, keyword))
			ok = ask_word(a, fold_text(a->arena, keyword->word));
	}
	return ok;
}

bool stories_ask(const struct stories *stories, struct index *index, struct arena *arena,
		 const struct query *query, const struct keywords *keywords, enum stories_care care,
		 struct stories_texts *out, struct error *err)
{
	struct query_text *texts;
	size_t n = query_texts(query, arena, &texts);
	char **has = arena_alloc(arena, (n + 1) * sizeof(*has));
	struct ask a = {.stories = stories,
			.index = index,
			.arena = arena,
			.scratch = arena_new(),
			.keywords = keywords,
			.is_hasty = care == STORIES_HASTILY,
			.err = err};
	bool ok = true;
	for (size_t i = 0; ok && i < n; i++) {
		a.text = &texts[i];
		a.has = has[i] = arena_alloc(arena, stories->all.n_stories + 1);
		ok = ask_text(&a);
	}
	arena_free(a.scratch);
	*out = (struct stories_texts){(const char *const *)has};
	return ok;
}

struct answer {
	const struct stories_texts *texts;
	size_t nth;
};

static bool has_text(const void *self, size_t text)
{
	const struct answer *answer = self;
	return answer->texts->has[text][answer->nth];
}

bool stories_match(const struct stories *stories, size_t nth, const struct query *query,
		   const struct stories_texts *texts, struct story_state state,
		   struct arena *scratch)
{
	const struct answer answer = {texts, nth};
	const struct query_subject subject = {.issue = stories_issue(stories, nth),
					      .story = &stories->all.stories[nth],
					      .state = state,
					      .has_text = has_text,
					      .self = &answer};
	return query_holds(query, scratch, &subject);
}

bool stories_filter(const struct stories *stories, struct index *index, struct arena *arena,
		    const struct query *query, struct triage *triage,
		    const struct keywords *keywords, uint32_t **rows, size_t *n, struct error *err)
{
	struct stories_texts texts;
	bool is_of_dismissed = query_names_dismissed(query);
	*n = 0;
	*rows = NULL;
	if (!stories_ask(stories, index, arena, query, keywords, STORIES_EXACTLY, &texts, err))
		return false;
	struct arena *scratch = arena_new();
	const bool *is_marked = stories_marked(stories, triage, arena);
	*rows = arena_alloc(arena, (stories->all.n_stories + 1) * sizeof(**rows));
	for (size_t i = 0; i < stories->all.n_stories; i++) {
		struct story_state state = {0};
		if (is_marked[i])
			state = triage_state(triage, stories->all.stories[i].id);
		if ((!state.is_dismissed || is_of_dismissed) &&
		    stories_match(stories, i, query, &texts, state, scratch))
			(*rows)[(*n)++] = (uint32_t)i;
		arena_reset(scratch);
	}
	arena_free(scratch);
	return true;
}
