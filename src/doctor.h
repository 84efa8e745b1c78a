/* What `sulan doctor` writes: a line for each thing it looked at, a second one with what to do. */
#ifndef DOCTOR_H
#define DOCTOR_H

#include <stdbool.h>

#include <sulan/term.h>

#include "world.h"

enum finding { FINDING_OK, FINDING_NOTE, FINDING_PROBLEM };

struct doctor {
	const struct world *world;
	struct term_opts term;
	bool is_ascii; /* the terminal shows nothing else, and speaks English for that */
	bool is_unwell, is_library_unwell; /* there was a problem; with the library */
};

/* A line: how it is, the name of what was looked at (English, translated here) and the text in the
 * reader's language. `advice` (English) is what to do; NULL: nothing. */
void doctor_say(struct doctor *doctor, enum finding finding, const char *name, const char *text,
		const char *advice);

/* The same for an error; the name is the error's subject. */
void doctor_say_error(struct doctor *doctor, const char *name, const struct error *err,
		      const char *advice);

/* doctor_links.c: where we are, what the key to open would do, and the rules for hosts. */
void doctor_links(struct doctor *doctor);
/* What would become of an address. */
void doctor_address(struct doctor *doctor, const char *address);

#endif
