/* How much is written about words: as much as a plain scan counts, day by day, and drawn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sulan/chart.h>
#include <sulan/file.h>
#include <sulan/glyph.h>
#include <sulan/issue.h>
#include <sulan/keywords.h>
#include <sulan/lookup.h>
#include <sulan/out.h>
#include <sulan/trend.h>

#include "../indexed.h"
#include "../random.h"

#define N_DAYS 60 /* of the archive, with days left out */

/* Words and what is like them: letters inside of others, characters across a comma. */
static const char *const pieces[] = {
	"OpenAI", "openai",   "OPENAI发布", "XOpenAI", "AI",    "said",  "模型", "模，型",
	"大模型", "微软",     "微",         "软",      "gpt-5", "GPT 5", "臺灣", "台湾",
	"鸿蒙",   "Ｗｏｒｄ", "，",         "。",      " ",     "\n\n",  "的",
};

static void put_text(struct strbuf *buf, uint32_t *seed, size_t n)
{
	for (size_t i = 0; i < n; i++)
		strbuf_puts(buf, pieces[random_next(seed) % (sizeof(pieces) / sizeof(*pieces))]);
}

static struct date day_at(size_t nth)
{
	return date_of_day(date_day((struct date){2025, 12, 1}) + (long)nth);
}

/* A day in three has no issue. */
static bool has_issue(size_t nth)
{
	return nth % 3 != 1;
}

static int set_up(void **state)
{
	struct indexed *f = *state = indexed_new();
	uint32_t seed = 7;
	for (size_t day = 0; day < N_DAYS; day++) {
		struct strbuf text = strbuf_make(f->arena);
		char date[DATE_TEXT];
		date_text(day_at(day), date);
		strbuf_printf(&text, "# 早报 %s\n\n", date);
		for (size_t i = 0; has_issue(day) && i < 4; i++) {
			strbuf_printf(&text, "## 第%zu条", i);
			put_text(&text, &seed, 2);
			strbuf_puts(&text, "\n\n");
			put_text(&text, &seed, 8);
			strbuf_puts(&text, "\n\n");
		}
		if (has_issue(day))
			indexed_write(f, arena_printf(f->arena, "%s.md", date),
				      strbuf_str(&text).p);
	}
	indexed_write(f, "undated.md", "# 周刊\n\n## 微软无日\n\nOpenAI 也是。\n");
	indexed_renew(f, SIZE_MAX);
	return 0;
}

static int tear_down(void **state)
{
	indexed_free(*state);
	return 0;
}

static struct trend_word word_of(struct indexed *f, const char *spellings)
{
	struct str *list = arena_alloc(f->arena, 8 * sizeof(*list)), rest = str_of(spellings);
	struct trend_word word = {.spellings = list};
	while (str_cut(&rest, '|', &list[word.n_spellings]))
		word.n_spellings++;
	word.name = list[0];
	return word;
}

static struct trend take(struct indexed *f, const struct trend_word *words, size_t n)
{
	struct error err = {0};
	struct trend days;
	const struct trend_asked asked = {.words = words, .n_words = n};
	assert_true(trend_take(f->index, f->arena, &asked, &days, &err));
	return days;
}

/* Stories of a day's file that have the word, by reading it. */
static uint32_t scan_day(struct indexed *f, size_t nth, const struct trend_word *word)
{
	char date[DATE_TEXT];
	struct keyword keywords[8];
	struct str bytes;
	struct hit *hits;
	uint32_t n = 0;
	date_text(day_at(nth), date);
	for (size_t i = 0; i < word->n_spellings; i++)
		keywords[i] = (struct keyword){word->spellings[i], word->name, 1, 1};
	struct keywords *matcher = keywords_new(keywords, word->n_spellings);
	const char *path = arena_printf(f->arena, "%s/%s.md", f->dir, date);
	assert_true(file_read(path, f->arena, &bytes, NULL));
	const struct issue *issue = issue_read(bytes, str_of(path), NULL);
	for (size_t s = 0; s < issue->n_stories; s++) {
		const struct story *story = &issue->stories[s];
		size_t any = keywords_scan(matcher, f->arena, story->title, &hits);
		for (uint32_t b = story->block; b < story->end; b++)
			any += keywords_scan(matcher, f->arena, issue->blocks[b].text, &hits);
		n += any > 0;
	}
	issue_free(issue);
	keywords_free(matcher);
	return n;
}

