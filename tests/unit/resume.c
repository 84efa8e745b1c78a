/* A start from the snapshot is as a start from the journals: two homes to which the same happens,
 * one of which has a cache that is kept, lost, damaged and out of date by turns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <random.h>
#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/file.h>
#include <sulan/journal.h>
#include <sulan/triage.h>

#define HISTORIES 25
#define EVENTS    120
#define STORIES   300
#define DEVICES   3
#define ISSUES    60

/* What is flushed to the disk is tested elsewhere; here it would only take its time. */
int fdatasync(int fd)
{
	return fd < 0 ? -1 : 0;
}

int fsync(int fd)
{
	return fd < 0 ? -1 : 0;
}

static uint32_t seed = 20260122;

static uint32_t below(uint32_t n)
{
	return random_next(&seed) % n;
}

/* Some stories are met again and again. */
static uint32_t some_story(void)
{
	return below(below(2) ? 12 : STORIES);
}

struct program {
	struct journal *journal;
	struct triage *triage;
};

struct home {
	char path[64];
	bool has_cache;
	struct program programs[2]; /* of one device */
};

struct world {
	struct arena *arena;
	struct home homes[2];
	unsigned long long now;
	unsigned long long foreign[DEVICES]; /* clocks of other devices */
};

static unsigned long long clock_of(void *self)
{
	return ((struct world *)self)->now;
}

static void start(struct world *w, struct home *home, struct program *program)
{
	const struct journal_opts opts = {
		.home = home->path,
		.new_name = "own",
		.cache = home->has_cache ? arena_printf(w->arena, "%s/cache/state", home->path)
					 : NULL,
		.now_ms = clock_of,
		.self = w,
	};
	program->journal = journal_new(&opts);
	program->triage = triage_new(journal_seam(program->journal));
	journal_poll(program->journal, program->triage, NULL, NULL);
}

static void stop(struct program *program, bool is_settled)
{
	if (is_settled)
		assert_true(journal_settle(program->journal, program->triage, NULL));
	triage_free(program->triage);
	journal_free(program->journal);
}

static void write_file(const char *path, struct str text)
{
	FILE *file = fopen(path, "w");
	assert_non_null(file);
	if (text.len)
		fwrite(text.p, 1, text.len, file);
	fclose(file);
}

static const char *journal_of(struct world *w, size_t home, const char *device)
{
	return arena_printf(w->arena, "%s/state/%s.journal", w->homes[home].path, device);
}

static struct str text_of(struct world *w, size_t home, const char *device)
{
	struct str text = {NULL, 0};
	file_read(journal_of(w, home, device), w->arena, &text, NULL);
	return text;
}

static void begin_world(struct world *w)
{
	*w = (struct world){.arena = arena_new(), .now = 1700000000000ULL};
	for (size_t i = 0; i < 2; i++) {
		struct home *home = &w->homes[i];
		home->has_cache = i == 0;
		strcpy(home->path, "/tmp/sulan-resume-XXXXXX");
		assert_non_null(mkdtemp(home->path));
		assert_int_equal(mkdir(arena_printf(w->arena, "%s/state", home->path), 0700), 0);
		for (size_t k = 0; k < 2; k++)
			start(w, home, &home->programs[k]);
	}
}

static void end_world(struct world *w)
{
	for (size_t i = 0; i < 2; i++) {
		for (size_t k = 0; k < 2; k++)
			stop(&w->homes[i].programs[k], false);
		assert_int_equal(system(arena_printf(w->arena, "rm -r %s", w->homes[i].path)), 0);
	}
	arena_free(w->arena);
}

static struct str id_of(struct world *w, uint32_t story)
{
	return str_of(arena_printf(w->arena, "s%u", story));
}

static struct str prefix_of(struct world *w, uint32_t issue)
{
	return str_of(arena_printf(w->arena, "2026-%02u-01\tpaper\t", issue + 1));
}

static struct str about_of(struct world *w, uint32_t story)
{
	struct str prefix = prefix_of(w, story % ISSUES);
	return str_of(arena_printf(w->arena, "%.*stitle %u", (int)prefix.len, prefix.p, story));
}

/* Some are long, so that there soon is enough for a snapshot. */
static struct str note(struct world *w)
{
	static const char *const texts[] = {"", "甲", "b c", "100%"};
	return str_of(arena_printf(w->arena, "%s%*s", texts[below(4)], below(4) ? 1 : 3000, ""));
}

