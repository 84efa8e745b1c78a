/* Which of the first headings are the issue's own, and whether they say its day. */
#include <string.h>

#include "outline.h"

/* Text before the first heading that may still be the issue's title. */
#define PREAMBLE_MAX 200

/* A line longer than this tells more than a date. */
#define DATE_LINE_BYTES 48

static bool has_date(const struct outline *o, const struct section *s)
{
	struct date date;
	size_t at, len;
	struct str text = str_sub(raw_at(o, s->heading)->text, 0, HEADING_BYTES);
	return date_find(text, &date, NULL, NULL) || date_find_part(text, &date, &at, &len);
}

bool heading_has_date_below(const struct outline *o, const struct section *s)
{
	struct date date;
	size_t len;
	if (s->heading + 1 >= s->end || raw_at(o, s->heading + 1)->kind != BLOCK_PARA)
		return false;
	struct str text = str_trim(raw_at(o, s->heading + 1)->text);
	return text.len <= DATE_LINE_BYTES && date_find(text, &date, NULL, &len) &&
	       text.len - len <= DATE_LINE_BYTES / 2;
}

bool heading_is_dated(const struct outline *o, const struct section *s)
{
	return has_date(o, s) || heading_has_date_below(o, s);
}

/* A heading that is alone, over stories without headings. */
static bool holds_stories(const struct outline *o, const struct section *s)
{
	struct votes votes = {
		.has_lists = pattern_list_items(o->maker->raw, s->heading + 1, s->end) >= 3};
	struct str heading = raw_at(o, s->heading)->text;
	/* A dated one is the issue's, however long it is. */
	votes.is_issue = heading_is_dated(o, s);
	if (votes.is_issue)
		heading = (struct str){0};
	return !s->has_labels &&
	       pattern_find(o->maker->raw, heading, s->heading + 1, s->end, &votes).dialect !=
		       DIALECT_OUTLINE;
}

/* The first heading is a date and no more, and the next, alone at its level, says it again. */
static bool is_named_second(const struct outline *o)
{
	const struct section *first = &o->sections[0], *second = first + 1;
	struct date date;
	size_t len, n_same = 0;
	struct str text = str_trim(raw_at(o, first->heading)->text);
	for (size_t i = 1; i < o->n; i++)
		n_same += o->sections[i].level <= second->level;
	return n_same == 1 && second->heading == first->heading + 1 &&
	       date_find(text, &date, NULL, &len) && len == text.len && has_date(o, second);
}

size_t heading_count_issue(const struct outline *o)
{
	size_t n_before = 0, n_same = 0;
	if (o->n < 2)
		return o->n == 1 && holds_stories(o, &o->sections[0]);
	for (size_t i = 0; i < o->sections[0].heading; i++)
		n_before += raw_at(o, i)->text.len;
	for (size_t i = 1; i < o->n; i++)
		n_same += o->sections[i].level == o->sections[0].level;
	const struct profile *profile = o->maker->raw->profile;
	bool is_said = profile && profile->story_level == o->sections[0].level;
	bool is_dated = heading_is_dated(o, &o->sections[0]);
	if (n_before > PREAMBLE_MAX || o->sections[0].has_labels || (n_same && !is_dated) ||
	    is_said)
		return 0;
	bool is_second = o->sections[1].level == o->sections[0].level &&
			 has_date(o, &o->sections[1]) && is_dated &&
			 o->sections[1].heading <= o->sections[0].heading + 3;
	return is_second || is_named_second(o) ? 2 : 1;
}
