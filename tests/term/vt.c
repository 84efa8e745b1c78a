/* The pty, the little shell on it that runs the program as its job, and libvterm on the other end.
 */
#include <term/vt.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vterm.h>

#include <sulan/arena.h>
#include <sulan/glyph.h>
#include <sulan/utf8.h>

#include <term/job.h>

struct vt {
	int master, news_fd;
	pid_t shell, pid;
	bool is_stopped, has_ended, is_stalled;
	int status;
	VTerm *term;
	VTermScreen *screen;
	int rows, cols;
	int rate; /* bytes a second; 0: as they come */
	long long busy_since;
	size_t n_taken; /* since then */
	VTermPos cursor;
	bool is_cursor_visible, is_alternate, has_mouse, is_mute;
	char *log;
	size_t log_len, log_cap, shown_len; /* of which libvterm was given so many */
	struct arena *arena;
};

static void must(bool is_so)
{
	if (!is_so)
		abort();
}

static long long now_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void on_answer(const char *bytes, size_t len, void *self)
{
	const struct vt *vt = self;
	if (!vt->is_mute && write(vt->master, bytes, len) < 0)
		return; /* the program is gone */
}

static int on_move(VTermPos pos, VTermPos old, int is_visible, void *self)
{
	struct vt *vt = self;
	(void)old;
	(void)is_visible;
	vt->cursor = pos;
	return 1;
}

static int on_prop(VTermProp prop, VTermValue *value, void *self)
{
	struct vt *vt = self;
	if (prop == VTERM_PROP_CURSORVISIBLE)
		vt->is_cursor_visible = value->boolean;
	else if (prop == VTERM_PROP_ALTSCREEN)
		vt->is_alternate = value->boolean;
	else if (prop == VTERM_PROP_MOUSE)
		vt->has_mouse = value->number != VTERM_PROP_MOUSE_NONE;
	return 1;
}

static const VTermScreenCallbacks callbacks = {.movecursor = on_move, .settermprop = on_prop};

static void start_vterm(struct vt *vt)
{
	vt->term = vterm_new(vt->rows, vt->cols);
	must(vt->term);
	vterm_set_utf8(vt->term, 1);
	vterm_output_set_callback(vt->term, on_answer, vt);
	vt->screen = vterm_obtain_screen(vt->term);
	vterm_screen_enable_altscreen(vt->screen, 1);
	vterm_screen_set_callbacks(vt->screen, &callbacks, vt);
	vterm_screen_reset(vt->screen, 1);
}

static void take_news(struct vt *vt)
{
	struct news news;
	if (read(vt->news_fd, &news, sizeof(news)) != (ssize_t)sizeof(news))
		return;
	switch (news.what) {
	case NEWS_STARTED:
		vt->pid = news.value;
		break;
	case NEWS_STOPPED:
		vt->is_stopped = true;
		break;
	case NEWS_ENDED:
		vt->has_ended = true;
		vt->status = news.value;
		break;
	}
}

/* The bytes at the end that are the beginning of a character. */
static size_t unfinished(const char *bytes, size_t len)
{
	for (size_t n = 1; n <= 3 && n <= len; n++) {
		unsigned char c = (unsigned char)bytes[len - n];
		if (c >= 0xC0)
			return n < (c >= 0xF0 ? 4u : c >= 0xE0 ? 3u : 2u) ? n : 0;
		if (c < 0x80)
			return 0;
	}
	return 0;
}

static bool is_mark_at(const struct vt *vt, size_t at)
{
	const struct text_policy policy = TEXT_POLICY_DEFAULT;
	uint32_t cp;
	utf8_next((struct str){vt->log, vt->log_len}, at, &cp);
	return cp >= 0x300 && codepoint_cols(cp, &policy) == 0;
}

/* Where the character begins that ends at `end`, and the marks behind it. */
static size_t last_cluster(const struct vt *vt, size_t end)
{
	do
		while (end > 0 && ((unsigned char)vt->log[--end] & 0xC0) == 0x80)
			;
	while (end > 0 && is_mark_at(vt, end));
	return end;
}

/* The column of the character that was shown last; below 0 when it is not found. Behind one in the
 * last column the cursor waits on it. */
static int last_col(const struct vt *vt, uint32_t cp)
{
	int at = vt->cursor.col, cols[] = {at, at - 1, at - 2};
	VTermScreenCell cell;
	for (int i = at == vt->cols - 1 ? 0 : 1; i < 3; i++) {
		VTermPos pos = {vt->cursor.row, cols[i]};
		bool is_next = cols[i] >= 0 && vterm_screen_get_cell(vt->screen, pos, &cell) &&
			       (cols[i] + cell.width == at || cols[i] + cell.width == vt->cols);
		if (is_next && cell.chars[0] == cp)
			return cols[i];
	}
	return -1;
}

