/* The kinds of sources but feeds: an address with a date in it, a repository, a program. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/file.h>

#include "fetch.h"

static struct date day_before(struct date date)
{
	if (--date.day > 0)
		return date;
	date.day = 31;
	if (--date.month == 0) {
		date.month = 12;
		date.year--;
	}
	while (!date_is_valid(date) && date.day > 28)
		date.day--;
	return date;
}

/* The address of a day: %Y %m %d %y are filled in, %% is a percent sign, anything else stays, so
 * that %20 is what it is. */
static const char *address_of(struct arena *arena, const char *form, struct date day)
{
	struct strbuf out = strbuf_make(arena);
	for (const char *p = form; *p; p++) {
		if (*p != '%' || !p[1] || !strchr("Ymdy%", p[1])) {
			strbuf_putc(&out, *p);
			continue;
		}
		switch (*++p) {
		case 'Y':
			strbuf_printf(&out, "%04d", day.year);
			break;
		case 'm':
			strbuf_printf(&out, "%02d", day.month);
			break;
		case 'd':
			strbuf_printf(&out, "%02d", day.day);
			break;
		case 'y':
			strbuf_printf(&out, "%02d", day.year % 100);
			break;
		default:
			strbuf_putc(&out, '%');
		}
	}
	return str_dup(arena, strbuf_str(&out));
}

/* Whether an address is one for each day. */
static bool has_day(struct arena *arena, const char *form, struct date today)
{
	return strcmp(address_of(arena, form, today), address_of(arena, form, day_before(today))) !=
	       0;
}

static const char *file_of(struct arena *arena, struct date day)
{
	char text[DATE_TEXT];
	date_text(day, text);
	return arena_printf(arena, "%s.md", text);
}

/* Where an issue once was, a page that says there is none may come: that is no issue. */
static bool is_page(struct str body)
{
	struct str head = str_sub(str_trim(body), 0, 14);
	return str_same_ascii(head, STR("<!doctype html")) ||
	       str_same_ascii(str_sub(head, 0, 5), STR("<html"));
}

/* One issue. `*is_there` when the server has one. */
static bool get_issue(struct delivery *d, const char *url, const char *file, bool *is_there,
		      struct error *err)
{
	struct http got;
	if (!http_get(d, url, place_has(d, file), &got, err))
		return false;
	*is_there = got.status == 200 || got.status == 304;
	if (got.status != 200)
		return true;
	if (is_page(got.body) || str_trim(got.body).len == 0) {
		error_set(err, ERROR_INPUT, N_("what came is not Markdown"), NULL);
		return error_at(err, url, 0);
	}
	return place_issue(d, file, got.body, err) && http_keep(d, url, &got, err);
}

/* Of the days before yesterday only what is missing: an issue is not edited for long. */
static bool get_days(struct delivery *d, const char *form, struct error *err)
{
	struct date day = d->today;
	size_t n_there = 0;
	for (int i = 0; i < d->days; i++, day = day_before(day)) {
		const char *file = file_of(d->arena, day);
		bool is_there = i > 1 && place_has(d, file);
		say_progress((size_t)i, (size_t)d->days);
		if (!is_there &&
		    !get_issue(d, address_of(d->arena, form, day), file, &is_there, err))
			return false;
		n_there += is_there;
	}
	if (n_there)
		return true;
	error_set(err, ERROR_INPUT, N_("the server has no issue of the last days"), NULL);
	return error_at(err, address_of(d->arena, form, d->today), 0);
}

