/* From headings to sections to stories. Which sections are stories is decided by what stands in
 * them: label blocks (the reference format), else text of their own. */
#include <string.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

#include "build.h"

/* Text before the first heading that may still be the issue's title. */
#define PREAMBLE_MAX 200

struct section {
	size_t heading, end; /* raw blocks; own content is what stands behind the heading */
	size_t parent;       /* index + 1 of the section it is in; 0 for none */
	struct str path;     /* of a section with deeper ones: their category */
	uint8_t level;
	size_t notes; /* where a text behind a last rule begins, that is no part of this; else `end`
		       */
	bool has_labels, is_links, has_content, is_issue;
};

struct outline {
	struct maker *maker;
	struct section *sections;
	size_t n, cap;
};

static const struct block *raw_at(const struct outline *o, size_t index)
{
	return &o->maker->raw->blocks[index];
}

/* The item's one leaf is a link and nothing else. */
static bool is_link_item(const struct outline *o, size_t item)
{
	const struct block *leaf = raw_at(o, item + 1);
	if (raw_at(o, item)->end != item + 2 || leaf->kind != BLOCK_PARA || leaf->n_spans == 0)
		return false;
	uint32_t link = o->maker->raw->spans[leaf->span].link;
	size_t covered = 0;
	for (size_t i = leaf->span; i < leaf->span + leaf->n_spans; i++) {
		if (o->maker->raw->spans[i].link != link || link == 0)
			return false;
		covered += o->maker->raw->spans[i].len;
	}
	return !o->maker->raw->links[link - 1].is_image && covered == str_trim(leaf->text).len;
}

/* Nothing but lists of links, and rules; behind a rule there may be notes. */
static bool is_link_section(const struct outline *o, struct section *s)
{
	bool has_list = false;
	for (size_t i = s->heading + 1; i < s->end; i = raw_at(o, i)->end) {
		const struct block *block = raw_at(o, i);
		if (block->kind == BLOCK_RULE)
			continue;
		if (block->kind != BLOCK_LIST) {
			s->notes = i;
			return has_list && raw_at(o, i - 1)->kind == BLOCK_RULE;
		}
		has_list = true;
		for (size_t item = i + 1; item < block->end; item = raw_at(o, item)->end)
			if (!is_link_item(o, item))
				return false;
	}
	return has_list;
}

/* A known label opens one of the first blocks. */
static bool has_labels(const struct outline *o, size_t from, size_t end)
{
	size_t n = 0;
	for (size_t i = from; i < end && n < 3; i++) {
		const struct block *block = raw_at(o, i);
		if (block->kind != BLOCK_PARA)
			continue;
		n++;
		enum label_role role = label_at(o->maker->raw, block, 0, block->text.len).role;
		if (role != LABEL_NONE && role != LABEL_FIELD && role != LABEL_META)
			return true;
	}
	return false;
}

static bool has_content(const struct outline *o, size_t from, size_t end)
{
	for (size_t i = from; i < end; i++)
		if (raw_at(o, i)->kind != BLOCK_RULE)
			return true;
	return false;
}

static bool is_label_heading(const struct outline *o, const struct section *s)
{
	return label_of_heading(raw_at(o, s->heading)->text).role != LABEL_NONE;
}

static void find_sections(struct outline *o)
{
	const struct build *raw = o->maker->raw;
	for (size_t i = 0; i < raw->n_blocks; i = raw->blocks[i].end) {
		if (raw->blocks[i].kind != BLOCK_HEADING)
			continue;
		if (o->n)
			o->sections[o->n - 1].end = i;
		o->sections =
			arena_more(raw->arrays, o->sections, o->n, &o->cap, sizeof(*o->sections));
		o->sections[o->n++] = (struct section){
			.heading = i, .end = raw->n_blocks, .level = raw->blocks[i].level};
	}
	for (size_t i = 0; i < o->n; i++) {
		struct section *s = &o->sections[i];
		s->has_labels = has_labels(o, s->heading + 1, s->end);
		s->notes = s->end;
		s->is_links = is_link_section(o, s);
		s->has_content = has_content(o, s->heading + 1, s->end);
		bool is_parent = i + 1 < o->n && o->sections[i + 1].level > s->level;
		if (is_parent && s->level > 1)
			s->has_labels |= is_label_heading(o, &o->sections[i + 1]);
	}
}

static bool has_date(const struct outline *o, const struct section *s)
{
	struct date date;
	return date_find(raw_at(o, s->heading)->text, &date, NULL, NULL);
}

/* The first heading is the issue's when little stands before it and it is alone at its level or
 * dated; a second dated one close behind it is its second line. */
static size_t count_issue_headings(const struct outline *o)
{
	size_t n_before = 0, n_same = 0;
	if (o->n < 2)
		return 0;
	for (size_t i = 0; i < o->sections[0].heading; i++)
		n_before += raw_at(o, i)->text.len;
	for (size_t i = 1; i < o->n; i++)
		n_same += o->sections[i].level == o->sections[0].level;
	bool is_dated = has_date(o, &o->sections[0]);
	if (n_before > PREAMBLE_MAX || o->sections[0].has_labels || (n_same && !is_dated))
		return 0;
	bool is_second = o->sections[1].level == o->sections[0].level &&
			 has_date(o, &o->sections[1]) && is_dated &&
			 o->sections[1].heading <= o->sections[0].heading + 3;
	return is_second ? 2 : 1;
}