/* A mark that comes apart from its character may be put elsewhere by libvterm 0.1, in the next row
 * behind the last column: it is given the character once more. */
static size_t begin_again(struct vt *vt)
{
	char move[32];
	uint32_t cp;
	if (vt->shown_len == 0 || !is_mark_at(vt, vt->shown_len))
		return vt->shown_len;
	size_t start = last_cluster(vt, vt->shown_len);
	utf8_next((struct str){vt->log, vt->log_len}, start, &cp);
	int col = cp < ' ' ? -1 : last_col(vt, cp);
	if (col < 0)
		return vt->shown_len;
	int len = snprintf(move, sizeof(move), "\x1b[%d;%dH", vt->cursor.row + 1, col + 1);
	vterm_input_write(vt->term, move, (size_t)len);
	return start;
}

/* libvterm 0.1 mistakes a character that comes in two parts for two malformed ones. */
static void show_bytes(struct vt *vt)
{
	size_t end = vt->log_len - unfinished(vt->log, vt->log_len);
	if (end <= vt->shown_len)
		return;
	size_t start = begin_again(vt);
	vterm_input_write(vt->term, vt->log + start, end - start);
	vt->shown_len = end;
}

/* Bytes the line has brought by now. */
static size_t room_of(const struct vt *vt)
{
	if (!vt->rate)
		return SIZE_MAX;
	size_t brought = (size_t)((now_ms() - vt->busy_since) * vt->rate / 1000);
	return brought > vt->n_taken ? brought - vt->n_taken : 0;
}

/* Takes all the bytes that are there; false when there were none. */
static bool take_bytes(struct vt *vt)
{
	char bytes[16384];
	bool any = false;
	ssize_t n;
	size_t room;
	while (!vt->is_stalled && vt->master >= 0 && (room = room_of(vt)) > 0) {
		n = read(vt->master, bytes, room < sizeof(bytes) ? room : sizeof(bytes));
		if (n <= 0) { /* an idle line saves nothing up */
			vt->busy_since = now_ms();
			vt->n_taken = 0;
			break;
		}
		vt->n_taken += (size_t)n;
		if (vt->log_cap - vt->log_len < (size_t)n) {
			vt->log_cap = vt->log_cap * 2 + (size_t)n;
			vt->log = mem_resize(vt->log, vt->log_cap);
		}
		memcpy(vt->log + vt->log_len, bytes, (size_t)n);
		vt->log_len += (size_t)n;
		show_bytes(vt);
		any = true;
	}
	return any;
}

/* How long a slow line is left alone before it is looked at again. */
enum { LINE_MS = 20 };

/* Waits for anything to happen; false when `ms` pass without. */
static bool wait_any(struct vt *vt, long long ms)
{
	struct pollfd fds[] = {
		{.fd = vt->news_fd, .events = POLLIN},
		{.fd = vt->is_stalled ? -1 : vt->master, .events = POLLIN},
	};
	bool is_full = room_of(vt) == 0;
	if (is_full)
		fds[1].fd = -1;
	if (is_full && ms > LINE_MS)
		ms = LINE_MS;
	int n = poll(fds, 2, ms > 0 ? (int)ms : 0);
	if (n < 0)
		return errno == EINTR;
	take_bytes(vt);
	if (fds[0].revents & POLLIN)
		take_news(vt);
	return n > 0 || is_full;
}

struct vt *vt_start_with(const struct vt_opts *opts)
{
	int pipe_fds[2];
	struct vt *vt = mem_new(sizeof(*vt));
	*vt = (struct vt){.rows = opts->rows,
			  .cols = opts->cols,
			  .is_cursor_visible = true,
			  .is_mute = opts->is_mute};
	vt->arena = arena_new();
	vt->master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	must(vt->master >= 0 && grantpt(vt->master) == 0 && unlockpt(vt->master) == 0);
	const char *slave = ptsname(vt->master);
	must(slave && pipe2(pipe_fds, O_CLOEXEC) == 0);
	struct winsize size = {.ws_row = (unsigned short)opts->rows,
			       .ws_col = (unsigned short)opts->cols};
	must(ioctl(vt->master, TIOCSWINSZ, &size) == 0);
	start_vterm(vt);
	vt->shell = fork();
	must(vt->shell >= 0);
	if (vt->shell == 0)
		job_shell(opts, slave, vt->master, pipe_fds[1]);
	close(pipe_fds[1]);
	if (opts->fd_in)
		close(opts->fd_in);
	vt->news_fd = pipe_fds[0];
	while (!vt->pid)
		must(wait_any(vt, VT_PATIENCE));
	return vt;
}

