/* How fast paragraphs are broken into lines of 80 columns, against libunistring's breaker alone
 * (which knows no clusters and no Chinese rules), in turns on the same text.
 *
 *   wrap FILE ROUNDS
 *
 * Prints the medians of the rounds: either's MB/s of CPU time, and the ratio within a round; and,
 * on a second line, how many times as long the first 10 MB take as the first 1 MB, as one
 * paragraph. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unilbrk.h>

#include <sulan/arena.h>
#include <sulan/file.h>
#include <sulan/wrap.h>

enum { ROUNDS_MAX = 99, MEGABYTE = 1000000 };

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double time_ours(struct str text, struct arena *arena, size_t *n_lines)
{
	struct wrap_opts opts = {.policy = TEXT_POLICY_DEFAULT};
	struct str rest = text, line;
	double start = now();
	*n_lines = 0;
	while (str_cut(&rest, '\n', &line)) {
		struct wrap_line *lines;
		*n_lines += wrap_lines(arena, line, 80, 80, &opts, &lines);
		arena_reset(arena);
	}
	return now() - start;
}

static double time_theirs(struct str text, char *breaks)
{
	struct str rest = text, line;
	double start = now();
	while (str_cut(&rest, '\n', &line))
		u8_width_linebreaks((const uint8_t *)line.p, line.len, 80, 0, 0, NULL, "UTF-8",
				    breaks);
	return now() - start;
}

/* As one paragraph. */
static double time_whole(struct str text, struct arena *arena)
{
	struct wrap_opts opts = {.policy = TEXT_POLICY_DEFAULT};
	struct wrap_line *lines;
	double start = now();
	wrap_lines(arena, text, 80, 80, &opts, &lines);
	arena_reset(arena);
	return now() - start;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *values, size_t n)
{
	qsort(values, n, sizeof(*values), by_size);
	return values[n / 2];
}

int main(int argc, char **argv)
{
	struct arena *arena = arena_new(), *scratch = arena_new();
	struct str text;
	double ours[ROUNDS_MAX], theirs[ROUNDS_MAX], ratio[ROUNDS_MAX];
	long rounds = argc > 2 ? strtol(argv[2], NULL, 10) : 0;
	if (rounds < 1 || rounds > ROUNDS_MAX || !file_read(argv[1], arena, &text, NULL)) {
		fputs("usage: wrap FILE ROUNDS\n", stderr);
		return 2;
	}
	size_t n_lines = 0, n = (size_t)rounds;
	char *breaks = mem_new(text.len + 1);
	time_ours(text, scratch, &n_lines);
	for (size_t i = 0; i < n; i++) {
		ours[i] = time_ours(text, scratch, &n_lines);
		theirs[i] = time_theirs(text, breaks);
		ratio[i] = theirs[i] / ours[i];
	}
	double mb = (double)text.len / 1e6;
	printf("%.0f MB/s in %zu lines, u8_width_linebreaks %.0f MB/s, ratio %.2f\n",
	       mb / median(ours, n), n_lines, mb / median(theirs, n), median(ratio, n));
	char *whole = mem_new(text.len + 1);
	for (size_t i = 0; i < text.len; i++)
		whole[i] = text.p[i] == '\n' ? ' ' : text.p[i];
	struct str paragraph = {whole, text.len};
	for (size_t i = 0; i < n; i++) {
		double small = time_whole(str_sub(paragraph, 0, MEGABYTE), scratch);
		ratio[i] = time_whole(str_sub(paragraph, 0, 10 * MEGABYTE), scratch) / small;
	}
	printf("%.1f\n", median(ratio, n));
	free(whole);
	free(breaks);
	arena_free(scratch);
	arena_free(arena);
	return 0;
}
