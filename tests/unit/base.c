/* The base: arenas, texts, dates, errors, files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sulan/arena.h>
#include <sulan/date.h>
#include <sulan/error.h>
#include <sulan/file.h>
#include <sulan/str.h>

static void what_an_arena_gives_is_zeroed_and_apart(void **state)
{
	struct arena *arena = arena_new();
	(void)state;
	for (int round = 0; round < 3; round++) {
		char *last = NULL;
		for (size_t size = 1; size < 70000; size = size * 3 + 1) {
			char *p = arena_alloc(arena, size);
			for (size_t i = 0; i < size; i++)
				assert_int_equal(p[i], 0);
			memset(p, 0x5a, size);
			assert_int_equal((uintptr_t)p % sizeof(void *), 0);
			if (last)
				assert_int_equal(*last, 0x5a);
			last = p;
		}
		arena_reset(arena);
	}
	arena_free(arena);
}

static void an_array_grows_and_keeps_what_it_has(void **state)
{
	struct arena *arena = arena_new();
	int *items = NULL;
	size_t n = 0, cap = 0;
	(void)state;
	for (int i = 0; i < 1000; i++) {
		items = arena_more(arena, items, n, &cap, sizeof(*items));
		items[n++] = i;
	}
	for (int i = 0; i < 1000; i++)
		assert_int_equal(items[i], i);
	arena_free(arena);
}

static void what_is_dropped_takes_nothing_else_with_it(void **state)
{
	const size_t size = 300000, from = 5000, len = 200000;
	struct arena *arena = arena_new();
	static char foreign[100000];
	(void)state;
	for (int round = 0; round < 2; round++) {
		char *p = arena_resize(arena, NULL, 0, size);
		memset(p, 0x5a, size);
		memset(foreign, 0x5a, sizeof(foreign));
		arena_drop(arena, p + from, len);
		arena_drop(arena, p + size - 10, 0);
		arena_drop(arena, foreign, sizeof(foreign));
		for (size_t i = 0; i < from; i++)
			assert_int_equal(p[i], 0x5a);
		for (size_t i = from + len; i < size; i++)
			assert_int_equal(p[i], 0x5a);
		for (size_t i = 0; i < sizeof(foreign); i++)
			assert_int_equal(foreign[i], 0x5a);
		memset(p, 1, size); /* what is dropped may be written again */
		arena_reset(arena);
	}
	arena_free(arena);
}

/* Against the plain ways, at every place in and behind words of eight bytes. */
static void lines_and_needles_are_found_wherever_they_stand(void **state)
{
	static const char filler[] =
		"a\n中\x0c\x8a\x8b\v b\x0a\xef\xbc\x9a:\t\n\nxyzxyzxyzxyzxyxyz";
	static const struct str needles[] = {{"x", 1},      {"xyz", 3},   {"\xef\xbc\x9a", 3},
					     {"xyzxyx", 6}, {"xyxyz", 5}, {"q", 1}};
	(void)state;
	for (size_t from = 0; from < sizeof(filler); from++) {
		struct str text = {filler + from, sizeof(filler) - 1 - from};
		for (size_t at = 0; at <= text.len + 1; at++) {
			size_t end = at;
			while (end < text.len && text.p[end] != '\n' && text.p[end] != '\v')
				end++;
			assert_int_equal(str_line_end(text, at), end);
			for (size_t i = 0; i < sizeof(needles) / sizeof(*needles); i++) {
				const char *p = at <= text.len
							? memmem(text.p + at, text.len - at,
								 needles[i].p, needles[i].len)
							: NULL;
				assert_int_equal(str_find(text, needles[i], at),
						 p ? (size_t)(p - text.p) : STR_NOT_FOUND);
			}
		}
	}
}

static void texts_are_cut_and_trimmed(void **state)
{
	struct str rest = STR("a,,b"), part;
	(void)state;
	assert_true(str_cut(&rest, ',', &part) && str_is(part, "a"));
	assert_true(str_cut(&rest, ',', &part) && part.len == 0);
	assert_true(str_cut(&rest, ',', &part) && str_is(part, "b"));
	assert_false(str_cut(&rest, ',', &part));
	assert_true(str_is(str_trim(STR(" \t\xe3\x80\x80x y\xc2\xa0\n")), "x y"));
	assert_int_equal(str_trim(STR(" \xe3\x80\x80 ")).len, 0);
	assert_true(str_is(str_sub(STR("abc"), 1, 99), "bc"));
	assert_int_equal(str_find(STR("abcabc"), STR("ca"), 0), 2);
	assert_int_equal(str_find(STR("abc"), STR("x"), 0), STR_NOT_FOUND);
	assert_true(str_same_ascii(STR("HTTPS"), STR("https")));
	assert_true(str_ends(STR("x.md"), ".md") && !str_ends(STR("md"), "x.md"));
}

