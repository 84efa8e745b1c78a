/* What the files of the term layer share. curses draws into a sink, a file in memory, never to the
 * terminal: so a frame goes out in one write, a terminal that takes nothing cannot hold up the end,
 * and what curses has no words for can be put in on the way. */
#ifndef TERM_INSIDE_H
#define TERM_INSIDE_H

#include <stdio.h>
#include <sys/types.h>
#include <termios.h>

#include <sulan/term.h>

#include "decode.h"
#include "ink.h"
#include "probe.h"

struct arena;
struct paint;

struct input {
	unsigned char bytes[4096];
	size_t len;
	bool is_drained; /* the last read took all there was, and nobody has looked since */
	bool is_in_paste;
	char *paste;
	size_t paste_len;
	struct key last_click;
	long long last_click_ms;
};

#define MAX_CHILDREN 64
#define MAX_BEHIND   8

/* A program in the background whose end is waited for. */
struct behind {
	pid_t pid;  /* 0: free */
	int err_fd; /* what it wrote to its standard error */
	char name[32];
};

struct term {
	struct port port;
	struct term_opts opts; /* its strings are copies in `arena` */
	struct arena *arena;
	struct termios found; /* what the terminal was like */
	int rows, cols;
	int own_fd; /* see out_open */
	FILE *sink;
	struct paint *paint;
	struct input input;
	struct probe probe;
	bool is_known;    /* it has said how it measures */
	bool is_measured; /* other widths than before, and the reader has not been told yet */
	int wake_fd;      /* readable when a signal came */
	bool is_changed;  /* what watch_fd tells, and the reader has not been told yet */
	bool is_taken;    /* raw mode and our screen are on */
	bool is_gone;     /* nothing can be read from or written to the terminal any more */
	bool is_resized;  /* the reader has not been told yet */
	bool has_sync;    /* it knows what xterm brought in */
	unsigned long long line; /* the canvas' line that is on the screen, as a hash; 0: none */
	pid_t children[MAX_CHILDREN]; /* openers that still run; 0: free */
	struct behind behind[MAX_BEHIND];
	char failure[256]; /* of the last of them that failed */
};

/* term.c */
long long now_ms(void);
void term_measure(struct term *term);
void term_stop(struct term *term);
void term_give_back(struct term *term); /* until term_resume */
void term_resume(struct term *term);
/* Says it and waits for a key, while the terminal is given back. */
void term_wait_key(struct term *term, const char *text);
bool terminal_can_answer(const char *type);           /* questions about itself */
bool terminal_can_link(const struct term_opts *opts); /* take OSC 8 without harm */

/* out.c: the terminal once more, to be written to without waiting: what the reader was given is
 * shared with other programs, and waits. -1 when it cannot be opened. */
int out_open(int fd);
/* Sends bytes, waiting for a slow terminal but not past a signal that ends the program. */
void out_write(struct term *term, const void *bytes, size_t len);
/* Sends what was written for a frame, as one where the terminal can. */
void out_cells(struct term *term, struct str frame);
/* Sends what curses has written into the sink, or forgets it. */
void out_frame(struct term *term);
void out_forget(struct term *term);

/* depth.c: how deep the colours go of a terminal in use (caps.h) that has so many of them. */
enum color_depth terminal_depth(const struct term_opts *opts, int n_colors);

/* screen.c */
struct paint *paint_new(struct term *term);
void paint_free(struct paint *paint);
/* Also when the size is what it was: a terminal that went another size and back has lost its
 * picture. */
void paint_resize(struct paint *paint, int rows, int cols);
/* Leaves the screen; the next frame comes back to it. */
void paint_end(void);
void paint_anew(struct paint *paint);
void paint_canvas(struct term *term, const struct canvas *canvas);
/* Spells out what curses wrote; see ink.h. */
struct str paint_spell(struct paint *paint, struct arena *arena, struct str from);

/* cell.c */
/* The glyph as what curses takes for a cell; at most CCHARW_MAX characters and a NUL. Nothing but
 * what curses will place in exactly the columns of the glyph gets through, the last guard before
 * the terminal; false when that is not all of it. */
bool paint_cell_text(struct inks *inks, const struct glyph *glyph, wchar_t *out);
/* Tells curses a cell that is not the second half of a wide glyph. */
void paint_cell(struct inks *inks, const struct canvas *canvas, int row, int col);

/* input.c */
bool input_read(struct term *term, int timeout_ms, struct key *out);
/* Waits a moment for the answers to all questions; keys that come before them stay. */
void input_await_answers(struct term *term);
/* Before the terminal is given to someone else: answers that are still on their way are waited for
 * a moment, or they would be typed into what comes next. Keys among them are lost. */
void input_drop_answers(struct term *term);

/* line.c: writes the canvas' line as one, over the cells that curses has put there. */
void line_show(struct term *term, const struct canvas *canvas);

/* handover.c */
void handover_open(struct term *term, const char *way, const char *const *urls, size_t n,
		   struct opening *out);

/* clip.c: offers the text to the clipboard of the reader's terminal. OPEN_SENT, OPEN_SENT_TMUX, or
 * OPEN_SHOWN when there is none. */
enum open_result clip_copy(struct term *term, struct str text);

/* front.c: a program on the terminal in our place. */
struct front {
	const char *file;
	char **argv, **env;  /* NULL for the environment: as ours */
	int in;              /* its standard input */
	const char *waiting; /* said below what it wrote until a key comes; NULL: nothing is */
};
/* Runs it until it ends and takes the terminal back; `*status` as of waitpid. False when it could
 * not be started. */
bool front_run(struct term *term, const struct front *front, int *status);

/* pipe.c: see the port. */
bool pipe_run(struct term *term, const struct piping *piping, struct error *err);
/* Whether a program in the background has ended badly, and how. */
bool pipe_failed(struct term *term, struct key *out);
void pipe_end(struct term *term);

#endif
