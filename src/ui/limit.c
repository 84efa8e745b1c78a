/* Limits: a filter, and the answers of the index to it where the library is open. */
#include "limit.h"

#include <string.h>

#include <sulan/arena.h>
#include <sulan/error.h>

#include "commands.h"
#include "prompt.h"
#include "reading.h"

static bool find_view(const void *self, struct str name, struct str *filter)
{
	return config_find_view(self, name, filter);
}

const struct query *limit_parse(const struct app *app, struct arena *arena, struct str text,
				struct error *err)
{
	struct query_names names = {.self = app->config, .find_view = find_view};
	if (app->opts.today)
		names.today = app->opts.today(app->opts.self);
	return query_parse_with(arena, text, &names, err);
}

static bool ask(struct app *app, struct arena *arena, const struct query *query,
		enum stories_care care, struct stories_texts *out, struct error *err)
{
	struct index *index = app->opts.library(app->opts.self, err);
	return index && stories_ask(app->reading.stories, index, arena, query, app->keywords, care,
				    out, err);
}

bool limit_set(struct app *app, struct limit *limit, struct str text, enum stories_care care,
	       struct error *err)
{
	struct limit fresh = {.arena = arena_new()};
	struct str kept = str_copy(fresh.arena, str_trim(text));
	size_t len = kept.len < sizeof(fresh.text) - 1 ? kept.len : sizeof(fresh.text) - 1;
	bool ok = true;
	memcpy(fresh.text, kept.p, len);
	if (kept.len) {
		fresh.query = limit_parse(app, fresh.arena, kept, err);
		ok = fresh.query != NULL;
	}
	if (ok && fresh.query && app->reading.stories)
		ok = ask(app, fresh.arena, fresh.query, care, &fresh.texts, err);
	if (!ok) {
		arena_free(fresh.arena);
		return false;
	}
	arena_free(limit->arena);
	*limit = fresh;
	return true;
}

void limit_renew(struct app *app, struct limit *limit)
{
	struct error err = {0};
	if (!limit->query)
		return;
	struct str text = str_copy(app->frame, str_of(limit->text));
	if (limit_set(app, limit, text, STORIES_EXACTLY, &err))
		return;
	limit_clear(limit);
	app_error(app, &err);
}

/* As it was counted; only of few of many stories there is more to know. */
static struct story_state state_of(const struct app *app, uint32_t story)
{
	uint8_t bits = app->reading.states[story];
	if (bits & (STATE_TAGGED | STATE_NOTED))
		return reading_state(app, story);
	return (struct story_state){.is_read = bits & STATE_READ,
				    .is_starred = bits & STATE_STARRED,
				    .is_later = bits & STATE_LATER,
				    .is_dismissed = bits & STATE_DISMISSED};
}

bool limit_holds(const struct app *app, const struct limit *limit, uint32_t story)
{
	const struct reading *r = &app->reading;
	if (!limit->query)
		return true;
	if (!r->stories)
		return query_matches(limit->query, r->issue, &r->issue->stories[story],
				     reading_state(app, story), app->keywords);
	struct story_state state = state_of(app, story);
	bool holds =
		stories_match(r->stories, story, limit->query, &limit->texts, state, r->scratch);
	arena_reset(r->scratch);
	return holds;
}

bool limit_names_dismissed(const struct limit *limit)
{
	return limit->query && query_names_dismissed(limit->query);
}

void limit_clear(struct limit *limit)
{
	arena_free(limit->arena);
	*limit = (struct limit){0};
}

/* While it is typed, what cannot be understood yet leaves the list as it is. What half a word lets
 * through does not carry the reader away from where the prompt was opened. */
static void typed(struct app *app, struct str text)
{
	if (limit_set(app, &app->limit, text, STORIES_HASTILY, NULL))
		reading_filter_around(app);
}

static unsigned accept(struct app *app, struct str text);

static void given_up(struct app *app)
{
	limit_clear(&app->limit);
	reading_filter_around(app);
}

static const struct prompt_ops ops = {"&", HISTORY_LIMIT, PROMPT_FILTER, typed, accept, given_up};

/* What cannot be understood stays to be mended, with the cursor where the fault is. */
static unsigned accept(struct app *app, struct str text)
{
	struct error err = {0};
	text = str_trim(text);
	if (!limit_set(app, &app->limit, text, STORIES_EXACTLY, &err)) {
		app_error(app, &err);
		if (err.code == ERROR_USAGE)
			prompt_open_at(app, &ops, text, query_fault(text, &err));
		return EFFECT_REDRAW;
	}
	reading_filter_around(app);
	if (app->limit.query)
		app_message(app, app_word(app, N_("%zu stories: %s")), app->reading.list.n,
			    app->limit.text);
	return EFFECT_REDRAW;
}

void limit_end(struct app *app)
{
	limit_clear(&app->limit);
	reading_filter(app);
}

unsigned find_limit(struct app *app, const struct intent *intent)
{
	reading_stay(app);
	if (intent->arg.len)
		return accept(app, intent->arg);
	prompt_open(app, &ops, str_of(app->limit.text));
	return EFFECT_REDRAW;
}
