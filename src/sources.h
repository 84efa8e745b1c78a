/* Sources that deliver: a sulan-fetch for each publication that has one, run beside everything
 * else, and the folders watched that issues come into. */
#ifndef SOURCES_H
#define SOURCES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <sulan/error.h>

#include "world.h"

/* What a source tells, and what can be heard from its folder. */
struct sources_ears {
	void *self;
	/* A file of a publication's folder is new or another. */
	void (*heard)(void *self, const char *path);
	/* Anything in the folder may be. */
	void (*heard_all)(void *self, const char *dir);
};

struct delivery {
	const struct config_publication *publication;
	const char *dir;
	pid_t pid;       /* 0: not running */
	int fd;          /* what it tells */
	char line[2048]; /* of it, up to its end */
	size_t len;
	size_t n_done, n_total; /* as it told */
	size_t n_new;           /* issues of the last delivery */
	struct error err;       /* of the last delivery; ERROR_NONE: it went well */
	unsigned n_failed;      /* deliveries in a row */
	long long retry_ms;     /* by the monotonic clock; 0: not to be tried again by itself */
	int watch;              /* of inotify; -1: none */
};

struct sources {
	const struct world *world;
	struct delivery *items; /* every publication with a folder, delivered to or not */
	size_t n;
	int poll_fd, notify_fd, timer_fd; /* -1: none */
	struct sources_ears ears;
};

void sources_open(struct sources *sources, const struct world *world,
		  const struct sources_ears *ears);

/* Readable when there is something to take; `more_fd` (0: none) is another's for which that holds
 * too. -1 when it cannot be had. */
int sources_watch(struct sources *sources, int more_fd);

/* Starts a delivery, unless one is going on. Failing to start is a failed delivery. */
void sources_start(struct sources *sources, struct delivery *source);

/* Takes what there is; never waits. True when something a reader sees is another. */
bool sources_take(struct sources *sources);

bool source_is_running(const struct delivery *source);

/* Seconds until a failed source is tried again. */
long source_retry_s(const struct delivery *source);

/* Deliveries that are going on come to their end by themselves. */
void sources_close(struct sources *sources);

#endif
