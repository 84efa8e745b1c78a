/* A small program on the term layer, and recorders of what it starts. */
#include <term/child.h>

#include <dirent.h>
#include <locale.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <termios.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/argv.h>
#include <sulan/canvas.h>
#include <sulan/error.h>
#include <sulan/term.h>

struct child {
	struct term *term;
	const struct port *port;
	struct canvas *canvas;
	char keys[512], said[512];
};

static const struct style plain;

static void put(struct child *child, int row, int col, const char *text, const char *style)
{
	struct style parsed = plain;
	style_parse(str_of(style), &parsed, NULL);
	canvas_put(child->canvas, row, col, 9999, str_of(text), parsed);
}

static void draw(struct child *child)
{
	int rows, cols;
	char size[32];
	child->port->size(child->port->self, &rows, &cols);
	if (rows != child->canvas->rows || cols != child->canvas->cols)
		canvas_resize(child->canvas, rows, cols);
	canvas_clear(child->canvas, plain);
	put(child, 0, 0, "速览 ok|", "");
	put(child, 1, 0, "a中b文c|", "");
	put(child, 2, 0, "e\xcc\x81x か\xe3\x82\x99y 🌍z|", "");
	put(child, 3, 0, "“q”—|", "");
	put(child, 3, 12, child->keys[0] ? "ｶx" : "ｶﾞ", "");
	put(child, 4, 0, "rgb", "bold #ff8800 on #102030");
	put(child, 4, 4, "idx", "italic underline 208");
	put(child, 4, 8, "ansi", "reverse bright-blue");
	put(child, 0, cols - 1, "宽", "");
	put(child, 1, cols - 2, "宽", "");
	snprintf(size, sizeof(size), "size %dx%d", rows, cols);
	put(child, CHILD_SIZE_ROW, 0, size, "");
	put(child, CHILD_KEYS_ROW, 0, child->keys, "");
	put(child, CHILD_SAID_ROW, 0, child->said, "");
	child->canvas->has_cursor = rows > 8;
	child->canvas->cursor_row = 8;
	child->canvas->cursor_col = 3;
	child->port->show(child->port->self, child->canvas);
}

/* The newest keys fit the row. */
static void note_key(struct child *child, const struct key *key)
{
	char name[KEY_NAME], entry[128];
	key_name(*key, name);
	if (key->code == KEY_CODE_MOUSE)
		snprintf(entry, sizeof(entry), "%s@%d,%d", name, key->row, key->col);
	else if (key->code == KEY_CODE_PASTE)
		snprintf(entry, sizeof(entry), "%s(%.*s)", name, (int)key->text.len, key->text.p);
	else
		snprintf(entry, sizeof(entry), "%s", name);
	if (strlen(child->keys) + strlen(entry) > 70)
		child->keys[0] = '\0';
	strcat(child->keys, entry);
	strcat(child->keys, " ");
}

static void open_url(struct child *child)
{
	static const char *const names[] = {"started", "returned", "remote", "sent",
					    "tmux",    "shown",    "failed"};
	struct opening opening;
	char why[200] = "";
	const char *url = getenv("URL");
	child->port->open(child->port->self, getenv("OPEN"), &url, 1, &opening);
	if (opening.err.code)
		error_text(&opening.err, NULL, why, sizeof(why));
	const char *by = opening.program[0] ? " by " : "", *space = why[0] ? " " : "";
	snprintf(child->said, sizeof(child->said), "open %s%s%s%s%s", names[opening.result], by,
		 opening.program, space, why);
}

/* $TEXT, $TIMES times, to the command $PIPE. */
static void pipe_text(struct child *child)
{
	struct arena *arena = arena_new();
	struct strbuf text = strbuf_make(arena);
	struct error err = {0};
	char why[200] = "";
	for (int i = getenv("TIMES") ? atoi(getenv("TIMES")) : 1; i > 0; i--)
		strbuf_puts(&text, getenv("TEXT"));
	const struct piping piping = {.argv = argv_split(arena, str_of(getenv("PIPE"))),
				      .text = strbuf_str(&text),
				      .waiting = getenv("BEHIND") ? NULL : "-- any key --"};
	bool ok = child->port->pipe(child->port->self, &piping, &err);
	if (!ok)
		error_text(&err, NULL, why, sizeof(why));
	snprintf(child->said, sizeof(child->said), "pipe %d %s", ok, why);
	arena_free(arena);
}

