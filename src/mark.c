/* sulan mark: the verbs of triage for scripts. */
#include <stdio.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/file.h>
#include <sulan/identity.h>
#include <sulan/stories.h>
#include <sulan/triage.h>

#include "catalog.h"
#include "inputs.h"
#include "modes.h"
#include "state.h"

static const struct verb {
	const char *name;
	enum triage_field field;
	bool value, has_text; /* a tag or a note stands between verb and ids */
} verbs[] = {
	{"read", TRIAGE_READ, true, false},
	{"unread", TRIAGE_READ, false, false},
	{"star", TRIAGE_STAR, true, false},
	{"unstar", TRIAGE_STAR, false, false},
	{"later", TRIAGE_LATER, true, false},
	{"unlater", TRIAGE_LATER, false, false},
	{"dismiss", TRIAGE_DISMISSED, true, false},
	{"undismiss", TRIAGE_DISMISSED, false, false},
	{"tag", TRIAGE_TAG, true, true},
	{"untag", TRIAGE_TAG, false, true},
	{"note", TRIAGE_NOTE, true, true},
};

struct marking {
	const struct world *world;
	struct state state;
	struct triage_step *steps;
	bool *is_found;
	size_t n, cap, n_found;
};

static const struct verb *find_verb(const char *name)
{
	for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
		if (strcmp(verbs[i].name, name) == 0)
			return &verbs[i];
	return NULL;
}

/* Tags and notes are of one line, whatever the shell handed over. */
static struct str one_line(struct arena *arena, struct str text)
{
	char *p = str_dup(arena, text);
	for (size_t i = 0; i < text.len; i++)
		if ((unsigned char)p[i] < ' ' || p[i] == 0x7f)
			p[i] = ' ';
	return str_trim((struct str){p, text.len});
}

static void add_id(struct marking *m, const struct verb *verb, struct str text, struct str id)
{
	m->steps = arena_more(m->world->arena, m->steps, m->n, &m->cap, sizeof(*m->steps));
	m->steps[m->n++] = (struct triage_step){
		.id = id, .field = verb->field, .value = verb->value, .text = text};
}

/* One id a line, up to a tab, as `list --format tsv` writes them. */
static bool add_piped_ids(struct marking *m, const struct verb *verb, struct str text,
			  struct error *err)
{
	struct str bytes, line;
	if (!file_read_fd(0, "-", m->world->arena, &bytes, err))
		return false;
	while (str_cut(&bytes, '\n', &line)) {
		struct str id = str_trim(str_sub(line, 0, str_find(line, STR("\t"), 0)));
		if (id.len)
			add_id(m, verb, text, id);
	}
	return true;
}

/* A story that a step is about can be told apart from then on. */
static void take_story(struct marking *m, size_t step, const struct issue *issue,
		       const struct story *story)
{
	m->steps[step].about = identity_text(m->world->arena, issue, story);
	m->is_found[step] = true;
	m->n_found++;
}

static void find_in(struct marking *m, const struct issue *issue)
{
	size_t n_paired;
	identity_pair(m->state.triage, issue, &n_paired, NULL);
	for (size_t s = 0; s < issue->n_stories; s++)
		for (size_t i = 0; i < m->n; i++)
			if (!m->is_found[i] && str_eq(m->steps[i].id, issue->stories[s].id))
				take_story(m, i, issue, &issue->stories[s]);
}

/* In the files that were named or are in the folder, newest issue first. */
static void find_in_files(struct marking *m)
{
	struct inputs inputs;
	inputs_find(&inputs, m->world);
	for (size_t i = inputs.n; i > 0 && m->n_found < m->n; i--) {
		const struct issue *issue = inputs_read(&inputs, m->world, i - 1);
		if (issue)
			find_in(m, issue);
		issue_free(issue);
	}
}

