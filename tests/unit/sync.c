/* Devices that exchange journals in any state come to the same state, and what was done knowing of
 * something else is later than it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <random.h>
#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/file.h>
#include <sulan/journal.h>
#include <sulan/triage.h>

#define HISTORIES   1000
#define DEVICES_MAX 5
#define STORIES     8

static uint32_t random_below(uint32_t n)
{
	static uint32_t seed = 20260122;
	return random_next(&seed) % n;
}

/* A device with its journal in memory. */
struct device {
	struct arena *arena;
	struct triage *triage;
	struct triage_journal journal;
	struct strbuf text;           /* what it wrote */
	unsigned long long skew, now; /* its clock */
	unsigned long long seen;      /* the latest stamp it knows of */
	bool has_broken;              /* it wrote a stamp that is not later */
	char name[24];
};

static unsigned long long clock_of(void *self)
{
	const struct device *d = self;
	return d->now + d->skew;
}

static bool write_line(void *self, const struct record *records, size_t n, struct error *err)
{
	struct device *d = self;
	(void)err;
	for (size_t i = 0; i < n; i++) {
		d->has_broken |= records[i].stamp <= d->seen;
		record_put(&d->text, &records[i]);
	}
	d->seen = records[0].stamp;
	return true;
}

static void take_text(struct device *d, struct str text, const char *from)
{
	struct arena *arena = arena_new();
	struct str line;
	struct record record;
	while (str_cut(&text, '\n', &line)) {
		if (!record_read(arena, line, &record))
			continue;
		record.device = str_of(from);
		if (record.stamp > d->seen)
			d->seen = record.stamp;
		triage_merge(d->triage, &record, false);
	}
	arena_free(arena);
}

static void begin_device(struct device *d, size_t nth)
{
	*d = (struct device){.arena = arena_new()};
	snprintf(d->name, sizeof(d->name), "d%zu", nth);
	d->text = strbuf_make(d->arena);
	/* Up to some three hours before and behind. */
	d->skew = random_below(20000000);
	d->now = 1700000000000ULL;
	d->journal = (struct triage_journal){
		.self = d, .device = str_of(d->name), .now_ms = clock_of, .write = write_line};
	d->triage = triage_new(&d->journal);
}

static void act(struct device *d)
{
	static const char *const texts[] = {"", "甲", "b c", "100%"};
	char id[8], other[8];
	size_t n;
	struct triage_step step = {.id = {id, 2}, .about = STR("2026-01-01\tx\ty")};
	snprintf(id, sizeof(id), "s%u", random_below(STORIES));
	snprintf(other, sizeof(other), "s%u", random_below(STORIES));
	step.field = (enum triage_field)random_below(TRIAGE_NOTE + 1);
	step.value = random_below(2);
	step.text = str_of(texts[random_below(4)]);
	if (step.field == TRIAGE_TAG && step.text.len == 0)
		step.text = STR("tag");
	d->now += random_below(1000);
	if (random_below(40) == 0) /* its clock is set */
		d->skew = random_below(20000000);
	switch (random_below(12)) {
	case 0:
		triage_undo(d->triage, &n, NULL, NULL);
		break;
	case 1:
		triage_redo(d->triage, &n, NULL, NULL);
		break;
	case 2:
		if (random_below(6) == 0)
			triage_alias(d->triage, str_of(other), step.id, step.about, NULL);
		break;
	default:
		triage_change(d->triage, &step, 1, NULL, NULL);
	}
}

/* A part of a journal, perhaps cut in a line, its lines in any order, some twice, some damaged. */
static void deliver(struct device *to, const struct device *from)
{
	struct arena *arena = arena_new();
	struct str text =
		str_sub(strbuf_str(&from->text), 0, random_below((uint32_t)from->text.len + 2));
	struct str lines[64];
	size_t n = 0;
	struct strbuf out = strbuf_make(arena);
	while (n < 64 && str_cut(&text, '\n', &lines[n]))
		n++;
	for (size_t i = 0; i < n + n / 4; i++) {
		strbuf_put(&out, lines[random_below((uint32_t)n)]);
		strbuf_puts(&out, random_below(20) ? "\n" : "\n<<<<<<< x\n=======\n");
	}
	take_text(to, strbuf_str(&out), from->name);
	arena_free(arena);
}

