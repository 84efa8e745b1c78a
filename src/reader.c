/* The reader: a terminal, the app on it, and what to say when one of them is not to be had. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sulan/app.h>
#include <sulan/arena.h>
#include <sulan/config.h>
#include <sulan/error.h>
#include <sulan/file.h>
#include <sulan/triage.h>
#include <sulan/words.h>

#include "finder.h"
#include "inputs.h"
#include "looks.h"
#include "modes.h"
#include "save.h"
#include "setup.h"
#include "sources.h"
#include "state.h"
#include "terminals.h"

struct reader {
	const struct world *world;
	struct inputs inputs;
	struct keymap *keymap;
	struct state state;
	struct finder finder;
	struct sources sources;
	struct app_source *rows; /* of those that deliver, as the app sees them */
	size_t n_running;
	struct error state_err;
	struct theme theme;
	struct app *app;
	const struct term *term;
};

static bool load_theme(void *self, const char *name, struct theme *out, struct error *err)
{
	const struct reader *reader = self;
	return looks_theme(reader->world, name, out, err);
}

static bool renew_theme(void *self, struct theme *out)
{
	const struct reader *reader = self;
	struct term_facts facts;
	term_facts(reader->term, &facts);
	return !reader->world->args->theme &&
	       looks_theme_on(reader->world, "auto", facts.background, out, NULL);
}

/* The source of a row: publications with a folder alone have none. */
static struct delivery *source_of(struct reader *reader, size_t row)
{
	for (size_t i = 0; i < reader->sources.n; i++) {
		struct delivery *source = &reader->sources.items[i];
		if (source->publication->source != SOURCE_NONE && row-- == 0)
			return source;
	}
	return NULL;
}

static const struct app_source *show_sources(void *self, size_t *n)
{
	struct reader *reader = self;
	struct delivery *source;
	for (*n = 0; (source = source_of(reader, *n)); (*n)++)
		reader->rows[*n] = (struct app_source){
			.name = source->publication->name,
			.is_running = source_is_running(source),
			.n_done = source->n_done,
			.n_total = source->n_total,
			.n_new = source->n_new,
			.err = source->err.code ? &source->err : NULL,
			.retry_s = source_retry_s(source),
		};
	return reader->rows;
}

static size_t count_running(struct reader *reader)
{
	size_t n, n_running = 0;
	show_sources(reader, &n);
	for (size_t i = 0; i < n; i++)
		n_running += reader->rows[i].is_running;
	return n_running;
}

static void deliver(void *self, size_t row)
{
	struct reader *reader = self;
	struct delivery *source;
	for (size_t i = 0; (source = source_of(reader, i)); i++)
		if (row == SIZE_MAX || row == i)
			sources_start(&reader->sources, source);
	reader->n_running = count_running(reader);
	if (reader->n_running == 0)
		app_delivered(reader->app);
}

/* Sources that have never delivered do so without being told: nobody could know what R is for. */
static void deliver_first(struct reader *reader)
{
	struct delivery *source;
	for (size_t i = 0; reader->inputs.is_found && (source = source_of(reader, i)); i++)
		if (!file_is_dir(source->dir))
			deliver(reader, i);
}

/* The folders are what is read only when nothing else was named. */
static void hear(void *self, const char *path)
{
	struct reader *reader = self;
	finder_touch(&reader->finder);
	if (reader->inputs.is_found)
		app_offer(reader->app, str_of(path));
}

static void hear_all(void *self, const char *dir)
{
	struct reader *reader = self;
	struct file_list list = {0};
	struct arena *arena = arena_new();
	finder_touch(&reader->finder);
	if (reader->inputs.is_found && file_list_dir(dir, arena, &list, NULL))
		app_offer_all(reader->app, list.paths, list.n_paths);
	arena_free(arena);
}

static bool refresh(void *self, bool is_told)
{
	struct reader *reader = self;
	bool is_news = state_refresh(&reader->state, is_told);
	if (!is_told)
		return is_news;
	is_news |= sources_take(&reader->sources);
	size_t n_running = count_running(reader);
	if (n_running == 0 && reader->n_running)
		app_delivered(reader->app);
	reader->n_running = n_running;
	return is_news;
}

static bool look_up(void *self, struct arena *arena, struct str text,
		    const struct lookup_opts *opts, struct lookup *out, struct error *err)
{
	return finder_look_up(&((struct reader *)self)->finder, arena, text, opts, out, err);
}

static bool census(void *self, struct arena *arena, struct date from, struct date to,
		   struct census *out, struct error *err)
{
	struct reader *reader = self;
	return finder_census(&reader->finder, reader->state.triage, arena, from, to, out, err);
}

static struct date today(void *self)
{
	(void)self;
	return world_today();
}

static struct index *library(void *self, struct error *err)
{
	struct reader *reader = self;
	struct index *index = finder_index(&reader->finder, err);
	if (index)
		state_watch_too(&reader->state, reader->world->index_path);
	return index;
}

static struct str name_issue(void *self, struct arena *arena, struct str path)
{
	return finder_name(&((struct reader *)self)->finder, arena, path);
}

static bool import(void *self, struct str path, struct error *err)
{
	struct reader *reader = self;
	return finder_import(&reader->finder, world_path(reader->world, path), err);
}

static void rescan(void *self)
{
	finder_touch(&((struct reader *)self)->finder);
}

static bool save(void *self, struct str path, struct str text, bool may_replace, struct error *err)
{
	const struct reader *reader = self;
	return save_file(world_path(reader->world, path), text, may_replace, err);
}

static size_t paths(void *self, struct arena *arena, struct str typed, struct str **out)
{
	const struct reader *reader = self;
	return save_paths(arena, world_path(reader->world, typed), typed, out);
}

