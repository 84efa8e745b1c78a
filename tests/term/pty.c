/* The terminal layer on a pty: what is drawn, what keys become, and that the terminal is given back
 * whatever happens. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include <sulan/arena.h>

#include <term/child.h>
#include <term/vt.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif
#ifndef HAS_SANITIZER
#define HAS_SANITIZER 0
#endif

#define XTERM "TERM=xterm-256color"
#define UTF8  "LC_ALL=C.UTF-8"

static const char *const *child_argv(void)
{
	static char self[512];
	static const char *const argv[] = {self, "--child", NULL};
	if (!self[0] && readlink("/proc/self/exe", self, sizeof(self) - 1) < 0)
		abort();
	return argv;
}

static struct vt *start(const char *const *env)
{
	struct vt *vt = vt_start(child_argv(), env, 24, 80);
	assert_true(vt_wait_text(vt, "size 24x80", VT_PATIENCE));
	return vt;
}

static struct vt *start_plain(void)
{
	static const char *const env[] = {XTERM, UTF8, NULL};
	return start(env);
}

static bool log_has(const struct vt *vt, const char *bytes, size_t from)
{
	size_t len;
	const char *log = vt_log(vt, &len);
	return memmem(log + from, len - from, bytes, strlen(bytes));
}

/* It has been given back: our screen left, cursor shown, no reports asked for, modes as `found`. */
static void assert_given_back(struct vt *vt, const struct termios *found)
{
	int row, col;
	bool is_visible;
	struct termios now = vt_termios(vt);
	vt_cursor(vt, &row, &col, &is_visible);
	assert_false(vt_is_alternate(vt));
	assert_true(is_visible);
	assert_false(vt_has_mouse(vt));
	assert_true(log_has(vt, "\x1b[?2004l", 0));
	assert_true(vt_same_termios(&now, found));
}

static void leave(struct vt *vt)
{
	int status = -1;
	vt_type(vt, "q");
	assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
	assert_int_equal(status, 0);
	vt_free(vt);
}

/* The modes of a new terminal. */
static struct termios fresh_modes(void)
{
	static const char *const argv[] = {"/bin/true", NULL};
	struct vt *vt = vt_start(argv, argv + 1, 24, 80);
	struct termios modes = vt_termios(vt);
	vt_free(vt);
	return modes;
}

static void assert_cell(struct vt *vt, int row, int col, const char *text, int cols)
{
	struct vt_cell cell = vt_cell(vt, row, col);
	assert_string_equal(cell.text, text);
	assert_int_equal(cell.cols, cols);
}

static void glyphs_stand_at_their_columns(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	assert_true(vt_is_alternate(vt));
	assert_cell(vt, 0, 0, "速", 2);
	assert_cell(vt, 0, 2, "览", 2);
	assert_cell(vt, 0, 7, "|", 1);
	assert_cell(vt, 1, 1, "中", 2);
	assert_cell(vt, 1, 7, "|", 1);
	assert_cell(vt, 2, 0, "é", 1);
	assert_cell(vt, 2, 1, "x", 1);
	assert_cell(vt, 2, 5, "y", 1);
	assert_cell(vt, 2, 7, "🌍", 2);
	assert_cell(vt, 2, 10, "|", 1);
	assert_cell(vt, 3, 4, "|", 1);
	leave(vt);
}

static void a_wide_glyph_is_never_cut(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	assert_cell(vt, 0, 79, "", 1);
	assert_cell(vt, 1, 78, "宽", 2);
	assert_true(vt_cell(vt, 1, 79).is_tail);
	assert_cell(vt, 1, 0, "a", 1);
	leave(vt);
}

static void ambiguous_characters_are_as_wide_as_the_policy_says(void **state)
{
	(void)state;
	static const char *const env[] = {XTERM, UTF8, "AMBIGUOUS=2", NULL};
	struct vt *vt = start(env);
	/* Our terminal draws them in one column, so what follows is placed anew, not drawn on. */
	assert_cell(vt, 3, 0, "“", 1);
	assert_true(log_has(vt, "“q”—|", 0));
	leave(vt);
}

static void an_unchanged_frame_costs_nothing(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	assert_true(vt_wait_quiet(vt, 100, VT_PATIENCE));
	size_t before = vt_log_len(vt);
	vt_type(vt, "s");
	assert_true(vt_wait_bytes(vt, "\a", 1, before, VT_PATIENCE));
	assert_int_equal(vt_log_len(vt) - before, 1);
	leave(vt);
}

