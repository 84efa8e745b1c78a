/* Where a link goes from where: each row of the table of places, the ways one can force, and
 * programs that hang, fail or have the terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <cmocka.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/file.h>
#include <sulan/opener.h>

#include <term/child.h>
#include <term/errand.h>
#include <term/trial.h>

#define URL "https://a.example/s?x=1&y=2"
#define SSH "SSH_CONNECTION=192.0.2.1 5000 192.0.2.2 22"

/* A place: what is set and what is there, and what shall be done. */
struct row {
	const char *name, *programs[4], *env[6], *said;
	bool is_sent; /* by OSC 52 */
};

static const struct row rows[] = {
	{"BROWSER is set", {"fire", "xdg-open"}, {"BROWSER=fire", SSH}, "open started by fire", 0},
	{"command is set",
	 {"fire"},
	 {"COMMAND=fire --new", "BROWSER=x"},
	 "open started by fire",
	 0},
	{"a desktop", {"xdg-open", "gio"}, {"DISPLAY=:0"}, "open started by xdg-open", 0},
	{"Wayland with gio", {"gio"}, {"WAYLAND_DISPLAY=wayland-0"}, "open started by gio", 0},
	{"a Mac", {"open"}, {"MAC=1"}, "open started by open", 0},
	{"a Mac over SSH", {"open"}, {"MAC=1", SSH}, "open sent", 1},
	{"WSL", {"wslview", "xdg-open"}, {"WSL_DISTRO_NAME=d"}, "open started by wslview", 0},
	{"WSL as it comes",
	 {"rundll32.exe", "cmd.exe", "explorer.exe"},
	 {"WSL_DISTRO_NAME=d"},
	 "open started by rundll32.exe",
	 0},
	{"SSH", {"xdg-open"}, {SSH}, "open sent", 1},
	{"SSH with a display forwarded",
	 {"xdg-open"},
	 {SSH, "DISPLAY=localhost:10.0"},
	 "open sent",
	 1},
	{"VS Code over SSH",
	 {"helper.sh"},
	 {SSH, "TERM_PROGRAM=vscode", "BROWSER=helper.sh"},
	 "open started by helper.sh",
	 0},
	{"screen", {"xdg-open"}, {SSH, "STY=1.pts-0.h"}, "open sent", 1},
	{"tmux over SSH", {"tmux", "xdg-open"}, {SSH, "TMUX=/t,1,0"}, "open tmux", 0},
	{"tmux, begun at the desktop, now over SSH",
	 {"tmux", "xdg-open"},
	 {"DISPLAY=:0", "TMUX=/t,1,0", "TMUX_SAYS=-DISPLAY\n" SSH "\n"},
	 "open tmux",
	 0},
	{"tmux, begun over SSH, now at the desktop",
	 {"tmux", "xdg-open"},
	 {SSH, "TMUX=/t,1,0", "TMUX_SAYS=DISPLAY=:7\n-SSH_CONNECTION\n"},
	 "open started by xdg-open",
	 0},
	{"a tmux that does nothing",
	 {"tmux"},
	 {SSH, "TMUX=/t,1,0", "RECORD_STATUS=1"},
	 "open sent",
	 1},
	{"the Linux console", {"xdg-open"}, {"TERM=linux"}, "open shown", 0},
	{"no place at all", {0}, {0}, "open sent", 1},
	{"a browser that fails",
	 {"fire"},
	 {"BROWSER=fire", "RECORD_STATUS=1", SSH},
	 "open sent fire failed to open the link",
	 1},
	{"browser by force",
	 {"xdg-open"},
	 {"OPEN=browser", SSH, "DISPLAY=localhost:10.0"},
	 "open started by xdg-open",
	 0},
	{"browser where there is none",
	 {0},
	 {"OPEN=browser", "DISPLAY=:0"},
	 "open failed there is no browser to start",
	 0},
	{"handover by force",
	 {"xdg-open", "fire"},
	 {"OPEN=handover", "DISPLAY=:0", "BROWSER=fire"},
	 "open sent",
	 1},
	{"command by force", {"fire"}, {"OPEN=command", "COMMAND=fire"}, "open started by fire", 0},
	{"command without one", {0}, {"OPEN=command"}, "open failed there is no command", 0},
	{"remote without one", {0}, {"OPEN=remote"}, "open failed there is no remote", 0},
	{"remote that is not there",
	 {0},
	 {"OPEN=remote", "REMOTE=/nonexistent/s"},
	 "open failed /nonexistent/s: nobody takes links there",
	 0},
};

static void take_env(struct fixture *f, const char *const *env)
{
	for (; *env; env++) {
		bool is_term = strncmp(*env, "TERM=", 5) == 0;
		f->env[is_term ? 0 : f->n_env++] = *env;
	}
}

