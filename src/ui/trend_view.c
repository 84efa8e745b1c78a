/* How much is written about words, by day, week or month: a line for each of several, a chart of
 * one, over which the reader goes to the stories behind it. */
#include "trend_view.h"

#include <stdlib.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/lookup.h>

#include "commands.h"
#include "library.h"
#include "prompt.h"

#define SPANS_MAX   4000 /* that can be gone over */
#define WATCH_SPANS 12   /* of the watchlist at first */
#define HITS_MAX    500

static void group(struct trend_view *t)
{
	arena_reset(t->spans_arena);
	t->spans = trend_group(t->spans_arena, &t->days, t->by, SPANS_MAX);
}

/* Selects the span a day is in, or the last one. */
static void select_day(struct trend_view *t, long day)
{
	size_t n = t->spans.n_spans;
	t->now = n ? n - 1 : 0;
	while (t->now > 0 && t->spans.spans[t->now].first > day)
		t->now--;
}

static void regroup(struct trend_view *t, enum trend_by by)
{
	long day = t->spans.n_spans ? t->spans.spans[t->now].last : 0;
	t->by = by;
	group(t);
	select_day(t, day);
}

/* Counts; the message says why when that cannot be done. */
static bool take(struct app *app, struct trend_view *t, size_t n_spans)
{
	struct error err = {0};
	const struct trend_asked asked = {t->words, t->n_words, n_spans, t->by};
	struct index *index = app->opts.library(app->opts.self, &err);
	if (index && trend_take(index, t->arena, &asked, &t->days, &err))
		return true;
	app_error(app, &err);
	return false;
}

/* The words of a line: those apart by blanks, or together in quotes. */
static size_t split(struct arena *arena, struct str line, struct trend_word **out)
{
	struct str *words = arena_alloc(arena, (line.len + 1) * sizeof(*words));
	size_t n = 0;
	for (size_t at = 0, end; at < line.len; at = end + 1) {
		bool is_quoted = line.p[at] == '"';
		end = str_find(line, is_quoted ? STR("\"") : STR(" "), at + is_quoted);
		end = end == STR_NOT_FOUND ? line.len : end;
		struct str word = str_trim(str_sub(line, at + is_quoted, end - at - is_quoted));
		if (word.len)
			words[n++] = str_copy(arena, word);
	}
	*out = arena_alloc(arena, (n + 1) * sizeof(**out));
	for (size_t i = 0; i < n; i++)
		(*out)[i] = (struct trend_word){words[i], &words[i], 1};
	return n;
}

static unsigned show_hits(struct app *app, struct trend_view *t)
{
	struct error err = {0};
	struct lookup lookup;
	const struct trend_word *word = &t->words[t->list.selected];
	const struct trend_span *span = &t->spans.spans[t->now];
	if (t->spans.hits[t->list.selected][t->now] == 0) {
		app_message(app, "%s",
			    app_word(app, span->n_issues ? N_("no story there has it")
							 : N_("no issue then")));
		return EFFECT_REDRAW;
	}
	struct arena *arena = arena_new();
	struct index *index = app->opts.library(app->opts.self, &err);
	if (!index ||
	    !trend_hits(index, arena, word, span->first, span->last, HITS_MAX, &lookup, &err)) {
		app_error(app, &err);
		arena_free(arena);
		return EFFECT_REDRAW;
	}
	library_name(app, arena, &lookup);
	struct strbuf words = strbuf_make(arena);
	for (size_t i = 0; i < word->n_spellings; i++)
		strbuf_printf(&words, "\"%.*s\" ", (int)word->spellings[i].len,
			      word->spellings[i].p);
	found_open(app, N_("Stories   Enter or its number opens, q closes"), arena, &lookup,
		   strbuf_str(&words));
	return EFFECT_REDRAW;
}

static struct trend_view *new_view(enum trend_by by);
static void trend_close(struct view *view);

/* The chart of the selected word, over all there is; of the watchlist, which shows but the last
 * weeks, as a view of its own above it. */
static void open_chart(struct app *app, struct trend_view *t)
{
	if (t->is_watchlist) {
		struct trend_view *chart = new_view(t->by);
		chart->words = &t->words[t->list.selected];
		chart->n_words = 1;
		chart->list = (struct list){.n = 1, .room = 1};
		if (!take(app, chart, 0)) {
			trend_close(&chart->view);
			return;
		}
		group(chart);
		view_push(app, &chart->view);
		t = chart;
	}
	t->is_chart = true;
	select_day(t, INT32_MAX);
}

static void move(struct trend_view *t, long by)
{
	long last = (long)t->spans.n_spans - 1, now = (long)t->now + by;
	t->now = (size_t)(now < 0 ? 0 : now > last ? (last > 0 ? last : 0) : now);
}

static bool trend_key(struct app *app, struct view *view, struct key key, unsigned *effects)
{
	struct trend_view *t = (struct trend_view *)view;
	bool is_left = key.code == 'h' || key.code == KEY_CODE_LEFT;
	bool is_right = key.code == 'l' || key.code == KEY_CODE_RIGHT;
	(void)app;
	if (key.mods)
		return false;
	if (t->is_chart && (is_left || is_right))
		move(t, is_left ? -1 : 1);
	else if (key.code == 'd')
		regroup(t, TREND_DAY);
	else if (key.code == 'w')
		regroup(t, TREND_WEEK);
	else if (key.code == 'm')
		regroup(t, TREND_MONTH);
	else
		return false;
	*effects = EFFECT_REDRAW;
	return true;
}