static void numbers_are_whole_and_in_range(void **state)
{
	long n = 7;
	(void)state;
	assert_true(str_to_int(STR("42"), 0, 99, &n) && n == 42);
	assert_true(str_to_int(STR("-3"), -9, 9, &n) && n == -3);
	assert_false(str_to_int(STR("4x"), 0, 99, &n));
	assert_false(str_to_int(STR(""), 0, 99, &n));
	assert_false(str_to_int(STR("100"), 0, 99, &n));
	assert_false(str_to_int(STR("99999999999999999999"), 0, 99, &n));
}

static void a_builder_builds(void **state)
{
	struct arena *arena = arena_new();
	struct strbuf buf = strbuf_make(arena);
	(void)state;
	assert_int_equal(strbuf_str(&buf).len, 0);
	for (int i = 0; i < 500; i++)
		strbuf_printf(&buf, "%d,", i % 10);
	assert_int_equal(strbuf_str(&buf).len, 1000);
	assert_int_equal(strbuf_str(&buf).p[1000], '\0');
	arena_free(arena);
}

static void dates_are_found_in_all_usual_forms(void **state)
{
	static const struct {
		const char *text, *iso;
	} cases[] = {
		{"🤖 AI行业速递 - 2026年01月22日", "2026-01-22"},
		{"2026-1-2", "2026-01-02"},
		{"issue 2026/12/31!", "2026-12-31"},
		{"2026.02.28", "2026-02-28"},
		{"20260301.md", "2026-03-01"},
		{"100_2026-05-24.md", "2026-05-24"},
		{"January 9, 2026", "2026-01-09"},
		{"on 3rd, Sept 4th 2026", "2026-09-04"},
		{"22 January 2026", "2026-01-22"},
		{"2024-02-29", "2024-02-29"},
		{"2026 年 3 月 5 日", "2026-03-05"},
		{"2026년 1월 22일", "2026-01-22"},
		{"二〇二六年一月二十二日 星期四", "2026-01-22"},
		{"令和8年1月22日", "2026-01-22"},
		{"Thursday, 22nd January 2026", "2026-01-22"},
		{"Donnerstag, 22. Januar 2026", "2026-01-22"},
		{"jeudi 1er août 2026", "2026-08-01"},
		{"22 de enero de 2026", "2026-01-22"},
		{"22 января 2026", "2026-01-22"},
		{"22.01.2026", "2026-01-22"},
		{"1/22/2026", "2026-01-22"},
		{"22/1/2026", "2026-01-22"},
		{"1/2/2026", ""},
		{"2026-W04", "2026-01-19"},
		{"2026年第1周", "2025-12-29"},
		{"2020-W53", "2020-12-28"},
		{"2026-W53", "2026-12-28"},
		{"2025-W53", ""},
		{"2024年第53周", ""},
		{"2026-W54", ""},
		{"Week 14, 2026", "2026-03-30"},
		{"Digest 2026 week 1", "2025-12-29"},
		{"Wochenrückblick KW 21/2024", "2024-05-20"},
		{"KW21 2024", "2024-05-20"},
		{"Semaine 14 - 2026", "2026-03-30"},
		{"Неделя 14, 2026", "2026-03-30"},
		{"2026년 14주차", "2026-03-30"},
		{"Fri, 24 May, 2024", "2024-05-24"},
		{"24-May-2024", "2024-05-24"},
		{"2024 May 24", "2024-05-24"},
		{"24 МАЯ 2024 года", "2024-05-24"},
		{"4 de JULHO de 2026", "2026-07-04"},
		{"Weekend 14, 2026", ""},
		{"May 2026", ""},
		{"2026-02-30", ""},
		{"2026-13-01", ""},
		{"12345678", ""},
		{"第 407 期", ""},
		{"v1.2.3", ""},
		{"", ""},
		{"2026041608", ""},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct date date = {0};
		char iso[DATE_TEXT];
		date_find(str_of(cases[i].text), &date, NULL, NULL);
		date_text(date, iso);
		assert_string_equal(iso, cases[i].iso);
	}
}

