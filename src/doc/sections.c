/* The sections of an issue and what each of them is, by what stands in it and beside it. */
#include <string.h>

#include <sulan/arena.h>

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
		to = str_line_end(block->text, from);
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
						       .text = raw->blocks[i].text,
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

/* Most sections with a text are lists, one of several items among them. */
static bool has_lists(const struct outline *o, size_t from)
{
	size_t n = 0, n_lists = 0, n_long = 0;
	for (size_t i = from; i < o->n; i++) {
		const struct section *s = &o->sections[i];
		size_t n_items = pattern_list_items(o->maker->raw, s->heading + 1, s->end);
		n += s->has_content;
		n_lists += n_items > 0;
		n_long += n_items >= 2;
	}
	return n_long > 0 && n_lists * 2 >= n;
}

void sections_recognise(struct outline *o, size_t from)
{
	struct votes votes = {.n_asked = 0};
	levels_said(o, from);
	votes.has_lists = has_lists(o, from);
	find_patterns(o, from, &votes);
	levels_recognise(o, from);
	overview_find(o, from);
	for (size_t i = from; i < o->n; i++) {
		const struct section *s = &o->sections[i];
		if (!s->has_labels && s->has_content && !s->is_linked && !s->is_said &&
		    !s->is_overview)
			pattern_vote(&votes, s->pattern.dialect);
	}
	find_patterns(o, from, &votes);
}
