/* Links of the program itself: the QR code as a scanner sees it, the address as one line, real
 * tmux, and what is started for a link. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <unistd.h>
#include <cmocka.h>

#include <sulan/arena.h>
#include <sulan/file.h>

#include <term/vt.h>

#define TITLE "扫一扫"
#define SHORT "https://mp.weixin.qq.com/s/AbCdEfGhIjKlMnOpQrStUv"
#define LONG                                                                                       \
	"https://example.com/articles/2026/03/05/"                                                 \
	"a-rather-long-address-that-no-row-of-a-small-terminal-holds?utm_source=briefing&utm_"     \
	"medium=terminal&id=0123456789abcdef0123456789abcdef"

struct fixture {
	struct arena *arena;
	char folder[64];
	const char *sulan, *issue;
	const char *env[12];
	size_t n_env;
};

static const char *in_folder(const struct fixture *f, const char *name)
{
	return arena_printf(f->arena, "%s/%s", f->folder, name);
}

static void write_file(const struct fixture *f, const char *name, const char *text)
{
	FILE *file = fopen(in_folder(f, name), "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void set_env(struct fixture *f, const char *entry)
{
	f->env[f->n_env++] = entry;
}

static int set_up(void **state)
{
	struct fixture *f = mem_new(sizeof(*f));
	const char *build = getenv("BUILD");
	f->arena = arena_new();
	strcpy(f->folder, "/tmp/links-test-XXXXXX");
	assert_non_null(mkdtemp(f->folder));
	f->sulan = arena_printf(f->arena, "%s/sulan", build ? build : "build");
	f->issue = in_folder(f, "issue.md");
	write_file(f, "issue.md",
		   "# 早报 2026-03-05\n\n## " TITLE "\n\n> **来源：** [甲](" SHORT "), [乙](" LONG
		   ")\n\n正文。\n");
	set_env(f, "TERM=xterm-256color");
	set_env(f, "LC_ALL=C.UTF-8");
	set_env(f, "PATH=/usr/bin:/bin");
	set_env(f, arena_printf(f->arena, "XDG_DATA_HOME=%s", f->folder));
	set_env(f, "SSH_CONNECTION=192.0.2.1 5000 192.0.2.2 22");
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	const char *const argv[] = {"rm", "-rf", f->folder, NULL};
	pid_t pid = fork();
	if (pid == 0) {
		execv("/bin/rm", (char *const *)(uintptr_t)argv);
		_exit(9);
	}
	waitpid(pid, NULL, 0);
	arena_free(f->arena);
	free(f);
	return 0;
}

static struct vt *start(const struct fixture *f, int rows, int cols)
{
	const char *argv[] = {f->sulan, f->issue, NULL};
	struct vt *vt = vt_start(argv, f->env, rows, cols);
	assert_true(vt_wait_text(vt, TITLE, VT_PATIENCE));
	return vt;
}

static void quit(struct vt *vt, const char *keys)
{
	int status = -1;
	vt_type(vt, keys);
	assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
	assert_int_equal(status, 0);
	vt_free(vt);
}

/* Runs a program and gives what it wrote; "" when it failed or is not there. */
static const char *output_of(const struct fixture *f, const char *const *argv)
{
	int ends[2], status = 1;
	size_t len = 0, size = 65536;
	char *text = arena_alloc(f->arena, size);
	assert_int_equal(pipe(ends), 0);
	pid_t pid = fork();
	if (pid == 0) {
		dup2(ends[1], 1);
		dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), 2);
		execvp(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	close(ends[1]);
	for (ssize_t n; len < size - 1 && (n = read(ends[0], text + len, size - 1 - len)) > 0;)
		len += (size_t)n;
	close(ends[0]);
	waitpid(pid, &status, 0);
	return status == 0 ? text : "";
}

/* How light a half of a cell is. */
static int light_of(struct vt *vt, int row, int col, bool is_lower)
{
	struct vt_cell cell = vt_cell(vt, row, col);
	bool is_ink = is_lower && strcmp(cell.text, "▄") == 0;
	bool has_color = cell.fg.kind != VT_COLOR_DEFAULT;
	int ink = has_color ? cell.fg.kind == VT_COLOR_RGB ? cell.fg.r
			      : cell.fg.r > 8              ? 255
							   : 0
			    : 255;
	int paper = has_color ? 255 - ink : 0; /* a dark terminal */
	return is_ink != cell.is_reverse ? ink : paper;
}

enum { SCALE = 4 };