static void each_place_has_its_way(void **state)
{
	struct fixture *f = *state;
	size_t n_env = f->n_env;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		const struct row *row = &rows[i];
		cut_env(f, n_env);
		f->env[0] = XTERM;
		for (const char *const *name = row->programs; *name; name++)
			add_program(f, *name);
		take_env(f, row->env);
		struct vt *vt = press(f, "o", URL, row->said);
		const char *sent = clipboard(f, vt, strcmp(row->name, "screen") == 0);
		if (strcmp(sent, row->is_sent ? URL : "") != 0)
			fail_msg("%s: OSC 52 with “%s”", row->name, sent);
		leave(vt);
		for (const char *const *name = row->programs; *name; name++)
			unlink(in_folder(f, *name));
	}
}

/* What is asked in a place, by the table: programs by their names, "remote", "handover". */
static const char *wanted(struct arena *arena, const struct place *place, bool has_command,
			  bool has_remote)
{
	struct strbuf out = strbuf_make(arena);
	bool sits_here = !place->is_ssh && (place->has_display || place->is_mac || place->is_wsl);
	const struct {
		bool is_asked;
		const char *name;
	} steps[] = {
		{has_command, "fire"},
		{has_remote && !sits_here, "remote"},
		{*place->browser, "helper"},
		{!place->is_ssh && place->is_mac, "open"},
		{!place->is_ssh && place->is_wsl, "wslview"},
		{!place->is_ssh && place->is_wsl, "rundll32.exe"},
		{!place->is_ssh && place->has_display, "xdg-open"},
		{!place->is_ssh && place->has_display, "gio"},
		{true, "handover"},
	};
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
		if (steps[i].is_asked)
			strbuf_printf(&out, "%s ", steps[i].name);
	return strbuf_str(&out).p;
}

static const char *planned(struct arena *arena, const struct opener_plan *plan)
{
	struct strbuf out = strbuf_make(arena);
	for (size_t i = 0; i < plan->n; i++) {
		const struct opener_step *step = &plan->steps[i];
		strbuf_printf(&out, "%s ",
			      step->kind == OPENER_HANDOVER ? "handover"
			      : step->kind == OPENER_REMOTE ? "remote"
							    : step->words[0]);
	}
	return strbuf_str(&out).p;
}

static void every_combination_of_places_has_its_plan(void **state)
{
	struct fixture *f = *state;
	static const char *const programs[] = {"fire",         "helper",   "open", "wslview",
					       "rundll32.exe", "xdg-open", "gio"};
	const char *remote = in_folder(f, "fifo");
	assert_int_equal(mkfifo(remote, 0600), 0);
	for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++)
		add_program(f, programs[i]);
	for (unsigned bits = 0; bits < 1u << 10; bits++) {
		struct place place = {
			.is_ssh = bits & 1,
			.is_tmux = bits & 2,
			.is_screen = bits & 4,
			.is_console = bits & 8,
			.is_wsl = bits & 16,
			.is_mac = (bits & 48) == 32,
			.has_display = bits & 64,
			.browser = bits & 128 ? "nothere:helper" : "",
			.path = f->folder,
		};
		struct term_opts opts = {.command = bits & 256 ? "fire --new {url}" : "",
					 .remote = bits & 512 ? remote : ""};
		struct opener_plan plan;
		struct error err;
		assert_true(opener_plan(&opts, &place, f->arena, "auto", &plan, &err));
		if (strcmp(planned(f->arena, &plan),
			   wanted(f->arena, &place, bits & 256, bits & 512)) != 0)
			fail_msg("place %x: %s", bits, planned(f->arena, &plan));
	}
}

static void programs_get_the_environment_that_tmux_knows(void **state)
{
	struct fixture *f = *state;
	static const char *const env[] = {SSH, "TMUX=/t,1,0", "RECORD_ENV=DISPLAY",
					  "TMUX_SAYS=DISPLAY=:7\n-SSH_CONNECTION\n", NULL};
	add_program(f, "tmux");
	add_program(f, "xdg-open");
	take_env(f, env);
	leave(press(f, "o", URL, "open started by xdg-open"));
	assert_recorded(f, URL "\nDISPLAY=:7\n");
}

static void a_program_that_hangs_holds_nobody_up(void **state)
{
	struct fixture *f = *state;
	add_program(f, "fire");
	set_env(f, "BROWSER", "fire");
	set_env(f, "RECORD_HANG", "1");
	struct vt *vt = press(f, "o", URL, "open started by fire");
	vt_type(vt, "jk");
	assert_true(vt_wait_text(vt, "j k", VT_PATIENCE));
	leave(vt);
	assert_recorded(f, URL "\n");
}

/* The screen is the child's again, with none of the browser's modes and colours. */
static void assert_taken_back(struct vt *vt, const struct termios *raw)
{
	assert_true(vt_wait_text(vt, "速览 ok|", VT_PATIENCE));
	struct termios now = vt_termios(vt);
	assert_true(vt_same_termios(&now, raw));
	assert_true(vt_is_alternate(vt));
	assert_false(vt_has_mouse(vt));
	assert_int_equal(vt_cell(vt, 0, 0).fg.kind, VT_COLOR_DEFAULT);
	assert_int_equal(vt_cell(vt, 12, 40).bg.kind, VT_COLOR_DEFAULT);
	assert_false(vt_cell(vt, 0, 0).is_bold);
	assert_null(strstr(vt_text(vt), "cooked"));
}