struct vt *vt_start(const char *const *argv, const char *const *env, int rows, int cols)
{
	return vt_start_with(
		&(struct vt_opts){.argv = argv, .env = env, .rows = rows, .cols = cols});
}

void vt_free(struct vt *vt)
{
	if (!vt)
		return;
	if (!vt->has_ended)
		kill(-vt->pid, SIGKILL);
	kill(vt->shell, SIGKILL);
	waitpid(vt->shell, NULL, 0);
	if (vt->master >= 0)
		close(vt->master);
	close(vt->news_fd);
	vterm_free(vt->term);
	arena_free(vt->arena);
	free(vt->log);
	free(vt);
}

void vt_send(struct vt *vt, const char *bytes, size_t len)
{
	while (len > 0) {
		struct pollfd room = {.fd = vt->master, .events = POLLOUT};
		ssize_t n = write(vt->master, bytes, len);
		if (n < 0 && errno != EAGAIN && errno != EINTR)
			return;
		if (n > 0) {
			bytes += n;
			len -= (size_t)n;
			continue;
		}
		/* The program may wait for us to read before it reads. */
		take_bytes(vt);
		if (poll(&room, 1, VT_PATIENCE) == 0)
			return;
	}
}

void vt_type(struct vt *vt, const char *text)
{
	vt_send(vt, text, strlen(text));
}

typedef bool is_met(struct vt *vt, const void *what);

static bool wait_until(struct vt *vt, is_met *met, const void *what, int ms)
{
	const long long end = now_ms() + ms;
	while (!met(vt, what)) {
		long long left = end - now_ms();
		if (left <= 0)
			return false;
		wait_any(vt, left);
		if (vt->has_ended) { /* no more bytes will come: what is there decides */
			take_bytes(vt);
			return met(vt, what);
		}
	}
	return true;
}

static bool has_text(struct vt *vt, const void *what)
{
	return strstr(vt_text(vt), what);
}

static bool has_no_text(struct vt *vt, const void *what)
{
	return !has_text(vt, what);
}

bool vt_wait_text(struct vt *vt, const char *text, int ms)
{
	return wait_until(vt, has_text, text, ms);
}

bool vt_wait_no_text(struct vt *vt, const char *text, int ms)
{
	return wait_until(vt, has_no_text, text, ms);
}

struct wanted {
	const char *bytes;
	size_t len, from;
};

static bool has_bytes(struct vt *vt, const void *what)
{
	const struct wanted *wanted = what;
	return vt->log_len > wanted->from &&
	       memmem(vt->log + wanted->from, vt->log_len - wanted->from, wanted->bytes,
		      wanted->len);
}

bool vt_wait_bytes(struct vt *vt, const char *bytes, size_t len, size_t from, int ms)
{
	return wait_until(vt, has_bytes, &(struct wanted){bytes, len, from}, ms);
}

bool vt_wait_quiet(struct vt *vt, int quiet_ms, int ms)
{
	const long long end = now_ms() + ms;
	while (now_ms() < end && !vt->has_ended) {
		size_t before = vt->log_len;
		if (!wait_any(vt, quiet_ms) && vt->log_len == before)
			return true;
	}
	return vt->has_ended;
}

static bool has_ended(struct vt *vt, const void *what)
{
	(void)what;
	return vt->has_ended;
}

static bool has_stopped(struct vt *vt, const void *what)
{
	(void)what;
	return vt->is_stopped;
}

bool vt_wait_exit(struct vt *vt, int ms, int *status)
{
	if (!wait_until(vt, has_ended, NULL, ms))
		return false;
	take_bytes(vt);
	if (status)
		*status = vt->status;
	return true;
}

bool vt_wait_stop(struct vt *vt, int ms)
{
	bool stopped = wait_until(vt, has_stopped, NULL, ms);
	take_bytes(vt);
	return stopped;
}

void vt_continue(struct vt *vt)
{
	vt->is_stopped = false;
	kill(vt->shell, SIGUSR1);
}

static size_t cell_text(const VTermScreenCell *cell, char out[32])
{
	size_t len = 0;
	for (size_t i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++)
		if (cell->chars[i] != UINT32_MAX && len + 4 < 32)
			len += utf8_put(cell->chars[i], out + len);
	out[len] = '\0';
	return len;
}

static bool get(const struct vt *vt, int row, int col, VTermScreenCell *cell)
{
	return vterm_screen_get_cell(vt->screen, (VTermPos){row, col}, cell);
}

