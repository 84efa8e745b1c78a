/* What the library costs in the reader, on an in-memory screen that has room for the list alone:
 * opening it and each of some keys, medians in ms; the memory it takes while it is open, in KiB by
 * malloc. One line a measure: its name and the figure.
 *
 *   stacks INDEX ROUNDS FIRST-ISSUE
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <sulan/app.h>
#include <sulan/arena.h>
#include <sulan/canvas.h>
#include <sulan/config.h>
#include <sulan/error.h>
#include <sulan/index.h>
#include <sulan/keymap.h>
#include <sulan/port.h>
#include <sulan/theme.h>
#include <sulan/triage.h>

#include "../idle.h"

#define TIMES_MAX 4096

struct bench {
	struct index *index;
	const char *keys; /* still to be typed */
	double began, times[TIMES_MAX];
	size_t n;
};

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* From a key to the next time one is waited for, when all that it did is on the screen. */
static bool port_read(void *self, int timeout_ms, struct key *out)
{
	struct bench *b = self;
	if (timeout_ms >= 0)
		return false;
	if (b->began != 0 && b->n < TIMES_MAX)
		b->times[b->n++] = now_ms() - b->began;
	*out = (struct key){.code = *b->keys ? (unsigned char)*b->keys++ : KEY_CODE_CLOSE};
	b->began = now_ms();
	return true;
}

static void port_size(void *self, int *rows, int *cols)
{
	(void)self;
	*rows = 40;
	*cols = 90;
}

static void port_show(void *self, const struct canvas *canvas)
{
	(void)self;
	(void)canvas;
}

static struct index *library(void *self, struct error *err)
{
	(void)err;
	return ((struct bench *)self)->index;
}

/* Types the keys and takes the time of each; `more` is how much more memory is taken at the end. */
static void type(struct bench *b, const char *issue, const char *keys, size_t *more)
{
	const struct port port = {b,         port_read,    port_size,
				  port_show, idle_nothing, idle_nothing,
				  idle_open, idle_copy,    NULL};
	struct arena *arena = arena_new();
	struct theme theme;
	theme_baked(&theme, "ink");
	struct app_opts opts = {.port = &port,
				.config = config_read(arena, STR(""), "bench"),
				.keymap = keymap_new(),
				.triage = triage_new(NULL),
				.theme = &theme,
				.library = library,
				.self = b,
				.policy = TEXT_POLICY_DEFAULT};
	keymap_bind(opts.keymap, STR("L"), STR("library"), NULL);
	struct app *app = app_new(&opts);
	struct error err;
	b->keys = keys;
	b->began = 0;
	b->n = 0;
	app_add_path(app, str_of(issue), true);
	if (!app_start(app, &err)) {
		fprintf(stderr, "stacks: %s cannot be read\n", issue);
		exit(1);
	}
	size_t before = mallinfo2().uordblks + mallinfo2().hblkhd;
	app_run(app);
	*more = mallinfo2().uordblks + mallinfo2().hblkhd - before;
	app_free(app);
	triage_free(opts.triage);
	keymap_free(opts.keymap);
	arena_free(arena);
}

/* The median of the keys behind the first `skip`. */
static double median(struct bench *b, size_t skip)
{
	if (b->n <= skip)
		return 0;
	qsort(b->times + skip, b->n - skip, sizeof(*b->times), by_size);
	return b->times[skip + (b->n - skip) / 2];
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name, *first, *keys; /* `keys` again and again, behind `first` */
	} measures[] = {
		{"move", "L", "j"},  {"end", "L", "Gg"},      {"star", "L", "s"},
		{"read", "L", "r"},  {"dismiss", "L", "d"},   {"undo", "Lssssssssssssssss", "u"},
		{"tab", "Ls", "\t"}, {"limit", "L&", "star"}, {"words", "L&", "kaiyuan"},
	};
	struct bench b = {0};
	size_t rounds = argc == 4 ? strtoul(argv[2], NULL, 10) : 0, more;
	b.index = rounds ? index_open(argv[1], NULL) : NULL;
	if (!b.index) {
		fprintf(stderr, "usage: stacks INDEX ROUNDS FIRST-ISSUE\n");
		return 2;
	}
	printf("stories %zu\n", index_count(b.index).n_stories);
	double best = 1e9;
	for (size_t i = 0; i < rounds; i++) {
		type(&b, argv[3], "L", &more);
		best = b.times[0] < best ? b.times[0] : best;
	}
	printf("open %.2f\nmemory %zu\n", best, more / 1024);
	for (size_t m = 0; m < sizeof(measures) / sizeof(*measures); m++) {
		char keys[1024];
		size_t len = (size_t)snprintf(keys, sizeof(keys), "%s", measures[m].first);
		size_t skip = len, step = strlen(measures[m].keys);
		for (size_t i = 0; i < rounds * 8 && len + step < sizeof(keys); i++, len += step)
			snprintf(keys + len, sizeof(keys) - len, "%s", measures[m].keys);
		type(&b, argv[3], keys, &more);
		printf("%s %.3f\n", measures[m].name, median(&b, skip));
	}
	index_close(b.index);
	return 0;
}
