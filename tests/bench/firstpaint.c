/* Time from exec until a text first appears in a program's output on a pty: two programs in turn.
 *
 *   firstpaint ROUNDS TEXT-A COMMAND-A... -- TEXT-B COMMAND-B...
 *
 * Prints the medians in milliseconds, the most memory of each by then, and the ratio A/B of the
 * times, round by round. */
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS_MAX 200

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* The most memory that a process has had so far; 0 when nobody says. */
static long peak_kib(pid_t pid)
{
	char path[32], line[128];
	long kib = 0;
	snprintf(path, sizeof(path), "/proc/%ld/status", (long)pid);
	FILE *file = fopen(path, "r");
	while (file && !kib && fgets(line, sizeof(line), file))
		if (strncmp(line, "VmHWM:", 6) == 0)
			kib = atol(line + 6);
	if (file)
		fclose(file);
	return kib;
}

/* Milliseconds until `text` was read; negative when the program ended or took ten seconds. */
static double run(const char *text, char **argv, long *kib)
{
	struct winsize size = {.ws_row = 24, .ws_col = 80};
	static char seen[1 << 20];
	size_t len = 0;
	int fd;
	double start = now_ms(), found = -1;
	pid_t pid = forkpty(&fd, NULL, NULL, &size);
	if (pid < 0)
		return -1;
	if (pid == 0) {
		execv(argv[0], argv);
		_exit(127);
	}
	while (found < 0 && len < sizeof(seen)) {
		struct pollfd wait = {.fd = fd, .events = POLLIN};
		if (poll(&wait, 1, 10000) <= 0)
			break;
		ssize_t n = read(fd, seen + len, sizeof(seen) - len);
		if (n <= 0)
			break;
		len += (size_t)n;
		if (memmem(seen, len, text, strlen(text)))
			found = now_ms() - start;
	}
	*kib = peak_kib(pid);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	close(fd);
	return found;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(double *values, int n)
{
	qsort(values, (size_t)n, sizeof(*values), by_value);
	return values[n / 2];
}

int main(int argc, char **argv)
{
	int split = 0, rounds = argc > 1 ? atoi(argv[1]) : 0;
	for (int i = 3; i < argc && !split; i++)
		if (strcmp(argv[i], "--") == 0)
			split = i;
	if (rounds < 1 || rounds > ROUNDS_MAX || split == 0 || split + 2 >= argc) {
		fputs("usage: firstpaint ROUNDS TEXT COMMAND... -- TEXT COMMAND...\n", stderr);
		return 2;
	}
	argv[split] = NULL;
	double a[ROUNDS_MAX], b[ROUNDS_MAX], ratio[ROUNDS_MAX];
	long kib_a = 0, kib_b = 0;
	for (int i = -2; i < rounds; i++) { /* two for warming up */
		double x = run(argv[2], argv + 3, &kib_a);
		double y = run(argv[split + 1], argv + split + 2, &kib_b);
		if (x < 0 || y < 0) {
			fprintf(stderr, "firstpaint: “%s” did not appear\n",
				x < 0 ? argv[2] : argv[split + 1]);
			return 1;
		}
		if (i >= 0) {
			a[i] = x;
			b[i] = y;
			ratio[i] = x / y;
		}
	}
	printf("%.2f ms against %.2f ms, %ld KiB against %ld KiB: ratio %.2f\n", median(a, rounds),
	       median(b, rounds), kib_a, kib_b, median(ratio, rounds));
	return 0;
}
