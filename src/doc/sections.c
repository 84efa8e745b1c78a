/* The sections of an issue and what each of them is, by what stands in it and beside it. */
#include <string.h>

#include <sulan/arena.h>
#include <sulan/utf8.h>

#include "outline.h"

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

/* How sure it is that a leaf has a story's labels, by its lines: two that only tell more are worth
 * one that says category, source, insight or summary. */
static unsigned label_weight(const struct outline *o, size_t index)
{
	const struct build *raw = o->maker->raw;
	unsigned weight = 0;
	if (index >= raw->n_blocks || raw_at(o, index)->kind != BLOCK_PARA)
		return 0;
	const struct block *block = raw_at(o, index);
	for (size_t from = 0, to, n = 0; from < block->text.len && n < 4; from = to + 1, n++) {
		for (to = from; to < block->text.len && block->text.p[to] != SOFT_BREAK &&
				block->text.p[to] != '\n';)
			to++;
		enum label_role role = label_at(raw, block, from, to).role;
		bool is_sure = role == LABEL_CATEGORY || role == LABEL_SOURCE ||
			       role == LABEL_INSIGHT || role == LABEL_SUMMARY;
		weight += is_sure ? 2 : role == LABEL_META;
		/* Prose comes first: a label further down is part of it. */
		if (role == LABEL_NONE)
			break;
	}
	return weight;
}

/* The same of a list, by its first items, most of which have to be labelled. */
static unsigned list_weight(const struct outline *o, size_t list)
{
	unsigned weight = 0;
	size_t n = 0, n_labelled = 0;
	for (size_t i = list + 1; i < raw_at(o, list)->end && n < 4; i = raw_at(o, i)->end, n++) {
		unsigned more = label_weight(o, i + 1);
		weight += more;
		n_labelled += more > 0;
	}
	return n_labelled * 2 >= n ? weight : 0;
}

/* Known labels open one of the first blocks, or items of the list that comes first. */
static bool has_labels(const struct outline *o, size_t from, size_t end)
{
	size_t n = 0;
	for (size_t i = from; i < end && n < 3; i++) {
		const struct block *block = raw_at(o, i);
		if (block->kind == BLOCK_LIST) {
			if (i == from && list_weight(o, i) >= 2)
				return true;
			i = block->end - 1;
			n++;
			continue;
		}
		n += block->kind == BLOCK_PARA;
		if (label_weight(o, i) >= 2)
			return true;
	}
	return false;
}

bool sections_have_content(const struct outline *o, size_t from, size_t end)
{
	for (size_t i = from; i < end; i++)
		if (raw_at(o, i)->kind != BLOCK_RULE)
			return true;
	return false;
}

static bool is_label_heading(const struct outline *o, const struct section *s)
{
	return label_of_heading(o->maker->raw, raw_at(o, s->heading)->text).role != LABEL_NONE;
}

void sections_find(struct outline *o)
{
	const struct build *raw = o->maker->raw;
	for (size_t i = 0; i < raw->n_blocks; i = raw->blocks[i].end) {
		if (raw->blocks[i].kind != BLOCK_HEADING)
			continue;
		if (o->n)
			o->sections[o->n - 1].end = i;
		o->sections =
			arena_more(raw->arrays, o->sections, o->n, &o->cap, sizeof(*o->sections));
		o->sections[o->n++] = (struct section){.heading = i,
						       .end = raw->n_blocks,
						       .pattern = {.dialect = DIALECT_OUTLINE},
						       .level = raw->blocks[i].level};
	}
	for (size_t i = 0; i < o->n; i++) {
		struct section *s = &o->sections[i];
		s->has_labels = has_labels(o, s->heading + 1, s->end);
		s->notes = s->end;
		s->is_links = is_link_section(o, s);
		s->has_content = sections_have_content(o, s->heading + 1, s->end);
		bool is_parent = i + 1 < o->n && o->sections[i + 1].level > s->level;
		if (is_parent && s->level > 1)
			s->has_labels |= is_label_heading(o, &o->sections[i + 1]);
	}
}

