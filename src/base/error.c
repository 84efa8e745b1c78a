/* Errors as facts, and their one written form. */
#include <sulan/error.h>

#include <stdio.h>
#include <string.h>

/* Copies as much of `from` as fits, never half a UTF-8 character. */
static void copy_cut(char *to, size_t size, const char *from)
{
	size_t len = strlen(from);
	if (len >= size) {
		len = size - 1;
		while (len && ((unsigned char)from[len] & 0xc0) == 0x80)
			len--;
	}
	memcpy(to, from, len);
	to[len] = '\0';
}

bool error_set(struct error *err, enum error_code code, const char *what, const char *arg)
{
	if (!err)
		return false;
	*err = (struct error){.code = code, .what = what};
	copy_cut(err->arg, sizeof(err->arg), arg ? arg : "");
	return false;
}

bool error_at(struct error *err, const char *file, unsigned line)
{
	if (!err)
		return false;
	if (!err->file[0] && file)
		copy_cut(err->file, sizeof(err->file), file);
	if (!err->line)
		err->line = line;
	return false;
}

void error_text(const struct error *err, const char *what, char *buf, size_t size)
{
	char whole[1024];
	size_t at = 0;
	if (err->file[0] && err->line)
		at = (size_t)snprintf(whole, sizeof(whole), "%s:%u: ", err->file, err->line);
	else if (err->file[0])
		at = (size_t)snprintf(whole, sizeof(whole), "%s: ", err->file);
	what = what ? what : err->what;
	const char *hole = strstr(what, "%s");
	int head = hole ? (int)(hole - what) : (int)strlen(what);
	snprintf(whole + at, sizeof(whole) - at, "%.*s%s%s", head, what, hole ? err->arg : "",
		 hole ? hole + 2 : "");
	copy_cut(buf, size, whole);
}
