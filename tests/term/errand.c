/* The world of a link: programs that record, and a child that opens. */
#include <term/errand.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include <sulan/arena.h>
#include <sulan/file.h>

void set_env(struct fixture *f, const char *name, const char *value)
{
	f->env[f->n_env++] = arena_printf(f->arena, "%s=%s", name, value);
}

const char *in_folder(struct fixture *f, const char *name)
{
	return arena_printf(f->arena, "%s/%s", f->folder, name);
}

void cut_env(struct fixture *f, size_t n_env)
{
	while (f->n_env > n_env)
		f->env[--f->n_env] = NULL;
}

const char *add_program(struct fixture *f, const char *name)
{
	const char *path = in_folder(f, name);
	assert_int_equal(symlink(f->self, path), 0);
	return path;
}

int set_up(void **state)
{
	struct fixture *f = mem_new(sizeof(*f));
	char self[512];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self));
	assert_true(len > 0);
	f->arena = arena_new();
	f->self = arena_copy(f->arena, self, (size_t)len);
	strcpy(f->folder, "/tmp/open-test-XXXXXX");
	assert_non_null(mkdtemp(f->folder));
	f->record = in_folder(f, "record");
	set_env(f, "TERM", "xterm-256color");
	set_env(f, "LC_ALL", "C.UTF-8");
	set_env(f, "PATH", f->folder);
	set_env(f, "RECORD", f->record);
	*state = f;
	return 0;
}

static void empty_folder(const struct fixture *f)
{
	DIR *dir = opendir(f->folder);
	assert_non_null(dir);
	for (struct dirent *entry; (entry = readdir(dir));)
		if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
			unlinkat(dirfd(dir), entry->d_name, 0);
	closedir(dir);
}

int tear_down(void **state)
{
	struct fixture *f = *state;
	empty_folder(f);
	assert_int_equal(rmdir(f->folder), 0);
	arena_free(f->arena);
	free(f);
	return 0;
}

struct vt *press(struct fixture *f, const char *key, const char *url, const char *said)
{
	const char *argv[] = {f->self, "--child", NULL};
	set_env(f, "URL", url);
	struct vt *vt = vt_start(argv, f->env, 24, 150);
	assert_true(vt_wait_text(vt, "size 24x150", VT_PATIENCE));
	vt_type(vt, key);
	if (!vt_wait_text(vt, said, VT_PATIENCE))
		fail_msg("not said: %s; but:\n%s", said, vt_text(vt));
	return vt;
}

const char *recorded(struct fixture *f)
{
	struct str text = {0};
	return file_read(f->record, f->arena, &text, NULL) ? text.p : "(nothing)";
}

void assert_recorded(struct fixture *f, const char *rest)
{
	assert_string_equal(recorded(f),
			    arena_printf(f->arena, "files 3 tty 0 leader 1\n%s", rest));
}

static int digit_of(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;
	return at ? (int)(at - digits) : -1;
}

const char *clipboard(struct fixture *f, struct vt *vt, bool is_wrapped)
{
	size_t len;
	const char *log = vt_log(vt, &len);
	const char *end = log + len;
	const char *at = memmem(log, len, "\x1b]52;c;", 7);
	if (!at || (is_wrapped && (at < log + 2 || memcmp(at - 2, "\x1bP", 2) != 0)))
		return "";
	char *out = arena_alloc(f->arena, len);
	size_t n = 0;
	unsigned bits = 0, n_bits = 0;
	for (at += 7; at < end && *at != '\a'; at++) {
		if (is_wrapped && end - at >= 4 && memcmp(at, "\x1b\\\x1bP", 4) == 0)
			at += 4;
		if (*at == '=')
			continue;
		if (digit_of(*at) < 0)
			return "";
		bits = bits << 6 | (unsigned)digit_of(*at);
		n_bits += 6;
		if (n_bits >= 8) {
			n_bits -= 8;
			out[n++] = (char)(bits >> n_bits & 0xff);
		}
	}
	return at < end && *at == '\a' ? out : "";
}
