/* posix_spawn with everything of ours closed: what is started sees no terminal, gets no signal of
 * it, and outlives it, unless it is started to have the terminal. */
#include "spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/str.h>

static bool is_program(const char *file)
{
	struct stat status;
	return stat(file, &status) == 0 && S_ISREG(status.st_mode) && access(file, X_OK) == 0;
}

const char *spawn_find(struct arena *arena, const char *name, const char *path)
{
	if (name[0] == '/')
		return is_program(name) ? name : NULL;
	if (!*name || str_find(str_of(name), STR("/"), 0) != STR_NOT_FOUND)
		return NULL;
	struct str rest = str_of(path), folder;
	while (str_cut(&rest, ':', &folder)) {
		if (!str_starts(folder, "/"))
			continue;
		const char *file = arena_printf(arena, "%.*s/%s", (int)folder.len, folder.p, name);
		if (is_program(file))
			return file;
	}
	return NULL;
}

static int add_file(posix_spawn_file_actions_t *files, int to, int fd)
{
	int mode = to == 0 ? O_RDONLY : O_WRONLY;
	return fd < 0 ? posix_spawn_file_actions_addopen(files, to, "/dev/null", mode, 0)
		      : posix_spawn_file_actions_adddup2(files, fd, to);
}

static int add_files(posix_spawn_file_actions_t *files, const struct spawn_io *io)
{
	return add_file(files, 0, io->in) | add_file(files, 1, io->out) |
	       add_file(files, 2, io->err) | posix_spawn_file_actions_addclosefrom_np(files, 3);
}

static int add_signals(posix_spawnattr_t *attr, bool has_terminal)
{
	sigset_t none, all;
	int flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
	sigemptyset(&none);
	sigfillset(&all);
	if (!has_terminal)
		flags |= POSIX_SPAWN_SETSID;
	return posix_spawnattr_setflags(attr, (short)flags) |
	       posix_spawnattr_setsigmask(attr, &none) | posix_spawnattr_setsigdefault(attr, &all);
}

pid_t spawn_start(const char *file, char *const argv[], const struct spawn_io *io)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	pid_t pid = 0;
	if (posix_spawn_file_actions_init(&files) != 0)
		return 0;
	if (posix_spawnattr_init(&attr) != 0) {
		posix_spawn_file_actions_destroy(&files);
		return 0;
	}
	int failed = add_files(&files, io) | add_signals(&attr, io->has_terminal);
	failed = failed ? ENOMEM
			: posix_spawn(&pid, file, &files, &attr, argv, io->env ? io->env : environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	errno = failed;
	return failed ? 0 : pid;
}
