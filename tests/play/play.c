/* Key scripts on an in-memory screen: the whole reader but for the terminal.
 *
 *   play [--write] FILE.play...      (without files: all of tests/play)
 *
 * A script is lines; # begins a comment. Before the first keys:
 *   size 60x16 · lang en · ambiguous 2 · ascii · theme ink · config LINE · open PATH · index PATH ·
 *   indexed (all of it) · inbox (to begin with) · today DAY · file NAME, that is there
 *
 *   keys j j <Enter> /微软<Enter>     keys, words apart by spaces; <Space> for a space
 *   paste TEXT · click ROW COL · double ROW COL · wheel up|down ROW COL · resize 40x12
 *   screen                            the picture, line by line behind "|", up to a line "end"
 *   expect TEXT · refuse TEXT         is, is not, somewhere on the screen
 *   lit TEXT                          is, and all of it looks alike, unlike what is beside it
 *   opened URL... · opened nothing · way WORDS, of the last opening
 *   copied TEXT · piped [WORD]... · saved NAME · given TEXT, spared TEXT: was, was not handed on
 *   emptied, the index, to be made again · cursor ROW COL · over
 * With --write the pictures are put in anew; look at the difference before you keep it. */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sulan/app.h>
#include <sulan/arena.h>
#include <sulan/canvas.h>
#include <sulan/census.h>
#include <sulan/config.h>
#include <sulan/error.h>
#include <sulan/file.h>
#include <sulan/index.h>
#include <sulan/issue.h>
#include <sulan/keymap.h>
#include <sulan/lookup.h>
#include <sulan/port.h>
#include <sulan/theme.h>
#include <sulan/triage.h>
#include <sulan/utf8.h>
#include <sulan/words.h>

#define KEYS_MAX 256

struct play {
	struct arena *arena;
	const char *path;
	struct str rest; /* of the script */
	unsigned line;
	struct strbuf out; /* the script as --write writes it */
	struct strbuf why; /* what did not hold */
	struct str screen;
	const struct canvas *canvas; /* as it was shown last */
	int rows, cols, cursor_row, cursor_col;
	struct key keys[KEYS_MAX];
	size_t n_keys, next_key;
	struct str opened, way, copied;
	struct str piped, saved, given; /* words, name, text of what was handed on last */
	struct strbuf files;            /* their names */
	struct strbuf config;
	struct strbuf paths;
	struct index *index; /* of the library */
	bool starts_in_library;
	struct scan *scan;  /* which the reader works on */
	struct str indexed; /* the folder it is of */
	struct triage *triage;
	struct date today;
	const char *lang, *theme;
	struct text_policy policy;
	bool is_ended;
};

static void fail(struct play *play, const char *what, struct str arg)
{
	strbuf_printf(&play->why, "# %s:%u: %s %.*s\n", play->path, play->line, what, (int)arg.len,
		      arg.p ? arg.p : "");
}

static struct str word(struct str *rest)
{
	struct str part = {0};
	*rest = str_trim(*rest);
	if (rest->len)
		str_cut(rest, ' ', &part);
	return part;
}

static int number(struct str *rest)
{
	long n = 0;
	str_to_int(word(rest), 0, 9999, &n);
	return (int)n;
}

static void take_size(struct play *play, struct str arg)
{
	struct str cols;
	str_cut(&arg, 'x', &cols);
	play->cols = number(&cols);
	play->rows = number(&arg);
}

static void push(struct play *play, struct key key)
{
	if (play->n_keys < KEYS_MAX)
		play->keys[play->n_keys++] = key;
}

static void push_keys(struct play *play, struct str arg)
{
	for (struct str keys = word(&arg); keys.len; keys = word(&arg)) {
		while (keys.len) {
			struct key key;
			size_t len = key_parse(keys, &key);
			if (len == 0) {
				fail(play, "no key:", keys);
				return;
			}
			push(play, key);
			keys = str_from(keys, len);
		}
	}
}

