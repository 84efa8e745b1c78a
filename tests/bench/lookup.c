/* How long searches of an index take, in this process: words of one, two and four characters that
 * its titles have, what is asked at each key of queries that are typed, and pinyin. One line a
 * measure: its name, the median and the 99th of a hundred in ms, and how many there were.
 *
 *   lookup INDEX ROUNDS
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/index.h>
#include <sulan/lookup.h>
#include <sulan/utf8.h>

#include "times.h"

#define CONTEXT_BYTES 240
#define WORDS         60

struct bench {
	struct index *index;
	struct arena *arena;
	struct times times;
};

static struct lookup ask(struct bench *b, struct str text, size_t max)
{
	struct error err = {0};
	struct lookup found;
	const struct lookup_opts opts = {.max = max, .context_bytes = CONTEXT_BYTES};
	if (!lookup_find(b->index, b->arena, text, &opts, &found, &err)) {
		fprintf(stderr, "lookup: the index cannot be read (%d)\n", (int)err.code);
		exit(2);
	}
	return found;
}

/* The best of the rounds: what else the machine does is not the search's. */
static void measure(struct bench *b, struct str text, int rounds)
{
	double best = 1e9;
	for (int i = 0; i < rounds; i++) {
		double start = now_ms();
		ask(b, text, 50);
		double took = now_ms() - start;
		best = took < best ? took : best;
		arena_reset(b->arena);
	}
	times_add(&b->times, best);
}

/* A piece of `n_chars` Han characters of a text, from the character `from` on; empty when it has
 * none there. */
static struct str piece(struct str text, size_t from, size_t n_chars)
{
	size_t n = 0, start = 0;
	uint32_t cp;
	for (size_t at = 0; at < text.len;) {
		size_t len = utf8_next(text, at, &cp);
		if (cp < 0x4E00 || cp > 0x9FFF)
			n = 0;
		else if (n++ == 0)
			start = at;
		at += len;
		if (n >= n_chars && from-- == 0)
			return str_sub(text, start, at - start);
		if (n >= n_chars)
			start += 3;
	}
	return (struct str){0};
}

static void measure_words(struct bench *b, const struct str *titles, size_t n_titles,
			  size_t n_chars, const char *name, int rounds)
{
	for (size_t i = 0; i < n_titles; i++) {
		struct str word = piece(titles[i], i % 5, n_chars);
		if (word.len)
			measure(b, word, rounds);
	}
	times_tell(&b->times, name);
}

/* Each beginning of what is typed. */
static void measure_typing(struct bench *b, const char *const *queries, int rounds)
{
	for (; *queries; queries++) {
		struct str text = str_of(*queries);
		uint32_t cp;
		for (size_t at = 0; at < text.len;) {
			at += utf8_next(text, at, &cp);
			measure(b, str_sub(text, 0, at), rounds);
		}
	}
}

int main(int argc, char **argv)
{
	static const char *const typed[] = {
		"鸿蒙",    "微软",        "具身智能",     "深度学习", "的",          "openai",
		"chatgpt", "claude code", "大模型 开源",  "gpt-5",    "OpenAI 微软", "v2.1",
		"中国",    "算力芯片",    "agent skills", "nvidia",   NULL};
	static const char *const pinyin[] = {"weiruan", "hongmeng", "jushenzhineng",  "wr",
					     "kaiyuan", "xian",     "openai weiruan", "rgzn",
					     NULL};
	static struct bench b;
	struct error err = {0};
	int rounds = argc > 2 ? atoi(argv[2]) : 0;
	b.index = rounds > 0 ? index_open(argv[1], &err) : NULL;
	if (!b.index) {
		fputs("usage: lookup INDEX ROUNDS\n", stderr);
		return 2;
	}
	b.arena = arena_new();
	struct arena *kept = arena_new();
	struct str titles[WORDS * 8];
	/* Titles from all over the archive: of the stories that have the most frequent of
	 * characters. */
	struct lookup all = ask(&b, STR("的"), 0);
	size_t n_titles = all.n < WORDS * 8 ? all.n : WORDS * 8;
	for (size_t i = 0; i < n_titles; i++)
		titles[i] = str_copy(kept, all.items[i * (all.n / n_titles)].title);
	arena_reset(b.arena);
	measure_words(&b, titles, n_titles, 1, "words-1", rounds);
	measure_words(&b, titles, n_titles, 2, "words-2", rounds);
	measure_words(&b, titles, n_titles, 4, "words-4", rounds);
	measure_typing(&b, typed, rounds);
	times_tell(&b.times, "keys");
	measure_typing(&b, pinyin, rounds);
	times_tell(&b.times, "pinyin-keys");
	for (size_t i = 0; pinyin[i]; i++)
		measure(&b, str_of(pinyin[i]), rounds);
	times_tell(&b.times, "pinyin");
	printf("stories %zu\n", index_count(b.index).n_stories);
	arena_free(kept);
	arena_free(b.arena);
	index_close(b.index);
	return 0;
}
