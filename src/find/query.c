/* The filter language: terms that must all hold. */
#include <sulan/query.h>

#include <stdio.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/date.h>
#include <sulan/error.h>
#include <sulan/fold.h>
#include <sulan/issue.h>

enum term_kind {
	TERM_TEXT, /* title, sources or text */
	TERM_UNREAD,
	TERM_READ,
	TERM_STAR,
	TERM_LATER,
	TERM_DISMISSED,
	TERM_NOTED,
	TERM_TAG,
	TERM_NOTE,
	TERM_CATEGORY,
	TERM_SOURCE,
	TERM_TITLE,
	TERM_KEYWORD,
	TERM_AFTER,
	TERM_BEFORE,
	TERM_STORY,
	TERM_BRIEF,
};

struct term {
	enum term_kind kind;
	bool is_negated;
	struct str word; /* folded */
	struct date date;
};

struct query {
	struct term *terms;
	size_t n, cap;
};

static const struct {
	const char *name;
	enum term_kind kind;
} states[] =
	{
		{"unread", TERM_UNREAD}, {"read", TERM_READ},           {"star", TERM_STAR},
		{"later", TERM_LATER},   {"dismissed", TERM_DISMISSED}, {"note", TERM_NOTED},
},
  fields[] = {
	  {"cat", TERM_CATEGORY}, {"source", TERM_SOURCE}, {"title", TERM_TITLE},
	  {"kw", TERM_KEYWORD},   {"after", TERM_AFTER},   {"before", TERM_BEFORE},
	  {"kind", TERM_STORY},   {"tag", TERM_TAG},       {"note", TERM_NOTE},
};

struct parser {
	struct arena *arena;
	struct str text;
	size_t at;
	struct query *query;
	struct error *err;
	const struct query_views *views;
	int depth; /* of views in views */
};

#define VIEW_DEPTH_MAX 8

static bool fail(struct parser *p, size_t at, const char *what)
{
	char column[24];
	size_t n = 1;
	for (size_t i = 0; i < at; i++)
		n += ((unsigned char)p->text.p[i] & 0xc0) != 0x80;
	snprintf(column, sizeof(column), "%zu", n);
	return error_set(p->err, ERROR_USAGE, what, column);
}

/* Bytes of a blank at `at`, 0 for none; a Chinese input method writes a wide one. */
static size_t blank_at(const struct parser *p, size_t at)
{
	if (at < p->text.len && (p->text.p[at] == ' ' || p->text.p[at] == '\t'))
		return 1;
	return str_starts(str_from(p->text, at), "\u3000") ? 3 : 0;
}

/* Bytes of "NAME:" at the front of `rest`, 0 for none; the colon may be a wide one. */
static size_t field_len(struct str rest, const char *name)
{
	size_t len = strlen(name);
	struct str behind = str_from(rest, len);
	if (!str_starts(rest, name))
		return 0;
	return str_starts(behind, ":") ? len + 1 : str_starts(behind, "：") ? len + 3 : 0;
}

/* A word up to a blank, or what stands in quotes. */
static bool take_word(struct parser *p, struct str *out)
{
	size_t start = p->at;
	if (start < p->text.len && p->text.p[start] == '"') {
		size_t end = str_find(p->text, STR("\""), start + 1);
		if (end == STR_NOT_FOUND)
			return fail(p, start, N_("the quote in column %s has no end"));
		*out = str_sub(p->text, start + 1, end - start - 1);
		p->at = end + 1;
		return true;
	}
	while (p->at < p->text.len && !blank_at(p, p->at))
		p->at++;
	*out = str_sub(p->text, start, p->at - start);
	return true;
}

static bool take_field(struct parser *p, struct term *term, size_t start)
{
	struct str word = {0};
	if (!take_word(p, &word))
		return false;
	if (word.len == 0)
		return fail(p, start, N_("the field in column %s has nothing behind it"));
	term->word = fold_text(p->arena, word);
	if (term->kind == TERM_STORY) {
		if (str_is(word, "brief"))
			term->kind = TERM_BRIEF;
		else if (!str_is(word, "story"))
			return fail(p, start,
				    N_("in column %s stands neither kind:story nor kind:brief"));
	}
	if ((term->kind == TERM_AFTER || term->kind == TERM_BEFORE) &&
	    !date_find(word, &term->date, NULL, NULL))
		return fail(p, start, N_("in column %s stands no date; write it as 2026-01-22"));
	return true;
}

static bool take_term(struct parser *p)
{
	struct term term = {.kind = TERM_TEXT};
	size_t start = p->at;
	if (p->text.p[p->at] == '-' && p->at + 1 < p->text.len && !blank_at(p, p->at + 1)) {
		term.is_negated = true;
		p->at++;
	}
	struct str rest = str_from(p->text, p->at);
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		size_t len = field_len(rest, fields[i].name);
		if (len == 0)
			continue;
		term.kind = fields[i].kind;
		p->at += len;
		if (!take_field(p, &term, start))
			return false;
	}
	if (term.kind == TERM_TEXT) {
		struct str word = {0};
		bool is_quoted = str_starts(rest, "\"");
		if (!take_word(p, &word))
			return false;
		for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++)
			if (!is_quoted && str_is(word, states[i].name))
				term.kind = states[i].kind;
		term.word = fold_text(p->arena, word);
	}
	struct query *q = p->query;
	q->terms = arena_more(p->arena, q->terms, q->n, &q->cap, sizeof(*q->terms));
	q->terms[q->n++] = term;
	return true;
}

