/* State finds its story again when the issue has been edited. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include <sulan/arena.h>
#include <sulan/error.h>
#include <sulan/identity.h>
#include <sulan/issue.h>
#include <sulan/record.h>
#include <sulan/triage.h>

#define HEAD "# 早报 2026-03-05\n\n"
#define A    "## 微软发布新模型\n\n> **来源：** [量子位](https://q.com/1)\n\n甲\n\n"
#define B    "## 谷歌开源编译器与工具链的新进展\n\n> **来源：** [36氪](https://k.com/2)\n\n乙\n\n"
#define C    "## 芯片出口新规\n\n丙\n\n"

static const struct issue *read_text(const char *text, const char *path)
{
	const struct issue *issue = issue_read(str_of(text), str_of(path), NULL);
	assert_non_null(issue);
	return issue;
}

static void star(struct triage *t, const struct issue *issue, size_t index)
{
	struct arena *arena = arena_new();
	const struct story *story = &issue->stories[index];
	struct triage_step step = {.id = story->id,
				   .field = TRIAGE_STAR,
				   .value = true,
				   .about = identity_text(arena, issue, story)};
	assert_true(triage_change(t, &step, 1, NULL, NULL));
	arena_free(arena);
}

/* Stars story `from` of one text; true when it is story `to` of the other that is starred then, and
 * no other one. */
static bool moves(const char *before, size_t from, const char *after, size_t to)
{
	struct triage *t = triage_new(NULL);
	const struct issue *old = read_text(before, "a/one.md"),
			   *fresh = read_text(after, "b/two.md");
	size_t n_paired;
	bool ok = true;
	star(t, old, from);
	assert_true(identity_pair(t, fresh, &n_paired, NULL));
	for (size_t i = 0; i < fresh->n_stories; i++)
		ok &= triage_state(t, fresh->stories[i].id).is_starred == (i == to);
	assert_true(identity_pair(t, fresh, &n_paired, NULL) && n_paired == 0); /* it is settled */
	issue_free(old);
	issue_free(fresh);
	triage_free(t);
	return ok;
}

static void an_issue_that_moves_or_is_reordered_keeps_state(void **state)
{
	(void)state;
	assert_true(moves(HEAD A B C, 0, HEAD A B C, 0));
	assert_true(moves(HEAD A B C, 0, HEAD C B A, 2));
	assert_true(moves(HEAD A B C, 2, HEAD C A B, 0));
	assert_true(moves(HEAD A B C, 1, HEAD "## 新的一条\n\n丁\n\n" A B C, 2));
}

static void an_edited_title_keeps_state(void **state)
{
	(void)state;
	/* the address is the same */
	assert_true(moves(
		HEAD A B C, 0,
		HEAD "## 全新的标题\n\n> **来源：** [量子位](https://q.com/1)\n\n甲\n\n" B C, 0));
	/* punctuation and spaces are no edit */
	assert_true(moves(HEAD A B C, 2, HEAD A B "## 芯片 出口新规！\n\n丙\n\n", 2));
	/* a typo, without an address */
	assert_true(moves(HEAD A B "## 芯片出口新规定公布了\n\n丙\n\n", 2,
			  HEAD A B "## 芯片出口新规定公布\n\n丙\n\n", 2));
}

static void an_edited_address_keeps_state(void **state)
{
	(void)state;
	assert_true(moves(
		HEAD A B C, 0,
		HEAD
		"## 微软发布新模型\n\n> **来源：** [量子位](https://q.com/fixed)\n\n甲\n\n" B C,
		0));
	assert_true(moves(HEAD A B C, 1,
			  HEAD A "## 谷歌开源编译器与工具链的进展\n\n> **来源：** "
				 "[36氪](https://k.com/other)\n\n乙\n\n" C,
			  1));
}

static void another_story_gets_no_state(void **state)
{
	(void)state;
	assert_true(moves(HEAD A B C, 0, HEAD B C, 9));
	assert_true(moves(HEAD A B C, 0, HEAD "## 完全不同\n\n丁\n\n" B C, 9));
	assert_true(moves(HEAD A, 0, "# 早报 2026-03-06\n\n" A, 9)); /* another day's */
	assert_true(moves(HEAD A, 0, "# 晚报 2026-03-05\n\n" A, 9)); /* another publication's */
}

static void a_story_that_is_still_there_gives_nothing_away(void **state)
{
	struct triage *t = triage_new(NULL);
	const char *twice = HEAD A
		"## 微软发布新模型（二）\n\n> **来源：** [量子位](https://q.com/1)\n\n甲\n\n";
	const struct issue *issue = read_text(twice, "x");
	size_t n;
	(void)state;
	star(t, issue, 0);
	assert_true(identity_pair(t, issue, &n, NULL) && n == 0);
	assert_false(triage_state(t, issue->stories[1].id).is_starred);
	issue_free(issue);
	triage_free(t);
}

static void ids_are_of_issue_and_story(void **state)
{
	const struct issue *one = read_text(HEAD A A C, "a.md");
	const struct issue *two = read_text("# 早报 2026-03-06\n\n" A C, "b.md");
	(void)state;
	assert_false(str_eq(one->stories[0].id, one->stories[1].id));
	assert_false(str_eq(one->stories[0].id, two->stories[0].id));
	assert_false(str_eq(one->stories[2].id, two->stories[1].id));
	issue_free(one);
	issue_free(two);
}

/* An address may be a whole picture. */
static void what_a_story_is_fits_a_line(void **state)
{
	struct arena *arena = arena_new();
	struct strbuf text = strbuf_make(arena), line = strbuf_make(arena);
	struct record read;
	(void)state;
	strbuf_puts(&text, "# ");
	for (size_t i = 0; i < 9000; i++)
		strbuf_puts(&text, "早报");
	strbuf_puts(&text, " 2026-03-05\n\n## 微软发布新模型\n\n");
	for (size_t n = 0; n < 4; n++) {
		strbuf_printf(&text, "> **来源：** [量子位](https://q.com/%zu/", n);
		for (size_t i = 0; i < 30000; i++)
			strbuf_puts(&text, "%E4");
		strbuf_puts(&text, ")\n");
	}
	const struct issue *issue = read_text(strbuf_str(&text).p, "a/one.md");
	struct str about = identity_text(arena, issue, &issue->stories[0]);
	record_put(&line, &(struct record){.key = STR("a"), .field = STR("is"), .value = about});
	assert_true(record_read(arena, str_sub(strbuf_str(&line), 0, line.len - 1), &read));
	assert_true(str_eq(read.value, about));
	issue_free(issue);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_issue_that_moves_or_is_reordered_keeps_state),
		cmocka_unit_test(an_edited_title_keeps_state),
		cmocka_unit_test(an_edited_address_keeps_state),
		cmocka_unit_test(another_story_gets_no_state),
		cmocka_unit_test(a_story_that_is_still_there_gives_nothing_away),
		cmocka_unit_test(what_a_story_is_fits_a_line),
		cmocka_unit_test(ids_are_of_issue_and_story),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
