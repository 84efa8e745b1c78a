/* Links and texts to the world outside: to a program when there is one that can show them where the
 * reader is, else to the reader's own terminal, which may have a clipboard. An address is one word
 * of an argument vector and is looked at once more before it leaves. */
#include "inside.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/error.h>

#include "signals.h"
#include "spawn.h"

enum {
	COPY_MAX = 64 << 10,
	URL_MAX = 8192,
	CHUNK = 240,    /* of what GNU screen passes on at once */
	START_MS = 300, /* a program that fails does so at once */
	TMUX_MS = 1000,
};

static bool is_in(const char *file, const char *const *names)
{
	const char *slash = strrchr(file, '/');
	for (; *names; names++)
		if (strcmp(slash ? slash + 1 : file, *names) == 0)
			return true;
	return false;
}

/* A shell would read an address as a program. */
static bool is_shell(const char *file)
{
	static const char *const shells[] = {"sh",   "bash", "dash",    "zsh",     "ksh",
					     "mksh", "ash",  "fish",    "csh",     "tcsh",
					     "rc",   "pwsh", "busybox", "cmd.exe", "powershell.exe",
					     NULL};
	return is_in(file, shells);
}

/* They would need the terminal that we are in. */
static bool is_text_browser(const char *file)
{
	static const char *const browsers[] = {"w3m",         "lynx",       "links",
					       "links2",      "elinks",     "browsh",
					       "www-browser", "netsurf-vi", NULL};
	return is_in(file, browsers);
}

static bool is_address(const char *url)
{
	static const char *const schemes[] = {"http://", "https://", "mailto:"};
	struct str s = str_of(url);
	if (s.len > URL_MAX)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7f)
			return false;
	for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++) {
		struct str scheme = str_of(schemes[i]);
		if (s.len > scheme.len && str_same_ascii(str_sub(s, 0, scheme.len), scheme))
			return true;
	}
	return false;
}

/* The word with the address in the place of its first "{url}" or "%s"; NULL when it has none. */
static char *fill_in(struct arena *arena, const char *word, const char *url)
{
	static const struct str marks[] = {{"{url}", 5}, {"%s", 2}};
	struct str s = str_of(word);
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		size_t at = str_find(s, marks[i], 0);
		if (at != STR_NOT_FOUND)
			return arena_printf(arena, "%.*s%s%s", (int)at, word, url,
					    word + at + marks[i].len);
	}
	return NULL;
}

/* The words with the address where it belongs: in the places for it, or behind them all. */
static char **with_url(struct arena *arena, char **words, const char *url)
{
	size_t n = 0;
	bool is_placed = false;
	while (words[n])
		n++;
	char **argv = arena_alloc(arena, (n + 2) * sizeof(*argv));
	for (size_t i = 0; i < n; i++) {
		/* The program's own name is the reader's alone. */
		char *filled = i ? fill_in(arena, words[i], url) : NULL;
		argv[i] = filled ? filled : words[i];
		is_placed |= filled != NULL;
	}
	if (!is_placed)
		argv[n] = arena_copy(arena, url, strlen(url));
	return argv;
}

static void reap(struct term *term)
{
	for (size_t i = 0; i < MAX_CHILDREN; i++)
		if (term->children[i] && waitpid(term->children[i], NULL, WNOHANG) != 0)
			term->children[i] = 0;
}

/* Keeps the id until the program has ended. With too many of them at once, the last stays a zombie
 * until we end, which harms nobody. */
static void remember(struct term *term, pid_t pid)
{
	for (size_t i = 0; i < MAX_CHILDREN; i++) {
		if (!term->children[i]) {
			term->children[i] = pid;
			return;
		}
	}
}

