/* Backups and shortening of journals. */
#include "journals.h"
#include "triages.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/date.h>
#include <sulan/error.h>
#include <sulan/file.h>

#define DAYS_KEPT     7
#define UNDOABLE      1000
#define COMPACT_BYTES (256u << 10) /* a smaller journal stays as it is */
#define DENSE_PART    4 /* one that could not be shortened is left to grow by a quarter */

/* The day of a time since 1970, as a name that sorts. */
static const char *day_name(struct arena *arena, unsigned long long ms)
{
	const struct date first = {1970, 1, 1};
	char name[DATE_TEXT];
	date_text(date_of_day(date_day(first) + (long)(ms / 86400000)), name);
	return str_dup(arena, str_of(name));
}

/* Names sort by day: what is before the newest days goes. */
static void drop_old(struct arena *arena, const char *dir)
{
	struct str *names, newest = {NULL, 0};
	size_t n = journal_names(arena, dir, &names), n_days = 0;
	for (size_t i = n; i > 0; i--) {
		struct str day = str_sub(names[i - 1], 0, 10);
		n_days += !str_eq(day, newest);
		newest = day;
		if (n_days > DAYS_KEPT)
			unlink(arena_printf(arena, "%s/%.*s.journal", dir, (int)names[i - 1].len,
					    names[i - 1].p));
	}
}

static bool back_up(struct journal *j, struct arena *arena, struct error *err)
{
	const char *dir = arena_printf(arena, "%s/backup", j->opts.home);
	const char *day = day_name(arena, j->seam.now_ms(j));
	struct str *names, text;
	struct stat st;
	size_t n = journal_names(arena, j->dir, &names);
	for (size_t i = 0; i < n; i++) {
		const char *name = str_dup(arena, names[i]);
		const char *from = arena_printf(arena, "%s/%s.journal", j->dir, name);
		const char *to = arena_printf(arena, "%s/%s.%s.journal", dir, day, name);
		if (stat(to, &st) == 0)
			continue;
		if (!journal_make_dir(dir, err) || !file_read(from, arena, &text, err) ||
		    !journal_replace(to, text, err))
			return false;
	}
	drop_old(arena, dir);
	return true;
}

/* Shortens the own journal, and forgets what is no longer in it; the turn is this program's. */
static bool compact(struct journal *j, struct triage *triage, struct arena *arena,
		    struct error *err)
{
	struct str text;
	size_t n_dropped;
	const char *path = arena_printf(arena, "%s/%.*s.journal", j->dir, (int)j->seam.device.len,
					j->seam.device.p);
	struct stat st;
	if (stat(path, &st) == 0 && ((size_t)st.st_size < COMPACT_BYTES ||
				     (size_t)st.st_size < j->dense + j->dense / DENSE_PART))
		return true;
	if (!file_read(path, arena, &text, err))
		return false;
	struct str shorter = journal_compact(arena, text, UNDOABLE, &n_dropped);
	if (shorter.len > text.len / 2) {
		journal_note_dense(j, text.len);
		return true;
	}
	if (!journal_replace(path, shorter, err))
		return false;
	triage_replay(triage);
	return true;
}

bool journal_settle(struct journal *j, struct triage *triage, struct error *err)
{
	if (!j->seam.device.len || !journal_is_worth_keeping(j))
		return true;
	if (!journal_begin(j, triage, err))
		return false;
	bool ok = journal_keep(j, triage, err);
	journal_end(j);
	return ok;
}

bool journal_tend(struct journal *j, struct triage *triage, struct error *err)
{
	if (!j->seam.device.len) /* nothing was ever marked here */
		return true;
	struct arena *arena = arena_new();
	bool ok = back_up(j, arena, err) && journal_begin(j, triage, err);
	if (ok) {
		ok = compact(j, triage, arena, err) &&
		     (!journal_is_worth_keeping(j) || journal_keep(j, triage, err));
		journal_end(j);
	}
	arena_free(arena);
	return ok;
}
