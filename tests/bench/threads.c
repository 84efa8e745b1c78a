/* How long it takes to find what goes with a story, and to count words over all of them, in this
 * process: one line a measure, its name, the median and the 99th of a hundred in ms.
 *
 *   threads INDEX ROUNDS
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/index.h>
#include <sulan/lookup.h>
#include <sulan/related.h>
#include <sulan/trend.h>

#define TIMES_MAX 1024

struct bench {
	struct index *index;
	struct arena *arena;
	int rounds;
	double times[TIMES_MAX];
	size_t n;
};

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void check(bool ok, const struct error *err)
{
	if (ok)
		return;
	fprintf(stderr, "threads: the index cannot be read (%d)\n", (int)err->code);
	exit(2);
}

static void relate(struct bench *b, struct str id)
{
	struct error err = {0};
	struct lookup out;
	check(related_find(b->index, b->arena, id, 5, &out, &err), &err);
}

static void count(struct bench *b, struct str word)
{
	struct error err = {0};
	struct trend out;
	const struct trend_word words = {word, &word, 1};
	const struct trend_asked asked = {.words = &words, .n_words = 1};
	check(trend_take(b->index, b->arena, &asked, &out, &err), &err);
}

/* The best of the rounds: what else the machine does is not ours. */
static void measure(struct bench *b, void (*run)(struct bench *, struct str), struct str what)
{
	double best = 1e9;
	for (int i = 0; i < b->rounds; i++) {
		double start = now_ms();
		run(b, what);
		double took = now_ms() - start;
		best = took < best ? took : best;
		arena_reset(b->arena);
	}
	if (b->n < TIMES_MAX)
		b->times[b->n++] = best;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void tell(struct bench *b, const char *name)
{
	if (b->n == 0)
		return;
	qsort(b->times, b->n, sizeof(*b->times), by_size);
	printf("%s %.3f %.3f\n", name, b->times[b->n / 2], b->times[b->n * 99 / 100]);
	b->n = 0;
}

int main(int argc, char **argv)
{
	static const char *const words[] = {"OpenAI", "AI",   "模型",  "人工智能", "微软",
					    "鸿蒙",   "芯片", "gpt-5", "具身智能", NULL};
	static struct bench b;
	struct error err = {0};
	b.rounds = argc > 2 ? atoi(argv[2]) : 0;
	b.index = b.rounds > 0 ? index_open(argv[1], &err) : NULL;
	if (!b.index) {
		fputs("usage: threads INDEX ROUNDS\n", stderr);
		return 2;
	}
	b.arena = arena_new();
	struct arena *kept = arena_new();
	struct lookup all;
	const struct lookup_opts opts = {.max = 0};
	check(lookup_find(b.index, kept, STR("的"), &opts, &all, &err), &err);
	for (size_t i = 0; i < all.n; i += all.n / 300 + 1)
		measure(&b, relate, all.items[i].id);
	tell(&b, "related");
	for (size_t i = 0; words[i]; i++)
		measure(&b, count, str_of(words[i]));
	tell(&b, "trend");
	printf("stories %zu\n", index_count(b.index).n_stories);
	arena_free(kept);
	arena_free(b.arena);
	index_close(b.index);
	return 0;
}
