/* How fast paragraphs are broken into lines of 80 columns, against libunistring's breaker alone
 * (which knows no clusters and no Chinese rules), in turns on the same text.
 *
 *   wrap FILE ROUNDS
 *
 * Prints the best of the rounds in MB/s, and the ratio. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unilbrk.h>

#include <sulan/arena.h>
#include <sulan/file.h>
#include <sulan/wrap.h>

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
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

int main(int argc, char **argv)
{
	struct arena *arena = arena_new(), *scratch = arena_new();
	struct str text;
	int rounds = argc > 2 ? atoi(argv[2]) : 0;
	if (rounds < 1 || !file_read(argv[1], arena, &text, NULL)) {
		fputs("usage: wrap FILE ROUNDS\n", stderr);
		return 2;
	}
	char *breaks = mem_new(text.len + 1);
	double ours = 1e9, theirs = 1e9;
	size_t n_lines = 0;
	for (int i = 0; i < rounds; i++) {
		double a = time_ours(text, scratch, &n_lines), b = time_theirs(text, breaks);
		ours = a < ours ? a : ours;
		theirs = b < theirs ? b : theirs;
	}
	double mb = (double)text.len / 1e6;
	printf("%.0f MB/s in %zu lines, u8_width_linebreaks %.0f MB/s, ratio %.2f\n", mb / ours,
	       n_lines, mb / theirs, theirs / ours);
	free(breaks);
	arena_free(scratch);
	arena_free(arena);
	return 0;
}