/* At least so many of the text's hundredths are a link that leads elsewhere. */
static bool is_linked_heading(const struct outline *o, const struct section *s)
{
	const struct build *raw = o->maker->raw;
	const struct block *heading = raw_at(o, s->heading);
	size_t n = 0;
	for (size_t i = heading->span; i < heading->span + heading->n_spans; i++) {
		uint32_t link = raw->spans[i].link;
		if (link && !raw->links[link - 1].is_image &&
		    link_host(raw->links[link - 1].url).len)
			n += raw->spans[i].len;
	}
	return n * 100 >= heading->text.len * 40;
}

static bool holds_pattern(const struct section *s)
{
	return s->is_links || s->pattern.dialect != DIALECT_OUTLINE;
}

/* Sections of a level most of which have a link for a heading are stories, unless they hold them.
 */
static void find_linked(struct outline *o, size_t from)
{
	size_t n_all[8] = {0}, n_linked[8] = {0}, n_holding[8] = {0};
	for (size_t i = from; i < o->n; i++) {
		struct section *s = &o->sections[i];
		n_all[s->level]++;
		n_linked[s->level] += is_linked_heading(o, s);
		n_holding[s->level] += holds_pattern(s);
	}
	for (size_t i = from; i < o->n; i++) {
		struct section *s = &o->sections[i];
		size_t n = n_all[s->level];
		bool is_level = n_linked[s->level] >= 2 && n_linked[s->level] * 100 >= n * 60 &&
				n_holding[s->level] * 100 < n * 30;
		s->is_linked = is_level && is_linked_heading(o, s);
	}
}

/* What a title says, without signs and blanks. */
static struct str title_key(struct arena *arena, struct str title)
{
	struct strbuf key = strbuf_make(arena);
	uint32_t cp;
	for (size_t at = 0, len; at < title.len; at += len) {
		len = utf8_next(title, at, &cp);
		if (codepoint_is_word(cp) || (codepoint_is_cjk(cp) && cp >= 0x3040))
			strbuf_put(&key, str_sub(title, at, len));
	}
	return strbuf_str(&key);
}

/* The heading story that an item announces, by its title or link; 0 for none, else index + 1. */
static size_t announced(struct outline *o, struct names *stories, size_t from, size_t end)
{
	const struct build *raw = o->maker->raw;
	struct str key = {0};
	if (from + 1 < end && raw->blocks[from + 1].kind == BLOCK_PARA)
		key = title_key(raw->arrays, raw->blocks[from + 1].text);
	size_t named = key.len ? *names_at(raw->arrays, stories, key) : 0;
	if (named)
		return named;
	for (size_t i = from; i < end; i++)
		for (size_t k = 0; k < raw->blocks[i].n_spans; k++) {
			uint32_t link = raw->spans[raw->blocks[i].span + k].link;
			if (!link)
				continue;
			size_t story = *names_at(raw->arrays, stories, raw->links[link - 1].url);
			if (story)
				return story;
		}
	return 0;
}

/* Most items of the section's lists announce stories: gives these its heading for a category. */
static bool is_overview(struct outline *o, struct section *s, struct names *stories)
{
	const struct build *raw = o->maker->raw;
	size_t n = 0, n_announced = 0;
	for (int is_sure = 0; is_sure < 2; is_sure++) {
		for (size_t i = s->heading + 1; i < s->end; i = raw->blocks[i].end) {
			if (raw->blocks[i].kind != BLOCK_LIST)
				continue;
			for (size_t k = i + 1; k < raw->blocks[i].end; k = raw->blocks[k].end) {
				size_t story = announced(o, stories, k, raw->blocks[k].end);
				n++;
				n_announced += story > 0;
				if (is_sure && story)
					o->sections[story - 1].topic = s->heading + 1;
			}
		}
		if (n == 0 || n_announced * 100 < n * 60)
			return false;
	}
	return true;
}