static struct str heading_text(const struct outline *o, const struct section *s)
{
	return story_line(o->maker->issue->arena, raw_at(o, s->heading)->text);
}

/* Bytes of one heading in a path of them. A long one is cut: it may head any number of sections. */
#define PATH_PART_MAX 240

/* What stands under the section has its heading, after those above it, for a category. */
static struct str path_under(const struct outline *o, const struct section *s)
{
	struct strbuf out = strbuf_make(o->maker->issue->arena);
	struct str text = heading_text(o, s);
	if (s->parent && o->sections[s->parent - 1].path.len) {
		strbuf_put(&out, o->sections[s->parent - 1].path);
		strbuf_puts(&out, " › ");
	}
	size_t len = text.len < PATH_PART_MAX ? text.len : PATH_PART_MAX;
	while (len < text.len && len > 0 && ((unsigned char)text.p[len] & 0xc0) == 0x80)
		len--;
	strbuf_put(&out, str_sub(text, 0, len));
	strbuf_puts(&out, len < text.len ? "…" : "");
	return strbuf_str(&out);
}

static struct str category_of(const struct outline *o, const struct section *s)
{
	return s->parent ? o->sections[s->parent - 1].path : (struct str){0};
}

/* The nearest heading above each section, by levels. */
static void find_parents(struct outline *o)
{
	size_t open[8] = {0}; /* index + 1 of the last section of each level */
	for (size_t i = 0; i < o->n; i++) {
		struct section *s = &o->sections[i];
		for (size_t level = s->level; level < 8; level++)
			open[level] = 0;
		for (size_t level = s->level; level-- > 1 && !s->parent;)
			s->parent = open[level];
		if (s->is_issue)
			continue;
		open[s->level] = i + 1;
		if (i + 1 < o->n && o->sections[i + 1].level > s->level)
			s->path = path_under(o, s);
	}
}

/* The last section that belongs to a story at `index`: deeper headings without labels of their own.
 */
static size_t story_end(const struct outline *o, size_t index, bool is_labelled)
{
	size_t next = index + 1;
	while (is_labelled && next < o->n && o->sections[next].level > o->sections[index].level &&
	       !o->sections[next].has_labels)
		next++;
	return next;
}

/* In the reference format rules separate: text behind the last rule of the last story is the
 * issue's. */
static size_t last_notes(const struct outline *o, const struct section *s)
{
	size_t notes = s->end;
	for (size_t i = s->heading + 1; i < s->end; i = raw_at(o, i)->end)
		if (raw_at(o, i)->kind == BLOCK_RULE && i > s->heading + 1)
			notes = i + 1;
	return notes;
}

static void make_notes(struct outline *o, size_t from, size_t end)
{
	const struct str none = {0};
	if (has_content(o, from, end))
		story_of_text(o->maker, from, end, none, none);
	else
		maker_copy(o->maker, from, end, PART_SPLIT);
}

static void make_section(struct outline *o, size_t *index, bool is_labelled)
{
	struct section *s = &o->sections[*index];
	struct str path = category_of(o, s);
	bool is_parent = *index + 1 < o->n && o->sections[*index + 1].level > s->level;
	if (s->is_links) {
		struct strbuf name = strbuf_make(o->maker->issue->arena);
		strbuf_put(&name, path);
		strbuf_puts(&name, path.len ? " › " : "");
		strbuf_put(&name, heading_text(o, s));
		maker_copy(o->maker, s->heading, s->heading + 1, PART_BODY);
		story_briefs(o->maker, s->heading + 1, s->notes, strbuf_str(&name));
		make_notes(o, s->notes, s->end);
	} else if (!s->has_content && is_parent && !(is_labelled && s->has_labels)) {
		maker_copy(o->maker, s->heading, s->end, PART_BODY);
	} else {
		size_t next = story_end(o, *index, is_labelled && s->has_labels);
		const struct section *last = &o->sections[next - 1];
		bool has_notes = is_labelled && s->has_labels && next == o->n;
		size_t end = has_notes ? last_notes(o, last) : last->end;
		story_with_heading(o->maker, s->heading, end, path);
		make_notes(o, end, last->end);
		*index = next;
		return;
	}
	(*index)++;
}

