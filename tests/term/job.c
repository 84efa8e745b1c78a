/* The little shell: it leads the session on the pty and runs one job in the foreground. */
#include <term/job.h>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <term/vt.h>

static void must(bool is_so)
{
	if (!is_so)
		abort();
}

static volatile pid_t job;

static void on_hang_up(int signal)
{
	if (job > 0)
		kill(-job, signal);
}

static void on_continue(int signal)
{
	(void)signal;
	tcsetpgrp(STDERR_FILENO, job);
	kill(-job, SIGCONT);
}

static void report(int fd, int what, int value)
{
	struct news news = {.value = value};
	memcpy(&news.what, &what, sizeof(news.what));
	must(write(fd, &news, sizeof(news)) == (ssize_t)sizeof(news));
}

static char *const *unconst(const char *const *list)
{
	union {
		const char *const *from;
		char *const *to;
	} pun = {list};
	return pun.to;
}

static void run_job(const struct vt_opts *opts)
{
	setpgid(0, 0);
	tcsetpgrp(STDERR_FILENO, getpid());
	static const int signals[] = {SIGTTOU, SIGHUP, SIGUSR1, SIGINT, SIGQUIT};
	for (size_t i = 0; i < sizeof(signals) / sizeof(*signals); i++)
		signal(signals[i], SIG_DFL);
	if (opts->ignored_signal)
		signal(opts->ignored_signal, SIG_IGN);
	if (opts->fd_in)
		dup2(opts->fd_in, STDIN_FILENO);
	execve(opts->argv[0], unconst(opts->argv), unconst(opts->env));
	_exit(127);
}

_Noreturn void job_shell(const struct vt_opts *opts, const char *slave, int master, int news_fd)
{
	close(master); /* or hanging up would hang up nothing */
	setsid();
	int fd = open(slave, O_RDWR);
	must(fd >= 0 && ioctl(fd, TIOCSCTTY, 0) == 0);
	for (int i = 0; i < 3; i++)
		dup2(fd, i);
	close(fd);
	signal(SIGTTOU, SIG_IGN);
	sigaction(SIGHUP, &(struct sigaction){.sa_handler = on_hang_up}, NULL);
	sigaction(SIGUSR1, &(struct sigaction){.sa_handler = on_continue}, NULL);
	job = fork();
	must(job >= 0);
	if (job == 0)
		run_job(opts);
	setpgid(job, job);
	tcsetpgrp(STDERR_FILENO, job);
	report(news_fd, NEWS_STARTED, job);
	for (;;) {
		int status = 0;
		if (waitpid(job, &status, WUNTRACED) < 0)
			continue;
		tcsetpgrp(STDERR_FILENO, getpid());
		if (WIFSTOPPED(status)) {
			report(news_fd, NEWS_STOPPED, WSTOPSIG(status));
			continue;
		}
		report(news_fd, NEWS_ENDED, status);
		for (;;) /* keeps the terminal open until it has been looked at */
			pause();
	}
}
