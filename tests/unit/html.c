/* Raw HTML in an issue: the text, links and images it shows. */
#include "doc.h"

/* All leaves of the issue, a line each; links and images as [text](address). */
static const char *shown(struct arena *arena, const char *markdown)
{
	const struct issue *issue = issue_of(markdown);
	struct strbuf out = strbuf_make(arena);
	for (size_t b = 0; b < issue->n_blocks; b++) {
		const struct block *block = &issue->blocks[b];
		if (out.len && block->text.len)
			strbuf_putc(&out, '\n');
		size_t at = 0;
		for (uint32_t s = block->span; s < block->span + block->n_spans; s++) {
			struct span span = issue->spans[s];
			if (!span.link)
				continue;
			const struct link *link = &issue->links[span.link - 1];
			strbuf_put(&out, str_sub(block->text, at, span.at - at));
			strbuf_puts(&out, link->is_image ? "![" : "[");
			strbuf_put(&out, str_sub(block->text, span.at, span.len));
			strbuf_puts(&out, "](");
			strbuf_put(&out, link->url);
			strbuf_puts(&out, ")");
			at = span.at + span.len;
		}
		strbuf_put(&out, str_from(block->text, at));
	}
	issue_free(issue);
	return strbuf_str(&out).p;
}

static void check_all(const char *const cases[][2], size_t n)
{
	struct arena *arena = arena_new();
	for (size_t i = 0; i < n; i++)
		assert_string_equal(shown(arena, cases[i][0]), cases[i][1]);
	arena_free(arena);
}

#define CHECK(cases) check_all(cases, sizeof(cases) / sizeof(*(cases)))

static void tags_go_and_breaks_stay(void **state)
{
	static const char *const cases[][2] = {
		{"<div>\na  b\nc\n</div>", "a b c"},
		{"<p>a</p><p>b</p>\n", "a\nb"},
		{"<ul><li>a</li><li>b</li></ul>", "a\nb"},
		{"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
		{"<div>a<br><br/>b</div>", "a\nb"},
		{"a<br>b<br/>c", "a\nb\nc"},
		{"a <small>b</small> c", "a b c"},
		{"<details><summary>a</summary>b</details>", "a\nb"},
		{"x <details><summary>a</summary><p>b</p></details>", "x a b"},
		{"<div>1 < 2 <3</div>", "1 < 2 <3"},
	};
	(void)state;
	CHECK(cases);
}

static void comments_scripts_and_styles_say_nothing(void **state)
{
	static const char *const cases[][2] = {
		{"<div>a<!-- b > c -->d</div>", "ad"},
		{"a <!-- b --> c", "a  c"},
		{"<script>a <b> \"</div>\"</script>\nx", "x"},
		{"<div><STYLE>p > a {}</style>x</div>", "x"},
		{"x\n\n<!-- a\n\nb -->", "x"},
	};
	(void)state;
	CHECK(cases);
}

static void entities_are_decoded_once(void **state)
{
	static const char *const cases[][2] = {
		{"<div>&lt;b&gt; &amp;amp; &copy; &#20013;&#x6587; &hellip;</div>",
		 "<b> &amp; © 中文 …"},
		{"<div>&unknown; & &; &#; a&b</div>", "&unknown; & &; &#; a&b"},
		{"x <a href=\"http://a.b/?c=1&amp;d=2\">e</a>", "x [e](http://a.b/?c=1&d=2)"},
		{"<div><img src='a.png' alt='b &quot;c&quot;'></div>", "![b \"c\"](a.png)"},
	};
	(void)state;
	CHECK(cases);
}

static void links_and_images_are_links(void **state)
{
	static const char *const cases[][2] = {
		{"<p>a <a href='http://a.b'> c </a>d</p>", "a [c](http://a.b) d"},
		{"<p>see http://a.b/c，中文</p>", "see [http://a.b/c](http://a.b/c)，中文"},
		{"<img src=\"http://a.b/c/d.png?e\" width=9>", "![d.png](http://a.b/c/d.png?e)"},
		{"x <img src='http://a.b/d.png' alt=\"\">", "x ![d.png](http://a.b/d.png)"},
		{"x <img alt='a > b' src=c.png>", "x ![a > b](c.png)"},
		{"<div><img alt='a > b' src=c.png></div>", "![a > b](c.png)"},
		{"<p><a href=http://a.b><img src=c.png></a></p>", "[c.png](http://a.b)"},
		{"x <img title='alt=no' alt=yes>", "x ![yes]()"},
		{"<p><a name=x></a>y</p>", "y"},
		{"<a href='http://a.b'>never closed", "[never closed](http://a.b)"},
		{"<a href=http://a.b>a<a href=http://c.d>b</a>", "[a](http://a.b)[b](http://c.d)"},
	};
	(void)state;
	CHECK(cases);
}

static void broken_html_is_shown_as_far_as_it_goes(void **state)
{
	static const char *const cases[][2] = {
		{"<div>a <b", "a"},      {"<div>a <img alt='b", "a ![b]()"},
		{"<div>a <!-- b", "a"},  {"<div>a</", "a"},
		{"x\n\n<script>a", "x"}, {"<div>a & <", "a & <"},
	};
	(void)state;
	CHECK(cases);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tags_go_and_breaks_stay),
		cmocka_unit_test(comments_scripts_and_styles_say_nothing),
		cmocka_unit_test(entities_are_decoded_once),
		cmocka_unit_test(links_and_images_are_links),
		cmocka_unit_test(broken_html_is_shown_as_far_as_it_goes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
