/* Links and texts on their way out: to programs as one argument and nothing else, to clipboards as
 * bytes that decode to the text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include <sulan/arena.h>
#include <sulan/file.h>

#include <term/child.h>
#include <term/vt.h>

struct fixture {
	struct arena *arena;
	char folder[64];
	const char *self, *record;
	const char *env[24];
	size_t n_env;
};

static void set_env(struct fixture *f, const char *name, const char *value)
{
	f->env[f->n_env++] = arena_printf(f->arena, "%s=%s", name, value);
}

static const char *in_folder(struct fixture *f, const char *name)
{
	return arena_printf(f->arena, "%s/%s", f->folder, name);
}

static void cut_env(struct fixture *f, size_t n_env)
{
	while (f->n_env > n_env)
		f->env[--f->n_env] = NULL;
}

/* A recorder under that name; PATH is the folder with them. */
static const char *add_program(struct fixture *f, const char *name)
{
	const char *path = in_folder(f, name);
	assert_int_equal(symlink(f->self, path), 0);
	return path;
}

static int set_up(void **state)
{
	struct fixture *f = mem_new(sizeof(*f));
	char self[512];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self));
	assert_true(len > 0);
	f->arena = arena_new();
	f->self = arena_copy(f->arena, self, (size_t)len);
	strcpy(f->folder, "/tmp/open-test-XXXXXX");
	assert_non_null(mkdtemp(f->folder));
	f->record = in_folder(f, "record");
	set_env(f, "TERM", "xterm-256color");
	set_env(f, "LC_ALL", "C.UTF-8");
	set_env(f, "PATH", f->folder);
	set_env(f, "RECORD", f->record);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	static const char *const names[] = {"record", "xdg-open", "tmux",   "browser",
					    "lynx",   "sh",       "my open"};
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		unlink(in_folder(f, names[i]));
	assert_int_equal(rmdir(f->folder), 0);
	arena_free(f->arena);
	free(f);
	return 0;
}

/* Lets the child press `key` and returns when it says what became of it. */
static struct vt *press(struct fixture *f, const char *key, const char *url, const char *said)
{
	const char *argv[] = {f->self, "--child", NULL};
	set_env(f, "URL", url);
	struct vt *vt = vt_start(argv, f->env, 24, 150);
	assert_true(vt_wait_text(vt, "size 24x150", VT_PATIENCE));
	vt_type(vt, key);
	if (!vt_wait_text(vt, said, VT_PATIENCE))
		fail_msg("not said: %s; but:\n%s", said, vt_text(vt));
	return vt;
}

static void leave(struct vt *vt)
{
	int status = -1;
	vt_type(vt, "q");
	assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
	assert_int_equal(status, 0);
	vt_free(vt);
}

static const char *recorded(struct fixture *f)
{
	struct str text = {0};
	return file_read(f->record, f->arena, &text, NULL) ? text.p : "(nothing)";
}

static void assert_recorded(struct fixture *f, const char *rest)
{
	assert_string_equal(recorded(f),
			    arena_printf(f->arena, "files 3 tty 0 leader 1\n%s", rest));
}

#define HOSTILE "https://a.example/?q=$(id)`id`;'\"&|<>\\%20{url}%s"

static void an_address_arrives_as_one_argument(void **state)
{
	struct fixture *f = *state;
	add_program(f, "xdg-open");
	set_env(f, "DISPLAY", ":0");
	leave(press(f, "o", HOSTILE, "open started"));
	assert_recorded(f, HOSTILE "\n");
}

static void a_command_is_split_once_without_a_shell(void **state)
{
	struct fixture *f = *state;
	add_program(f, "my open");
	set_env(f, "OPEN",
		arena_printf(f->arena, "'%s/my open'  --new \"a  $HOME\" --at={url} \t x",
			     f->folder));
	leave(press(f, "o", HOSTILE, "open started"));
	assert_recorded(f, "--new\na  $HOME\n--at=" HOSTILE "\nx\n");
}

