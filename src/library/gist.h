/* What a story is about in a few words, by which others that go on with it are found: kept for each
 * story as hashes of the words, so that all of them fit into memory and are compared there. */
#ifndef GIST_H
#define GIST_H

#include "pairs.h"

#define GIST_TITLE_MAX 40 /* words of the title, and of the text */
#define GIST_TEXT_MAX  8
#define GIST_MAX       (GIST_TITLE_MAX + GIST_TEXT_MAX + 1)

enum gist_kind {
	GIST_WORD,  /* of letters: names and products mostly */
	GIST_PAIR,  /* two such words side by side, or a word and its number */
	GIST_SIGNS, /* two Han characters side by side, a word or not */
	GIST_URL,
};

struct gist_word {
	uint32_t hash;
	enum gist_kind kind;
	bool is_first;   /* the title begins with it */
	struct str text; /* folded */
	uint32_t a, b;   /* the signs */
};

/* The words of the title first, then those of the text, each once. */
struct gist {
	struct gist_word words[GIST_MAX];
	size_t n, n_title;
};

/* What finds the words: a workplace that is used for one story after the other. */
struct gister *gister_new(void);
void gister_free(struct gister *gister);

/* The gist of a story. It depends on nothing but the story; texts are in the arena. */
void gist_make(struct gister *gister, struct arena *arena, struct str title, struct str body,
	       struct str url, struct gist *out);

/* What is kept of the stories of an issue, put together story by story: this machine's bytes. */
void gist_add(struct strbuf *row, long long id, struct str key, const struct gist *gist);
bool gist_keep(struct index *index, long long issue_id, struct str row, struct error *err);

/* A story as it was kept: `id` and the hash of its key, then its words. */
struct gist_head {
	uint32_t id_low, id_high, key;
	uint8_t n, n_title;
	uint8_t is_begun; /* the title begins with the first word */
	uint8_t spare;
};
uint32_t gist_key(struct str key);

/* All that is kept, in memory. Read once, and again after the index has changed. NULL with `err`.
 */
#define GIST_BUCKETS 65536
struct gists {
	struct arena *arena;
	unsigned long long stamp; /* of the index when it was read */
	struct gist_head *heads;
	size_t n, cap_heads;
	uint32_t *words; /* of one story after the other */
	size_t n_words, cap_words;
	uint32_t *counts;         /* stories that have a word of one of GIST_BUCKETS hashes */
	const struct pair *pairs; /* neighbouring Han characters of all texts */
	size_t n_pairs;
	uint32_t *n_behind, *n_before; /* how many neighbours a character has there */
};
const struct gists *gists_get(struct index *index, struct error *err);
size_t gists_count_pair(const struct gists *gists, uint32_t a, uint32_t b);
void gists_free(struct gists *gists);

#endif
