/* An index of a folder with two issues, for a test. Includes come after cmocka's. */
#ifndef TESTS_INDEXING_H
#define TESTS_INDEXING_H

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <random.h>
#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/index.h>
#include <sulan/lookup.h>

static inline uint32_t below(uint32_t *seed, uint32_t n)
{
	return random_next(seed) % n;
}

struct fixture {
	struct arena *arena;
	char dir[64], path[96];
	struct index *index;
};

static inline const char *file_of(struct fixture *f, const char *name)
{
	return arena_printf(f->arena, "%s/md/%s", f->dir, name);
}

static inline void write_file(struct fixture *f, const char *name, const char *text)
{
	const char *path = file_of(f, name);
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	/* Long ago, as files that lie about are. */
	struct timespec times[2] = {{1700000000, 0}, {1700000000 + (time_t)strlen(text), 0}};
	utimensat(AT_FDCWD, path, times, 0);
}

static inline struct scan_progress scan(struct fixture *f, size_t step)
{
	struct str folder = str_of(arena_printf(f->arena, "%s/md", f->dir));
	struct scan_opts opts = {.paths = &folder, .n_paths = 1, .now_ns = 1800000000000000000LL};
	struct error err = {0};
	struct scan *s = scan_new(f->index, &opts, &err);
	assert_non_null(s);
	while (scan_step(s, step, &err))
		;
	assert_int_equal(err.code, ERROR_NONE);
	struct scan_progress progress = *scan_progress(s);
	scan_free(s);
	return progress;
}

static inline struct lookup search(struct fixture *f, const char *text)
{
	struct lookup_opts opts = {.context_bytes = 120};
	struct lookup lookup;
	struct error err = {0};
	assert_true(lookup_find(f->index, f->arena, str_of(text), &opts, &lookup, &err));
	return lookup;
}

/* The titles that are found, with blanks between them. */
static inline const char *titles(struct fixture *f, const char *text)
{
	struct lookup lookup = search(f, text);
	struct strbuf buf = strbuf_make(f->arena);
	for (size_t i = 0; i < lookup.n; i++) {
		if (i)
			strbuf_putc(&buf, ' ');
		strbuf_put(&buf, lookup.items[i].title);
	}
	return strbuf_str(&buf).p ? strbuf_str(&buf).p : "";
}

#define ISSUE_ONE                                                                                                        \
	"# 早报 2026-01-02\n\n## 微软发布\n\n文中说到OpenAI与鸿蒙。系统很好。\n\n## 西安之行\n\n" \
	"ＷＩＤＥ字母，臺灣電腦。\n"
#define ISSUE_TWO                                                                                                      \
	"# 早报 2026-01-03\n\n## 谷歌开源\n\n鸿蒙又来了，gpt-5.2 与 C++ 的微软。\n\n## 领先者\n\n" \
	"openai weekly\n"

static inline void open_index(struct fixture *f)
{
	struct error err = {0};
	index_close(f->index);
	f->index = index_open(f->path, &err);
	assert_non_null(f->index);
}

static inline int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	f->arena = arena_new();
	strcpy(f->dir, "/tmp/sulan-lookup-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->path, sizeof(f->path), "%s/cache/index.db", f->dir);
	mkdir(arena_printf(f->arena, "%s/md", f->dir), 0700);
	write_file(f, "2026-01-02.md", ISSUE_ONE);
	write_file(f, "2026-01-03.md", ISSUE_TWO);
	open_index(f);
	*state = f;
	return 0;
}

static inline int tear_down(void **state)
{
	struct fixture *f = *state;
	index_close(f->index);
	char rm[] = "rm", flag[] = "-rf", *command[] = {rm, flag, f->dir, NULL};
	if (fork() == 0)
		execvp(rm, command);
	arena_free(f->arena);
	free(f);
	return 0;
}

#endif