static void find_overview(struct outline *o, size_t from)
{
	const struct build *raw = o->maker->raw;
	struct names stories = {0};
	bool has_linked = false;
	for (size_t i = from; i < o->n; i++) {
		const struct block *heading = raw_at(o, o->sections[i].heading);
		has_linked |= o->sections[i].is_linked;
		if (o->sections[i].has_content)
			*names_at(raw->arrays, &stories, title_key(raw->arrays, heading->text)) =
				(uint32_t)i + 1;
		for (size_t k = 0; o->sections[i].is_linked && k < heading->n_spans; k++) {
			uint32_t link = raw->spans[heading->span + k].link;
			if (link)
				*names_at(raw->arrays, &stories, raw->links[link - 1].url) =
					(uint32_t)i + 1;
		}
	}
	if (!has_linked)
		return;
	for (size_t i = from; i < o->n; i++)
		if (!o->sections[i].is_linked)
			o->sections[i].is_overview = is_overview(o, &o->sections[i], &stories);
}

/* The pattern of each section that is no story, eased by the votes of those before. */
static void find_patterns(struct outline *o, size_t from, const struct votes *votes)
{
	for (size_t i = from; i < o->n; i++) {
		struct section *s = &o->sections[i];
		if (s->has_labels || !s->has_content || s->is_linked || s->is_said ||
		    s->is_overview)
			continue;
		struct str heading = raw_at(o, s->heading)->text;
		s->pattern = pattern_find(o->maker->raw, heading, s->heading + 1, s->end, votes);
	}
}

/* Most sections with a text are lists. */
static bool has_lists(const struct outline *o, size_t from)
{
	size_t n = 0, n_lists = 0;
	for (size_t i = from; i < o->n; i++) {
		const struct section *s = &o->sections[i];
		n += s->has_content;
		n_lists += pattern_list_items(o->maker->raw, s->heading + 1, s->end) >= 2;
	}
	return n_lists > 0 && n_lists * 2 >= n;
}

/* Headings of the level that the profile says are stories, and no others. */
static void find_said(struct outline *o, size_t from)
{
	const struct profile *profile = o->maker->raw->profile;
	if (!profile || profile->story != PROFILE_HEADING)
		return;
	for (size_t i = from; i < o->n; i++) {
		struct section *s = &o->sections[i];
		s->is_said = s->level == profile->story_level;
		s->has_labels = s->is_links = false;
	}
}

/* "1.2", "v2" or "Unreleased" as a word of the text. */
static bool has_version(struct str text)
{
	for (size_t i = 0; i < text.len; i++) {
		size_t at = i, n = 0, n_dots = 0;
		char before = i ? text.p[i - 1] : ' ';
		if (before != ' ' && before != '[' && before != '(')
			continue;
		bool has_v = (text.p[at] | 32) == 'v';
		at += has_v;
		for (; at < text.len &&
		       ((text.p[at] >= '0' && text.p[at] <= '9') || (text.p[at] == '.' && n));
		     at++) {
			n_dots += text.p[at] == '.';
			n++;
		}
		/* Two dots, or a "v": a number with one may be anything. */
		if (n && (n_dots >= 2 || (has_v && n > n_dots)))
			return true;
	}
	return str_find(text, STR("nreleased"), 0) != STR_NOT_FOUND;
}

/* Of the items of the lists in raw blocks from..end, how many there are and how many have a link.
 */
static void count_items(const struct outline *o, size_t from, size_t end, size_t *n,
			size_t *n_linked)
{
	for (size_t i = from; i < end; i++) {
		if (raw_at(o, i)->kind != BLOCK_ITEM || raw_at(o, i)->depth != 1)
			continue;
		++*n;
		*n_linked += pattern_has_link(o->maker->raw, i, raw_at(o, i)->end);
	}
}

/* Versions of which most headings of a level are, with what was changed listed below and no links
 * to follow: each is a story. */
