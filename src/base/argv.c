/* Splitting commands and filling them in. */
#include <sulan/argv.h>

#include <string.h>

#include <sulan/arena.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

/* One word off the front of `*rest`, which begins with no blank; false when a quote does not end.
 */
static bool take_word(struct str *rest, struct strbuf *word)
{
	char quote = 0;
	size_t at = 0;
	for (; at < rest->len && (quote || !is_blank(rest->p[at])); at++) {
		char c = rest->p[at];
		if (quote ? c == quote : c == '\'' || c == '"')
			quote = quote ? 0 : c;
		else
			strbuf_putc(word, c);
	}
	*rest = str_from(*rest, at);
	return !quote;
}

char **argv_split(struct arena *arena, struct str command)
{
	char **words = NULL;
	size_t n = 0, cap = 0;
	for (;;) {
		while (command.len && is_blank(command.p[0]))
			command = str_from(command, 1);
		words = arena_more(arena, words, n, &cap, sizeof(*words));
		words[n] = NULL;
		if (command.len == 0)
			return n ? words : NULL;
		struct strbuf word = strbuf_make(arena);
		if (!take_word(&command, &word))
			return NULL;
		words[n++] = str_dup(arena, strbuf_str(&word));
	}
}

/* A word with all marks replaced; values are not looked at again. */
static char *fill_word(struct arena *arena, const char *word, const struct argv_mark *marks,
		       size_t n)
{
	struct strbuf out = strbuf_make(arena);
	bool is_option = word[0] == '-';
	while (*word) {
		size_t i = 0;
		while (i < n && !str_starts(str_of(word), marks[i].mark.p))
			i++;
		if (i < n)
			strbuf_put(&out, marks[i].value);
		else
			strbuf_putc(&out, *word);
		word += i < n ? marks[i].mark.len : 1;
	}
	struct str filled = strbuf_str(&out);
	if (!is_option && str_starts(filled, "-"))
		return arena_printf(arena, " %.*s", (int)filled.len, filled.p);
	return str_dup(arena, filled);
}

void argv_fill(struct arena *arena, char **argv, const struct argv_mark *marks, size_t n)
{
	for (char **word = argv + 1; *word; word++)
		*word = fill_word(arena, *word, marks, n);
}

bool argv_is_shell(const char *file)
{
	static const char *const shells[] = {"sh",   "bash", "dash",    "zsh",     "ksh",
					     "mksh", "ash",  "fish",    "csh",     "tcsh",
					     "rc",   "pwsh", "busybox", "cmd.exe", "powershell.exe",
					     NULL};
	const char *slash = strrchr(file, '/');
	for (const char *const *name = shells; *name; name++)
		if (strcmp(slash ? slash + 1 : file, *name) == 0)
			return true;
	return false;
}