static bool find_in_index(struct marking *m, struct catalog *catalog, enum catalog_care care,
			  struct error *err)
{
	struct stories *stories;
	size_t n_paired;
	if (!catalog_refresh(catalog, m->world, care, err) ||
	    !(stories = stories_read(catalog->index, err)))
		return false;
	stories_pair(stories, m->state.triage, &n_paired, NULL);
	for (size_t i = 0; i < m->n; i++) {
		size_t nth = stories_find(stories, m->steps[i].id);
		if (!m->is_found[i] && nth != SIZE_MAX)
			take_story(m, i, stories_issue(stories, nth),
				   &stories_all(stories)->stories[nth]);
	}
	stories_free(stories);
	return true;
}

/* An id that is not known there may be of a file that has been edited since: then, and only then,
 * each is looked at. */
static void find_in_library(struct marking *m)
{
	struct catalog catalog = {0};
	struct error err = {0};
	bool ok = catalog_open(&catalog, m->world, &err) &&
		  find_in_index(m, &catalog, CATALOG_QUICKLY, &err);
	if (ok && m->n_found < m->n)
		ok = find_in_index(m, &catalog, CATALOG_FULLY, &err);
	if (!ok)
		world_complain(m->world, &err);
	catalog_close(&catalog);
}

/* Stories with state are known; the others are looked for. */
static void find_stories(struct marking *m)
{
	m->is_found = arena_alloc(m->world->arena, m->n + 1);
	for (size_t i = 0; i < m->n; i++) {
		m->is_found[i] = triage_knows(m->state.triage, m->steps[i].id);
		m->n_found += m->is_found[i];
	}
	if (m->n_found == m->n)
		return;
	if (catalog_is_meant(m->world))
		find_in_library(m);
	else
		find_in_files(m);
}

/* Leaves the steps whose story is there; says which are not. */
static void drop_unknown(struct marking *m)
{
	size_t n = 0;
	for (size_t i = 0; i < m->n; i++) {
		struct error err;
		if (m->is_found[i]) {
			m->steps[n++] = m->steps[i];
			continue;
		}
		error_set(&err, ERROR_INPUT, N_("no story has the id “%s”; sulan list shows them"),
			  str_dup(m->world->arena, m->steps[i].id));
		world_complain(m->world, &err);
	}
	m->n = n;
}

static bool take_words(struct marking *m, struct error *err)
{
	const struct args *args = m->world->args;
	const char *name = args->n_filters ? args->filters[0] : "";
	const struct verb *verb = find_verb(name);
	int at = verb && verb->has_text ? 2 : 1;
	if (!verb)
		return error_set(err, ERROR_USAGE,
				 N_("mark has no verb “%s”: read unread star unstar later unlater "
				    "dismiss undismiss tag untag note"),
				 name);
	struct str text = STR("");
	if (at == 2 && args->n_filters > 1)
		text = one_line(m->world->arena, str_of(args->filters[1]));
	if (verb->field == TRIAGE_TAG && text.len == 0)
		return error_set(err, ERROR_USAGE, N_("mark %s needs a tag, then ids"), name);
	if (args->n_filters <= at)
		return error_set(err, ERROR_USAGE,
				 N_("mark %s needs ids of stories, or - for standard input"), name);
	for (int i = at; i < args->n_filters; i++) {
		if (strcmp(args->filters[i], "-") != 0)
			add_id(m, verb, text, str_of(args->filters[i]));
		else if (!add_piped_ids(m, verb, text, err))
			return false;
	}
	return true;
}

int mode_mark(const struct world *world)
{
	struct marking m = {.world = world};
	struct error err = {0};
	if (!take_words(&m, &err)) {
		world_complain(world, &err);
		return EXIT_USAGE;
	}
	state_open(&m.state, world, &err);
	if (err.code)
		world_complain(world, &err);
	size_t n_asked = m.n;
	find_stories(&m);
	drop_unknown(&m);
	bool ok = triage_change(m.state.triage, m.steps, m.n, NULL, &err);
	if (!ok)
		world_complain(world, &err);
	state_close(&m.state, false);
	if (!ok)
		return err.code == ERROR_USAGE ? EXIT_USAGE : EXIT_LIBRARY;
	return m.n < n_asked ? EXIT_NOTHING : EXIT_DONE;
}