static void assert_same(const struct device *a, const struct device *b)
{
	for (unsigned i = 0; i < STORIES; i++) {
		char id[8];
		snprintf(id, sizeof(id), "s%u", i);
		struct story_state x = triage_state(a->triage, str_of(id));
		struct story_state y = triage_state(b->triage, str_of(id));
		assert_int_equal(x.is_read, y.is_read);
		assert_int_equal(x.is_starred, y.is_starred);
		assert_int_equal(x.is_later, y.is_later);
		assert_int_equal(x.is_dismissed, y.is_dismissed);
		assert_true(str_eq(x.note, y.note));
		assert_int_equal(x.n_tags, y.n_tags);
		for (size_t k = 0; k < x.n_tags; k++)
			assert_true(str_eq(x.tags[k], y.tags[k]));
	}
}

static void all_devices_come_to_the_same_state(void **state)
{
	(void)state;
	for (int history = 0; history < HISTORIES; history++) {
		struct device devices[DEVICES_MAX + 1];
		size_t n = 3 + random_below(DEVICES_MAX - 2), dropped;
		for (size_t i = 0; i <= n; i++) /* the last is a new one that only reads */
			begin_device(&devices[i], i);
		for (int step = 0; step < 60; step++) {
			size_t i = random_below((uint32_t)n);
			if (random_below(3))
				act(&devices[i]);
			else
				deliver(&devices[i], &devices[random_below((uint32_t)n)]);
		}
		for (size_t i = 0; i <= n; i++) {
			for (size_t k = 0; k < n; k++) {
				struct str text = strbuf_str(&devices[k].text);
				if (random_below(2))
					text = journal_compact(devices[i].arena, text,
							       random_below(9), &dropped);
				take_text(&devices[i], text, devices[k].name);
			}
			assert_same(&devices[0], &devices[i]);
			assert_false(devices[i].has_broken);
		}
		for (size_t i = 0; i <= n; i++) {
			triage_free(devices[i].triage);
			arena_free(devices[i].arena);
		}
	}
}

/* The same through files. */
static unsigned long long stopped_clock(void *self)
{
	return *(unsigned long long *)self;
}

struct home {
	struct journal *journal;
	struct triage *triage;
};

static struct home open_home(const char *path, const char *name, unsigned long long *clock)
{
	struct home h;
	struct journal_opts opts = {
		.home = path, .new_name = name, .now_ms = stopped_clock, .self = clock};
	h.journal = journal_new(&opts);
	h.triage = triage_new(journal_seam(h.journal));
	assert_true(journal_poll(h.journal, h.triage, NULL, NULL));
	return h;
}

static void close_home(struct home *h)
{
	triage_free(h->triage);
	journal_free(h->journal);
}

static void star(struct home *h, const char *id, bool value)
{
	struct triage_step step = {.id = str_of(id), .field = TRIAGE_STAR, .value = value};
	assert_true(triage_change(h->triage, &step, 1, NULL, NULL));
}

static bool is_starred(const struct home *h, const char *id)
{
	return triage_state(h->triage, str_of(id)).is_starred;
}

