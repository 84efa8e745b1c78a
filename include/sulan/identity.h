/* layer: library
 *
 * What a story is, apart from its id: written beside its state, so that the state finds its story
 * again when the issue has been edited and the id is another. Pairing is described in sulan(5).
 */
#ifndef SULAN_IDENTITY_H
#define SULAN_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/str.h>

struct arena;
struct error;
struct found;
struct issue;
struct story;
struct triage;

/* Day, publication, title and the first addresses, separated by tabs; in the arena. */
struct str identity_text(struct arena *arena, const struct issue *issue, const struct story *story);

/* The same of a story of the index. */
struct str identity_of_found(struct arena *arena, const struct found *found);

/* What such a text begins with, up to the title: "DAY\tPUBLICATION\t"; empty when it is none. */
struct str identity_place(struct str about);

/* Finds, for state whose story is not in the issue any more though it was of that publication and
 * day, the story that it has become, and makes their ids one: `*n_paired` says how many. Called
 * when an issue is opened. False with `err` when it could not be written down. */
bool identity_pair(struct triage *triage, const struct issue *issue, size_t *n_paired,
		   struct error *err);

#endif
