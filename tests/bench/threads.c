/* How long it takes to find what goes with a story, and to count words over all of them, in this
 * process: one line a measure, its name, the median and the 99th of a hundred in ms.
 *
 *   threads INDEX ROUNDS
 */
#include <stdio.h>
#include <stdlib.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/index.h>
#include <sulan/lookup.h>
#include <sulan/related.h>
#include <sulan/trend.h>

#include "times.h"

struct bench {
	struct index *index;
	struct arena *arena;
	int rounds;
	struct times times;
};

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
	times_add(&b->times, best);
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
	times_tell(&b.times, "related");
	for (size_t i = 0; words[i]; i++)
		measure(&b, count, str_of(words[i]));
	times_tell(&b.times, "trend");
	printf("stories %zu\n", index_count(b.index).n_stories);
	arena_free(kept);
	arena_free(b.arena);
	index_close(b.index);
	return 0;
}