static void what_a_date_leaves_out_is_0(void **state)
{
	static const struct {
		const char *text;
		struct date date;
		const char *written;
	} cases[] = {
		{"早报 1月22日（四）", {0, 1, 22}, "1月22日"},
		{"The Letter (May 24th)", {0, 5, 24}, "May 24th"},
		{"Ausgabe vom 22. März", {0, 3, 22}, "22. März"},
		{"Lettre du 1er août", {0, 8, 1}, "1er août"},
		{"Boletín del 3 de mayo", {0, 5, 3}, "3 de mayo"},
		{"Дайджест за 24 мая", {0, 5, 24}, "24 мая"},
		{"1월 22일 소식", {0, 1, 22}, "1월 22일"},
		{"29 February", {0, 2, 29}, "29 February"},
		{"Newsletter, May 2026", {2026, 5, 0}, "May 2026"},
		{"月报 2026年5月", {2026, 5, 0}, "2026年5月"},
		{"2026-05.md", {2026, 5, 0}, "2026-05"},
		{"30 February", {0, 0, 0}, ""},
		{"Maybe 24 things, 3 marshals, 2026-13", {0, 0, 0}, ""},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct date date = {0};
		size_t at, len;
		struct str text = str_of(cases[i].text);
		bool is_found = date_find_part(text, &date, &at, &len);
		assert_int_equal(is_found, cases[i].written[0] != '\0');
		if (!is_found)
			continue;
		assert_int_equal(date_compare(date, cases[i].date), 0);
		assert_true(str_is(str_sub(text, at, len), cases[i].written));
	}
}

static void letters_are_the_same_in_either_case(void **state)
{
	(void)state;
	assert_true(str_same_letters(STR("Catégorie ИСТОЧНИК Ďž"), STR("cATÉGORIE источник ďŽ")));
	assert_false(str_same_letters(STR("é"), STR("e")));
	assert_false(str_same_letters(STR("aé"), STR("aè")));
	assert_false(str_same_letters(STR("分类"), STR("分頬")));
	assert_true(str_same_letters(STR("分类"), STR("分类")));
	assert_false(str_same_letters(STR("\xc3"), STR("\xe3")));
	const struct str mixed = STR("Catégorie ИСТОЧНИК Ďž 分类 \xc3");
	char small[64];
	str_put_small(mixed, small);
	assert_true(str_same_letters((struct str){small, mixed.len}, mixed));
	assert_true(str_is((struct str){small, mixed.len}, "catégorie источник ďž 分类 \xc3"));
}

static void a_date_knows_where_it_stands_and_its_weekday(void **state)
{
	struct date date;
	size_t at, len;
	(void)state;
	assert_true(date_find(STR("早报 2026年1月22日（四）"), &date, &at, &len));
	assert_int_equal(at, strlen("早报 "));
	assert_int_equal(len, strlen("2026年1月22日"));
	assert_int_equal(date_weekday(date), 4);
	assert_int_equal(date_weekday((struct date){2000, 2, 29}), 2);
	assert_true(date_compare(date, (struct date){0}) > 0);
}

static void days_without_a_date_are_no_date(void **state)
{
	static const long none[] = {LONG_MIN, -1, 0, 1, 61, 365, 3652425, LONG_MAX};
	const struct date first = {1, 1, 1}, last = {9999, 12, 31};
	(void)state;
	assert_int_equal(date_compare(date_of_day(date_day(first)), first), 0);
	assert_int_equal(date_compare(date_of_day(date_day(last)), last), 0);
	assert_int_equal(date_weekday(first), 1);
	assert_int_equal(date_weekday(last), 5);
	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++) {
		assert_int_equal(date_of_day(none[i]).year, 0);
		assert_int_equal(date_weekday(date_of_day(none[i])), 0);
	}
}

static void an_error_reads_well(void **state)
{
	struct error err = {0};
	char text[64];
	(void)state;
	assert_false(error_set(&err, ERROR_INPUT, "cannot be opened: %s", "why"));
	error_at(&err, "x.md", 3);
	error_at(&err, "other", 9);
	error_text(&err, NULL, text, sizeof(text));
	assert_string_equal(text, "x.md:3: cannot be opened: why");
	error_text(&err, "打不开：%s", text, 16);
	assert_string_equal(text, "x.md:3: 打不");
}