/* Waits a moment for the end of a program. False when it goes on. */
static bool wait_for(const struct term *term, pid_t pid, int ms, int *status)
{
	const long long end = now_ms() + ms;
	for (;;) {
		pid_t ended = waitpid(pid, status, WNOHANG);
		if (ended != 0)
			return ended == pid;
		long long left = end - now_ms();
		if (left <= 0)
			return false;
		struct pollfd wake = {.fd = term->wake_fd, .events = POLLIN};
		if (poll(&wake, 1, (int)left) > 0)
			signals_drain();
	}
}

static enum open_result run(struct term *term, const char *file, char **argv, struct error *err)
{
	int status = 0;
	pid_t pid = spawn_start(file, argv, -1);
	if (!pid) {
		error_set(err, ERROR_TERM, N_("%s cannot be started"), argv[0]);
		return OPEN_FAILED;
	}
	if (!wait_for(term, pid, START_MS, &status)) {
		remember(term, pid);
		return OPEN_STARTED;
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return OPEN_STARTED;
	error_set(err, ERROR_TERM, N_("%s failed to open the link"), argv[0]);
	return OPEN_FAILED;
}

/* Opens with a command of the reader's. */
static enum open_result run_command(struct term *term, struct arena *arena, struct str command,
				    const char *url, struct error *err)
{
	char **words = spawn_words(arena, command);
	if (!words) {
		error_set(err, ERROR_TERM, N_("the option \"open\" has a quote that does not end"),
			  NULL);
		return OPEN_FAILED;
	}
	for (char **word = words; *word; word++) {
		if (is_shell(*word)) {
			error_set(
				err, ERROR_TERM,
				N_("links are not handed to a shell (%s): it would run what is in "
				   "them"),
				*word);
			return OPEN_FAILED;
		}
	}
	const char *file = spawn_find(arena, words[0], term->opts.path);
	if (!file) {
		error_set(err, ERROR_TERM, N_("the program %s was not found"), words[0]);
		return OPEN_FAILED;
	}
	return run(term, file, with_url(arena, words, url), err);
}

/* The first of $BROWSER's commands that is there and needs no terminal; {NULL, 0} for none. */
static struct str find_browser(const struct term *term, struct arena *arena)
{
	struct str rest = str_of(term->opts.browser), command;
	while (str_cut(&rest, ':', &command)) {
		char **words = spawn_words(arena, command);
		if (words && !is_shell(words[0]) && !is_text_browser(words[0]) &&
		    spawn_find(arena, words[0], term->opts.path))
			return command;
	}
	return (struct str){NULL, 0};
}

/* The desktop's own opener, where there is a desktop and the reader sits before it. */
static struct str find_opener(const struct term *term, struct arena *arena)
{
	const struct term_opts *opts = &term->opts;
	bool has_display = *opts->display || *opts->wayland_display;
#ifdef __APPLE__
	const bool is_mac = true;
#else
	const bool is_mac = false;
#endif
	const struct {
		struct str command;
		bool is_here;
	} openers[] = {
		{STR("open"), is_mac},
		{STR("wslview"), true}, /* is found under WSL alone */
		{STR("xdg-open"), has_display},
		{STR("gio open"), has_display},
	};
	if (*opts->ssh_connection)
		return (struct str){NULL, 0};
	for (size_t i = 0; i < sizeof(openers) / sizeof(*openers); i++) {
		char **words = spawn_words(arena, openers[i].command);
		if (openers[i].is_here && spawn_find(arena, words[0], opts->path))
			return openers[i].command;
	}
	return (struct str){NULL, 0};
}

static struct str base64(struct arena *arena, struct str from)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	struct strbuf buf = strbuf_make(arena);
	for (size_t at = 0; at < from.len; at += 3) {
		size_t n = from.len - at < 3 ? from.len - at : 3;
		unsigned bits = 0;
		for (size_t i = 0; i < 3; i++)
			bits = bits << 8 | (i < n ? (unsigned char)from.p[at + i] : 0u);
		for (size_t i = 0; i < 4; i++)
			strbuf_putc(&buf, i <= n ? digits[bits >> (18 - 6 * i) & 63] : '=');
	}
	return strbuf_str(&buf);
}

