/* The parts of the configuration about how digests are written, shared by profiles.c and config.c.
 */
#ifndef OPTIONS_PROFILES_H
#define OPTIONS_PROFILES_H

#include <stdbool.h>

#include <sulan/profile.h>

struct arena;
struct error;

/* The profiles while they are read. */
struct profiles_reader {
	struct arena *arena;
	struct profiles *out;
	struct profile_label *labels;
	struct profile *items;
	size_t cap_labels, cap_items;
};

/* A line of [labels]. False with `err`, which has no line yet, when it makes no sense. */
bool profiles_take_label(struct profiles_reader *r, struct str role, struct str words,
			 struct error *err);
/* A line of [profile NAME]. */
bool profiles_take(struct profiles_reader *r, struct str name, struct str key, struct str value,
		   struct error *err);

#endif
