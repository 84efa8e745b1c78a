/* What a file is read as, for whoever writes it. */
#include "forms.h"

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/glyph.h>

struct check {
	struct out out;
	const struct issue *issue;
	size_t n_lacks;
};

static const char *word(const struct check *check, const char *english)
{
	const struct out_opts *opts = check->out.opts;
	return opts->word ? opts->word(opts->word_self, english) : english;
}

static struct str shown(struct check *check, struct str text)
{
	return text_show(check->out.arena, text, &check->out.opts->page.wrap.policy);
}

static void put_name(struct check *check, const char *name)
{
	const size_t width = 14;
	const char *text = word(check, name);
	strbuf_puts(&check->out.buf, "  ");
	strbuf_puts(&check->out.buf, text);
	size_t cols = text_cols(str_of(text), &check->out.opts->page.wrap.policy);
	for (; cols < width; cols++)
		strbuf_putc(&check->out.buf, ' ');
}

static void put_fact(struct check *check, const char *name, struct str value)
{
	put_name(check, name);
	strbuf_put(&check->out.buf, value.len ? shown(check, value) : STR("-"));
	strbuf_putc(&check->out.buf, '\n');
}

static void put_count(struct check *check, const char *name, size_t n)
{
	put_name(check, name);
	strbuf_printf(&check->out.buf, "%zu\n", n);
}

/* What each way of writing stories is known by. */
static const struct way {
	const char *name, *why;
} ways[DIALECT_COUNT] = {
	[DIALECT_LABELS] = {N_("stories with labels"), N_("label lines under the heading")},
	[DIALECT_OUTLINE] = {N_("an outline: a story for each section"),
			     N_("a heading with text that nothing divides")},
	[DIALECT_DOCUMENT] = {N_("one text"), N_("text that belongs to no story")},
	[DIALECT_HEADINGS] = {N_("linked headings"), N_("most headings of this level are links")},
	[DIALECT_LINKS] = {N_("lists of links"), N_("nothing but links in a list")},
	[DIALECT_ITEMS] = {N_("list items"), N_("items with links or bold openings")},
	[DIALECT_NUMBERS] = {N_("numbered paragraphs"), N_("paragraphs that count up")},
	[DIALECT_BOLD] = {N_("bold first lines"), N_("paragraphs with a bold first line")},
	[DIALECT_ROWS] = {N_("table rows"), N_("a table with a link in most rows")},
	[DIALECT_PARAS] = {N_("linked paragraphs"), N_("paragraphs that begin with a link")},
	[DIALECT_PARTS] = {N_("headings with their parts"),
			   N_("releases, or parts that each of them has")},
	[DIALECT_OVERVIEW] = {N_("an overview"), N_("a list of the links of stories below")},
};

/* How many stories were found in which way, and why they were taken for stories. */
static void put_ways(struct check *check)
{
	const struct issue *issue = check->issue;
	size_t counts[DIALECT_COUNT] = {0};
	for (size_t i = 0; i < issue->n_stories; i++)
		counts[issue->stories[i].dialect]++;
	for (size_t i = 0; i < DIALECT_COUNT; i++)
		if (counts[i])
			strbuf_printf(&check->out.buf, "%8zu  %s: %s\n", counts[i],
				      word(check, ways[i].name), word(check, ways[i].why));
}

static void put_facts(struct check *check)
{
	const struct issue *issue = check->issue;
	char date[DATE_TEXT];
	date_text(issue->date, date);
	strbuf_put(&check->out.buf, shown(check, issue->path));
	strbuf_putc(&check->out.buf, '\n');
	put_fact(check, N_("read as"), str_of(word(check, ways[issue->dialect].name)));
	put_fact(check, N_("encoding"), str_of(issue->encoding));
	put_fact(check, N_("publication"), issue->publication);
	if (issue->profile.len)
		put_fact(check, N_("profile"), issue->profile);
	put_fact(check, N_("date"), str_of(date));
	put_count(check, N_("links"), issue->n_links);
	put_name(check, N_("confidence"));
	strbuf_printf(&check->out.buf, "%u %%\n", issue->confidence);
	put_count(check, N_("stories"), issue->n_stories);
	put_ways(check);
	put_name(check, N_("categories"));
	strbuf_printf(&check->out.buf, "%zu\n", issue->n_categories);
}