static void counts_are_those_of_a_plain_scan(void **state)
{
	static const char *const asked[] = {
		"OpenAI", "ai",   "模型", "大模型", "微软",   "的",        "gpt-5",
		"GPT 5",  "台湾", "word", "没有",   "鸿蒙的", "微软|鸿蒙", "openai|AI|模型",
		"AI+",    "#AI"};
	struct indexed *f = *state;
	size_t n = sizeof(asked) / sizeof(*asked), n_hits = 0;
	struct trend_word words[sizeof(asked) / sizeof(*asked)];
	for (size_t i = 0; i < n; i++)
		words[i] = word_of(f, asked[i]);
	struct trend days = take(f, words, n);
	size_t at = 0;
	for (size_t day = 0; day < N_DAYS; day++) {
		if (!has_issue(day))
			continue;
		assert_int_equal(days.spans[at].first, date_day(day_at(day)));
		assert_int_equal(days.spans[at].n_issues, 1);
		assert_int_equal(days.spans[at].n_stories, 4);
		for (size_t i = 0; i < n; i++) {
			uint32_t hits = scan_day(f, day, &words[i]);
			if (hits != days.hits[i][at])
				print_error("%s on day %zu\n", asked[i], day);
			assert_int_equal(days.hits[i][at], hits);
			n_hits += hits;
		}
		at++;
	}
	assert_int_equal(days.n_spans, at);
	assert_int_equal(days.n_undated, 1);
	assert_true(n_hits > 500);
}

static void the_stories_of_some_days_are_those_that_were_counted(void **state)
{
	struct indexed *f = *state;
	struct trend_word word = word_of(f, "模型|微软");
	struct trend days = take(f, &word, 1);
	struct trend weeks = trend_group(f->arena, &days, TREND_WEEK, 100);
	for (size_t i = 0; i < weeks.n_spans; i++) {
		struct lookup lookup;
		const struct trend_span *span = &weeks.spans[i];
		assert_true(trend_hits(f->index, f->arena, &word, span->first, span->last, 99,
				       &lookup, NULL));
		assert_int_equal(lookup.n, weeks.hits[0][i]);
		for (size_t k = 0; k < lookup.n; k++) {
			long day = date_day(lookup.items[k].date);
			assert_true(day >= span->first && day <= span->last);
			assert_true(k == 0 || day <= date_day(lookup.items[k - 1].date));
		}
	}
	struct lookup one;
	assert_true(trend_hits(f->index, f->arena, &word, 0, 4000000, 1, &one, NULL));
	assert_int_equal(one.n, 1);
	assert_true(one.is_cut);
}

static void the_latest_spans_alone_can_be_asked_for(void **state)
{
	struct indexed *f = *state;
	struct trend_word word = word_of(f, "的");
	struct trend all = take(f, &word, 1), some;
	const struct trend_asked asked = {&word, 1, 2, TREND_WEEK};
	assert_true(trend_take(f->index, f->arena, &asked, &some, NULL));
	struct trend weeks = trend_group(f->arena, &all, TREND_WEEK, 2);
	struct trend same = trend_group(f->arena, &some, TREND_WEEK, 100);
	assert_true(weeks.is_cut);
	assert_false(same.is_cut);
	assert_int_equal(same.n_spans, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(same.spans[i].first, weeks.spans[i].first);
		assert_int_equal(same.hits[0][i], weeks.hits[0][i]);
		assert_int_equal(same.spans[i].n_stories, weeks.spans[i].n_stories);
	}
}

static struct trend made(struct arena *arena, const char *const *dates, const uint32_t *hits,
			 size_t n)
{
	struct trend days = {.n_spans = n, .n_words = 1};
	days.spans = arena_alloc(arena, n * sizeof(*days.spans));
	days.hits = arena_alloc(arena, sizeof(*days.hits));
	days.hits[0] = arena_alloc(arena, n * sizeof(**days.hits));
	for (size_t i = 0; i < n; i++) {
		struct date date;
		assert_true(date_find(str_of(dates[i]), &date, NULL, NULL));
		long day = date_day(date);
		days.spans[i] = (struct trend_span){day, day, 1, 10};
		days.hits[0][i] = hits[i];
	}
	return days;
}

