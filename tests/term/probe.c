/* The questions about widths, and what is taken for an answer to them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <cmocka.h>

#include <sulan/arena.h>

#include "probe.h"

#include <term/vt.h>

static struct probe waiting(void)
{
	return (struct probe){.asks_ambiguous = true,
			      .asks_pictures = true,
			      .is_waiting = true,
			      .asks_background = true,
			      .found = {.policy = TEXT_POLICY_DEFAULT}};
}

static void answers_tell_the_widths(void **state)
{
	struct probe probe = waiting();
	bool is_last;
	(void)state;
	assert_int_equal(probe_take(&probe, STR("\x1b[3;3Rj"), &is_last), 6);
	assert_int_equal(probe.found.policy.ambiguous, 2);
	assert_int_equal(probe_take(&probe, STR("\x1b[4;3R"), &is_last), 6);
	assert_int_equal(probe.found.policy.pictures, 2);
	assert_int_equal(probe_take(&probe, STR("\x1b[5;3R"), &is_last), 6);
	assert_int_equal(probe_take(&probe, STR("\x1b[6;5R"), &is_last), 6);
	assert_int_equal(probe_take(&probe, STR("\x1b[7;3R"), &is_last), 6);
	assert_true(probe.found.policy.has_chains && !probe.found.policy.has_tones &&
		    probe.found.policy.has_newest);
	assert_false(is_last);
	assert_int_equal(probe_take(&probe, STR("\x1b[?62;c"), &is_last), 7);
	assert_true(is_last);
	assert_false(probe.is_waiting);
}

/* n with tilde: one column as UTF-8, two as Latin-1, three in a Chinese charset, eight as
 * "\303\261".
 */
static void two_bytes_tell_whether_utf8_is_read(void **state)
{
	static const struct {
		struct str answer;
		bool is_ascii;
	} samples[] = {
		{{"\x1b[2;2R", 6}, false}, {{"\x1b[2;3R", 6}, true},  {{"\x1b[2;4R", 6}, true},
		{{"\x1b[2;9R", 6}, true},  {{"\x1b[2;1R", 6}, false}, {{"\x1b[2;70R", 7}, false},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
		struct probe probe = waiting();
		bool is_last;
		assert_int_equal(probe_take(&probe, samples[i].answer, &is_last),
				 samples[i].answer.len);
		assert_int_equal(probe.found.policy.is_ascii, samples[i].is_ascii);
	}
}

/* Widths of what it does not read say nothing; of a terminal that reads it by now, they do. */
static void without_utf8_no_width_is_taken(void **state)
{
	struct probe probe = waiting();
	bool is_last;
	(void)state;
	probe_take(&probe, STR("\x1b[2;3R"), &is_last);
	assert_int_equal(probe_take(&probe, STR("\x1b[3;3R"), &is_last), 6);
	assert_int_equal(probe_take(&probe, STR("\x1b[5;3R"), &is_last), 6);
	assert_true(text_policy_eq(probe.found.policy, TEXT_POLICY_ASCII));
	probe_take(&probe, STR("\x1b[2;2R"), &is_last);
	probe_take(&probe, STR("\x1b[3;3R"), &is_last);
	assert_true(!probe.found.policy.is_ascii && probe.found.policy.ambiguous == 2);
}

static void a_width_no_terminal_has_changes_nothing(void **state)
{
	struct probe probe = waiting();
	bool is_last;
	(void)state;
	assert_int_equal(probe_take(&probe, STR("\x1b[3;80R"), &is_last), 7);
	assert_int_equal(probe_take(&probe, STR("\x1b[4;1R"), &is_last), 6);
	assert_int_equal(probe_take(&probe, STR("\x1b[5;80R"), &is_last), 7);
	assert_true(text_policy_eq(probe.found.policy, TEXT_POLICY_DEFAULT));
}

static size_t questions_in(const struct probe *probe, int rows)
{
	struct arena *arena = arena_new();
	struct strbuf out = strbuf_make(arena);
	struct probe asking = *probe;
	probe_ask(&asking, &out, rows, 1000);
	assert_true(asking.is_waiting && !asking.is_due);
	assert_int_equal(asking.end_ms, 1000 + PROBE_MS);
	assert_true(str_ends(strbuf_str(&out), "\x1b[c\x1b[H"));
	size_t n = 0, at = 0;
	while ((at = str_find(strbuf_str(&out), STR("\x1b[6n"), at)) != STR_NOT_FOUND) {
		n++;
		at++;
	}
	arena_free(arena);
	return n;
}