/* One address for all days: another text than the last one is the issue of today. */
static bool get_latest(struct delivery *d, const char *url, struct error *err)
{
	const char *const copy = ".sulan-latest";
	struct http got;
	struct str last;
	if (!http_get(d, url, place_has(d, copy), &got, err))
		return false;
	if (got.status == 304)
		return true;
	if (got.status != 200 || is_page(got.body) || str_trim(got.body).len == 0) {
		error_set(err, ERROR_INPUT, N_("what came is not Markdown"), NULL);
		return error_at(err, url, 0);
	}
	bool is_same = place_has(d, copy) && place_read(d, copy, &last) && str_eq(last, got.body);
	return (is_same || (place_issue(d, file_of(d->arena, d->today), got.body, err) &&
			    place_write(d, copy, got.body, err))) &&
	       http_keep(d, url, &got, err);
}

bool deliver_url(struct delivery *d, char *const words[], struct error *err)
{
	if (!place_open(d, err))
		return false;
	if (has_day(d->arena, words[0], d->today))
		return get_days(d, words[0], err);
	return get_latest(d, address_of(d->arena, words[0], d->today), err);
}

bool deliver_feed(struct delivery *d, char *const words[], struct error *err)
{
	struct http got;
	struct feed feed = {0};
	const char *url = words[0];
	if (!place_open(d, err) || !http_get(d, url, true, &got, err))
		return false;
	if (got.status == 304)
		return true;
	if (got.status != 200) {
		error_set(err, ERROR_INPUT, N_("the server has no such feed"), NULL);
		return error_at(err, url, 0);
	}
	if (!feed_read(d->arena, got.body, got.charset, &feed, err))
		return error_at(err, url, 0);
	return days_write(d, &feed, err) && http_keep(d, url, &got, err);
}

/* A program's issue of today. */
bool deliver_command(struct delivery *d, char *const words[], struct error *err)
{
	struct str text;
	if (!place_open(d, err) || !run_program(d, (const char *const *)words, &text, err))
		return false;
	if (str_trim(text).len == 0)
		return true;
	return place_issue(d, file_of(d->arena, d->today), text, err);
}

/* Nobody is there to type a password, and no other transport than these may run a program. The
 * reader's own settings go first. */
static void set_git_world(void)
{
	setenv("GIT_TERMINAL_PROMPT", "0", 1);
	setenv("GIT_ASKPASS", "true", 0);
	setenv("GIT_SSH_COMMAND", "ssh -o BatchMode=yes", 0);
	setenv("GIT_ALLOW_PROTOCOL", "http:https:ssh:git:file", 1);
	unsetenv("GIT_DIR");
	unsetenv("GIT_WORK_TREE");
}

/* Links in a repository are written as files: none leads the reader elsewhere. */
#define GIT "git", "-c", "core.symlinks=false", "-c", "core.hooksPath=/dev/null"

static bool head_of(struct delivery *d, struct str *out)
{
	const char *argv[] = {GIT, "-C", d->dir, "rev-parse", "HEAD", NULL};
	*out = (struct str){0};
	return run_program(d, argv, out, NULL);
}

static bool clone(struct delivery *d, const char *url, struct error *err)
{
	const char *argv[] = {GIT,         "clone", "--quiet", "--depth=1", "--single-branch",
			      "--no-tags", "--",    url,       d->dir,      NULL};
	if (!run_program(d, argv, NULL, err))
		return error_at(err, url, 0);
	say_wrote(d, ".");
	return true;
}

bool deliver_git(struct delivery *d, char *const words[], struct error *err)
{
	const char *argv[] = {GIT, "-C", d->dir, "pull", "--quiet", "--ff-only", "--no-tags", NULL};
	struct str before, after;
	set_git_world();
	if (words[0][0] == '-') {
		error_set(err, ERROR_INPUT, N_("is not the address of a repository"), NULL);
		return error_at(err, words[0], 0);
	}
	if (access(arena_printf(d->arena, "%s/.git", d->dir), F_OK) != 0)
		return clone(d, words[0], err);
	head_of(d, &before);
	if (!run_program(d, argv, NULL, err))
		return error_at(err, words[0], 0);
	if (head_of(d, &after) && !str_eq(before, after))
		say_wrote(d, ".");
	return true;
}
