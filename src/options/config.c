/* Reading the configuration by inih. Its lines are short (200 bytes), so a longer one is handed to
 * it in pieces, as the continuation lines it knows; that is also how each line's number is known.
 * Section names (50 bytes there) and comments are taken off before. */
#include <sulan/config.h>

#include <assert.h>
#include <ini.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/baked.h>
#include <sulan/error.h>

#include "profiles.h"

#define STYLES     6
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
	struct config *config;
	const char *path;
	struct str rest;  /* lines not yet handed over */
	struct str piece; /* what is left of the line at hand */
	unsigned line;
	enum join join; /* what was handed over last */
	bool has_keywords;
	/* The line being put together. */
	struct str section, name;
	struct strbuf value;
	unsigned value_line;
	size_t cap_keys, cap_words, cap_groups, cap_publications, cap_warnings;
	struct config_key *keys;
	struct config_keyword *words;
	struct config_group *groups;
	struct config_publication *publications;
	struct config_view *views;
	size_t cap_views;
	struct config_host *hosts;
	size_t cap_hosts;
	struct profiles_reader profiles;
	struct error *warnings;
};

static void warn(struct reader *r, struct error err, unsigned line)
{
	struct config *config = r->config;
	assert(config);
	error_at(&err, r->path, line);
	err.code = ERROR_CONFIG;
	r->warnings = arena_more(r->arena, r->warnings, config->n_warnings, &r->cap_warnings,
				 sizeof(*r->warnings));
	r->warnings[config->n_warnings++] = err;
	config->warnings = r->warnings;
}

static void warn_of(struct reader *r, unsigned line, const char *what, struct str arg)
{
	struct error err;
	/* Longer than an error holds, which cuts it at a character border. */
	arg = str_sub(arg, 0, sizeof(err.arg) + 4);
	error_set(&err, ERROR_CONFIG, what, str_dup(r->arena, arg));
	warn(r, err, line);
}

static size_t find_group(struct reader *r, struct str name)
{
	struct config *config = r->config;
	for (size_t i = 0; i < config->n_groups; i++)
		if (str_eq(r->groups[i].name, name))
			return i;
	r->groups = arena_more(r->arena, r->groups, config->n_groups, &r->cap_groups,
			       sizeof(*r->groups));
	r->groups[config->n_groups] = (struct config_group){
		str_copy(r->arena, name), (int)(config->n_groups % STYLES) + 1, 1};
	config->groups = r->groups;
	return config->n_groups++;
}

/* "word|alias|alias" */
static void add_word(struct reader *r, size_t group, struct str text)
{
	struct config *config = r->config;
	struct str alias, canon = {0};
	while (str_cut(&text, '|', &alias)) {
		alias = str_copy(r->arena, str_trim(alias));
		if (alias.len == 0)
			continue;
		canon = canon.len ? canon : alias;
		r->words = arena_more(r->arena, r->words, config->n_keywords, &r->cap_words,
				      sizeof(*r->words));
		r->words[config->n_keywords++] = (struct config_keyword){alias, canon, group};
		config->keywords = r->words;
	}
}

static void add_words(struct reader *r, size_t group, struct str value)
{
	struct str word;
	struct strbuf ascii = strbuf_make(r->arena); /* a Chinese comma parts words as well */
	for (size_t i = 0; i < value.len; i++) {
		if (str_starts(str_from(value, i), "，") || str_starts(str_from(value, i), "、")) {
			strbuf_putc(&ascii, ',');
			i += 2;
		} else {
			strbuf_putc(&ascii, value.p[i]);
		}
	}
	value = strbuf_str(&ascii);
	while (str_cut(&value, ',', &word))
		add_word(r, group, word);
}

static void take_keyword(struct reader *r, struct str name, struct str value)
{
	long number;
	bool is_style = str_ends(name, ".style"), is_weight = str_ends(name, ".weight");
	if (!is_style && !is_weight) {
		add_words(r, find_group(r, name), value);
		return;
	}
	size_t group = find_group(r, str_sub(name, 0, name.len - (is_style ? 6 : 7)));
	if (is_style && str_starts(value, "keyword-"))
		value = str_from(value, 8);
	if (!str_to_int(value, is_style ? 1 : 0, is_style ? STYLES : 9, &number))
		warn_of(r, r->value_line,
			is_style ? N_("“%s” is no keyword style: keyword-1 to keyword-6")
				 : N_("“%s” is no weight: 0 to 9"),
			value);
	else if (is_style)
		r->groups[group].style = (int)number;
	else
		r->groups[group].weight = (int)number;
}

static const char *const source_names[] = {"", "url", "feed", "git", "command"};

const char *config_source_name(enum config_source source)
{
	return source_names[source];
}

/* The publication of the present section. */
static struct config_publication *find_publication(struct reader *r)
{
	struct config *config = r->config;
	struct str name = str_trim(str_from(r->section, strlen("publication")));
	for (size_t i = 0; i < config->n_publications; i++)
		if (str_eq(r->publications[i].name, name))
			return &r->publications[i];
	r->publications = arena_more(r->arena, r->publications, config->n_publications,
				     &r->cap_publications, sizeof(*r->publications));
	r->publications[config->n_publications] =
		(struct config_publication){.name = str_copy(r->arena, name)};
	config->publications = r->publications;
	return &r->publications[config->n_publications++];
}

