/* What programs cost, run in turns so that the same load falls on all of them.
 *
 *   cost ROUNDS COMMAND... -- COMMAND... [-- COMMAND...]
 *
 * A line for each command, medians over the rounds: CPU time (user and system, of it and of what it
 * waited for) and wall time in ms, peak memory in KiB; CPU and wall time of the *first* command as
 * a multiple of this one's, taken round by round; the program. Their output goes to /dev/null. A
 * command that fails ends everything. */
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS_MAX   200
#define COMMANDS_MAX 8

extern char **environ;

enum { CPU, WALL, PEAK, N_COSTS };

static double ms_of(struct timeval t)
{
	return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static bool run(char **argv, double costs[N_COSTS])
{
	posix_spawn_file_actions_t null;
	struct rusage used;
	pid_t pid;
	int status;
	posix_spawn_file_actions_init(&null);
	posix_spawn_file_actions_addopen(&null, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&null, 1, "/dev/null", O_WRONLY, 0);
	double start = now_ms();
	bool is_run = posix_spawnp(&pid, argv[0], &null, NULL, argv, environ) == 0 &&
		      wait4(pid, &status, 0, &used) == pid && status == 0;
	costs[WALL] = now_ms() - start;
	posix_spawn_file_actions_destroy(&null);
	if (!is_run)
		return false;
	costs[CPU] = ms_of(used.ru_utime) + ms_of(used.ru_stime);
	costs[PEAK] = (double)used.ru_maxrss;
	return true;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double costs[COMMANDS_MAX][ROUNDS_MAX][N_COSTS];

/* The median cost of a command; where `of` is given, of how many times that it costs. */
static double median(int of, int command, int cost, int rounds)
{
	double values[ROUNDS_MAX];
	for (int i = 0; i < rounds; i++) {
		double value = costs[command][i][cost];
		values[i] = of < 0 ? value : costs[of][i][cost] / value;
	}
	qsort(values, (size_t)rounds, sizeof(*values), by_value);
	return values[rounds / 2];
}

int main(int argc, char **argv)
{
	char **commands[COMMANDS_MAX] = {argv + 2};
	int n = 1, rounds = argc > 2 ? atoi(argv[1]) : 0;
	for (int i = 2; i < argc; i++) {
		if (strcmp(argv[i], "--") != 0)
			continue;
		if (n == COMMANDS_MAX)
			return 2;
		argv[i] = NULL;
		commands[n++] = argv + i + 1;
	}
	if (rounds < 1 || rounds > ROUNDS_MAX || !*commands[n - 1]) {
		fputs("usage: cost ROUNDS COMMAND... -- COMMAND...\n", stderr);
		return 2;
	}
	for (int i = 0; i < rounds; i++) {
		for (int c = 0; c < n; c++) {
			if (!run(commands[c], costs[c][i])) {
				fprintf(stderr, "cost: %s failed\n", commands[c][0]);
				return 1;
			}
		}
	}
	for (int c = 0; c < n; c++)
		printf("%.1f %.1f %.0f %.2f %.2f %s\n", median(-1, c, CPU, rounds),
		       median(-1, c, WALL, rounds), median(-1, c, PEAK, rounds),
		       median(0, c, CPU, rounds), median(0, c, WALL, rounds), commands[c][0]);
	return 0;
}
