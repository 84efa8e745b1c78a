/* sulan-fetch: brings issues of one publication into its folder. Apart from the reader, so that
 * this neither links nor waits for the network. */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include <sulan/arena.h>

#include "fetch.h"

enum { STATUS_DONE = 0, STATUS_FAILED = 1, STATUS_USAGE = 2 };

static const struct kind {
	const char *name;
	bool (*deliver)(struct delivery *d, char *const words[], struct error *err);
} kinds[] = {
	{"url", deliver_url},
	{"feed", deliver_feed},
	{"git", deliver_git},
	{"command", deliver_command},
};

static const char *const usage =
	"Usage: sulan-fetch [OPTION]... --dir DIR url|feed|git ADDRESS\n"
	"       sulan-fetch [OPTION]... --dir DIR command PROGRAM [ARGUMENT]...\n"
	"\n"
	"Bring the issues of one publication into a folder; sulan starts this.\n"
	"\n"
	"  --dir DIR       the folder, made when it is not there\n"
	"  --name NAME     of the publication, for the headings of issues\n"
	"  --days N        url: look for issues of the last N days (7)\n"
	"  --today DATE    the date to go by\n"
	"  --timeout N     seconds for one transfer or program (120)\n"
	"  --max N         MiB of one transfer or program at most (16)\n"
	"  --help          this text\n"
	"  --version       the version\n";

void say_progress(size_t done, size_t total)
{
	printf("progress %zu %zu\n", done, total);
	fflush(stdout);
}

void say_wrote(struct delivery *d, const char *file)
{
	d->n_written++;
	printf("wrote %s\n", file);
	fflush(stdout);
}

/* On one line, whatever a server or a program put into it. */
static void put_plain(const char *text)
{
	for (const char *p = text; *p; p++)
		putchar((unsigned char)*p < ' ' || *p == 0x7f ? ' ' : *p);
}

/* In parts, so that the reader's own language can be put in for the message. */
static int say_error(const struct error *err)
{
	fputs("error ", stdout);
	put_plain(err->file);
	putchar('\t');
	put_plain(err->what);
	putchar('\t');
	put_plain(err->arg);
	putchar('\n');
	return STATUS_FAILED;
}

static struct date date_now(void)
{
	time_t now = time(NULL);
	struct tm tm;
	localtime_r(&now, &tm);
	return (struct date){(short)(tm.tm_year + 1900), (signed char)(tm.tm_mon + 1),
			     (signed char)tm.tm_mday};
}

/* A text that grows without bounds in spite of all is ended by the system, not by the machine's
 * memory. Sanitizers reserve more than that. */
static void limit_memory(void)
{
#if !defined(__SANITIZE_ADDRESS__)
	struct rlimit limit = {(rlim_t)1 << 30, (rlim_t)1 << 30};
	setrlimit(RLIMIT_AS, &limit);
#endif
}

enum { OPT_DIR = 256, OPT_NAME, OPT_DAYS, OPT_TODAY, OPT_TIMEOUT, OPT_MAX, OPT_HELP, OPT_VERSION };

static const struct option options[] = {
	{"dir", required_argument, NULL, OPT_DIR},
	{"name", required_argument, NULL, OPT_NAME},
	{"days", required_argument, NULL, OPT_DAYS},
	{"today", required_argument, NULL, OPT_TODAY},
	{"timeout", required_argument, NULL, OPT_TIMEOUT},
	{"max", required_argument, NULL, OPT_MAX},
	{"help", no_argument, NULL, OPT_HELP},
	{"version", no_argument, NULL, OPT_VERSION},
	{NULL, 0, NULL, 0},
};

static bool take_number(long lo, long hi, long *out)
{
	return str_to_int(str_of(optarg), lo, hi, out);
}

/* False when an option makes no sense. */
static bool take_option(struct delivery *d, int option)
{
	long n = 0;
	bool ok = true;
	switch (option) {
	case OPT_DIR:
		d->dir = optarg;
		return *optarg != '\0';
	case OPT_NAME:
		d->name = optarg;
		return true;
	case OPT_DAYS:
		ok = take_number(1, 400, &n);
		d->days = (int)n;
		return ok;
	case OPT_TODAY:
		return date_find(str_of(optarg), &d->today, NULL, NULL);
	case OPT_TIMEOUT:
		ok = take_number(1, 3600, &n);
		d->timeout_s = (int)n;
		return ok;
	case OPT_MAX:
		ok = take_number(1, 64, &n);
		d->max_bytes = (size_t)n << 20;
		return ok;
	default:
		return false;
	}
}

static int complain_usage(void)
{
	fputs(usage, stderr);
	return STATUS_USAGE;
}

static int deliver(struct delivery *d, const struct kind *kind, char *const words[])
{
	struct error err = {0};
	http_begin();
	bool ok = kind->deliver(d, words, &err);
	http_end();
	if (ok)
		printf("done %zu\n", d->n_written);
	return ok ? STATUS_DONE : say_error(&err);
}

int main(int argc, char **argv)
{
	struct delivery d = {.name = "",
			     .dir_fd = -1,
			     .today = date_now(),
			     .days = 7,
			     .timeout_s = 120,
			     .max_bytes = (size_t)16 << 20};
	for (int c; (c = getopt_long(argc, argv, "+", options, NULL)) != -1;) {
		if (c == OPT_HELP || c == OPT_VERSION) {
			fputs(c == OPT_HELP ? usage : "sulan-fetch " SULAN_VERSION "\n", stdout);
			return STATUS_DONE;
		}
		if (!take_option(&d, c))
			return complain_usage();
	}
	const struct kind *kind = NULL;
	for (size_t i = 0; optind + 1 < argc && i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(argv[optind], kinds[i].name) == 0)
			kind = &kinds[i];
	if (!kind || !d.dir || (kind->deliver != deliver_command && optind + 2 != argc))
		return complain_usage();
	signal(SIGPIPE, SIG_IGN); /* a delivery ends well though its reader has quit */
	limit_memory();
	d.arena = arena_new();
	int status = deliver(&d, kind, argv + optind + 1);
	if (d.dir_fd >= 0)
		close(d.dir_fd);
	arena_free(d.arena);
	return fflush(stdout) == 0 ? status : STATUS_FAILED;
}
