/* Days put together to weeks and months. */
#include <sulan/trend.h>

#include <sulan/arena.h>
#include <sulan/keywords.h>

size_t trend_of_keywords(struct arena *arena, const struct keyword *keywords, size_t n,
			 struct trend_word **out)
{
	struct str *spellings = arena_alloc(arena, (n + 1) * sizeof(*spellings));
	size_t n_words = 0;
	*out = arena_alloc(arena, (n + 1) * sizeof(**out));
	for (size_t i = 0; i < n; i++) {
		spellings[i] = keywords[i].word;
		if (n_words == 0 || !str_eq((*out)[n_words - 1].name, keywords[i].canon))
			(*out)[n_words++] =
				(struct trend_word){keywords[i].canon, &spellings[i], 0};
		(*out)[n_words - 1].n_spellings++;
	}
	return n_words;
}

static long monday_of(long day)
{
	return day - (date_weekday(date_of_day(day)) + 6) % 7;
}

static long month_of(long day)
{
	struct date date = date_of_day(day);
	date.day = 1;
	return date_day(date);
}

/* The first day of the span a day is in. */
static long first_of(long day, enum trend_by by)
{
	return by == TREND_DAY ? day : by == TREND_WEEK ? monday_of(day) : month_of(day);
}

/* The first day of the span after it. */
static long next_of(long first, enum trend_by by)
{
	/* The month after has begun 31 days later, and is not over. */
	return by == TREND_DAY ? first + 1 : by == TREND_WEEK ? first + 7 : month_of(first + 31);
}

static long prev_of(long first, enum trend_by by)
{
	return by == TREND_DAY ? first - 1 : by == TREND_WEEK ? first - 7 : month_of(first - 1);
}

long trend_before(long day, enum trend_by by, size_t n)
{
	long first = first_of(day, by);
	for (; n > 0 && first > 31; n--)
		first = prev_of(first, by);
	return first;
}

struct str trend_label(struct arena *arena, enum trend_by by, const struct trend_span *span)
{
	char date[DATE_TEXT];
	date_text(date_of_day(span->first), date);
	struct str text = str_of(date);
	return str_copy(arena, by == TREND_MONTH ? str_sub(text, 0, 7) : str_from(text, 5));
}

size_t trend_spans(const struct trend *days, enum trend_by by)
{
	if (days->n_spans == 0)
		return 0;
	long first = first_of(days->spans[0].first, by);
	long last = first_of(days->spans[days->n_spans - 1].first, by);
	if (by != TREND_MONTH)
		return (size_t)((last - first) / (by == TREND_WEEK ? 7 : 1)) + 1;
	struct date a = date_of_day(first), b = date_of_day(last);
	return (size_t)((b.year - a.year) * 12 + b.month - a.month) + 1;
}

enum trend_by trend_fit(const struct trend *days, size_t cols)
{
	enum trend_by by = TREND_DAY;
	while (by < TREND_MONTH && trend_spans(days, by) > cols)
		by++;
	return by;
}

struct trend trend_group(struct arena *arena, const struct trend *days, enum trend_by by,
			 size_t max)
{
	struct trend out = {.n_words = days->n_words, .n_undated = days->n_undated};
	size_t all = trend_spans(days, by), n = all < max ? all : max;
	out.spans = arena_alloc(arena, (n + 1) * sizeof(*out.spans));
	out.hits = arena_alloc(arena, (out.n_words + 1) * sizeof(*out.hits));
	for (size_t w = 0; w < out.n_words; w++)
		out.hits[w] = arena_alloc(arena, (n + 1) * sizeof(**out.hits));
	out.n_spans = n;
	out.is_cut = n < all;
	if (n == 0)
		return out;
	long first = first_of(days->spans[days->n_spans - 1].first, by);
	for (size_t i = n; i > 0; i--, first = prev_of(first, by)) {
		out.spans[i - 1].first = first;
		out.spans[i - 1].last = next_of(first, by) - 1;
	}
	for (size_t d = days->n_spans, i = n; d > 0; d--) {
		const struct trend_span *day = &days->spans[d - 1];
		while (i > 0 && out.spans[i - 1].first > day->first)
			i--;
		if (i == 0)
			break;
		out.spans[i - 1].n_issues += day->n_issues;
		out.spans[i - 1].n_stories += day->n_stories;
		for (size_t w = 0; w < out.n_words; w++)
			out.hits[w][i - 1] += days->hits[w][d - 1];
	}
	return out;
}

size_t trend_peak(const struct trend *trend, size_t word, size_t *sum)
{
	size_t peak = SIZE_MAX;
	*sum = 0;
	for (size_t i = 0; i < trend->n_spans; i++) {
		uint32_t hits = trend->hits[word][i];
		*sum += hits;
		if (hits && (peak == SIZE_MAX || hits >= trend->hits[word][peak]))
			peak = i;
	}
	return peak;
}

size_t trend_sort(struct trend_word *words, struct trend *days)
{
	size_t n = 0, sum, other;
	for (size_t i = 0; i < days->n_words; i++) {
		size_t at = n;
		struct trend_word word = words[i];
		uint32_t *hits = days->hits[i];
		trend_peak(days, i, &sum);
		if (sum == 0)
			continue;
		for (; at > 0; at--) {
			trend_peak(days, at - 1, &other);
			if (other >= sum)
				break;
			words[at] = words[at - 1];
			days->hits[at] = days->hits[at - 1];
		}
		words[at] = word;
		days->hits[at] = hits;
		n++;
	}
	return days->n_words = n;
}
