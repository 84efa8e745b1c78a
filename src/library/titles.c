/* All titles in memory: the search by pinyin reads each. */
#include "titles.h"

#include <stdlib.h>

#include <sulan/arena.h>

const struct titles *titles_get(struct index *index, struct error *err)
{
	if (index->titles)
		return index->titles;
	sqlite3_stmt *s = index_prepare(index, "SELECT id, title FROM story ORDER BY id DESC", err);
	if (!s)
		return NULL;
	int result;
	struct titles *t = mem_new(sizeof(*t));
	t->arena = arena_new();
	while ((result = sqlite3_step(s)) == SQLITE_ROW) {
		t->items = arena_more(t->arena, t->items, t->n, &t->cap, sizeof(*t->items));
		t->items[t->n++] = (struct title){sqlite3_column_int64(s, 0),
						  str_copy(t->arena, index_text(s, 1))};
	}
	sqlite3_finalize(s);
	if (!index_ok(index, result, err)) {
		titles_free(t);
		return NULL;
	}
	index->titles = t;
	return t;
}

void titles_free(struct titles *titles)
{
	if (!titles)
		return;
	arena_free(titles->arena);
	free(titles);
}
