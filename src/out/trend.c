/* Trends: a chart for people, numbers for scripts. */
#include "forms.h"

#include <stdlib.h>

#include <jansson.h>
#include <sulan/arena.h>
#include <sulan/chart.h>
#include <sulan/error.h>
#include <sulan/glyph.h>
#include <sulan/utf8.h>

#define CHART_ROWS   8
#define NAME_COLS    20
#define NUMBERS_COLS 16 /* the most and all, behind a row of several */
#define ALL_SPANS    ((size_t)1 << 20)

static const char *word(const struct out *out, const char *english)
{
	return out->opts->word ? out->opts->word(out->opts->word_self, english) : english;
}

static const char *date_of(const struct out *out, long day)
{
	char date[DATE_TEXT];
	date_text(date_of_day(day), date);
	return arena_copy(out->arena, date, DATE_TEXT);
}

static const char *by_name(enum trend_by by)
{
	static const char *const names[] = {
		[TREND_DAY] = "day", [TREND_WEEK] = "week", [TREND_MONTH] = "month"};
	return names[by];
}

static const char *by_words(enum trend_by by)
{
	static const char *const words[] = {[TREND_DAY] = N_("by day"),
					    [TREND_WEEK] = N_("by week"),
					    [TREND_MONTH] = N_("by month")};
	return words[by];
}

/* Puts text cut to its columns, and blanks up to them. */
static void put_padded(struct out *out, struct str text, size_t cols)
{
	const struct text_policy *policy = &out->opts->page.wrap.policy;
	text = text_cut(out->arena, text, cols, policy);
	size_t used = text_cols(text, policy);
	put_safe(&out->buf, text, NULL);
	for (; used < cols; used++)
		strbuf_putc(&out->buf, ' ');
}

/* Blanks at the end of a line say nothing. */
static void end_line(struct out *out)
{
	while (out->buf.len && out->buf.p[out->buf.len - 1] == ' ')
		out->buf.len--;
	strbuf_putc(&out->buf, '\n');
}

static void put_line(struct out *out, const char *text)
{
	put_padded(out, str_of(text), out->opts->page.cols);
	end_line(out);
}

static const char *span_text(const struct out *out, const struct trend *trend, enum trend_by by)
{
	return arena_printf(out->arena, "%s  %s%s – %s", word(out, by_words(by)),
			    trend->is_cut ? "… " : "", date_of(out, trend->spans[0].first),
			    date_of(out, trend->spans[trend->n_spans - 1].last));
}

static void put_labels(struct out *out, const struct trend *trend, enum trend_by by,
		       const struct chart_grid *grid, size_t indent)
{
	struct str *labels = arena_alloc(out->arena, (grid->n + 1) * sizeof(*labels));
	for (size_t i = 0; i < grid->n; i++)
		labels[i] = trend_label(out->arena, by, &trend->spans[grid->first + i]);
	put_padded(out, STR(""), indent);
	strbuf_put(&out->buf, chart_labels(out->arena, grid, labels));
	end_line(out);
}

/* The chart of one word. */
struct plot {
	struct out *out;
	const struct out_trend *trend;
	struct trend spans;
	struct chart_grid grid;
	uint32_t max;
	size_t gutter; /* columns of the numbers before the axis */
};

static void put_row(const struct plot *p, size_t row)
{
	struct strbuf *buf = &p->out->buf;
	bool is_half = p->max > 3 && row == CHART_ROWS / 2 - 1;
	bool has_number = row == CHART_ROWS - 1 || is_half;
	uint32_t number = is_half ? p->max / 2 : p->max;
	if (has_number)
		strbuf_printf(buf, "%*u", (int)p->gutter - 2, number);
	else
		put_padded(p->out, STR(""), p->gutter - 2);
	strbuf_puts(buf, p->trend->is_ascii ? " |" : has_number ? " ┤" : " │");
	for (size_t i = 0; i < p->grid.n; i++) {
		const char *cell = chart_cell(p->spans.hits[0][p->grid.first + i], p->max, row,
					      CHART_ROWS, p->trend->is_ascii);
		for (size_t k = 0; k < p->grid.bar; k++)
			strbuf_puts(buf, cell);
		for (size_t k = 0; k < p->grid.gap; k++)
			strbuf_putc(buf, ' ');
	}
	end_line(p->out);
}

