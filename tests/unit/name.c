/* What an issue is called and of which day it is, in the languages and forms of real publications.
 */
#include "doc.h"

#include <stdio.h>

struct named {
	const char *heading, *publication, *date;
};

static void check(const char *text, const char *path, const struct named *named)
{
	struct error err = {0};
	char date[DATE_TEXT];
	const struct issue *issue = issue_read(str_of(text), str_of(path), &err);
	assert_non_null(issue);
	assert_str(issue->publication, named->publication);
	date_text(issue->date, date);
	if (strcmp(date, named->date) != 0)
		print_message("# “%s” is of %s, not %s\n", named->heading, date, named->date);
	assert_string_equal(date, named->date);
	issue_free(issue);
}

static void headings_name_publication_and_day(void **state)
{
	static const struct named cases[] = {
		{"🤖 AI行业速递 - 2026年01月22日", "AI行业速递", "2026-01-22"},
		{"AI 早报 2026-06-01：某某发布", "AI 早报", "2026-06-01"},
		{"早报 2026年1月22日（周四）", "早报", "2026-01-22"},
		{"2026-01-22 科技日报", "科技日报", "2026-01-22"},
		{"周刊（第 407 期）：今天的话题", "周刊", ""},
		{"《前端周刊》第 12 期", "《前端周刊》", ""},
		{"週刊テックニュース 第123号（2026年4月3日）", "週刊テックニュース", "2026-04-03"},
		{"日刊ニュース 2026年4月3日（金）", "日刊ニュース", "2026-04-03"},
		{"주간 개발 뉴스 2026년 4월 3일", "주간 개발 뉴스", "2026-04-03"},
		{"개발 소식 제12호", "개발 소식", ""},
		{"Nouvelles du 3 avril 2026", "Nouvelles", "2026-04-03"},
		{"La lettre du dev — vendredi 3 avril 2026", "La lettre du dev", "2026-04-03"},
		{"Nachrichten vom 3. April 2026", "Nachrichten", "2026-04-03"},
		{"Wochenrückblick KW 14/2026", "Wochenrückblick", "2026-03-30"},
		{"Newsletter – Ausgabe 12", "Newsletter", ""},
		{"Boletín semanal del 3 de abril de 2026", "Boletín semanal", "2026-04-03"},
		{"Boletim de 3 de abril de 2026", "Boletim", "2026-04-03"},
		{"Notizie del 3 aprile 2026", "Notizie", "2026-04-03"},
		{"Новости за 3 апреля 2026 года", "Новости", "2026-04-03"},
		{"Дайджест для 03.04.2026", "Дайджест", "2026-04-03"},
		{"Nieuwsbrief van 3 april 2026", "Nieuwsbrief", "2026-04-03"},
		{"News of April 3rd, 2026", "News", "2026-04-03"},
		{"arXiv Digest – cs.CL – Friday, 3 April 2026", "arXiv Digest – cs.CL",
		 "2026-04-03"},
		{"Awesome Go Weekly - Issue 410 - May 3, 2026", "Awesome Go Weekly", "2026-05-03"},
		{"Some Newsletter #419", "Some Newsletter", ""},
		{"Digest, Week 14, 2026", "Digest", "2026-03-30"},
		{"Weekly Digest: Week 21", "Weekly Digest", ""},
		{"This Week 665", "This Week", ""},
		{"Newsletter, May 2026", "Newsletter", "2026-05-01"},
		{"Import Things 373: Guaranteed safety", "Import Things", ""},
		{"8点速览：某公司发布新品；某银行下调利率 2026-04-03", "8点速览", "2026-04-03"},
		{"科技早知道 | 2026年4月3日 星期五", "科技早知道", "2026-04-03"},
		{"Web3", "Web3", ""},
		{"C++ Weekly", "C++ Weekly", ""},
		{"Yahoo! 2026-04-03", "Yahoo!", "2026-04-03"},
		{"Week 14, 2026", "", "2026-03-30"},
	};
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char text[400];
		snprintf(text, sizeof(text), "# %s\n\n## 甲\n\n乙\n\n## 丙\n\n丁\n",
			 cases[i].heading);
		check(text, "test.md", &cases[i]);
	}
}

static void a_day_without_a_year_takes_it_from_elsewhere(void **state)
{
	static const struct named letter = {"a letter", "The Letter", "2025-05-24"};
	static const char *const texts[][2] = {
		{"# The Letter (May 24th)\n\n## a\n\nb\n", "2025/letter.md"},
		{"# The Letter – Saturday, 24 May\n\n## a\n\nb\n", "letter-2025-12.md"},
		{"---\ntitle: The Letter, May 24\nyear: 2025\n---\n\n## a\n\nb\n", "x.md"},
		{"# The Letter, May 24\n\n## a\n\nSince 2025-05-20.\n", "x.md"},
		{"# The Letter\n\n## a\n\nb\n", "2025/05/24.md"},
		{"---\ndate: 2025-05-24T08:00:00Z\n---\n# The Letter\n\n## a\n\nb\n", "x.md"},
		{"# The Letter\n\n## a\n\nb\n", "posts/2025-05-24-letter.md"},
	};
	static const struct named unknown = {"no year", "The Letter", ""};
	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		check(texts[i][0], texts[i][1], &letter);
	check("# The Letter (May 24th)\n\n## a\n\nb\n", "x.md", &unknown);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headings_name_publication_and_day),
		cmocka_unit_test(a_day_without_a_year_takes_it_from_elsewhere),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
