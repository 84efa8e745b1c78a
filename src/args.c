/* Reading the command line by getopt_long. */
#include "args.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sulan/str.h>

const char *const args_help =
	N_("Usage: sulan [OPTION]... [PATH|-]...\n"
	   "       sulan print [--width N] [--format FORMAT] [PATH|-]...\n"
	   "       sulan list [--state] [--format FORMAT] [FILTER]... [-- PATH...]\n"
	   "       sulan export [--whole] [--format FORMAT] [-o FILE [--force]]\n"
	   "                    [FILTER]... [-- PATH...]\n"
	   "       sulan search [--rank] [--format FORMAT] WORD... [-- PATH...]\n"
	   "       sulan related [--format FORMAT] STORY-ID [-- PATH...]\n"
	   "       sulan trend [--by SPAN] [--format FORMAT] [WORD]... [-- PATH...]\n"
	   "       sulan import [PATH]...\n"
	   "       sulan mark VERB [TEXT] STORY-ID... [-- PATH...]\n"
	   "       sulan sync\n"
	   "       sulan fetch [NAME]...\n"
	   "       sulan check PATH...\n"
	   "       sulan doctor [ADDRESS]...\n"
	   "       sulan keys | options | themes [--roles]\n"
	   "\n"
	   "Read daily briefings kept as Markdown: a file is an issue, which holds stories.\n"
	   "PATH is a file or a folder of files; - is standard input. Without one, the\n"
	   "newest issue of the configured or the present folder is opened, else a sample.\n"
	   "Without a terminal on standard output, reading is the same as printing.\n"
	   "\n"
	   "  -C, --config FILE    read this configuration instead of the usual one\n"
	   "      --library DIR    where marks and index are kept; :memory: keeps none\n"
	   "      --theme NAME     ink, paper, contrast, mono, … or a file\n"
	   "      --lang LANG      zh_CN or en\n"
	   "      --profile NAME   read issues as [profile NAME] of the configuration says\n"
	   "      --width N        columns to print at\n"
	   "      --format FORMAT  print: text, ansi, markdown, html, json\n"
	   "                       export: md, json, tsv\n"
	   "                       list, search, related, trend: table, tsv, json\n"
	   "      --state          list: marks, tags and notes as well in TSV\n"
	   "  -o, --output FILE    export: write this file, which must not be there yet\n"
	   "      --force          export: replace the file\n"
	   "      --whole          export: all text of the stories in Markdown\n"
	   "      --rank           search: the best first, not the newest\n"
	   "      --by SPAN        trend: day, week or month\n"
	   "      --roles          themes: what a theme gives styles to\n"
	   "  -h, --help           this text\n"
	   "      --version        the version\n"
	   "\n"
	   "In the reader, ? shows the keys and q quits. The manual: man sulan.\n"
	   "Exit status: 0 done, 1 nothing matched, 2 usage or terminal, 3 an input could\n"
	   "not be read (the others were), 4 trouble with the library.\n");

enum long_option {
	OPT_LIBRARY = 256,
	OPT_THEME,
	OPT_LANG,
	OPT_PROFILE,
	OPT_WIDTH,
	OPT_FORMAT,
	OPT_ROLES,
	OPT_STATE,
	OPT_RANK,
	OPT_BY,
	OPT_FORCE,
	OPT_WHOLE,
	OPT_VERSION
};

/* As getopt has them: a colon behind those that take a value. */
#define SHORT_OPTIONS "C:ho:"

static const struct option long_options[] = {
	{"config", required_argument, NULL, 'C'},
	{"library", required_argument, NULL, OPT_LIBRARY},
	{"theme", required_argument, NULL, OPT_THEME},
	{"lang", required_argument, NULL, OPT_LANG},
	{"profile", required_argument, NULL, OPT_PROFILE},
	{"width", required_argument, NULL, OPT_WIDTH},
	{"format", required_argument, NULL, OPT_FORMAT},
	{"roles", no_argument, NULL, OPT_ROLES},
	{"state", no_argument, NULL, OPT_STATE},
	{"rank", no_argument, NULL, OPT_RANK},
	{"by", required_argument, NULL, OPT_BY},
	{"output", required_argument, NULL, 'o'},
	{"force", no_argument, NULL, OPT_FORCE},
	{"whole", no_argument, NULL, OPT_WHOLE},
	{"help", no_argument, NULL, 'h'},
	{"version", no_argument, NULL, OPT_VERSION},
	{NULL, 0, NULL, 0},
};

