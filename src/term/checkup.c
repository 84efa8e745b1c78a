/* What a terminal is, before anything is drawn on it. */
#include <sulan/checkup.h>

#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/argv.h>

#include "caps.h"
#include "children.h"
#include "inside.h"
#include "spawn.h"

enum { ANSWER_MS = 1000, TMUX_MS = 1000, TMUX_BYTES = 256 };

/* A letter of two bytes and two doubtful characters at the start of the line, where the cursor is
 * after each, and DA1, which every terminal answers. */
static const char questions[] = "\r\xc3\xb1\x1b[6n"
				"\r\x1b[K\xe2\x80\x9c\x1b[6n"
				"\r\x1b[K\xe2\x9d\xa4\xef\xb8\x8f\x1b[6n"
				"\r\x1b[K\x1b[c";

/* The column in "CSI row ; col R", from 1; 0 when there is no such answer. */
static int take_column(struct str *rest)
{
	size_t start = str_find(*rest, STR("\x1b["), 0), end = str_find(*rest, STR("R"), 0);
	long col = 0;
	if (start == STR_NOT_FOUND || end == STR_NOT_FOUND || end < start)
		return 0;
	struct str answer = str_sub(*rest, start, end - start);
	size_t sign = str_find(answer, STR(";"), 0);
	*rest = str_from(*rest, end + 1);
	if (sign == STR_NOT_FOUND || !str_to_int(str_from(answer, sign + 1), 1, 9999, &col))
		return 0;
	return (int)col;
}

static uint8_t width_of(int col)
{
	return col == 2 || col == 3 ? (uint8_t)(col - 1) : 0;
}

static bool is_complete(struct str answer)
{
	size_t at = str_find(answer, STR("\x1b[?"), 0);
	return at != STR_NOT_FOUND && str_find(answer, STR("c"), at) != STR_NOT_FOUND;
}

/* What comes back until the last answer is there. */
static struct str listen(int fd, char *buf, size_t size)
{
	size_t len = 0;
	const long long end = now_ms() + ANSWER_MS;
	struct pollfd said = {.fd = fd, .events = POLLIN};
	while (len < size && !is_complete((struct str){buf, len})) {
		long long left = end - now_ms();
		if (left <= 0 || poll(&said, 1, (int)left) <= 0)
			break;
		ssize_t n = read(fd, buf + len, size - len);
		if (n <= 0)
			break;
		len += (size_t)n;
	}
	return (struct str){buf, len};
}

static void ask_terminal(const struct term_opts *opts, struct checkup *out)
{
	struct termios before, quiet;
	char buf[512];
	if (tcgetattr(opts->fd_in, &before) != 0)
		return;
	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
	quiet.c_cc[VMIN] = 1;
	quiet.c_cc[VTIME] = 0;
	if (tcsetattr(opts->fd_in, TCSANOW, &quiet) != 0)
		return;
	size_t len = sizeof(questions) - 1;
	bool is_sent = write(opts->fd_out, questions, len) == (ssize_t)len;
	struct str answer = listen(opts->fd_in, buf, is_sent ? sizeof(buf) : 0);
	tcsetattr(opts->fd_in, TCSAFLUSH, &before);
	out->has_answered = is_complete(answer);
	if (take_column(&answer) > 2) {
		out->found = TEXT_POLICY_ASCII;
		return;
	}
	out->found.ambiguous = width_of(take_column(&answer));
	out->found.pictures = width_of(take_column(&answer));
}

static const char *ask_tmux(const struct term_opts *opts, struct arena *arena)
{
	struct str said = {NULL, 0};
	const char *file = spawn_find(arena, "tmux", opts->path ? opts->path : "");
	char **argv = argv_split(arena, STR("tmux show-options -sv set-clipboard"));
	if (file)
		children_ask(arena, file, argv, TMUX_MS, TMUX_BYTES, &said);
	return str_dup(arena, str_trim(said));
}

struct checkup checkup_make(const struct term_opts *opts, struct arena *arena)
{
	struct checkup out = {.tmux_clipboard = ""};
	struct winsize size = {0};
	const char *type = opts->term ? opts->term : "";
	out.is_terminal = isatty(opts->fd_in) && isatty(opts->fd_out);
	out.is_known = *type && caps_begin(type, opts->fd_out);
	if (out.is_known) {
		out.has_screen = caps_text("cup") != NULL;
		out.is_like_xterm = caps_flag("XT");
		out.depth = terminal_depth(opts, caps_number("colors"));
		caps_end();
	}
	if (out.is_terminal && ioctl(opts->fd_out, TIOCGWINSZ, &size) == 0) {
		out.rows = size.ws_row;
		out.cols = size.ws_col;
	}
	if (out.is_terminal && out.has_screen && terminal_can_answer(type))
		ask_terminal(opts, &out);
	if (opts->tmux && *opts->tmux)
		out.tmux_clipboard = ask_tmux(opts, arena);
	return out;
}
