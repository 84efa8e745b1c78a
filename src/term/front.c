/* A program in our place on the terminal. It runs in our process group, so that ^C is its own alone
 * (we ignore it) and ^Z stops both of us, as the shell expects of one job. */
#include "inside.h"

#include <poll.h>
#include <string.h>
#include <sys/wait.h>

#include "children.h"
#include "signals.h"
#include "spawn.h"

/* Until it has ended or we are to end. */
static bool wait_for_end(const struct term *term, pid_t pid, int *status)
{
	while (!signals_ended()) {
		struct pollfd wake = {.fd = term->wake_fd, .events = POLLIN};
		pid_t ended = waitpid(pid, status, WNOHANG);
		if (ended != 0)
			return ended == pid;
		if (poll(&wake, 1, -1) > 0)
			signals_drain();
	}
	return false;
}

/* What a program may have left on when it ended badly. */
static void undo_modes(struct term *term)
{
	static const char off[] = "\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[m";
	if (term->has_sync)
		out_write(term, off, sizeof(off) - 1);
}

bool front_run(struct term *term, const struct front *front, int *status)
{
	struct spawn_io io = {.in = front->in,
			      .out = term->opts.fd_out,
			      .err = term->opts.fd_out,
			      .env = front->env,
			      .has_terminal = true};
	*status = -1;
	term_give_back(term);
	signals_yield();
	pid_t pid = spawn_start(front->file, front->argv, &io);
	bool is_over = pid && wait_for_end(term, pid, status);
	signals_retake();
	if (pid && !is_over)
		children_remember(term, pid);
	undo_modes(term);
	if (is_over && front->waiting)
		term_wait_key(term, front->waiting);
	/* A stop in between is over too, and the frame is drawn anew in any case. */
	signals_take_stop();
	signals_take_continue();
	term_resume(term);
	return pid != 0;
}
