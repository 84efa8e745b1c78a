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

#include <term/child.h>
#include <term/errand.h>
#include <term/trial.h>

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
	leave(press(f, "o", "https://a.example/",
		    "open failed a command for links is empty or has a quote"));
}

static void a_program_that_fails_at_once_is_said(void **state)
{
	struct fixture *f = *state;
	add_program(f, "fire");
	set_env(f, "OPEN", "fire");
	set_env(f, "RECORD_STATUS", "3");
	leave(press(f, "o", "https://a.example/", "open failed fire failed"));
}

static void the_first_usable_browser_is_taken(void **state)
{
	struct fixture *f = *state;
	add_program(f, "sh");
	add_program(f, "fire");
	add_program(f, "xdg-open");
	set_env(f, "BROWSER", "no-such:sh:fire --tab %s:xdg-open");
	set_env(f, "SSH_CONNECTION", "1 2 3 4");
	leave(press(f, "o", "https://a.example/x", "open started by fire"));
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

static char *long_text(struct fixture *f, size_t len)
{
	char *text = arena_alloc(f->arena, len + 1);
	for (size_t i = 0; i < len; i++)
		text[i] = (char)('a' + i % 26);
	return text;
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
	struct vt *vt = press(f, "o", "https://a.example/", "open tmux");
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
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
