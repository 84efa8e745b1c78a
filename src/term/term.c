/* Taking over the terminal and giving it back. Whatever is changed here is changed back in three
 * places: term_close, term_stop, and the crash handler with bytes prepared beforehand. */
#include "inside.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/error.h>

#include "caps.h"
#include "signals.h"
#include "width.h"

/* Larger than any screen; a size is a claim of the terminal. */
enum { MAX_ROWS = 500, MAX_COLS = 1000 };

long long now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Asks for marks around pasted text, and for the mouse as the reader wishes. */
static void send_modes(struct term *term)
{
	out_write(term, "\x1b[?2004h", 8);
	if (term->opts.has_mouse)
		out_write(term, "\x1b[?1000h\x1b[?1006h", 16);
}

#define MOUSE_OFF "\x1b[?1006l\x1b[?1000l"
#define PASTE_OFF "\x1b[?2004l"

static void end_modes(struct term *term)
{
	if (term->opts.has_mouse)
		out_write(term, MOUSE_OFF, strlen(MOUSE_OFF));
	out_write(term, PASTE_OFF, strlen(PASTE_OFF));
}

static bool set_raw(struct term *term)
{
	struct termios raw = term->found;
	cfmakeraw(&raw);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	return tcsetattr(term->opts.fd_in, TCSANOW, &raw) == 0;
}

/* Adds a capability without its delays. */
static void add_capability(struct strbuf *buf, const char *name)
{
	struct str rest = str_of(caps_text(name));
	while (rest.len) {
		size_t delay = str_find(rest, STR("$<"), 0);
		strbuf_put(buf, str_sub(rest, 0, delay));
		size_t end = delay == STR_NOT_FOUND ? delay : str_find(rest, STR(">"), delay);
		rest = str_from(rest, end == STR_NOT_FOUND ? rest.len : end + 1);
	}
}

static void prepare_for_crash(struct term *term)
{
	static const char *const last[] = {"sgr0", "op", "cnorm", "rmcup"};
	struct strbuf buf = strbuf_make(term->arena);
	if (term->has_sync)
		strbuf_puts(&buf, "\x1b[?2026l");
	strbuf_puts(&buf, term->opts.has_mouse ? MOUSE_OFF PASTE_OFF : PASTE_OFF);
	for (size_t i = 0; i < sizeof(last) / sizeof(*last); i++)
		add_capability(&buf, last[i]);
	signals_on_crash(term->opts.fd_out, &term->found, strbuf_str(&buf).p, buf.len);
}

void term_give_back(struct term *term)
{
	if (!term->is_taken)
		return;
	term->is_taken = false;
	input_drop_answers(term);
	end_modes(term);
	paint_end();
	out_frame(term);
	tcsetattr(term->opts.fd_in, TCSANOW, &term->found);
	signals_on_crash(-1, NULL, NULL, 0);
}

static void take(struct term *term)
{
	term->is_taken = true;
	prepare_for_crash(term);
	set_raw(term);
	send_modes(term);
}

void term_measure(struct term *term)
{
	struct winsize size = {0};
	ioctl(term->opts.fd_out, TIOCGWINSZ, &size);
	term->rows = size.ws_row ? size.ws_row : 24;
	term->cols = size.ws_col ? size.ws_col : 80;
	if (term->rows > MAX_ROWS)
		term->rows = MAX_ROWS;
	if (term->cols > MAX_COLS)
		term->cols = MAX_COLS;
	term->is_resized = true;
	term->line = 0;
	if (term->paint)
		paint_resize(term->paint, term->rows, term->cols);
}

void term_resume(struct term *term)
{
	take(term);
	term_measure(term);
}

void term_wait_key(struct term *term, const char *text)
{
	char bytes[256];
	struct pollfd fds[] = {{.fd = term->opts.fd_in, .events = POLLIN},
			       {.fd = term->wake_fd, .events = POLLIN}};
	set_raw(term);
	tcflush(term->opts.fd_in, TCIFLUSH); /* what was typed for the program */
	out_write(term, "\r\n", 2);
	out_write(term, text, strlen(text));
	while (!signals_ended() && !fds[0].revents)
		if (poll(fds, 2, -1) > 0)
			signals_drain();
	if ((fds[0].revents & POLLIN) && read(term->opts.fd_in, bytes, sizeof(bytes)) <= 0)
		term->is_gone = true;
	out_write(term, "\r\n", 2);
}

void term_stop(struct term *term)
{
	term_give_back(term);
	signals_stop_here();
	tcgetattr(term->opts.fd_in, &term->found);
	term_resume(term);
}

static bool port_read(void *self, int timeout_ms, struct key *out)
{
	return input_read(self, timeout_ms, out);
}

static void port_size(void *self, int *rows, int *cols)
{
	const struct term *term = self;
	*rows = term->rows;
	*cols = term->cols;
}

static void port_show(void *self, const struct canvas *canvas)
{
	paint_canvas(self, canvas);
	line_show(self, canvas);
}

static void port_redraw(void *self)
{
	struct term *term = self;
	paint_anew(term->paint);
	term->line = 0;
}

static void port_suspend(void *self)
{
	term_stop(self);
}

static void port_open(void *self, const char *way, const char *const *urls, size_t n,
		      struct opening *out)
{
	handover_open(self, way, urls, n, out);
}

static bool port_pipe(void *self, const struct piping *piping, struct error *err)
{
	return pipe_run(self, piping, err);
}

