/* How long an issue, and the longest of its stories, take to be set anew at another width, as after
 * a resize.
 *
 *   set ISSUE ROUNDS
 *
 * Prints the best of the rounds in ms: the story, all of them. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <sulan/arena.h>
#include <sulan/file.h>
#include <sulan/issue.h>
#include <sulan/page.h>

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static const struct story *longest(const struct issue *issue)
{
	const struct story *best = &issue->stories[0];
	for (size_t i = 1; i < issue->n_stories; i++)
		if (issue->stories[i].n_chars > best->n_chars)
			best = &issue->stories[i];
	return best;
}

/* The best of the rounds; of the whole issue without a story. */
static double set(const struct issue *issue, const struct story *story, int rounds)
{
	double best = 1e9;
	for (int i = 0; i < rounds; i++) {
		struct page_opts opts = {.cols = (uint16_t)(80 + i % 40),
					 .wrap = {.policy = TEXT_POLICY_DEFAULT}};
		double start = now_ms();
		page_free(story ? page_story(issue, story, &opts) : page_issue(issue, &opts));
		double took = now_ms() - start;
		best = took < best ? took : best;
	}
	return best;
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_new();
	struct str bytes;
	int rounds = argc > 2 ? atoi(argv[2]) : 0;
	if (rounds < 1 || !file_read(argv[1], arena, &bytes, NULL)) {
		fputs("usage: set ISSUE ROUNDS\n", stderr);
		return 2;
	}
	const struct issue *issue = issue_read_own(arena, bytes, str_of(argv[1]), NULL);
	if (!issue || issue->n_stories == 0)
		return 2;
	double story = set(issue, longest(issue), rounds), whole = set(issue, NULL, rounds);
	printf("%.3f %.3f\n", story, whole);
	issue_free(issue);
	return 0;
}
