/* The file: "HASH AMBIGUOUS PICTURES CHAINS TONES NEWEST BACKGROUND TERM" a line, the one used last
 * first. AMBIGUOUS is 0 where UTF-8 is not read at all. */
#include "terminals.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/file.h>

enum { LINES_MAX = 50, FILE_MAX = 8192, HASH_LEN = 16 };

static const char *path_of(const struct world *world)
{
	const char *slash = strrchr(world->index_path, '/');
	if (!slash)
		return NULL;
	return arena_printf(world->arena, "%.*s/terminals", (int)(slash - world->index_path),
			    world->index_path);
}

/* What tells one terminal from another, and a multiplexer from the terminal around it. Over SSH
 * little of it comes through: there where the reader comes from counts. */
static const char *name_of(const struct world *world)
{
	static const char *const variables[] = {
		"TERM",          "TERM_PROGRAM",     "TERM_PROGRAM_VERSION", "VTE_VERSION",
		"XTERM_VERSION", "XTERM_LOCALE",     "KONSOLE_VERSION",      "COLORTERM",
		"LC_TERMINAL",   "TERMINAL_EMULATOR"};
	static const char *const presences[] = {"TMUX", "STY", "KITTY_WINDOW_ID", "WT_SESSION",
						"ALACRITTY_WINDOW_ID"};
	struct str from = str_of(world_env("SSH_CONNECTION")), host = {0};
	struct strbuf name = strbuf_make(world->arena);
	str_cut(&from, ' ', &host);
	strbuf_put(&name, host);
	for (size_t i = 0; i < sizeof(variables) / sizeof(*variables); i++)
		strbuf_printf(&name, "\n%s", world_env(variables[i]));
	for (size_t i = 0; i < sizeof(presences) / sizeof(*presences); i++)
		strbuf_putc(&name, *world_env(presences[i]) ? '1' : '0');
	return arena_printf(world->arena, "%0*llx", HASH_LEN,
			    str_hash(strbuf_str(&name), STR_HASH_SEED));
}

static struct str read_lines(const struct world *world)
{
	const char *path = path_of(world);
	struct stat st;
	struct str text = {0};
	if (!path || stat(path, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size > FILE_MAX ||
	    !file_read(path, world->arena, &text, NULL))
		return (struct str){0};
	return text;
}

static bool parse(struct str line, struct term_facts *out)
{
	static const struct {
		long lo, hi;
	} range[] = {{0, 2}, {1, 2}, {0, 1},
		     {0, 1}, {0, 1}, {BACKGROUND_UNKNOWN, BACKGROUND_LIGHT}};
	enum { N_VALUES = sizeof(range) / sizeof(*range) };
	struct str part;
	long values[N_VALUES];
	str_cut(&line, ' ', &part);
	for (size_t i = 0; i < N_VALUES; i++)
		if (!str_cut(&line, ' ', &part) ||
		    !str_to_int(part, range[i].lo, range[i].hi, &values[i]))
			return false;
	out->policy = TEXT_POLICY_ASCII;
	if (values[0])
		out->policy = (struct text_policy){.ambiguous = (uint8_t)values[0],
						   .pictures = (uint8_t)values[1],
						   .has_chains = values[2],
						   .has_tones = values[3],
						   .has_newest = values[4]};
	out->background = (enum term_background)values[5];
	return true;
}

static bool find(struct str lines, const char *name, struct term_facts *out)
{
	struct str line;
	while (str_cut(&lines, '\n', &line))
		if (line.len > HASH_LEN && str_starts(line, name) && parse(line, out))
			return true;
	return false;
}

void terminals_recall(const struct world *world, struct term_facts *facts)
{
	find(read_lines(world), name_of(world), facts);
}

/* This terminal's line before those of the others. */
static struct str new_lines(const struct world *world, const char *name,
			    const struct term_facts *facts)
{
	struct strbuf buf = strbuf_make(world->arena);
	struct str lines = read_lines(world), line;
	struct term_facts ignored;
	const struct text_policy *policy = &facts->policy;
	struct str type = text_show(world->arena, str_of(world_env("TERM")), policy);
	strbuf_printf(&buf, "%s %d %d %d %d %d %d %.*s\n", name,
		      policy->is_ascii ? 0 : policy->ambiguous, policy->pictures,
		      policy->has_chains, policy->has_tones, policy->has_newest,
		      (int)facts->background, (int)(type.len < 40 ? type.len : 40), type.p);
	for (int n = 1; n < LINES_MAX && str_cut(&lines, '\n', &line);)
		if (!str_starts(line, name) && parse(line, &ignored)) {
			strbuf_put(&buf, line);
			strbuf_putc(&buf, '\n');
			n++;
		}
	return strbuf_str(&buf);
}

void terminals_remember(const struct world *world, struct term_facts facts)
{
	const char *path = path_of(world), *name = name_of(world);
	struct term_facts known;
	if (!path ||
	    (find(read_lines(world), name, &known) && text_policy_eq(known.policy, facts.policy) &&
	     known.background == facts.background))
		return;
	struct str text = new_lines(world, name, &facts);
	const char *fresh = arena_printf(world->arena, "%s.%ld", path, (long)getpid());
	world_make_folders(world, path);
	FILE *file = fopen(fresh, "wx");
	if (!file)
		return;
	bool is_whole = fwrite(text.p, 1, text.len, file) == text.len;
	is_whole &= fclose(file) == 0;
	if (!is_whole || rename(fresh, path) != 0)
		unlink(fresh);
}
