/* All stories of the index: the same that their files have, and let through by the same filters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/file.h>
#include <sulan/identity.h>
#include <sulan/index.h>
#include <sulan/issue.h>
#include <sulan/keywords.h>
#include <sulan/stories.h>
#include <sulan/triage.h>

#include "../random.h"

#define ISSUES_MAX 128

struct fixture {
	struct arena *arena;
	struct index *index;
	struct stories *stories;
	const struct issue *issues[ISSUES_MAX]; /* the same read from the files */
	size_t n_issues;
	struct triage *triage;
	struct keywords *keywords;
};

static int newest_first(const void *a, const void *b)
{
	const struct issue *x = *(const struct issue *const *)a,
			   *y = *(const struct issue *const *)b;
	int order = date_compare(y->date, x->date);
	return order ? order : str_compare(y->path, x->path);
}

static void read_folder(struct fixture *f, const char *dir)
{
	struct file_list list;
	assert_true(file_list_dir(dir, f->arena, &list, NULL));
	for (size_t i = 0; i < list.n_paths; i++) {
		struct str bytes;
		assert_true(file_read(list.paths[i].p, f->arena, &bytes, NULL));
		const struct issue *issue = issue_read(bytes, list.paths[i], NULL);
		if (issue && issue->n_stories)
			f->issues[f->n_issues++] = issue;
		else
			issue_free(issue);
	}
}

static struct index *index_folders(const struct str *paths, size_t n)
{
	struct scan_opts opts = {.paths = paths, .n_paths = n};
	struct index *index = index_open(":memory:", NULL);
	struct scan *scan = scan_new(index, &opts, NULL);
	while (scan_step(scan, 100000, NULL))
		;
	scan_free(scan);
	return index;
}

/* Some stories have something done to them. */
static void mark_some(struct fixture *f)
{
	uint32_t seed = 7;
	for (size_t i = 0; i < f->n_issues; i++) {
		for (size_t s = 0; s < f->issues[i]->n_stories; s++) {
			const struct story *story = &f->issues[i]->stories[s];
			struct triage_step step = {
				.id = story->id,
				.field = (enum triage_field)(random_next(&seed) % 6),
				.value = true,
				.text = STR("甲"),
				.about = identity_text(f->arena, f->issues[i], story)};
			if (random_next(&seed) % 3 == 0)
				assert_true(triage_change(f->triage, &step, 1, NULL, NULL));
		}
	}
}

static int set_up(void **state)
{
	static const struct keyword words[] = {{STR("OpenAI"), STR("OpenAI"), 1, 1},
					       {STR("ＧＰＴ"), STR("OpenAI"), 1, 1},
					       {STR("开源"), STR("开源"), 1, 1}};
	struct fixture *f = calloc(1, sizeof(*f));
	struct str folders[] = {STR("tests/data"), STR("tests/digests")};
	f->arena = arena_new();
	f->index = index_folders(folders, 2);
	f->stories = stories_read(f->index, NULL);
	assert_non_null(f->stories);
	read_folder(f, "tests/data");
	read_folder(f, "tests/digests");
	qsort(f->issues, f->n_issues, sizeof(*f->issues), newest_first);
	f->triage = triage_new(NULL);
	f->keywords = keywords_new(words, 3);
	mark_some(f);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;
	for (size_t i = 0; i < f->n_issues; i++)
		issue_free(f->issues[i]);
	keywords_free(f->keywords);
	triage_free(f->triage);
	stories_free(f->stories);
	index_close(f->index);
	arena_free(f->arena);
	free(f);
	return 0;
}

static void assert_str(struct str got, struct str wanted)
{
	assert_int_equal(got.len, wanted.len);
	assert_memory_equal(got.p, wanted.p, wanted.len);
}

static void they_are_what_the_files_have(void **state)
{
	const struct fixture *f = *state;
	const struct issue *all = stories_all(f->stories), *issues;
	size_t n = 0;
	assert_int_equal(stories_issues(f->stories, &issues), f->n_issues);
	for (size_t i = 0; i < f->n_issues; i++) {
		const struct issue *issue = f->issues[i];
		assert_str(issues[i].path, issue->path);
		assert_str(issues[i].publication, issue->publication);
		assert_int_equal(date_compare(issues[i].date, issue->date), 0);
		assert_int_equal(issues[i].n_stories, issue->n_stories);
		for (size_t s = 0; s < issue->n_stories; s++, n++) {
			const struct story *stub = &all->stories[n], *story = &issue->stories[s];
			assert_str(stub->id, story->id);
			assert_str(stub->title, story->title);
			assert_int_equal(stub->kind, story->kind);
			assert_str(all->categories[stub->category],
				   issue->categories[story->category]);
			assert_int_equal(stub->n_links, story->n_links);
			for (size_t k = 0; k < story->n_links; k++)
				assert_str(all->links[stub->links[k]].url,
					   issue->links[story->links[k]].url);
			assert_str(identity_text(f->arena, stories_issue(f->stories, n), stub),
				   identity_text(f->arena, issue, story));
			assert_ptr_equal(stories_issue(f->stories, n), &issues[i]);
			assert_str(all->stories[stories_find(f->stories, story->id)].id, story->id);
		}
	}
	assert_int_equal(n, all->n_stories);
	assert_int_equal(stories_find(f->stories, STR("0123456789abcdef")), SIZE_MAX);
}

static bool find_view(const void *self, struct str name, struct str *filter)
{
	(void)self;
	*filter = STR("开源 -kind:brief");
	return str_is(name, "mine");
}