static void a_small_change_is_a_small_write(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	assert_true(vt_wait_quiet(vt, 100, VT_PATIENCE));
	size_t before = vt_log_len(vt);
	vt_type(vt, "j");
	assert_true(vt_wait_text(vt, "j", VT_PATIENCE));
	assert_true(vt_wait_quiet(vt, 100, VT_PATIENCE));
	assert_in_range(vt_log_len(vt) - before, 1, 60);
	leave(vt);
}

static void a_large_frame_is_shown_at_once(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	size_t before = vt_log_len(vt);
	vt_type(vt, "f");
	assert_true(vt_wait_bytes(vt, "\x1b[?2026h", 8, before, VT_PATIENCE));
	assert_true(vt_wait_bytes(vt, "\x1b[?2026l", 8, before, VT_PATIENCE));
	vt_free(vt);
}

static void the_cursor_stands_where_it_shall(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	int row, col;
	bool is_visible;
	assert_true(vt_wait_quiet(vt, 50, VT_PATIENCE));
	vt_cursor(vt, &row, &col, &is_visible);
	assert_int_equal(row, 8);
	assert_int_equal(col, 3);
	assert_true(is_visible);
	vt_resize(vt, 6, 40);
	assert_true(vt_wait_text(vt, "size 6x40", VT_PATIENCE));
	assert_true(vt_wait_quiet(vt, 50, VT_PATIENCE));
	vt_cursor(vt, &row, &col, &is_visible);
	assert_false(is_visible);
	leave(vt);
}

static void colors_go_as_deep_as_the_terminal(void **state)
{
	(void)state;
	static const char *const envs[][4] = {
		{XTERM, UTF8, "COLORTERM=truecolor", NULL},
		{XTERM, UTF8, NULL},
		{"TERM=xterm", UTF8, NULL},
		{"TERM=vt100", UTF8, NULL},
		{XTERM, UTF8, "DEPTH=mono", NULL},
	};
	for (size_t i = 0; i < sizeof(envs) / sizeof(*envs); i++) {
		struct vt *vt = start(envs[i]);
		struct vt_cell rgb = vt_cell(vt, 4, 0), idx = vt_cell(vt, 4, 4),
			       ansi = vt_cell(vt, 4, 8);
		assert_true(rgb.is_bold);
		assert_true(idx.is_underlined);
		assert_true(ansi.is_reverse);
		if (i == 0) {
			assert_int_equal(rgb.fg.kind, VT_COLOR_RGB);
			assert_true(rgb.fg.r == 0xff && rgb.fg.g == 0x88 && rgb.fg.b == 0);
			assert_true(rgb.bg.r == 0x10 && rgb.bg.g == 0x20 && rgb.bg.b == 0x30);
		}
		if (i <= 1) {
			assert_int_equal(idx.fg.kind, VT_COLOR_INDEX);
			assert_int_equal(idx.fg.r, 208);
			assert_true(idx.is_italic);
			assert_int_equal(ansi.fg.r, 12);
		}
		if (i == 1)
			assert_true(rgb.fg.kind == VT_COLOR_INDEX && rgb.fg.r >= 16);
		if (i == 2) {
			assert_true(rgb.fg.kind == VT_COLOR_INDEX && rgb.fg.r < 16);
			assert_true(ansi.fg.r == 4 || ansi.fg.r == 12);
		}
		if (i >= 3) {
			assert_int_equal(rgb.fg.kind, VT_COLOR_DEFAULT);
			assert_int_equal(ansi.fg.kind, VT_COLOR_DEFAULT);
		}
		leave(vt);
	}
}

static void more_colors_than_numbers_are_still_right(void **state)
{
	(void)state;
	static const char *const env[] = {XTERM, UTF8, "COLORTERM=24bit", NULL};
	struct vt *vt = start(env);
	vt_type(vt, "m");
	assert_true(vt_wait_text(vt, "painted", VT_PATIENCE));
	struct vt_cell rgb = vt_cell(vt, 4, 0), idx = vt_cell(vt, 4, 4);
	assert_true(rgb.fg.r == 0xff && rgb.fg.g == 0x88 && rgb.fg.b == 0);
	assert_int_equal(idx.fg.r, 208);
	assert_false(log_has(vt, "\x1b]4;", 0));
	leave(vt);
}

/* What the child makes of the bytes; it is told to forget the keys before, and an x marks the end.
 */
