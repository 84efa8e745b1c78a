/* Which headings are stories with what stands below them, by what most headings of their level are:
 * a table of rules, and what a profile says instead. */
#include <string.h>

#include <sulan/arena.h>

#include "outline.h"

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

/* "1.2", "v2" or "Unreleased" as a word of the text. */
static bool names_version(struct str text)
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

static bool is_version(const struct outline *o, const struct section *s)
{
	return names_version(raw_at(o, s->heading)->text);
}

static bool holds_stories(const struct section *s)
{
	return s->is_links || s->pattern.dialect != DIALECT_OUTLINE;
}

/* A rule's figures, in per cent: so many headings of a level are such, at least two; fewer sections
 * of them hold stories themselves, and fewer items below them have a link. 101 where it does not
 * matter. */
struct level_rule {
	bool (*is_such)(const struct outline *o, const struct section *s);
	uint8_t share, holding, linked;
	bool is_whole; /* a story has all below its heading, whatever that is */
};

static const struct level_rule rules[] = {
	/* Versions, with what was changed listed below and no links to follow. */
	{is_version, 60, 101, 40, true},
	/* Headings that are links. */
	{is_linked_heading, 60, 30, 101, false},
};

/* What the sections of one level are. */
struct level {
	size_t n, n_such, n_holding, n_items, n_linked;
};

static bool is_fitting(const struct level_rule *rule, const struct level *level)
{
	return level->n_such >= 2 && level->n_such * 100 >= level->n * rule->share &&
	       level->n_holding * 100 < level->n * rule->holding &&
	       (rule->linked > 100 || level->n_linked * 100 < level->n_items * rule->linked);
}

static void apply(struct outline *o, size_t from, const struct level_rule *rule)
{
	struct level levels[8] = {{0}};
	uint8_t above = 0; /* the level that what stands here is below of */
	for (size_t i = from; i < o->n; i++) {
		const struct section *s = &o->sections[i];
		struct level *level = &levels[s->level];
		bool is_such = rule->is_such(o, s);
		above = is_such || s->level <= above ? s->level : above;
		level->n++;
		level->n_such += is_such;
		level->n_holding += holds_stories(s);
		count_items(o, s->heading, s->end, &levels[above].n_items, &levels[above].n_linked);
	}
	for (size_t i = from; i < o->n; i++) {
		struct section *s = &o->sections[i];
		if (!is_fitting(rule, &levels[s->level]))
			continue;
		if (rule->is_whole)
			s->is_said = true;
		else
			s->is_linked = rule->is_such(o, s);
	}
}

/* Headings that come again and again under others are parts of these: "Added", "Abstract". */
static void find_parts(struct outline *o, size_t from)
{
	for (uint8_t level = 2; level <= 6; level++) {
		struct names names = {0}, parents = {0};
		size_t n = 0, n_holding = 0, last = 0;
		for (size_t i = from; i < o->n; i++) {
			struct section *s = &o->sections[i];
			if (s->level != level || !s->parent || s->parent <= from)
				continue;
			struct str text = raw_at(o, s->heading)->text;
			*names_at(o->maker->raw->arrays, &names, text) = 1;
			if (s->parent !=
			    last) { /* a name as long as the text must not be read for each */
				text = raw_at(o, o->sections[s->parent - 1].heading)->text;
				*names_at(o->maker->raw->arrays, &parents, text) = 1;
			}
			last = s->parent;
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

static bool is_essay(const struct build *raw, const struct section *s)
{
	size_t n_points = 0;
	for (size_t b = s->heading + 1; b < s->end; b++)
		for (size_t k = 0; k < raw->blocks[b].text.len && n_points < ESSAY_POINTS; k++)
			n_points += ((unsigned char)raw->blocks[b].text.p[k] & 0xc0) != 0x80;
	return n_points >= ESSAY_POINTS;
}

/* Headings that count up below a longer text, none of which leads anywhere, are its parts. */
static void find_essays(struct outline *o, size_t from)
{
	const struct build *raw = o->maker->raw;
	for (size_t i = from; i + 2 < o->n; i++) {
		struct section *s = &o->sections[i];
		size_t next = i + 1;
		int value = 0;
		if (s->pattern.dialect != DIALECT_OUTLINE)
			continue;
		while (next < o->n && o->sections[next].level == s->level + 1 &&
		       number_at(raw_at(o, o->sections[next].heading)->text, &value) &&
		       value == (int)(next - i) && !o->sections[next].has_labels &&
		       !pattern_has_link(raw, o->sections[next].heading, o->sections[next].end))
			next++;
		bool is_end = next == o->n || o->sections[next].level <= s->level;
		s->is_said |= is_end && next > i + 2 && is_essay(raw, s);
	}
}

/* Headings of the level that the profile says are stories, and no others. */
void levels_said(struct outline *o, size_t from)
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

void levels_recognise(struct outline *o, size_t from)
{
	const struct profile *profile = o->maker->raw->profile;
	if (profile && profile->story != PROFILE_GUESS)
		return;
	for (size_t i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		apply(o, from, &rules[i]);
	find_parts(o, from);
	find_essays(o, from);
}
