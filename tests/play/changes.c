/* The library in the reader while the world changes: files that go or are edited, an index that
 * grows, stories that are in two issues. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sulan/app.h>
#include <sulan/arena.h>
#include <sulan/canvas.h>
#include <sulan/config.h>
#include <sulan/index.h>
#include <sulan/keymap.h>
#include <sulan/port.h>
#include <sulan/stories.h>
#include <sulan/theme.h>
#include <sulan/triage.h>

#include <idle.h>

struct fixture;

/* Keys, and what is to be seen or done when all they did is on the screen. */
struct step {
	const char *keys;
	void (*then)(struct fixture *f);
};

struct fixture {
	struct arena *arena;
	char dir[64];
	struct index *index;
	struct triage *triage;
	const struct step *steps;
	const char *keys;
	struct str screen, copied;
	bool is_news;      /* another program marked something */
	struct scan *scan; /* that goes on between keys */
	size_t n_frames;   /* of it that showed another count */
};

static const char *file_of(struct fixture *f, const char *name)
{
	return arena_printf(f->arena, "%s/%s", f->dir, name);
}

static void write_file(struct fixture *f, const char *name, const char *text)
{
	FILE *file = fopen(file_of(f, name), "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

#define ISSUE(day, one, two)                                                                       \
	"# 早报 " day "\n\n## " one "\n\n> **来源：** [甲报](https://example.com/" day             \
	")\n\n正文" one "。\n\n## " two "\n\n正文" two "。\n"

static void scan(struct fixture *f)
{
	struct str dir = str_of(f->dir);
	struct scan_opts opts = {.paths = &dir, .n_paths = 1};
	struct scan *scan = scan_new(f->index, &opts, NULL);
	while (scan_step(scan, 100000, NULL))
		;
	scan_free(scan);
}

static int set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	f->arena = arena_new();
	strcpy(f->dir, "/tmp/changes-test-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	f->index = index_open(":memory:", NULL);
	f->triage = triage_new(NULL);
	write_file(f, "2026-01-01.md", ISSUE("2026-01-01", "元旦一", "元旦二"));
	write_file(f, "2026-01-02.md", ISSUE("2026-01-02", "次日一", "次日二"));
	scan(f);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	assert_int_equal(system(arena_printf(f->arena, "rm -rf %s", f->dir)), 0);
	index_close(f->index);
	triage_free(f->triage);
	arena_free(f->arena);
	free(f);
	return 0;
}

static bool port_read(void *self, int timeout_ms, struct key *out)
{
	struct fixture *f = self;
	if (!*f->keys) {
		if (timeout_ms >= 0)
			return false;
		f->steps->then(f);
		f->steps++;
		f->keys = f->steps->keys ? f->steps->keys : "";
	}
	/* Where a step has no keys, something outside has changed. */
	*out = (struct key){.code = !f->steps->keys ? KEY_CODE_CLOSE
				    : *f->keys      ? (unsigned char)*f->keys++
						    : KEY_CODE_CHANGED};
	return true;
}

static void port_size(void *self, int *rows, int *cols)
{
	(void)self;
	*rows = 20;
	*cols = 120;
}

static struct str count_on(struct str screen)
{
	size_t at = str_find(screen, STR("Inbox "), 0);
	return at == STR_NOT_FOUND ? STR("")
				   : str_sub(screen, at, str_find(screen, STR("   "), at) - at);
}

static void port_show(void *self, const struct canvas *canvas)
{
	struct fixture *f = self;
	struct str screen = canvas_text(canvas, f->arena);
	f->n_frames += f->scan && !str_eq(count_on(screen), count_on(f->screen));
	f->screen = screen;
}

static bool port_copy(void *self, struct str text)
{
	struct fixture *f = self;
	f->copied = str_copy(f->arena, text);
	return true;
}

static struct index *library(void *self, struct error *err)
{
	(void)err;
	return ((struct fixture *)self)->index;
}

/* The index grows a file at a time. */
static bool work(void *self, struct app_work *out)
{
	struct fixture *f = self;
	bool is_left = f->scan && scan_step(f->scan, 1, NULL);
	*out = (struct app_work){0};
	if (f->scan)
		*out = (struct app_work){scan_progress(f->scan)->n_done,
					 scan_progress(f->scan)->n_files};
	if (!is_left) {
		scan_free(f->scan);
		f->scan = NULL;
	}
	return is_left;
}

static bool refresh(void *self, bool is_told)
{
	struct fixture *f = self;
	bool is_news = f->is_news;
	(void)is_told;
	f->is_news = false;
	return is_news;
}

static void run(struct fixture *f, const struct step *steps)
{
	const struct port port = {f,         port_read,    port_size,
				  port_show, idle_nothing, idle_nothing,
				  idle_open, port_copy,    NULL};
	struct theme theme;
	assert_true(theme_baked(&theme, "ink"));
	struct app_opts opts = {
		.port = &port,
		.config = config_read(f->arena, STR(""), "x"),
		.keymap = keymap_new(),
		.triage = f->triage,
		.theme = &theme,
		.library = library,
		.refresh = refresh,
		.work = work,
		.starts_in_library = true,
		.self = f,
		.policy = TEXT_POLICY_DEFAULT,
	};
	struct app *app = app_new(&opts);
	f->steps = steps;
	f->keys = steps->keys;
	assert_true(app_start(app, NULL));
	app_run(app);
	app_free(app);
	keymap_free(opts.keymap);
}

static void shows(const struct fixture *f, const char *text)
{
	if (str_find(f->screen, str_of(text), 0) == STR_NOT_FOUND)
		fail_msg("not on the screen: %s\n%.*s", text, (int)f->screen.len, f->screen.p);
}

static void hides(const struct fixture *f, const char *text)
{
	if (str_find(f->screen, str_of(text), 0) != STR_NOT_FOUND)
		fail_msg("on the screen: %s\n%.*s", text, (int)f->screen.len, f->screen.p);
}

static void lose_a_file(struct fixture *f)
{
	shows(f, "正文次日二");
	assert_int_equal(unlink(file_of(f, "2026-01-01.md")), 0);
}

static void see_that_it_is_gone(struct fixture *f)
{
	shows(f, "▌● 元旦一");
	shows(f, "cannot be opened");
	shows(f, "2026-01-01.md");
}

static void see_its_link(struct fixture *f)
{
	assert_true(str_is(f->copied, "https://example.com/2026-01-01"));
}

static void a_file_that_is_gone_says_so(void **state)
{
	static const struct step steps[] = {
		{"j", lose_a_file}, {"j", see_that_it_is_gone}, {"y", see_its_link}, {NULL, NULL}};
	run(*state, steps);
}

static void edit_a_file(struct fixture *f)
{
	write_file(f, "2026-01-01.md", ISSUE("2026-01-01", "完全另一条", "元旦二"));
}

static void see_that_it_has_changed(struct fixture *f)
{
	shows(f, "the story is no longer in");
	hides(f, "正文");
}

static void see_the_other(struct fixture *f)
{
	shows(f, "正文元旦二");
	scan(f);
}

/* The story on show goes out of the index with its file; another takes its place. */
static void drop_the_file(struct fixture *f)
{
	shows(f, "正文元旦二");
	assert_int_equal(unlink(file_of(f, "2026-01-01.md")), 0);
	scan(f);
}

static void see_that_it_went(struct fixture *f)
{
	hides(f, "元旦二");
	shows(f, "▌● 次日二");
	shows(f, "正文次日二");
}

static void what_goes_out_of_the_index_goes_from_the_screen(void **state)
{
	static const struct step steps[] = {
		{"G", drop_the_file}, {"", see_that_it_went}, {NULL, NULL}};
	run(*state, steps);
}

static void see_what_it_is_now(struct fixture *f)
{
	shows(f, "完全另一条");
	hides(f, "元旦一");
	shows(f, "▌● 元旦二");
	shows(f, "正文元旦二");
}

static void an_edited_file_is_read_anew(void **state)
{
	static const struct step steps[] = {{"j", edit_a_file},
					    {"j", see_that_it_has_changed},
					    {"j", see_the_other},
					    {"", see_what_it_is_now},
					    {NULL, NULL}};
	run(*state, steps);
}

static void add_an_issue(struct fixture *f)
{
	shows(f, "●✓次日一");
	shows(f, "▌●✓元旦一");
	write_file(f, "2026-01-03.md", ISSUE("2026-01-03", "三日一", "三日二"));
	scan(f);
}

/* The selection and what is chosen are of stories, wherever they stand. */
static void see_it_above(struct fixture *f)
{
	shows(f, "Inbox 6");
	shows(f, "5/6");
	shows(f, "●✓次日一");
	shows(f, "▌●✓元旦一");
}

static void see_what_was_chosen(struct fixture *f)
{
	shows(f, "Starred 2");
	hides(f, "三日一");
	shows(f, "次日一");
	shows(f, "元旦一");
}

static void what_is_chosen_stays_so_when_the_index_grows(void **state)
{
	static const struct step steps[] = {{"xjxk", add_an_issue},
					    {"", see_it_above},
					    {"s\t", see_what_was_chosen},
					    {NULL, NULL}};
	run(*state, steps);
}

static void add_many_issues(struct fixture *f)
{
	struct str dir = str_of(f->dir);
	struct scan_opts opts = {.paths = &dir, .n_paths = 1};
	for (int i = 0; i < 200; i++) {
		const char *day = arena_printf(f->arena, "%d-%02d-11", 2000 + i / 12, i % 12 + 1);
		write_file(f, arena_printf(f->arena, "%s.md", day),
			   arena_printf(f->arena, "# 早报 %s\n\n## 旧一\n\n甲\n\n## 旧二\n\n乙\n",
					day));
	}
	f->scan = scan_new(f->index, &opts, NULL);
	f->n_frames = 0;
}

/* It is seen to grow, but is not read again for every file. */
static void see_them_all(struct fixture *f)
{
	shows(f, "Inbox 404");
	shows(f, "2/404");
	shows(f, "▌● 次日二");
	assert_in_range(f->n_frames, 2, 12);
}

static void a_scan_that_goes_on_is_followed(void **state)
{
	static const struct step steps[] = {
		{"j", add_many_issues}, {"", see_them_all}, {NULL, NULL}};
	run(*state, steps);
}

static void copy_an_issue(struct fixture *f)
{
	write_file(f, "2026-01-02-copy.md", ISSUE("2026-01-02", "次日一", "次日二"));
	scan(f);
}

static void see_both(struct fixture *f)
{
	shows(f, "Starred 2");
}

static void see_neither(struct fixture *f)
{
	hides(f, "Starred");
	hides(f, "Dismissed");
	shows(f, "6/6");
}

static void a_story_of_two_issues_is_marked_in_both(void **state)
{
	static const struct step steps[] = {
		{"", copy_an_issue}, {"s", see_both}, {"uG", see_neither}, {NULL, NULL}};
	run(*state, steps);
}

/* The id of the first story of all. */
static struct str first_id(struct fixture *f)
{
	struct stories *stories = stories_read(f->index, NULL);
	struct str id = str_copy(f->arena, stories_all(stories)->stories[0].id);
	stories_free(stories);
	return id;
}

static void mark_outside(struct fixture *f)
{
	struct triage_step step = {.id = first_id(f), .field = TRIAGE_DISMISSED, .value = true};
	assert_int_equal(f->copied.len, strlen("https://example.com/2026-01-02"));
	assert_true(triage_change(f->triage, &step, 1, NULL, NULL));
	f->is_news = true;
}

static void see_it_dismissed(struct fixture *f)
{
	shows(f, "Inbox 3");
	shows(f, "Dismissed 1");
	hides(f, "次日一");
	shows(f, "▌● 次日二");
}

static void what_others_mark_is_seen(void **state)
{
	static const struct step steps[] = {
		{"y", mark_outside}, {"", see_it_dismissed}, {NULL, NULL}};
	run(*state, steps);
}

#define LONG_NOTE 3000

static void note_much_outside(struct fixture *f)
{
	char *note = arena_alloc(f->arena, LONG_NOTE + 1);
	memset(note, 'x', LONG_NOTE);
	struct triage_step step = {
		.id = first_id(f), .field = TRIAGE_NOTE, .text = {note, LONG_NOTE}};
	assert_true(triage_change(f->triage, &step, 1, NULL, NULL));
	f->is_news = true;
}

static void see_why_not(struct fixture *f)
{
	shows(f, "too long");
}

static void see_all_of_it(struct fixture *f)
{
	assert_int_equal(triage_state(f->triage, first_id(f)).note.len, LONG_NOTE);
}

static void a_note_that_does_not_fit_the_prompt_stays_whole(void **state)
{
	static const struct step steps[] = {
		{"", note_much_outside}, {"a", see_why_not}, {"\r", see_all_of_it}, {NULL, NULL}};
	run(*state, steps);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_file_that_is_gone_says_so, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_edited_file_is_read_anew, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_is_chosen_stays_so_when_the_index_grows,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_goes_out_of_the_index_goes_from_the_screen,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_scan_that_goes_on_is_followed, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_story_of_two_issues_is_marked_in_both, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(what_others_mark_is_seen, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_note_that_does_not_fit_the_prompt_stays_whole,
						set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