static void assert_keys(struct vt *vt, const char *bytes, const char *names)
{
	char wanted[256];
	vt_send(vt, "c", 1);
	vt_send(vt, bytes, strlen(bytes));
	vt_send(vt, "x", 1);
	snprintf(wanted, sizeof(wanted), "\n%s%sx\n", names, *names ? " " : "");
	if (!vt_wait_text(vt, wanted, VT_PATIENCE / 4))
		fail_msg("wanted: %s; is: %s", wanted, vt_row(vt, CHILD_KEYS_ROW));
}

static void keys_are_understood(void **state)
{
	(void)state;
	static const char *const pairs[][2] = {
		{"j", "j"},
		{"速", "速"},
		{"\x1b[A\x1b[B\x1b[C\x1b[D", "<Up> <Down> <Right> <Left>"},
		{"\x1bOA\x1bOD\x1bOH\x1bOF", "<Up> <Left> <Home> <End>"},
		{"\x1b[H\x1b[F\x1b[1~\x1b[4~\x1b[7~\x1b[8~",
		 "<Home> <End> <Home> <End> <Home> <End>"},
		{"\x1b[2~\x1b[3~\x1b[5~\x1b[6~", "<Insert> <Del> <PageUp> <PageDown>"},
		{"\x1bOP\x1bOS\x1b[15~\x1b[24~\x1b[[A", "<F1> <F4> <F5> <F12> <F1>"},
		{"\x1b[1;5A\x1b[1;2B\x1b[1;3C\x1b[5;5~", "<C-Up> <S-Down> <M-Right> <C-PageUp>"},
		{"\x1b[1;2R\x1b[Z", "<S-F3> <S-Tab>"},
		{"\x03\x1a\x1c\x04\x0c", "<C-c> <C-z> <C-\\> <C-d> <C-l>"},
		{"\r\t\x7f \x01", "<Enter> <Tab> <BS> <Space> <C-a>"},
		{"\x1b"
		 "1\x1bg\x1b\r\x1b速",
		 "<M-1> <M-g> <M-Enter> <M-速>"},
		{"\x1b[97;5u\x1b[27;6;65~", "<C-a> <C-a>"},
		{"\x13\x11", "<C-s> <C-q>"},
	};
	struct vt *vt = start_plain();
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		assert_keys(vt, pairs[i][0], pairs[i][1]);
	leave(vt);
}

static void an_esc_alone_is_a_key(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	vt_type(vt, "\x1b");
	assert_true(vt_wait_text(vt, "<Esc>", VT_PATIENCE));
	vt_type(vt, "\x1b[");
	assert_true(vt_wait_text(vt, "<M-[>", VT_PATIENCE));
	leave(vt);
}

static void a_key_may_come_in_pieces(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	static const char *const pieces[] = {"\x1b", "[", "1;", "5A", "\xe9\x80", "\x9f"};
	for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++)
		vt_type(vt, pieces[i]);
	assert_true(vt_wait_text(vt, "<C-Up> 速", VT_PATIENCE));
	leave(vt);
}

static void answers_to_others_are_swallowed(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	assert_keys(vt, "\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;1;2c\x1b[24;80R\x1b[I\x1b[O", "");
	assert_keys(vt, "\x1bP>|term(1)\x1b\\\x1b]52;c;qqqq\a\x1b[?2026;2$y\xff\xc0", "");
	leave(vt);
}

static void a_paste_is_one_key(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	assert_true(log_has(vt, "\x1b[?2004h", 0));
	vt_type(vt, "\x1b[200~q速\x1b[A!\x1b[201~j");
	assert_true(vt_wait_text(vt, "<Paste>(q速", VT_PATIENCE));
	assert_true(vt_wait_text(vt, "j", VT_PATIENCE));
	assert_null(strstr(vt_row(vt, CHILD_KEYS_ROW), "<Up>"));
	leave(vt);
}

static void a_paste_without_an_end_ends(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	vt_type(vt, "\x1b[200~abc");
	assert_true(vt_wait_text(vt, "<Paste>(abc)", VT_PATIENCE));
	leave(vt);
}

static void a_huge_paste_is_cut(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	char *text = mem_new(200001);
	memset(text, 'q', 200000);
	vt_type(vt, "\x1b[200~");
	vt_send(vt, text, 200000);
	vt_type(vt, "\x1b[201~j");
	assert_true(vt_wait_text(vt, "j", VT_PATIENCE));
	free(text);
	leave(vt);
}