/* Over the words, or where there is but one, over the spans. */
static void step(struct trend_view *t, long by)
{
	if (t->is_chart && t->n_words == 1)
		move(t, by);
	else
		list_move(&t->list, by);
}

static void page(struct trend_view *t, long by)
{
	if (t->is_chart)
		move(t, by * (long)t->n_shown);
	else
		list_move(&t->list, by * (long)t->list.room);
}

static void go_to_edge(struct trend_view *t, bool is_last)
{
	if (t->is_chart)
		move(t, is_last ? SPANS_MAX : -SPANS_MAX);
	else
		list_select(&t->list, is_last ? t->list.n : 0);
}

static void close_one(struct app *app, struct trend_view *t)
{
	if (t->is_chart && t->n_words > 1)
		t->is_chart = false;
	else
		view_pop(app);
}

static bool trend_run(struct app *app, struct view *view, const char *command,
		      const struct intent *intent, unsigned *effects)
{
	struct trend_view *t = (struct trend_view *)view;
	struct str name = str_of(command);
	long n = intent->count ? (long)intent->count : 1;
	*effects = EFFECT_REDRAW;
	if (str_is(name, "next") || str_is(name, "scroll-down"))
		step(t, n);
	else if (str_is(name, "prev") || str_is(name, "scroll-up"))
		step(t, -n);
	else if (str_is(name, "page-down") || str_is(name, "half-down") || str_is(name, "read-on"))
		page(t, n);
	else if (str_is(name, "page-up") || str_is(name, "half-up") || str_is(name, "page-back"))
		page(t, -n);
	else if (str_is(name, "first") || str_is(name, "last"))
		go_to_edge(t, str_is(name, "last"));
	else if (str_is(name, "tab-next"))
		regroup(t, (enum trend_by)((t->by + 1) % 3));
	else if (str_is(name, "tab-prev"))
		regroup(t, (enum trend_by)((t->by + 2) % 3));
	else if (str_is(name, "enter") && t->is_chart)
		*effects = show_hits(app, t);
	else if (str_is(name, "enter") && t->list.n)
		open_chart(app, t);
	else if (str_is(name, "back") || str_is(name, "quit") || str_is(name, "trend"))
		close_one(app, t);
	else
		return !(str_is(name, "suspend") || str_is(name, "redraw") ||
			 str_is(name, "quit-now") || str_is(name, "help"));
	return true;
}

static void trend_close(struct view *view)
{
	struct trend_view *t = (struct trend_view *)view;
	arena_free(t->spans_arena);
	arena_free(t->arena);
	free(t);
}

static bool has_hits(const struct trend_view *t)
{
	size_t sum = 0;
	for (size_t i = 0; i < t->n_words && sum == 0; i++)
		trend_peak(&t->days, i, &sum);
	return sum > 0;
}

static const char *why_nothing(const struct trend_view *t)
{
	return t->days.n_spans == 0 && t->days.n_undated == 0
		       ? N_("nothing has been indexed yet; sulan import FOLDER, or "
			    ":import in the reader")
	       : t->days.n_spans == 0 ? N_("no issue in the library has a date")
	       : t->is_watchlist      ? N_("nothing is written about the watchlist")
				      : N_("nothing is written about that");
}

static struct trend_view *new_view(enum trend_by by)
{
	static const struct view_ops ops = {"trend",   SCOPE_OVERLAY, trend_draw,
					    trend_key, trend_run,     trend_close};
	struct trend_view *t = mem_new(sizeof(*t));
	t->view.ops = &ops;
	t->arena = arena_new();
	t->spans_arena = arena_new();
	t->by = by;
	return t;
}

unsigned trend_show(struct app *app, const struct intent *intent)
{
	if (!app->opts.library) {
		app_message(app, "%s", app_word(app, N_("there is no library here")));
		return EFFECT_REDRAW;
	}
	struct trend_view *t = new_view(TREND_WEEK);
	t->n_words = split(t->arena, intent->arg, &t->words);
	t->is_watchlist = t->n_words == 0;
	if (t->is_watchlist)
		t->n_words = trend_of_keywords(t->arena, app->watch, app->n_watch, &t->words);
	bool ok = take(app, t, t->is_watchlist ? WATCH_SPANS : 0);
	if (ok && !has_hits(t))
		app_message(app, "%s", app_word(app, why_nothing(t)));
	if (!ok || !has_hits(t)) {
		trend_close(&t->view);
		return EFFECT_REDRAW;
	}
	if (t->is_watchlist)
		t->n_words = trend_sort(t->words, &t->days);
	else
		t->by = trend_fit(&t->days, (size_t)app->canvas->cols);
	group(t);
	select_day(t, INT32_MAX);
	t->is_chart = !t->is_watchlist && t->n_words == 1;
	t->list = (struct list){.n = t->n_words, .room = 1};
	view_push(app, &t->view);
	return EFFECT_REDRAW;
}
