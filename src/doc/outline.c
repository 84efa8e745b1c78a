/* From headings to sections to stories: which section is a story, and which holds several. */
#include <string.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

#include "outline.h"

static struct str heading_text(const struct outline *o, const struct section *s)
{
	return story_line(o->maker->issue->arena, s->text);
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
	struct str part = utf8_cut(text, PATH_PART_MAX);
	strbuf_put(&out, part);
	strbuf_puts(&out, part.len < text.len ? "…" : "");
	return strbuf_str(&out);
}

/* The nearest heading above of the level the profile says; empty when there is none. */
static struct str category_by_level(const struct outline *o, const struct section *s, uint8_t level)
{
	while (s->level != level && s->parent)
		s = &o->sections[s->parent - 1];
	return s->level == level && !s->is_issue ? heading_text(o, s) : (struct str){0};
}

static struct str category_of(const struct outline *o, const struct section *s)
{
	const struct profile *profile = o->maker->raw->profile;
	if (profile && profile->category_level && profile->category_level < s->level)
		return category_by_level(o, s, profile->category_level);
	return s->parent ? o->sections[s->parent - 1].path : (struct str){0};
}

/* The category of what stands in the section itself. */
static struct str category_under(const struct outline *o, const struct section *s)
{
	const struct profile *profile = o->maker->raw->profile;
	if (profile && profile->category_level && profile->category_level <= s->level)
		return category_by_level(o, s, profile->category_level);
	return path_under(o, s);
}

/* All other headings are below this one: as a category it would tell nothing apart. */
static bool is_over_all(const struct outline *o, size_t index)
{
	if (index > 0 && !o->sections[index - 1].is_issue)
		return false;
	for (size_t i = index + 1; i < o->n; i++)
		if (o->sections[i].level <= o->sections[index].level)
			return false;
	return o->n > index + 2;
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
		if (i + 1 < o->n && o->sections[i + 1].level > s->level && !is_over_all(o, i))
			s->path = path_under(o, s);
	}
}

/* The last section that belongs to a story at `index`: deeper headings without labels of their own.
 */
static size_t story_end(const struct outline *o, size_t index)
{
	size_t next = index + 1;
	while (next < o->n && o->sections[next].level > o->sections[index].level &&
	       (o->sections[index].is_said ||
		(!o->sections[next].has_labels && !o->sections[next].is_linked)))
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
	o->maker->dialect = DIALECT_DOCUMENT;
	if (sections_have_content(o, from, end))
		story_of_text(o->maker, from, end, none, none);
	else
		maker_copy(o->maker, from, end, PART_SPLIT);
}

static bool is_parent(const struct outline *o, size_t index)
{
	return index + 1 < o->n && o->sections[index + 1].level > o->sections[index].level;
}

static bool is_story(const struct section *s)
{
	return s->has_labels || s->is_linked || s->is_said;
}

/* The section has its heading and what stands deeper for one story. */
static size_t make_story(struct outline *o, size_t index)
{
	struct section *s = &o->sections[index];
	struct str path =
		s->topic.len ? story_line(o->maker->issue->arena, s->topic) : category_of(o, s);
	size_t next = is_story(s) ? story_end(o, index) : index + 1;
	const struct section *last = &o->sections[next - 1];
	size_t end = s->has_labels && next == o->n ? last_notes(o, last) : last->end;
	o->maker->dialect = s->is_linked    ? DIALECT_HEADINGS
			    : s->has_labels ? DIALECT_LABELS
			    : s->is_said    ? DIALECT_PARTS
					    : DIALECT_OUTLINE;
	story_with_heading(o->maker, s->heading, end, path);
	make_notes(o, end, last->end);
	return next;
}

