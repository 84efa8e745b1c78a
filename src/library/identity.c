/* Pairing stories of an edited issue with the state they had before. */
#include <sulan/identity.h>

#include <stdint.h>
#include <stdlib.h>

#include <sulan/arena.h>
#include <sulan/date.h>
#include <sulan/fold.h>
#include <sulan/issue.h>
#include <sulan/lookup.h>
#include <sulan/triage.h>
#include <sulan/utf8.h>

#define URLS_MAX 4
/* Bytes that are kept and compared; a line of a journal has room for them, written as %xx. */
#define TITLE_MAX   300
#define URL_MAX     4000
#define STORIES_MAX 600 /* an issue with more is paired by its first ones only */

/* Scores: the best pair comes first. */
#define SCORE_TITLE 3.0
#define SCORE_URL   2.0 /* and the likeness of the titles */
#define SCORE_LIKE  0.6 /* likeness alone must be more */

static void put_part(struct strbuf *buf, struct str text)
{
	strbuf_putc(buf, '\t');
	for (size_t i = 0; i < text.len; i++)
		strbuf_putc(buf, text.p[i] == '\t' || text.p[i] == '\n' ? ' ' : text.p[i]);
}

static struct str prefix_of(struct arena *arena, const struct issue *issue)
{
	char day[DATE_TEXT];
	struct strbuf buf = strbuf_make(arena);
	date_text(issue->date, day);
	strbuf_puts(&buf, day);
	put_part(&buf, utf8_cut(issue->publication, TITLE_MAX));
	strbuf_putc(&buf, '\t');
	return strbuf_str(&buf);
}

struct str identity_text(struct arena *arena, const struct issue *issue, const struct story *story)
{
	struct strbuf buf = strbuf_make(arena);
	struct str prefix = prefix_of(arena, issue);
	strbuf_put(&buf, str_sub(prefix, 0, prefix.len - 1));
	put_part(&buf, utf8_cut(story->title, TITLE_MAX));
	for (size_t i = 0; i < story->n_links && i < URLS_MAX; i++)
		put_part(&buf, utf8_cut(issue->links[story->links[i]].url, URL_MAX));
	return strbuf_str(&buf);
}

struct str identity_place(struct str about)
{
	size_t day = str_find(about, STR("\t"), 0);
	size_t end = day == STR_NOT_FOUND ? day : str_find(about, STR("\t"), day + 1);
	return str_sub(about, 0, end == STR_NOT_FOUND ? 0 : end + 1);
}

struct str identity_of_found(struct arena *arena, const struct found *found)
{
	struct link links[URLS_MAX];
	uint32_t numbers[URLS_MAX];
	struct str rest = found->urls;
	const struct issue issue = {
		.date = found->date, .publication = found->publication, .links = links};
	struct story story = {.title = found->title, .links = numbers};
	while (rest.len && story.n_links < URLS_MAX) {
		str_cut(&rest, '\t', &links[story.n_links].url);
		numbers[story.n_links] = (uint32_t)story.n_links;
		story.n_links++;
	}
	return identity_text(arena, &issue, &story);
}

/* One side of a pair. */
struct side {
	struct str id, about;
	struct str title;        /* folded, without blanks */
	struct str urls;         /* separated by tabs */
	const uint64_t *bigrams; /* of the title, sorted */
	size_t n_bigrams;
	bool is_taken;
};

struct candidate {
	double score;
	size_t old, fresh;
};

static int by_number(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return x < y ? -1 : x > y;
}

static void make_bigrams(struct arena *arena, struct side *side)
{
	uint64_t *bigrams = arena_alloc(arena, (side->title.len + 1) * sizeof(*bigrams));
	uint32_t cp, before = 0;
	for (size_t at = 0; at < side->title.len; before = cp) {
		at += utf8_next(side->title, at, &cp);
		if (before)
			bigrams[side->n_bigrams++] = (uint64_t)before << 32 | cp;
	}
	if (side->n_bigrams)
		qsort(bigrams, side->n_bigrams, sizeof(*bigrams), by_number);
	side->bigrams = bigrams;
}

static struct side side_of(struct arena *arena, struct str id, struct str about)
{
	struct side side = {.id = id, .about = about};
	struct str title = {0};
	side.urls = about;
	for (int i = 0; i < 2; i++) /* the day and the publication */
		str_cut(&side.urls, '\t', &title);
	str_cut(&side.urls, '\t', &title);
	struct str folded = fold_text(arena, utf8_cut(title, TITLE_MAX));
	struct strbuf bare = strbuf_make(arena);
	for (size_t i = 0; i < folded.len; i++)
		if (folded.p[i] != ' ')
			strbuf_putc(&bare, folded.p[i]);
	side.title = strbuf_str(&bare);
	make_bigrams(arena, &side);
	return side;
}