static void the_mouse_reports_where(void **state)
{
	(void)state;
	static const char *const env[] = {XTERM, UTF8, "MOUSE=1", NULL};
	struct vt *vt = start(env);
	assert_true(vt_has_mouse(vt));
	assert_keys(vt, "\x1b[<0;10;3M\x1b[<0;10;3m\x1b[<64;5;6M\x1b[<65;200;6M",
		    "<Click>@2,9 <WheelUp>@5,4 <WheelDown>@5,199");
	assert_keys(vt, "\x1b[<16;1;1M\x1b[<35;7;7M\x1b[M !!", "<C-Click>@0,0 <Click>@0,0");
	leave(vt);
	vt = start(env);
	assert_keys(vt, "\x1b[<0;4;4M\x1b[<0;4;4m\x1b[<0;4;4M", "<Click>@3,3 <DoubleClick>@3,3");
	leave(vt);
}

static void any_size_will_do(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	static const int sizes[][2] = {{1, 1}, {1, 200}, {200, 1}, {2, 2}, {50, 200}, {5, 20}};
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		char text[32];
		snprintf(text, sizeof(text), "size %dx%d", sizes[i][0], sizes[i][1]);
		vt_resize(vt, sizes[i][0], sizes[i][1]);
		if (sizes[i][0] > CHILD_SIZE_ROW && sizes[i][1] > 12)
			assert_true(vt_wait_text(vt, text, VT_PATIENCE));
		else
			assert_true(vt_wait_quiet(vt, 50, VT_PATIENCE));
	}
	vt_resize(vt, 24, 80);
	assert_true(vt_wait_text(vt, "size 24x80", VT_PATIENCE));
	assert_cell(vt, 1, 78, "宽", 2);
	assert_cell(vt, 2, 10, "|", 1);
	leave(vt);
	vt = vt_start(child_argv(), (const char *const[]){XTERM, UTF8, NULL}, 1, 1);
	assert_true(vt_wait_quiet(vt, 200, VT_PATIENCE));
	leave(vt);
}

static void a_size_that_changes_back_is_drawn_anew(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	vt_signal(vt, SIGSTOP);
	assert_true(vt_wait_stop(vt, VT_PATIENCE));
	vt_resize(vt, 3, 7);
	vt_resize(vt, 24, 80);
	assert_null(strstr(vt_text(vt), "size 24x80"));
	vt_continue(vt);
	assert_true(vt_wait_text(vt, "size 24x80", VT_PATIENCE));
	vt_resize(vt, 3, 7);
	vt_resize(vt, 24, 80);
	assert_true(vt_wait_text(vt, "size 24x80", VT_PATIENCE));
	leave(vt);
}

static void a_storm_of_sizes_ends_well(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	for (int i = 0; i < 300; i++) {
		vt_resize(vt, 1 + i * 7 % 60, 1 + i * 13 % 150);
		vt_type(vt, "j");
	}
	assert_true(vt_wait_quiet(vt, 100, VT_PATIENCE));
	vt_resize(vt, 24, 80);
	assert_true(vt_wait_text(vt, "size 24x80", VT_PATIENCE));
	assert_cell(vt, 0, 7, "|", 1);
	leave(vt);
}

static void assert_stops_and_goes_on(struct vt *vt, const struct termios *found)
{
	assert_true(vt_wait_stop(vt, VT_PATIENCE));
	assert_given_back(vt, found);
	vt_resize(vt, 20, 70);
	size_t before = vt_log_len(vt);
	vt_continue(vt);
	assert_true(vt_wait_text(vt, "size 20x70", VT_PATIENCE));
	assert_true(vt_is_alternate(vt));
	assert_cell(vt, 0, 7, "|", 1);
	assert_true(vt_wait_bytes(vt, "\x1b[?2004h", 8, before, VT_PATIENCE));
	assert_keys(vt, "\x03", "<C-c>");
}

static void suspending_gives_the_terminal_back(void **state)
{
	(void)state;
	struct termios found = fresh_modes();
	struct vt *vt = start_plain();
	vt_type(vt, "z");
	assert_stops_and_goes_on(vt, &found);
	vt_resize(vt, 24, 80);
	assert_true(vt_wait_text(vt, "size 24x80", VT_PATIENCE));
	vt_signal(vt, SIGTSTP);
	assert_stops_and_goes_on(vt, &found);
	leave(vt);
}

