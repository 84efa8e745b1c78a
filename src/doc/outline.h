/* The sections of an issue while its stories are made, shared by heading.c, sections.c, levels.c,
 * overview.c and outline.c. */
#ifndef OUTLINE_H
#define OUTLINE_H

#include "pattern.h"

struct section {
	size_t heading, end; /* raw blocks; own content is what stands behind the heading */
	struct str text;     /* of the heading */
	size_t parent;       /* index + 1 of the section it is in; 0 for none */
	struct str path;     /* of a section with deeper ones: their category */
	uint8_t level;
	size_t notes; /* where a text behind a last rule begins, that is no part of this; else `end`
		       */
	bool has_labels, is_links, has_content, is_issue;
	bool is_linked;         /* a story whose heading is a link */
	bool is_said;           /* a story with all below it: by the profile, or as a release */
	bool is_overview;       /* it announces stories that follow */
	struct str topic;       /* the heading that announces it; empty for none */
	struct pattern pattern; /* of its own content */
};

struct outline {
	struct maker *maker;
	struct section *sections;
	size_t n, cap;
};

static inline const struct block *raw_at(const struct outline *o, size_t index)
{
	return &o->maker->raw->blocks[index];
}

/* Bytes of a heading in which its date is looked for. */
#define HEADING_BYTES 1024

/* heading.c: how many of the first headings are the issue's: the first when little stands before it
 * and it is alone at its level or dated; a second dated one close behind it is its second line. */
size_t heading_count_issue(const struct outline *o);
/* The line below the heading is a date, with a day of the week at the most beside it. */
bool heading_has_date_below(const struct outline *o, const struct section *s);
/* It has a date, or that line. */
bool heading_is_dated(const struct outline *o, const struct section *s);

/* sections.c: all headings at the top with what stands under them. */
void sections_find(struct outline *o);
/* What those from `from` on are, once it is known which headings are the issue's. */
void sections_recognise(struct outline *o, size_t from);
/* levels.c: the headings that the profile says are stories. */
void levels_said(struct outline *o, size_t from);
/* Those that are by what is most common at their level, once the patterns are known. */
void levels_recognise(struct outline *o, size_t from);
/* overview.c: sections that announce stories; these get their topics. */
void overview_find(struct outline *o, size_t from);
/* Something besides rules stands in raw blocks from..end. */
bool sections_have_content(const struct outline *o, size_t from, size_t end);

#endif