static struct triage_step some_step(struct world *w)
{
	uint32_t story = some_story();
	struct triage_step step = {.id = id_of(w, story), .about = about_of(w, story)};
	step.field = (enum triage_field)below(TRIAGE_NOTE + 1);
	step.value = below(2);
	step.text = step.field == TRIAGE_TAG ? str_of(below(2) ? "x" : "y") : note(w);
	return step;
}

/* The same in both homes, with the same outcome. */
static void act(struct world *w)
{
	struct triage_step steps[3];
	size_t n = 1 + below(3), kind = below(14), which = below(2), n_changed[2];
	struct str first[2] = {{NULL, 0}, {NULL, 0}};
	uint32_t old = some_story(), id = some_story();
	w->now += below(1000);
	for (size_t i = 0; i < n; i++)
		steps[i] = some_step(w);
	for (size_t i = 0; i < 2; i++) {
		struct triage *t = w->homes[i].programs[which].triage;
		n_changed[i] = 0;
		if (kind < 3)
			assert_true(triage_undo(t, &n_changed[i], &first[i], NULL));
		else if (kind < 5)
			assert_true(triage_redo(t, &n_changed[i], &first[i], NULL));
		else if (kind > 5)
			assert_true(triage_change(t, steps, n, &n_changed[i], NULL));
		else if (old != id && old % 4 == 0)
			assert_true(triage_alias(t, id_of(w, old), id_of(w, id), about_of(w, id),
						 NULL));
	}
	assert_int_equal(n_changed[0], n_changed[1]);
	assert_true(str_eq(first[0], first[1]));
}

static struct str some_record(struct world *w, size_t device)
{
	static const char *const fields[] = {"r", "s", "l", "d", "n", "t:x", "new-field", "is"};
	struct strbuf buf = strbuf_make(w->arena);
	uint32_t story = some_story();
	struct record record = {.key = id_of(w, story), .field = str_of(fields[below(8)])};
	record.value = str_is(record.field, "n")    ? note(w)
		       : str_is(record.field, "is") ? about_of(w, some_story())
						    : str_of(below(2) ? "1" : "");
	if (below(12) == 0) {
		record.field = STR(RECORD_ALIAS);
		record.value = id_of(w, some_story());
	}
	w->foreign[device] += 1 + below(2000);
	record.stamp = (w->now - 100000 + w->foreign[device]) << 16 | below(3);
	record_put(&buf, &record);
	if (below(15) == 0)
		strbuf_puts(&buf, "<<<<<<< damaged\n");
	return strbuf_str(&buf);
}

/* In its place or as another file, with more, with less, or in another order. */
static void put_foreign(struct world *w, const char *name, struct str text, bool is_replaced)
{
	for (size_t i = 0; i < 2; i++) {
		const char *path = journal_of(w, i, name);
		const char *fresh = arena_printf(w->arena, "%s/fresh", w->homes[i].path);
		write_file(is_replaced ? fresh : path, text);
		if (is_replaced)
			assert_int_equal(rename(fresh, path), 0);
	}
}

static void poll_all(struct world *w)
{
	for (size_t i = 0; i < 2; i++)
		for (size_t k = 0; k < 2; k++)
			journal_poll(w->homes[i].programs[k].journal,
				     w->homes[i].programs[k].triage, NULL, NULL);
}

static void shorten_own(struct world *w)
{
	size_t n_dropped;
	struct str text = text_of(w, 0, "own");
	if (text.len)
		put_foreign(w, "own", journal_compact(w->arena, text, 1 + below(30), &n_dropped),
			    true);
}

/* A line is taken out; what was behind it is in another place then. */
static void edit_in_place(struct world *w, const char *name)
{
	struct str rest = text_of(w, 0, name), line;
	struct strbuf out = strbuf_make(w->arena);
	size_t nth = below(20);
	for (size_t i = 0; str_cut(&rest, '\n', &line); i++) {
		if (i == nth)
			continue;
		strbuf_put(&out, line);
		strbuf_puts(&out, rest.p ? "\n" : "");
	}
	put_foreign(w, name, strbuf_str(&out), false);
}

static void spoil_cache(struct world *w)
{
	const char *path = arena_printf(w->arena, "%s/cache/state", w->homes[0].path);
	struct str text;
	if (!file_read(path, w->arena, &text, NULL))
		return;
	char *bytes = str_dup(w->arena, text);
	switch (below(4)) {
	case 0:
		unlink(path);
		break;
	case 1:
		write_file(path, str_sub(text, 0, below((uint32_t)text.len)));
		break;
	case 2:
		write_file(path, STR("something else"));
		break;
	default:
		bytes[below((uint32_t)text.len)] ^= (char)(1 << below(8));
		write_file(path, (struct str){bytes, text.len});
	}
}