static bool work(void *self, struct app_work *out)
{
	return finder_work(&((struct reader *)self)->finder, out);
}

static const char *word(const struct reader *reader, const char *english)
{
	return words_get(app_words(reader->app), english);
}

static void say(void *self, const struct error *err)
{
	struct reader *reader = self;
	char text[512];
	error_text(err, word(reader, err->what), text, sizeof(text));
	app_say(reader->app, text);
}

static bool is_awaited(void *self)
{
	return app_has_key(((struct reader *)self)->app);
}

/* What there is to be heard: of the state alone when there is not more to be had. */
static int watch(struct reader *reader)
{
	const struct sources_ears ears = {reader, hear, hear_all};
	int state_fd = state_watch(&reader->state);
	sources_open(&reader->sources, reader->world, &ears);
	reader->rows =
		arena_alloc(reader->world->arena, (reader->sources.n + 1) * sizeof(*reader->rows));
	int fd = sources_watch(&reader->sources, state_fd);
	return fd >= 0 ? fd : state_fd;
}

/* Standard input and the sample are read now; files when they are opened. */
static void add_inputs(struct reader *reader)
{
	struct inputs *inputs = &reader->inputs;
	for (size_t i = 0; i < inputs->n; i++) {
		if (!inputs->is_sample && !str_is(inputs->paths[i], "-")) {
			app_add_path(reader->app, inputs->paths[i], !inputs->is_found);
			continue;
		}
		const struct issue *issue = inputs_read(inputs, reader->world, i);
		if (issue)
			app_add_issue(reader->app, issue);
	}
}

/* One sentence for the first screen: where to put issues, or what is wrong with the state or the
 * configuration. */
static void say_first(struct reader *reader)
{
	const struct world *world = reader->world;
	const struct error *err = &reader->state_err;
	const char *faults = setup_faults_line(world, app_words(reader->app));
	char text[512];
	if (err->code) {
		error_text(err, word(reader, err->what), text, sizeof(text));
		app_say(reader->app, text);
	} else if (faults) {
		app_say(reader->app, faults);
	} else if (reader->inputs.is_sample) {
		app_say(reader->app,
			word(reader, N_("A sample. Your own: sulan FILE, sulan FOLDER, or "
					"sulan in a folder of issues.")));
	}
}

/* The terminal the keys come from: standard input, or the controlling terminal while that is a
 * pipe. */
static int open_keys(struct error *err)
{
	if (isatty(0))
		return 0;
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		error_set(err, ERROR_TERM, N_("no terminal to take keys from; use “sulan print”"),
			  NULL);
	return fd;
}

static bool run(struct reader *reader, struct term *term, struct error *err)
{
	const struct world *world = reader->world;
	struct app_opts opts = {
		.port = term_port(term),
		.config = world->config,
		.keymap = reader->keymap,
		.triage = reader->state.triage,
		.theme = &reader->theme,
		.load_theme = load_theme,
		.renew_theme = renew_theme,
		.refresh = refresh,
		.sources = show_sources,
		.deliver = deliver,
		.look_up = look_up,
		.census = census,
		.today = today,
		.library = library,
		.name_issue = name_issue,
		.import = import,
		.rescan = rescan,
		.starts_in_library =
			reader->inputs.is_found && world->config->options.start == START_INBOX,
		.save = save,
		.paths = paths,
		.work = work,
		.self = reader,
		.policy = looks_policy(world),
		.words = world->words,
		.theme_names = world->theme_names,
	};
	reader->term = term;
	reader->app = app_new(&opts);
	reader->finder = (struct finder){.world = world,
					 .inputs = &reader->inputs,
					 .say = say,
					 .is_awaited = is_awaited,
					 .self = reader};
	add_inputs(reader);
	bool ok = app_start(reader->app, err);
	if (ok) {
		say_first(reader);
		deliver_first(reader);
		app_run(reader->app);
	}
	reader->inputs.is_bad |= app_missed_input(reader->app);
	finder_close(&reader->finder);
	app_free(reader->app);
	return ok;
}

/* A signal that ended the reader ends the program as it would have without it. */
static void die_of(int number)
{
	signal(number, SIG_DFL);
	raise(number);
}

int mode_read(const struct world *world)
{
	struct reader reader = {.world = world};
	struct error err = {0};
	if (!setup_theme(world, &reader.theme, &err)) {
		world_complain(world, &err);
		if (world->args->theme)
			return EXIT_USAGE;
	}
	inputs_find(&reader.inputs, world);
	if (reader.inputs.n == 0)
		return EXIT_INPUT;
	world_set_locale();
	struct term_opts term_opts = looks_term_opts(world);
	term_opts.fd_in = open_keys(&err);
	state_open(&reader.state, world, &reader.state_err);
	if (!reader.state_err.code)
		state_sync(&reader.state, world, &reader.state_err);
	term_opts.watch_fd = watch(&reader);
	struct term *term = term_opts.fd_in < 0 ? NULL : term_open(&term_opts, &err);
	if (!term) {
		world_complain(world, &err);
		sources_close(&reader.sources);
		state_close(&reader.state, false);
		return EXIT_USAGE;
	}
	reader.keymap = setup_keymap(world);
	bool ok = run(&reader, term, &err);
	int number = term_signal(term);
	struct term_facts facts;
	if (term_facts(term, &facts))
		terminals_remember(world, facts);
	term_close(term);
	sources_close(&reader.sources);
	state_sync(&reader.state, world, &reader.state_err);
	state_close(&reader.state, true);
	keymap_free(reader.keymap);
	if (!ok && err.code)
		world_complain(world, &err);
	if (number)
		die_of(number);
	return ok && !reader.inputs.is_bad ? EXIT_DONE : EXIT_INPUT;
}