static struct vt *browse(struct fixture *f, const char *said, struct termios *raw)
{
	const char *argv[] = {f->self, "--child", NULL};
	set_env(f, "URL", URL);
	struct vt *vt = vt_start(argv, f->env, 24, 150);
	assert_true(vt_wait_text(vt, "size 24x150", VT_PATIENCE));
	*raw = vt_termios(vt);
	vt_type(vt, "o");
	if (!vt_wait_text(vt, said, VT_PATIENCE))
		fail_msg("not said: %s; but:\n%s", said, vt_text(vt));
	return vt;
}

static void a_text_browser_has_the_terminal_until_it_ends(void **state)
{
	struct fixture *f = *state;
	struct termios raw;
	add_program(f, "w3m");
	set_env(f, "OPEN", "w3m {url}");
	struct vt *vt = browse(f, URL " cooked ours", &raw);
	vt_type(vt, "a\x03\x1c");
	assert_true(vt_wait_text(vt, "got a", VT_PATIENCE));
	vt_type(vt, "q");
	assert_true(vt_wait_text(vt, "open returned by w3m", VT_PATIENCE));
	assert_taken_back(vt, &raw);
	vt_type(vt, "jk");
	assert_true(vt_wait_text(vt, "j k", VT_PATIENCE));
	leave(vt);
}

static void a_program_can_be_said_to_need_the_terminal(void **state)
{
	struct fixture *f = *state;
	struct termios raw;
	add_program(f, "my own");
	set_env(f, "OPEN", "terminal 'my own' {url}");
	set_env(f, "RECORD_STATUS", "2");
	struct vt *vt = browse(f, URL " cooked ours", &raw);
	vt_type(vt, "q");
	assert_true(vt_wait_text(vt, "open failed my own failed", VT_PATIENCE));
	assert_taken_back(vt, &raw);
	leave(vt);
}

static void stopping_a_text_browser_stops_the_job(void **state)
{
	struct fixture *f = *state;
	struct termios raw;
	add_program(f, "lynx");
	set_env(f, "BROWSER", "lynx");
	struct vt *vt = browse(f, URL " cooked ours", &raw);
	vt_type(vt, "z");
	assert_true(vt_wait_stop(vt, VT_PATIENCE));
	vt_continue(vt);
	assert_true(vt_wait_text(vt, "got z", VT_PATIENCE));
	vt_type(vt, "q");
	assert_true(vt_wait_text(vt, "open returned by lynx", VT_PATIENCE));
	assert_taken_back(vt, &raw);
	leave(vt);
}

/* What comes out at the listener's end, up to the end of a line. */
static void assert_heard(int fd)
{
	char line[256] = "";
	size_t len = 0;
	struct pollfd said = {.fd = fd, .events = POLLIN};
	while (!strchr(line, '\n') && poll(&said, 1, VT_PATIENCE) == 1) {
		ssize_t n = read(fd, line + len, sizeof(line) - len - 1);
		if (n <= 0)
			break;
		len += (size_t)n;
	}
	assert_string_equal(line, URL "\n");
}

static void a_listener_on_a_socket_gets_the_address(void **state)
{
	struct fixture *f = *state;
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	snprintf(address.sun_path, sizeof(address.sun_path), "%s/s", f->folder);
	int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_int_equal(bind(server, (const struct sockaddr *)&address, sizeof(address)), 0);
	assert_int_equal(listen(server, 1), 0);
	static const char *const env[] = {SSH, NULL};
	take_env(f, env);
	set_env(f, "REMOTE", address.sun_path);
	leave(press(f, "o", URL, "open remote"));
	int fd = accept(server, NULL, NULL);
	assert_heard(fd);
	close(fd);
	close(server);
	/* The socket is still there, but nobody listens. */
	struct vt *vt = press(f, "o", URL, "open sent");
	assert_string_equal(clipboard(f, vt, false), URL);
	leave(vt);
}

static void a_listener_on_a_fifo_gets_the_address(void **state)
{
	struct fixture *f = *state;
	const char *path = in_folder(f, "fifo");
	assert_int_equal(mkfifo(path, 0600), 0);
	set_env(f, "REMOTE", path);
	set_env(f, "OPEN", "remote");
	leave(press(f, "o", URL, "open failed"));
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	leave(press(f, "o", URL, "open remote"));
	assert_heard(fd);
	close(fd);
}

int main(int argc, char **argv)
{
	int status;
	if (child_main(argc, argv, &status))
		return status;
	const struct CMUnitTest tests[] = {
		with_fixture(each_place_has_its_way),
		with_fixture(every_combination_of_places_has_its_plan),
		with_fixture(programs_get_the_environment_that_tmux_knows),
		with_fixture(a_program_that_hangs_holds_nobody_up),
		with_fixture(a_text_browser_has_the_terminal_until_it_ends),
		with_fixture(a_program_can_be_said_to_need_the_terminal),
		with_fixture(stopping_a_text_browser_stops_the_job),
		with_fixture(a_listener_on_a_socket_gets_the_address),
		with_fixture(a_listener_on_a_fifo_gets_the_address),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