struct told {
	size_t n, n_tags, n_read;
};

static void take_story(void *self, struct str id, const struct story_state *state)
{
	struct told *told = self;
	(void)id;
	told->n++;
	told->n_tags += state->n_tags;
	told->n_read += state->is_read;
}

static void assert_same_story(struct world *w, uint32_t story, size_t which)
{
	struct story_state s[2];
	for (size_t i = 0; i < 2; i++)
		s[i] = triage_state(w->homes[i].programs[which].triage, id_of(w, story));
	assert_int_equal(s[0].is_read, s[1].is_read);
	assert_int_equal(s[0].is_starred, s[1].is_starred);
	assert_int_equal(s[0].is_later, s[1].is_later);
	assert_int_equal(s[0].is_dismissed, s[1].is_dismissed);
	assert_true(str_eq(s[0].note, s[1].note));
	assert_int_equal(s[0].n_tags, s[1].n_tags);
	for (size_t k = 0; k < s[0].n_tags; k++)
		assert_true(str_eq(s[0].tags[k], s[1].tags[k]));
	assert_true(str_eq(triage_about(w->homes[0].programs[which].triage, id_of(w, story)),
			   triage_about(w->homes[1].programs[which].triage, id_of(w, story))));
}

/* What is known of an issue's stories; of ids that are one, any may stand for the others. */
static void assert_same_issue(struct world *w, uint32_t issue, size_t which)
{
	struct triage_orphan *orphans[2];
	size_t n[2];
	for (size_t i = 0; i < 2; i++)
		n[i] = triage_orphans(w->homes[i].programs[which].triage, w->arena,
				      prefix_of(w, issue), NULL, 0, &orphans[i]);
	assert_int_equal(n[0], n[1]);
	for (size_t i = 0; i < n[0]; i++) {
		size_t k = 0;
		while (k < n[1] && !str_eq(orphans[0][i].about, orphans[1][k].about))
			k++;
		assert_true(k < n[1]);
	}
}

static void assert_same(struct world *w)
{
	size_t which = below(2);
	struct told told[2] = {{0}};
	struct str *tags;
	size_t n_tags[2];
	poll_all(w); /* one that had to read all anew knows more than the other */
	assert_true(str_eq(text_of(w, 0, "own"), text_of(w, 1, "own")));
	for (uint32_t i = 0; i < 8; i++)
		assert_same_story(w, some_story(), which);
	for (uint32_t i = 0; i < 8; i++)
		assert_same_issue(w, below(ISSUES), which);
	for (size_t i = 0; i < 2; i++) {
		triage_each(w->homes[i].programs[which].triage, take_story, &told[i]);
		n_tags[i] = triage_tags(w->homes[i].programs[which].triage, w->arena, &tags);
	}
	assert_int_equal(told[0].n, told[1].n);
	assert_int_equal(told[0].n_tags, told[1].n_tags);
	assert_int_equal(told[0].n_read, told[1].n_read);
	assert_int_equal(n_tags[0], n_tags[1]);
	for (uint32_t i = 0; i < STORIES; i++)
		assert_same_story(w, i, which);
}

static void restart(struct world *w, bool is_spoilt)
{
	bool is_settled = below(4) > 0;
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < 2; i++)
			stop(&w->homes[i].programs[k], is_settled);
	switch (is_spoilt ? below(6) : 6) {
	case 0:
		spoil_cache(w);
		break;
	case 1:
		shorten_own(w);
		break;
	case 2:
		edit_in_place(w, arena_printf(w->arena, "d%u", below(DEVICES)));
		break;
	case 3:
		for (size_t i = 0; i < 2; i++)
			unlink(journal_of(w, i, "d0"));
		break;
	default:
		break;
	}
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < 2; i++)
			start(w, &w->homes[i], &w->homes[i].programs[k]);
}

static void hear_of_another(struct world *w)
{
	size_t device = below(DEVICES);
	const char *name = arena_printf(w->arena, "d%zu", device);
	struct str old = text_of(w, 0, name);
	struct strbuf text = strbuf_make(w->arena);
	size_t n = 1 + below(6);
	bool is_cut = below(20) == 0;
	strbuf_put(&text, str_sub(old, 0, is_cut ? below((uint32_t)old.len + 1) : old.len));
	for (size_t i = 0; i < n; i++)
		strbuf_put(&text, some_record(w, device));
	if (below(10) == 0)
		strbuf_puts(&text, "torn");
	put_foreign(w, name, strbuf_str(&text), is_cut || below(2));
	poll_all(w);
	if (is_cut) /* what it said before stays in effect as long as a program runs */
		restart(w, false);
}

