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
	  {"cat", TERM_CATEGORY}, {"source", TERM_SOURCE},   {"title", TERM_TITLE},
	  {"kw", TERM_KEYWORD},   {"after", TERM_AFTER},     {"before", TERM_BEFORE},
	  {"kind", TERM_STORY},   {"tag", TERM_TAG},         {"note", TERM_NOTE},
	  {"id", TERM_ID},        {"pub", TERM_PUBLICATION},
};

struct parser {
	struct arena *arena;
	struct str text;
	size_t at;
	struct query *query;
	struct error *err;
	const struct query_names *names;
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

static bool is_at_bar(const struct parser *p)
{
	return p->at < p->text.len && p->text.p[p->at] == '|';
}

/* A word up to a blank or a bar, or what stands in quotes. */
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
	while (p->at < p->text.len && !blank_at(p, p->at) && !is_at_bar(p))
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

/* What stands behind the colon of a field, at `start`. */
static bool take_value(struct parser *p, struct term *term, size_t start)
{
	struct str word = {0};
	struct date today = p->names ? p->names->today : (struct date){0};
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
	    !date_near(term->word, today, &term->date) && !take_date(word, &term->date))
		return fail(p, start,
			    N_("in column %s stands no date; write it as 2026-01-22, today or 7d"));
	return true;
}

static void add_term(struct parser *p, struct term term)
{
	struct query *q = p->query;
	q->terms = arena_more(p->arena, q->terms, q->n, &q->cap, sizeof(*q->terms));
	q->terms[q->n++] = term;
}

/* A word by itself: a state, or what is in the text. */
static bool take_plain(struct parser *p, struct term *term, size_t start)
{
	struct str word = {0};
	bool is_quoted = str_starts(str_from(p->text, p->at), "\"");
	if (!take_word(p, &word))
		return false;
	if (word.len == 0 && is_at_bar(p))
		return fail(p, start, N_("in column %s a bar has nothing beside it"));
	for (size_t i = 0; i < sizeof(states) / sizeof(*states); i++)
		if (!is_quoted && str_is(word, states[i].name))
			term->kind = states[i].kind;
	term->word = fold_text(p->arena, word);
	return true;
}

static bool take_view(struct parser *p, bool is_negated, size_t start);

/* One of the terms between bars, in the field of the one before it when it names none. */
static bool take_choice(struct parser *p, bool is_negated, enum term_kind *field, size_t start)
{
	struct str rest = str_from(p->text, p->at);
	if (p->names && p->names->find_view && str_starts(rest, "@"))
		return take_view(p, is_negated, start);
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		size_t len = field_len(rest, fields[i].name);
		p->at += len;
		if (len)
			*field = fields[i].kind;
	}
	struct term term = {.kind = *field, .is_negated = is_negated};
	if (!(*field == TERM_TEXT ? take_plain(p, &term, start) : take_value(p, &term, start)))
		return false;
	add_term(p, term);
	return true;
}

/* Terms with bars between them, of which one must hold: not all of them must fail to. */
static bool take_term(struct parser *p)
{
	enum term_kind field = TERM_TEXT;
	size_t start = p->at, group = p->query->n;
	bool is_negated =
		p->text.p[start] == '-' && start + 1 < p->text.len && !blank_at(p, start + 1);
	p->at += is_negated;
	if (!take_choice(p, is_negated, &field, start))
		return false;
	if (!is_at_bar(p))
		return true;
	if (!is_negated) {
		p->at = start;
		p->query->n = group;
		field = TERM_TEXT;
		add_term(p, (struct term){.kind = TERM_GROUP, .is_negated = true});
		if (!take_choice(p, true, &field, start))
			return false;
	}
	while (is_at_bar(p)) {
		size_t bar = p->at++;
		if (p->at >= p->text.len || blank_at(p, p->at) || is_at_bar(p))
			return fail(p, bar, N_("in column %s a bar has nothing beside it"));
		if (!take_choice(p, true, &field, bar + 1))
			return false;
	}
	if (!is_negated)
		p->query->terms[group].n_inner = p->query->n - group - 1;
	return true;
}

static bool take_terms(struct parser *p)
{
	for (;;) {
		for (size_t n; (n = blank_at(p, p->at));)
			p->at += n;
		if (p->at >= p->text.len)
			return true;
		if (!take_term(p))
			return false;
	}
}

/* The terms of a view, as if they stood here; what is wrong in it is told of its place here. */
static bool take_view(struct parser *p, bool is_negated, size_t start)
{
	struct str name = {NULL, 0};
	struct parser inner = {
		.arena = p->arena, .query = p->query, .names = p->names, .depth = p->depth + 1};
	size_t group = p->query->n;
	p->at++;
	if (!take_word(p, &name))
		return false;
	if (!p->names->find_view(p->names->self, name, &inner.text))
		return fail(p, start, N_("in column %s stands no view of the configuration"));
	if (inner.depth > VIEW_DEPTH_MAX)
		return fail(p, start, N_("the view in column %s stands for itself"));
	if (is_negated)
		add_term(p, (struct term){.kind = TERM_GROUP, .is_negated = true});
	if (!take_terms(&inner))
		return fail(p, start, N_("the view in column %s is no filter"));
	if (is_negated)
		p->query->terms[group].n_inner = p->query->n - group - 1;
	return true;
}

const struct query *query_parse_with(struct arena *arena, struct str text,
				     const struct query_names *names, struct error *err)
{
	struct parser p = {.arena = arena,
			   .text = str_copy(arena, text),
			   .query = arena_alloc(arena, sizeof(struct query)),
			   .err = err,
			   .names = names};
	return take_terms(&p) ? p.query : NULL;
}

const struct query *query_parse(struct arena *arena, struct str text, struct error *err)
{
	return query_parse_with(arena, text, NULL, err);
}

const char *const *query_words(void)
{
	static const char *const words[] = {
		"unread", "read",   "star",    "later",   "dismissed", "note",
		"tag:",   "cat:",   "pub:",    "source:", "kw:",       "note:",
		"title:", "after:", "before:", "kind:",   "id:",       NULL,
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
