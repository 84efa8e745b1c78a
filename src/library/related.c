/* Comparing a story with all others by the words that were kept of them. */
#include <sulan/related.h>

#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/lookup.h>

#include "gist.h"

#define SIEVE         4096 /* powers of two: bytes, of which few are set */
#define SLOTS         256  /* several times GIST_MAX */
#define MANY          4000 /* stories, from which on it is worth it */
#define FREQUENT_PART 40   /* what more than one in so many stories has */
#define SAME_MAX      4    /* the story itself among them */
#define TRIED_MAX     64   /* some of the best may be the same story again */

/* Tuned on real issues until four of five stories that are shown go on with the same company,
 * product or affair. */
#define IN_BOTH        4.0 /* a word that both titles have, */
#define IN_ONE         1.5 /* one of them, */
#define IN_NONE        0.5 /* or the texts alone */
#define SAME_SUBJECT   2.0 /* both titles begin with it */
#define SELF_WORDS     3   /* of the title that say most: what alike is measured against */
#define LEAST          0.35
#define COHESION_LEAST 0.06 /* below it two characters are no word, from FULL on they are one */
#define COHESION_FULL  0.18
#define NEAR_DAYS      60.0 /* so far away a story counts two thirds of one of the day, */
#define FAR_SHARE      0.4  /* and in the end so much of it */

/* The story that is asked about. */
struct asked {
	long long id;
	long day;
	struct str title, path;
	struct gist gist;
	double weights[GIST_MAX];
	double self;          /* what a story just like it would score, but for nearness */
	uint64_t title_words; /* a bit for each */
};

/* Another story and which of the words it has. */
struct match {
	long long id;
	uint64_t words,
		title_words;  /* a bit for each of the words of the one that is asked about */
	bool is_same_subject; /* its title begins with the same one */
	double score;
};

struct hunt {
	struct index *index;
	struct arena *arena, *scratch;
	const struct gists *gists;
	struct asked asked;
	struct match *matches;
	size_t n, cap;
	size_t n_same; /* stories whose titles say just the same */
	struct error *err;
};

/* The logarithm to the base of two, near enough: straight between its powers. */
static double bits_of(double x)
{
	double bits = 0;
	while (x >= 2) {
		x /= 2;
		bits++;
	}
	return bits + x - 1;
}

static long long id_of(const struct gist_head *head)
{
	return (long long)((uint64_t)head->id_high << 32 | head->id_low);
}

/* Reads the story's row into what is asked, if it is the one of this key. */
static bool read_asked(struct hunt *h, long long id, struct str key, bool *is_found)
{
	sqlite3_stmt *row = index_statement(h->index, STATEMENT_GET_STORY);
	sqlite3_bind_int64(row, 1, id);
	int result = sqlite3_step(row);
	*is_found = result == SQLITE_ROW && str_eq(index_text(row, 0), key);
	if (*is_found) {
		h->asked.id = id;
		h->asked.day = (long)sqlite3_column_int64(row, 7);
		h->asked.title = str_copy(h->arena, index_text(row, 3));
		h->asked.path = str_copy(h->arena, index_text(row, 10));
		gist_make(h->index->gister, h->arena, h->asked.title, index_text(row, 11),
			  rows_first(index_text(row, 6)), &h->asked.gist);
	}
	sqlite3_reset(row);
	return index_ok(h->index, result, h->err);
}

static bool find_asked(struct hunt *h, struct str key, bool *is_found)
{
	uint32_t hash = gist_key(key);
	*is_found = false;
	for (size_t i = 0; i < h->gists->n && !*is_found; i++)
		if (h->gists->heads[i].key == hash &&
		    !read_asked(h, id_of(&h->gists->heads[i]), key, is_found))
			return false;
	return true;
}

/* The story's words by their hashes, behind sieves that let few others through. */
struct net {
	uint8_t sieve[SIEVE]; /* 1 where one of them may be */
	uint8_t rare[SIEVE];  /* 1 where one may be that is not in very many stories */
	uint32_t hashes[SLOTS];
	uint8_t nth[SLOTS]; /* from 1; 0: free */
};

/* About how many stories have the word, and some more. */
static size_t rough_count(const struct hunt *h, size_t nth)
{
	return h->gists->counts[h->asked.gist.words[nth].hash % GIST_BUCKETS];
}

/* Two Han characters that very many stories have bring no story in, where there are many. */
static bool is_frequent(const struct hunt *h, size_t nth)
{
	const struct gist_word *word = &h->asked.gist.words[nth];
	return word->kind == GIST_SIGNS && !word->is_first && h->gists->n >= MANY &&
	       rough_count(h, nth) > h->gists->n / FREQUENT_PART;
}

static void knot(const struct hunt *h, struct net *net)
{
	for (size_t i = 0; i < h->asked.gist.n; i++) {
		uint32_t hash = h->asked.gist.words[i].hash;
		size_t at = hash & (SLOTS - 1);
		while (net->nth[at])
			at = (at + 1) & (SLOTS - 1);
		net->hashes[at] = hash;
		net->nth[at] = (uint8_t)(i + 1);
		net->sieve[hash % SIEVE] = 1;
		net->rare[hash % SIEVE] |= !is_frequent(h, i);
	}
}