static bool take_view(struct parser *p);

static bool take_terms(struct parser *p)
{
	for (;;) {
		for (size_t n; (n = blank_at(p, p->at));)
			p->at += n;
		if (p->at >= p->text.len)
			return true;
		bool is_view = p->views && p->text.p[p->at] == '@';
		if (!(is_view ? take_view(p) : take_term(p)))
			return false;
	}
}

/* The terms of a view, as if they stood here; what is wrong in it is told of its place here. */
static bool take_view(struct parser *p)
{
	size_t start = p->at++;
	struct str name;
	struct parser inner = {
		.arena = p->arena, .query = p->query, .views = p->views, .depth = p->depth + 1};
	if (!take_word(p, &name))
		return false;
	if (!p->views->find(p->views->self, name, &inner.text))
		return fail(p, start, N_("in column %s stands no view of the configuration"));
	if (inner.depth > VIEW_DEPTH_MAX)
		return fail(p, start, N_("the view in column %s stands for itself"));
	return take_terms(&inner) || fail(p, start, N_("the view in column %s is no filter"));
}

const struct query *query_parse_with(struct arena *arena, struct str text,
				     const struct query_views *views, struct error *err)
{
	struct parser p = {.arena = arena,
			   .text = str_copy(arena, text),
			   .query = arena_alloc(arena, sizeof(struct query)),
			   .err = err,
			   .views = views};
	return take_terms(&p) ? p.query : NULL;
}

const struct query *query_parse(struct arena *arena, struct str text, struct error *err)
{
	return query_parse_with(arena, text, NULL, err);
}

bool query_names_dismissed(const struct query *query)
{
	for (size_t i = 0; i < query->n; i++)
		if (query->terms[i].kind == TERM_DISMISSED)
			return true;
	return false;
}

/* What one match works on. */
struct subject {
	struct arena *arena;
	const struct issue *issue;
	const struct story *story;
	struct story_state state;
	const struct keywords *keywords;
};

static bool holds(const struct subject *s, struct str text, struct str needle)
{
	return str_find(fold_text(s->arena, text), needle, 0) != STR_NOT_FOUND;
}

static bool source_holds(const struct subject *s, struct str needle)
{
	for (size_t i = 0; i < s->story->n_sources; i++)
		if (holds(s, s->story->sources[i].name, needle))
			return true;
	for (size_t i = 0; i < s->story->n_links; i++)
		if (holds(s, s->issue->links[s->story->links[i]].url, needle))
			return true;
	return false;
}

/* A tag is meant whole. */
static bool tag_holds(const struct subject *s, struct str needle)
{
	for (size_t i = 0; i < s->state.n_tags; i++)
		if (str_eq(fold_text(s->arena, s->state.tags[i]), needle))
			return true;
	return false;
}

static bool text_holds(const struct subject *s, struct str needle)
{
	if (holds(s, s->story->title, needle))
		return true;
	for (uint32_t i = s->story->block; i < s->story->end; i++)
		if (holds(s, s->issue->blocks[i].text, needle))
			return true;
	return false;
}

static bool keyword_holds(const struct subject *s, struct str needle)
{
	for (uint32_t i = s->story->block; s->keywords && i < s->story->end; i++) {
		struct hit *hits = NULL;
		size_t n = keywords_scan(s->keywords, s->arena, s->issue->blocks[i].text, &hits);
		for (size_t h = 0; h < n; h++) {
			const struct keyword *word = keywords_at(s->keywords, hits[h].keyword);
			if (str_eq(fold_text(s->arena, word->canon), needle) ||
			    str_eq(fold_text(s->arena, word->word), needle))
				return true;
		}
	}
	return false;
}

static bool term_holds(const struct subject *s, const struct term *term)
{
	switch (term->kind) {
	case TERM_TEXT:
		return text_holds(s, term->word);
	case TERM_UNREAD:
		return !s->state.is_read;
	case TERM_READ:
		return s->state.is_read;
	case TERM_STAR:
		return s->state.is_starred;
	case TERM_LATER:
		return s->state.is_later;
	case TERM_DISMISSED:
		return s->state.is_dismissed;
	case TERM_NOTED:
		return s->state.note.len > 0;
	case TERM_NOTE:
		return holds(s, s->state.note, term->word);
	case TERM_TAG:
		return tag_holds(s, term->word);
	case TERM_CATEGORY:
		return holds(s, s->issue->categories[s->story->category], term->word);
	case TERM_SOURCE:
		return source_holds(s, term->word);
	case TERM_TITLE:
		return holds(s, s->story->title, term->word);
	case TERM_KEYWORD:
		return keyword_holds(s, term->word);
	case TERM_AFTER:
		return s->issue->date.year && date_compare(s->issue->date, term->date) >= 0;
	case TERM_BEFORE:
		return s->issue->date.year && date_compare(s->issue->date, term->date) < 0;
	case TERM_STORY:
		return s->story->kind == STORY_FULL;
	case TERM_BRIEF:
		return s->story->kind == STORY_BRIEF;
	}
	return false;
}

bool query_matches(const struct query *query, const struct issue *issue, const struct story *story,
		   struct story_state state, const struct keywords *keywords)
{
	if (query->n == 0)
		return true;
	struct subject s = {arena_new(), issue, story, state, keywords};
	bool ok = true;
	for (size_t i = 0; ok && i < query->n; i++)
		ok = term_holds(&s, &query->terms[i]) != query->terms[i].is_negated;
	arena_free(s.arena);
	return ok;
}
