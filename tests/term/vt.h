/* A program on a terminal of our own: a pty whose other end is read by libvterm.
 *
 * Nothing here sleeps: whoever waits, waits for bytes, with a limit in milliseconds, and every wait
 * reads what the program writes. Limits are for failures alone and may be generous; VT_PATIENCE
 * fits a busy machine and a sanitizer. All functions that return bool return false when the limit
 * passed without what was waited for. Failures of the system itself (no pty) abort.
 *
 *	const char *argv[] = {"build/sulan", "x.md", NULL};
 *	const char *env[] = {"TERM=xterm-256color", "LC_ALL=C.UTF-8", NULL};
 *	struct vt *vt = vt_start(argv, env, 24, 80);
 *	assert_true(vt_wait_text(vt, "速览", VT_PATIENCE));
 *	vt_type(vt, "q");
 *	assert_true(vt_wait_exit(vt, VT_PATIENCE, &status));
 *	vt_free(vt);
 *
 * The program runs as a job of a little shell: in a process group of its own in the foreground of
 * its own session, so that ^Z, SIGTSTP and hanging up work as they do in life. While it is stopped,
 * the shell has the terminal.
 *
 * libvterm 0.1 draws pictures newer than Unicode 9 one column wide; choose older ones in tests. */
#ifndef TERM_VT_H
#define TERM_VT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

struct vt;

#define VT_PATIENCE 10000

/* Starts argv[0] (a path) with standard input, output and errors on a new terminal of that size,
 * and `env` ("NAME=value", NULL-terminated) as its whole environment. */
struct vt *vt_start(const char *const *argv, const char *const *env, int rows, int cols);

/* What may differ from that. Zero it, fill what is wanted. */
struct vt_opts {
	const char *const *argv, *const *env;
	int rows, cols;
	int fd_in; /* standard input instead of the terminal; 0: the terminal. The callee closes it
		    */
	bool is_mute; /* no question of the program is answered; what is typed may be an answer */
	int ignored_signal; /* one the program finds ignored, as under nohup; 0: none */
};
struct vt *vt_start_with(const struct vt_opts *opts);

/* Kills what still runs. NULL is allowed. */
void vt_free(struct vt *vt);

/* Bytes as if typed. */
void vt_send(struct vt *vt, const char *bytes, size_t len);
void vt_type(struct vt *vt, const char *text);

/* Until the text is on the screen, in one row as vt_text has it; until it is not. */
bool vt_wait_text(struct vt *vt, const char *text, int ms);
bool vt_wait_no_text(struct vt *vt, const char *text, int ms);

/* Until the bytes are in the log at or behind `from`. */
bool vt_wait_bytes(struct vt *vt, const char *bytes, size_t len, size_t from, int ms);

/* Until the program has been silent for `quiet_ms`; false when it never was within `ms`. */
bool vt_wait_quiet(struct vt *vt, int quiet_ms, int ms);

/* The screen: all rows, each without its trailing blanks and with LF; one row. Wide characters are
 * there once. Valid until the next call of either. */
const char *vt_text(struct vt *vt);
const char *vt_row(struct vt *vt, int row);

enum vt_color { VT_COLOR_DEFAULT, VT_COLOR_INDEX, VT_COLOR_RGB };

struct vt_cell {
	char text[32]; /* UTF-8; "" for a blank and for the right half of a wide character */
	int cols;      /* 1 or 2 */
	bool is_tail;  /* the right half of a wide character */
	bool is_bold, is_italic, is_underlined, is_reverse;
	struct {
		enum vt_color kind;
		int r, g, b; /* VT_COLOR_INDEX: r is the number */
	} fg, bg;
};
struct vt_cell vt_cell(struct vt *vt, int row, int col);

void vt_cursor(struct vt *vt, int *row, int *col, bool *is_visible);

/* Whether the program is on the alternate screen, and whether it asked for mouse reports. */
bool vt_is_alternate(const struct vt *vt);
bool vt_has_mouse(const struct vt *vt);

/* Changes the size; the program gets SIGWINCH from the kernel. */
void vt_resize(struct vt *vt, int rows, int cols);

/* The program's id, and a signal to it. */
pid_t vt_pid(const struct vt *vt);
void vt_signal(struct vt *vt, int signal);

/* Until it has ended; `*status` as of waitpid (may be NULL). What it wrote before is read. */
bool vt_wait_exit(struct vt *vt, int ms, int *status);

/* Until it has stopped; then lets it go on in the foreground. */
bool vt_wait_stop(struct vt *vt, int ms);
void vt_continue(struct vt *vt);

/* The terminal goes away; the shell hands the SIGHUP on, as shells do. Nothing can be read or sent
 * afterwards. */
void vt_hang_up(struct vt *vt);

/* While set, nothing the program writes is read: a terminal that is stuck. */
void vt_stall(struct vt *vt, bool is_stalled);

/* From now on at most so many bytes a second are read: a slow line. */
void vt_throttle(struct vt *vt, int bytes_per_second);

/* The modes of the terminal as the program sees them. */
struct termios vt_termios(const struct vt *vt);
bool vt_same_termios(const struct termios *a, const struct termios *b);

/* Every byte the program has written so far. Valid until the next wait. */
const char *vt_log(const struct vt *vt, size_t *len);
size_t vt_log_len(const struct vt *vt);

#endif
