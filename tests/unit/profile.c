/* What the reader says of digests: labels of their own, and profiles. */
#include "doc.h"

#include <stdio.h>

#include <sulan/config.h>

static const struct issue *read_as(const char *config, const char *chosen, const char *text,
				   const char *path)
{
	struct arena *arena = arena_new();
	struct error err = {0};
	const struct config *read = config_read(arena, str_of(config), "config.ini");
	struct profiles profiles = read->profiles;
	profiles.chosen = str_of(chosen);
	assert_int_equal(read->n_warnings, 0);
	const struct issue *issue =
		issue_read_with(NULL, str_of(text), str_of(path), &profiles, &err);
	assert_non_null(issue);
	arena_free(arena);
	return issue;
}

static void own_labels_are_labels(void **state)
{
	const struct issue *issue =
		read_as("[labels]\ncategory = 领域 | Ressort\nsource = 见\nfield = 主播\n", NULL,
			"# x 2026-04-03\n\n## 甲\n\n> **领域：** 科技\n> **见：** "
			"[乙](https://e.com)\n\n丙\n\n"
			"## 丁\n\nRESSORT: Politik\n主播：某\n\n戊\n",
			"x.md");
	(void)state;
	assert_str(issue->categories[issue->stories[0].category], "科技");
	assert_str(issue->stories[0].sources[0].name, "乙");
	assert_str(issue->categories[issue->stories[1].category], "Politik");
	assert_int_equal(issue->stories[1].n_fields, 2);
	issue_free(issue);
}

static const char newsletter[] =
	"# Some Letter #12\n\n## News\n\n### Alpha\n\n- [a](https://e.com/1)\n"
	"- [b](https://e.com/2)\n\n#### More\n\nText.\n\n### Sponsor: Beta\n\n"
	"Buy.\n\n## 广告\n\n### Gamma\n\nText.\n";

static const char profile[] = "[profile letter]\npublication = Some Letter|Other\nstory = h3\n"
			      "category = h2\ndrop = 广告|sponsor\n";

static void a_profile_says_what_a_story_is(void **state)
{
	const struct issue *issue = read_as(profile, NULL, newsletter, "x.md");
	(void)state;
	assert_str(issue->profile, "letter");
	assert_int_equal(issue->n_stories, 1);
	assert_str(issue->stories[0].title, "Alpha");
	assert_str(issue->categories[issue->stories[0].category], "News");
	assert_str(issue->blocks[issue->stories[0].end - 1].text, "Text.");
	issue_free(issue);
}

static void a_profile_is_for_its_publication_folder_or_command_line(void **state)
{
	static const struct {
		const char *config, *chosen, *path, *used;
	} cases[] = {
		{"[profile Some Letter]\nstory = h3\n", NULL, "x.md", "Some Letter"},
		{"[profile letters]\nstory = h3\n", NULL, "mail/letters/x.md", "letters"},
		{"[profile other]\nstory = h3\n", NULL, "other.md", ""},
		{"[profile other]\nstory = h3\n", "other", "x.md", "other"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct issue *issue =
			read_as(cases[i].config, cases[i].chosen, newsletter, cases[i].path);
		assert_str(issue->profile, cases[i].used);
		issue_free(issue);
	}
}

static void stories_may_be_anything_a_rule_finds(void **state)
{
	static const struct {
		const char *config, *text;
		size_t n;
	} cases[] = {
		{"story = item",
		 "# x\n\n## a\n\nLong text before the list, much of it.\n\n- b\n- c\n", 3},
		{"story = number", "# x\n\n## a\n\n1、b\n\nc\n\n2、d\n\ne\n", 2},
		{"story = bold", "# x\n\n## a\n\n**b**\n\nc\n\n**d**\n\ne\n\n**f**\n\ng\n", 3},
		{"story = row", "# x\n\n## a\n\n| b | c |\n| - | - |\n| d | e |\n| f | g |\n", 2},
		{"story = paragraph",
		 "# x\n\n## a\n\n[b](https://e.com/b)\n\n[c](https://e.com/c)\n", 2},
		{"story = h1", "# x\n\ny\n\n# z\n\ny\n", 2},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char config[100];
		snprintf(config, sizeof(config), "[profile p]\n%s\n", cases[i].config);
		const struct issue *issue = read_as(config, "p", cases[i].text, "x.md");
		if (issue->n_stories != cases[i].n)
			print_message("# %s: %zu stories\n", cases[i].config, issue->n_stories);
		assert_int_equal(issue->n_stories, cases[i].n);
		issue_free(issue);
	}
}

static void a_profile_may_have_labels_of_its_own(void **state)
{
	const struct issue *issue = read_as(
		"[profile p]\nlabel.insight = Take\nlabel.category = Desk\n[labels]\nsource = "
		"Take\n",
		"p", "# x 2026-04-03\n\n## a\n\n**Desk:** D\n\n**Take:** T\n\n## c\n\nd\n", "x.md");
	(void)state;
	assert_str(issue->stories[0].insight, "T");
	assert_str(issue->categories[issue->stories[0].category], "D");
	issue_free(issue);
}

static void what_makes_no_sense_is_said_with_its_line(void **state)
{
	static const char *const lines[] = {"story = h7",      "story = x3",   "story = h33",
					    "story = chapter", "category = 2", "label.nothing = x",
					    "nonesuch = 1"};
	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		struct arena *arena = arena_new();
		char text[100];
		snprintf(text, sizeof(text), "[profile p]\ndrop = x\n%s\n[labels]\nrubbish = y\n",
			 lines[i]);
		const struct config *config = config_read(arena, str_of(text), "config.ini");
		assert_int_equal(config->n_warnings, 2);
		assert_int_equal(config->warnings[0].line, 3);
		assert_int_equal(config->warnings[1].line, 5);
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(own_labels_are_labels),
		cmocka_unit_test(a_profile_says_what_a_story_is),
		cmocka_unit_test(a_profile_is_for_its_publication_folder_or_command_line),
		cmocka_unit_test(stories_may_be_anything_a_rule_finds),
		cmocka_unit_test(a_profile_may_have_labels_of_its_own),
		cmocka_unit_test(what_makes_no_sense_is_said_with_its_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
