/* Programs by their argument vectors. There is no shell anywhere near. */
#ifndef TERM_SPAWN_H
#define TERM_SPAWN_H

#include <stdbool.h>
#include <sys/types.h>

struct arena;

/* Where the program is: an absolute path as it is, a plain name in the folders of `path`. Parts of
 * `path` that are empty or relative are passed over. NULL when it is nowhere. */
const char *spawn_find(struct arena *arena, const char *name, const char *path);

/* What a program gets of ours. */
struct spawn_io {
	int in, out, err;  /* its standard input, output and errors; -1: nothing */
	char *const *env;  /* NULL: as ours */
	bool has_terminal; /* it stays in our session */
};

/* Starts the program at `file`, in a session of its own unless it is to have the terminal, with
 * nothing else of ours open in it. Returns its id, or 0 with errno set. */
pid_t spawn_start(const char *file, char *const argv[], const struct spawn_io *io);

#endif
