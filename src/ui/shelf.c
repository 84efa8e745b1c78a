/* The issues of this run. A path's date comes from its name, else from the first heading of the
 * file, so that a folder can be put in order without reading it all. */
#include "shelf.h"

#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/file.h>

#include "sources.h"

/* Files whose heading is looked into for a date, at the most: opening a folder must not read it. */
#define SHELF_PEEKS 64
#define PEEK_BYTES  2048

static struct str base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return str_of(slash ? slash + 1 : path);
}

/* The date of the first heading or of a front matter's date line. */
static struct date peek_date(const char *path)
{
	struct date date = {0};
	struct arena *arena = arena_new();
	struct str bytes, line;
	if (file_read(path, arena, &bytes, NULL)) {
		struct str head = str_sub(bytes, 0, PEEK_BYTES);
		while (!date.year && str_cut(&head, '\n', &line))
			if (str_starts(line, "#") || str_starts(line, "date"))
				date_find(line, &date, NULL, NULL);
	}
	arena_free(arena);
	return date;
}

static struct shelf_entry *add(struct shelf *shelf)
{
	shelf->entries = arena_more(shelf->arena, shelf->entries, shelf->n, &shelf->cap,
				    sizeof(*shelf->entries));
	struct shelf_entry *entry = &shelf->entries[shelf->n++];
	*entry = (struct shelf_entry){0};
	return entry;
}

void app_add_path(struct app *app, struct str path, bool is_named)
{
	struct shelf_entry *entry = add(&app->shelf);
	size_t at = path.len;
	while (at && path.p[at - 1] != '/')
		at--;
	entry->path = str_dup(app->shelf.arena, path);
	date_find(str_from(path, at), &entry->date, NULL, NULL);
	if (!entry->date.year && (is_named || app->shelf.n <= SHELF_PEEKS))
		entry->date = peek_date(entry->path);
}

void app_add_issue(struct app *app, const struct issue *issue)
{
	struct shelf_entry *entry = add(&app->shelf);
	entry->issue = issue;
	entry->date = issue->date;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Compares names with runs of digits as numbers, so that 99 comes before 100. */
static int compare_names(struct str a, struct str b)
{
	size_t i = 0, j = 0;
	while (i < a.len && j < b.len) {
		if (is_digit(a.p[i]) && is_digit(b.p[j])) {
			while (i < a.len && a.p[i] == '0')
				i++;
			while (j < b.len && b.p[j] == '0')
				j++;
			size_t n = 0, m = 0;
			while (i + n < a.len && is_digit(a.p[i + n]))
				n++;
			while (j + m < b.len && is_digit(b.p[j + m]))
				m++;
			int order = n != m ? (n < m ? -1 : 1)
					   : str_compare(str_sub(a, i, n), str_sub(b, j, m));
			if (order)
				return order;
			i += n;
			j += m;
		} else if (a.p[i] != b.p[j]) {
			return (unsigned char)a.p[i] < (unsigned char)b.p[j] ? -1 : 1;
		} else {
			i++;
			j++;
		}
	}
	return (a.len - i > b.len - j) - (a.len - i < b.len - j);
}

static size_t find_path(const struct shelf *shelf, struct str path)
{
	for (size_t i = 0; i < shelf->n; i++)
		if (shelf->entries[i].path && str_is(path, shelf->entries[i].path))
			return i;
	return SIZE_MAX;
}

/* The present issue is in another place of the order then. */
static void sort_around(struct shelf *shelf)
{
	const char *path = shelf->entries[shelf->now].path;
	const struct issue *issue = shelf->entries[shelf->now].issue;
	shelf_sort(shelf);
	for (size_t i = 0; i < shelf->n; i++)
		if (shelf->entries[i].path == path && shelf->entries[i].issue == issue)
			shelf->now = i;
}

size_t shelf_place(struct app *app, struct str path)
{
	struct shelf *shelf = &app->shelf;
	size_t index = find_path(shelf, path);
	if (index != SIZE_MAX)
		return index;
	app_add_path(app, path, true);
	sort_around(shelf);
	return find_path(shelf, path);
}

void app_offer(struct app *app, struct str path)
{
	struct shelf *shelf = &app->shelf;
	size_t index = find_path(shelf, path);
	const char *name = base_name(str_dup(app->frame, path)).p;
	if (!file_is_issue_name(str_of(name)))
		return;
	if (index == SIZE_MAX) {
		app_add_path(app, path, true);
		sort_around(shelf);
		if (!sources_status(app)) /* there will be more of them */
			app_message(app, app_word(app, N_("a new issue: %s")), name);
	} else if (index == shelf->now && !app->reading.stories) {
		app_message(app, "%s",
			    app_word(app, N_("this issue has changed; reload reads it")));
	} else {
		issue_free(shelf->entries[index].issue);
		shelf->entries[index].issue = NULL;
	}
}

void app_offer_all(struct app *app, const struct str *paths, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (find_path(&app->shelf, paths[i]) == SIZE_MAX)
			app_offer(app, paths[i]);
}

static int newest_first(const void *a, const void *b)
{
	const struct shelf_entry *x = a, *y = b;
	int order = date_compare(y->date, x->date);
	if (order)
		return order;
	return compare_names(base_name(y->path ? y->path : ""), base_name(x->path ? x->path : ""));
}

bool app_missed_input(const struct app *app)
{
	for (size_t i = 0; i < app->shelf.n; i++)
		if (app->shelf.entries[i].is_bad)
			return true;
	return false;
}

/* Folders come sorted by name, which most often is by date, the oldest first. */
static void turn_around(struct shelf *shelf)
{
	for (size_t i = 0, k = shelf->n; i + 1 < k; i++) {
		struct shelf_entry swap = shelf->entries[i];
		shelf->entries[i] = shelf->entries[--k];
		shelf->entries[k] = swap;
	}
}

void shelf_sort(struct shelf *shelf)
{
	if (shelf->n > 1 && newest_first(&shelf->entries[0], &shelf->entries[shelf->n - 1]) > 0)
		turn_around(shelf);
	size_t i = 1;
	while (i < shelf->n && newest_first(&shelf->entries[i - 1], &shelf->entries[i]) <= 0)
		i++;
	if (i < shelf->n)
		qsort(shelf->entries, shelf->n, sizeof(*shelf->entries), newest_first);
}

const struct issue *shelf_read(const struct shelf *shelf, const char *path, struct error *err)
{
	struct arena *arena = arena_new();
	struct str bytes;
	if (file_read(path, arena, &bytes, err))
		return issue_read_with(arena, bytes, str_of(path), shelf->profiles, err);
	arena_free(arena);
	return NULL;
}

const struct issue *shelf_issue(struct shelf *shelf, size_t index, struct error *err)
{
	struct shelf_entry *entry = &shelf->entries[index];
	if (!entry->issue)
		entry->issue = shelf_read(shelf, entry->path, err);
	entry->is_bad = !entry->issue;
	return entry->issue;
}

bool shelf_reload(struct shelf *shelf, size_t index, struct error *err)
{
	struct shelf_entry *entry = &shelf->entries[index];
	if (!entry->path)
		return error_set(err, ERROR_INPUT,
				 N_("came through a pipe and cannot be read again"), NULL);
	const struct issue *fresh = shelf_read(shelf, entry->path, err);
	if (!fresh)
		return false;
	issue_free(entry->issue);
	entry->issue = fresh;
	return true;
}

void shelf_free(struct shelf *shelf)
{
	for (size_t i = 0; i < shelf->n; i++)
		issue_free(shelf->entries[i].issue);
	arena_free(shelf->arena);
}