static void what_is_no_web_address_is_refused(void **state)
{
	struct fixture *f = *state;
	static const char *const bad[] = {"javascript:alert(1)",
					  "file:///etc/passwd",
					  "-rf",
					  "http:",
					  "https://",
					  "xhttps://a.example/",
					  "https://a.example/ b",
					  "https://a.example/\x1b[2J",
					  "HTTPS\xef\xbc\x9a//a",
					  "data:text/html,x",
					  "--help https://a.example/",
					  ""};
	add_program(f, "xdg-open");
	set_env(f, "DISPLAY", ":0");
	size_t n_env = f->n_env;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		cut_env(f, n_env);
		leave(press(f, "o", bad[i], "open failed only http"));
	}
	assert_string_equal(recorded(f), "(nothing)");
}

static void the_scheme_may_be_in_capitals(void **state)
{
	struct fixture *f = *state;
	add_program(f, "xdg-open");
	set_env(f, "WAYLAND_DISPLAY", "wayland-0");
	leave(press(f, "o", "HTTPS://a.example/", "open started"));
	assert_recorded(f, "HTTPS://a.example/\n");
}

static void a_shell_is_not_handed_an_address(void **state)
{
	struct fixture *f = *state;
	add_program(f, "sh");
	set_env(f, "OPEN", "sh -c 'echo {url}'");
	leave(press(f, "o", HOSTILE, "open failed links are not handed to a shell"));
	assert_string_equal(recorded(f), "(nothing)");
}

static void a_missing_program_and_an_open_quote_are_said(void **state)
{
	struct fixture *f = *state;
	size_t n_env = f->n_env;
	set_env(f, "OPEN", "no-such-program {url}");
	leave(press(f, "o", "https://a.example/",
		    "open failed the program no-such-program was not"));
	cut_env(f, n_env);
	set_env(f, "OPEN", "'browser");
	leave(press(f, "o", "https://a.example/", "open failed the option \"open\" has a quote"));
}

static void a_program_that_fails_at_once_is_said(void **state)
{
	struct fixture *f = *state;
	add_program(f, "browser");
	set_env(f, "OPEN", "browser");
	set_env(f, "RECORD_STATUS", "3");
	leave(press(f, "o", "https://a.example/", "open failed browser failed"));
}

static void the_first_usable_browser_is_taken(void **state)
{
	struct fixture *f = *state;
	add_program(f, "lynx");
	add_program(f, "browser");
	add_program(f, "xdg-open");
	set_env(f, "BROWSER", "no-such:lynx:browser --tab %s:xdg-open");
	set_env(f, "SSH_CONNECTION", "1 2 3 4");
	leave(press(f, "o", "https://a.example/x", "open started"));
	assert_recorded(f, "--tab\nhttps://a.example/x\n");
}

static void nothing_is_run_from_the_folder_one_is_in(void **state)
{
	struct fixture *f = *state;
	add_program(f, "xdg-open");
	set_env(f, "DISPLAY", ":0");
	f->env[2] = "PATH=::.:tests:";
	char here[512];
	assert_non_null(getcwd(here, sizeof(here)));
	assert_int_equal(chdir(f->folder), 0);
	leave(press(f, "o", "https://a.example/", "open sent"));
	assert_int_equal(chdir(here), 0);
	assert_string_equal(recorded(f), "(nothing)");
}

static int digit_of(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;
	return at ? (int)(at - digits) : -1;
}

/* The text of the OSC 52 in the log, with GNU screen's wrapping taken off; "" for none. */
static const char *clipboard(struct fixture *f, struct vt *vt, bool is_wrapped)
{
	size_t len;
	const char *log = vt_log(vt, &len);
	const char *end = log + len;
	const char *at = memmem(log, len, "\x1b]52;c;", 7);
	if (!at || (is_wrapped && (at < log + 2 || memcmp(at - 2, "\x1bP", 2) != 0)))
		return "";
	char *out = arena_alloc(f->arena, len);
	size_t n = 0;
	unsigned bits = 0, n_bits = 0;
	for (at += 7; at < end && *at != '\a'; at++) {
		if (is_wrapped && end - at >= 4 && memcmp(at, "\x1b\\\x1bP", 4) == 0)
			at += 4;
		if (*at == '=')
			continue;
		if (digit_of(*at) < 0)
			return "";
		bits = bits << 6 | (unsigned)digit_of(*at);
		n_bits += 6;
		if (n_bits >= 8) {
			n_bits -= 8;
			out[n++] = (char)(bits >> n_bits & 0xff);
		}
	}
	return at < end && *at == '\a' ? out : "";
}