/* A question without a row of its own would be answered from another one's. */
static void only_what_has_a_row_is_asked(void **state)
{
	struct probe probe = waiting();
	(void)state;
	assert_int_equal(questions_in(&probe, 24), 6);
	assert_int_equal(questions_in(&probe, 5), 4);
	assert_int_equal(questions_in(&probe, 1), 0);
	probe.asks_ambiguous = false;
	assert_int_equal(questions_in(&probe, 24), 5);
	bool is_last;
	assert_int_equal(probe_take(&probe, STR("\x1b[3;3R"), &is_last), 0);
	probe.asks_pictures = false;
	assert_int_equal(questions_in(&probe, 24), 0);
}

static void keys_are_no_answers(void **state)
{
	static const struct str keys[] = {
		{"j", 1},       {"\x1b", 1},     {"\x1b[A", 3},     {"\x1b[1;2R", 6},
		{"\x1b[2;", 4}, {"\x1b[?62", 5}, {"\x1b[200~x", 7}, {"\x1b[99;2R", 7},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		struct probe probe = waiting();
		bool is_last;
		assert_int_equal(probe_take(&probe, keys[i], &is_last), 0);
		assert_false(is_last);
	}
}

static void nothing_is_taken_that_was_not_asked_for(void **state)
{
	struct probe probe = {.is_waiting = false};
	bool is_last;
	(void)state;
	assert_int_equal(probe_take(&probe, STR("\x1b[3;3R"), &is_last), 0);
	assert_int_equal(probe_take(&probe, STR("\x1b[?62;c"), &is_last), 0);
}

static void the_background_is_light_or_dark(void **state)
{
	static const struct {
		struct str answer;
		enum term_background background;
	} samples[] = {
		{{"\x1b]11;rgb:ffff/ffff/ffff\x1b\\j", 25}, BACKGROUND_LIGHT},
		{{"\x1b]11;rgb:1c1c/1b1b/1919\a", 24}, BACKGROUND_DARK},
		{{"\x1b]11;rgb:fb/f8/f1\a", 18}, BACKGROUND_LIGHT},
		{{"\x1b]11;rgb:0/0/0\a", 15}, BACKGROUND_DARK},
		{{"\x1b]11;rgb:00/00/ff\a", 18}, BACKGROUND_DARK},
		{{"\x1b]11;rgb:zz/00/ff\a", 18}, BACKGROUND_UNKNOWN},
		{{"\x1b]11;rgb:00/00\a", 15}, BACKGROUND_UNKNOWN},
		{{"\x1b]11;rgb:\a", 10}, BACKGROUND_UNKNOWN},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(samples) / sizeof(*samples); i++) {
		struct probe probe = waiting();
		bool is_last;
		size_t len = samples[i].answer.len - str_ends(samples[i].answer, "j");
		assert_int_equal(probe_take(&probe, samples[i].answer, &is_last), len);
		assert_false(is_last);
		assert_int_equal(probe.found.background, samples[i].background);
		/* What is not whole is not taken. */
		for (size_t cut = 0; cut < len; cut++)
			assert_int_equal(
				probe_take(&probe, str_sub(samples[i].answer, 0, cut), &is_last),
				0);
	}
}

/* The whole reader: what is typed before the answers come is not lost, and nothing of the questions
 * stays on the screen. */
static void it_asks_without_waiting(void **state)
{
	const char *build = getenv("BUILD");
	struct arena *arena = arena_new();
	const char *argv[] = {arena_printf(arena, "%s/sulan", build ? build : "build"), "--library",
			      ":memory:", "tests/data/reference.md", NULL};
	const char *env[] = {"TERM=xterm-256color", "LC_ALL=C.UTF-8", NULL};
	struct vt *vt = vt_start(argv, env, 24, 80);
	int status = -1;
	(void)state;
	vt_type(vt, "jj");
	assert_true(vt_wait_bytes(vt, "\x1b[6n", 4, 0, VT_PATIENCE));
	assert_true(vt_wait_text(vt, "3/6", VT_PATIENCE));
	assert_true(vt_wait_no_text(vt, "\xe2\x9d\xa4", VT_PATIENCE));
	vt_type(vt, "q");
	assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	vt_free(vt);
	arena_free(arena);
}

