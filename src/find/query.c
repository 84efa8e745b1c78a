/* The filter language: terms that must all hold. */
#include <sulan/query.h>

#include <stdio.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/date.h>
#include <sulan/error.h>
#include <sulan/fold.h>

#include "term.h"

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

/* A day, or the first one of a month or year. */
static bool take_date(struct str word, struct date *date)
{
	long year;
	size_t at, len;
	if (date_find(word, date, NULL, NULL))
		return true;
	if (date_find_part(word, date, &at, &len) && date->year) {
		date->day = 1;
		return true;
	}
	if (!str_to_int(word, 1, 9999, &year))
		return false;
	*date = (struct date){.year = (short)year, .month = 1, .day = 1};
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
	    !take_date(word, &term->date))
		return fail(p, start, N_("in column %s stands no date; write it as 2026-01-22"));
	return true;
}

static void add_term(struct parser *p, struct term term)
{
	struct query *q = p->query;
	q->terms = arena_more(p->arena, q->terms, q->n, &q->cap, sizeof(*q->terms));
	q->terms[q->n++] = term;
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
	add_term(p, term);
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
		struct str rest = str_from(p->text, p->at);
		bool is_view = p->views && (str_starts(rest, "@") || str_starts(rest, "-@"));
		if (!(is_view ? take_view(p) : take_term(p)))
			return false;
	}
}

/* The terms of a view, as if they stood here; what is wrong in it is told of its place here. */
static bool take_view(struct parser *p)
{
	size_t start = p->at;
	struct str name = {NULL, 0};
	struct parser inner = {
		.arena = p->arena, .query = p->query, .views = p->views, .depth = p->depth + 1};
	bool is_negated = p->text.p[start] == '-';
	size_t group = p->query->n;
	p->at += is_negated ? 2 : 1;
	if (!take_word(p, &name))
		return false;
	if (!p->views->find(p->views->self, name, &inner.text))
		return fail(p, start, N_("in column %s stands no view of the configuration"));
	if (inner.depth > VIEW_DEPTH_MAX)
		return fail(p, start, N_("the view in column %s stands for itself"));
	if (is_negated)
		add_term(p, (struct term){.kind = TERM_VIEW, .is_negated = true});
	if (!take_terms(&inner))
		return fail(p, start, N_("the view in column %s is no filter"));
	if (is_negated)
		p->query->terms[group].n_inner = p->query->n - group - 1;
	return true;
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

const char *const *query_words(void)
{
	static const char *const words[] = {
		"unread",  "read", "star",  "later",  "dismissed", "note",    "tag:",  "cat:",
		"source:", "kw:",  "note:", "title:", "after:",    "before:", "kind:", NULL,
	};
	return words;
}

const struct query *query_phrase(struct arena *arena, struct str text)
{
	struct parser p = {.arena = arena, .query = arena_alloc(arena, sizeof(struct query))};
	add_term(&p, (struct term){.kind = TERM_TEXT, .word = fold_text(arena, text)});
	return p.query;
}

size_t query_fault(struct str text, const struct error *err)
{
	long column = 1;
	size_t at = 0;
	str_to_int(str_of(err->arg), 1, 99999, &column);
	for (; column > 1 && at < text.len; column--)
		do
			at++;
		while (at < text.len && ((unsigned char)text.p[at] & 0xc0) == 0x80);
	return at;
}