/* Drawn where there were issues. */
static void put_axis(const struct plot *p)
{
	struct strbuf *buf = &p->out->buf;
	const char *line = p->trend->is_ascii ? "-" : "─";
	strbuf_printf(buf, "%*u%s", (int)p->gutter - 2, 0U, p->trend->is_ascii ? " +" : " └");
	for (size_t i = 0; i < p->grid.n; i++) {
		bool is_there = p->spans.spans[p->grid.first + i].n_issues > 0;
		for (size_t k = 0; k < p->grid.bar; k++)
			strbuf_puts(buf, is_there ? line : " ");
		for (size_t k = 0; k < p->grid.gap; k++)
			strbuf_putc(buf, ' ');
	}
	end_line(p->out);
}

static void put_chart(struct out *out, const struct out_trend *trend)
{
	size_t sum;
	struct plot p = {.out = out, .trend = trend, .gutter = 3};
	p.spans = trend_group(out->arena, trend->days, trend->by, out->opts->page.cols);
	size_t peak = trend_peak(&p.spans, 0, &sum);
	p.max = peak == SIZE_MAX ? 0 : p.spans.hits[0][peak];
	for (uint32_t left = p.max; left >= 10; left /= 10)
		p.gutter++;
	size_t cols = out->opts->page.cols;
	p.grid = chart_fit(p.spans.n_spans, cols > p.gutter ? cols - p.gutter : 1);
	p.spans.is_cut |= p.grid.first > 0;
	p.spans.spans += p.grid.first;
	p.spans.hits[0] += p.grid.first;
	p.spans.n_spans = p.grid.n;
	p.grid.first = 0;
	peak = trend_peak(&p.spans, 0, &sum);
	p.max = peak == SIZE_MAX ? 0 : p.spans.hits[0][peak];
	const char *most = peak == SIZE_MAX ? "-" : date_of(out, p.spans.spans[peak].first);
	put_line(out, arena_printf(out->arena, word(out, N_("%.*s  %zu stories, at most %u (%s)")),
				   (int)trend->words[0].name.len, trend->words[0].name.p, sum,
				   p.max, most));
	put_line(out, span_text(out, &p.spans, trend->by));
	for (size_t row = CHART_ROWS; row > 0; row--)
		put_row(&p, row - 1);
	put_axis(&p);
	put_labels(out, &p.spans, trend->by, &p.grid, p.gutter);
}

/* A line for each word, each as high as its own most. */
static void put_word(struct out *out, const struct out_trend *trend, const struct trend *spans,
		     const struct chart_grid *grid, size_t w, size_t name_cols)
{
	size_t sum, peak = trend_peak(spans, w, &sum), used = name_cols + 1;
	uint32_t max = peak == SIZE_MAX ? 0 : spans->hits[w][peak];
	put_padded(out, trend->words[w].name, name_cols);
	strbuf_putc(&out->buf, ' ');
	for (size_t i = 0; i < grid->n; i++) {
		uint32_t hits = spans->hits[w][i];
		const char *cell = chart_cell(hits, max, 0, 1, trend->is_ascii);
		if (hits == 0 && spans->spans[i].n_issues)
			cell = trend->is_ascii ? "-" : "·";
		for (size_t k = 0; k < grid->bar; k++)
			strbuf_puts(&out->buf, cell);
		used += grid->bar;
	}
	if (used + NUMBERS_COLS <= out->opts->page.cols)
		strbuf_printf(&out->buf, "%7u %8zu", max, sum);
	end_line(out);
}