static void answers_are_waited_for_only_so_long(void **state)
{
	struct probe probe = waiting();
	bool is_over, is_last;
	(void)state;
	probe.end_ms = 6000;
	assert_int_equal(probe_patience(&probe, 1000, &is_over), 5000);
	assert_false(is_over);
	assert_int_equal(probe_take(&probe, STR("\x1b[3;3R"), &is_last), 6);
	assert_int_equal(probe_patience(&probe, 6000, &is_over), -1);
	assert_true(is_over);
	assert_int_equal(probe.found.policy.ambiguous, 2); /* what was said holds */
	assert_int_equal(probe_take(&probe, STR("\x1b[4;3R"), &is_last), 0);
	assert_int_equal(probe_patience(&probe, 7000, &is_over), -1);
	assert_false(is_over);
}

struct home {
	struct arena *arena;
	char folder[64];
	const char *argv[8], *env[8];
};

static struct home make_home(void)
{
	const char *build = getenv("BUILD");
	struct home h = {.arena = arena_new(), .folder = "/tmp/probe-test-XXXXXX"};
	assert_non_null(mkdtemp(h.folder));
	const char *argv[] = {arena_printf(h.arena, "%s/sulan", build ? build : "build"),
			      "tests/data/reference.md"};
	const char *env[] = {"TERM=xterm-256color", "LC_ALL=C.UTF-8",
			     arena_printf(h.arena, "XDG_CACHE_HOME=%s/cache", h.folder),
			     arena_printf(h.arena, "XDG_DATA_HOME=%s/data", h.folder),
			     arena_printf(h.arena, "XDG_CONFIG_HOME=%s", h.folder)};
	memcpy(h.argv, argv, sizeof(argv));
	memcpy(h.env, env, sizeof(env));
	return h;
}

static void leave_home(struct home *h)
{
	const char *command = arena_printf(h->arena, "rm -rf %s", h->folder);
	assert_int_equal(system(command), 0);
	arena_free(h->arena);
}

/* On a terminal that says nothing by itself; what it says late is typed. */
static struct vt *start_mute(const struct home *h)
{
	struct vt *vt = vt_start_with(&(struct vt_opts){
		.argv = h->argv, .env = h->env, .rows = 24, .cols = 80, .is_mute = true});
	assert_true(vt_wait_text(vt, "1/6", VT_PATIENCE));
	return vt;
}

static void quit(struct vt *vt)
{
	int status = -1;
	vt_type(vt, "q");
	assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	vt_free(vt);
}

/* Where characters of ambiguous width are wide, the signs are ASCII. */
#define NARROW_SIGN  "速览 \xe2\x94\x82"
#define WIDE_SIGN    "速览 |"
#define WIDE_ANSWERS "\x1b[3;3R\x1b[4;2R\x1b[5;5R\x1b[6;5R\x1b[7;2R\x1b[?62;22c"

/* header-name of the two themes */
#define INK_NAME   "38;2;216;166;87"
#define PAPER_NAME "38;2;154;79;22"

static void late_answers_draw_everything_anew(void **state)
{
	struct home h = make_home();
	(void)state;
	struct vt *vt = start_mute(&h);
	assert_true(vt_wait_text(vt, NARROW_SIGN, VT_PATIENCE));
	vt_type(vt, "j" WIDE_ANSWERS "j");
	assert_true(vt_wait_text(vt, WIDE_SIGN, VT_PATIENCE));
	assert_true(vt_wait_text(vt, "3/6", VT_PATIENCE)); /* both keys, and no more */
	quit(vt);
	leave_home(&h);
}

/* The next start draws right before anything is answered, whatever has become of the file. */
static void what_a_terminal_said_is_remembered(void **state)
{
	struct home h = make_home();
	const char *file = arena_printf(h.arena, "%s/cache/sulan/terminals", h.folder);
	(void)state;
	struct vt *vt = start_mute(&h);
	vt_type(vt, WIDE_ANSWERS);
	assert_true(vt_wait_text(vt, WIDE_SIGN, VT_PATIENCE));
	quit(vt);

	vt = start_mute(&h);
	assert_true(vt_wait_text(vt, WIDE_SIGN, VT_PATIENCE));
	vt_type(vt, "\x1b[3;2R\x1b[?62;22c"); /* and is put right */
	assert_true(vt_wait_text(vt, NARROW_SIGN, VT_PATIENCE));
	quit(vt);

	FILE *out = fopen(file, "w");
	assert_non_null(out);
	for (int i = 0; i < 400; i++)
		fprintf(out, "%016d 9 x\n", i);
	fclose(out);
	vt = start_mute(&h);
	assert_true(vt_wait_text(vt, NARROW_SIGN, VT_PATIENCE));
	quit(vt);
	leave_home(&h);
}

