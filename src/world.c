/* Environment, home and locale. */
#include "world.h"

#include <glob.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/baked.h>
#include <sulan/file.h>
#include <sulan/words.h>

#include "looks.h"

const char *world_env(const char *name)
{
	const char *value = getenv(name);
	return value ? value : "";
}

/* The folder of ours in the one that the variable names, else in that of the home; relative paths
 * do not count (XDG base directories). NULL when there is none. */
static const char *xdg_dir(struct arena *arena, const char *variable, const char *in_home)
{
	if (world_env(variable)[0] == '/')
		return arena_printf(arena, "%s/sulan", world_env(variable));
	if (world_env("HOME")[0] == '/')
		return arena_printf(arena, "%s/%s/sulan", world_env("HOME"), in_home);
	return NULL;
}

/* The same, or the folder of --library; NULL where that keeps nothing. */
static const char *library_dir(struct arena *arena, const char *library, const char *variable,
			       const char *in_home)
{
	if (library)
		return strcmp(library, ":memory:") == 0 ? NULL : library;
	return xdg_dir(arena, variable, in_home);
}

/* The first of LC_ALL, LC_MESSAGES, LANG that is set; where it names no language, Chinese, the
 * language of the first readers. */
static const char *find_lang(const struct world *world)
{
	static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
	const char *lang = world->config->options.lang;
	if (world->args->lang)
		return world->args->lang;
	if (strcmp(lang, "auto") != 0)
		return lang;
	for (size_t i = 0; i < 3; i++) {
		lang = world_env(names[i]);
		if (*lang)
			break;
	}
	if (!*lang || strcmp(lang, "C") == 0 || strcmp(lang, "POSIX") == 0 ||
	    strncmp(lang, "C.", 2) == 0)
		return "zh_CN";
	return lang;
}

static bool read_config(struct world *world, struct error *err)
{
	const char *path = world->args->config;
	struct str text = {0};
	struct stat st;
	if (!path && world->config_dir) {
		path = arena_printf(world->arena, "%s/config.ini", world->config_dir);
		if (stat(path, &st) != 0)
			path = NULL;
	}
	world->config_path = path;
	bool is_read = !path || file_read(path, world->arena, &text, err);
	if (!is_read && world->args->config) {
		err->code = ERROR_USAGE;
		return false;
	}
	struct config *config = arena_alloc(world->arena, sizeof(*config));
	*config = *config_read(world->arena, is_read ? text : (struct str){0}, path ? path : "");
	world->config = config;
	if (!is_read)
		world_complain(world, err);
	config->profiles.chosen = str_of(world->args->profile);
	if (!world->args->profile || profile_named(&config->profiles, config->profiles.chosen))
		return true;
	return error_set(err, ERROR_USAGE, N_("the configuration has no [profile %s]"),
			 world->args->profile);
}

bool world_open(struct world *world, const struct args *args, struct error *err)
{
	*world = (struct world){.arena = arena_new(), .args = args};
	world->config_dir = xdg_dir(world->arena, "XDG_CONFIG_HOME", ".config");
	world->data_dir = library_dir(world->arena, args->library, "XDG_DATA_HOME", ".local/share");
	/* What is in it can be made again. */
	const char *cache_dir =
		library_dir(world->arena, args->library, "XDG_CACHE_HOME", ".cache");
	world->index_path =
		cache_dir ? arena_printf(world->arena, "%s/index.db", cache_dir) : ":memory:";
	world->folders_cache =
		cache_dir ? arena_printf(world->arena, "%s/folders.cache", cache_dir) : NULL;
	world->state_cache =
		cache_dir ? arena_printf(world->arena, "%s/state.cache", cache_dir) : NULL;
	if (!read_config(world, err))
		return false;
	world->words = words_for(world->arena, find_lang(world));
	world->theme_names = looks_theme_names(world);
	return true;
}

void world_close(struct world *world)
{
	arena_free(world->arena);
}

const char *world_word(const struct world *world, const char *english)
{
	return words_get(world->words, english);
}

/* Paths and arguments may hold anything: what goes to the terminal is their display form. */
void world_complain(const struct world *world, const struct error *err)
{
	char text[1024];
	struct text_policy policy = TEXT_POLICY_DEFAULT;
	error_text(err, world_word(world, err->what), text, sizeof(text));
	struct str shown = text_show(world->arena, str_of(text), &policy);
	fprintf(stderr, "sulan: %.*s\n", (int)shown.len, shown.p);
}

const char *world_path(const struct world *world, struct str path)
{
	const char *text = str_dup(world->arena, path);
	if (str_starts(path, "~/") && world_env("HOME")[0] == '/')
		return arena_printf(world->arena, "%s%s", world_env("HOME"), text + 1);
	return text;
}

void world_make_folders(const struct world *world, const char *file)
{
	char *path = str_dup(world->arena, str_of(file));
	for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0700);
		*slash = '/';
	}
}

/* A name that is one folder's, whatever the publication is called. */
static const char *folder_name(struct arena *arena, struct str name)
{
	char *text = str_dup(arena, name);
	for (char *p = text; *p; p++)
		if (*p == '/' || (unsigned char)*p < ' ' || (p == text && *p == '.'))
			*p = '_';
	return *text ? text : "_";
}

const char *world_publication_dir(const struct world *world,
				  const struct config_publication *publication)
{
	if (publication->path.len)
		return world_path(world, publication->path);
	if (!world->data_dir || publication->source == SOURCE_NONE)
		return NULL;
	return arena_printf(world->arena, "%s/sources/%s", world->data_dir,
			    folder_name(world->arena, publication->name));
}

struct date world_today(void)
{
	time_t now = time(NULL);
	struct tm local;
	if (!localtime_r(&now, &local))
		return (struct date){0};
	return (struct date){(short)(local.tm_year + 1900), (signed char)(local.tm_mon + 1),
			     (signed char)local.tm_mday};
}

unsigned long long world_now_ms(void *self)
{
	struct timespec now;
	(void)self;
	clock_gettime(CLOCK_REALTIME, &now);
	return (unsigned long long)now.tv_sec * 1000 + (unsigned long long)now.tv_nsec / 1000000;
}

const char *world_device_name(struct arena *arena)
{
	char host[33] = "";
	unsigned long long digits = 0;
	gethostname(host, sizeof(host) - 1);
	for (char *p = host; *p; p++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", *p))
			*p = '-';
	if (getrandom(&digits, sizeof(digits), 0) != sizeof(digits))
		digits = world_now_ms(NULL) << 16 ^ (unsigned long long)getpid();
	return arena_printf(arena, "%s-%012llx", *host ? host : "device", digits >> 16);
}

bool world_is_utf8(void)
{
	locale_t locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
	bool is_utf8 = locale && strcmp(nl_langinfo_l(CODESET, locale), "UTF-8") == 0;
	if (locale)
		freelocale(locale);
	return is_utf8;
}

void world_set_locale(void)
{
	if (setlocale(LC_CTYPE, "") && strcmp(nl_langinfo(CODESET), "ANSI_X3.4-1968") != 0)
		return;
	if (!setlocale(LC_CTYPE, "C.UTF-8"))
		setlocale(LC_CTYPE, "en_US.UTF-8");
}
