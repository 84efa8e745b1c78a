/* A disk that fails when it is told to. What is linked with it has every write of this program, and
 * of the libraries it uses, go through here: to be killed in the middle of one, to lose what was
 * not yet safe as a power cut does, or to find the disk full. Only regular files count. Names that
 * are made, changed or deleted are taken to be safe at once. */
#ifndef DISK_H
#define DISK_H

#include <stdint.h>

enum disk_end {
	DISK_SOUND,
	DISK_KILL, /* in the middle of the event the process is killed */
	DISK_CUT,  /* and of all that was not flushed random sectors are lost */
	DISK_FULL, /* from this event on nothing fits any more */
};

/* What happens at the event `nth` from now on, from 1: a write, a change of size, a flush, a
 * renaming, a deletion. */
void disk_arm(enum disk_end end, long nth, uint32_t seed);

/* Events since it was armed. */
long disk_events(void);

#endif