static const char *spans_text(struct arena *arena, const struct trend *trend, enum trend_by by)
{
	struct strbuf buf = strbuf_make(arena);
	for (size_t i = 0; i < trend->n_spans; i++) {
		const struct trend_span *span = &trend->spans[i];
		char last[DATE_TEXT];
		date_text(date_of_day(span->last), last);
		strbuf_printf(&buf, "%s..%s %u/%u/%u ", trend_label(arena, by, span).p, last + 5,
			      trend->hits[0][i], span->n_stories, span->n_issues);
	}
	return strbuf_str(&buf).p;
}

static void days_are_put_together_by_weeks_and_months(void **state)
{
	static const char *const dates[] = {"2025-12-28", "2025-12-29", "2026-01-04",
					    "2026-01-19", "2026-02-28", "2026-03-01"};
	static const uint32_t hits[] = {1, 2, 4, 0, 16, 32};
	struct arena *arena = arena_new();
	struct trend days = made(arena, dates, hits, 6);
	struct trend weeks = trend_group(arena, &days, TREND_WEEK, 5);
	struct trend months = trend_group(arena, &days, TREND_MONTH, 99);
	struct trend each = trend_group(arena, &days, TREND_DAY, 99);
	(void)state;
	assert_int_equal(trend_spans(&days, TREND_DAY), 64);
	assert_int_equal(trend_spans(&days, TREND_WEEK), 10);
	assert_int_equal(trend_spans(&days, TREND_MONTH), 4);
	assert_int_equal(trend_fit(&days, 64), TREND_DAY);
	assert_int_equal(trend_fit(&days, 63), TREND_WEEK);
	assert_int_equal(trend_fit(&days, 9), TREND_MONTH);
	assert_string_equal(spans_text(arena, &months, TREND_MONTH),
			    "2025-12..12-31 3/20/2 2026-01..01-31 4/20/2 2026-02..02-28 16/10/1 "
			    "2026-03..03-31 32/10/1 ");
	assert_string_equal(spans_text(arena, &weeks, TREND_WEEK),
			    "01-26..02-01 0/0/0 02-02..02-08 0/0/0 02-09..02-15 0/0/0 "
			    "02-16..02-22 0/0/0 02-23..03-01 48/20/2 ");
	assert_true(weeks.is_cut);
	assert_int_equal(each.n_spans, 64);
	assert_int_equal(each.hits[0][1], 2);
	assert_int_equal(each.spans[2].n_issues, 0);
	size_t sum;
	assert_int_equal(trend_peak(&months, 0, &sum), 3);
	assert_int_equal(sum, 55);
	struct trend none = {0};
	assert_int_equal(trend_group(arena, &none, TREND_WEEK, 9).n_spans, 0);
	arena_free(arena);
}

static void a_day_far_away_makes_no_more_spans_than_are_asked_for(void **state)
{
	static const char *const dates[] = {"1000-01-01", "2026-01-01"};
	static const uint32_t hits[] = {1, 1};
	struct arena *arena = arena_new();
	struct trend days = made(arena, dates, hits, 2);
	struct trend few = trend_group(arena, &days, TREND_DAY, 3);
	(void)state;
	assert_int_equal(few.n_spans, 3);
	assert_int_equal(few.hits[0][2], 1);
	assert_true(trend_spans(&days, TREND_DAY) > 370000);
	arena_free(arena);
}

/* Columns as text, the highest row first. */
static const char *columns(struct arena *arena, const uint32_t *values, size_t n, uint32_t max,
			   size_t rows, bool is_ascii)
{
	struct strbuf buf = strbuf_make(arena);
	for (size_t row = rows; row > 0; row--) {
		for (size_t i = 0; i < n; i++)
			strbuf_puts(&buf, chart_cell(values[i], max, row - 1, rows, is_ascii));
		strbuf_putc(&buf, '\n');
	}
	return strbuf_str(&buf).p;
}