static bool take_width(struct args *args, struct error *err)
{
	long width;
	if (!str_to_int(str_of(optarg), 1, 9999, &width))
		return error_set(err, ERROR_USAGE,
				 N_("--width takes a number from 1 to 9999, not “%s”"), optarg);
	args->width = (int)width;
	return true;
}

/* An empty name would be the root of the file system. */
static bool take_library(struct args *args, struct error *err)
{
	args->library = optarg;
	return *optarg ||
	       error_set(err, ERROR_USAGE, N_("%s needs a value; see sulan --help"), "--library");
}

static bool take_by(struct args *args, struct error *err)
{
	args->by = optarg;
	return strcmp(optarg, "day") == 0 || strcmp(optarg, "week") == 0 ||
	       strcmp(optarg, "month") == 0 ||
	       error_set(err, ERROR_USAGE, N_("--by takes day, week or month, not “%s”"), optarg);
}

static bool take_option(struct args *args, int option, const char *word, struct error *err)
{
	switch (option) {
	case 'C':
		args->config = optarg;
		return true;
	case OPT_LIBRARY:
		return take_library(args, err);
	case OPT_THEME:
		args->theme = optarg;
		return true;
	case OPT_LANG:
		args->lang = optarg;
		return true;
	case OPT_PROFILE:
		args->profile = optarg;
		return true;
	case OPT_WIDTH:
		return take_width(args, err);
	case OPT_FORMAT:
		args->format = optarg;
		return true;
	case OPT_STATE:
		args->has_state = true;
		return true;
	case OPT_RANK:
		args->is_ranked = true;
		return true;
	case 'o':
		args->output = optarg;
		return true;
	case OPT_FORCE:
		args->is_forced = true;
		return true;
	case OPT_WHOLE:
		args->is_whole = true;
		return true;
	case OPT_BY:
		return take_by(args, err);
	case OPT_ROLES:
		args->has_roles = true;
		return true;
	case 'h':
		args->mode = MODE_HELP;
		return true;
	case OPT_VERSION:
		args->mode = MODE_VERSION;
		return true;
	case ':':
		return error_set(err, ERROR_USAGE, N_("%s needs a value; see sulan --help"), word);
	default:
		return error_set(err, ERROR_USAGE, N_("there is no option %s; see sulan --help"),
				 word);
	}
}

/* Options from argv[1] on; `order` is "+" to stop at the first other word. optind is where they
 * end. */
static bool take_options(int argc, char **argv, const char *order, struct args *args,
			 struct error *err)
{
	char letters[12];
	snprintf(letters, sizeof(letters), "%s:" SHORT_OPTIONS, order);
	optind = 0;
	opterr = 0;
	for (int option; (option = getopt_long(argc, argv, letters, long_options, NULL)) != -1;) {
		const char *word = optind > 0 && optind <= argc ? argv[optind - 1] : "";
		if (!take_option(args, option, word, err))
			return false;
	}
	return true;
}

static bool find_mode(const char *word, enum mode *mode)
{
	static const struct {
		const char *name;
		enum mode mode;
	} modes[] = {
		{"print", MODE_PRINT},     {"list", MODE_LIST},     {"export", MODE_EXPORT},
		{"check", MODE_CHECK},     {"mark", MODE_MARK},     {"sync", MODE_SYNC},
		{"import", MODE_IMPORT},   {"search", MODE_SEARCH}, {"related", MODE_RELATED},
		{"trend", MODE_TREND},     {"fetch", MODE_FETCH},   {"keys", MODE_KEYS},
		{"options", MODE_OPTIONS}, {"themes", MODE_THEMES}, {"doctor", MODE_DOCTOR},
	};
	for (size_t i = 0; i < sizeof(modes) / sizeof(*modes); i++) {
		if (strcmp(word, modes[i].name) == 0) {
			*mode = modes[i].mode;
			return true;
		}
	}
	return false;
}