/* The expected picture against the one shown; with --write the new one goes into the script. */
static void check_screen(struct play *play)
{
	struct strbuf expected = strbuf_make(play->arena);
	struct str line, shown = play->screen;
	while (str_cut(&play->rest, '\n', &line)) {
		play->line++;
		if (str_is(line, "end"))
			break;
		strbuf_put(&expected, str_starts(line, "|") ? str_from(line, 1) : line);
		strbuf_putc(&expected, '\n');
	}
	if (!str_eq(strbuf_str(&expected), shown)) {
		fail(play, "the screen is not as expected but:", (struct str){0});
		struct str left = shown;
		while (str_cut(&left, '\n', &line))
			if (line.len || left.len)
				strbuf_printf(&play->why, "# |%.*s\n", (int)line.len, line.p);
	}
	while (str_cut(&shown, '\n', &line))
		if (line.len || shown.len)
			strbuf_printf(&play->out, "|%.*s\n", (int)line.len, line.p);
	strbuf_puts(&play->out, "end\n");
}

static struct key mouse(enum mouse_event event, struct str *arg)
{
	struct key key = {.code = KEY_CODE_MOUSE, .mouse = (uint8_t)event};
	key.row = number(arg);
	key.col = number(arg);
	return key;
}

static void check_seen(struct play *play, struct str text, bool is_wanted)
{
	if ((str_find(play->screen, text, 0) != STR_NOT_FOUND) != is_wanted)
		fail(play, is_wanted ? "not on the screen:" : "on the screen:", text);
}

/* The column behind the text, when it stands at `col`; else 0. */
static int stands_at(const struct canvas *canvas, const struct cell *cells, int col,
		     struct str text)
{
	for (size_t at = 0; at < text.len;) {
		uint32_t cp;
		at += utf8_next(text, at, &cp);
		if (col >= canvas->cols)
			return 0;
		uint32_t shown = cell_is_blank(&cells[col]) ? ' ' : cell_char(&cells[col]);
		if (shown != cp)
			return 0;
		col += cell_cols(&cells[col]) == 2 ? 2 : 1;
	}
	return col;
}

static bool is_lit(const struct canvas *canvas, const struct cell *cells, int from, int to)
{
	struct style style = cells[from].style;
	for (int col = from; col < to; col++)
		if (!style_eq(cells[col].style, style))
			return false;
	return (from == 0 || !style_eq(cells[from - 1].style, style)) &&
	       (to == canvas->cols || !style_eq(cells[to].style, style));
}

/* Wherever it stands on the screen. */
static void check_lit(struct play *play, struct str text)
{
	size_t n = 0;
	bool is_all = true;
	for (int row = 0; row < play->canvas->rows; row++) {
		const struct cell *cells = play->canvas->row[row].cells;
		for (int col = 0, end; col < play->canvas->cols; col++) {
			if (!(end = stands_at(play->canvas, cells, col, text)))
				continue;
			n++;
			is_all &= is_lit(play->canvas, cells, col, end);
		}
	}
	if (n == 0 || !is_all)
		fail(play, n ? "not lit as one:" : "not on the screen:", text);
}

/* Lines that ask something of what is there. */
static bool run_check(struct play *play, struct str name, struct str arg)
{
	if (str_is(name, "screen")) {
		check_screen(play);
	} else if (str_is(name, "expect") || str_is(name, "refuse")) {
		check_seen(play, arg, str_is(name, "expect"));
	} else if (str_is(name, "lit")) {
		check_lit(play, arg);
	} else if (str_is(name, "opened")) {
		if (!str_eq(arg, play->opened.len ? play->opened : STR("nothing")))
			fail(play, "opened was", play->opened);
		play->opened = (struct str){0};
	} else if (str_is(name, "way")) {
		if (!str_eq(arg, play->way))
			fail(play, "the way was", play->way);
	} else if (str_is(name, "copied")) {
		if (!str_eq(arg, play->copied))
			fail(play, "copied was", play->copied);
	} else if (str_is(name, "piped") || str_is(name, "saved")) {
		struct str *is = str_is(name, "piped") ? &play->piped : &play->saved;
		if (!str_eq(arg, is->len ? *is : STR("nothing")))
			fail(play, "it was", *is);
		*is = (struct str){0};
	} else if (str_is(name, "given") || str_is(name, "spared")) {
		bool has = str_find(play->given, arg, 0) != STR_NOT_FOUND;
		if (has != str_is(name, "given"))
			fail(play, "what was handed on is", play->given);
	} else if (str_is(name, "cursor")) {
		if (number(&arg) != play->cursor_row || number(&arg) != play->cursor_col)
			fail(play, "the cursor is elsewhere",
			     str_of(arena_printf(play->arena, "%d %d", play->cursor_row,
						 play->cursor_col)));
	} else {
		return false;
	}
	return true;
}

