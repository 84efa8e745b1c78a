/* From the bytes of a file to text: encodings, line ends, and what is refused. */
#include "doc.h"

#include <iconv.h>

static const char text[] = "# 日报\n\n## 甲\n\n今天的新闻，都在这里：编译器、操作系统和数据库。\n";

/* The text in another encoding. */
static struct str convert(struct arena *arena, const char *encoding, const char *mark)
{
	iconv_t to = iconv_open(encoding, "UTF-8");
	size_t in_left = strlen(text), room = in_left * 4, left = room;
	char *in = (char *)(uintptr_t)text, *out = arena_alloc(arena, room + 4);
	size_t n_mark = strlen(mark);
	memcpy(out, mark, n_mark);
	char *end = out + n_mark;
	assert_true(to != (iconv_t)-1);
	assert_true(iconv(to, &in, &in_left, &end, &left) != (size_t)-1);
	iconv_close(to);
	return (struct str){out, (size_t)(end - out)};
}

static void check_encoding(const char *encoding, const char *mark)
{
	struct arena *arena = arena_new();
	struct error err = {0};
	const struct issue *issue = issue_read(convert(arena, encoding, mark), STR("x.md"), &err);
	assert_non_null(issue);
	assert_string_equal(issue->encoding, encoding);
	assert_int_equal(issue->n_repaired, 0);
	assert_str(issue->title, "日报");
	assert_str(story_text(arena, issue, &issue->stories[0]),
		   "甲\n\n今天的新闻，都在这里：编译器、操作系统和数据库。");
	issue_free(issue);
	arena_free(arena);
}

static void other_encodings_are_read(void **state)
{
	(void)state;
	check_encoding("UTF-8", "");
	check_encoding("UTF-8", "\xef\xbb\xbf");
	check_encoding("GB18030", "");
	check_encoding("UTF-16LE", "\xff\xfe");
	check_encoding("UTF-16BE", "\xfe\xff");
}

static void line_ends_are_one_kind(void **state)
{
	const struct issue *unix_ends = issue_of("# x\n\n## y\n\na  \nb\n");
	const struct issue *dos_ends = issue_of("# x\r\n\r\n## y\r\n\r\na  \r\nb\r\n");
	const struct issue *mac_ends = issue_of("# x\r\r## y\r\ra  \rb\r");
	(void)state;
	assert_int_equal(unix_ends->n_blocks, 3);
	for (size_t i = 0; i < unix_ends->n_blocks; i++) {
		assert_true(str_eq(unix_ends->blocks[i].text, dos_ends->blocks[i].text));
		assert_true(str_eq(unix_ends->blocks[i].text, mac_ends->blocks[i].text));
		assert_int_equal(unix_ends->blocks[i].line, dos_ends->blocks[i].line);
		assert_int_equal(unix_ends->blocks[i].line, mac_ends->blocks[i].line);
	}
	assert_str(unix_ends->blocks[2].text, "a\nb");
	issue_free(unix_ends);
	issue_free(dos_ends);
	issue_free(mac_ends);
}

static void bad_bytes_are_replaced_and_counted(void **state)
{
	const struct issue *issue = issue_of("# x\n\nsome words \xff and \xc3( more words\n");
	(void)state;
	assert_int_equal(issue->n_repaired, 2);
	assert_str(issue->blocks[1].text, "some words \xef\xbf\xbd and \xef\xbf\xbd( more words");
	issue_free(issue);
}

static void assert_refused(struct str bytes, const char *why)
{
	struct error err = {0};
	assert_null(issue_read(bytes, STR("dir/x.md"), &err));
	assert_int_equal(err.code, ERROR_INPUT);
	assert_non_null(strstr(err.what, why));
	assert_string_equal(err.file, "dir/x.md");
	assert_null(issue_read(bytes, STR("dir/x.md"), NULL));
}

static void what_is_no_text_is_refused_with_the_way_out(void **state)
{
	static const struct str binaries[] = {
		{"\x7f"
		 "ELF\2\1\1",
		 7},
		{"\x89PNG\r\n\x1a\n", 8},
		{"\x1f\x8b\x08\0\0", 5},
		{"PK\x03\x04....", 8},
		{"a\0b\0c\0d\0", 8},
		{"\xff\xfe\0\xd8x\0", 6},
		{"\x80\x81\x82\x83\xfe\xff\x90\x91", 8},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(binaries) / sizeof(*binaries); i++)
		assert_refused(binaries[i], "convert it to UTF-8");
}

static void nothing_to_read_is_said(void **state)
{
	static const struct str nothing[] = {
		{"", 0},
		{NULL, 0},
		{" \n\t\r\n", 5},
		{"\xef\xbb\xbf", 3},
		{"\xef\xbb\xbf\n\n", 5},
		{"\xff\xfe", 2},
		{"\xe3\x80\x80\n", 4},
		{"<!-- only a comment -->\n", 24},
		{"[a]: http://a.b\n", 16},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(nothing) / sizeof(*nothing); i++)
		assert_refused(nothing[i], "is empty");
}

