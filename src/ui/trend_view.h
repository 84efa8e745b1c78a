/* How much is written about some words: what the view knows, and painting it. */
#ifndef TREND_VIEW_H
#define TREND_VIEW_H

#include <sulan/chart.h>
#include <sulan/trend.h>

#include "view.h"

struct trend_view {
	struct view view;
	struct arena *arena;       /* of words and days */
	struct arena *spans_arena; /* of the spans */
	struct trend_word *words;
	size_t n_words;
	struct trend days;
	enum trend_by by;
	struct trend spans; /* the days by that */
	bool is_watchlist;
	bool is_chart;    /* of the selected word; else all words, a line each */
	struct list list; /* the words */
	size_t now;       /* the selected span */
	size_t first;     /* the first one that is on show */
	size_t n_shown;
};

void trend_draw(const struct app *app, const struct view *view);

#endif
