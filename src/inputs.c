/* Finding and reading what is to be read. */
#include "inputs.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <sulan/arena.h>
#include <sulan/baked.h>
#include <sulan/error.h>
#include <sulan/file.h>
#include <sulan/listings.h>

#define SAMPLE "man/sample.md"

static void add(struct inputs *inputs, const struct world *world, struct str path)
{
	inputs->paths = arena_more(world->arena, inputs->paths, inputs->n, &inputs->cap,
				   sizeof(*inputs->paths));
	inputs->paths[inputs->n++] = path;
}

static size_t add_folder(struct inputs *inputs, const struct world *world, const char *path,
			 struct error *err)
{
	struct file_list list;
	long long now_ns = (long long)world_now_ms(NULL) * 1000000;
	if (!listings_find(world->folders_cache, now_ns, path, world->arena, &list, err))
		return SIZE_MAX;
	for (size_t i = 0; i < list.n_paths; i++)
		add(inputs, world, list.paths[i]);
	return list.n_paths;
}

static void complain(struct inputs *inputs, const struct world *world, const struct error *err)
{
	world_complain(world, err);
	inputs->is_bad = true;
}

static void add_named(struct inputs *inputs, const struct world *world, const char *path)
{
	struct error err = {0};
	struct stat st;
	if (strcmp(path, "-") == 0 || (stat(path, &st) == 0 && !S_ISDIR(st.st_mode))) {
		add(inputs, world, str_of(path));
		return;
	}
	size_t n = add_folder(inputs, world, path, &err);
	if (n == SIZE_MAX) {
		complain(inputs, world, &err);
	} else if (n == 0) {
		error_set(&err, ERROR_INPUT, N_("holds no issue: no file that ends in .md"), NULL);
		error_at(&err, path, 0);
		complain(inputs, world, &err);
	}
}

/* Something is piped or redirected into standard input; /dev/null and a terminal are not something.
 */
static bool is_piped(void)
{
	struct stat st;
	return fstat(0, &st) == 0 &&
	       (S_ISFIFO(st.st_mode) || S_ISREG(st.st_mode) || S_ISSOCK(st.st_mode));
}

void inputs_find(struct inputs *inputs, const struct world *world)
{
	const struct args *args = world->args;
	*inputs = (struct inputs){0};
	for (int i = 0; i < args->n_paths; i++)
		add_named(inputs, world, args->paths[i]);
	if (args->n_paths)
		return;
	bool has_words =
		args->mode == MODE_LIST || args->mode == MODE_EXPORT || args->mode == MODE_MARK;
	if (!has_words && is_piped()) {
		add(inputs, world, STR("-"));
		return;
	}
	inputs->is_found = true;
	for (size_t i = 0; i < world->config->n_publications; i++) {
		const struct config_publication *publication = &world->config->publications[i];
		struct error err = {0};
		const char *path = world_publication_dir(world, publication);
		/* the folder of a source comes with its first issue */
		if (path && add_folder(inputs, world, path, &err) == SIZE_MAX &&
		    publication->source == SOURCE_NONE)
			world_complain(world, &err);
	}
	if (inputs->n == 0)
		add_folder(inputs, world, ".", NULL);
	inputs->is_sample = inputs->n == 0;
	if (inputs->is_sample)
		add(inputs, world, STR(SAMPLE));
}

const struct issue *inputs_read(struct inputs *inputs, const struct world *world, size_t index)
{
	struct str path = inputs->paths[index], bytes;
	struct arena *arena = arena_new();
	struct error err = {0};
	const struct issue *issue = NULL;
	bool ok = true;
	if (inputs->is_sample)
		bytes = baked_find(SAMPLE);
	else if (str_is(path, "-"))
		ok = file_read_fd(0, "-", arena, &bytes, &err);
	else
		ok = file_read(path.p, arena, &bytes, &err);
	if (ok)
		issue = issue_read_with(arena, bytes, path, &world->config->profiles, &err);
	else
		arena_free(arena);
	if (!issue) {
		error_at(&err, path.p, 0);
		complain(inputs, world, &err);
	}
	return issue;
}

static int newest_first(const void *a, const void *b)
{
	const struct issue *x = *(const struct issue *const *)a,
			   *y = *(const struct issue *const *)b;
	int order = date_compare(y->date, x->date);
	return order ? order : str_compare(y->path, x->path);
}

const struct issue **inputs_read_all(struct inputs *inputs, const struct world *world,
				     bool is_newest_only, size_t *n)
{
	const struct issue **issues = arena_alloc(world->arena, (inputs->n + 1) * sizeof(*issues));
	*n = 0;
	for (size_t i = 0; i < inputs->n; i++) {
		const struct issue *issue = inputs_read(inputs, world, i);
		if (issue)
			issues[(*n)++] = issue;
	}
	qsort(issues, *n, sizeof(*issues), newest_first);
	if (is_newest_only && inputs->is_found)
		for (; *n > 1; (*n)--)
			issue_free(issues[*n - 1]);
	return issues;
}
