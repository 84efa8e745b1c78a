/* layer: find
 *
 * The reader's watchlist: all words of all groups matched at once (Aho-Corasick) over folded text,
 * hits given in bytes of the original. A word that begins or ends in a Latin letter or digit only
 * hits at word borders (AI is not in "said"); Han words hit anywhere. Of overlapping hits the
 * leftmost longest stays.
 */
#ifndef SULAN_KEYWORDS_H
#define SULAN_KEYWORDS_H

#include <stddef.h>
#include <stdint.h>

#include <sulan/str.h>

struct arena;
struct keywords;

struct keyword {
	struct str word;  /* as written; copied */
	struct str canon; /* the word its hits are counted under; copied */
	int style;        /* 1..6: ROLE_KEYWORD_1.. */
	int weight;
};

struct hit {
	uint32_t at, len; /* bytes of the text scanned */
	uint32_t keyword; /* index into what keywords_new was given */
};

/* A matcher for `n` keywords; n may be 0. Words that fold to nothing never hit. */
struct keywords *keywords_new(const struct keyword *words, size_t n);
void keywords_free(struct keywords *keywords);

size_t keywords_count(const struct keywords *keywords);
const struct keyword *keywords_at(const struct keywords *keywords, size_t index);

/* The hits in `text`, in order and not overlapping; returns their count. */
size_t keywords_scan(const struct keywords *keywords, struct arena *arena, struct str text,
		     struct hit **out);

#endif