/* The screen as a picture: a column is a module wide, a row two of them high, or one where modules
 * are two columns wide. */
static void draw_picture(const struct fixture *f, struct vt *vt, int rows, int cols, bool is_wide)
{
	FILE *file = fopen(in_folder(f, "screen.pgm"), "w");
	int width = (is_wide ? cols / 2 : cols) * SCALE, height = rows * (is_wide ? 1 : 2) * SCALE;
	assert_non_null(file);
	fprintf(file, "P5 %d %d 255\n", width, height);
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++) {
			int row = y / SCALE / (is_wide ? 1 : 2),
			    col = x / SCALE * (is_wide ? 2 : 1);
			fputc(light_of(vt, row, col, !is_wide && y / SCALE % 2), file);
		}
	fclose(file);
}

static void assert_scanned(const struct fixture *f, struct vt *vt, int rows, int cols, bool is_wide,
			   const char *url)
{
	const char *const argv[] = {"zbarimg", "-q", "--raw", in_folder(f, "screen.pgm"), NULL};
	draw_picture(f, vt, rows, cols, is_wide);
	assert_string_equal(output_of(f, argv), arena_printf(f->arena, "%s\n", url));
}

static void need(const char *path)
{
	if (access(path, X_OK) != 0)
		skip();
}

static void a_scanner_reads_the_code(void **state)
{
	struct fixture *f = *state;
	need("/usr/bin/zbarimg");
	struct vt *vt = start(f, 24, 80);
	vt_type(vt, "Q");
	assert_true(vt_wait_text(vt, "1/2 mp.weixin.qq.com", VT_PATIENCE));
	assert_scanned(f, vt, 23, 80, false, SHORT);
	quit(vt, "qq");
}

static void it_is_dark_on_light_whatever_the_theme_and_colours(void **state)
{
	struct fixture *f = *state;
	static const char *const settings[] = {"theme = paper\n", "colors = 16\n",
					       "colors = mono\n", "theme = contrast\n"};
	need("/usr/bin/zbarimg");
	set_env(f, arena_printf(f->arena, "XDG_CONFIG_HOME=%s", f->folder));
	assert_int_equal(mkdir(in_folder(f, "sulan"), 0700) == 0 ||
				 access(in_folder(f, "sulan"), R_OK) == 0,
			 1);
	for (size_t i = 0; i < sizeof(settings) / sizeof(*settings); i++) {
		write_file(f, "sulan/config.ini", settings[i]);
		struct vt *vt = start(f, 24, 80);
		vt_type(vt, "Q");
		assert_true(vt_wait_text(vt, "1/2 mp.weixin.qq.com", VT_PATIENCE));
		assert_scanned(f, vt, 23, 80, false, SHORT);
		quit(vt, "qq");
	}
}

static void it_needs_no_block_characters_where_they_are_wide(void **state)
{
	struct fixture *f = *state;
	need("/usr/bin/zbarimg");
	struct vt *vt = start(f, 40, 80);
	vt_type(vt, ":set ambiguous 2\rQ");
	assert_true(vt_wait_text(vt, "1/2 mp.weixin.qq.com", VT_PATIENCE));
	assert_null(strstr(vt_text(vt), "▄"));
	assert_scanned(f, vt, 39, 80, true, SHORT);
	quit(vt, "qq");
}

static void a_screen_too_small_is_told_what_is_needed(void **state)
{
	struct fixture *f = *state;
	struct vt *vt = start(f, 16, 60);
	vt_type(vt, "Q");
	assert_true(vt_wait_text(vt, "33 x 17", VT_PATIENCE));
	assert_true(vt_wait_text(vt, "60 x 16", VT_PATIENCE));
	vt_resize(vt, 17, 60);
	assert_true(vt_wait_no_text(vt, "33 x 17", VT_PATIENCE));
	assert_true(vt_wait_quiet(vt, 200, VT_PATIENCE)); /* the whole frame is there */
	if (access("/usr/bin/zbarimg", X_OK) == 0)
		assert_scanned(f, vt, 17, 60, false, SHORT);
	quit(vt, "qq");
}