/* The stories that the filter lets through in the files. */
static size_t scan_files(const struct fixture *f, const struct query *query, uint32_t *rows)
{
	size_t n = 0, nth = 0;
	for (size_t i = 0; i < f->n_issues; i++) {
		for (size_t s = 0; s < f->issues[i]->n_stories; s++, nth++) {
			const struct story *story = &f->issues[i]->stories[s];
			struct story_state marks = triage_state(f->triage, story->id);
			if ((!marks.is_dismissed || query_names_dismissed(query)) &&
			    query_matches(query, f->issues[i], story, marks, f->keywords))
				rows[n++] = (uint32_t)nth;
		}
	}
	return n;
}

static size_t same_as_files(const struct fixture *f, const char *filter)
{
	static const struct query_names names = {.find_view = find_view};
	struct arena *arena = arena_new();
	size_t n, wanted;
	uint32_t *rows,
		*scanned = arena_alloc(arena, stories_all(f->stories)->n_stories * sizeof(*rows));
	const struct query *query = query_parse_with(arena, str_of(filter), &names, NULL);
	assert_non_null(query);
	assert_true(stories_filter(f->stories, f->index, arena, query, f->triage, f->keywords,
				   &rows, &n, NULL));
	wanted = scan_files(f, query, scanned);
	if (n != wanted)
		print_message("# %s: %zu, not %zu\n", filter, n, wanted);
	assert_int_equal(n, wanted);
	assert_memory_equal(rows, scanned, n * sizeof(*rows));
	arena_free(arena);
	return n;
}

static void filters_hold_for_the_same(void **state)
{
	static const char *const filters[] = {
		"",
		"unread",
		"read",
		"star",
		"later",
		"dismissed",
		"note",
		"note:甲",
		"tag:甲",
		"-tag:甲 -read",
		"开源",
		"开源 star",
		"-开源",
		"源",
		"开源许可证",
		"\"the same\"",
		"pena",
		"a",
		"-a",
		"。",
		"\"\"",
		"kw:OpenAI",
		"-kw:开源",
		"kw:none",
		"cat:工具",
		"source:github",
		"-source:github",
		"title:开源",
		"kind:brief",
		"-kind:brief 源",
		"@mine",
		"-@mine",
		"-@mine 开源",
		"@mine -star",
		"没有的词",
		"c++",
		"after:2026-01-01",
		"before:2026-01-01",
	};
	size_t n_some = 0, n_filters = sizeof(filters) / sizeof(*filters);
	for (size_t i = 0; i < n_filters; i++)
		n_some += same_as_files(*state, filters[i]) > 0;
	assert_true(n_some > n_filters * 3 / 4);
}

/* Any piece of any text is found where the files have it, alone and against another one. */
static void any_words_are_found_as_in_the_files(void **state)
{
	const struct fixture *f = *state;
	uint32_t seed = 11;
	for (int round = 0; round < 150; round++) {
		char filter[200] = "";
		for (int word = 0; word < 2; word++) {
			const struct issue *issue = f->issues[random_next(&seed) % f->n_issues];
			const struct story *story =
				&issue->stories[random_next(&seed) % issue->n_stories];
			struct str text = issue->blocks[story->end - 1].text;
			size_t at = text.len ? random_next(&seed) % text.len : 0, len = 0;
			while (at && ((unsigned char)text.p[at] & 0xc0) == 0x80)
				at--;
			while (at + len < text.len && len < 1 + random_next(&seed) % 12 &&
			       (unsigned char)text.p[at + len] > ' ' && text.p[at + len] != '"')
				len++;
			while (at + len < text.len &&
			       ((unsigned char)text.p[at + len] & 0xc0) == 0x80)
				len++;
			if (len)
				sprintf(filter + strlen(filter), word ? " -\"%.*s\"" : "\"%.*s\"",
					(int)len, text.p + at);
		}
		same_as_files(f, filter);
	}
}

/* The state of an edited story goes to what it has become, and no other issue is looked at. */
static void state_finds_edited_stories(void **state)
{
	struct fixture *f = *state;
	struct triage *triage = triage_new(NULL);
	const struct issue *issue = f->issues[0];
	const struct story *story = &issue->stories[0];
	struct str about = identity_text(f->arena, issue, story);
	struct triage_step step = {
		.id = STR("00000000000000aa"), .field = TRIAGE_STAR, .value = true, .about = about};
	size_t n_paired;
	assert_true(triage_change(triage, &step, 1, NULL, NULL));
	assert_true(stories_pair(f->stories, triage, &n_paired, NULL));
	assert_int_equal(n_paired, 1);
	assert_true(triage_state(triage, story->id).is_starred);
	assert_true(stories_pair(f->stories, triage, &n_paired, NULL));
	assert_int_equal(n_paired, 0);
	triage_free(triage);
}

static void the_stamp_moves_with_the_index(void **state)
{
	struct str folder = STR("tests/data");
	struct index *index = index_open(":memory:", NULL);
	struct scan_opts opts = {.paths = &folder, .n_paths = 1};
	unsigned long long before = stories_stamp(index);
	struct scan *scan = scan_new(index, &opts, NULL);
	(void)state;
	struct stories *none = stories_read(index, NULL);
	assert_int_equal(stories_all(none)->n_stories, 0);
	assert_int_equal(stories_stamp(index), before);
	scan_step(scan, 1, NULL);
	assert_int_not_equal(stories_stamp(index), before);
	scan_free(scan);
	stories_free(none);
	index_close(index);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_are_what_the_files_have),
		cmocka_unit_test(filters_hold_for_the_same),
		cmocka_unit_test(any_words_are_found_as_in_the_files),
		cmocka_unit_test(state_finds_edited_stories),
		cmocka_unit_test(the_stamp_moves_with_the_index),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