/* The bit of a word that got through the sieve; 0 when it is another after all. */
static uint64_t caught(const struct net *net, uint32_t hash)
{
	for (size_t at = hash & (SLOTS - 1); net->nth[at]; at = (at + 1) & (SLOTS - 1))
		if (net->hashes[at] == hash)
			return UINT64_C(1) << (net->nth[at] - 1);
	return 0;
}

static uint64_t title_mask(const struct gist *gist)
{
	return (UINT64_C(1) << gist->n_title) - 1;
}

static void match_one(struct hunt *h, const struct net *net, const struct gist_head *head,
		      const uint32_t *words)
{
	struct match match = {.id = id_of(head)};
	size_t rare = 0;
	while (rare < head->n && !net->rare[words[rare] % SIEVE])
		rare++;
	if (rare == head->n)
		return;
	for (size_t i = 0; i < head->n; i++) {
		if (!net->sieve[words[i] % SIEVE])
			continue;
		uint64_t word = caught(net, words[i]);
		match.words |= word;
		match.title_words |= i < head->n_title ? word : 0;
	}
	if (!match.words)
		return;
	match.is_same_subject = match.words & 1 && head->is_begun &&
				words[0] == h->asked.gist.words[0].hash &&
				h->asked.gist.words[0].is_first;
	h->matches = arena_more(h->scratch, h->matches, h->n, &h->cap, sizeof(match));
	h->matches[h->n++] = match;
	h->n_same += match.title_words == title_mask(&h->asked.gist) &&
		     head->n_title == h->asked.gist.n_title;
}

/* All stories that have any of the words. */
static void match_all(struct hunt *h)
{
	struct net net = {0};
	const uint32_t *words = h->gists->words;
	knot(h, &net);
	for (size_t i = 0; i < h->gists->n; words += h->gists->heads[i++].n)
		match_one(h, &net, &h->gists->heads[i], words);
}

/* Whether two characters are a word and not the end of one and the start of the next: the share of
 * the places of the rarer of them where they stand together. */
static double cohesion(const struct gists *gists, uint32_t a, uint32_t b)
{
	size_t n_a = gists->n_behind[a & 0xFFFF], n_b = gists->n_before[b & 0xFFFF];
	size_t n = n_a < n_b ? n_a : n_b;
	return n ? (double)gists_count_pair(gists, a, b) / (double)n : 0;
}

/* What a word says when two stories have it, by how few others do. */
static double weight_of(const struct hunt *h, size_t nth, size_t n_stories)
{
	const struct gist_word *word = &h->asked.gist.words[nth];
	static const double by_kind[] = {
		[GIST_WORD] = 1.5, [GIST_PAIR] = 0.7, [GIST_SIGNS] = 0.6, [GIST_URL] = 3.0};
	double all = (double)h->gists->n;
	double weight = by_kind[word->kind] * bits_of(all / (double)(n_stories ? n_stories : 1));
	if (word->kind != GIST_SIGNS || !h->gists->n_pairs)
		return weight;
	if (word->is_first) /* a name mostly: who did it comes first */
		return weight * 2;
	double c = cohesion(h->gists, word->a, word->b);
	return c < COHESION_LEAST ? 0 : c < COHESION_FULL ? weight * c / COHESION_FULL : weight;
}

/* The weights of the words that say most, added up. */
static double sum_of_best(const double *weights, size_t n)
{
	double best[SELF_WORDS] = {0}, sum = 0;
	for (size_t i = 0; i < n; i++) {
		double weight = weights[i];
		for (size_t k = 0; k < SELF_WORDS; k++)
			if (weight > best[k]) {
				double less = best[k];
				best[k] = weight;
				weight = less;
			}
	}
	for (size_t k = 0; k < SELF_WORDS; k++)
		sum += best[k];
	return sum;
}

static void weigh_words(struct hunt *h)
{
	struct asked *a = &h->asked;
	size_t counts[64] = {0};
	for (size_t i = 0; i < h->n; i++)
		for (uint64_t left = h->matches[i].words; left; left &= left - 1)
			counts[__builtin_ctzll(left)]++;
	for (size_t i = 0; i < a->gist.n; i++) {
		a->weights[i] = weight_of(h, i, is_frequent(h, i) ? rough_count(h, i) : counts[i]);
		/* An address is as good as a title. */
		if (i < a->gist.n_title || a->gist.words[i].kind == GIST_URL)
			a->title_words |= UINT64_C(1) << i;
	}
	a->self = IN_BOTH * sum_of_best(a->weights, a->gist.n_title);
}

static double nearness(const struct hunt *h, const struct match *match)
{
	long day = (long)(match->id >> INDEX_DAY_SHIFT);
	long days = day > h->asked.day ? day - h->asked.day : h->asked.day - day;
	return FAR_SHARE + (1 - FAR_SHARE) / (1 + (double)days / NEAR_DAYS);
}