static void show_again(struct child *child)
{
	for (int i = 0; i < 3; i++)
		draw(child);
	if (write(STDOUT_FILENO, "\a", 1) != 1)
		_exit(9);
}

static void flood(struct child *child)
{
	for (int i = 0; i < 2000; i++) {
		canvas_fill(child->canvas, 0, 0, 999, 999, plain);
		for (int row = 0; row < child->canvas->rows; row++)
			put(child, row, 0,
			    i % 2 ? "满屏的汉字一行又一行，看它如何一次写出去"
				  : "a screen full of words, row after row, and all of it new",
			    "");
		child->port->show(child->port->self, child->canvas);
		if (term_signal(child->term))
			return;
	}
}

static void many_colors(struct child *child)
{
	for (int i = 0; i < 900; i++) {
		char style[32];
		snprintf(style, sizeof(style), "#%02x%02x00", i / 30, i % 30);
		put(child, 3, 12, child->keys[0] ? "ｶx" : "ｶﾞ", "");
	put(child, 4, 0, "rgb", style);
		child->port->show(child->port->self, child->canvas);
	}
	snprintf(child->said, sizeof(child->said), "painted");
}

static void crash(int signal)
{
	/* A core dump would land in the tree. */
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
	raise(signal);
}

/* False when it is over. */
static bool obey(struct child *child, const struct key *key)
{
	switch (key->mods ? KEY_CODE_NONE : key->code) {
	case KEY_CODE_CLOSE:
	case 'q':
		return false;
	case 'z':
		child->port->suspend(child->port->self);
		break;
	case 's':
		show_again(child);
		break;
	case 'f':
		flood(child);
		break;
	case 'm':
		many_colors(child);
		break;
	case 'o':
		open_url(child);
		break;
	case 'y':
		snprintf(child->said, sizeof(child->said), "copy %d",
			 child->port->copy(child->port->self, str_of(getenv("URL"))));
		break;
	case 'p':
		pipe_text(child);
		break;
	case KEY_CODE_FAILED:
		snprintf(child->said, sizeof(child->said), "behind %.*s", (int)key->text.len,
			 key->text.p);
		break;
	case 'c':
		child->keys[0] = '\0';
		break;
	case 'R':
		child->port->redraw(child->port->self);
		break;
	case '!':
		crash(SIGSEGV);
		break;
	case '%':
		crash(SIGABRT);
		break;
	default:
		note_key(child, key);
	}
	return true;
}

static enum color_depth depth_asked(void)
{
	static const char *const names[] = {"mono", "16", "256", "true"};
	const char *text = getenv("DEPTH");
	for (int i = 0; text && i < 4; i++)
		if (strcmp(text, names[i]) == 0)
			return (enum color_depth)i;
	return DEPTH_TRUE;
}

static int run(void)
{
	struct error err = {0};
	struct term_opts opts = {
		.fd_in = STDIN_FILENO,
		.fd_out = STDOUT_FILENO,
		.facts.policy = {.ambiguous = getenv("AMBIGUOUS") ? 2 : 1, .pictures = 1},
		.depth = depth_asked(),
		.is_depth_auto = !getenv("DEPTH"),
		.has_mouse = getenv("MOUSE"),
		.term = getenv("TERM"),
		.colorterm = getenv("COLORTERM"),
		.browser = getenv("BROWSER"),
		.display = getenv("DISPLAY"),
		.wayland_display = getenv("WAYLAND_DISPLAY"),
		.ssh_connection = getenv("SSH_CONNECTION"),
		.tmux = getenv("TMUX"),
		.sty = getenv("STY"),
		.path = getenv("PATH"),
		.is_wsl = getenv("WSL_DISTRO_NAME"),
		.is_mac = getenv("MAC"),
		.command = getenv("COMMAND"),
		.remote = getenv("REMOTE"),
	};
	struct child child = {.term = term_open(&opts, &err)};
	if (!child.term) {
		char why[400];
		error_text(&err, NULL, why, sizeof(why));
		fprintf(stderr, "%s\n", why);
		return 2;
	}
	child.port = term_port(child.term);
	child.canvas = canvas_new(1, 1, opts.facts.policy);
	struct key key;
	do {
		draw(&child);
		while (!child.port->read(child.port->self, -1, &key))
			;
	} while (obey(&child, &key));
	int signal_number = term_signal(child.term);
	term_close(child.term);
	canvas_free(child.canvas);
	if (signal_number)
		return 128 + signal_number;
	printf("bye\n");
	fflush(stdout);
	return 0;
}