/* Lines that do something. */
/* As when somebody deletes it while it is open. */
static void empty_index(struct play *play)
{
	struct scan_opts opts = {.paths = &play->indexed, .n_paths = 1};
	if (!play->index || !index_reopen(play->index, NULL))
		fail(play, "no index:", play->indexed);
	else
		play->scan = scan_new(play->index, &opts, NULL);
}

static bool run_action(struct play *play, struct str name, struct str arg)
{
	if (str_is(name, "keys"))
		push_keys(play, arg);
	else if (str_is(name, "paste"))
		push(play, (struct key){.code = KEY_CODE_PASTE, .text = arg});
	else if (str_is(name, "click"))
		push(play, mouse(MOUSE_CLICK, &arg));
	else if (str_is(name, "double"))
		push(play, mouse(MOUSE_DOUBLE, &arg));
	else if (str_is(name, "wheel"))
		push(play,
		     mouse(str_is(word(&arg), "up") ? MOUSE_WHEEL_UP : MOUSE_WHEEL_DOWN, &arg));
	else if (str_is(name, "emptied"))
		empty_index(play);
	else if (str_is(name, "resize")) {
		take_size(play, arg);
		push(play, (struct key){.code = KEY_CODE_RESIZE});
	} else
		return false;
	return true;
}

/* Reads the script on until there are keys or it ends. */
static void run_script(struct play *play)
{
	struct str line;
	play->n_keys = play->next_key = 0;
	while (play->n_keys == 0 && str_cut(&play->rest, '\n', &line)) {
		play->line++;
		if (line.len || play->rest.p)
			strbuf_printf(&play->out, "%.*s\n", (int)line.len, line.p);
		struct str arg = line, name = word(&arg);
		if (name.len == 0 || str_starts(name, "#"))
			continue;
		arg = str_trim(arg);
		if (str_is(name, "over"))
			fail(play, "still running", (struct str){0});
		else if (!run_check(play, name, arg) && !run_action(play, name, arg))
			fail(play, "what is", name);
	}
	if (play->n_keys == 0) {
		push(play, (struct key){.code = KEY_CODE_CLOSE});
		play->is_ended = true;
	}
}

static bool port_read(void *self, int timeout_ms, struct key *out)
{
	struct play *play = self;
	if (play->next_key == play->n_keys) {
		if (timeout_ms >= 0)
			return false;
		run_script(play);
	}
	*out = play->keys[play->next_key++];
	return true;
}

static void port_size(void *self, int *rows, int *cols)
{
	struct play *play = self;
	*rows = play->rows;
	*cols = play->cols;
}

static void port_show(void *self, const struct canvas *canvas)
{
	struct play *play = self;
	play->screen = canvas_text(canvas, play->arena);
	play->canvas = canvas;
	play->cursor_row = canvas->cursor_row;
	play->cursor_col = canvas->cursor_col;
}

static void port_nothing(void *self)
{
	(void)self;
}

static void port_open(void *self, const char *way, const char *const *urls, size_t n,
		      struct opening *out)
{
	struct play *play = self;
	struct strbuf all = strbuf_make(play->arena);
	for (size_t i = 0; i < n; i++) {
		strbuf_puts(&all, i ? " " : "");
		strbuf_puts(&all, urls[i]);
	}
	play->opened = strbuf_str(&all);
	play->way = str_copy(play->arena, str_of(way));
	*out = (struct opening){.result = OPEN_STARTED, .program = "browser"};
	if (str_is(play->way, "handover"))
		*out = (struct opening){.result = OPEN_SENT};
	else if (str_is(play->way, "remote"))
		*out = (struct opening){.result = OPEN_SHOWN};
}

static bool port_copy(void *self, struct str text)
{
	struct play *play = self;
	play->given = play->copied = str_copy(play->arena, text);
	return true;
}

/* The words, apart by blanks, "&" before them in the background. */
static bool port_pipe(void *self, const struct piping *piping, struct error *err)
{
	struct play *play = self;
	struct strbuf words = strbuf_make(play->arena);
	strbuf_puts(&words, piping->waiting ? "" : "&");
	for (char **word = piping->argv; *word; word++)
		strbuf_printf(&words, "%s[%s]", word > piping->argv ? " " : "", *word);
	play->piped = strbuf_str(&words);
	play->given = str_copy(play->arena, piping->text);
	return strcmp(piping->argv[0], "nonesuch") != 0 ||
	       error_set(err, ERROR_TERM, N_("the program %s was not found"), piping->argv[0]);
}

