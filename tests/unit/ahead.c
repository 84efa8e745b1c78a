/* The thread that reads files ahead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sulan/issue.h>

#include "ahead.h"

#define N_FILES 40 /* more than are read ahead: the thread waits for us */

/* The signals that the other thread of this process blocks, a bit for each. */
static unsigned long long blocked(void)
{
	unsigned long long mask = 0;
	char path[300], line[256];
	DIR *dir = opendir("/proc/self/task");
	assert_non_null(dir);
	for (struct dirent *entry; (entry = readdir(dir));) {
		if (atoi(entry->d_name) == 0 || atoi(entry->d_name) == getpid())
			continue;
		snprintf(path, sizeof(path), "/proc/self/task/%s/status", entry->d_name);
		FILE *file = fopen(path, "r");
		while (file && fgets(line, sizeof(line), file))
			if (sscanf(line, "SigBlk: %llx", &mask) == 1)
				break;
		if (file)
			fclose(file);
	}
	closedir(dir);
	return mask;
}

static bool is_blocked(unsigned long long mask, int signal)
{
	return mask >> (signal - 1) & 1;
}

/* Else the program would end with the terminal as the reader has set it. */
static void what_tells_of_a_crash_is_heard_there_and_nothing_else(void **state)
{
	static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
	static const int others[] = {SIGWINCH, SIGTERM, SIGINT, SIGTSTP, SIGCHLD};
	char path[] = "/tmp/sulan-ahead-XXXXXX";
	int fd = mkstemp(path);
	struct ahead_file files[N_FILES];
	(void)state;
	assert_int_equal(write(fd, "# a\n", 4), 4);
	close(fd);
	for (size_t i = 0; i < N_FILES; i++)
		files[i] = (struct ahead_file){.path = str_of(path)};
	struct ahead *ahead = ahead_new(files, N_FILES, NULL);
	issue_free(ahead_next(ahead).issue); /* it is at work */
	unsigned long long mask = blocked();
	for (size_t i = 0; i < sizeof(crashes) / sizeof(*crashes); i++)
		assert_false(is_blocked(mask, crashes[i]));
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		assert_true(is_blocked(mask, others[i]));
	ahead_free(ahead);
	unlink(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_tells_of_a_crash_is_heard_there_and_nothing_else),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
