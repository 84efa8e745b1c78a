/* The parts of a port where nothing happens. */
#ifndef TEST_IDLE_H
#define TEST_IDLE_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/opener.h>
#include <sulan/port.h>
#include <sulan/str.h>

static inline void idle_nothing(void *self)
{
	(void)self;
}

static inline void idle_open(void *self, const char *way, const char *const *urls, size_t n,
			     struct opening *out)
{
	(void)self;
	(void)way;
	(void)urls;
	(void)n;
	*out = (struct opening){.result = OPEN_STARTED};
}

static inline bool idle_copy(void *self, struct str text)
{
	(void)self;
	(void)text;
	return true;
}

#endif
