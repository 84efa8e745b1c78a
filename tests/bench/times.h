/* Times of one kind, in this process, and what is told of them. */
#ifndef BENCH_TIMES_H
#define BENCH_TIMES_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define TIMES_MAX 8192

struct times {
	double ms[TIMES_MAX];
	size_t n;
};

static inline double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static inline void times_add(struct times *times, double ms)
{
	if (times->n < TIMES_MAX)
		times->ms[times->n++] = ms;
}

static inline int times_compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* A line: the name, the median and the 99th of a hundred in ms, how many. Begins anew. */
static inline void times_tell(struct times *times, const char *name)
{
	if (times->n == 0)
		return;
	qsort(times->ms, times->n, sizeof(*times->ms), times_compare);
	printf("%s %.3f %.3f %zu\n", name, times->ms[times->n / 2], times->ms[times->n * 99 / 100],
	       times->n);
	times->n = 0;
}

#endif
