/* How a reader answers keys, on a pty: programs in turns, press by press, so that what the machine
 * does besides falls on all alike.
 *
 *   keys WHAT ROWS COLS PRESSES KEYS TEXT COMMAND... [-- KEYS TEXT COMMAND...]...
 *
 * Each program is started and waited for until TEXT comes, and gets what is in $KEYS_FIRST; then a
 * key of its KEYS (a blank between them, \e is ESC) is pressed in turn. WHAT is
 *
 *   press  after the answer to the one before and a pause: for each program the median time from
 *          the press to the last byte in microseconds, and the median of the bytes
 *   hold   every 10 milliseconds: the same
 *   burst  PRESSES of them in one write, nine times
 *   idle   none: how often it was woken in two seconds
 *
 * One line for each program. */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PROGRAMS_MAX = 4, PRESSES_MAX = 2000, SILENCE_MS = 15, HELD_MS = 10, BURSTS = 9 };

struct program {
	char **argv;
	char keys[8][16];
	int n_keys;
	const char *text;
	pid_t pid;
	int fd;
	char seen[1 << 16];
	size_t n_seen;
	double us[PRESSES_MAX], bytes[PRESSES_MAX];
};

static double now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static void fail(const char *what, const char *whose)
{
	fprintf(stderr, "keys: %s: %s\n", whose, what);
	exit(1);
}

static void send_all(struct program *p, const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = write(p->fd, bytes, len);
		if (n < 0 && errno != EINTR)
			fail("it is gone", p->argv[0]);
		bytes += n > 0 ? n : 0;
		len -= n > 0 ? (size_t)n : 0;
	}
}

/* Reads until it has been silent for so long; the time of the last byte, and how many came. */
static double listen_to(struct program *p, int silence_ms, size_t *n_bytes)
{
	double last = 0;
	*n_bytes = 0;
	for (;;) {
		struct pollfd in = {.fd = p->fd, .events = POLLIN};
		if (poll(&in, 1, silence_ms) <= 0)
			return last;
		if (p->n_seen + 1 >= sizeof(p->seen))
			p->n_seen = 0;
		ssize_t n = read(p->fd, p->seen + p->n_seen, sizeof(p->seen) - p->n_seen - 1);
		if (n <= 0)
			fail("it has ended", p->argv[0]);
		last = now_us();
		*n_bytes += (size_t)n;
		p->n_seen += (size_t)n;
	}
}

/* Answers the question that every terminal answers, so that none is waited for. */
static void start(struct program *p, struct winsize size)
{
	size_t n;
	bool is_asked = false;
	p->pid = forkpty(&p->fd, NULL, NULL, &size);
	if (p->pid == 0) {
		execvp(p->argv[0], p->argv);
		_exit(127);
	}
	for (double end = now_us() + 30e6;;) {
		listen_to(p, 50, &n);
		p->seen[p->n_seen] = '\0';
		if (!is_asked && memmem(p->seen, p->n_seen, "\x1b[c", 3)) {
			send_all(p, "\x1b[?62;22c", 9);
			is_asked = true;
		}
		if (memmem(p->seen, p->n_seen, p->text, strlen(p->text)) && n == 0)
			break;
		if (now_us() >= end)
			fail("the text did not come", p->argv[0]);
	}
	const char *first = getenv("KEYS_FIRST");
	if (first) {
		send_all(p, first, strlen(first));
		listen_to(p, 300, &n);
	}
}

static void stop(struct program *p)
{
	kill(p->pid, SIGKILL);
	waitpid(p->pid, NULL, 0);
	close(p->fd);
}

static void read_keys(struct program *p, const char *text)
{
	char copy[128];
	snprintf(copy, sizeof(copy), "%s", text);
	for (char *word = strtok(copy, " "); word && p->n_keys < 8; word = strtok(NULL, " ")) {
		bool is_escaped = word[0] == '\\' && word[1] == 'e';
		snprintf(p->keys[p->n_keys++], sizeof(p->keys[0]), "%s%s", is_escaped ? "\x1b" : "",
			 is_escaped ? word + 2 : word);
	}
	if (p->n_keys == 0)
		fail("no keys", p->argv[0]);
}

static void press(struct program *p, int at, int silence_ms)
{
	size_t n;
	const char *key = p->keys[at % p->n_keys];
	double start_us = now_us();
	send_all(p, key, strlen(key));
	double last = listen_to(p, silence_ms, &n);
	p->us[at] = last ? last - start_us : 0;
	p->bytes[at] = (double)n;
}

static void burst(struct program *p, int at, int n_presses)
{
	size_t n, len = 0;
	static char keys[PRESSES_MAX * 16];
	for (int i = 0; i < n_presses; i++)
		len += (size_t)snprintf(keys + len, sizeof(keys) - len, "%s",
					p->keys[at % p->n_keys]);
	double start_us = now_us();
	send_all(p, keys, len);
	p->us[at] = listen_to(p, 4 * SILENCE_MS, &n) - start_us;
	p->bytes[at] = (double)n;
}

/* Both kinds of context switches: each is a time it was woken, or would have been. */
static long woken(const struct program *p)
{
	char path[64], line[128];
	long sum = 0, n;
	snprintf(path, sizeof(path), "/proc/%d/status", p->pid);
	FILE *file = fopen(path, "r");
	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "voluntary_ctxt_switches: %ld", &n) == 1 ||
		    sscanf(line, "nonvoluntary_ctxt_switches: %ld", &n) == 1)
			sum += n;
	if (file)
		fclose(file);
	return sum;
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

static void measure(const char *what, struct program *programs, int n, int presses)
{
	bool is_burst = strcmp(what, "burst") == 0;
	int silence = strcmp(what, "hold") == 0 ? HELD_MS : SILENCE_MS, rounds = presses;
	if (is_burst)
		rounds = BURSTS;
	for (int at = 0; at < rounds; at++)
		for (int i = 0; i < n; i++)
			is_burst ? burst(&programs[i], at, presses)
				 : press(&programs[i], at, silence);
	for (int i = 0; i < n; i++)
		printf("%.0f %.0f\n", median(programs[i].us, rounds),
		       median(programs[i].bytes, rounds));
}

int main(int argc, char **argv)
{
	static struct program programs[PROGRAMS_MAX];
	int n = 0;
	if (argc < 8 || atoi(argv[4]) > PRESSES_MAX)
		fail("WHAT ROWS COLS PRESSES KEYS TEXT COMMAND...", "usage");
	struct winsize size = {.ws_row = (unsigned short)atoi(argv[2]),
			       .ws_col = (unsigned short)atoi(argv[3])};
	for (int at = 5; at + 2 < argc && n < PROGRAMS_MAX; n++) {
		struct program *p = &programs[n];
		p->text = argv[at + 1];
		p->argv = argv + at + 2;
		read_keys(p, argv[at]);
		for (at += 2; at < argc && strcmp(argv[at], "--") != 0; at++)
			;
		if (at < argc)
			argv[at++] = NULL;
	}
	for (int i = 0; i < n; i++)
		start(&programs[i], size);
	if (strcmp(argv[1], "idle") == 0) {
		long before[PROGRAMS_MAX];
		for (int i = 0; i < n; i++)
			before[i] = woken(&programs[i]);
		nanosleep(&(struct timespec){.tv_sec = 2}, NULL);
		for (int i = 0; i < n; i++)
			printf("%ld\n", woken(&programs[i]) - before[i]);
	} else {
		measure(argv[1], programs, n, atoi(argv[4]));
	}
	for (int i = 0; i < n; i++)
		stop(&programs[i]);
	return 0;
}