static size_t take_paths(void *self, struct arena *arena, struct str typed, struct str **out)
{
	struct play *play = self;
	struct str rest = strbuf_str(&play->files), name;
	size_t n = 0, cap = 0;
	for (*out = NULL; str_cut(&rest, '\n', &name);) {
		size_t slash = str_find(name, STR("/"), typed.len);
		if (name.len == 0 || !str_eq(str_sub(name, 0, typed.len), typed) ||
		    (slash != STR_NOT_FOUND && slash + 1 < name.len))
			continue;
		*out = arena_more(arena, *out, n, &cap, sizeof(**out));
		(*out)[n++] = str_copy(arena, name);
	}
	return n;
}

static bool take_save(void *self, struct str path, struct str text, bool may_replace,
		      struct error *err)
{
	struct play *play = self;
	struct str *found;
	size_t n = take_paths(self, play->arena, path, &found);
	for (size_t i = 0; i < n; i++)
		if (str_eq(found[i], path) && !may_replace)
			return error_set(err, ERROR_USAGE, N_("is there"), NULL);
	strbuf_printf(&play->files, "%.*s\n", (int)path.len, path.p);
	play->saved = str_copy(play->arena, path);
	play->given = str_copy(play->arena, text);
	return true;
}

static bool load_theme(void *self, const char *name, struct theme *out, struct error *err)
{
	(void)self;
	return theme_baked(out, name) ||
	       error_set(err, ERROR_USAGE, N_("there is no theme “%s”; “sulan themes” lists them"),
			 name);
}

static bool look_up(void *self, struct arena *arena, struct str text,
		    const struct lookup_opts *opts, struct lookup *out, struct error *err)
{
	return lookup_find(((struct play *)self)->index, arena, text, opts, out, err);
}

static struct index *library(void *self, struct error *err)
{
	(void)err;
	return ((struct play *)self)->index;
}

static bool take_census(void *self, struct arena *arena, struct date from, struct date to,
			struct census *out, struct error *err)
{
	struct play *play = self;
	return census_take(play->index, play->triage, arena, from, to, out, err);
}

static struct date today(void *self)
{
	return ((struct play *)self)->today;
}

static bool work(void *self, struct app_work *out)
{
	struct play *play = self;
	*out = (struct app_work){0};
	if (!play->scan)
		return false;
	bool is_left = scan_step(play->scan, 1, NULL);
	const struct scan_progress *p = scan_progress(play->scan);
	*out = (struct app_work){p->n_done, p->n_files};
	if (is_left)
		return true;
	scan_free(play->scan);
	play->scan = NULL;
	return false;
}

static void take_index(struct play *play, struct str path)
{
	struct scan_opts opts = {.paths = &path, .n_paths = 1};
	play->indexed = str_copy(play->arena, path);
	play->index = index_open(":memory:", NULL);
	play->scan = play->index ? scan_new(play->index, &opts, NULL) : NULL;
	if (!play->scan)
		fail(play, "no index:", path);
}

/* Before the reader begins. */
static void finish_index(struct play *play)
{
	while (play->scan && scan_step(play->scan, 100000, NULL))
		;
	scan_free(play->scan);
	play->scan = NULL;
}

/* The lines before the first that acts or checks. */
static void read_head(struct play *play)
{
	while (play->rest.len) {
		struct str before = play->rest, line;
		str_cut(&play->rest, '\n', &line);
		struct str arg = line, name = word(&arg);
		arg = str_trim(arg);
		if (str_is(name, "size"))
			take_size(play, arg);
		else if (str_is(name, "lang"))
			play->lang = str_dup(play->arena, arg);
		else if (str_is(name, "theme"))
			play->theme = str_dup(play->arena, arg);
		else if (str_is(name, "ambiguous"))
			play->policy.ambiguous = (uint8_t)number(&arg);
		else if (str_is(name, "ascii"))
			play->policy.is_ascii = true;
		else if (str_is(name, "config"))
			strbuf_printf(&play->config, "%.*s\n", (int)arg.len, arg.p);
		else if (str_is(name, "file"))
			strbuf_printf(&play->files, "%.*s\n", (int)arg.len, arg.p);
		else if (str_is(name, "today"))
			date_find(arg, &play->today, NULL, NULL);
		else if (str_is(name, "index"))
			take_index(play, arg);
		else if (str_is(name, "indexed"))
			finish_index(play);
		else if (str_is(name, "inbox"))
			play->starts_in_library = true;
		else if (str_is(name, "open"))
			strbuf_printf(&play->paths, "%.*s\n", (int)arg.len, arg.p);
		else if (name.len && !str_starts(name, "#")) {
			play->rest = before;
			return;
		}
		play->line++;
		strbuf_printf(&play->out, "%.*s\n", (int)line.len, line.p);
	}
}

