/* layer: base
 *
 * What a reader says of digests that cannot be guessed: words for labels, and how the stories of a
 * publication are written. Plain values that the configuration fills and the reading of issues
 * uses; whoever fills them owns them, and they outlive the reading.
 */
#ifndef SULAN_PROFILE_H
#define SULAN_PROFILE_H

#include <stddef.h>
#include <stdint.h>

#include <sulan/str.h>

/* What a label is for. */
enum label_role {
	LABEL_NONE,  /* no label */
	LABEL_FIELD, /* a label nobody knows: kept as a field */
	LABEL_CATEGORY,
	LABEL_SOURCE,
	LABEL_META, /* author, time, tags: fields */
	LABEL_INSIGHT,
	LABEL_SUMMARY,
};

struct profile_label {
	struct str word;
	enum label_role role;
};

/* What a story is made of. */
enum profile_story {
	PROFILE_GUESS,   /* nothing is said */
	PROFILE_HEADING, /* a heading of `story_level` with all below it */
	PROFILE_ITEM,    /* a list item */
	PROFILE_NUMBER,  /* a numbered paragraph */
	PROFILE_BOLD,    /* a paragraph with a bold first line */
	PROFILE_ROW,     /* a row of a table */
	PROFILE_PARA,    /* a paragraph that begins with a link */
};

/* [profile NAME] */
struct profile {
	struct str name;
	struct str publications; /* "A|B": those it is for; empty: the one of its name */
	enum profile_story story;
	uint8_t story_level;    /* 1..6 */
	uint8_t category_level; /* of the headings that are categories; 0: all above a story */
	struct str drop;        /* "A|B": stories and categories that begin so are left out */
	const struct profile_label *labels;
	size_t n_labels;
};

struct profiles {
	const struct profile_label *labels; /* [labels]: for every publication */
	size_t n_labels;
	const struct profile *items;
	size_t n;
	struct str chosen; /* the name of the one for every issue; empty: each by its publication */
};

/* The profile of a name; NULL when there is none. */
const struct profile *profile_named(const struct profiles *profiles, struct str name);

#endif