static void a_column_is_as_high_as_its_number(void **state)
{
	static const uint32_t values[] = {0, 1, 4, 8, 12, 16};
	static const uint32_t small[] = {0, 1, 1000000};
	struct arena *arena = arena_new();
	(void)state;
	assert_string_equal(columns(arena, values, 6, 16, 2, false), "    ▄█\n ▁▄███\n");
	assert_string_equal(columns(arena, values, 6, 16, 2, true), "    :#\n .:###\n");
	assert_string_equal(columns(arena, small, 3, 1000000, 2, false), "  █\n ▁█\n");
	assert_string_equal(columns(arena, small, 1, 0, 1, false), " \n");
	assert_string_equal(chart_cell(UINT32_MAX, UINT32_MAX, 7, 8, false), "█");
	arena_free(arena);
}

static void columns_fit_into_any_width(void **state)
{
	(void)state;
	for (size_t n = 0; n < 60; n++)
		for (size_t cols = 0; cols < 130; cols++) {
			struct chart_grid grid = chart_fit(n, cols);
			assert_true(chart_cols(&grid) <= cols);
			assert_true(grid.first + grid.n == n);
			assert_true(grid.n == n || grid.n == cols);
			grid = chart_fit_line(n, cols);
			assert_true(chart_cols(&grid) <= cols);
		}
}

static void labels_stand_below_their_columns_and_apart(void **state)
{
	struct arena *arena = arena_new();
	struct str labels[20];
	(void)state;
	for (int i = 0; i < 20; i++)
		labels[i] = str_of(arena_printf(arena, "05-%02d", i + 1));
	struct chart_grid grid = {.n = 20, .bar = 1};
	assert_string_equal(chart_labels(arena, &grid, labels).p, " 05-02  05-09  05-20");
	grid = (struct chart_grid){.n = 4, .bar = 6, .gap = 1};
	assert_string_equal(chart_labels(arena, &grid, labels).p, "05-01  05-02  05-03  05-04");
	for (size_t n = 0; n <= 20; n++)
		for (size_t bar = 1; bar < 5; bar++) {
			grid = (struct chart_grid){.n = n, .bar = bar, .gap = 1};
			assert_true(chart_labels(arena, &grid, labels).len <= chart_cols(&grid));
		}
	arena_free(arena);
}

static struct str drawn(struct arena *arena, const struct out_trend *trend, unsigned cols,
			enum out_list_format format)
{
	struct out_opts opts = {
		.page = {.cols = (uint16_t)cols, .wrap = {.policy = TEXT_POLICY_DEFAULT}}};
	return out_trend(format, arena, trend, &opts);
}

static const char *const drawn_dates[] = {"2026-01-05", "2026-01-06", "2026-01-08", "2026-01-09"};
static const uint32_t drawn_hits[] = {4, 0, 1, 2};

static void a_chart_tells_no_hits_from_no_issue(void **state)
{
	struct arena *arena = arena_new();
	struct trend days = made(arena, drawn_dates, drawn_hits, 4);
	struct str name = STR("开源");
	const struct trend_word word = {name, &name, 1};
	struct out_trend trend = {.words = &word, .days = &days, .by = TREND_DAY};
	(void)state;
	assert_string_equal(drawn(arena, &trend, 20, OUT_LIST_TABLE).p, "开源  7 stories, at…\n"
									"by day  2026-01-05 …\n"
									"4 ┤██\n"
									"  │██\n"
									"  │██\n"
									"  │██\n"
									"2 ┤██          ██\n"
									"  │██          ██\n"
									"  │██       ██ ██\n"
									"  │██       ██ ██\n"
									"0 └── ──    ── ──\n"
									"   01-05    01-09\n");
	trend.is_ascii = true;
	assert_non_null(strstr(drawn(arena, &trend, 20, OUT_LIST_TABLE).p,
			       "  |##       ## ##\n0 +-- --    -- --\n"));
	assert_non_null(strstr(drawn(arena, &trend, 100, OUT_LIST_TABLE).p,
			       "开源  7 stories, at most 4 (2026-01-05)\n"
			       "by day  2026-01-05 – 2026-01-09\n"));
	assert_string_equal(drawn(arena, &trend, 9, OUT_LIST_TSV).p,
			    "开源\t2026-01-05\t2026-01-05\t4\t10\t1\n"
			    "开源\t2026-01-06\t2026-01-06\t0\t10\t1\n"
			    "开源\t2026-01-08\t2026-01-08\t1\t10\t1\n"
			    "开源\t2026-01-09\t2026-01-09\t2\t10\t1\n");
	trend.by = TREND_WEEK;
	assert_string_equal(
		drawn(arena, &trend, 9, OUT_LIST_JSON).p,
		"{\"schema\":1,\"by\":\"week\",\"words\":[{\"word\":\"开源\",\"hits\":7,"
		"\"spans\":[{\"from\":\"2026-01-05\",\"to\":\"2026-01-11\",\"hits\":7,"
		"\"stories\":40,\"issues\":4}]}]}\n");
	arena_free(arena);
}