static void over_ssh_the_address_goes_to_the_readers_terminal(void **state)
{
	struct fixture *f = *state;
	add_program(f, "xdg-open");
	set_env(f, "DISPLAY", "localhost:10.0");
	set_env(f, "SSH_CONNECTION", "192.0.2.1 5000 192.0.2.2 22");
	struct vt *vt = press(f, "o", HOSTILE, "open sent");
	assert_string_equal(clipboard(f, vt, false), HOSTILE);
	leave(vt);
	assert_string_equal(recorded(f), "(nothing)");
}

static void copies_of_any_length_decode_to_the_text(void **state)
{
	struct fixture *f = *state;
	size_t n_env = f->n_env;
	static const char *const texts[] = {"速览", "ab", "abc", "https://a.example/"};
	for (size_t i = 0; i < 4; i++) {
		cut_env(f, n_env);
		struct vt *vt = press(f, "y", texts[i], "copy 1");
		assert_string_equal(clipboard(f, vt, false), texts[i]);
		leave(vt);
	}
}

static char *long_text(struct fixture *f, size_t len)
{
	char *text = arena_alloc(f->arena, len + 1);
	for (size_t i = 0; i < len; i++)
		text[i] = (char)('a' + i % 26);
	return text;
}

static void too_long_a_text_is_not_copied(void **state)
{
	struct fixture *f = *state;
	struct vt *vt = press(f, "y", long_text(f, 65537), "copy 0");
	assert_string_equal(clipboard(f, vt, false), "");
	leave(vt);
}

static void gnu_screen_gets_it_in_pieces(void **state)
{
	struct fixture *f = *state;
	char *text = long_text(f, 1000);
	set_env(f, "STY", "1234.pts-0.host");
	struct vt *vt = press(f, "y", text, "copy 1");
	assert_string_equal(clipboard(f, vt, true), text);
	leave(vt);
}

static void tmux_gets_it_by_its_own_command(void **state)
{
	struct fixture *f = *state;
	add_program(f, "tmux");
	set_env(f, "TMUX", "/tmp/tmux-0/default,1,0");
	set_env(f, "SSH_CONNECTION", "192.0.2.1 5000 192.0.2.2 22");
	struct vt *vt = press(f, "o", "https://a.example/", "open sent");
	assert_string_equal(clipboard(f, vt, false), "");
	leave(vt);
	assert_recorded(f, "load-buffer\n-w\n-\nhttps://a.example/");
}

static void a_tmux_that_cannot_leaves_it_to_the_terminal(void **state)
{
	struct fixture *f = *state;
	add_program(f, "tmux");
	set_env(f, "TMUX", "/tmp/tmux-0/default,1,0");
	set_env(f, "RECORD_STATUS", "1");
	struct vt *vt = press(f, "y", long_text(f, 60000), "copy 1");
	assert_int_equal(strlen(clipboard(f, vt, false)), 60000);
	leave(vt);
}

static void the_linux_console_has_no_clipboard(void **state)
{
	struct fixture *f = *state;
	f->env[0] = "TERM=linux";
	leave(press(f, "o", "https://a.example/", "open failed there is no browser"));
}

#define with_fixture(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(int argc, char **argv)
{
	int status;
	if (child_main(argc, argv, &status))
		return status;
	const struct CMUnitTest tests[] = {
		with_fixture(an_address_arrives_as_one_argument),
		with_fixture(a_command_is_split_once_without_a_shell),
		with_fixture(what_is_no_web_address_is_refused),
		with_fixture(the_scheme_may_be_in_capitals),
		with_fixture(a_shell_is_not_handed_an_address),
		with_fixture(a_missing_program_and_an_open_quote_are_said),
		with_fixture(a_program_that_fails_at_once_is_said),
		with_fixture(the_first_usable_browser_is_taken),
		with_fixture(nothing_is_run_from_the_folder_one_is_in),
		with_fixture(over_ssh_the_address_goes_to_the_readers_terminal),
		with_fixture(copies_of_any_length_decode_to_the_text),
		with_fixture(too_long_a_text_is_not_copied),
		with_fixture(gnu_screen_gets_it_in_pieces),
		with_fixture(tmux_gets_it_by_its_own_command),
		with_fixture(a_tmux_that_cannot_leaves_it_to_the_terminal),
		with_fixture(the_linux_console_has_no_clipboard),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
