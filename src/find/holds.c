/* Whether a filter holds for a story. */
#include <sulan/query.h>

#include <sulan/arena.h>
#include <sulan/fold.h>
#include <sulan/issue.h>

#include "term.h"

bool query_names_dismissed(const struct query *query)
{
	for (size_t i = 0; i < query->n; i++)
		if (query->terms[i].kind == TERM_DISMISSED)
			return true;
	return false;
}

static bool is_of_text(const struct term *term)
{
	return term->kind == TERM_TEXT || term->kind == TERM_KEYWORD;
}

size_t query_texts(const struct query *query, struct arena *arena, struct query_text **out)
{
	size_t n = 0;
	*out = arena_alloc(arena, (query->n + 1) * sizeof(**out));
	for (size_t i = 0; i < query->n; i++) {
		const struct term *term = &query->terms[i];
		if (is_of_text(term))
			(*out)[n++] = (struct query_text){term->word, term->kind == TERM_KEYWORD};
	}
	return n;
}

/* What one match works on. */
struct match {
	struct arena *arena;
	const struct query_subject *subject;
};

static bool holds(const struct match *m, struct str text, struct str needle)
{
	return str_find(fold_text(m->arena, text), needle, 0) != STR_NOT_FOUND;
}

bool query_means(const struct query_text *text, struct arena *scratch,
		 const struct keyword *keyword)
{
	return str_eq(fold_text(scratch, keyword->canon), text->needle) ||
	       str_eq(fold_text(scratch, keyword->word), text->needle);
}

bool query_text_in(const struct query_text *text, struct arena *scratch, struct str where,
		   const struct keywords *keywords)
{
	struct hit *hits = NULL;
	if (!text->is_keyword)
		return str_find(fold_text(scratch, where), text->needle, 0) != STR_NOT_FOUND;
	size_t n = keywords_scan(keywords, scratch, where, &hits);
	for (size_t i = 0; i < n; i++)
		if (query_means(text, scratch, keywords_at(keywords, hits[i].keyword)))
			return true;
	return false;
}

static bool text_holds(const struct match *m, const struct term *term, size_t nth)
{
	const struct query_subject *s = m->subject;
	const struct query_text text = {term->word, term->kind == TERM_KEYWORD};
	if (s->has_text)
		return s->has_text(s->self, nth);
	if (query_text_in(&text, m->arena, s->story->title, s->keywords))
		return true;
	for (uint32_t i = s->story->block; i < s->story->end; i++)
		if (query_text_in(&text, m->arena, s->issue->blocks[i].text, s->keywords))
			return true;
	return false;
}

static bool source_holds(const struct match *m, struct str needle)
{
	const struct story *story = m->subject->story;
	for (size_t i = 0; i < story->n_sources; i++)
		if (holds(m, story->sources[i].name, needle))
			return true;
	for (size_t i = 0; i < story->n_links; i++)
		if (holds(m, m->subject->issue->links[story->links[i]].url, needle))
			return true;
	return false;
}

/* A tag is meant whole. */
static bool tag_holds(const struct match *m, struct str needle)
{
	for (size_t i = 0; i < m->subject->state.n_tags; i++)
		if (str_eq(fold_text(m->arena, m->subject->state.tags[i]), needle))
			return true;
	return false;
}

static bool term_holds(const struct match *m, const struct term *term, size_t nth_text)
{
	const struct issue *issue = m->subject->issue;
	const struct story *story = m->subject->story;
	const struct story_state *state = &m->subject->state;
	switch (term->kind) {
	case TERM_TEXT:
	case TERM_KEYWORD:
		return text_holds(m, term, nth_text);
	case TERM_UNREAD:
		return !state->is_read;
	case TERM_READ:
		return state->is_read;
	case TERM_STAR:
		return state->is_starred;
	case TERM_LATER:
		return state->is_later;
	case TERM_DISMISSED:
		return state->is_dismissed;
	case TERM_NOTED:
		return state->note.len > 0;
	case TERM_NOTE:
		return holds(m, state->note, term->word);
	case TERM_TAG:
		return tag_holds(m, term->word);
	case TERM_CATEGORY:
		return holds(m, issue->categories[story->category], term->word);
	case TERM_SOURCE:
		return source_holds(m, term->word);
	case TERM_TITLE:
		return holds(m, story->title, term->word);
	case TERM_AFTER:
		return issue->date.year && date_compare(issue->date, term->date) >= 0;
	case TERM_BEFORE:
		return issue->date.year && date_compare(issue->date, term->date) < 0;
	case TERM_STORY:
		return story->kind == STORY_FULL;
	case TERM_BRIEF:
		return story->kind == STORY_BRIEF;
	case TERM_PUBLICATION:
		return holds(m, issue_series(issue), term->word);
	case TERM_ID:
		return str_eq(str_sub(story->id, 0, term->word.len), term->word);
	case TERM_GROUP:
		break;
	}
	return true;
}

/* Terms from..to, all of which must hold; `*nth` counts those that are about the text. */
static bool terms_hold(const struct match *m, const struct query *query, size_t from, size_t to,
		       size_t *nth)
{
	bool ok = true;
	for (size_t i = from; i < to; i++) {
		const struct term *term = &query->terms[i];
		size_t text = *nth, end = i + 1 + term->n_inner;
		if (term->kind == TERM_GROUP)
			ok = terms_hold(m, query, i + 1, end, nth) != term->is_negated && ok;
		else
			ok = ok && term_holds(m, term, text) != term->is_negated;
		*nth += is_of_text(term);
		i = end - 1;
	}
	return ok;
}

bool query_holds(const struct query *query, struct arena *scratch,
		 const struct query_subject *subject)
{
	const struct match m = {scratch, subject};
	size_t nth = 0;
	return terms_hold(&m, query, 0, query->n, &nth);
}

bool query_matches(const struct query *query, const struct issue *issue, const struct story *story,
		   struct story_state state, const struct keywords *keywords)
{
	if (query->n == 0)
		return true;
	struct arena *arena = arena_new();
	const struct query_subject subject = {
		.issue = issue, .story = story, .state = state, .keywords = keywords};
	bool ok = query_holds(query, arena, &subject);
	arena_free(arena);
	return ok;
}