static void a_folder_carries_marks_both_ways(void **state)
{
	struct arena *arena = arena_new();
	char root[] = "/tmp/sulan-sync-XXXXXX";
	unsigned long long late = 1800000000000ULL, early = 1000000000000ULL;
	struct journal_news news;
	struct str text;
	(void)state;
	assert_non_null(mkdtemp(root));
	const char *folder = arena_printf(arena, "%s/shared", root);
	struct home a = open_home(arena_printf(arena, "%s/a", root), "a", &late);
	struct home b = open_home(arena_printf(arena, "%s/b", root), "b", &early);
	struct error err = {0};
	assert_false(journal_sync(a.journal, a.triage, folder, &news, &err)); /* not there */
	assert_int_equal(err.code, ERROR_LIBRARY);
	assert_int_equal(mkdir(folder, 0700), 0);
	star(&a, "x", true);
	star(&b, "y", true);
	assert_true(journal_sync(a.journal, a.triage, folder, &news, NULL));
	assert_true(news.n_sent == 1 && news.n_devices == 0 && news.n_changed == 0);
	assert_true(journal_sync(b.journal, b.triage, folder, &news, NULL));
	assert_true(news.n_sent == 1 && news.n_devices == 1 && news.n_changed == 1);
	assert_true(is_starred(&b, "x"));
	star(&b, "x", false); /* by a clock that is years behind */
	assert_true(journal_sync(b.journal, b.triage, folder, &news, NULL) && news.n_sent == 1);
	assert_true(journal_sync(a.journal, a.triage, folder, &news, NULL) && news.n_changed == 2);
	assert_true(is_starred(&a, "y") && !is_starred(&a, "x"));
	/* What goes on is added to the file that is there. */
	const char *taken = arena_printf(arena, "%s/a/state/b.journal", root);
	struct stat before, after;
	assert_int_equal(stat(taken, &before), 0);
	star(&b, "z", true);
	assert_true(journal_sync(b.journal, b.triage, folder, &news, NULL));
	assert_true(journal_sync(a.journal, a.triage, folder, &news, NULL) && news.n_changed == 1);
	assert_int_equal(stat(taken, &after), 0);
	assert_true(before.st_ino == after.st_ino && before.st_size < after.st_size);
	/* A cut copy in the folder takes nothing away, and the own one is made whole again. */
	const char *own = arena_printf(arena, "%s/b.journal", folder);
	assert_true(file_read(own, arena, &text, NULL));
	FILE *file = fopen(own, "w");
	fwrite(text.p, 1, 30, file);
	fclose(file);
	assert_true(journal_sync(a.journal, a.triage, folder, &news, NULL) && news.n_changed == 0);
	close_home(&a);
	a = open_home(arena_printf(arena, "%s/a", root), "a", &late);
	assert_true(is_starred(&a, "y") && !is_starred(&a, "x"));
	assert_true(journal_sync(b.journal, b.triage, folder, &news, NULL));
	struct str again;
	assert_true(file_read(own, arena, &again, NULL) && str_eq(text, again));
	close_home(&a);
	close_home(&b);
	assert_int_equal(system(arena_printf(arena, "rm -r %s", root)), 0);
	arena_free(arena);
}

static void a_long_journal_is_shortened_and_backed_up(void **state)
{
	struct arena *arena = arena_new();
	char home[] = "/tmp/sulan-tend-XXXXXX";
	unsigned long long now = 1769040000000ULL; /* 2026-01-22 */
	struct strbuf text = strbuf_make(arena);
	struct stat before, after;
	size_t n;
	(void)state;
	assert_non_null(mkdtemp(home));
	assert_int_equal(mkdir(arena_printf(arena, "%s/state", home), 0700), 0);
	for (unsigned i = 0; i < 9000; i++) {
		struct record record = {.stamp = 1000 + i, .key = STR("abc"), .field = STR("s")};
		record.value = i % 2 ? STR("") : STR("1");
		record_put(&text, &record);
	}
	const char *path = arena_printf(arena, "%s/state/a.journal", home);
	FILE *file = fopen(path, "w");
	fwrite(text.p, 1, text.len, file);
	fclose(file);
	file = fopen(arena_printf(arena, "%s/device", home), "w");
	fputs("a\n", file);
	fclose(file);
	struct home h = open_home(home, "b", &now);
	star(&h, "def", true);
	assert_int_equal(stat(path, &before), 0);
	for (int day = 0; day < 9; day++, now += 86400000)
		assert_true(journal_tend(h.journal, h.triage, NULL));
	assert_int_equal(stat(path, &after), 0);
	assert_true(after.st_size < before.st_size / 5);
	assert_true(stat(arena_printf(arena, "%s/backup/2026-01-23.a.journal", home), &after) != 0);
	for (int day = 24; day <= 30; day++)
		assert_int_equal(
			stat(arena_printf(arena, "%s/backup/2026-01-%d.a.journal", home, day),
			     &after),
			0);
	star(&h, "ghi", true);
	close_home(&h);
	h = open_home(home, "b", &now);
	assert_true(is_starred(&h, "def") && is_starred(&h, "ghi") && !is_starred(&h, "abc"));
	for (int i = 0; i < 3; i++)
		assert_true(triage_undo(h.triage, &n, NULL, NULL) && n == 1);
	assert_true(is_starred(&h, "abc") && !is_starred(&h, "def"));
	close_home(&h);
	assert_int_equal(system(arena_printf(arena, "rm -r %s", home)), 0);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_devices_come_to_the_same_state),
		cmocka_unit_test(a_folder_carries_marks_both_ways),
		cmocka_unit_test(a_long_journal_is_shortened_and_backed_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
