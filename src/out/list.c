/* Stories a line each: a table for people, TSV for scripts, JSON for both. Markdown is digest.c's.
 */
#include "forms.h"

#include <sulan/arena.h>
#include <sulan/glyph.h>

#define CATEGORY_COLS 14
#define SOURCE_COLS   20
#define TITLE_COLS    24 /* other columns go before the title has less */

enum column { COLUMN_MARK, COLUMN_DATE, COLUMN_CATEGORY, COLUMN_TITLE, COLUMN_SOURCE, N_COLUMNS };

static struct str joined_sources(struct out *out, const struct out_story *item)
{
	const struct story *story = item->story;
	struct strbuf buf = strbuf_make(out->arena);
	for (size_t i = 0; i < story->n_sources; i++) {
		if (i)
			strbuf_puts(&buf, "、");
		strbuf_put(&buf, story->sources[i].name);
	}
	if (story->n_sources == 0 && story->n_links)
		strbuf_put(&buf, link_host(item->issue->links[story->links[0]].url));
	return strbuf_str(&buf);
}

static struct str mark_of(struct story_state state)
{
	if (state.is_dismissed)
		return STR("d");
	if (state.is_starred)
		return STR("*");
	if (state.is_later)
		return STR("w");
	return state.is_read ? STR(" ") : STR("+");
}

static struct str cell(struct out *out, const struct out_story *item, enum column column)
{
	char date[DATE_TEXT];
	switch (column) {
	case COLUMN_MARK:
		return out->opts->state ? mark_of(out_state(out, item->story)) : STR("");
	case COLUMN_DATE:
		date_text(item->issue->date, date);
		return str_copy(out->arena, str_of(date));
	case COLUMN_CATEGORY:
		return out_category(item->issue, item->story);
	case COLUMN_TITLE:
		return item->story->title;
	default:
		return joined_sources(out, item);
	}
}

/* As wide as what is in them, but for the title, which has what is left. */
static void measure(struct out *out, const struct out_story *stories, size_t n,
		    size_t widths[N_COLUMNS])
{
	static const size_t most[N_COLUMNS] = {1, 10, CATEGORY_COLS, SIZE_MAX, SOURCE_COLS};
	static const enum column order[] = {COLUMN_MARK, COLUMN_DATE, COLUMN_CATEGORY,
					    COLUMN_SOURCE};
	const struct text_policy *policy = &out->opts->page.wrap.policy;
	size_t room = out->opts->page.cols ? out->opts->page.cols : 1;
	for (size_t c = 0; c < sizeof(order) / sizeof(*order); c++) {
		enum column column = order[c];
		size_t widest = 0;
		for (size_t i = 0; i < n; i++) {
			size_t cols = text_cols(cell(out, &stories[i], column), policy);
			widest = cols > widest ? cols : widest;
		}
		if (widest > most[column])
			widest = most[column];
		bool has_room = widest && room >= widest + 2 + TITLE_COLS;
		widths[column] = has_room ? widest : 0;
		room -= has_room ? widest + 2 : 0;
	}
	widths[COLUMN_TITLE] = room;
}

static void put_row(struct out *out, const struct out_story *item, const size_t widths[N_COLUMNS])
{
	const struct text_policy *policy = &out->opts->page.wrap.policy;
	size_t start = out->buf.len;
	for (enum column column = 0; column < N_COLUMNS; column++) {
		if (widths[column] == 0)
			continue;
		struct str text =
			text_cut(out->arena, cell(out, item, column), widths[column], policy);
		strbuf_put(&out->buf, text);
		for (size_t cols = text_cols(text, policy); cols < widths[column] + 2; cols++)
			strbuf_putc(&out->buf, ' ');
	}
	while (out->buf.len > start && out->buf.p[out->buf.len - 1] == ' ')
		out->buf.len--;
	strbuf_putc(&out->buf, '\n');
}

static const char *escape_tsv(char c)
{
	return c == '\t' ? "\\t" : c == '\n' ? "\\n" : c == '\\' ? "\\\\" : NULL;
}

static struct str main_url(const struct out_story *item)
{
	const struct story *story = item->story;
	if (story->n_sources && story->sources[0].link)
		return item->issue->links[story->sources[0].link - 1].url;
	if (story->n_links)
		return item->issue->links[story->links[0]].url;
	return (struct str){NULL, 0};
}

static struct str all_marks(struct out *out, struct story_state state)
{
	return str_of(arena_printf(out->arena, "%s%s%s%s", state.is_read ? "r" : "",
				   state.is_starred ? "s" : "", state.is_later ? "l" : "",
				   state.is_dismissed ? "d" : ""));
}

static struct str joined_tags(struct out *out, struct story_state state)
{
	struct strbuf buf = strbuf_make(out->arena);
	for (size_t i = 0; i < state.n_tags; i++) {
		strbuf_puts(&buf, i ? "," : "");
		strbuf_put(&buf, state.tags[i]);
	}
	return strbuf_str(&buf);
}

static void put_tsv(struct out *out, const struct out_story *item)
{
	const struct story *story = item->story;
	struct story_state state = out_state(out, story);
	struct str source = {NULL, 0};
	if (story->n_sources)
		source = story->sources[0].name;
	const struct str cells[] = {
		story->id,
		cell(out, item, COLUMN_DATE),
		story->kind == STORY_BRIEF ? STR("brief") : STR("story"),
		cell(out, item, COLUMN_CATEGORY),
		story->title,
		source,
		main_url(item),
		all_marks(out, state),
		joined_tags(out, state),
		state.note,
	};
	size_t n = sizeof(cells) / sizeof(*cells) - (out->opts->has_state ? 0 : 3);
	for (size_t i = 0; i < n; i++) {
		if (i)
			strbuf_putc(&out->buf, '\t');
		put_safe(&out->buf, cells[i], escape_tsv);
	}
	strbuf_putc(&out->buf, '\n');
}

/* A story at a time, whose texts are gone when it has been written. */
static void put_json(struct out *out, const struct out_story *stories, size_t n)
{
	const struct out_opts *opts = out->opts;
	struct arena *kept = out->arena;
	out->arena = arena_new();
	json_begin(out, NULL, 0);
	for (size_t i = 0; i < n; i++) {
		struct out_story item = stories[i];
		if (opts->whole && !opts->whole(opts->whole_self, &stories[i], &item))
			continue;
		json_story(out, item.issue, item.story);
		out_flush(out);
		arena_reset(out->arena);
	}
	json_end(out);
	arena_free(out->arena);
	out->arena = kept;
}

struct str out_list(enum out_list_format format, struct arena *arena,
		    const struct out_story *stories, size_t n, const struct out_opts *opts)
{
	struct out out = {.arena = arena, .opts = opts, .buf = strbuf_make(arena)};
	size_t widths[N_COLUMNS];
	if (format == OUT_LIST_MARKDOWN || format == OUT_LIST_TEXT) {
		(format == OUT_LIST_TEXT ? digest_texts : digest_stories)(&out, stories, n);
		return strbuf_str(&out.buf);
	}
	if (format == OUT_LIST_JSON) {
		put_json(&out, stories, n);
		return strbuf_str(&out.buf);
	}
	if (format == OUT_LIST_TABLE)
		measure(&out, stories, n, widths);
	for (size_t i = 0; i < n; i++) {
		if (format == OUT_LIST_TABLE)
			put_row(&out, &stories[i], widths);
		else
			put_tsv(&out, &stories[i]);
	}
	return strbuf_str(&out.buf);
}