static void files_are_snapshots_or_errors(void **state)
{
	struct arena *arena = arena_new();
	struct error err = {0};
	struct str bytes;
	char folder[] = "/tmp/file-test-XXXXXX", path[64];
	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/fifo.md", folder);
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_false(file_read(path, arena, &bytes, &err));
	assert_false(file_read(folder, arena, &bytes, &err));
	assert_non_null(strstr(err.what, "folder"));
	assert_false(file_read("/nonexistent", arena, &bytes, &err));
	assert_true(file_read("/proc/version", arena, &bytes, &err) && bytes.len > 0);
	assert_false(file_read("/dev/zero", arena, &bytes, &err));
	unlink(path);
	rmdir(folder);
	arena_free(arena);
}

static void a_folder_lists_its_issues_and_nothing_else(void **state)
{
	static const char *const names[] = {"b.md",  "a.markdown", ".hidden.md",
					    "x.txt", "c.md~",      "#d.md"};
	struct arena *arena = arena_new();
	struct file_list list;
	char folder[] = "/tmp/list-test-XXXXXX", path[64];
	(void)state;
	assert_non_null(mkdtemp(folder));
	for (size_t i = 0; i < 6; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		fclose(fopen(path, "w"));
	}
	assert_true(file_list_dir(folder, arena, &list, NULL));
	assert_int_equal(list.n_paths, 2);
	assert_true(str_ends(list.paths[0], "/a.markdown") && str_ends(list.paths[1], "/b.md"));
	for (size_t i = 0; i < 6; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		unlink(path);
	}
	rmdir(folder);
	assert_false(file_list_dir("/nonexistent", arena, &list, NULL));
	arena_free(arena);
}

static void issues_are_listed_by_path_whatever_they_are(void **state)
{
	static const char *const names[] = {
		"a/same-name-for-long-1.md",
		"a/same-name-for-long-10.md",
		"a/same-name-for-long-2.md",
		"a/z.md",
		"a.md",
		"link.md",
		"b/deep/not.md",
		"gone.md",
		"fifo.md",
	};
	struct arena *arena = arena_new();
	struct file_list list;
	char folder[] = "/tmp/list-test-XXXXXX";
	(void)state;
	assert_non_null(mkdtemp(folder));
	for (const char *const *dir = (const char *const[]){"a", "b", "b/deep", NULL}; *dir; dir++)
		assert_int_equal(mkdir(arena_printf(arena, "%s/%s", folder, *dir), 0700), 0);
	for (size_t i = 0; i < 7; i++)
		if (i != 5)
			fclose(fopen(arena_printf(arena, "%s/%s", folder, names[i]), "w"));
	assert_int_equal(symlink("a/z.md", arena_printf(arena, "%s/link.md", folder)), 0);
	assert_int_equal(symlink("nowhere", arena_printf(arena, "%s/gone.md", folder)), 0);
	assert_int_equal(mkfifo(arena_printf(arena, "%s/fifo.md", folder), 0600), 0);
	for (int slash = 0; slash < 2; slash++) {
		const char *named = arena_printf(arena, "%s%s", folder, slash ? "/" : "");
		static const size_t order[] = {4, 0, 1, 2, 3, 5};
		assert_true(file_list_dir(named, arena, &list, NULL));
		assert_int_equal(list.n_paths, 6);
		for (size_t i = 0; i < 6; i++)
			assert_string_equal(list.paths[i].p,
					    arena_printf(arena, "%s/%s", folder, names[order[i]]));
	}
	assert_int_equal(system(arena_printf(arena, "rm -r %s", folder)), 0);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_an_arena_gives_is_zeroed_and_apart),
		cmocka_unit_test(an_array_grows_and_keeps_what_it_has),
		cmocka_unit_test(what_is_dropped_takes_nothing_else_with_it),
		cmocka_unit_test(lines_and_needles_are_found_wherever_they_stand),
		cmocka_unit_test(texts_are_cut_and_trimmed),
		cmocka_unit_test(numbers_are_whole_and_in_range),
		cmocka_unit_test(a_builder_builds),
		cmocka_unit_test(dates_are_found_in_all_usual_forms),
		cmocka_unit_test(what_a_date_leaves_out_is_0),
		cmocka_unit_test(letters_are_the_same_in_either_case),
		cmocka_unit_test(a_date_knows_where_it_stands_and_its_weekday),
		cmocka_unit_test(days_without_a_date_are_no_date),
		cmocka_unit_test(an_error_reads_well),
		cmocka_unit_test(files_are_snapshots_or_errors),
		cmocka_unit_test(a_folder_lists_its_issues_and_nothing_else),
		cmocka_unit_test(issues_are_listed_by_path_whatever_they_are),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
