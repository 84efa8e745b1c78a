/* layer: library
 *
 * How much is written about something, day by day: the stories whose title or text has a word, over
 * the whole index. A word counts where the watchlist would light it (sulan/keywords.h): folded, and
 * one that begins or ends in a Latin letter or digit at word borders only; pinyin does not count.
 * Issues of no date are left out.
 */
#ifndef SULAN_TREND_H
#define SULAN_TREND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sulan/date.h>
#include <sulan/str.h>

struct arena;
struct error;
struct index;
struct keyword;
struct lookup;

/* What is counted together. */
struct trend_word {
	struct str name;
	const struct str *spellings; /* any of them */
	size_t n_spellings;
};

/* The words of a watchlist, each counted with its aliases; in the arena, but for their texts. */
size_t trend_of_keywords(struct arena *arena, const struct keyword *keywords, size_t n,
			 struct trend_word **out);

/* A day, or a week or month of them. */
struct trend_span {
	long first, last; /* day numbers, see date_day */
	uint32_t n_issues, n_stories;
};

struct trend {
	struct trend_span *spans; /* in order */
	size_t n_spans;
	uint32_t **hits; /* by word, then span: stories that have it */
	size_t n_words;
	bool is_cut;      /* there were earlier spans */
	size_t n_undated; /* stories that are counted nowhere */
};

enum trend_by { TREND_DAY, TREND_WEEK, TREND_MONTH };

/* What is to be counted, and how far back. */
struct trend_asked {
	const struct trend_word *words;
	size_t n_words;
	size_t n_spans; /* days, weeks or months up to that of the latest issue; 0: all there are */
	enum trend_by by;
};

/* The days that have issues, and no others. In the arena. False with `err` when the index cannot be
 * read. */
bool trend_take(struct index *index, struct arena *arena, const struct trend_asked *asked,
		struct trend *out, struct error *err);

/* The days put together by day, week (from Monday) or month, without gaps: a span without issues is
 * not one without hits. At most the `max` latest. */
struct trend trend_group(struct arena *arena, const struct trend *days, enum trend_by by,
			 size_t max);

/* How many spans that would be, from the first to the last. */
size_t trend_spans(const struct trend *days, enum trend_by by);

/* Where a span begins, in short: 05-20, and 2026-05 for a month. */
struct str trend_label(struct arena *arena, enum trend_by by, const struct trend_span *span);

/* The first day of the span that lies `n` spans before that of this day. */
long trend_before(long day, enum trend_by by, size_t n);

/* The finest of them of which all fit into so many columns; months when none does. */
enum trend_by trend_fit(const struct trend *days, size_t cols);

/* The latest span has its most hits there; SIZE_MAX when there are none at all. `*sum` are all of
 * them. */
size_t trend_peak(const struct trend *trend, size_t word, size_t *sum);

/* Puts the words that have hits in order, the most written about first, and leaves the others out;
 * returns how many there are. */
size_t trend_sort(struct trend_word *words, struct trend *days);

/* The stories of the days from..to that have the word, newest first. */
bool trend_hits(struct index *index, struct arena *arena, const struct trend_word *word, long from,
		long to, size_t max, struct lookup *out, struct error *err);

#endif
