/* A filter as it is parsed: terms that must all hold. */
#ifndef TERM_H
#define TERM_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/date.h>
#include <sulan/query.h>
#include <sulan/str.h>

enum term_kind {
	TERM_TEXT, /* title or text */
	TERM_UNREAD,
	TERM_READ,
	TERM_STAR,
	TERM_LATER,
	TERM_DISMISSED,
	TERM_NOTED,
	TERM_TAG,
	TERM_NOTE,
	TERM_CATEGORY,
	TERM_SOURCE,
	TERM_TITLE,
	TERM_KEYWORD,
	TERM_AFTER,
	TERM_BEFORE,
	TERM_STORY,
	TERM_BRIEF,
	TERM_PUBLICATION,
	TERM_ID,
	TERM_GROUP, /* the terms behind it, all of which must hold; negated: one of which must not
		     */
};

struct term {
	enum term_kind kind;
	bool is_negated;
	size_t n_inner;  /* of a group: terms that belong to it */
	struct str word; /* folded */
	struct date date;
};

struct query {
	struct term *terms;
	size_t n, cap;
};

#endif
