/* Finding a profile. */
#include <sulan/profile.h>

const struct profile *profile_named(const struct profiles *profiles, struct str name)
{
	for (size_t i = 0; i < profiles->n; i++)
		if (str_same_letters(profiles->items[i].name, name))
			return &profiles->items[i];
	return NULL;
}
