/* Reading a theme and giving every role its style. */
#include <sulan/theme.h>

#include <ini.h>
#include <stdio.h>
#include <string.h>

#include <sulan/baked.h>
#include <sulan/error.h>

struct reader {
	struct theme *theme;
	struct str rest; /* of the text */
	unsigned line;
	const char *path;
	bool is_set[ROLE_COUNT];
	theme_warn *warn;
	void *self;
};

static void complain(struct reader *r, struct error *err)
{
	error_at(err, r->path, r->line);
	if (r->warn)
		r->warn(r->self, err);
}

/* What inih passes over in silence. */
static void check_line(struct reader *r, struct str bare)
{
	struct error err;
	char text[128];
	if (bare.len == 0 || strchr("#;[", bare.p[0]) || memchr(bare.p, '=', bare.len) ||
	    memchr(bare.p, ':', bare.len))
		return;
	snprintf(text, sizeof(text), "%.*s", (int)(bare.len < 100 ? bare.len : 100), bare.p);
	error_set(&err, ERROR_CONFIG, N_("not understood: %s"), text);
	complain(r, &err);
}

/* Hands inih one line at a time, and so knows where it is. A longer line than fits is cut. */
static char *next_line(char *buf, int size, void *stream)
{
	struct reader *r = stream;
	struct str line;
	if (!str_cut(&r->rest, '\n', &line) || (!r->rest.p && line.len == 0))
		return NULL;
	r->line++;
	line = str_trim(line); /* an indented line would go on with the one before */
	check_line(r, line);
	snprintf(buf, (size_t)size, "%.*s\n", (int)(line.len < 1000 ? line.len : 1000), line.p);
	return buf;
}

static int take_line(void *self, const char *section, const char *name, const char *value)
{
	struct reader *r = self;
	struct error err = {0};
	enum role role;
	if (strcmp(section, "roles") == 0) {
		if (!role_find(str_of(name), &role))
			error_set(&err, ERROR_CONFIG, N_("there is no role “%s”"), name);
		else
			r->is_set[role] = style_parse(str_of(value), &r->theme->styles[role], &err);
	} else if (strcmp(name, "name") == 0) {
		snprintf(r->theme->name, sizeof(r->theme->name), "%.*s",
			 (int)sizeof(r->theme->name) - 1, value);
	} else if (strcmp(name, "kind") == 0) {
		r->theme->is_light = strcmp(value, "light") == 0;
	} else {
		error_set(&err, ERROR_CONFIG, N_("“%s” is not known here"), name);
	}
	if (err.code)
		complain(r, &err);
	return 1;
}

/* Parents come before their children in the table, so one pass is enough. */
static void inherit(struct reader *r)
{
	struct style *styles = r->theme->styles;
	if (styles[ROLE_TEXT].fg.kind == COLOR_INHERIT)
		styles[ROLE_TEXT].fg.kind = COLOR_DEFAULT;
	if (styles[ROLE_TEXT].bg.kind == COLOR_INHERIT)
		styles[ROLE_TEXT].bg.kind = COLOR_DEFAULT;
	for (enum role role = 1; role < ROLE_COUNT; role++) {
		enum role parent = role_parent(role);
		/* The plain text lies below everything anyway; its colours must not hide what is
		 * between. */
		if (!r->is_set[role] && parent != ROLE_TEXT)
			styles[role] = styles[parent];
	}
}

void theme_parse(struct theme *theme, struct str text, const char *path, theme_warn *warn,
		 void *self)
{
	struct reader r = {theme, text, 0, path, {false}, warn, self};
	*theme = (struct theme){0};
	if (str_starts(text, "\xef\xbb\xbf"))
		r.rest = str_from(text, 3);
	ini_parse_stream(next_line, &r, take_line, &r);
	inherit(&r);
}

bool theme_baked(struct theme *theme, const char *name)
{
	char path[80];
	snprintf(path, sizeof(path), "themes/%.48s.theme", name);
	struct str text = baked_find(path);
	if (!text.p)
		return false;
	theme_parse(theme, text, path, NULL, NULL);
	return true;
}
