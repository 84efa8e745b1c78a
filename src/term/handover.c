/* Links to the world outside, by the steps of a plan until one of them succeeds. An address is one
 * word of an argument vector and is looked at once more before it leaves. */
#include "inside.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include <sulan/arena.h>
#include <sulan/opener.h>

#include "children.h"
#include "remote.h"
#include "spawn.h"

enum {
	URL_MAX = 8192,
	START_MS = 300, /* a program that fails does so at once */
};

/* The links of one opening. */
struct batch {
	const char *const *urls;
	size_t n;
};

static bool is_address(const char *url)
{
	static const char *const schemes[] = {"http://", "https://", "mailto:"};
	struct str s = str_of(url);
	if (s.len > URL_MAX)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7f)
			return false;
	for (size_t i = 0; i < sizeof(schemes) / sizeof(*schemes); i++) {
		struct str scheme = str_of(schemes[i]);
		if (s.len > scheme.len && str_same_ascii(str_sub(s, 0, scheme.len), scheme))
			return true;
	}
	return false;
}

/* The word with the address in the place of its first "{url}" or "%s"; NULL when it has none. */
static char *fill_in(struct arena *arena, const char *word, const char *url)
{
	static const struct str marks[] = {{"{url}", 5}, {"%s", 2}};
	struct str s = str_of(word);
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		size_t at = str_find(s, marks[i], 0);
		if (at != STR_NOT_FOUND)
			return arena_printf(arena, "%.*s%s%s", (int)at, word, url,
					    word + at + marks[i].len);
	}
	return NULL;
}

/* The words with the address where it belongs: in the places for it, or behind them all. */
static char **with_url(struct arena *arena, char **words, const char *url)
{
	size_t n = 0;
	bool is_placed = false;
	while (words[n])
		n++;
	char **argv = arena_alloc(arena, (n + 2) * sizeof(*argv));
	for (size_t i = 0; i < n; i++) {
		/* The program's own name is the reader's alone. */
		char *filled = i ? fill_in(arena, words[i], url) : NULL;
		argv[i] = filled ? filled : words[i];
		is_placed |= filled != NULL;
	}
	if (!is_placed)
		argv[n] = arena_copy(arena, url, strlen(url));
	return argv;
}

static bool failed(const char *program, struct error *err)
{
	return error_set(err, ERROR_TERM, N_("%s failed to open the link"), program);
}

/* Starts the program once for each address, then waits a moment for those that fail. */
static bool run_apart(struct term *term, struct arena *arena, const struct opener_step *step,
		      char **env, struct batch batch, struct error *err)
{
	bool ok = true;
	pid_t *pids = arena_alloc(arena, batch.n * sizeof(*pids));
	for (size_t i = 0; i < batch.n; i++) {
		char **argv = with_url(arena, step->words, batch.urls[i]);
		pids[i] =
			spawn_start(step->file, argv,
				    &(struct spawn_io){.in = -1, .out = -1, .err = -1, .env = env});
		if (!pids[i])
			ok = error_set(err, ERROR_TERM, N_("%s cannot be started"), argv[0]);
	}
	const long long end = now_ms() + START_MS;
	for (size_t i = 0; i < batch.n; i++) {
		long long left = end - now_ms();
		int status = 0;
		if (!pids[i])
			continue;
		if (!children_wait(pids[i], left > 0 ? (int)left : 0, &status))
			children_remember(term, pids[i]);
		else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
			ok = failed(step->words[0], err);
	}
	return ok;
}

static bool run_in_front(struct term *term, struct arena *arena, const struct opener_step *step,
			 char **env, struct batch batch, struct error *err)
{
	for (size_t i = 0; i < batch.n; i++) {
		const struct front front = {.file = step->file,
					    .argv = with_url(arena, step->words, batch.urls[i]),
					    .env = env,
					    .in = term->opts.fd_in};
		int status;
		if (!front_run(term, &front, &status))
			return error_set(err, ERROR_TERM, N_("%s cannot be started"),
					 front.argv[0]);
		if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
			return failed(front.argv[0], err);
	}
	return true;
}

static struct str joined(struct arena *arena, struct batch batch, bool is_ended)
{
	struct strbuf buf = strbuf_make(arena);
	for (size_t i = 0; i < batch.n; i++) {
		strbuf_puts(&buf, batch.urls[i]);
		if (is_ended || i + 1 < batch.n)
			strbuf_putc(&buf, '\n');
	}
	return strbuf_str(&buf);
}

/* True when the links are where this step brings them. */
static bool take_step(struct term *term, struct arena *arena, const struct opener_step *step,
		      char **env, struct batch batch, struct opening *out)
{
	switch (step->kind) {
	case OPENER_PROGRAM:
		out->result = OPEN_STARTED;
		return run_apart(term, arena, step, env, batch, &out->err);
	case OPENER_TERMINAL:
		out->result = OPEN_RETURNED;
		return run_in_front(term, arena, step, env, batch, &out->err);
	case OPENER_REMOTE:
		out->result = OPEN_REMOTE;
		return remote_send(term->opts.remote, joined(arena, batch, true), &out->err);
	case OPENER_HANDOVER:
		out->result = clip_copy(term, joined(arena, batch, false));
		return true;
	}
	return false;
}

static void note_program(const struct opener_step *step, struct opening *out)
{
	const char *slash = step->words ? strrchr(step->words[0], '/') : NULL;
	const char *name = slash ? slash + 1 : step->words ? step->words[0] : "";
	snprintf(out->program, sizeof(out->program), "%s", name);
}

void handover_open(struct term *term, const char *way, const char *const *urls, size_t n,
		   struct opening *out)
{
	*out = (struct opening){.result = OPEN_FAILED};
	children_reap(term);
	for (size_t i = 0; i < n; i++) {
		if (is_address(urls[i]))
			continue;
		error_set(&out->err, ERROR_TERM,
			  N_("only http, https and mailto addresses are opened"), NULL);
		return;
	}
	struct arena *arena = arena_new();
	struct place place = place_find(&term->opts, arena);
	struct opener_plan plan = {0};
	bool is_done = false;
	if (opener_plan(&term->opts, &place, arena, way, &plan, &out->err))
		for (size_t i = 0; !is_done && i < plan.n; i++) {
			/* spawn takes what exec takes: pointers to what it does not change */
			char **env = (char **)(uintptr_t)place.env;
			is_done = take_step(term, arena, &plan.steps[i], env,
					    (struct batch){urls, n}, out);
			if (is_done)
				note_program(&plan.steps[i], out);
		}
	if (!is_done)
		out->result = OPEN_FAILED;
	arena_free(arena);
}
