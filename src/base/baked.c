/* Looking up what the Makefile baked in. */
#include <sulan/baked.h>

struct str baked_find(const char *name)
{
	for (size_t i = 0; i < baked_count; i++)
		if (str_is(str_of(name), baked_table[i].name))
			return baked_table[i].text;
	return (struct str){NULL, 0};
}
