/* Stories of any issues as one Markdown document in the reference format: for whoever reads it, and
 * for sulan itself. */
#include "mdblock.h"

#include <sulan/arena.h>

/* The words of the document are those of its stories' language, not of the reader's interface. */
struct names {
	struct str heading, category, source, issue, tags, note;
};

static const struct names names_zh = {
	.heading = {"速览摘选", 12},
	.category = {"分类", 6},
	.source = {"来源", 6},
	.issue = {"刊期", 6},
	.tags = {"标签", 6},
	.note = {"备注", 6},
};

static const struct names names_en = {
	.heading = {"Selected stories", 16},
	.category = {"Category", 8},
	.source = {"Source", 6},
	.issue = {"Issue", 5},
	.tags = {"Tags", 4},
	.note = {"Note", 4},
};

static bool is_chinese(const struct out_story *stories, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_is_chinese(stories[i].story->title) ||
		    text_is_chinese(stories[i].issue->title))
			return true;
	return false;
}

static void put_heading(struct strbuf *buf, const struct names *names,
			const struct out_story *stories, size_t n)
{
	struct date first = {0}, last = {0};
	char text[DATE_TEXT];
	for (size_t i = 0; i < n; i++) {
		struct date date = stories[i].issue->date;
		if (!date.year)
			continue;
		if (!first.year || date_compare(date, first) < 0)
			first = date;
		if (date_compare(date, last) > 0)
			last = date;
	}
	strbuf_puts(buf, "# ");
	strbuf_put(buf, names->heading);
	if (first.year) {
		date_text(first, text);
		strbuf_printf(buf, " %s", text);
	}
	if (date_compare(first, last) != 0) {
		date_text(last, text);
		strbuf_printf(buf, " – %s", text);
	}
	strbuf_putc(buf, '\n');
}

static void put_field(struct md *md, size_t *n, struct str label, struct str value)
{
	if (value.len == 0)
		return;
	mdfield_begin(md, n, label);
	inline_put_text(md->buf, value, true);
	strbuf_putc(md->buf, '\n');
}

/* An address that is nothing to open is nothing to hand on either. */
static void put_source(struct md *md, struct str name, struct str url)
{
	bool is_link = link_may_open(url);
	strbuf_puts(md->buf, is_link ? "[" : "");
	inline_put_text(md->buf, name, true);
	if (!is_link)
		return;
	strbuf_puts(md->buf, "](");
	inline_put_url(md->buf, url);
	strbuf_putc(md->buf, ')');
}

/* Where it comes from; for a story that does not say, its first link. */
static void put_sources(struct md *md, size_t *n, const struct names *names,
			const struct story *story)
{
	const struct link *links = md->issue->links;
	if (story->n_sources == 0 && story->n_links == 0)
		return;
	mdfield_begin(md, n, names->source);
	for (size_t i = 0; i < story->n_sources; i++) {
		const struct source *source = &story->sources[i];
		struct str url = source->link ? links[source->link - 1].url : STR("");
		strbuf_puts(md->buf, i ? " 、 " : "");
		put_source(md, source->name, url);
	}
	if (story->n_sources == 0) {
		struct str url = links[story->links[0]].url, host = link_host(url);
		put_source(md, host.len ? host : url, url);
	}
	strbuf_putc(md->buf, '\n');
}

static void put_fields(struct md *md, const struct names *names, const struct story *story)
{
	struct story_state state = out_state(md->out, story);
	struct strbuf tags = strbuf_make(md->scratch);
	char date[DATE_TEXT];
	size_t n = 0;
	struct str name = md->issue->publication.len ? md->issue->publication : md->issue->title;
	date_text(md->issue->date, date);
	for (size_t i = 0; i < state.n_tags; i++) {
		strbuf_puts(&tags, i ? "、" : "");
		strbuf_put(&tags, state.tags[i]);
	}
	put_field(md, &n, names->category, out_category(md->issue, story));
	put_sources(md, &n, names, story);
	put_field(md, &n, names->issue,
		  str_trim(str_of(arena_printf(md->scratch, "%.*s %s", (int)name.len,
					       name.len ? name.p : "", date))));
	put_field(md, &n, names->tags, strbuf_str(&tags));
	put_field(md, &n, names->note, state.note);
}

/* The insight with its label, else the first paragraph of its own. */
static void put_gist(struct md *md, const struct story *story, uint32_t title)
{
	const struct block *blocks = md->issue->blocks;
	uint32_t from = story->block, to;
	while (from < story->end && blocks[from].part != PART_INSIGHT)
		from++;
	for (to = from; to < story->end && blocks[to].part == PART_INSIGHT;)
		to++;
	if (from < to && from > story->block && blocks[from - 1].part == PART_LABEL)
		from--;
	for (uint32_t i = story->block; from >= to && i < story->end; i++)
		if (i != title && blocks[i].kind == BLOCK_PARA && blocks[i].text.len &&
		    (blocks[i].part == PART_BODY || blocks[i].part == PART_SUMMARY)) {
			from = i;
			to = i + 1;
		}
	if (from < to)
		mdblocks_put(md, from, to, title);
}

/* All its blocks but rules, which part stories here. */
static void put_whole(struct md *md, const struct story *story, uint32_t title)
{
	uint32_t from = story->block;
	for (uint32_t i = from; i < story->end; i++) {
		const struct block *b = &md->issue->blocks[i];
		if (b->kind != BLOCK_RULE || b->depth > 0)
			continue;
		mdblocks_put(md, from, i, title);
		from = i + 1;
	}
	mdblocks_put(md, from, story->end, title);
}

static void put_story(struct md *md, const struct names *names, const struct story *story)
{
	uint32_t title = page_title_block(md->issue, story);
	strbuf_puts(md->buf, md->buf->len ? "\n## " : "## ");
	inline_put_text(md->buf, story->title, true);
	strbuf_putc(md->buf, '\n');
	put_fields(md, names, story);
	arena_reset(md->scratch);
	if (md->out->opts->is_whole)
		put_whole(md, story, title);
	else
		put_gist(md, story, title);
}

void digest_stories(struct out *out, const struct out_story *stories, size_t n)
{
	struct md *md = arena_alloc(out->arena, sizeof(*md));
	const struct names *names = is_chinese(stories, n) ? &names_zh : &names_en;
	*md = (struct md){.out = out, .buf = &out->buf, .scratch = arena_new()};
	if (n > 1 || !out->opts->is_whole)
		put_heading(md->buf, names, stories, n);
	for (size_t i = 0; i < n; i++) {
		md->issue = stories[i].issue;
		md->last_list = 0;
		strbuf_puts(md->buf, i ? "\n---\n" : "");
		put_story(md, names, stories[i].story);
	}
	arena_free(md->scratch);
}

void digest_texts(struct out *out, const struct out_story *stories, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		strbuf_puts(&out->buf, i ? "\n" : "");
		put_safe(&out->buf, story_text(out->arena, stories[i].issue, stories[i].story),
			 NULL);
		strbuf_putc(&out->buf, '\n');
	}
}