static double score_of(const struct hunt *h, const struct match *match)
{
	double score = 0;
	for (uint64_t left = match->words; left; left &= left - 1) {
		uint64_t word = left & -left;
		bool is_here = h->asked.title_words & word, is_there = match->title_words & word;
		score +=
			h->asked.weights[__builtin_ctzll(word)] * (is_here && is_there   ? IN_BOTH
								   : is_here || is_there ? IN_ONE
											 : IN_NONE);
	}
	if (match->is_same_subject)
		score += h->asked.weights[0] * SAME_SUBJECT;
	return score * nearness(h, match);
}

/* Two Han characters alone may be in many a title: they tell something when both titles begin with
 * them, or have others in common too. Names in letters do alone. */
static bool is_telling(const struct hunt *h, const struct match *match)
{
	size_t n_signs = 0;
	for (uint64_t left = match->words; left; left &= left - 1) {
		int nth = __builtin_ctzll(left);
		bool is_in_both = (left & -left) & h->asked.title_words & match->title_words;
		if (h->asked.weights[nth] <= 0)
			continue;
		if (h->asked.gist.words[nth].kind != GIST_SIGNS)
			return true;
		n_signs += is_in_both;
	}
	return n_signs > 1 || (n_signs && match->is_same_subject);
}

static int best_first(const void *a, const void *b)
{
	const struct match *x = a, *y = b;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->id > y->id ? -1 : x->id < y->id;
}

/* Those alike enough, the best first. */
static void rank(struct hunt *h)
{
	size_t n = 0;
	for (size_t i = 0; i < h->n; i++) {
		struct match *match = &h->matches[i];
		match->score = match->id == h->asked.id ? 0 : score_of(h, match);
		if (match->score > 0 && match->score >= h->asked.self * LEAST &&
		    is_telling(h, match))
			h->matches[n++] = *match;
	}
	h->n = n;
	if (n)
		qsort(h->matches, n, sizeof(*h->matches), best_first);
}

/* Puts a word to the others; those that overlap where they stand are one. */
static size_t join(struct str *words, size_t n, struct str word)
{
	for (size_t i = 0; i < n; i++) {
		const char *end = words[i].p + words[i].len, *word_end = word.p + word.len;
		if (word.p >= end || words[i].p >= word_end)
			continue;
		const char *from = word.p < words[i].p ? word.p : words[i].p;
		words[i] = (struct str){from, (size_t)((word_end > end ? word_end : end) - from)};
		return n;
	}
	words[n] = word;
	return n + 1;
}

static struct str common_words(struct hunt *h, uint64_t common)
{
	struct str words[GIST_MAX];
	struct strbuf buf = strbuf_make(h->arena);
	size_t n = 0;
	for (size_t i = 0; i < h->asked.gist.n; i++) {
		const struct gist_word *word = &h->asked.gist.words[i];
		if (common >> i & 1 && h->asked.weights[i] > 0 && word->kind != GIST_URL)
			n = join(words, n, word->text);
	}
	for (size_t i = 0; i < n; i++) {
		strbuf_puts(&buf, i ? " · " : "");
		strbuf_put(&buf, words[i]);
	}
	return strbuf_str(&buf);
}

/* Whether it is the story itself again, or one that is there, or of an issue that is open anyway.
 */
static bool is_known(const struct hunt *h, const struct lookup *out, sqlite3_stmt *row)
{
	struct str title = index_text(row, 3);
	for (size_t i = 0; i < out->n; i++)
		if (str_eq(out->items[i].title, title))
			return true;
	return str_eq(h->asked.title, title) || str_eq(h->asked.path, index_text(row, 10));
}

static bool take(struct hunt *h, const struct match *match, struct lookup *out)
{
	sqlite3_stmt *row = index_statement(h->index, STATEMENT_GET_STORY);
	sqlite3_bind_int64(row, 1, match->id);
	int result = sqlite3_step(row);
	if (result == SQLITE_ROW && !is_known(h, out, row)) {
		struct found *found = &out->items[out->n++];
		*found = found_of(h->arena, row);
		found->context = common_words(h, match->words);
	}
	sqlite3_reset(row);
	return index_ok(h->index, result, h->err);
}

bool related_find(struct index *index, struct arena *arena, struct str id, size_t max,
		  struct lookup *out, struct error *err)
{
	struct hunt h = {.index = index, .arena = arena, .err = err};
	bool is_found;
	*out = (struct lookup){.items = arena_alloc(arena, (max + 1) * sizeof(*out->items))};
	h.gists = gists_get(index, err);
	if (!h.gists || !find_asked(&h, id, &is_found))
		return false;
	if (!is_found)
		return true;
	h.scratch = arena_new();
	match_all(&h);
	weigh_words(&h);
	rank(&h);
	bool ok = true;
	if (h.n_same > SAME_MAX) /* what every issue has goes with nothing */
		h.n = 0;
	for (size_t i = 0; ok && i < h.n && i < TRIED_MAX && out->n < max; i++)
		ok = take(&h, &h.matches[i], out);
	arena_free(h.scratch);
	return ok;
}