static void a_start_from_the_snapshot_is_as_one_from_the_journals(void **state)
{
	(void)state;
	for (int history = 0; history < HISTORIES; history++) {
		struct world w;
		begin_world(&w);
		for (int event = 0; event < EVENTS; event++) {
			uint32_t what = below(20);
			if (what < 14)
				act(&w);
			else if (what < 17)
				hear_of_another(&w);
			else
				restart(&w, true);
			if (what >= 17 || below(8) == 0)
				assert_same(&w);
		}
		restart(&w, false);
		assert_same(&w);
		end_world(&w);
	}
}

/* By hand: one home, one program at a time. */
static struct program open_one(struct world *w, bool has_cache)
{
	struct program program;
	w->homes[0].has_cache = has_cache;
	start(w, &w->homes[0], &program);
	return program;
}

static void mark(struct program *program, struct str id, enum triage_field field, struct str text)
{
	struct triage_step step = {.id = id, .field = field, .value = true, .text = text};
	assert_true(triage_change(program->triage, &step, 1, NULL, NULL));
}

static struct str much(struct world *w)
{
	return str_of(arena_printf(w->arena, "%20000s", "x"));
}

static bool has_cache(struct world *w)
{
	struct stat st;
	return stat(arena_printf(w->arena, "%s/cache/state", w->homes[0].path), &st) == 0;
}

static void a_library_may_outgrow_its_snapshot(void **state)
{
	struct world w;
	size_t n_read = 0, n;
	(void)state;
	begin_world(&w);
	struct program p = open_one(&w, true);
	for (size_t i = 0; i < 2000; i++) {
		mark(&p, id_of(&w, (uint32_t)i), TRIAGE_READ, STR(""));
		if (i != 5 && i != 200 && i != 1999)
			continue;
		mark(&p, id_of(&w, (uint32_t)i), TRIAGE_NOTE, much(&w));
		stop(&p, true);
		assert_true(has_cache(&w));
		p = open_one(&w, true);
	}
	for (uint32_t i = 0; i < 2100; i++)
		n_read += triage_state(p.triage, id_of(&w, i)).is_read;
	assert_int_equal(n_read, 2000);
	/* Further back than the snapshot remembers. */
	for (size_t i = 0; i < 2000 + 3; i++)
		assert_true(triage_undo(p.triage, &n, NULL, NULL) && n == 1);
	assert_true(triage_undo(p.triage, &n, NULL, NULL) && n == 0);
	assert_false(triage_state(p.triage, id_of(&w, 0)).is_read);
	stop(&p, true);
	end_world(&w);
}

static void an_edit_of_the_same_length_is_noticed(void **state)
{
	/* Far from where reading goes on. */
	static const char *const keys[] = {"s1", "s3", "s4", "s5", "s6", "s7", "s8", "a1",
					   "a2", "a3", "a4", "a5", "a6", "a7", "a8", NULL};
	struct world w;
	struct strbuf text;
	struct record record = {.stamp = 5, .key = STR("s1"), .field = STR("s")};
	const struct timespec times[2] = {{.tv_sec = 1}, {.tv_sec = 1}};
	(void)state;
	begin_world(&w);
	text = strbuf_make(w.arena);
	record.value = STR("1");
	for (const char *const *key = keys; *key; key++) {
		record.key = str_of(*key);
		record_put(&text, &record);
	}
	write_file(journal_of(&w, 0, "d0"), strbuf_str(&text));
	struct program p = open_one(&w, true);
	assert_true(triage_state(p.triage, STR("s1")).is_starred);
	mark(&p, STR("s2"), TRIAGE_NOTE, much(&w));
	stop(&p, true);
	text = strbuf_make(w.arena);
	for (const char *const *key = keys; *key; key++) {
		record.key = key == keys ? STR("s9") : str_of(*key);
		record_put(&text, &record);
	}
	write_file(journal_of(&w, 0, "d0"), strbuf_str(&text));
	assert_int_equal(utimensat(AT_FDCWD, journal_of(&w, 0, "d0"), times, 0), 0);
	p = open_one(&w, true);
	assert_false(triage_state(p.triage, STR("s1")).is_starred);
	assert_true(triage_state(p.triage, STR("s9")).is_starred);
	stop(&p, false);
	end_world(&w);
}