/* What an xterm says that reads Latin-1. */
#define LATIN_ANSWERS                                                                              \
	"\x1b[2;3R\x1b[3;2R\x1b[4;2R\x1b[4;6R\x1b[5;4R\x1b[7;2R\x1b[?64;1;2;6;9;15;16;17;18;21;"   \
	"22;28c"
#define NO_UTF8 "This terminal reads no UTF-8"

static bool is_ascii(const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)bytes[i] > '~')
			return false;
	return true;
}

/* The screen, and all of it is there. */
static void assert_plain_screen(struct vt *vt)
{
	const char *text = vt_text(vt);
	assert_true(is_ascii(text, strlen(text)));
	assert_non_null(strstr(text, "sulan | ? ? ? ?"));
	assert_non_null(strstr(text, "unread 6/6"));
	assert_non_null(strstr(text, "All 6"));
	assert_non_null(strstr(text, "Agent"));
}

static void without_utf8_only_ascii_is_shown(void **state)
{
	struct home h = make_home();
	(void)state;
	struct vt *vt = start_mute(&h);
	assert_true(vt_wait_text(vt, NARROW_SIGN, VT_PATIENCE));
	size_t len;
	vt_type(vt, LATIN_ANSWERS);
	assert_true(vt_wait_text(vt, NO_UTF8, VT_PATIENCE)); /* late: drawn anew */
	assert_plain_screen(vt);
	vt_type(vt, "jj");
	assert_true(vt_wait_text(vt, "3/6 All", VT_PATIENCE));
	assert_true(vt_wait_no_text(vt, NO_UTF8, VT_PATIENCE)); /* once */
	const char *log = vt_log(vt, &len);
	const char *anew = memmem(log, len, "\x1b[!p", 4);
	assert_non_null(anew);
	assert_true(is_ascii(anew, len - (size_t)(anew - log)));
	quit(vt);

	vt = vt_start_with(&(struct vt_opts){/* and is remembered */
					     .argv = h.argv,
					     .env = h.env,
					     .rows = 24,
					     .cols = 80,
					     .is_mute = true});
	assert_true(vt_wait_text(vt, NO_UTF8, VT_PATIENCE));
	assert_plain_screen(vt);
	vt_type(vt, "\x1b[2;2R\x1b[?62;22c");
	assert_true(vt_wait_text(vt, NARROW_SIGN, VT_PATIENCE)); /* and is put right */
	quit(vt);
	leave_home(&h);
}

/* Where the locale does not say UTF-8, nothing is drawn before the terminal has had a moment to say
 * so, and what was typed before is not lost. */
static void without_a_locale_the_terminal_is_heard_first(void **state)
{
	struct home h = make_home();
	size_t len;
	(void)state;
	h.env[1] = "LC_ALL=C";
	struct vt *vt = vt_start_with(&(struct vt_opts){
		.argv = h.argv, .env = h.env, .rows = 24, .cols = 80, .is_mute = true});
	vt_type(vt, "j" LATIN_ANSWERS "j");
	assert_true(vt_wait_text(vt, "3/6 All", VT_PATIENCE));
	const char *log = vt_log(vt, &len);
	assert_null(memmem(log, len, "速览", strlen("速览")));
	quit(vt);
	leave_home(&h);
}

/* Most terminals of today read it whatever the locale is. */
static void without_a_locale_chinese_is_shown(void **state)
{
	struct home h = make_home();
	(void)state;
	h.env[1] = "LC_ALL=C";
	struct vt *vt = start_mute(&h); /* says nothing */
	assert_true(vt_wait_text(vt, NARROW_SIGN, VT_PATIENCE));
	quit(vt);
	vt = vt_start(h.argv, h.env, 24, 80); /* says one column */
	assert_true(vt_wait_text(vt, NARROW_SIGN, VT_PATIENCE));
	vt_type(vt, "jj");
	assert_true(vt_wait_text(vt, "3/6", VT_PATIENCE));
	assert_non_null(strstr(vt_text(vt), NARROW_SIGN));
	quit(vt);
	leave_home(&h);
}