static void several_words_take_a_line_each(void **state)
{
	struct arena *arena = arena_new();
	struct trend days = made(arena, drawn_dates, drawn_hits, 4);
	uint32_t none[4] = {0}, *hits[] = {days.hits[0], none};
	struct str names[] = {STR("开源"), STR("a very long name of something")};
	const struct trend_word words[] = {{names[0], &names[0], 1}, {names[1], &names[1], 1}};
	struct out_trend trend = {.words = words, .days = &days, .by = TREND_DAY};
	(void)state;
	days.hits = hits;
	days.n_words = 2;
	assert_string_equal(drawn(arena, &trend, 60, OUT_LIST_TABLE).p,
			    "by day  2026-01-05 – 2026-01-09  most, all\n"
			    "开源                 ███···   ▂▂▂▄▄▄      4        7\n"
			    "a very long name of… ······   ······      0        0\n"
			    "                        01-06  01-09\n");
	arena_free(arena);
}

static void nothing_drawn_is_wider_than_asked_for(void **state)
{
	struct arena *arena = arena_new();
	struct indexed *f = *state;
	struct trend_word words[] = {word_of(f, "模型"), word_of(f, "OpenAI")};
	struct text_policy policy = TEXT_POLICY_DEFAULT;
	for (size_t n = 1; n <= 2; n++) {
		struct trend days = take(f, words, n);
		for (unsigned cols = 1; cols < 130; cols += cols < 40 ? 1 : 13)
			for (int by = 0; by < 3; by++) {
				struct out_trend trend = {words, &days, (enum trend_by)by,
							  cols % 2};
				struct str text = drawn(arena, &trend, cols, OUT_LIST_TABLE), line;
				while (str_cut(&text, '\n', &line))
					assert_true(text_cols(line, &policy) <= cols || cols < 5);
			}
	}
	arena_free(arena);
}

static void words_are_sorted_and_taken_from_a_watchlist(void **state)
{
	static const struct keyword keywords[] = {
		{{"没有", 6}, {"没有", 6}, 1, 1},
		{{"鸿蒙", 6}, {"鸿蒙", 6}, 1, 1},
		{{"OpenAI", 6}, {"OpenAI", 6}, 1, 1},
		{{"模型", 6}, {"OpenAI", 6}, 1, 1},
	};
	struct indexed *f = *state;
	struct trend_word *words;
	size_t n = trend_of_keywords(f->arena, keywords, 4, &words);
	assert_int_equal(n, 3);
	assert_int_equal(words[2].n_spellings, 2);
	struct trend days = take(f, words, n);
	assert_int_equal(trend_sort(words, &days), 2);
	assert_true(str_is(words[0].name, "OpenAI"));
	assert_true(str_is(words[1].name, "鸿蒙"));
	size_t most, least;
	trend_peak(&days, 0, &most);
	trend_peak(&days, 1, &least);
	assert_true(most >= least && least > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_are_those_of_a_plain_scan),
		cmocka_unit_test(the_stories_of_some_days_are_those_that_were_counted),
		cmocka_unit_test(the_latest_spans_alone_can_be_asked_for),
		cmocka_unit_test(days_are_put_together_by_weeks_and_months),
		cmocka_unit_test(a_day_far_away_makes_no_more_spans_than_are_asked_for),
		cmocka_unit_test(a_column_is_as_high_as_its_number),
		cmocka_unit_test(columns_fit_into_any_width),
		cmocka_unit_test(labels_stand_below_their_columns_and_apart),
		cmocka_unit_test(a_chart_tells_no_hits_from_no_issue),
		cmocka_unit_test(several_words_take_a_line_each),
		cmocka_unit_test(nothing_drawn_is_wider_than_asked_for),
		cmocka_unit_test(words_are_sorted_and_taken_from_a_watchlist),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