static size_t count_orphans(struct world *w, struct program *program, uint32_t issue)
{
	struct triage_orphan *orphans;
	return triage_orphans(program->triage, w->arena, prefix_of(w, issue), NULL, 0, &orphans);
}

static void stories_are_found_by_their_issue(void **state)
{
	struct world w;
	struct strbuf text;
	struct record record = {.stamp = 5, .key = STR("s3"), .field = STR(RECORD_ALIAS)};
	(void)state;
	begin_world(&w);
	text = strbuf_make(w.arena);
	struct program p = open_one(&w, true);
	for (uint32_t i = 0; i < ISSUES + 1; i++) {
		struct triage_step step = {.id = id_of(&w, i), .field = TRIAGE_NOTE};
		step.about = about_of(&w, i % ISSUES);
		step.text = i ? STR("x") : much(&w);
		if (i == ISSUES) { /* another one of an issue that has one, later */
			stop(&p, true);
			p = open_one(&w, true);
			step.text = much(&w);
			record.value = STR("a9"); /* its fields are another's now */
			record_put(&text, &record);
			write_file(journal_of(&w, 0, "d0"), strbuf_str(&text));
		}
		assert_true(triage_change(p.triage, &step, 1, NULL, NULL));
	}
	stop(&p, true);
	p = open_one(&w, true);
	assert_int_equal(count_orphans(&w, &p, 3), 1);
	assert_int_equal(count_orphans(&w, &p, 0), 2);
	assert_int_equal(count_orphans(&w, &p, 5), 1);
	assert_int_equal(count_orphans(&w, &p, ISSUES), 0);
	stop(&p, true);
	end_world(&w);
}

/* A note that another device wrote before this one's, and that is heard of after it. */
static void what_is_heard_of_late_was_before(void **state)
{
	struct world w;
	struct strbuf text;
	struct record record = {.stamp = 5, .key = STR("s1"), .field = STR("n")};
	size_t n;
	(void)state;
	begin_world(&w);
	text = strbuf_make(w.arena);
	struct program p = open_one(&w, true);
	mark(&p, STR("s1"), TRIAGE_NOTE, STR("mine"));
	mark(&p, STR("s2"), TRIAGE_NOTE, much(&w));
	assert_true(triage_undo(p.triage, &n, NULL, NULL) && n == 1);
	stop(&p, true);
	assert_true(has_cache(&w));
	record.value = STR("theirs");
	record_put(&text, &record);
	write_file(journal_of(&w, 0, "d0"), strbuf_str(&text));
	p = open_one(&w, true);
	assert_true(str_is(triage_state(p.triage, STR("s1")).note, "mine"));
	assert_true(triage_undo(p.triage, &n, NULL, NULL) && n == 1);
	assert_true(str_is(triage_state(p.triage, STR("s1")).note, "theirs"));
	stop(&p, true);
	end_world(&w);
}

static void nothing_is_missed_where_no_snapshot_can_be_written(void **state)
{
	struct world w;
	(void)state;
	begin_world(&w);
	struct program p = open_one(&w, true);
	mark(&p, STR("s2"), TRIAGE_NOTE, much(&w));
	write_file(arena_printf(w.arena, "%s/cache", w.homes[0].path), STR("in the way"));
	assert_false(journal_settle(p.journal, p.triage, NULL));
	stop(&p, false);
	p = open_one(&w, true);
	assert_int_equal(triage_state(p.triage, STR("s2")).note.len, 20000);
	stop(&p, false);
	end_world(&w);
}

static void a_little_is_read_without_one(void **state)
{
	struct world w;
	(void)state;
	begin_world(&w);
	struct program p = open_one(&w, true);
	mark(&p, STR("s1"), TRIAGE_STAR, STR(""));
	stop(&p, true);
	assert_false(has_cache(&w));
	end_world(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_start_from_the_snapshot_is_as_one_from_the_journals),
		cmocka_unit_test(a_library_may_outgrow_its_snapshot),
		cmocka_unit_test(an_edit_of_the_same_length_is_noticed),
		cmocka_unit_test(stories_are_found_by_their_issue),
		cmocka_unit_test(what_is_heard_of_late_was_before),
		cmocka_unit_test(nothing_is_missed_where_no_snapshot_can_be_written),
		cmocka_unit_test(a_little_is_read_without_one),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
