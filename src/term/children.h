/* Programs that we started: waiting for them a moment, talking to them, and clearing up behind
 * them.
 */
#ifndef TERM_CHILDREN_H
#define TERM_CHILDREN_H

#include <stdbool.h>
#include <sys/types.h>

#include <sulan/str.h>

struct arena;
struct term;

/* Clears up after those that have ended. */
void children_reap(struct term *term);

/* Keeps the id until the program has ended. With too many of them at once, the last stays a zombie
 * until we end, which harms nobody. */
void children_remember(struct term *term, pid_t pid);

/* Waits a moment for the end of a program. False when it goes on. */
bool children_wait(pid_t pid, int ms, int *status);

/* What the program writes, in `arena`, for at most `ms` milliseconds and `max` bytes; it is killed
 * when it has not ended by then. True when it ended well in time. */
bool children_ask(struct arena *arena, const char *file, char *const *argv, int ms, size_t max,
		  struct str *out);

/* The text into the program. True when it took all of it and ended well, within `ms`; a program
 * that goes on is remembered. */
bool children_tell(struct term *term, const char *file, char *const *argv, struct str text, int ms);

/* All of the text into a descriptor that does not block, behind which someone may not read. */
bool children_feed(int fd, struct str text, int ms);

#endif