static int count_open_files(void)
{
	int n = 0;
	DIR *dir = opendir("/proc/self/fd");
	while (dir && readdir(dir))
		n++;
	if (dir)
		closedir(dir);
	return n - 3; /* ".", "..", and the folder itself */
}

/* A program that has the terminal, and leaves it as bad ones do: in raw mode, with colours and
 * reports of the mouse on. A "q" ends it, a "z" stops it. */
static int browse(int argc, char **argv)
{
	struct termios modes;
	char key = 0;
	tcgetattr(0, &modes);
	const char *found = modes.c_lflag & ICANON ? "cooked" : "raw";
	cfmakeraw(&modes);
	tcsetattr(0, TCSANOW, &modes);
	/* Last: whoever sees it types, and a ^C typed before would be a signal. */
	printf("\x1b[?1049l\x1b[31;1;44m\x1b[?1000h%s %s %s\r\n", argc > 1 ? argv[1] : "", found,
	       getpgrp() == tcgetpgrp(0) ? "ours" : "");
	fflush(stdout);
	while (key != 'q' && read(0, &key, 1) == 1) {
		if (key == 'z')
			kill(0, SIGTSTP);
		printf("got %c\r\n", key);
		fflush(stdout);
	}
	return getenv("RECORD_STATUS") ? atoi(getenv("RECORD_STATUS")) : 0;
}

/* What tmux would answer when it is asked for its environment. */
static int answer(void)
{
	const char *says = getenv("TMUX_SAYS");
	if (!says)
		return 1;
	fputs(says, stdout);
	return 0;
}

/* Written under another name and renamed, so that who waits for the file finds it whole. */
static int record(int argc, char **argv)
{
	char part[512], input[65536];
	if (argc > 1 && strcmp(argv[1], "show-environment") == 0)
		return answer();
	if (isatty(0))
		return browse(argc, argv);
	if (getenv("RECORD_SAYS")) {
		printf("out %s %d\n", getenv("RECORD_SAYS"), getpgrp() == tcgetpgrp(1));
		fflush(stdout);
		fprintf(stderr, "first\nerr %s\n", getenv("RECORD_SAYS"));
	}
	if (getenv("RECORD_DEAF"))
		return 0;
	int n_files = count_open_files();
	snprintf(part, sizeof(part), "%s.part", getenv("RECORD"));
	FILE *out = fopen(part, "w");
	if (!out)
		return 9;
	fprintf(out, "files %d tty %d leader %d\n", n_files, isatty(0) || isatty(1) || isatty(2),
		getsid(0) == getpid());
	for (int i = 1; i < argc; i++)
		fprintf(out, "%s\n", argv[i]);
	if (getenv("RECORD_ENV"))
		fprintf(out, "%s=%s\n", getenv("RECORD_ENV"), getenv(getenv("RECORD_ENV")));
	size_t len = fread(input, 1, sizeof(input), stdin);
	fwrite(input, 1, len, out);
	fclose(out);
	rename(part, getenv("RECORD"));
	if (getenv("RECORD_HANG")) /* not for ever, whoever forgets it */
		sleep(30);
	return getenv("RECORD_STATUS") ? atoi(getenv("RECORD_STATUS")) : 0;
}

bool child_main(int argc, char **argv, int *status)
{
	setlocale(LC_CTYPE, "C.UTF-8");
	if (argc > 1 && strcmp(argv[1], "--child") == 0)
		*status = run();
	else if (getenv("RECORD"))
		*status = record(argc, argv);
	else
		return false;
	return true;
}
