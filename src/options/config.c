/* Reading the configuration by inih. Its lines are short (200 bytes), so a longer one is handed to
 * it in pieces, as the continuation lines it knows; that is also how each line's number is known.
 * Section names (50 bytes there) and comments are taken off before. */
#include <sulan/config.h>

#include <ini.h>
#include <stdio.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/baked.h>
#include <sulan/error.h>

#include "sections.h"

#define NAME_BYTES 150 /* of a line's name, so that it is in the first piece whole */

/* Stands at both sides of a cut, where inih would take white space or a comment's sign. */
#define GUARD '\x01'

enum join {
	JOIN_NONE,  /* a line of its own */
	JOIN_LINE,  /* an indented one: goes on with the value above */
	JOIN_PIECE, /* goes on with the piece before, without a space */
};

struct reader {
	struct arena *arena;
	struct sections sections;
	struct str rest;  /* lines not yet handed over */
	struct str piece; /* what is left of the line at hand */
	unsigned line;
	enum join join; /* what was handed over last */
	bool has_keywords;
	/* The line being put together. */
	struct str section, name;
	struct strbuf value;
	unsigned value_line;
};

/* The value is whole. */
static void finish_value(struct reader *r)
{
	struct str value = str_copy(r->arena, str_trim(strbuf_str(&r->value)));
	struct entry entry = {r->section, r->name, value, r->value_line};
	if (r->name.p)
		sections_take(&r->sections, &entry);
	r->name = (struct str){0};
}

static int take_line(void *self, const char *section, const char *name, const char *value)
{
	struct reader *r = self;
	struct str part = str_of(value);
	(void)section;
	if (r->piece.len && part.len && part.p[part.len - 1] == GUARD)
		part.len--;
	if (r->join == JOIN_NONE) {
		finish_value(r);
		r->name = str_copy(r->arena, str_of(name));
		r->value = strbuf_make(r->arena);
		r->value_line = r->line;
	} else if (r->join == JOIN_LINE) {
		strbuf_putc(&r->value, ' ');
	} else if (part.len && part.p[0] == GUARD) {
		part = str_from(part, 1);
	}
	strbuf_put(&r->value, part);
	return 1;
}

/* Up to a NUL, which would hide what is behind it, or a comment. */
static struct str without_comment(struct str line)
{
	struct str bare = str_trim(line);
	if (str_starts(bare, "#") || str_starts(bare, ";"))
		return (struct str){0};
	for (size_t i = 0; i < line.len; i++) {
		bool is_blank_before = i && (line.p[i - 1] == ' ' || line.p[i - 1] == '\t');
		if (line.p[i] == '\0' || (line.p[i] == ';' && is_blank_before))
			line.len = i;
	}
	return line;
}

/* "[name]": inih gets an empty one, so that it forgets the value before. */
static struct str enter_section(struct reader *r, struct str bare)
{
	size_t end = str_find(bare, STR("]"), 0);
	if (end == STR_NOT_FOUND) {
		sections_warn(&r->sections, r->line, N_("the section's “]” is missing: %s"), bare);
		return (struct str){0};
	}
	finish_value(r);
	r->section = str_copy(r->arena, str_trim(str_sub(bare, 1, end - 1)));
	r->has_keywords |= str_is(r->section, "keywords");
	return STR("[]");
}

/* What inih shall see of a line: nothing of one that it would pass over in silence. */
static struct str look_at_line(struct reader *r, struct str line)
{
	line = without_comment(line);
	struct str bare = str_trim(line), head = str_sub(bare, 0, NAME_BYTES);
	bool is_indented = line.len && (line.p[0] == ' ' || line.p[0] == '\t');
	r->join = is_indented && r->name.p ? JOIN_LINE : JOIN_NONE;
	if (str_starts(bare, "[")) {
		r->join = JOIN_NONE;
		return enter_section(r, bare);
	}
	if (r->join == JOIN_LINE || bare.len == 0)
		return bare;
	bool has_sign = str_find(head, STR("="), 0) != STR_NOT_FOUND ||
			str_find(head, STR(":"), 0) != STR_NOT_FOUND;
	if (has_sign && bare.p[0] != '=' && bare.p[0] != ':')
		return bare;
	sections_warn(&r->sections, r->line, N_("not understood: %s"), bare);
	return (struct str){0};
}

static char *next_line(char *buf, int size, void *stream)
{
	static const char *const before[] = {"", " ", " \x01"};
	struct reader *r = stream;
	struct str line;
	if (r->piece.len)
		r->join = JOIN_PIECE;
	while (r->piece.len == 0) {
		if (!str_cut(&r->rest, '\n', &line) || (!r->rest.p && line.len == 0))
			return NULL;
		r->line++;
		r->piece = look_at_line(r, line);
	}
	line = str_sub(r->piece, 0, (size_t)size - 5); /* two before, a guard, LF and NUL */
	r->piece = str_from(r->piece, line.len);
	snprintf(buf, (size_t)size, "%s%.*s%s\n", before[r->join], (int)line.len, line.p,
		 r->piece.len ? "\x01" : "");
	return buf;
}

static void read_text(struct reader *r, struct str text, const char *path)
{
	r->sections.path = path;
	r->line = 0;
	r->section = (struct str){0};
	r->rest = str_starts(text, "\xef\xbb\xbf") ? str_from(text, 3) : text;
	ini_parse_stream(next_line, r, take_line, r);
	finish_value(r);
}

const struct config *config_read(struct arena *arena, struct str text, const char *path)
{
	struct config *config = arena_alloc(arena, sizeof(*config));
	struct reader r = {.arena = arena,
			   .sections = {.arena = arena,
					.config = config,
					.profiles = {.arena = arena, .out = &config->profiles}}};
	options_init(&config->options);
	read_text(&r, text, path);
	/* The standard watchlist is the sample's; its other lines are comments. */
	if (!r.has_keywords)
		read_text(&r, baked_find("man/config.ini"), "config.ini");
	return config;
}
