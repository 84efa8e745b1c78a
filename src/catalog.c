/* Which folders the index is of, and bringing it up to date with them. */
#include "catalog.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/file.h>
#include <sulan/index.h>

/* The newest issues are there at once; later steps are as long as one may wait for an interrupt. */
#define FIRST_BYTES ((size_t)64 << 10)
#define STEP_BYTES  ((size_t)8 << 20)
#define BAR_COLS    24
/* Looked at by CATALOG_NEWEST: a look at 3,650 is as long as a search of them. */
#define NEWEST_FILES 366

static volatile sig_atomic_t stopped_by;

static void note_signal(int number)
{
	stopped_by = number;
}

/* Where imported folders are remembered, a path a line: it is not to be lost with the index. */
static const char *folders_file(const struct world *world)
{
	return world->data_dir ? arena_printf(world->arena, "%s/folders", world->data_dir) : NULL;
}

static bool has_path(const struct catalog *catalog, struct str path)
{
	for (size_t i = 0; i < catalog->n_paths; i++)
		if (str_eq(catalog->paths[i], path))
			return true;
	return false;
}

static void add_path(struct catalog *catalog, const struct world *world, struct str path)
{
	if (has_path(catalog, path))
		return;
	catalog->paths = arena_more(world->arena, catalog->paths, catalog->n_paths,
				    &catalog->cap_paths, sizeof(*catalog->paths));
	catalog->paths[catalog->n_paths++] = str_copy(world->arena, path);
}

/* One write, so that two programs at once make two lines. */
static bool remember(const struct world *world, struct str path, struct error *err)
{
	const char *file = folders_file(world);
	if (!file || memchr(path.p, '\n', path.len))
		return true;
	const char *line = arena_printf(world->arena, "%.*s\n", (int)path.len, path.p);
	world_make_folders(world, file);
	int fd = open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
	bool ok = fd >= 0 && write(fd, line, strlen(line)) == (ssize_t)strlen(line);
	if (!ok) {
		error_set(err, ERROR_LIBRARY, N_("cannot be written: %s"), strerror(errno));
		error_at(err, file, 0);
	}
	if (fd >= 0)
		close(fd);
	return ok;
}

bool catalog_add(struct catalog *catalog, const struct world *world, const char *path, bool is_kept,
		 struct error *err)
{
	char *full = realpath(path, NULL);
	if (!full) {
		error_set(err, ERROR_INPUT, N_("cannot be opened: %s"), strerror(errno));
		return error_at(err, path, 0);
	}
	bool is_new = !has_path(catalog, str_of(full)), ok = true;
	add_path(catalog, world, str_of(full));
	if (is_new && is_kept)
		ok = remember(world, str_of(full), err);
	free(full);
	return ok;
}

static void add_remembered(struct catalog *catalog, const struct world *world)
{
	struct str text, line;
	const char *file = folders_file(world);
	if (!file || !file_read(file, world->arena, &text, NULL))
		return;
	while (str_cut(&text, '\n', &line))
		if (line.len)
			add_path(catalog, world, line);
}

static void tell(const struct catalog *catalog, const struct world *world, const struct error *err)
{
	if (catalog->complain)
		catalog->complain(catalog->self, err);
	else
		world_complain(world, err);
}

/* Those of the configuration and those that were imported; the index may be closed. */
static void find_folders(struct catalog *catalog, const struct world *world)
{
	for (size_t i = 0; i < world->config->n_publications; i++) {
		const struct config_publication *publication = &world->config->publications[i];
		const char *path = world_publication_dir(world, publication);
		struct error bad;
		/* A source makes its folder with the first issue. */
		if (!path || (!publication->path.len && access(path, F_OK) != 0))
			continue;
		if (!catalog_add(catalog, world, path, false, &bad))
			tell(catalog, world, &bad);
	}
	add_remembered(catalog, world);
}

bool catalog_is_meant(const struct world *world)
{
	struct catalog catalog = {0};
	if (world->args->n_paths || strcmp(world->index_path, ":memory:") == 0)
		return false;
	find_folders(&catalog, world);
	return catalog.n_paths > 0;
}

bool catalog_open(struct catalog *catalog, const struct world *world, struct error *err)
{
	*catalog = (struct catalog){.index = index_open(world->index_path, err),
				    .complain = catalog->complain,
				    .self = catalog->self};
	if (!catalog->index)
		return false;
	if (index_notice(catalog->index))
		tell(catalog, world, index_notice(catalog->index));
	find_folders(catalog, world);
	return true;
}