/* What announces the stories is one text; how far it goes, or `index` when it is none. */
static size_t overview_end(const struct outline *o, size_t index)
{
	size_t next = index;
	if (!o->sections[index].has_content && is_parent(o, index))
		next++;
	size_t first = next;
	while (next < o->n && o->sections[next].is_overview &&
	       (next == first || o->sections[next].level >= o->sections[first].level))
		next++;
	return next > first ? next : index;
}

/* Makes the stories of a section, and of those it takes with it; returns the next. */
static size_t make_section(struct outline *o, size_t index)
{
	struct section *s = &o->sections[index];
	size_t next = overview_end(o, index);
	if (next > index) {
		o->maker->dialect = DIALECT_OVERVIEW;
		story_with_heading(o->maker, s->heading, o->sections[next - 1].end,
				   category_of(o, s));
		return next;
	}
	if (!is_story(s) && (s->is_links || s->pattern.dialect != DIALECT_OUTLINE)) {
		struct str path = category_under(o, s);
		maker_copy(o->maker, s->heading, s->heading + 1, PART_BODY);
		if (!s->is_links) {
			piece_stories(o->maker, &s->pattern, s->heading + 1, s->end, path);
			return index + 1;
		}
		o->maker->dialect = DIALECT_LINKS;
		story_briefs(o->maker, s->heading + 1, s->notes, path);
		make_notes(o, s->notes, s->end);
		return index + 1;
	}
	if (!s->has_content && is_parent(o, index) && !is_story(s)) {
		maker_copy(o->maker, s->heading, s->end, PART_BODY);
		return index + 1;
	}
	return make_story(o, index);
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
			date_find(str_sub(text, 0, HEADING_BYTES), &issue->date, NULL, NULL);
	}
}

/* Nothing but pictures, as on a cover. */
static bool is_cover(const struct outline *o, size_t from, size_t end)
{
	for (size_t i = from; i < end; i++)
		if (!build_is_container(raw_at(o, i)) &&
		    build_has_words(o->maker->raw, raw_at(o, i)))
			return false;
	return true;
}

/* Text before the first story, around the issue's headings. */
static void make_preamble(struct outline *o, size_t from, size_t end, struct str title)
{
	const struct str none = {0};
	struct votes votes = {.n_asked = 0};
	bool is_all = o->n == 1 && o->sections[0].is_issue;
	votes.is_issue = is_all && heading_is_dated(o, &o->sections[0]);
	votes.has_lists = is_all && pattern_list_items(o->maker->raw, from, end) >= 3;
	if (!sections_have_content(o, from, end)) {
		maker_copy(o->maker, from, end, PART_SPLIT);
		return;
	}
	struct pattern pattern = pattern_find(o->maker->raw, none, from, end, &votes);
	if (pattern.dialect != DIALECT_OUTLINE) {
		piece_stories(o->maker, &pattern, from, end, none);
		return;
	}
	o->maker->dialect = DIALECT_DOCUMENT;
	story_of_text(o->maker, from, end, title, none);
}

/* How sure each way of writing stories is that what it takes for one is one, in per cent. */
static const uint8_t certainty[DIALECT_COUNT] = {
	[DIALECT_LABELS] = 100,   [DIALECT_OUTLINE] = 60,  [DIALECT_DOCUMENT] = 40,
	[DIALECT_HEADINGS] = 100, [DIALECT_LINKS] = 95,    [DIALECT_ITEMS] = 90,
	[DIALECT_NUMBERS] = 95,   [DIALECT_BOLD] = 85,     [DIALECT_ROWS] = 95,
	[DIALECT_PARAS] = 75,     [DIALECT_OVERVIEW] = 90, [DIALECT_PARTS] = 95,
};