static void the_address_is_one_line_and_a_link(void **state)
{
	struct fixture *f = *state;
	static const char whole[] = "\x1b]8;id=sulan;" LONG "\x1b\\" LONG "\x1b]8;;\x1b\\";
	struct vt *vt = start(f, 24, 80);
	vt_type(vt, "2o");
	assert_true(vt_wait_bytes(vt, whole, strlen(whole), 0, VT_PATIENCE));
	assert_true(vt_wait_text(vt, "已送往你的终端", VT_PATIENCE));
	/* What stands there is what curses believes to stand there, its colours too. */
	char *before = arena_printf(f->arena, "%s", vt_text(vt));
	size_t len = vt_log_len(vt);
	vt_type(vt, "\x0c");
	assert_true(vt_wait_bytes(vt, whole, strlen(whole), len, VT_PATIENCE));
	assert_string_equal(vt_text(vt), before);
	quit(vt, "qq");
}

static void tmux_has_it_and_hands_it_on(void **state)
{
	struct fixture *f = *state;
	need("/usr/bin/tmux");
	const char *socket = in_folder(f, "tmux");
	const char *argv[] = {
		"/usr/bin/tmux", "-S", socket, "-f", "/dev/null", "-u",
		"new-session",   "-x", "80",   "-y", "24",        realpath(f->sulan, NULL),
		f->issue,        NULL};
	const char *const show[] = {"tmux", "-S", socket, "show-buffer", NULL};
	const char *const kill_server[] = {"tmux", "-S", socket, "kill-server", NULL};
	struct vt *vt = vt_start(argv, f->env, 24, 80);
	assert_true(vt_wait_text(vt, TITLE, VT_PATIENCE));
	vt_type(vt, "o");
	assert_true(vt_wait_text(vt, "tmux 缓冲区", VT_PATIENCE));
	assert_string_equal(output_of(f, show), SHORT);
	/* "https://mp." begins so in base 64. */
	static const char sent[] = "\x1b]52;;aHR0cHM6Ly9tcC53ZWl4aW4ucXEuY29t";
	assert_true(vt_wait_bytes(vt, sent, strlen(sent), 0, VT_PATIENCE));
	output_of(f, kill_server);
	vt_free(vt);
	free((char *)(uintptr_t)argv[11]);
}

static void the_doctor_asks_the_terminal_and_leaves_it_as_it_was(void **state)
{
	struct fixture *f = *state;
	const char *argv[] = {f->sulan, "--lang", "en", "doctor", NULL};
	struct vt *vt = vt_start(argv, f->env, 24, 100);
	int status = -1;
	assert_true(vt_wait_text(vt, "ok      widths      the terminal gives", VT_PATIENCE));
	assert_true(vt_wait_text(vt, "xterm-256color, 100 x 24", VT_PATIENCE));
	assert_true(vt_wait_text(vt, "over SSH, no display", VT_PATIENCE));
	assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
	assert_int_equal(status, 0);
	assert_string_equal(vt_row(vt, 0), "ok      locale      C.UTF-8, UTF-8");
	/* A new terminal's modes: what it begins with would be read too late. */
	struct termios after = vt_termios(vt);
	const tcflag_t modes = ICANON | ECHO | ISIG | IEXTEN;
	assert_int_equal(after.c_lflag & modes, modes);
	assert_true(after.c_iflag & ICRNL);
	assert_true(after.c_oflag & OPOST);
	vt_free(vt);
}

/* Its own words as well: what it says is to be read there. */
static void the_doctor_names_a_terminal_that_reads_no_utf8(void **state)
{
	struct fixture *f = *state;
	const char *argv[] = {f->sulan, "--lang", "zh_CN", "doctor", NULL};
	struct vt *vt = vt_start_with(&(struct vt_opts){
		.argv = argv, .env = f->env, .rows = 24, .cols = 100, .is_mute = true});
	int status = -1;
	assert_true(vt_wait_bytes(vt, "\x1b[c", 3, 0, VT_PATIENCE));
	vt_type(vt, "\x1b[1;3R\x1b[1;2R\x1b[1;2R\x1b[?64;1;2c");
	assert_true(
		vt_wait_text(vt, "problem charset     the terminal reads no UTF-8", VT_PATIENCE));
	assert_true(vt_wait_text(vt, "> start it with UTF-8: LC_ALL=C.UTF-8 xterm", VT_PATIENCE));
	assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
	assert_int_equal(WEXITSTATUS(status), 1);
	for (const char *at = vt_text(vt); *at; at++)
		assert_true((unsigned char)*at <= '~');
	vt_free(vt);
}

/* The program that the log's entry at `at` names; empty where it is about an entry that was broken
 * off, or begun and named before. */
