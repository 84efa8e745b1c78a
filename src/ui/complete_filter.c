/* Candidates for a filter: its words, and what may stand behind them. */
#include <string.h>

#include <sulan/arena.h>
#include <sulan/fold.h>

#include "complete.h"
#include "stacks.h"

/* More than these are no choice. */
#define VALUES_MAX 300

struct offering {
	const struct app *app;
	struct completion *c;
	struct str before; /* the line up to the word */
	struct str typed;  /* of the word, folded */
	struct str seen[VALUES_MAX];
	size_t n_seen;
};

static bool is_seen(struct offering *o, struct str value)
{
	for (size_t i = 0; i < o->n_seen; i++)
		if (str_eq(o->seen[i], value))
			return true;
	if (o->n_seen == VALUES_MAX)
		return true;
	o->seen[o->n_seen++] = value;
	return false;
}

/* A value in quotes where it needs them; one with quotes in it cannot be written. */
static void offer_value(struct offering *o, struct str value)
{
	struct arena *arena = o->c->arena;
	struct str folded = fold_text(arena, value);
	if (!str_eq(str_sub(folded, 0, o->typed.len), o->typed) || value.len == 0 ||
	    str_find(value, STR("\""), 0) != STR_NOT_FOUND || is_seen(o, value))
		return;
	bool has_blank = str_find(value, STR(" "), 0) != STR_NOT_FOUND ||
			 str_find(value, STR("\u3000"), 0) != STR_NOT_FOUND;
	const char *quote = has_blank ? "\"" : "";
	completion_offer(o->c, o->before,
			 arena_printf(arena, "%s%.*s%s", quote, (int)value.len, value.p, quote));
}

static void offer_tags(struct offering *o)
{
	struct str *tags;
	size_t n = triage_tags(o->app->triage, o->c->arena, &tags);
	for (size_t i = 0; i < n; i++)
		offer_value(o, tags[i]);
}

static void offer_categories(struct offering *o)
{
	const struct issue *issue = o->app->reading.issue;
	for (size_t i = 0; issue && i < issue->n_categories; i++)
		offer_value(o, issue->categories[i]);
}

/* Of the library those of all its issues. */
static void offer_publications(struct offering *o)
{
	const struct reading *r = &o->app->reading;
	const struct issue *issues = r->issue;
	size_t n = r->stories ? stories_issues(r->stories, &issues) : issues != NULL;
	for (size_t i = 0; i < n; i++)
		offer_value(o, issue_series(&issues[i]));
}

/* Not of the rows alone: a filter that is half typed may have left none. */
static void offer_sources(struct offering *o)
{
	const struct issue *issue = o->app->reading.issue;
	for (size_t i = 0; issue && i < issue->n_stories && o->n_seen < VALUES_MAX; i++)
		for (size_t k = 0; k < issue->stories[i].n_sources; k++)
			offer_value(o, issue->stories[i].sources[k].name);
}

static void offer_keywords(struct offering *o)
{
	for (size_t i = 0; i < o->app->n_watch; i++)
		offer_value(o, o->app->watch[i].canon);
}

static void offer_kinds(struct offering *o)
{
	offer_value(o, STR("story"));
	offer_value(o, STR("brief"));
}

/* The day of the issue, of the library that of the newest: what a date looks like; and what is told
 * from today. */
static void offer_dates(struct offering *o)
{
	static const char *const near[] = {"today", "yesterday", "week", "month", "7d", "3m"};
	char date[DATE_TEXT];
	date_text(stacks_issue(o->app, 0)->date, date);
	offer_value(o, str_copy(o->c->arena, str_of(date)));
	for (size_t i = 0; i < sizeof(near) / sizeof(*near); i++)
		offer_value(o, str_of(near[i]));
}

static void offer_views(struct offering *o)
{
	for (size_t i = 0; i < o->app->config->n_views; i++)
		offer_value(o, o->app->config->views[i].name);
}

static void offer_words(struct offering *o)
{
	for (const char *const *word = query_words(); *word; word++)
		offer_value(o, str_of(*word));
	for (size_t i = 0; i < o->app->config->n_views; i++) {
		struct str name = o->app->config->views[i].name;
		offer_value(o, str_of(arena_printf(o->c->arena, "@%.*s", (int)name.len, name.p)));
	}
}

static const struct {
	const char *field;
	void (*offer)(struct offering *o);
} fields[] = {
	{"tag:", offer_tags},     {"cat:", offer_categories},   {"source:", offer_sources},
	{"kw:", offer_keywords},  {"kind:", offer_kinds},       {"after:", offer_dates},
	{"before:", offer_dates}, {"pub:", offer_publications}, {"@", offer_views},
};

/* Where the last word begins; blanks within quotes do not end one. */
static size_t last_word(struct str line)
{
	size_t start = 0;
	bool is_quoted = false;
	for (size_t i = 0; i < line.len; i++) {
		bool is_wide = str_starts(str_from(line, i), "\u3000");
		is_quoted ^= line.p[i] == '"';
		if (!is_quoted && (line.p[i] == ' ' || is_wide))
			start = i + (is_wide ? strlen("\u3000") : 1);
	}
	return start;
}

/* Where the choice behind the last bar begins; a bar within quotes does not end one. */
static size_t last_choice(struct str word)
{
	size_t start = 0;
	bool is_quoted = false;
	for (size_t i = 0; i < word.len; i++) {
		is_quoted ^= word.p[i] == '"';
		if (!is_quoted && word.p[i] == '|')
			start = i + 1;
	}
	return start;
}

/* Bytes of the field at the front of a word; 0 for none. */
static size_t field_of(struct str word, void (**offer)(struct offering *o))
{
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		if (!str_starts(word, fields[i].field))
			continue;
		*offer = fields[i].offer;
		return strlen(fields[i].field);
	}
	return 0;
}

void complete_filter(const struct app *app, struct completion *c, struct str line, size_t from)
{
	size_t at = from + last_word(str_from(line, from));
	at += str_starts(str_from(line, at), "-");
	void (*offer)(struct offering * o) = offer_words;
	size_t choice = at + last_choice(str_from(line, at));
	field_of(str_from(line, at), &offer); /* holds for the choices behind it */
	at = choice + field_of(str_from(line, choice), &offer);
	struct str typed = str_from(line, at);
	struct offering *o = arena_alloc(c->arena, sizeof(*o));
	o->app = app;
	o->c = c;
	o->before = str_sub(line, 0, at);
	o->typed = fold_text(c->arena, str_from(typed, str_starts(typed, "\"")));
	offer(o);
}
