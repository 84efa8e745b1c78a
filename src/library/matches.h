/* What is shown of the matches in a story that was found. */
#ifndef MATCHES_H
#define MATCHES_H

#include <sulan/fold.h>
#include <sulan/lookup.h>

#include "terms.h"

/* A story being looked at: title and text, folded. */
struct subject {
	struct str title, text, folded_title;
	struct fold fold; /* of the text */
};

/* Fills in the hits and, where `context_bytes` is not 0, the context of what was found; they are in
 * the arena. */
void matches_show(struct arena *arena, struct arena *scratch, const struct terms *terms,
		  const struct subject *subject, size_t context_bytes, struct found *found);

#endif
