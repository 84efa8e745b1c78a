/* Texts for programs. What they are given is a file in memory, so that nobody waits for a program
 * that does not read, and none of them can break a pipe. */
#include "inside.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/argv.h>
#include <sulan/error.h>

#include "children.h"
#include "spawn.h"

/* At its start; -1 with errno. */
static int memory_file(struct str text)
{
	int fd = memfd_create("text", MFD_CLOEXEC);
	while (fd >= 0 && text.len) {
		ssize_t n = write(fd, text.p, text.len);
		if (n < 0 && errno != EINTR) {
			close(fd);
			return -1;
		}
		text = str_from(text, n > 0 ? (size_t)n : 0);
	}
	if (fd >= 0)
		lseek(fd, 0, SEEK_SET);
	return fd;
}

static const char *base_name(const char *file)
{
	const char *slash = strrchr(file, '/');
	return slash ? slash + 1 : file;
}

/* "name: status 3", with the last line of what it wrote to standard error behind it. */
static void say_status(char *out, size_t size, const char *name, int status, int err_fd)
{
	char said[512] = "";
	off_t end = err_fd >= 0 ? lseek(err_fd, 0, SEEK_END) : 0;
	off_t from = end > (off_t)sizeof(said) - 1 ? end - (off_t)sizeof(said) + 1 : 0;
	ssize_t n = err_fd >= 0 ? pread(err_fd, said, sizeof(said) - 1, from) : 0;
	struct str rest = str_trim((struct str){said, n > 0 ? (size_t)n : 0}), line = rest, part;
	while (str_cut(&rest, '\n', &part))
		line = part;
	if (WIFSIGNALED(status))
		snprintf(out, size, "%s: signal %d", name, WTERMSIG(status));
	else
		snprintf(out, size, "%s: status %d", name, WEXITSTATUS(status));
	size_t used = strlen(out);
	if (line.len)
		snprintf(out + used, size - used, ": %.*s", (int)line.len, line.p);
}

/* Programs with a screen of their own: nothing of them is left to be seen. */
static bool has_screen(const char *name)
{
	static const char *const names[] = {"less", "most",  "vim",   "vi", "nvim", "view",
					    "nano", "emacs", "micro", "hx", NULL};
	for (const char *const *is = names; *is; is++)
		if (strcmp(name, *is) == 0)
			return true;
	return false;
}

static bool run_in_front(struct term *term, const char *file, const struct piping *piping, int in,
			 struct error *err)
{
	const char *name = base_name(piping->argv[0]);
	const struct front front = {.file = file,
				    .argv = piping->argv,
				    .in = in,
				    .waiting = has_screen(name) ? NULL : piping->waiting};
	char text[sizeof(err->arg)];
	int status;
	if (!front_run(term, &front, &status))
		return error_set(err, ERROR_TERM, N_("%s cannot be started"), piping->argv[0]);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return true;
	say_status(text, sizeof(text), name, status, -1);
	return error_set(err, ERROR_TERM, N_("it failed: %s"), text);
}

static bool run_behind(struct term *term, const char *file, const struct piping *piping, int in,
		       struct error *err)
{
	struct behind *behind = term->behind;
	while (behind < term->behind + MAX_BEHIND && behind->pid)
		behind++;
	if (behind == term->behind + MAX_BEHIND)
		return error_set(err, ERROR_TERM, N_("too many programs are still running"), NULL);
	behind->err_fd = memory_file(STR(""));
	behind->pid = spawn_start(file, piping->argv,
				  &(struct spawn_io){.in = in, .out = -1, .err = behind->err_fd});
	snprintf(behind->name, sizeof(behind->name), "%s", base_name(piping->argv[0]));
	if (behind->pid)
		return true;
	if (behind->err_fd >= 0)
		close(behind->err_fd);
	return error_set(err, ERROR_TERM, N_("%s cannot be started"), piping->argv[0]);
}

bool pipe_run(struct term *term, const struct piping *piping, struct error *err)
{
	assert(piping->argv[0]);
	children_reap(term);
	for (char **word = piping->argv; *word; word++)
		if (argv_is_shell(*word))
			return error_set(err, ERROR_TERM,
					 N_("stories are not handed to a shell (%s): it would run "
					    "what is in them"),
					 *word);
	struct arena *arena = arena_new();
	const char *file = spawn_find(arena, piping->argv[0], term->opts.path);
	int in = file ? memory_file(piping->text) : -1;
	bool ok = false;
	if (!file)
		error_set(err, ERROR_TERM, N_("the program %s was not found"), piping->argv[0]);
	else if (in < 0)
		error_set(err, ERROR_TERM, N_("%s cannot be started"), piping->argv[0]);
	else
		ok = piping->waiting ? run_in_front(term, file, piping, in, err)
				     : run_behind(term, file, piping, in, err);
	if (in >= 0)
		close(in);
	arena_free(arena);
	return ok;
}

static void free_behind(struct behind *behind)
{
	if (behind->err_fd >= 0)
		close(behind->err_fd);
	behind->pid = 0;
}

bool pipe_failed(struct term *term, struct key *out)
{
	for (struct behind *behind = term->behind; behind < term->behind + MAX_BEHIND; behind++) {
		int status = 0;
		if (!behind->pid || waitpid(behind->pid, &status, WNOHANG) == 0)
			continue;
		bool is_bad = !WIFEXITED(status) || WEXITSTATUS(status) != 0;
		if (is_bad)
			say_status(term->failure, sizeof(term->failure), behind->name, status,
				   behind->err_fd);
		free_behind(behind);
		*out = (struct key){.code = KEY_CODE_FAILED, .text = str_of(term->failure)};
		if (is_bad)
			return true;
	}
	return false;
}

void pipe_end(struct term *term)
{
	for (struct behind *behind = term->behind; behind < term->behind + MAX_BEHIND; behind++)
		if (behind->pid)
			free_behind(behind);
}
