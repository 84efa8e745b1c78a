/* Where the lines of a configuration go, by the section they stand in. */
#include "sections.h"

#include <assert.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/error.h>

#define STYLES 6

static void warn(struct sections *s, struct error err, unsigned line)
{
	struct config *config = s->config;
	assert(config);
	error_at(&err, s->path, line);
	err.code = ERROR_CONFIG;
	s->warnings = arena_more(s->arena, s->warnings, config->n_warnings, &s->cap_warnings,
				 sizeof(*s->warnings));
	s->warnings[config->n_warnings++] = err;
	config->warnings = s->warnings;
}

void sections_warn(struct sections *s, unsigned line, const char *what, struct str arg)
{
	struct error err;
	/* Longer than an error holds, which cuts it at a character border. */
	arg = str_sub(arg, 0, sizeof(err.arg) + 4);
	error_set(&err, ERROR_CONFIG, what, str_dup(s->arena, arg));
	warn(s, err, line);
}

static void take_option(struct sections *s, const struct entry *e)
{
	struct error err;
	if (!options_set(&s->config->options, e->name, e->value, NULL, &err))
		warn(s, err, e->line);
}

static void take_key(struct sections *s, const struct entry *e)
{
	struct config *config = s->config;
	s->keys = arena_more(s->arena, s->keys, config->n_keys, &s->cap_keys, sizeof(*s->keys));
	s->keys[config->n_keys++] = (struct config_key){e->name, e->value, e->line};
	config->keys = s->keys;
}

static size_t find_group(struct sections *s, struct str name)
{
	struct config *config = s->config;
	for (size_t i = 0; i < config->n_groups; i++)
		if (str_eq(s->groups[i].name, name))
			return i;
	s->groups = arena_more(s->arena, s->groups, config->n_groups, &s->cap_groups,
			       sizeof(*s->groups));
	s->groups[config->n_groups] =
		(struct config_group){name, (int)(config->n_groups % STYLES) + 1, 1};
	config->groups = s->groups;
	return config->n_groups++;
}

/* "word|alias|alias" */
static void add_word(struct sections *s, size_t group, struct str text)
{
	struct config *config = s->config;
	struct str alias, canon = {0};
	while (str_cut(&text, '|', &alias)) {
		alias = str_copy(s->arena, str_trim(alias));
		if (alias.len == 0)
			continue;
		canon = canon.len ? canon : alias;
		s->words = arena_more(s->arena, s->words, config->n_keywords, &s->cap_words,
				      sizeof(*s->words));
		s->words[config->n_keywords++] = (struct config_keyword){alias, canon, group};
		config->keywords = s->words;
	}
}

static void add_words(struct sections *s, size_t group, struct str value)
{
	struct str word;
	struct strbuf ascii = strbuf_make(s->arena); /* a Chinese comma parts words as well */
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
		add_word(s, group, word);
}

/* "keyword-3" or "3"; 0 after a warning. */
static int style_of(struct sections *s, const struct entry *e)
{
	long number;
	struct str value = e->value;
	if (str_starts(value, "keyword-"))
		value = str_from(value, strlen("keyword-"));
	if (str_to_int(value, 1, STYLES, &number))
		return (int)number;
	sections_warn(s, e->line, N_("“%s” is no keyword style: keyword-1 to keyword-6"), e->value);
	return 0;
}

static void take_keyword(struct sections *s, const struct entry *e)
{
	long number;
	struct str name = e->name;
	if (str_ends(name, ".style")) {
		size_t group = find_group(s, str_sub(name, 0, name.len - strlen(".style")));
		int style = style_of(s, e);
		if (style)
			s->groups[group].style = style;
	} else if (str_ends(name, ".weight")) {
		size_t group = find_group(s, str_sub(name, 0, name.len - strlen(".weight")));
		if (str_to_int(e->value, 0, 9, &number))
			s->groups[group].weight = (int)number;
		else
			sections_warn(s, e->line, N_("“%s” is no weight: 0 to 9"), e->value);
	} else {
		add_words(s, find_group(s, name), e->value);
	}
}

static void take_tag(struct sections *s, const struct entry *e)
{
	struct config *config = s->config;
	int style = style_of(s, e);
	if (!style)
		return;
	s->tags = arena_more(s->arena, s->tags, config->n_tags, &s->cap_tags, sizeof(*s->tags));
	s->tags[config->n_tags++] = (struct config_tag){e->name, style};
	config->tags = s->tags;
}

