/* layer: text, private
 *
 * A paragraph while it is filled into lines, and the places where the present line could end.
 */
#ifndef SULAN_TEXT_FILLER_H
#define SULAN_TEXT_FILLER_H

#include <sulan/linebreak.h>
#include <sulan/wrap.h>

#include "kinsoku.h"

/* A place where a line may end: its text up to `at`, the next line from `next`, spaces between them
 * dropped. Columns are counted from the beginning of the text. */
struct place {
	uint32_t at, next, cols, next_cols;
};

enum {
	BY_RULE, /* where UAX #14 and CLREQ allow it */
	IN_URL,  /* behind / ? & = . - _ : and before %E4 */
	IN_WORD, /* between clusters, but for forbidden punctuation */
	ANYWHERE,
	N_PLACES,
};

struct filler {
	struct arena *arena;
	struct str text;
	const struct wrap_opts *opts;
	uint32_t cols;
	struct line_breaker breaker;
	uint32_t at, n_cols; /* how far we are; no text has more columns than bytes */
	uint32_t room;       /* columns of the present line */
	struct place start;  /* where it began: next, next_cols */
	struct place solid;  /* the end of what is no space in it: at, cols */
	struct place places[N_PLACES];
	struct wrap_gaps gaps;
	size_t gap; /* the next one */
	uint32_t last_cp;
	size_t n_closing; /* closing marks in a row up to here */
	struct wrap_line *lines;
	size_t n_lines, cap;
};

struct cluster {
	uint32_t cp, end, cols;
	enum line_break border;
};

/* 。』」 and the like */
#define CLOSING (OF(CL) | OF(CP) | OF(EX) | OF(QU_PF))

/* The place before the next character, which is no space. */
static inline struct place place_here(const struct filler *f)
{
	return (struct place){f->solid.at, f->at, f->solid.cols, f->n_cols};
}

#define BIT(c) (1ULL << ((c) - ' '))

static inline bool is_url_joint(uint32_t cp)
{
	const uint64_t joints = BIT('/') | BIT('?') | BIT('&') | BIT('=') | BIT('.') | BIT('-') |
				BIT('_') | BIT(':') | BIT('\\');
	return cp >= ' ' && cp <= '_' && (joints >> (cp - ' ') & 1) != 0;
}

/* Notes the place before the cluster `c`, which begins at f->at and is no space, as all that it is.
 */
void places_note(struct filler *f, const struct cluster *c);

/* The place to end the line that the cluster at f->at would overflow; one inside of the line. */
const struct place *places_choose(const struct filler *f);

/* Whether the cluster, which does not fit, may stand behind the end of the line: one mark that is
 * in no row of them. */
bool places_may_hang(const struct filler *f, const struct cluster *c);

#endif
