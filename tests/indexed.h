/* A folder of issues and an index of it in memory, for tests of what the library knows. */
#ifndef TESTS_INDEXED_H
#define TESTS_INDEXED_H

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/index.h>

struct indexed {
	struct arena *arena;
	char dir[64];
	struct index *index;
};

static inline void indexed_write(struct indexed *f, const char *name, const char *text)
{
	const char *path = arena_printf(f->arena, "%s/%s", f->dir, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	/* Long ago, as files that lie about are; another text, another time. */
	struct timespec times[2] = {{1700000000, 0}, {1700000000 + (time_t)strlen(text), 0}};
	utimensat(AT_FDCWD, path, times, 0);
}

static inline void indexed_drop(struct indexed *f, const char *name)
{
	unlink(arena_printf(f->arena, "%s/%s", f->dir, name));
}

/* Brings the index up to date, so many bytes at a time. */
static inline void indexed_scan(struct indexed *f, size_t step)
{
	struct str folder = str_of(f->dir);
	struct scan_opts opts = {.paths = &folder, .n_paths = 1, .now_ns = 1800000000000000000LL};
	struct error err = {0};
	struct scan *s = scan_new(f->index, &opts, &err);
	assert_non_null(s);
	while (scan_step(s, step, &err))
		;
	assert_int_equal(err.code, ERROR_NONE);
	scan_free(s);
}

/* Makes it anew. */
static inline void indexed_renew(struct indexed *f, size_t step)
{
	struct error err = {0};
	index_close(f->index);
	f->index = index_open(":memory:", &err);
	assert_non_null(f->index);
	indexed_scan(f, step);
}

static inline struct indexed *indexed_new(void)
{
	struct indexed *f = calloc(1, sizeof(*f));
	assert_non_null(f);
	f->arena = arena_new();
	strcpy(f->dir, "/tmp/sulan-indexed-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	return f;
}

static inline void indexed_free(struct indexed *f)
{
	DIR *dir = opendir(f->dir);
	for (struct dirent *entry; dir && (entry = readdir(dir));)
		if (entry->d_name[0] != '.')
			indexed_drop(f, entry->d_name);
	if (dir)
		closedir(dir);
	rmdir(f->dir);
	index_close(f->index);
	arena_free(f->arena);
	free(f);
}

#endif