static bool port_copy(void *self, struct str text)
{
	return clip_copy(self, text) != OPEN_SHOWN;
}

/* Whether there is a terminal that a screen can be drawn on; changes nothing. */
static bool check(const struct term_opts *opts, struct error *err)
{
	const char *type = opts->term ? opts->term : "";
	bool has_screen = false;
	if (!isatty(opts->fd_in) || !isatty(opts->fd_out))
		return error_set(err, ERROR_TERM,
				 N_("this is not a terminal; to have the text written: sulan print "
				    "FILE"),
				 NULL);
	if (!*type)
		return error_set(err, ERROR_TERM,
				 N_("TERM is not set, so nothing can be drawn; to have the text "
				    "written: sulan print FILE"),
				 NULL);
	bool is_known = caps_known(type, opts->fd_out, &has_screen);
	if (!is_known && strcmp(type, "dumb") != 0 && strcmp(type, "unknown") != 0)
		return error_set(
			err, ERROR_TERM,
			N_("the terminal type \"%s\" is not known here; try TERM=xterm, or have "
			   "the text written: sulan print FILE"),
			type);
	return has_screen ||
	       error_set(
		       err, ERROR_TERM,
		       N_("a terminal of type \"%s\" cannot be drawn on; to have the text written: "
			  "sulan print FILE"),
		       type);
}

static const char *copy_text(struct arena *arena, const char *text)
{
	return str_dup(arena, str_of(text));
}

static void copy_opts(struct term *term, const struct term_opts *opts)
{
	struct term_opts *own = &term->opts;
	*own = *opts;
	const char **const texts[] = {&own->term,
				      &own->colorterm,
				      &own->browser,
				      &own->display,
				      &own->wayland_display,
				      &own->ssh_connection,
				      &own->tmux,
				      &own->sty,
				      &own->path,
				      &own->command,
				      &own->remote};
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		*texts[i] = copy_text(term->arena, *texts[i]);
}

static void fill_port(struct term *term)
{
	term->port = (struct port){
		.self = term,
		.read = port_read,
		.size = port_size,
		.show = port_show,
		.redraw = port_redraw,
		.suspend = port_suspend,
		.open = port_open,
		.copy = port_copy,
		.pipe = port_pipe,
	};
}

static void release(struct term *term)
{
	paint_free(term->paint);
	if (term->sink)
		fclose(term->sink);
	if (term->own_fd >= 0)
		close(term->own_fd);
	if (term->wake_fd >= 0)
		signals_end();
	free(term->input.paste);
	pipe_end(term);
	arena_free(term->arena);
	free(term);
}

/* Everything that can fail, before the terminal is touched. */
static bool prepare(struct term *term)
{
	int fd = memfd_create("screen", MFD_CLOEXEC);
	if (fd < 0)
		return false;
	term->sink = fdopen(fd, "w+");
	if (!term->sink) {
		close(fd);
		return false;
	}
	if (tcgetattr(term->opts.fd_in, &term->found) < 0)
		return false;
	term->wake_fd = signals_begin();
	if (term->wake_fd < 0)
		return false;
	width_use(term->opts.facts.policy);
	term_measure(term);
	term->is_resized = false;
	term->paint = paint_new(term);
	return term->paint;
}

/* The Linux console and real terminals of old. */
static bool is_old(struct str type)
{
	bool is_vt = str_starts(type, "vt") && type.len > 2 && type.p[2] >= '0' && type.p[2] <= '9';
	return is_vt || str_starts(type, "linux");
}

bool terminal_can_answer(const char *type)
{
	return !is_old(str_of(type));
}

/* GNU screen shows as text what does not fit its buffer; the others stumble over what they do not
 * know. */
bool terminal_can_link(const struct term_opts *opts)
{
	static const char *const without[] = {"screen", "rxvt", "eterm", "Eterm", "cons25"};
	struct str type = str_of(opts->term);
	if (opts->tmux && *opts->tmux)
		return true;
	for (size_t i = 0; i < sizeof(without) / sizeof(*without); i++)
		if (str_starts(type, without[i]))
			return false;
	return !is_old(type) && !(opts->sty && *opts->sty);
}

struct term *term_open(const struct term_opts *opts, struct error *err)
{
	if (!check(opts, err))
		return NULL;
	struct term *term = mem_new(sizeof(*term));
	term->arena = arena_new();
	term->wake_fd = -1;
	term->own_fd = out_open(opts->fd_out);
	copy_opts(term, opts);
	fill_port(term);
	if (!prepare(term)) {
		error_set(err, ERROR_TERM, N_("the terminal cannot be used: %s"), strerror(errno));
		release(term);
		return NULL;
	}
	term->has_sync = caps_flag("XT");
	term->probe.asks_ambiguous = opts->asks_ambiguous;
	term->probe.asks_pictures = opts->asks_pictures;
	term->probe.asks_background = opts->asks_background;
	term->probe.is_due =
		(opts->asks_ambiguous || opts->asks_pictures || opts->asks_background) &&
		terminal_can_answer(opts->term);
	term->probe.found = opts->facts;
	take(term);
	return term;
}

void term_close(struct term *term)
{
	if (!term)
		return;
	term_give_back(term);
	release(term);
}

const struct port *term_port(struct term *term)
{
	return &term->port;
}

bool term_facts(const struct term *term, struct term_facts *out)
{
	*out = term->probe.found;
	return term->is_known;
}

int term_signal(const struct term *term)
{
	(void)term;
	return signals_ended();
}