static void after_a_hard_stop_everything_is_drawn_again(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	vt_signal(vt, SIGSTOP);
	assert_true(vt_wait_stop(vt, VT_PATIENCE));
	size_t before = vt_log_len(vt);
	vt_continue(vt);
	assert_true(vt_wait_bytes(vt, "size 24x80", 10, before, VT_PATIENCE));
	leave(vt);
}

static void quitting_gives_the_terminal_back(void **state)
{
	(void)state;
	static const char *const env[] = {XTERM, UTF8, "MOUSE=1", NULL};
	struct termios found = fresh_modes();
	struct vt *vt = start(env);
	struct termios raw = vt_termios(vt);
	assert_false(vt_same_termios(&raw, &found));
	vt_type(vt, "q");
	assert_true(vt_wait_exit(vt, VT_PATIENCE, NULL));
	assert_given_back(vt, &found);
	assert_true(vt_wait_text(vt, "bye", VT_PATIENCE));
	vt_free(vt);
}

static void signals_end_it_in_order(void **state)
{
	(void)state;
	static const int signals[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};
	struct termios found = fresh_modes();
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++) {
		struct vt *vt = start_plain();
		int status = 0;
		vt_signal(vt, signals[i]);
		assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
		assert_true(WIFEXITED(status));
		assert_int_equal(WEXITSTATUS(status), 128 + signals[i]);
		assert_given_back(vt, &found);
		vt_free(vt);
	}
}

static void a_crash_gives_the_terminal_back(void **state)
{
	(void)state;
	if (HAS_SANITIZER)
		skip();
	static const char *const env[] = {XTERM, UTF8, "MOUSE=1", NULL};
	static const int signals[] = {SIGSEGV, SIGABRT};
	struct termios found = fresh_modes();
	for (int i = 0; i < 2; i++) {
		struct vt *vt = start(env);
		int status = 0;
		vt_type(vt, i == 0 ? "1" : "2");
		assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), signals[i]);
		assert_given_back(vt, &found);
		vt_free(vt);
	}
}

static void a_stuck_terminal_cannot_hold_up_the_end(void **state)
{
	(void)state;
	struct termios found = fresh_modes();
	struct vt *vt = start_plain();
	int status = 0;
	vt_stall(vt, true);
	vt_type(vt, "f");
	assert_true(vt_wait_quiet(vt, 300, VT_PATIENCE));
	vt_signal(vt, SIGTERM);
	assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
	assert_int_equal(WEXITSTATUS(status), 128 + SIGTERM);
	struct termios now = vt_termios(vt);
	assert_true(vt_same_termios(&now, &found));
	vt_free(vt);
}

static void hanging_up_ends_it(void **state)
{
	(void)state;
	static const char *const env[] = {XTERM, UTF8, NULL};
	for (int ignored = 0; ignored <= SIGHUP; ignored += SIGHUP) {
		struct vt_opts opts = {.argv = child_argv(),
				       .env = env,
				       .rows = 24,
				       .cols = 80,
				       .ignored_signal = ignored};
		struct vt *vt = vt_start_with(&opts);
		assert_true(vt_wait_text(vt, "size 24x80", VT_PATIENCE));
		vt_hang_up(vt);
		assert_true(vt_wait_exit(vt, VT_PATIENCE, NULL));
		vt_free(vt);
	}
}

static void waiting_costs_nothing(void **state)
{
	(void)state;
	struct vt *vt = start_plain();
	char path[64], text[4096];
	long before = 0, after = 0;
	snprintf(path, sizeof(path), "/proc/%d/status", (int)vt_pid(vt));
	assert_true(vt_wait_quiet(vt, 100, VT_PATIENCE));
	for (int i = 0; i < 2; i++) {
		FILE *file = fopen(path, "r");
		assert_non_null(file);
		text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
		fclose(file);
		const char *at = strstr(text, "\nvoluntary_ctxt_switches:");
		assert_non_null(at);
		*(i ? &after : &before) = strtol(strchr(at, ':') + 1, NULL, 10);
		assert_true(i || vt_wait_quiet(vt, 400, VT_PATIENCE));
	}
	assert_int_equal(after, before);
	leave(vt);
}