static void run_app(struct play *play)
{
	const struct port port = {play,         port_read, port_size, port_show, port_nothing,
				  port_nothing, port_open, port_copy, port_pipe};
	static const char *const theme_names[] = {"ink", "mono", "paper", NULL};
	struct theme theme;
	struct error err = {0};
	theme_baked(&theme, play->theme);
	play->triage = triage_new(NULL);
	struct app_opts opts = {
		.port = &port,
		.config = config_read(play->arena, strbuf_str(&play->config), "script"),
		.keymap = keymap_new(),
		.triage = play->triage,
		.theme = &theme,
		.load_theme = load_theme,
		.look_up = play->index ? look_up : NULL,
		.library = play->index ? library : NULL,
		.starts_in_library = play->starts_in_library,
		.census = play->index ? take_census : NULL,
		.today = today,
		.save = take_save,
		.paths = take_paths,
		.work = play->scan ? work : NULL,
		.self = play,
		.policy = play->policy,
		.words = words_for(play->arena, play->lang),
		.theme_names = theme_names,
	};
	for (size_t i = 0; i < opts.config->n_keys; i++)
		if (!keymap_bind(opts.keymap, opts.config->keys[i].keys,
				 opts.config->keys[i].command, &err))
			fail(play, "no binding:", opts.config->keys[i].keys);
	struct app *app = app_new(&opts);
	struct str paths = strbuf_str(&play->paths), path;
	while (str_cut(&paths, '\n', &path))
		if (path.len)
			app_add_path(app, path, true);
	if (app_start(app, &err))
		app_run(app);
	else
		fail(play, err.what, str_of(err.file));
	/* What stands behind the end of the reader may only be "over". */
	struct str line;
	while (!play->is_ended && str_cut(&play->rest, '\n', &line)) {
		strbuf_printf(&play->out, "%.*s%s", (int)line.len, line.p,
			      play->rest.p ? "\n" : "");
		if (line.len && !str_starts(line, "over") && !str_starts(line, "#"))
			fail(play, "the reader was over before:", line);
	}
	app_free(app);
	scan_free(play->scan);
	index_close(play->index);
	triage_free(opts.triage);
	keymap_free(opts.keymap);
}

static bool run_file(const char *path, bool is_writing)
{
	struct arena *arena = arena_new();
	struct play play = {.arena = arena,
			    .path = path,
			    .rows = 24,
			    .cols = 80,
			    .lang = "zh_CN",
			    .theme = "ink",
			    .policy = TEXT_POLICY_DEFAULT};
	play.out = strbuf_make(arena);
	play.why = strbuf_make(arena);
	play.config = strbuf_make(arena);
	play.paths = strbuf_make(arena);
	play.files = strbuf_make(arena);
	struct error err;
	if (!file_read(path, arena, &play.rest, &err)) {
		fail(&play, err.what, (struct str){0});
	} else {
		read_head(&play);
		run_app(&play);
	}
	FILE *file = is_writing ? fopen(path, "w") : NULL;
	if (file) {
		fwrite(play.out.p, 1, play.out.len, file);
		fclose(file);
	}
	bool ok = play.why.len == 0;
	fputs(strbuf_str(&play.why).p, stdout);
	arena_free(arena);
	return ok;
}

int main(int argc, char **argv)
{
	bool is_writing = argc > 1 && strcmp(argv[1], "--write") == 0;
	int first = 1 + is_writing, failed = 0, n = 0;
	glob_t found = {0};
	char **paths = argv + first;
	if (argc == first && glob("tests/play/*.play", 0, NULL, &found) == 0)
		paths = found.gl_pathv;
	while (paths[n])
		n++;
	printf("1..%d\n", n);
	for (int i = 0; i < n; i++) {
		bool ok = run_file(paths[i], is_writing);
		printf("%sok %d - %s\n", ok ? "" : "not ", i + 1, paths[i]);
		failed += !ok;
	}
	globfree(&found);
	return failed ? 1 : 0;
}
