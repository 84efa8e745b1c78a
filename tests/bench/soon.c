/* How soon an import has something to be read: from its start to when another program sees the
 * first story in the index, in ms. The import is ended then.
 *
 *   soon INDEX COMMAND...
 */
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static bool has_story(const char *path)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *s = NULL;
	bool has_any = access(path, R_OK) == 0 &&
		       sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
		       sqlite3_prepare_v2(db, "SELECT title FROM story ORDER BY id DESC LIMIT 1",
					  -1, &s, NULL) == SQLITE_OK &&
		       sqlite3_step(s) == SQLITE_ROW;
	sqlite3_finalize(s);
	sqlite3_close(db);
	return has_any;
}

int main(int argc, char **argv)
{
	pid_t pid;
	int status;
	posix_spawn_file_actions_t quiet;
	posix_spawn_file_actions_init(&quiet);
	posix_spawn_file_actions_addopen(&quiet, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&quiet, 2, "/dev/null", O_WRONLY, 0);
	double start = now_ms();
	if (argc < 3 || posix_spawnp(&pid, argv[2], &quiet, NULL, argv + 2, environ) != 0) {
		fputs("usage: soon INDEX COMMAND...\n", stderr);
		return 2;
	}
	while (!has_story(argv[1])) {
		if (waitpid(pid, &status, WNOHANG) == pid && !has_story(argv[1]))
			return 1;
		usleep(1000);
	}
	printf("%.0f\n", now_ms() - start);
	kill(pid, SIGTERM);
	waitpid(pid, &status, 0);
	return 0;
}