static void a_terminal_that_cannot_be_drawn_on_is_left_alone(void **state)
{
	(void)state;
	static const char *const envs[][3] = {
		{UTF8, NULL},
		{"TERM=", UTF8, NULL},
		{"TERM=dumb", UTF8, NULL},
		{"TERM=unknown", UTF8, NULL},
		{"TERM=no-such-terminal", UTF8, NULL},
	};
	struct termios found = fresh_modes();
	for (size_t i = 0; i < sizeof(envs) / sizeof(*envs); i++) {
		struct vt *vt = vt_start(child_argv(), envs[i], 24, 80);
		int status = 0;
		assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
		assert_int_equal(WEXITSTATUS(status), 2);
		struct termios now = vt_termios(vt);
		assert_true(vt_same_termios(&now, &found));
		assert_true(log_has(vt, "sulan print FILE", 0));
		assert_false(log_has(vt, "\x1b", 0));
		vt_free(vt);
	}
}

static void without_a_terminal_it_says_so(void **state)
{
	(void)state;
	static const char *const env[] = {XTERM, UTF8, NULL};
	int ends[2], status = 0;
	assert_int_equal(pipe(ends), 0);
	struct vt_opts opts = {
		.argv = child_argv(), .env = env, .rows = 24, .cols = 80, .fd_in = ends[0]};
	struct vt *vt = vt_start_with(&opts);
	assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
	assert_int_equal(WEXITSTATUS(status), 2);
	assert_non_null(strstr(vt_text(vt), "this is not a terminal"));
	close(ends[1]);
	vt_free(vt);
}

static void other_terminals_work_too(void **state)
{
	(void)state;
	static const char *const envs[][3] = {{"TERM=screen-256color", UTF8, NULL},
					      {"TERM=tmux-256color", UTF8, NULL},
					      {"TERM=linux", UTF8, NULL},
					      {"TERM=vt220", UTF8, NULL},
					      {"TERM=rxvt-unicode-256color", UTF8, NULL}};
	struct termios found = fresh_modes();
	for (size_t i = 0; i < sizeof(envs) / sizeof(*envs); i++) {
		struct vt *vt = start(envs[i]);
		int status = 0;
		assert_cell(vt, 0, 0, "速", 2);
		assert_cell(vt, 2, 10, "|", 1);
		vt_signal(vt, SIGTERM);
		assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
		assert_given_back(vt, &found);
		vt_free(vt);
	}
}

int main(int argc, char **argv)
{
	int status;
	if (child_main(argc, argv, &status))
		return status;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(glyphs_stand_at_their_columns),
		cmocka_unit_test(a_wide_glyph_is_never_cut),
		cmocka_unit_test(ambiguous_characters_are_as_wide_as_the_policy_says),
		cmocka_unit_test(an_unchanged_frame_costs_nothing),
		cmocka_unit_test(a_small_change_is_a_small_write),
		cmocka_unit_test(a_large_frame_is_shown_at_once),
		cmocka_unit_test(the_cursor_stands_where_it_shall),
		cmocka_unit_test(colors_go_as_deep_as_the_terminal),
		cmocka_unit_test(more_colors_than_numbers_are_still_right),
		cmocka_unit_test(keys_are_understood),
		cmocka_unit_test(an_esc_alone_is_a_key),
		cmocka_unit_test(a_key_may_come_in_pieces),
		cmocka_unit_test(answers_to_others_are_swallowed),
		cmocka_unit_test(a_paste_is_one_key),
		cmocka_unit_test(a_paste_without_an_end_ends),
		cmocka_unit_test(a_huge_paste_is_cut),
		cmocka_unit_test(the_mouse_reports_where),
		cmocka_unit_test(any_size_will_do),
		cmocka_unit_test(a_size_that_changes_back_is_drawn_anew),
		cmocka_unit_test(a_storm_of_sizes_ends_well),
		cmocka_unit_test(suspending_gives_the_terminal_back),
		cmocka_unit_test(after_a_hard_stop_everything_is_drawn_again),
		cmocka_unit_test(quitting_gives_the_terminal_back),
		cmocka_unit_test(signals_end_it_in_order),
		cmocka_unit_test(a_crash_gives_the_terminal_back),
		cmocka_unit_test(a_stuck_terminal_cannot_hold_up_the_end),
		cmocka_unit_test(hanging_up_ends_it),
		cmocka_unit_test(waiting_costs_nothing),
		cmocka_unit_test(a_terminal_that_cannot_be_drawn_on_is_left_alone),
		cmocka_unit_test(without_a_terminal_it_says_so),
		cmocka_unit_test(other_terminals_work_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