/* The theme for light terminals has a dark ink, that for dark ones a light ink. */
static void the_theme_goes_by_the_background(void **state)
{
	struct home h = make_home();
	(void)state;
	h.env[5] = "COLORTERM=truecolor";
	struct vt *vt = start_mute(&h);
	assert_true(vt_wait_bytes(vt, INK_NAME, strlen(INK_NAME), 0, VT_PATIENCE));
	vt_type(vt, "\x1b]11;rgb:fbfb/f8f8/f1f1\x1b\\" WIDE_ANSWERS);
	assert_true(vt_wait_bytes(vt, PAPER_NAME, strlen(PAPER_NAME), 0, VT_PATIENCE));
	quit(vt);
	vt = start_mute(&h);
	size_t len;
	const char *log = vt_log(vt, &len);
	assert_null(memmem(log, len, INK_NAME, strlen(INK_NAME)));
	assert_non_null(memmem(log, len, PAPER_NAME, strlen(PAPER_NAME)));
	quit(vt);
	leave_home(&h);
}

/* Another terminal is another one. */
static void terminals_are_told_apart(void **state)
{
	struct home h = make_home();
	(void)state;
	struct vt *vt = start_mute(&h);
	vt_type(vt, WIDE_ANSWERS);
	assert_true(vt_wait_text(vt, WIDE_SIGN, VT_PATIENCE));
	quit(vt);
	h.env[5] = "VTE_VERSION=7006";
	vt = start_mute(&h);
	assert_true(vt_wait_text(vt, NARROW_SIGN, VT_PATIENCE));
	quit(vt);
	leave_home(&h);
}

/* Nothing is asked where both are said, and they hold against what was answered before. */
static void it_does_not_ask_when_told(void **state)
{
	struct home h = make_home();
	(void)state;
	struct vt *before = start_mute(&h);
	vt_type(before, LATIN_ANSWERS);
	assert_true(vt_wait_text(before, NO_UTF8, VT_PATIENCE));
	quit(before);
	FILE *out = fopen(arena_printf(h.arena, "%s/config.ini", h.folder), "w");
	assert_non_null(out);
	fputs("ambiguous = 1\nemoji = plain\ntheme = ink\n", out);
	fclose(out);
	h.argv[2] = "--config";
	h.argv[3] = arena_printf(h.arena, "%s/config.ini", h.folder);
	struct vt *vt = start_mute(&h);
	size_t len;
	const char *log = vt_log(vt, &len);
	assert_null(memmem(log, len, "\x1b[6n", 4));
	assert_null(memmem(log, len, "\x1b[c", 3));
	assert_null(memmem(log, len, "\x1b]11", 4));
	assert_true(vt_wait_text(vt, NARROW_SIGN, VT_PATIENCE));
	quit(vt);
	leave_home(&h);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_tell_the_widths),
		cmocka_unit_test(two_bytes_tell_whether_utf8_is_read),
		cmocka_unit_test(without_utf8_no_width_is_taken),
		cmocka_unit_test(a_width_no_terminal_has_changes_nothing),
		cmocka_unit_test(only_what_has_a_row_is_asked),
		cmocka_unit_test(keys_are_no_answers),
		cmocka_unit_test(nothing_is_taken_that_was_not_asked_for),
		cmocka_unit_test(the_background_is_light_or_dark),
		cmocka_unit_test(it_asks_without_waiting),
		cmocka_unit_test(answers_are_waited_for_only_so_long),
		cmocka_unit_test(late_answers_draw_everything_anew),
		cmocka_unit_test(what_a_terminal_said_is_remembered),
		cmocka_unit_test(without_utf8_only_ascii_is_shown),
		cmocka_unit_test(without_a_locale_the_terminal_is_heard_first),
		cmocka_unit_test(without_a_locale_chinese_is_shown),
		cmocka_unit_test(the_theme_goes_by_the_background),
		cmocka_unit_test(terminals_are_told_apart),
		cmocka_unit_test(it_does_not_ask_when_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