/* A word with one minus is a term that shall not hold, but for the options that are written so. */
static bool is_negated_term(const char *word)
{
	bool is_option = word[0] == '-' && word[1] && !word[2] && strchr(SHORT_OPTIONS, word[1]);
	return word[0] == '-' && word[1] && word[1] != '-' && !is_option;
}

/* Filters are words up to "--"; what stands behind it are paths. A filter may begin with a minus,
 * so options must come first. */
static bool take_list(int argc, char **argv, struct args *args, struct error *err)
{
	int n_options = 1;
	while (n_options < argc && !is_negated_term(argv[n_options]))
		n_options++;
	if (!take_options(n_options, argv, "+", args, err))
		return false;
	bool is_ended = optind > 1 && strcmp(argv[optind - 1], "--") == 0;
	int at = optind;
	args->filters = argv + at;
	while (!is_ended && at < argc && strcmp(argv[at], "--") != 0)
		at++;
	args->n_filters = at - optind;
	at += !is_ended && at < argc;
	args->paths = argv + at;
	args->n_paths = argc - at;
	return true;
}

static bool is_format_known(const struct args *args)
{
	static const char *const prints[] = {"text", "ansi", "markdown", "html", "json", NULL};
	static const char *const lists[] = {"table", "tsv", "json", NULL};
	static const char *const exports[] = {"md", "json", "tsv", NULL};
	if (!args->format)
		return true;
	bool is_list = args->mode == MODE_LIST || args->mode == MODE_SEARCH ||
		       args->mode == MODE_RELATED || args->mode == MODE_TREND;
	const char *const *f = args->mode == MODE_EXPORT ? exports : is_list ? lists : prints;
	for (; *f; f++)
		if (strcmp(args->format, *f) == 0)
			return true;
	return false;
}

bool args_read(int argc, char **argv, struct args *out, struct error *err)
{
	*out = (struct args){.mode = MODE_READ};
	if (!take_options(argc, argv, "+", out, err))
		return false;
	if (out->mode != MODE_READ)
		return true;
	int at = optind;
	bool is_ended = at > 1 && strcmp(argv[at - 1], "--") == 0;
	enum mode mode = MODE_READ;
	if (!is_ended && at < argc && find_mode(argv[at], &mode)) {
		out->mode = mode;
		at++;
	}
	/* The rest begins behind a word that stands for the program's name. */
	argc -= at - 1;
	argv += at - 1;
	if (out->mode == MODE_LIST || out->mode == MODE_EXPORT || out->mode == MODE_MARK ||
	    out->mode == MODE_SEARCH || out->mode == MODE_RELATED || out->mode == MODE_TREND) {
		if (!take_list(argc, argv, out, err))
			return false;
	} else if (is_ended) {
		out->paths = argv + 1;
		out->n_paths = argc - 1;
	} else {
		if (!take_options(argc, argv, "", out, err))
			return false;
		out->paths = argv + optind;
		out->n_paths = argc - optind;
	}
	if (!is_format_known(out))
		return error_set(err, ERROR_USAGE, N_("there is no format “%s”; see sulan --help"),
				 out->format);
	if (out->mode == MODE_SEARCH && out->n_filters == 0)
		return error_set(err, ERROR_USAGE,
				 N_("search needs a word to look for; see sulan --help"), NULL);
	if (out->mode == MODE_RELATED && out->n_filters != 1)
		return error_set(err, ERROR_USAGE,
				 N_("related needs the id of one story; sulan list shows them"),
				 NULL);
	if (out->mode == MODE_CHECK && out->n_paths == 0)
		return error_set(err, ERROR_USAGE,
				 N_("check needs a file or folder; see sulan --help"), NULL);
	return true;
}