static void take_view(struct sections *s, const struct entry *e)
{
	struct config *config = s->config;
	s->views =
		arena_more(s->arena, s->views, config->n_views, &s->cap_views, sizeof(*s->views));
	s->views[config->n_views++] = (struct config_view){e->name, e->value, e->line};
	config->views = s->views;
}

static void take_open(struct sections *s, const struct entry *e)
{
	struct config_open *to = &s->config->open;
	if (str_is(e->name, "command")) {
		to->command = e->value;
	} else if (str_is(e->name, "remote")) {
		to->remote = e->value;
	} else if (str_find(e->name, STR("."), 0) == STR_NOT_FOUND || e->value.len == 0) {
		sections_warn(
			s, e->line,
			N_("“%s” is not known here: command, remote or a host with a dot in it"),
			e->name);
	} else {
		s->hosts = arena_more(s->arena, s->hosts, to->n_hosts, &s->cap_hosts,
				      sizeof(*s->hosts));
		s->hosts[to->n_hosts++] = (struct config_host){e->name, e->value};
		to->hosts = s->hosts;
	}
}

static void add_command(struct sections *s, const struct str **commands, size_t *n, size_t *cap,
			struct str command)
{
	struct str *more =
		arena_more(s->arena, (struct str *)*commands, *n, cap, sizeof(**commands));
	more[(*n)++] = command;
	*commands = more;
}

static void take_sync(struct sections *s, const struct entry *e)
{
	struct config_sync *sync = &s->config->sync;
	if (str_is(e->name, "folder"))
		sync->folder = e->value;
	else if (str_is(e->name, "before"))
		add_command(s, &sync->before, &sync->n_before, &s->cap_before, e->value);
	else if (str_is(e->name, "after"))
		add_command(s, &sync->after, &sync->n_after, &s->cap_after, e->value);
	else
		sections_warn(s, e->line, N_("“%s” is not known here"), e->name);
}

static void take_label(struct sections *s, const struct entry *e)
{
	struct error err;
	if (!profiles_take_label(&s->profiles, e->name, e->value, &err))
		warn(s, err, e->line);
}

/* Behind the first word of the section. */
static struct str name_of(const struct entry *e)
{
	return str_trim(str_from(e->section, str_find(e->section, STR(" "), 0)));
}

static void take_profile(struct sections *s, const struct entry *e)
{
	struct error err;
	if (!profiles_take(&s->profiles, name_of(e), e->name, e->value, &err))
		warn(s, err, e->line);
}

static struct config_publication *find_publication(struct sections *s, struct str name)
{
	struct config *config = s->config;
	for (size_t i = 0; i < config->n_publications; i++)
		if (str_eq(s->publications[i].name, name))
			return &s->publications[i];
	s->publications = arena_more(s->arena, s->publications, config->n_publications,
				     &s->cap_publications, sizeof(*s->publications));
	s->publications[config->n_publications] = (struct config_publication){.name = name};
	config->publications = s->publications;
	return &s->publications[config->n_publications++];
}

static void take_publication(struct sections *s, const struct entry *e)
{
	if (str_is(e->name, "path")) {
		find_publication(s, name_of(e))->path = e->value;
		return;
	}
	for (enum config_source i = SOURCE_URL; i <= SOURCE_COMMAND; i++) {
		if (!str_is(e->name, config_source_name(i)))
			continue;
		struct config_publication *publication = find_publication(s, name_of(e));
		if (publication->source != SOURCE_NONE)
			sections_warn(s, e->line, N_("a publication has one source; “%s” is taken"),
				      e->name);
		publication->source = i;
		publication->address = e->value;
		return;
	}
	sections_warn(s, e->line, N_("“%s” is not known here"), e->name);
}

static const struct section {
	const char *name; /* ends in a blank where a name of its own follows */
	void (*take)(struct sections *s, const struct entry *e);
} section_table[] = {
	{"", take_option},
	{"options", take_option},
	{"keys", take_key},
	{"keywords", take_keyword},
	{"tags", take_tag},
	{"views", take_view},
	{"open", take_open},
	{"sync", take_sync},
	{"labels", take_label},
	{"profile ", take_profile},
	{"publication ", take_publication},
};

void sections_take(struct sections *s, const struct entry *e)
{
	for (size_t i = 0; i < sizeof(section_table) / sizeof(*section_table); i++) {
		const struct section *section = &section_table[i];
		size_t len = strlen(section->name);
		bool has_name = len && section->name[len - 1] == ' ';
		if (has_name ? str_starts(e->section, section->name)
			     : str_is(e->section, section->name)) {
			section->take(s, e);
			return;
		}
	}
	sections_warn(s, e->line, N_("there is no section [%s]"), e->section);
}