static void put_words(struct out *out, const struct out_trend *trend)
{
	const struct text_policy *policy = &out->opts->page.wrap.policy;
	size_t cols = out->opts->page.cols, names = 4;
	for (size_t w = 0; w < trend->days->n_words; w++) {
		size_t used = text_cols(trend->words[w].name, policy);
		names = used > names ? used : names;
	}
	size_t most = cols / 3 < NAME_COLS ? cols / 3 : NAME_COLS;
	names = names < most ? names : most;
	bool has_numbers = cols >= names + 1 + 10 + NUMBERS_COLS;
	size_t room = cols > names + 1 ? cols - names - 1 - (has_numbers ? NUMBERS_COLS : 0) : 1;
	struct trend spans = trend_group(out->arena, trend->days, trend->by, room);
	struct chart_grid grid = chart_fit_line(spans.n_spans, room);
	put_line(out, arena_printf(out->arena, "%s  %s", span_text(out, &spans, trend->by),
				   has_numbers ? word(out, N_("most, all")) : ""));
	for (size_t w = 0; w < spans.n_words; w++)
		put_word(out, trend, &spans, &grid, w, names);
	put_labels(out, &spans, trend->by, &grid, names + 1);
}

static const char *escape_tsv(char c)
{
	return c == '\t' ? "\\t" : c == '\n' ? "\\n" : c == '\\' ? "\\\\" : NULL;
}

static void put_tsv(struct out *out, const struct out_trend *trend, const struct trend *spans)
{
	for (size_t w = 0; w < spans->n_words; w++)
		for (size_t i = 0; i < spans->n_spans; i++) {
			const struct trend_span *span = &spans->spans[i];
			if (span->n_issues == 0)
				continue;
			put_safe(&out->buf, trend->words[w].name, escape_tsv);
			strbuf_printf(&out->buf, "\t%s\t%s\t%u\t%u\t%u\n",
				      date_of(out, span->first), date_of(out, span->last),
				      spans->hits[w][i], span->n_stories, span->n_issues);
		}
}

static json_t *spans_json(struct out *out, const struct trend *spans, size_t w)
{
	json_t *json = json_array();
	for (size_t i = 0; i < spans->n_spans; i++) {
		const struct trend_span *span = &spans->spans[i];
		if (span->n_issues == 0)
			continue;
		json_t *item = json_object();
		json_object_set_new(item, "from", json_string(date_of(out, span->first)));
		json_object_set_new(item, "to", json_string(date_of(out, span->last)));
		json_object_set_new(item, "hits", json_integer(spans->hits[w][i]));
		json_object_set_new(item, "stories", json_integer(span->n_stories));
		json_object_set_new(item, "issues", json_integer(span->n_issues));
		json_array_append_new(json, item);
	}
	return json;
}

static void put_json(struct out *out, const struct out_trend *trend, const struct trend *spans)
{
	json_t *json = json_object(), *words = json_array();
	json_object_set_new(json, "schema", json_integer(1));
	json_object_set_new(json, "by", json_string(by_name(trend->by)));
	for (size_t w = 0; w < spans->n_words; w++) {
		size_t sum;
		json_t *item = json_object();
		struct str name = utf8_repair(out->arena, trend->words[w].name);
		trend_peak(spans, w, &sum);
		json_object_set_new(item, "word", json_stringn(name.p, name.len));
		json_object_set_new(item, "hits", json_integer((json_int_t)sum));
		json_object_set_new(item, "spans", spans_json(out, spans, w));
		json_array_append_new(words, item);
	}
	json_object_set_new(json, "words", words);
	char *text = json_dumps(json, JSON_COMPACT);
	if (!text)
		abort();
	strbuf_printf(&out->buf, "%s\n", text);
	free(text);
	json_decref(json);
}

struct str out_trend(enum out_list_format format, struct arena *arena,
		     const struct out_trend *trend, const struct out_opts *opts)
{
	struct out out = {.arena = arena, .opts = opts, .buf = strbuf_make(arena)};
	struct trend spans = *trend->days;
	if (format != OUT_LIST_TABLE && trend->by != TREND_DAY)
		spans = trend_group(arena, trend->days, trend->by, ALL_SPANS);
	if (format == OUT_LIST_TSV)
		put_tsv(&out, trend, &spans);
	else if (format == OUT_LIST_JSON)
		put_json(&out, trend, &spans);
	else if (spans.n_spans && spans.n_words == 1)
		put_chart(&out, trend);
	else if (spans.n_spans && spans.n_words)
		put_words(&out, trend);
	return strbuf_str(&out.buf);
}