void catalog_close(struct catalog *catalog)
{
	index_close(catalog->index);
}

static void complain(void *self, const struct error *err)
{
	world_complain(self, err);
}

static void draw_bar(const struct world *world, const struct scan_progress *p)
{
	char bar[BAR_COLS + 1];
	size_t full = p->n_files ? p->n_done * BAR_COLS / p->n_files : BAR_COLS;
	memset(bar, '#', full);
	memset(bar + full, '.', BAR_COLS - full);
	bar[BAR_COLS] = '\0';
	fprintf(stderr, "\r%s [%s] %zu/%zu", world_word(world, N_("indexing")), bar, p->n_done,
		p->n_files);
	fflush(stderr);
}

static bool run_scan(const struct world *world, struct scan *scan, struct error *err)
{
	const struct scan_progress *p = scan_progress(scan);
	bool has_bar = isatty(2) && p->n_files > 20;
	struct sigaction act = {.sa_handler = note_signal}, old_int, old_term;
	stopped_by = 0;
	sigaction(SIGINT, &act, &old_int);
	sigaction(SIGTERM, &act, &old_term);
	for (size_t bytes = FIRST_BYTES; scan_step(scan, bytes, err) && !stopped_by;) {
		bytes = STEP_BYTES;
		if (has_bar)
			draw_bar(world, p);
	}
	if (has_bar)
		fprintf(stderr, "\r\033[K");
	sigaction(SIGINT, &old_int, NULL);
	sigaction(SIGTERM, &old_term, NULL);
	return !err->code;
}

static bool update_once(struct catalog *catalog, const struct world *world,
			struct catalog_news *news, struct error *err)
{
	struct scan_opts opts = {.paths = catalog->paths,
				 .n_paths = catalog->n_paths,
				 .profiles = &world->config->profiles,
				 .now_ns = (long long)world_now_ms(NULL) * 1000000,
				 .bad = complain,
				 .self = (void *)world};
	*err = (struct error){0};
	struct scan *scan = scan_new(catalog->index, &opts, err);
	bool ok = scan && run_scan(world, scan, err);
	if (scan) {
		const struct scan_progress *p = scan_progress(scan);
		*news = (struct catalog_news){p->n_done, p->n_same,    p->n_gone,
					      p->n_bad,  p->n_stories, stopped_by};
	}
	scan_free(scan);
	return ok;
}

bool catalog_update(struct catalog *catalog, const struct world *world, struct catalog_news *news,
		    struct error *err)
{
	*news = (struct catalog_news){0};
	if (index_is_read_only(catalog->index))
		return error_set(err, ERROR_LIBRARY,
				 N_("the index cannot be written here, and is searched as it is"),
				 NULL);
	bool ok = update_once(catalog, world, news, err);
	if (ok && !index_is_lost(catalog->index))
		return true;
	/* What somebody deleted meanwhile is made again, and so is what is damaged. */
	if (ok)
		return index_reopen(catalog->index, err) && update_once(catalog, world, news, err);
	if (!index_is_damaged(catalog->index) || !index_renew(catalog->index, err))
		return false;
	world_complain(world, index_notice(catalog->index));
	return update_once(catalog, world, news, err);
}

bool catalog_refresh(struct catalog *catalog, const struct world *world, enum catalog_care care,
		     struct error *err)
{
	static const size_t n_files[] = {
		[CATALOG_QUICKLY] = 0, [CATALOG_NEWEST] = NEWEST_FILES, [CATALOG_FULLY] = SIZE_MAX};
	struct catalog_news news;
	if (index_is_fresh(catalog->index, catalog->paths, catalog->n_paths) &&
	    !index_has_edits(catalog->index, catalog->paths, catalog->n_paths, n_files[care]))
		return true;
	return catalog_update(catalog, world, &news, err);
}

bool catalog_open_fresh(struct catalog *catalog, const struct world *world, enum catalog_care care,
			struct error *err)
{
	struct error bad = {0};
	if (!catalog_open(catalog, world, err))
		return false;
	for (int i = 0; i < world->args->n_paths; i++)
		if (!catalog_add(catalog, world, world->args->paths[i], false, &bad))
			world_complain(world, &bad);
	if (catalog->n_paths == 0) {
		error_set(&bad, ERROR_INPUT,
			  N_("nothing has been indexed yet; sulan import FOLDER, or "
			     ":import in the reader"),
			  NULL);
		world_complain(world, &bad);
	}
	if (!catalog_refresh(catalog, world, care, &bad)) {
		world_complain(world, &bad);
		catalog->is_old = true;
	}
	return true;
}