/* The heading without its date and what only decorates it. */
static struct str publication_of(struct arena *arena, struct str title)
{
	static const char *const pairs[][2] = {{"(", ")"}, {"（", "）"}, {"[", "]"}, {"【", "】"}};
	size_t at, len;
	struct date date;
	struct str left = title, right = {0};
	if (date_find(title, &date, &at, &len)) {
		left = str_trim(str_sub(title, 0, at));
		right = str_trim(str_from(title, at + len));
		for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
			if (str_ends(left, pairs[i][0]) && str_starts(right, pairs[i][1])) {
				left.len -= strlen(pairs[i][0]);
				right = str_from(right, strlen(pairs[i][1]));
			}
	}
	struct strbuf out = strbuf_make(arena);
	strbuf_put(&out, left);
	strbuf_puts(&out, left.len && right.len ? " " : "");
	strbuf_put(&out, right);
	struct str name = str_trim(strbuf_str(&out));
	uint32_t cp;
	for (size_t n; name.len; name = str_trim(str_from(name, n))) {
		n = utf8_next(name, 0, &cp);
		if (codepoint_is_word(cp) || (codepoint_is_cjk(cp) && cp >= 0x3040 && cp < 0xff00))
			break;
	}
	while (name.len && strchr(" -|,:_/(#", name.p[name.len - 1]))
		name.len--;
	static const char *const tails[] = {"–", "—", "｜", "·", "（", "：", "\xef\xb8\x8f"};
	for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++)
		if (str_ends(name, tails[i]))
			name = str_trim(str_sub(name, 0, name.len - strlen(tails[i])));
	return str_trim(name);
}

static void take_issue_headings(struct outline *o, size_t n)
{
	struct issue *issue = o->maker->issue;
	for (size_t i = 0; i < n; i++) {
		struct section *s = &o->sections[i];
		struct str text = heading_text(o, s);
		s->is_issue = true;
		if (text.len > issue->title.len)
			issue->title = text;
		if (!issue->date.year)
			date_find(text, &issue->date, NULL, NULL);
	}
}

static void name_issue(struct issue *issue, const struct front *front)
{
	if (issue->title.len == 0)
		issue->title = str_copy(issue->arena, front->title);
	if (!issue->date.year)
		date_find(front->date, &issue->date, NULL, NULL);
	if (!issue->date.year)
		date_find(issue->title, &issue->date, NULL, NULL);
	if (!issue->date.year) {
		size_t slash = issue->path.len;
		while (slash > 0 && issue->path.p[slash - 1] != '/')
			slash--;
		date_find(str_from(issue->path, slash), &issue->date, NULL, NULL);
	}
	issue->publication = publication_of(issue->arena, issue->title);
}

/* Front matter belongs to the issue's heading: its title is one where the text has none. */
static void put_front(struct maker *maker, const struct front *front, bool has_heading)
{
	struct build *done = &maker->done;
	bool is_title = !has_heading && front->title.len;
	struct block block = {.part = PART_ISSUE, .number = -1, .line = 2, .level = 1};
	block.kind = BLOCK_HEADING;
	block.text = str_copy(done->arena, front->title);
	if (is_title)
		build_block(done, block);
	block.kind = BLOCK_CODE;
	block.level = 0;
	block.text = str_trim(front_rest(done->arena, front, is_title));
	if (block.text.len)
		build_block(done, block);
}

void outline_make(struct issue *issue, struct build *raw, const struct front *front)
{
	struct maker maker = {
		.issue = issue,
		.raw = raw,
		.done = {.arena = issue->arena, .arrays = issue->arena, .scratch = raw->scratch}};
	struct outline o = {.maker = &maker};
	find_sections(&o);
	const struct str none = {0}, front_title = str_copy(issue->arena, front->title);
	size_t n_issue = count_issue_headings(&o), at = 0;
	bool is_labelled = false;
	for (size_t i = n_issue; i < o.n; i++)
		is_labelled |= o.sections[i].has_labels;
	issue->dialect = is_labelled     ? DIALECT_LABELS
			 : o.n > n_issue ? DIALECT_OUTLINE
					 : DIALECT_DOCUMENT;
	take_issue_headings(&o, n_issue);
	find_parents(&o);
	put_front(&maker, front, n_issue > 0);
	for (size_t i = 0; i < n_issue; i++)
		maker_copy(&maker, o.sections[i].heading, o.sections[i].heading + 1, PART_ISSUE);
	/* What stands before the first story: around the issue's headings. */
	size_t first = n_issue < o.n ? o.sections[n_issue].heading : raw->n_blocks;
	for (size_t i = 0; i <= n_issue; i++) {
		size_t end = i < n_issue ? o.sections[i].heading : first;
		if (at < end && has_content(&o, at, end))
			story_of_text(&maker, at, end, o.n ? none : front_title, none);
		else if (at < end)
			maker_copy(&maker, at, end, PART_SPLIT);
		at = end + 1;
	}
	for (size_t i = n_issue; i < o.n;)
		make_section(&o, &i, is_labelled);
	name_issue(issue, front);
	issue->blocks = maker.done.blocks;
	issue->n_blocks = maker.done.n_blocks;
	issue->spans = maker.done.spans;
	issue->n_spans = maker.done.n_spans;
	issue->links = raw->links;
	issue->n_links = raw->n_links;
	story_ids(&maker, maker.stories, maker.n_stories);
	issue->stories = maker.stories;
	issue->n_stories = maker.n_stories;
	issue->categories = maker.categories;
	issue->n_categories = maker.n_categories;
}
