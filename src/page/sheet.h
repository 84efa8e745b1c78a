/* layer: page
 *
 * The page while it is being set: a stack of containers with their indents, and the line at hand.
 * Whatever is put on it, no line comes out wider than the page.
 */
#ifndef SHEET_H
#define SHEET_H

#include <sulan/page.h>

/* Text narrower than this is not indented any further. */
#define SHEET_MIN_TEXT   8
#define SHEET_MAX_LEVELS 256
/* Nothing hangs from a page narrower than this. */
#define SHEET_MIN_HANGING 16

/* A container around what is being set, or an indent. */
struct level {
	enum block_kind kind;
	uint32_t end;           /* the block after it */
	bool is_loose;          /* blank lines between what it holds */
	bool is_begun;          /* a line of it is set */
	uint8_t role;           /* of the prefix */
	uint8_t digits;         /* list: of its widest number */
	uint16_t cols;          /* of either prefix */
	struct str first, rest; /* what its first line and its other lines begin with */
};

struct sheet {
	struct arena *arena;   /* the page's */
	struct arena *scratch; /* forgotten with each flow */
	const struct issue *issue;
	const struct page_opts *opts;
	size_t width; /* of the text column with its indents */
	size_t edge;  /* no line goes further: the width and what hangs */
	bool hangs;
	uint32_t story; /* the lines' */
	uint32_t title; /* leaf set apart as the title, not to be set again; PAGE_NO_BLOCK */
	struct page_line *lines;
	size_t n_lines, cap_lines;
	struct run *runs; /* of the line at hand */
	size_t n_runs, cap_runs;
	size_t col;
	struct level levels[SHEET_MAX_LEVELS];
	size_t n_levels;
	bool is_continued; /* other lines stand before the page's first */
	bool is_gap_due;   /* a blank line comes before the next line */
	bool is_bound;     /* what was set last wants no blank line behind it */
	bool is_foot;      /* lines stand behind the story's text, at `foot` */
	struct place foot;
	uint32_t mention; /* the lines' */
	size_t n_own;     /* lines above what is mentioned; 0: all */
};

struct sheet *sheet_new(const struct issue *issue, const struct page_opts *opts);
/* The page made of it; the sheet is gone. */
const struct page *sheet_finish(struct sheet *sheet);

const struct text_policy *sheet_policy(const struct sheet *sheet);

/* Columns left for text between the indents and the edge; at least 1. */
size_t sheet_room(const struct sheet *sheet);

/* Opens a container; its prefix is left away where it would leave too little room. */
void sheet_enter(struct sheet *sheet, struct level level);
/* Leaves the containers that end at or before `block`, or all above the first `n`. */
void sheet_leave(struct sheet *sheet, uint32_t block);
void sheet_leave_to(struct sheet *sheet, size_t n);
/* The innermost open container that has lines already; NULL when there is none. */
const struct level *sheet_begun(const struct sheet *sheet);

/* Wants a blank line before the next line, unless that is the first of the page. */
void sheet_gap(struct sheet *sheet);

void sheet_begin(struct sheet *sheet);
void sheet_put(struct sheet *sheet, struct run run); /* its columns are counted where they are 0 */
void sheet_end(struct sheet *sheet);

/* A run of decoration. */
struct run sheet_mark(struct str text, enum role role);

/* Blanks, or `mark` again and again, for as many of `cols` columns as it fills. */
struct run sheet_fill(struct sheet *sheet, struct str mark, size_t cols, enum role role);

#endif