static void front_matter_names_the_issue_and_stays(void **state)
{
	const struct issue *issue = issue_of("---\ntitle: \"周刊：第 3 期\"\ndate: 2026-02-03\n"
					     "tags: [甲, 乙]\n---\n\n## 丙\n\n丁\n");
	(void)state;
	assert_str(issue->title, "周刊：第 3 期");
	assert_true(issue->date.year == 2026 && issue->date.month == 2 && issue->date.day == 3);
	assert_str(issue->blocks[0].text, "周刊：第 3 期");
	assert_str(issue->blocks[1].text, "date: 2026-02-03\ntags: [甲, 乙]");
	assert_int_equal(issue->blocks[1].part, PART_ISSUE);
	assert_int_equal(issue->n_stories, 1);
	assert_int_equal(issue->stories[0].line, 7);
	issue_free(issue);
}

static void front_matter_gives_way_to_a_heading(void **state)
{
	const struct issue *issue =
		issue_of("---\ntitle: 甲\n---\n# 乙 2026-02-04\n\n## 丙\n\n丁\n");
	(void)state;
	assert_str(issue->title, "乙 2026-02-04");
	assert_str(issue->blocks[0].text, "title: 甲");
	issue_free(issue);
}

static void front_matter_has_other_forms(void **state)
{
	static const char *const texts[] = {
		"+++\ntitle = \"周刊\"\ndate = 2026-02-03\n+++\n\n## 丙\n\n丁\n",
		"Title: 周刊\nDate: 2026-02-03\nCategory: x\n\n## 丙\n\n丁\n",
		"---\ntitle: >-\n  周刊\npubDate: 2026-02-03T08:00:00Z\n---\n\n## 丙\n\n丁\n",
		"---\ntitle: ! '周刊'\nDate: 3 February 2026\n---\n\n## 丙\n\n丁\n",
	};
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const struct issue *issue = issue_of(texts[i]);
		assert_str(issue->title, "周刊");
		assert_true(issue->date.year == 2026 && issue->date.month == 2 &&
			    issue->date.day == 3);
		assert_int_equal(issue->n_stories, 1);
		issue_free(issue);
	}
}

static void the_number_of_an_issue_is_not_its_publication(void **state)
{
	static const char *const names[][2] = {
		{"# 周刊（第 407 期）：今天的话题\n\n## 甲\n\n乙\n", "周刊"},
		{"# Some Newsletter #419\n\n## 甲\n\n乙\n", "Some Newsletter"},
		{"# This Week 665\n\n## 甲\n\n乙\n", "This Week"},
		{"# Web3\n\n## 甲\n\n乙\n", "Web3"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const struct issue *issue = issue_of(names[i][0]);
		assert_str(issue->publication, names[i][1]);
		issue_free(issue);
	}
}

static void template_tags_do_not_hide_definitions(void **state)
{
	const struct issue *issue = issue_of(
		"# x\n\n## 甲\n\n[乙][b]\n\n{% include references.md %}\n[b]: https://e.com/b\n");
	(void)state;
	assert_int_equal(issue->n_links, 1);
	assert_str(issue->blocks[issue->n_blocks - 1].text, "乙");
	issue_free(issue);
}

static void what_only_looks_like_front_matter_is_text(void **state)
{
	static const char *const texts[] = {
		"---\ntitle: never closed\n",
		"---\nno key\n---\n\nx\n",
		"---\ntitle: and nothing else\n---\n",
		"\n---\ntitle: not at the first line\n---\n",
	};
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		const struct issue *issue = issue_of(texts[i]);
		assert_true(issue->n_stories >= 1);
		for (size_t b = 0; b < issue->n_blocks; b++)
			assert_int_not_equal(issue->blocks[b].part, PART_ISSUE);
		issue_free(issue);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(other_encodings_are_read),
		cmocka_unit_test(line_ends_are_one_kind),
		cmocka_unit_test(bad_bytes_are_replaced_and_counted),
		cmocka_unit_test(what_is_no_text_is_refused_with_the_way_out),
		cmocka_unit_test(nothing_to_read_is_said),
		cmocka_unit_test(front_matter_names_the_issue_and_stays),
		cmocka_unit_test(front_matter_gives_way_to_a_heading),
		cmocka_unit_test(front_matter_has_other_forms),
		cmocka_unit_test(the_number_of_an_issue_is_not_its_publication),
		cmocka_unit_test(template_tags_do_not_hide_definitions),
		cmocka_unit_test(what_only_looks_like_front_matter_is_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