/* Offers the text to the terminal's clipboard; nothing ever answers. */
static void send_osc52(struct term *term, struct arena *arena, struct str text)
{
	struct strbuf sequence = strbuf_make(arena), buf = strbuf_make(arena);
	bool is_screen = *term->opts.sty && !*term->opts.tmux;
	strbuf_puts(&sequence, "\x1b]52;c;");
	strbuf_put(&sequence, base64(arena, text));
	strbuf_putc(&sequence, '\a');
	struct str rest = strbuf_str(&sequence);
	if (!is_screen) {
		out_write(term, rest.p, rest.len);
		return;
	}
	for (; rest.len; rest = str_from(rest, CHUNK)) {
		strbuf_puts(&buf, "\x1bP");
		strbuf_put(&buf, str_sub(rest, 0, CHUNK));
		strbuf_puts(&buf, "\x1b\\");
	}
	out_write(term, buf.p, buf.len);
}

/* All of the text into a pipe that someone may not read. */
static bool feed(int fd, struct str text, int ms)
{
	const long long end = now_ms() + ms;
	while (text.len) {
		struct pollfd room = {.fd = fd, .events = POLLOUT};
		long long left = end - now_ms();
		if (left <= 0)
			return false;
		if (poll(&room, 1, (int)left) < 0 && errno != EINTR)
			return false;
		ssize_t n = write(fd, text.p, text.len);
		if (n < 0 && errno != EINTR && errno != EAGAIN)
			return false;
		text = str_from(text, n > 0 ? (size_t)n : 0);
	}
	return true;
}

/* tmux takes no clipboard sequence from us as it is set up by default, but its own command does it.
 */
static bool send_tmux(struct term *term, struct arena *arena, struct str text)
{
	int ends[2], status = 1;
	const char *file = spawn_find(arena, "tmux", term->opts.path);
	char **argv = spawn_words(arena, STR("tmux load-buffer -w -"));
	if (!*term->opts.tmux || !file || pipe2(ends, O_CLOEXEC) < 0)
		return false;
	pid_t pid = spawn_start(file, argv, ends[0]);
	close(ends[0]);
	fcntl(ends[1], F_SETFL, O_NONBLOCK);
	bool is_fed = pid && feed(ends[1], text, TMUX_MS);
	close(ends[1]);
	if (pid && !wait_for(term, pid, TMUX_MS, &status)) {
		remember(term, pid);
		return false;
	}
	return is_fed && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

bool handover_copy(struct term *term, struct str text)
{
	bool is_console = strcmp(term->opts.term, "linux") == 0;
	reap(term);
	if (text.len > COPY_MAX || term->is_gone)
		return false;
	struct arena *arena = arena_new();
	bool is_sent = send_tmux(term, arena, text);
	if (!is_sent && !is_console) {
		send_osc52(term, arena, text);
		is_sent = true;
	}
	arena_free(arena);
	return is_sent;
}

static enum open_result open_with(struct term *term, struct arena *arena, struct str command,
				  const char *url, struct error *err)
{
	if (command.len && !str_is(command, "auto"))
		return run_command(term, arena, command, url, err);
	struct str found = find_browser(term, arena);
	if (!found.len)
		found = find_opener(term, arena);
	if (found.len)
		return run_command(term, arena, found, url, err);
	if (handover_copy(term, str_of(url)))
		return OPEN_SENT;
	error_set(err, ERROR_TERM, N_("there is no browser to start and no clipboard to send to"),
		  NULL);
	return OPEN_FAILED;
}

enum open_result handover_open(struct term *term, const char *command, const char *url,
			       struct error *err)
{
	reap(term);
	if (!is_address(url)) {
		error_set(err, ERROR_TERM, N_("only http, https and mailto addresses are opened"),
			  NULL);
		return OPEN_FAILED;
	}
	struct arena *arena = arena_new();
	enum open_result result = open_with(term, arena, str_trim(str_of(command)), url, err);
	arena_free(arena);
	return result;
}