/* Dice's coefficient of the titles' bigrams. */
static double likeness(const struct side *a, const struct side *b)
{
	size_t i = 0, k = 0, n = 0;
	while (i < a->n_bigrams && k < b->n_bigrams) {
		if (a->bigrams[i] == b->bigrams[k]) {
			n++;
			i++;
			k++;
		} else if (a->bigrams[i] < b->bigrams[k]) {
			i++;
		} else {
			k++;
		}
	}
	size_t all = a->n_bigrams + b->n_bigrams;
	return all ? 2.0 * (double)n / (double)all : 0;
}

static bool share_url(const struct side *a, const struct side *b)
{
	struct str left = a->urls, url, other;
	while (str_cut(&left, '\t', &url)) {
		struct str right = b->urls;
		while (url.len && str_cut(&right, '\t', &other))
			if (str_eq(url, other))
				return true;
	}
	return false;
}

static double score(const struct side *a, const struct side *b)
{
	double like = likeness(a, b);
	if (a->title.len && str_eq(a->title, b->title))
		return SCORE_TITLE + (share_url(a, b) ? 1 : 0);
	if (share_url(a, b))
		return SCORE_URL + like;
	return like > SCORE_LIKE ? like : 0;
}

/* The best score first; of equal ones those in the issue's order. */
static int by_score(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	if (x->fresh != y->fresh)
		return x->fresh < y->fresh ? -1 : 1;
	return x->old < y->old ? -1 : x->old > y->old;
}

static size_t find_candidates(struct arena *arena, const struct side *olds, size_t n_olds,
			      const struct side *fresh, size_t n_fresh, struct candidate **out)
{
	size_t n = 0, cap = 0;
	*out = NULL;
	for (size_t i = 0; i < n_olds; i++) {
		for (size_t k = 0; k < n_fresh; k++) {
			double points = score(&olds[i], &fresh[k]);
			if (points <= 0)
				continue;
			*out = arena_more(arena, *out, n, &cap, sizeof(**out));
			(*out)[n++] = (struct candidate){points, i, k};
		}
	}
	if (n)
		qsort(*out, n, sizeof(**out), by_score);
	return n;
}

/* Stories of the issue that nothing is known of yet. */
static size_t find_fresh(struct arena *arena, struct triage *triage, const struct issue *issue,
			 struct side *out)
{
	size_t n = 0;
	for (size_t i = 0; i < issue->n_stories && n < STORIES_MAX; i++) {
		const struct story *story = &issue->stories[i];
		if (!triage_knows(triage, story->id))
			out[n++] = side_of(arena, story->id, identity_text(arena, issue, story));
	}
	return n;
}

/* State of this issue's stories that are gone; not in an unnamed issue without a date, where
 * nothing says that it was this one. */
static size_t find_olds(struct arena *arena, struct triage *triage, const struct issue *issue,
			struct side **out)
{
	struct triage_orphan *orphans = NULL;
	struct str *ids = arena_alloc(arena, (issue->n_stories + 1) * sizeof(*ids));
	if (!issue->date.year && !issue->publication.len)
		return 0;
	for (size_t i = 0; i < issue->n_stories; i++)
		ids[i] = issue->stories[i].id;
	size_t n = triage_orphans(triage, arena, prefix_of(arena, issue), ids, issue->n_stories,
				  &orphans);
	n = n < STORIES_MAX ? n : STORIES_MAX;
	*out = arena_alloc(arena, (n + 1) * sizeof(**out));
	for (size_t i = 0; i < n; i++)
		(*out)[i] = side_of(arena, orphans[i].id, str_copy(arena, orphans[i].about));
	return n;
}

bool identity_pair(struct triage *triage, const struct issue *issue, size_t *n_paired,
		   struct error *err)
{
	struct arena *arena = arena_new();
	struct side *olds = NULL;
	struct candidate *candidates = NULL;
	size_t n_olds = find_olds(arena, triage, issue, &olds), n = 0;
	bool ok = true;
	*n_paired = 0;
	if (n_olds) {
		struct side *fresh = arena_alloc(arena, (STORIES_MAX + 1) * sizeof(*fresh));
		size_t n_fresh = find_fresh(arena, triage, issue, fresh);
		n = find_candidates(arena, olds, n_olds, fresh, n_fresh, &candidates);
		for (size_t i = 0; ok && i < n; i++) {
			struct side *old = &olds[candidates[i].old];
			struct side *to = &fresh[candidates[i].fresh];
			if (old->is_taken || to->is_taken)
				continue;
			old->is_taken = to->is_taken = true;
			ok = triage_alias(triage, old->id, to->id, to->about, err);
			*n_paired += ok;
		}
	}
	arena_free(arena);
	return ok;
}
