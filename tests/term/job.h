/* The far end of the pty, in a process of its own. */
#ifndef TERM_JOB_H
#define TERM_JOB_H

struct vt_opts;

/* What it reports through a pipe. */
struct news {
	enum { NEWS_STARTED, NEWS_STOPPED, NEWS_ENDED } what;
	int value; /* id, signal, status */
};

/* Runs the program on the terminal named `slave` and reports into `news_fd` until it is killed.
 * SIGUSR1 makes it let a stopped job go on in the foreground; a SIGHUP it hands on. */
_Noreturn void job_shell(const struct vt_opts *opts, const char *slave, int master, int news_fd);

#endif
