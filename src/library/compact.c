/* A journal without what is out of date. */
#include <sulan/journal.h>

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include <sulan/arena.h>

struct line {
	struct str text; /* without its LF */
	struct record record;
	size_t nth;
	bool is_kept;
};

static int by_field(const void *a, const void *b)
{
	const struct line *x = *(struct line *const *)a, *y = *(struct line *const *)b;
	int order = str_compare(x->record.key, y->record.key);
	order = order ? order : str_compare(x->record.field, y->record.field);
	order = order ? order : record_compare(&x->record, &y->record);
	return order ? order : x->nth < y->nth ? -1 : x->nth > y->nth;
}

static int by_stamp_down(const void *a, const void *b)
{
	unsigned long long x = *(const unsigned long long *)a, y = *(const unsigned long long *)b;
	return x > y ? -1 : x < y;
}

/* The stamp from which on changes can be undone. */
static unsigned long long window(struct arena *arena, const struct line *lines, size_t n,
				 size_t n_undoable)
{
	unsigned long long *stamps = arena_alloc(arena, (n + 1) * sizeof(*stamps));
	size_t n_own = 0;
	for (size_t i = 0; i < n; i++)
		stamps[i] = lines[i].record.stamp;
	if (n)
		qsort(stamps, n, sizeof(*stamps), by_stamp_down);
	for (size_t i = 0; i < n; i++)
		if (n_own == 0 || stamps[n_own - 1] != stamps[i])
			stamps[n_own++] = stamps[i];
	return n_undoable && n_own > n_undoable ? stamps[n_undoable - 1]
	       : n_undoable                     ? 0
						: RECORD_STAMP_MAX;
}

static size_t read_lines(struct arena *arena, struct str text, struct line **out, size_t *n_bad)
{
	size_t n = 0, cap = 0;
	struct str part;
	*out = NULL;
	while (str_cut(&text, '\n', &part)) {
		struct line line = {.text = part, .nth = n};
		if (part.len == 0)
			continue;
		if (!record_read(arena, part, &line.record)) {
			(*n_bad)++;
			continue;
		}
		*out = arena_more(arena, *out, n, &cap, sizeof(**out));
		(*out)[n++] = line;
	}
	return n;
}

/* Of each field the latest value, that before the first change that can be undone, and all since.
 */
static void choose(struct arena *arena, struct line *lines, size_t n, unsigned long long from)
{
	struct line **order = arena_alloc(arena, (n + 1) * sizeof(*order));
	for (size_t i = 0; i < n; i++)
		order[i] = &lines[i];
	if (n)
		qsort(order, n, sizeof(*order), by_field);
	for (size_t i = 0; i < n; i++) {
		struct line *line = order[i], *next = i + 1 < n ? order[i + 1] : NULL;
		assert(line);
		bool is_followed = next && str_eq(next->record.key, line->record.key) &&
				   str_eq(next->record.field, line->record.field);
		if (str_is(line->record.field, RECORD_ALIAS))
			line->is_kept = true;
		else if (str_is(line->record.key, RECORD_NO_KEY))
			line->is_kept = line->record.stamp >= from;
		else
			line->is_kept = !is_followed || next->record.stamp >= from;
	}
}

struct str journal_compact(struct arena *arena, struct str text, size_t n_undoable,
			   size_t *n_dropped)
{
	struct line *lines;
	size_t n_bad = 0, n = read_lines(arena, text, &lines, &n_bad), n_kept = 0;
	struct strbuf out = strbuf_make(arena);
	choose(arena, lines, n, window(arena, lines, n, n_undoable));
	for (size_t i = 0; i < n; i++) {
		if (!lines[i].is_kept)
			continue;
		strbuf_put(&out, lines[i].text);
		strbuf_putc(&out, '\n');
		n_kept++;
	}
	*n_dropped = n + n_bad - n_kept;
	return strbuf_str(&out);
}