static void take_publication(struct reader *r, struct str name, struct str value)
{
	if (str_is(name, "path")) {
		find_publication(r)->path = str_copy(r->arena, value);
		return;
	}
	for (size_t i = SOURCE_URL; i <= SOURCE_COMMAND; i++) {
		if (!str_is(name, source_names[i]))
			continue;
		struct config_publication *publication = find_publication(r);
		if (publication->source != SOURCE_NONE)
			warn_of(r, r->value_line, N_("a publication has one source; “%s” is taken"),
				name);
		publication->source = (enum config_source)i;
		publication->address = str_copy(r->arena, value);
		return;
	}
	warn_of(r, r->value_line, N_("“%s” is not known here"), name);
}

static void take_view(struct reader *r, struct str name, struct str value)
{
	struct config *config = r->config;
	r->views =
		arena_more(r->arena, r->views, config->n_views, &r->cap_views, sizeof(*r->views));
	r->views[config->n_views++] = (struct config_view){name, str_copy(r->arena, value)};
	config->views = r->views;
}

bool config_find_view(const struct config *config, struct str name, struct str *filter)
{
	for (size_t i = config->n_views; i > 0; i--) { /* the last of a name holds */
		if (!str_eq(config->views[i - 1].name, name))
			continue;
		*filter = config->views[i - 1].filter;
		return true;
	}
	return false;
}

static void take_sync(struct reader *r, struct str name, struct str value)
{
	struct config_sync *sync = &r->config->sync;
	struct str *place = str_is(name, "folder")   ? &sync->folder
			    : str_is(name, "before") ? &sync->before
			    : str_is(name, "after")  ? &sync->after
						     : NULL;
	if (place)
		*place = str_copy(r->arena, value);
	else
		warn_of(r, r->value_line, N_("“%s” is not known here"), name);
}

static void take_open(struct reader *r, struct str name, struct str value)
{
	struct config_open *to = &r->config->open;
	if (str_is(name, "command")) {
		to->command = str_copy(r->arena, value);
	} else if (str_is(name, "remote")) {
		to->remote = str_copy(r->arena, value);
	} else if (str_find(name, STR("."), 0) == STR_NOT_FOUND || value.len == 0) {
		warn_of(r, r->value_line,
			N_("“%s” is not known here: command, remote or a host with a dot in it"),
			name);
	} else {
		r->hosts = arena_more(r->arena, r->hosts, to->n_hosts, &r->cap_hosts,
				      sizeof(*r->hosts));
		r->hosts[to->n_hosts++] = (struct config_host){name, str_copy(r->arena, value)};
		to->hosts = r->hosts;
	}
}

struct str config_way_for(const struct config *config, struct str host)
{
	const struct config_host *best = NULL;
	for (size_t i = 0; i < config->open.n_hosts; i++) {
		const struct config_host *rule = &config->open.hosts[i];
		size_t len = rule->host.len;
		if (len > host.len || !str_same_ascii(str_from(host, host.len - len), rule->host) ||
		    (len < host.len && host.p[host.len - len - 1] != '.'))
			continue;
		if (!best || len >= best->host.len) /* the last of a host holds */
			best = rule;
	}
	return best ? best->way : (struct str){NULL, 0};
}

static void take_key(struct reader *r, struct str name, struct str value)
{
	struct config *config = r->config;
	r->keys = arena_more(r->arena, r->keys, config->n_keys, &r->cap_keys, sizeof(*r->keys));
	r->keys[config->n_keys++] =
		(struct config_key){name, str_copy(r->arena, value), r->value_line};
	config->keys = r->keys;
}

/* The value is whole: put it where it belongs. */
static void finish_value(struct reader *r)
{
	struct error err;
	struct str name = r->name, value = str_trim(strbuf_str(&r->value));
	if (!name.p)
		return;
	if (r->section.len == 0 || str_is(r->section, "options")) {
		if (!options_set(&r->config->options, name, value, NULL, &err))
			warn(r, err, r->value_line);
	} else if (str_is(r->section, "keys")) {
		take_key(r, name, value);
	} else if (str_is(r->section, "keywords")) {
		take_keyword(r, name, value);
	} else if (str_is(r->section, "views")) {
		take_view(r, name, value);
	} else if (str_is(r->section, "open")) {
		take_open(r, name, value);
	} else if (str_is(r->section, "sync")) {
		take_sync(r, name, value);
	} else if (str_is(r->section, "labels")) {
		if (!profiles_take_label(&r->profiles, name, value, &err))
			warn(r, err, r->value_line);
	} else if (str_starts(r->section, "profile ")) {
		struct str profile = str_trim(str_from(r->section, strlen("profile")));
		if (!profiles_take(&r->profiles, profile, name, value, &err))
			warn(r, err, r->value_line);
	} else if (str_starts(r->section, "publication ")) {
		take_publication(r, name, value);
	} else {
		warn_of(r, r->value_line, N_("there is no section [%s]"), r->section);
	}
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
		warn_of(r, r->line, N_("the section's “]” is missing: %s"), bare);
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
	warn_of(r, r->line, N_("not understood: %s"), bare);
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
	r->path = path;
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
			   .config = config,
			   .profiles = {.arena = arena, .out = &config->profiles}};
	options_init(&config->options);
	read_text(&r, text, path);
	/* The standard watchlist is the sample's; its other lines are comments. */
	if (!r.has_keywords)
		read_text(&r, baked_find("man/config.ini"), "config.ini");
	return config;
}
