/* What the blocks of one section are made of, shared by pattern.c, number.c, rows.c, piece.c,
 * sections.c and outline.c.
 */
#ifndef PATTERN_H
#define PATTERN_H

#include "build.h"

/* One story of a section: raw blocks from..end. */
struct piece {
	size_t from, end;    /* of a list: the item and its end */
	size_t number;       /* bytes of the number its first leaf begins with */
	size_t row, row_end; /* of a table: the bytes of the leaf; row_end 0 for anything else */
};

struct pattern {
	enum dialect dialect; /* DIALECT_OUTLINE: none of those below; the section is one story */
	struct piece *pieces; /* in order */
	size_t n;
};

/* How often each pattern has been found in an issue: what an issue does often, it may do once. */
struct votes {
	size_t n_sections[DIALECT_COUNT];
	size_t n_asked;
	bool has_lists; /* most of its sections are lists */
	bool is_issue;  /* asked for all that stands under the issue's heading */
};

/* pattern.c: the pattern of raw blocks from..end under a heading (empty for none), by the first
 * rule that fits; with votes the rules are eased for what the issue does elsewhere. */
struct pattern pattern_find(const struct build *raw, struct str heading, size_t from, size_t end,
			    const struct votes *votes);
void pattern_vote(struct votes *votes, enum dialect dialect);

/* A link, resolved or not, that leads somewhere is in raw blocks from..end. */
bool pattern_has_link(const struct build *raw, size_t from, size_t end);
/* Bytes up to the end of the bold opening of a leaf from byte `at`; `at` when there is none. */
size_t pattern_bold_end(const struct build *raw, const struct block *leaf, size_t at);

/* The items of raw blocks from..end when these are lists, and lines that head them, for the most
 * part; else 0. */
size_t pattern_list_items(const struct build *raw, size_t from, size_t end);
/* topic.c: a raw block is a line that heads the list below it: bold, numbered, or with a colon. */
bool pattern_is_topic(const struct build *raw, size_t index, size_t end);

/* The same of numbered paragraphs. */
bool pattern_heads_numbers(const struct build *raw, size_t index, size_t end);
/* The same of paragraphs that open in bold: a line in bold over another such. */
bool pattern_heads_bold(const struct build *raw, size_t index, size_t end);
/* The text begins as a line that heads others may: 一、 （二） 【 ■ or an emoji. */
bool pattern_has_topic_sign(struct str text);

/* number.c: bytes of the number with its sign that a text begins with ("1、", "①", "【3】"), and
 * which it is; 0 for none. */
size_t number_at(struct str text, int *value);

/* rows.c: the rows of a pipe table that a leaf is, but for its header, after those in `pattern`;
 * false when it is no table. */
bool rows_find(const struct build *raw, size_t index, struct pattern *pattern, size_t *cap);
/* The next cell of a row: from byte `*at`, which is moved behind it, up to `end`. */
bool rows_next_cell(struct str text, size_t *at, size_t end, size_t *cell, size_t *cell_end);

/* piece.c: the stories of a section's pattern, and what stands between them. */
void piece_stories(struct maker *maker, const struct pattern *pattern, size_t from, size_t end,
		   struct str category);

#endif