static void put_categories(struct check *check)
{
	const struct issue *issue = check->issue;
	size_t *counts = arena_alloc(check->out.arena, (issue->n_categories + 1) * sizeof(*counts));
	for (size_t i = 0; i < issue->n_stories; i++)
		if (issue->stories[i].category < issue->n_categories)
			counts[issue->stories[i].category]++;
	for (size_t i = 0; i < issue->n_categories; i++) {
		struct str name = issue->categories[i];
		if (name.len == 0)
			name = str_of(word(check, N_("(no category)")));
		strbuf_printf(&check->out.buf, "%8zu  ", counts[i]);
		strbuf_put(&check->out.buf, shown(check, name));
		strbuf_putc(&check->out.buf, '\n');
	}
}

/* FILE:LINE: what: which, as compilers say it; line 0 for the file as a whole. */
static void put_lack(struct check *check, uint32_t line, const char *what, struct str which)
{
	struct strbuf *buf = &check->out.buf;
	strbuf_put(buf, shown(check, check->issue->path));
	if (line)
		strbuf_printf(buf, ":%u", (unsigned)line);
	strbuf_puts(buf, ": ");
	strbuf_puts(buf, word(check, what));
	if (which.len) {
		strbuf_puts(buf, ": ");
		strbuf_put(buf, shown(check, which));
	}
	strbuf_putc(buf, '\n');
	check->n_lacks++;
}

static void check_story(struct check *check, const struct story *story)
{
	if (story->title.len == 0)
		put_lack(check, story->line, N_("a story without a title"), (struct str){NULL, 0});
	if (story->kind == STORY_BRIEF)
		return;
	if (story->n_sources == 0)
		put_lack(check, story->line, N_("no source"), story->title);
	if (out_category(check->issue, story).len == 0)
		put_lack(check, story->line, N_("no category"), story->title);
	if (check->issue->dialect != DIALECT_LABELS || story->dialect == DIALECT_DOCUMENT)
		return;
	if (story->insight.len == 0)
		put_lack(check, story->line, N_("no insight"), story->title);
	if (story->n_bullets == 0)
		put_lack(check, story->line, N_("no summary"), story->title);
}

static void check_links(struct check *check)
{
	const struct issue *issue = check->issue;
	for (size_t i = 0; i < issue->n_links; i++) {
		const struct link *link = &issue->links[i];
		if (!link_may_open(link->url))
			put_lack(check, issue->blocks[link->block].line,
				 N_("a link that will not be opened"), link->url);
	}
}

struct str out_check(struct arena *arena, const struct issue *issue, const struct out_opts *opts)
{
	struct check check = {.out = {.arena = arena, .opts = opts, .buf = strbuf_make(arena)},
			      .issue = issue};
	struct str none = {NULL, 0};
	put_facts(&check);
	put_categories(&check);
	if (!date_is_valid(issue->date))
		put_lack(&check, 0, N_("no date"), none);
	if (issue->n_repaired)
		put_lack(&check, 0, N_("characters that are no text"),
			 str_of(arena_printf(arena, "%zu", issue->n_repaired)));
	for (size_t i = 0; i < issue->n_stories; i++)
		check_story(&check, &issue->stories[i]);
	check_links(&check);
	if (check.n_lacks == 0) {
		strbuf_puts(&check.out.buf, word(&check, N_("nothing is lacking")));
		strbuf_putc(&check.out.buf, '\n');
	}
	return strbuf_str(&check.out.buf);
}
