/* What digests have beyond CommonMark: tasks, notes, boxes, emoji by name. */
#include "doc.h"

/* The texts of all blocks with words, one a line. */
static struct str shown(struct arena *arena, const char *markdown)
{
	struct strbuf out = strbuf_make(arena);
	const struct issue *issue = issue_of(markdown);
	for (size_t i = 0; i < issue->n_blocks; i++) {
		if (issue->blocks[i].text.len == 0)
			continue;
		strbuf_puts(&out, out.len ? "|" : "");
		strbuf_put(&out, issue->blocks[i].text);
	}
	issue_free(issue);
	return strbuf_str(&out);
}

static void check(const char *markdown, const char *expected)
{
	struct arena *arena = arena_new();
	assert_str(shown(arena, markdown), expected);
	arena_free(arena);
}

static void emoji_have_names(void **state)
{
	(void)state;
	check(":rocket: a :+1: b:tada:\n", "🚀 a 👍 b🎉");
	check("`:rocket:` 10:30:00 :nosuch: a:b :rocket :\n",
	      ":rocket: 10:30:00 :nosuch: a:b :rocket :");
	check("[:star: a](https://e.com) **:fire: b**\n", "⭐ a 🔥 b");
}

static void tasks_have_boxes(void **state)
{
	(void)state;
	check("- [ ] a\n- [x] b\n- [X] c\n- [y] d\n", "☐ a|☑ b|☑ c|[y] d");
	check("[x] no item\n", "[x] no item");
}

static void quotes_and_boxes_have_names(void **state)
{
	(void)state;
	check("> [!NOTE]\n> a\n> b\n", "NOTE\na b");
	check("> [!Nothing]\n> a\n", "[!Nothing] a");
	check(":::tip A title\na\n\n- b\n:::\n\nc\n", "tip A title\na|b|c");
	check("!!! note \"A title\"\n\n    a\n\n    - b\n\nc\n", "note A title|a|b|c");
	check("??? tip\n    a\n", "tip\na");
	check("!!! 3 things\n\n    code\n", "!!! 3 things|code\n");
	check("```\n:::tip\n    x\n```\n", ":::tip\n    x\n");
}

static void notes_stay_with_what_refers_to_them(void **state)
{
	(void)state;
	check("# x\n\n## a[^1]\n\nb[^b]\n\n- c\n- d[^1][^2]\n\n## e\n\nf\n\n[^1]: one\n[^2]: two\n "
	      "  more\n\n"
	      "[^b]: [three](https://e.com) 3\n\n[^4]: nobody's\n",
	      "x|a[^1]|[^1]: one|b[^b]|[^b]: three 3|c|d[^1][^2]|[^2]: two more|e|f|[^4]: "
	      "nobody's");
	check("[^1]\n\n[^1]: a[^2]\n\n[^2]: b\n", "[^1]|[^1]: a[^2]|[^2]: b");
	check("[^1]: a\n[^1]: b\n\n[^1] c\n", "[^1]: b|[^1] c|[^1]: a");
}

static void formulas_are_left_as_they_are_written(void **state)
{
	(void)state;
	check("It is $O(n^2)$ and $a_i + b_i$.\n", "It is $O(n^2)$ and $a_i + b_i$.");
	check("$x*y*z$ and $\\{a\\}_1$ and $$f_a[1] \\\\ *b*$$\n",
	      "$x*y*z$ and $\\{a\\}_1$ and $$f_a[1] \\\\ *b*$$");
	/* Prices and code are none. */
	check("$5 and *so* on to $10, `$x*y*$`\n", "$5 and so on to $10, $x*y*$");
	check("$open *and* so on\n", "$open and so on");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(emoji_have_names),
		cmocka_unit_test(tasks_have_boxes),
		cmocka_unit_test(quotes_and_boxes_have_names),
		cmocka_unit_test(notes_stay_with_what_refers_to_them),
		cmocka_unit_test(formulas_are_left_as_they_are_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
