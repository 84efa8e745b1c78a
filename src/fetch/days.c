/* Entries of a feed as issues, one for each day. An entry stands between marks of its own, so that
 * the next delivery finds it again: what the feed has dropped stays, what it has changed is
 * replaced, what it has without a date stays on the day it came. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>

#include "fetch.h"

#define DAYS_FILE ".sulan-entries"
#define MARK      "<!-- entry "

/* A part of an issue: one entry, new or as it stands in the file. */
struct part {
	unsigned long long hash;
	struct date day;
	int seconds;
	size_t order; /* in the feed; what stood there before goes behind */
	struct str text;
};

struct parts {
	struct part *items;
	size_t n, cap;
};

static void add(struct arena *arena, struct parts *parts, struct part part)
{
	parts->items = arena_more(arena, parts->items, parts->n, &parts->cap, sizeof(part));
	parts->items[parts->n++] = part;
}

static struct str text_of(const struct delivery *d, const struct entry *e)
{
	struct strbuf out = strbuf_make(d->arena);
	struct str title =
		e->title.len ? e->title : str_sub(e->body, 0, str_find(e->body, STR("\n"), 0));
	strbuf_printf(&out, MARK "%016llx %05d -->\n## ", e->hash, e->seconds);
	strbuf_put(&out, title);
	strbuf_puts(&out, "\n\n");
	struct str by = e->author.len ? e->author : markdown_line(d->arena, str_of(d->name));
	if (e->category.len)
		strbuf_printf(&out, "> **分类：** %.*s\n", (int)e->category.len, e->category.p);
	if (e->url.len)
		strbuf_printf(&out, "> **来源：** [%.*s](%.*s)\n", (int)by.len, by.p,
			      (int)e->url.len, e->url.p);
	if (e->url.len || e->category.len)
		strbuf_putc(&out, '\n');
	strbuf_put(&out, e->body);
	strbuf_puts(&out, "\n\n");
	return strbuf_str(&out);
}

/* The day an entry was filed under before. */
static bool find_day(struct str filed, const struct entry *e, struct date *day)
{
	char key[24];
	struct str line;
	snprintf(key, sizeof(key), "%016llx ", e->hash);
	while (str_cut(&filed, '\n', &line))
		if (str_starts(line, key) && date_find(str_from(line, 17), day, NULL, NULL))
			return true;
	return false;
}

/* A day for each: its own, not after today; without one, that of its first delivery. */
static void set_days(struct delivery *d, struct feed *feed)
{
	struct str filed = {0};
	place_read(d, DAYS_FILE, &filed);
	for (size_t i = 0; i < feed->n; i++) {
		struct entry *e = &feed->entries[i];
		if (!e->day.year && !find_day(filed, e, &e->day))
			e->day = d->today;
		if (date_compare(e->day, d->today) > 0)
			e->day = d->today;
	}
}

/* What has no date of its own must be known again; so must what came too early. */
static bool keep_days(struct delivery *d, const struct feed *feed, struct error *err)
{
	struct strbuf out = strbuf_make(d->arena);
	char day[DATE_TEXT];
	for (size_t i = 0; i < feed->n; i++) {
		date_text(feed->entries[i].day, day);
		strbuf_printf(&out, "%016llx %s\n", feed->entries[i].hash, day);
	}
	return place_write(d, DAYS_FILE, strbuf_str(&out), err);
}

/* Newest day first, the newest of a day first, else as the feed has them. */
static int by_time(const void *a, const void *b)
{
	const struct part *x = a, *y = b;
	int order = date_compare(y->day, x->day);
	if (order)
		return order;
	if (x->seconds != y->seconds)
		return x->seconds < y->seconds ? 1 : -1;
	return (x->order > y->order) - (x->order < y->order);
}

static int by_hash(const void *a, const void *b)
{
	const struct part *x = a, *y = b;
	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

/* The parts that stand in an issue already; what is before the first mark is its heading. */
static void read_parts(struct delivery *d, struct str text, struct date day, struct parts *parts)
{
	const struct str sign = STR("\n" MARK);
	size_t at = str_find(text, sign, 0);
	while (at != STR_NOT_FOUND) {
		size_t end = str_find(text, sign, at + 1);
		struct str part = str_sub(text, at + 1,
					  (end == STR_NOT_FOUND ? text.len : end + 1) - (at + 1));
		struct part item = {.day = day, .order = SIZE_MAX / 2 + parts->n, .text = part};
		char head[64];
		snprintf(head, sizeof(head), "%.*s", (int)(part.len < 63 ? part.len : 63), part.p);
		if (sscanf(head, MARK "%16llx %5d", &item.hash, &item.seconds) == 2)
			add(d->arena, parts, item);
		at = end;
	}
}

/* Of each hash the first, the feed's before the file's; by time. */
static void put_in_order(struct parts *parts)
{
	size_t n = 0;
	if (parts->n == 0)
		return;
	qsort(parts->items, parts->n, sizeof(*parts->items), by_hash);
	for (size_t i = 0; i < parts->n; i++)
		if (n == 0 || parts->items[n - 1].hash != parts->items[i].hash)
			parts->items[n++] = parts->items[i];
	parts->n = n;
	qsort(parts->items, n, sizeof(*parts->items), by_time);
}

static bool write_day(struct delivery *d, const struct part *items, size_t n, struct error *err)
{
	struct parts parts = {0};
	struct strbuf out = strbuf_make(d->arena);
	struct str old;
	char day[DATE_TEXT];
	date_text(items[0].day, day);
	char *file = arena_printf(d->arena, "%s.md", day);
	for (size_t i = 0; i < n; i++)
		add(d->arena, &parts, items[i]);
	if (place_has(d, file) && place_read(d, file, &old))
		read_parts(d, old, items[0].day, &parts);
	put_in_order(&parts);
	struct str name = markdown_line(d->arena, str_of(d->name));
	strbuf_printf(&out, "# %.*s %s\n\n", (int)name.len, name.p, day);
	for (size_t i = 0; i < parts.n; i++)
		strbuf_put(&out, parts.items[i].text);
	return place_issue(d, file, strbuf_str(&out), err);
}

bool days_write(struct delivery *d, struct feed *feed, struct error *err)
{
	struct parts all = {0};
	set_days(d, feed);
	for (size_t i = 0; i < feed->n; i++) {
		const struct entry *e = &feed->entries[i];
		add(d->arena, &all, (struct part){e->hash, e->day, e->seconds, i, text_of(d, e)});
	}
	put_in_order(&all);
	for (size_t i = 0, n; i < all.n; i += n) {
		for (n = 1;
		     i + n < all.n && date_compare(all.items[i + n].day, all.items[i].day) == 0;)
			n++;
		if (!write_day(d, all.items + i, n, err))
			return false;
		say_progress(i + n, all.n);
	}
	return keep_days(d, feed, err);
}