static void weigh(struct issue *issue, const struct story *stories, size_t n)
{
	size_t n_chars[DIALECT_COUNT] = {0}, n_all = 0, n_sure = 0;
	for (size_t i = 0; i < n; i++) {
		n_chars[stories[i].dialect] += stories[i].n_chars + 1;
		n_all += stories[i].n_chars + 1;
		n_sure += ((size_t)stories[i].n_chars + 1) * certainty[stories[i].dialect];
	}
	issue->dialect = DIALECT_DOCUMENT;
	for (size_t i = 0; i < DIALECT_COUNT; i++)
		if (i != DIALECT_OVERVIEW && n_chars[i] > n_chars[issue->dialect])
			issue->dialect = (enum dialect)i;
	issue->confidence = n_all ? (unsigned)(n_sure / n_all) : 0;
}

/* The profile for the publication, by the heading that will most likely be the issue's. */
static void take_profile(struct maker *maker, const struct front *front)
{
	struct build *raw = maker->raw;
	struct str title = front->title;
	if (!raw->profiles)
		return;
	for (size_t i = 0; i < raw->n_blocks && title.len == 0; i++)
		if (raw->blocks[i].kind == BLOCK_HEADING)
			title = story_line(raw->arrays, raw->blocks[i].text);
	raw->profile =
		profile_for(raw->profiles, publication_of(raw->arrays, title), maker->issue->path);
	maker->done.profiles = raw->profiles;
	maker->done.profile = raw->profile;
	if (raw->profile)
		maker->issue->profile = str_copy(maker->issue->arena, raw->profile->name);
}

/* Stories that the profile leaves out are no stories, and their text is not shown. */
static void drop_stories(struct maker *maker)
{
	size_t n = 0;
	for (size_t i = 0; maker->raw->profile && i < maker->n_stories; i++) {
		struct story *story = &maker->stories[i];
		struct str category = maker->categories[story->category];
		if (!profile_drops(maker->raw->profile, story->title) &&
		    !profile_drops(maker->raw->profile, category)) {
			maker->stories[n++] = *story;
			continue;
		}
		for (uint32_t b = story->block; b < story->end; b++)
			maker->done.blocks[b].part = PART_SPLIT;
	}
	if (maker->raw->profile)
		maker->n_stories = n;
}

void outline_make(struct issue *issue, struct build *raw, const struct front *front)
{
	struct maker maker = {.issue = issue,
			      .raw = raw,
			      .done = {.arena = issue->arena,
				       .arrays = issue->arena,
				       .scratch = raw->scratch,
				       .words = raw->words,
				       .links = raw->links,
				       .n_links = raw->n_links}};
	struct outline o = {.maker = &maker};
	take_profile(&maker, front);
	sections_find(&o);
	const struct str none = {0}, front_title = str_copy(issue->arena, front->title);
	size_t n_issue = heading_count_issue(&o), at = 0;
	take_issue_headings(&o, n_issue);
	find_parents(&o);
	sections_recognise(&o, n_issue);
	name_put_front(&maker, front, n_issue > 0);
	for (size_t i = 0; i < n_issue; i++)
		maker_copy(&maker, o.sections[i].heading, o.sections[i].heading + 1, PART_ISSUE);
	size_t first = n_issue < o.n ? o.sections[n_issue].heading : raw->n_blocks;
	for (size_t i = 0; i <= n_issue; i++) {
		size_t end = i < n_issue ? o.sections[i].heading : first;
		if (i > 0 && at < end && heading_has_date_below(&o, &o.sections[i - 1])) {
			maker_copy(&maker, at, at + 1, PART_ISSUE);
			at++;
		}
		/* A cover goes with the issue's heading where there are stories. */
		if (at < end && n_issue && n_issue < o.n && is_cover(&o, at, end))
			maker_copy(&maker, at, end, PART_ISSUE);
		else if (at < end)
			make_preamble(&o, at, end, o.n ? none : front_title);
		at = end + 1;
	}
	for (size_t i = n_issue; i < o.n;) {
		i = make_section(&o, i);
		build_drop(raw, i < o.n ? o.sections[i].heading : raw->n_blocks);
	}
	name_issue(issue, front, &maker.done);
	drop_stories(&maker);
	weigh(issue, maker.stories, maker.n_stories);
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
