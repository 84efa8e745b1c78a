/* layer: term
 *
 * A real terminal through ncursesw: the only curses in the house. Colours by what the terminal has,
 * keys as `struct key`, the terminal given back as it was found whatever happens.
 */
#ifndef SULAN_TERM_H
#define SULAN_TERM_H

#include <stdbool.h>

#include <sulan/glyph.h>
#include <sulan/port.h>
#include <sulan/theme.h>

struct error;
struct term;

/* What text stands on. */
enum term_background { BACKGROUND_UNKNOWN, BACKGROUND_DARK, BACKGROUND_LIGHT };

/* What a terminal says of itself when it is asked. */
struct term_facts {
	struct text_policy policy;
	enum term_background background;
};

struct term_opts {
	int fd_in, fd_out; /* the terminal; keys may come from /dev/tty while standard input is a
			      pipe */
	int watch_fd; /* readable when something outside has changed; who is told takes it; 0: none
		       */
	struct term_facts facts; /* to begin with */
	/* Ask the terminal for its own ambiguous, for the rest of the policy, and for the
	 * background; the reader is told by a key. */
	bool asks_ambiguous, asks_pictures, asks_background;
	/* Nobody has said that it reads UTF-8: its own word is waited for a moment before anything
	 * is drawn. */
	bool awaits_utf8;
	bool has_links;         /* links as links of the terminal (OSC 8), where it can take them */
	enum color_depth depth; /* what to use at most */
	bool is_depth_auto;     /* find out, up to `depth` */
	bool has_mouse;
	/* The environment, as main found it; "" or NULL where unset. */
	const char *term, *colorterm, *browser, *display, *wayland_display, *ssh_connection, *tmux,
		*sty, *path;
	bool is_wsl, is_mac; /* what kind of system it is */
	/* Of the configuration's [open]; "" or NULL where unset. */
	const char *command, *remote;
};

/* Takes over the terminal. NULL with `err` when there is none to use (TERM unset, dumb or unknown,
 * not a terminal): nothing has been changed then. */
struct term *term_open(const struct term_opts *opts, struct error *err);

/* Gives the terminal back as it was found. NULL is allowed. */
void term_close(struct term *term);

/* The port onto it; valid until term_close. */
const struct port *term_port(struct term *term);

/* What it found out. */
enum color_depth term_depth(const struct term *term);

/* What it has said itself, as far as it has been asked; false when it has not answered. */
bool term_facts(const struct term *term, struct term_facts *out);

/* The signal that told the program to end, or 0. */
int term_signal(const struct term *term);

#endif