static struct str started(struct str log, size_t at)
{
	struct str rest = str_from(log, at + strlen("execve"));
	size_t from = strlen(str_starts(rest, "(") ? "(\"" : " resumed>\"");
	if (from > rest.len || rest.p[from - 1] != '"')
		return STR("");
	return str_sub(rest, from, str_find(rest, STR("\""), from) - from);
}

/* By the log of strace: an opener, a program that has the terminal and tmux are started for hostile
 * addresses, programs are given the story, and nothing else is started. */
static void no_shell_is_started(void **state)
{
	struct fixture *f = *state;
	static const char *const may_trace[] = {"strace", "-o", "/dev/null", "echo", "yes", NULL};
	if (!*output_of(f, may_trace))
		skip();
	const char *log = in_folder(f, "strace"), *opener = in_folder(f, "opener");
	const char *front = in_folder(f, "front");
	assert_int_equal(symlink("/bin/true", opener), 0);
	assert_int_equal(symlink("/bin/true", front), 0);
	write_file(f, "issue.md",
		   "# 早报 2026-03-05\n\n## " TITLE "\n\n> **来源：** "
		   "[甲](<https://a.example/$(id);`id`|'id'&x>), [乙](<https://b.example/;id>)\n");
	set_env(f, arena_printf(f->arena, "BROWSER=%s", opener));
	set_env(f, arena_printf(f->arena, "XDG_CONFIG_HOME=%s", f->folder));
	set_env(f, "TMUX=/nonexistent/tmux,1,0");
	set_env(f, "ASAN_OPTIONS=detect_leaks=0");
	assert_int_equal(mkdir(in_folder(f, "sulan"), 0700) == 0 ||
				 access(in_folder(f, "sulan"), R_OK) == 0,
			 1);
	write_file(f, "sulan/config.ini",
		   arena_printf(f->arena, "[open]\nb.example = terminal %s {url}\n", front));
	const char *argv[] = {
		"/usr/bin/strace", "-f",     "-qq", "-e", "trace=execve,execveat", "-o", log,
		f->sulan,          f->issue, NULL};
	struct vt *vt = vt_start(argv, f->env, 24, 80);
	assert_true(vt_wait_text(vt, TITLE, VT_PATIENCE));
	vt_type(vt, "o");
	assert_true(vt_wait_text(vt, "已用 opener 打开", VT_PATIENCE));
	vt_type(vt, "2o");
	assert_true(vt_wait_text(vt, "从 front 回来", VT_PATIENCE));
	vt_type(vt, "y");
	assert_true(vt_wait_text(vt, "剪贴板", VT_PATIENCE));
	vt_type(vt, arena_printf(f->arena, "|& %s {title} {url}\r", front));
	assert_true(vt_wait_text(vt, "在后台运行", VT_PATIENCE));
	vt_type(vt, arena_printf(f->arena, "|%s '$(id)' `id`\r", front));
	assert_true(vt_wait_text(vt, "按任意键", VT_PATIENCE));
	vt_type(vt, " ");
	assert_true(vt_wait_text(vt, "回来了", VT_PATIENCE));
	quit(vt, "q");
	struct str text;
	assert_true(file_read(log, f->arena, &text, NULL));
	assert_int_not_equal(str_find(text, str_of(opener), 0), STR_NOT_FOUND);
	assert_int_not_equal(str_find(text, str_of(front), 0), STR_NOT_FOUND);
	for (size_t at = 0; (at = str_find(text, STR("execve"), at)) != STR_NOT_FOUND; at++) {
		/* The second line of a call that another process came between names nothing. */
		if (str_starts(str_from(text, at), "execve resumed"))
			continue;
		struct str program = started(text, at);
		bool is_ours = program.len == 0 || str_is(program, f->sulan) ||
			       str_is(program, opener) || str_is(program, front) ||
			       str_ends(program, "/tmux");
		if (!is_ours)
			fail_msg("started: %.*s", (int)program.len, program.p);
	}
}

#define with_fixture(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_fixture(a_scanner_reads_the_code),
		with_fixture(it_is_dark_on_light_whatever_the_theme_and_colours),
		with_fixture(it_needs_no_block_characters_where_they_are_wide),
		with_fixture(a_screen_too_small_is_told_what_is_needed),
		with_fixture(the_address_is_one_line_and_a_link),
		with_fixture(tmux_has_it_and_hands_it_on),
		with_fixture(the_doctor_asks_the_terminal_and_leaves_it_as_it_was),
		with_fixture(the_doctor_names_a_terminal_that_reads_no_utf8),
		with_fixture(no_shell_is_started),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