static void find_releases(struct outline *o, size_t from)
{
	size_t n_all[8] = {0}, n_versions[8] = {0}, n_items[8] = {0}, n_linked[8] = {0};
	uint8_t level = 0;
	for (size_t i = from; i < o->n; i++) {
		const struct section *s = &o->sections[i];
		bool is_version = has_version(raw_at(o, s->heading)->text);
		level = is_version || s->level <= level ? s->level : level;
		n_all[s->level]++;
		n_versions[s->level] += is_version;
		count_items(o, s->heading, s->end, &n_items[level], &n_linked[level]);
	}
	for (size_t i = from; i < o->n; i++) {
		struct section *s = &o->sections[i];
		size_t k = s->level;
		if (n_versions[k] >= 2 && n_versions[k] * 100 >= n_all[k] * 60 && n_items[k] &&
		    n_linked[k] * 100 < n_items[k] * 40)
			s->is_said = true;
	}
}

/* Headings that come again and again under others are parts of these: "Added", "Abstract". */
static void find_parts(struct outline *o, size_t from)
{
	for (uint8_t level = 2; level <= 6; level++) {
		struct names names = {0}, parents = {0};
		size_t n = 0, n_holding = 0;
		for (size_t i = from; i < o->n; i++) {
			struct section *s = &o->sections[i];
			if (s->level != level || !s->parent || s->parent <= from)
				continue;
			struct str parent = raw_at(o, o->sections[s->parent - 1].heading)->text;
			struct str text = raw_at(o, s->heading)->text;
			*names_at(o->maker->raw->arrays, &names, text) = 1;
			*names_at(o->maker->raw->arrays, &parents, parent) = 1;
			n_holding += s->is_links || s->pattern.dialect != DIALECT_OUTLINE;
			n++;
		}
		if (n < 4 || names.n * 2 > n || parents.n < 2 || n_holding * 100 >= n * 40)
			continue;
		for (size_t i = from; i < o->n; i++)
			if (o->sections[i].level == level && o->sections[i].parent > from)
				o->sections[o->sections[i].parent - 1].is_said = true;
	}
}

/* Code points of a text of several paragraphs that make it an essay. */
#define ESSAY_POINTS 200

/* Headings that count up below a longer text, none of which leads anywhere, are its parts. */
static void find_essays(struct outline *o, size_t from)
{
	const struct build *raw = o->maker->raw;
	for (size_t i = from; i + 2 < o->n; i++) {
		struct section *s = &o->sections[i];
		size_t n_points = 0, next = i + 1;
		int value = 0;
		for (size_t b = s->heading + 1; b < s->end; b++)
			for (size_t k = 0; k < raw->blocks[b].text.len; k++)
				n_points +=
					((unsigned char)raw->blocks[b].text.p[k] & 0xc0) != 0x80;
		if (n_points < ESSAY_POINTS || s->pattern.dialect != DIALECT_OUTLINE)
			continue;
		while (next < o->n && o->sections[next].level == s->level + 1 &&
		       number_at(raw_at(o, o->sections[next].heading)->text, &value) &&
		       value == (int)(next - i) && !o->sections[next].has_labels &&
		       !pattern_has_link(raw, o->sections[next].heading, o->sections[next].end))
			next++;
		bool is_end = next == o->n || o->sections[next].level <= s->level;
		s->is_said |= is_end && next > i + 2;
	}
}

void sections_recognise(struct outline *o, size_t from)
{
	struct votes votes = {.n_asked = 0};
	find_said(o, from);
	votes.has_lists = has_lists(o, from);
	find_patterns(o, from, &votes);
	if (!o->maker->raw->profile || o->maker->raw->profile->story == PROFILE_GUESS) {
		find_releases(o, from);
		find_parts(o, from);
		find_essays(o, from);
	}
	find_linked(o, from);
	find_overview(o, from);
	for (size_t i = from; i < o->n; i++) {
		const struct section *s = &o->sections[i];
		if (!s->has_labels && s->has_content && !s->is_linked && !s->is_said &&
		    !s->is_overview)
			pattern_vote(&votes, s->pattern.dialect);
	}
	find_patterns(o, from, &votes);
}
