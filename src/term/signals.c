/* Handlers do what is safe in them and no more: set a flag and wake the loop, or, when the program
 * crashes, give the terminal back with write and tcsetattr and let the signal do its work. */
#include "signals.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sulan/arena.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAS_CRASH_HANDLER 0 /* the sanitizer's own report is worth more */
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_CRASH_HANDLER 0
#endif
#endif
#ifndef HAS_CRASH_HANDLER
#define HAS_CRASH_HANDLER 1
#endif

enum { ALT_STACK = 64 << 10 };

static const int end_signals[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};
static const int wake_signals[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGCHLD};
static const int crash_signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
#define N(array) (sizeof(array) / sizeof(*(array)))
enum { N_SAVED = N(end_signals) + N(wake_signals) + N(crash_signals) + 1 };

/* A handler is given nothing but its signal, so what it needs is kept here. */
static struct {
	volatile sig_atomic_t ended, is_resized, is_stopped, is_continued;
	int pipe[2];
	struct {
		int signal;
		struct sigaction old;
	} saved[N_SAVED];
	size_t n_saved;
	void *stack;
	struct {
		volatile sig_atomic_t is_armed;
		int fd;
		struct termios found;
		char bytes[SIGNALS_CRASH_BYTES];
		size_t len;
	} crash;
} box;

static void on_signal(int signal)
{
	int kept = errno;
	switch (signal) {
	case SIGWINCH:
		box.is_resized = 1;
		break;
	case SIGTSTP:
		box.is_stopped = 1;
		break;
	case SIGCONT:
		box.is_continued = 1;
		break;
	case SIGCHLD:
		break;
	default:
		if (!box.ended)
			box.ended = signal;
	}
	/* A full pipe wakes the loop just as well. */
	if (write(box.pipe[1], "", 1) < 0)
		errno = kept;
	errno = kept;
}

/* Installed with SA_RESETHAND: the signal raised again has its own effect. */
static void on_crash(int signal)
{
	if (box.crash.is_armed) {
		struct pollfd out = {.fd = box.crash.fd, .events = POLLOUT};
		box.crash.is_armed = 0;
		if (poll(&out, 1, 1000) == 1 &&
		    write(box.crash.fd, box.crash.bytes, box.crash.len) < 0)
			box.crash.len = 0;
		tcsetattr(box.crash.fd, TCSANOW, &box.crash.found);
	}
	raise(signal);
}

static void save_and_set(int signal, void (*handler)(int), int flags)
{
	struct sigaction act = {.sa_handler = handler, .sa_flags = flags};
	sigfillset(&act.sa_mask);
	box.saved[box.n_saved].signal = signal;
	sigaction(signal, &act, &box.saved[box.n_saved].old);
	box.n_saved++;
}

static bool is_ignored(int signal)
{
	struct sigaction act;
	return sigaction(signal, NULL, &act) == 0 && act.sa_handler == SIG_IGN;
}

static void begin_crash_handling(void)
{
	if (!HAS_CRASH_HANDLER)
		return;
	box.stack = mem_new(ALT_STACK);
	sigaltstack(&(stack_t){.ss_sp = box.stack, .ss_size = ALT_STACK}, NULL);
	for (size_t i = 0; i < N(crash_signals); i++)
		save_and_set(crash_signals[i], on_crash,
			     (int)(SA_ONSTACK | SA_RESETHAND | SA_NODEFER));
}

int signals_begin(void)
{
	if (pipe2(box.pipe, O_CLOEXEC | O_NONBLOCK) < 0)
		return -1;
	box.ended = box.is_resized = box.is_stopped = box.is_continued = 0;
	box.n_saved = 0;
	box.stack = NULL;
	/* Without SA_RESTART: a write to a terminal that takes nothing must end too. */
	for (size_t i = 0; i < N(end_signals); i++)
		if (!is_ignored(end_signals[i]))
			save_and_set(end_signals[i], on_signal, 0);
	for (size_t i = 0; i < N(wake_signals); i++)
		if (wake_signals[i] != SIGTSTP || !is_ignored(SIGTSTP))
			save_and_set(wake_signals[i], on_signal, 0);
	save_and_set(SIGPIPE, SIG_IGN, 0);
	begin_crash_handling();
	return box.pipe[0];
}

void signals_end(void)
{
	box.crash.is_armed = 0;
	while (box.n_saved) {
		box.n_saved--;
		sigaction(box.saved[box.n_saved].signal, &box.saved[box.n_saved].old, NULL);
	}
	if (box.stack)
		sigaltstack(&(stack_t){.ss_flags = SS_DISABLE}, NULL);
	free(box.stack);
	box.stack = NULL;
	close(box.pipe[0]);
	close(box.pipe[1]);
}

void signals_on_crash(int fd, const struct termios *found, const char *bytes, size_t len)
{
	box.crash.is_armed = 0;
	if (!bytes)
		return;
	box.crash.fd = fd;
	box.crash.found = *found;
	box.crash.len = len < SIGNALS_CRASH_BYTES ? len : SIGNALS_CRASH_BYTES;
	memcpy(box.crash.bytes, bytes, box.crash.len);
	box.crash.is_armed = 1;
}

int signals_ended(void)
{
	return box.ended;
}

static bool take(volatile sig_atomic_t *flag)
{
	bool was = *flag;
	*flag = 0;
	return was;
}

bool signals_take_resize(void)
{
	return take(&box.is_resized);
}

bool signals_take_stop(void)
{
	return take(&box.is_stopped);
}

bool signals_take_continue(void)
{
	return take(&box.is_continued);
}

void signals_yield(void)
{
	static const int ignored[] = {SIGINT, SIGQUIT};
	struct sigaction act = {.sa_handler = SIG_IGN};
	for (size_t i = 0; i < N(ignored); i++)
		sigaction(ignored[i], &act, NULL);
	act.sa_handler = SIG_DFL;
	if (!is_ignored(SIGTSTP))
		sigaction(SIGTSTP, &act, NULL);
}

void signals_retake(void)
{
	struct sigaction act = {.sa_handler = on_signal};
	sigfillset(&act.sa_mask);
	for (size_t i = 0; i < box.n_saved; i++) {
		int signal = box.saved[i].signal;
		if (signal == SIGINT || signal == SIGQUIT || signal == SIGTSTP)
			sigaction(signal, &act, NULL);
	}
}

void signals_drain(void)
{
	char bytes[64];
	while (read(box.pipe[0], bytes, sizeof(bytes)) > 0)
		;
}

void signals_stop_here(void)
{
	struct sigaction act = {.sa_handler = SIG_DFL}, old;
	sigset_t only, before;
	if (is_ignored(SIGTSTP))
		return;
	sigemptyset(&act.sa_mask);
	sigaction(SIGTSTP, &act, &old);
	sigemptyset(&only);
	sigaddset(&only, SIGTSTP);
	sigprocmask(SIG_UNBLOCK, &only, &before);
	/* The whole job, as the terminal would: who feeds us through a pipe stops too. */
	kill(0, SIGTSTP);
	sigprocmask(SIG_SETMASK, &before, NULL);
	sigaction(SIGTSTP, &old, NULL);
	box.is_continued = box.is_stopped = 0;
}
