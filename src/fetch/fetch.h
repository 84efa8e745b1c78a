/* What the files of sulan-fetch share: one delivery of one publication into one folder. */
#ifndef FETCH_H
#define FETCH_H

#include <stdbool.h>
#include <stddef.h>

#include <sulan/date.h>
#include <sulan/error.h>
#include <sulan/str.h>

struct arena;

struct delivery {
	struct arena *arena;
	const char *name; /* of the publication */
	const char *dir;  /* where its issues go */
	int dir_fd;       /* of it, once place_open has made it */
	struct date today;
	int days;         /* url: how many days back to look for issues that are missing */
	int timeout_s;    /* for one transfer or one program */
	size_t max_bytes; /* of one transfer or one program's output */
	size_t n_written;
};

/* main.c: lines for the program that started this one. */
void say_progress(size_t done, size_t total);
void say_wrote(struct delivery *d, const char *file);

/* place.c: files of the folder, by names without a slash. What is written is whole and on the disk
 * before it has its name. */
bool place_open(struct delivery *d, struct error *err);
bool place_read(const struct delivery *d, const char *file, struct str *out);
bool place_has(const struct delivery *d, const char *file);
bool place_write(struct delivery *d, const char *file, struct str text, struct error *err);
/* The same for an issue: says so, and leaves alone what already reads like this. */
bool place_issue(struct delivery *d, const char *file, struct str text, struct error *err);

/* http.c */
struct http {
	long status;         /* 200, 304, 404 … */
	struct str body;     /* of a 200 */
	const char *charset; /* as the server says; "" when it does not */
	struct str marks;    /* what to ask by the next time */
};
void http_begin(void);
void http_end(void);
/* Gets an address; with `is_known` only when it is another than the one kept as delivered. False
 * with `err` when there was no answer, or one that cannot be used; 404 and 410 are answers. */
bool http_get(struct delivery *d, const char *url, bool is_known, struct http *out,
	      struct error *err);
/* Keeps the marks of an answer: what came has been delivered. */
bool http_keep(struct delivery *d, const char *url, const struct http *got, struct error *err);

/* run.c: a program by argv, with nothing of ours but its output in `out` (NULL: thrown away). False
 * when it did not start, failed, took too long or wrote too much; `err` has its last words. */
bool run_program(struct delivery *d, const char *const argv[], struct str *out, struct error *err);

/* html.c: HTML of a feed as Markdown that holds no heading. */
struct str html_markdown(struct arena *arena, struct str html);
/* Plain text as Markdown that shows the same, on one line. */
struct str markdown_line(struct arena *arena, struct str text);
/* An address for a link's destination; empty for anything but http and https. */
struct str markdown_url(struct arena *arena, struct str url);

/* feed.c */
struct entry {
	struct str id, title, url, author, category;
	struct str body;         /* Markdown */
	struct date day;         /* none: unknown */
	int seconds;             /* of the day */
	unsigned long long hash; /* of the id */
};
struct feed {
	struct entry *entries;
	size_t n, cap;
};
bool feed_read(struct arena *arena, struct str bytes, const char *charset, struct feed *out,
	       struct error *err);

/* stamp.c: times as feeds write them, RFC 3339 and RFC 822, as they are where they were written. */
bool stamp_read(struct str text, struct date *day, int *seconds);

/* days.c: entries into an issue for each day, beside those that are already there. */
bool days_write(struct delivery *d, struct feed *feed, struct error *err);

/* The kinds: each delivers all there is. */
bool deliver_url(struct delivery *d, char *const words[], struct error *err);
bool deliver_feed(struct delivery *d, char *const words[], struct error *err);
bool deliver_git(struct delivery *d, char *const words[], struct error *err);
bool deliver_command(struct delivery *d, char *const words[], struct error *err);

#endif