static void put_row(struct vt *vt, int row, struct strbuf *buf)
{
	size_t blanks = 0;
	for (int col = 0; col < vt->cols; col++) {
		VTermScreenCell cell;
		char text[32];
		if (!get(vt, row, col, &cell) || cell.chars[0] == UINT32_MAX)
			continue;
		size_t len = cell_text(&cell, text);
		if (len == 0 || (len == 1 && text[0] == ' ')) {
			blanks++;
			continue;
		}
		for (; blanks; blanks--)
			strbuf_putc(buf, ' ');
		strbuf_puts(buf, text);
	}
}

const char *vt_text(struct vt *vt)
{
	arena_reset(vt->arena);
	struct strbuf buf = strbuf_make(vt->arena);
	for (int row = 0; row < vt->rows; row++) {
		put_row(vt, row, &buf);
		strbuf_putc(&buf, '\n');
	}
	return strbuf_str(&buf).p;
}

const char *vt_row(struct vt *vt, int row)
{
	arena_reset(vt->arena);
	struct strbuf buf = strbuf_make(vt->arena);
	put_row(vt, row, &buf);
	return strbuf_str(&buf).p;
}

#define FILL_COLOR(out, color, is_default)                                                         \
	do {                                                                                       \
		if (is_default(&(color))) {                                                        \
			(out).kind = VT_COLOR_DEFAULT;                                             \
		} else if (VTERM_COLOR_IS_INDEXED(&(color))) {                                     \
			(out).kind = VT_COLOR_INDEX;                                               \
			(out).r = (color).indexed.idx;                                             \
		} else {                                                                           \
			(out).kind = VT_COLOR_RGB;                                                 \
			(out).r = (color).rgb.red;                                                 \
			(out).g = (color).rgb.green;                                               \
			(out).b = (color).rgb.blue;                                                \
		}                                                                                  \
	} while (0)

struct vt_cell vt_cell(struct vt *vt, int row, int col)
{
	VTermScreenCell from;
	struct vt_cell cell = {.cols = 1};
	if (!get(vt, row, col, &from))
		return cell;
	cell_text(&from, cell.text);
	cell.cols = from.width;
	cell.is_tail = from.chars[0] == UINT32_MAX;
	cell.is_bold = from.attrs.bold;
	cell.is_italic = from.attrs.italic;
	cell.is_underlined = from.attrs.underline;
	cell.is_reverse = from.attrs.reverse;
	FILL_COLOR(cell.fg, from.fg, VTERM_COLOR_IS_DEFAULT_FG);
	FILL_COLOR(cell.bg, from.bg, VTERM_COLOR_IS_DEFAULT_BG);
	return cell;
}

void vt_cursor(struct vt *vt, int *row, int *col, bool *is_visible)
{
	*row = vt->cursor.row;
	*col = vt->cursor.col;
	*is_visible = vt->is_cursor_visible;
}

bool vt_is_alternate(const struct vt *vt)
{
	return vt->is_alternate;
}

bool vt_has_mouse(const struct vt *vt)
{
	return vt->has_mouse;
}

void vt_resize(struct vt *vt, int rows, int cols)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
	vt->rows = rows;
	vt->cols = cols;
	vterm_set_size(vt->term, rows, cols);
	must(ioctl(vt->master, TIOCSWINSZ, &size) == 0);
}

pid_t vt_pid(const struct vt *vt)
{
	return vt->pid;
}

void vt_signal(struct vt *vt, int signal)
{
	kill(vt->pid, signal);
}

void vt_hang_up(struct vt *vt)
{
	close(vt->master);
	vt->master = -1;
}

void vt_throttle(struct vt *vt, int bytes_per_second)
{
	vt->rate = bytes_per_second;
	vt->busy_since = now_ms();
	vt->n_taken = 0;
}

void vt_stall(struct vt *vt, bool is_stalled)
{
	vt->is_stalled = is_stalled;
}

struct termios vt_termios(const struct vt *vt)
{
	struct termios modes;
	must(tcgetattr(vt->master, &modes) == 0);
	return modes;
}

bool vt_same_termios(const struct termios *a, const struct termios *b)
{
	return a->c_iflag == b->c_iflag && a->c_oflag == b->c_oflag && a->c_cflag == b->c_cflag &&
	       a->c_lflag == b->c_lflag && memcmp(a->c_cc, b->c_cc, sizeof(a->c_cc)) == 0;
}

const char *vt_log(const struct vt *vt, size_t *len)
{
	*len = vt->log_len;
	return vt->log;
}

size_t vt_log_len(const struct vt *vt)
{
	return vt->log_len;
}
